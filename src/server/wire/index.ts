/** Screening in the tongues of the field's clients: yente's and OpenRefine's. Our own API stands under /api/v1. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Parts } from '../../watch/index.js';
import { WireError } from './errors.js';
import { addMatch } from './match.js';
import { addReconcile } from './reconcile.js';

/** A hundred long queries. */
const MAX_BODY_BYTES = 2_000_000;

const PATHS = ['/match/*', '/search/*', '/entities/*', '/catalog', '/manifest', '/algorithms', '/reconcile/*'];

export function createWire(parts: Parts): Hono {
  const app = new Hono();
  // Pages of others ask these services from a browser (OpenRefine, a form of one's own). What is answered is public lists, and nothing
  // is changed by asking; the rest of this server lets nobody in from elsewhere.
  for (const path of PATHS) app.use(path, cors({ origin: '*', exposeHeaders: ['x-batch-size'] }));
  for (const path of ['/match/*', '/reconcile/*'])
    app.use(
      path,
      bodyLimit({
        maxSize: MAX_BODY_BYTES,
        onError: (context) => context.json({ detail: `A body may have ${MAX_BODY_BYTES} bytes.` }, 413),
      }),
    );
  app.onError((error, context) => {
    if (error instanceof WireError) return context.json({ detail: error.message }, error.status);
    parts.progress(`serve: ${error.name} in ${context.req.method} ${context.req.path.split('/')[1] ?? ''}`);
    return context.json({ detail: 'Something went wrong that was not foreseen.' }, 500);
  });
  addMatch(app, parts);
  addReconcile(app, parts);
  return app;
}
