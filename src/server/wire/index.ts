/** Screening in the tongues of the field's clients: yente's and OpenRefine's. Our own API stands under /api/v1. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Parts } from '../../watch/index.js';
import { WireError } from './errors.js';
import { addMatch } from './match.js';
import { addReconcile } from './reconcile.js';

/** A hundred long queries. */
const MAX_BODY_BYTES = 2_000_000;

const PATHS = ['/match/*', '/search/*', '/entities/*', '/catalog', '/manifest', '/algorithms', '/reconcile/*'];

const preflight = cors({ origin: '*', exposeHeaders: ['x-batch-size'] });

/** As `cors` does it, but before there is an answer, for the reason that `securityHeaders` gives. */
const openToAll: MiddlewareHandler = (context, next) => {
  if (context.req.method === 'OPTIONS') return preflight(context, next);
  context.header('access-control-allow-origin', '*');
  context.header('access-control-expose-headers', 'x-batch-size');
  return next();
};

const tooLong = (context: Context): Response =>
  context.json({ detail: `A body may have ${MAX_BODY_BYTES} bytes.` }, 413);
const counted = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLong });

/** A length that is stated is the length: Node's parser takes no byte beyond it. Else the bytes are counted as they come. */
const limitedBody: MiddlewareHandler = (context, next) => {
  const stated = context.req.header('content-length');
  if (stated === undefined || context.req.header('transfer-encoding') !== undefined) return counted(context, next);
  if (Number(stated) > MAX_BODY_BYTES) return Promise.resolve(tooLong(context));
  return next();
};

export function createWire(parts: Parts): Hono {
  const app = new Hono();
  // Pages of others ask these services from a browser (OpenRefine, a form of one's own). What is answered is public lists, and nothing
  // is changed by asking; the rest of this server lets nobody in from elsewhere.
  for (const path of PATHS) app.use(path, openToAll);
  for (const path of ['/match/*', '/reconcile/*']) app.use(path, limitedBody);
  app.onError((error, context) => {
    if (error instanceof WireError) return context.json({ detail: error.message }, error.status);
    parts.progress(`serve: ${error.name} in ${context.req.method} ${context.req.path.split('/')[1] ?? ''}`);
    return context.json({ detail: 'Something went wrong that was not foreseen.' }, 500);
  });
  addMatch(app, parts);
  addReconcile(app, parts);
  return app;
}
