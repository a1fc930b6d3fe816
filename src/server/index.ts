/** The API and the pages over one store, for this machine only. */
import { readFile } from 'node:fs/promises';
import { type ServerType, serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { routePath } from 'hono/route';
import { AsPostedError, asError } from '../model/index.js';
import { atomFeed, rssFeed } from '../alert/index.js';
import { verifyPage } from '../dossier/index.js';
import { listEvents } from '../store/index.js';
import { fromUtf8 } from '../verify/index.js';
import type { Parts } from '../watch/index.js';
import { createApi } from './api/index.js';
import { openApiDocument } from './api/document.js';
import { loopbackOnly, parseListen, securityHeaders } from './guards.js';
import { addPages } from './pages/index.js';
import { knownOf, problem } from './problems.js';

export { createApi } from './api/index.js';
export { openApiDocument } from './api/document.js';
export { STATUS_OF } from './statuses.js';

/** Files of `web/`, two levels up from source and compiled code alike. */
const ASSETS: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

export function createApp(parts: Parts): Hono {
  const app = new Hono();
  const api = createApi(parts);
  const failed = (error: Error, context: Context): Response => {
    // Names and places only: a message may quote what a page or a person wrote.
    if (!knownOf(error)) parts.progress(`serve: ${error.name} in ${context.req.method} ${routePath(context)}`);
    return problem(context, error);
  };
  app.use(securityHeaders, loopbackOnly);
  app.onError(failed);
  app.notFound((context) =>
    problem(context, new AsPostedError({ code: 'NOT_FOUND', message: 'there is nothing at this address' })),
  );
  api.onError(failed);
  app.route('/api/v1', api);
  app.get('/api/openapi.json', (context) => context.json(openApiDocument()));
  addHealth(app, parts);
  addFiles(app);
  addFeeds(app, parts);
  addPages(app, parts);
  return app;
}

function addHealth(app: Hono, { store: { database, log } }: Parts): void {
  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    try {
      await database.query('select 1');
      await log.checkpoint();
    } catch (error) {
      const message = 'the database or the log cannot be read';
      return problem(context, asError(error, { code: 'ENGINE_FAILED', message, retry: 'later' }), 503);
    }
    return context.text('ok\n');
  });
}

function addFiles(app: Hono): void {
  for (const [name, type] of Object.entries(ASSETS)) {
    const file = new URL(`../../web/${name}`, import.meta.url);
    app.get(`/${name}`, async (context) => context.body(await readFile(file, 'utf8'), 200, { 'content-type': type }));
  }
  // Its own policy stands in the page: the hash of its one script, and nothing from elsewhere.
  const policy = { 'content-security-policy': "frame-ancestors 'none'" };
  app.get('/verify', async (context) => context.html(fromUtf8(await verifyPage())!, 200, policy));
}

function addFeeds(app: Hono, { store: { database, log } }: Parts): void {
  for (const [name, make] of Object.entries({ atom: atomFeed, rss: rssFeed })) {
    app.get(`/events.${name}`, async (context) => {
      const { origin: address } = new URL(context.req.url);
      return context.body(make(await listEvents(database), { origin: log.origin, address }), 200, {
        'content-type': `application/${name}+xml; charset=utf-8`,
      });
    });
  }
}

export interface ServeOptions {
  /** `host:port` on loopback; port 0 takes any that is free. */
  listen: string;
  /** Closes the server when it fires. */
  signal?: AbortSignal;
}

export interface Serving {
  address: string;
  /** Ends open connections; may be called more than once. */
  close(): Promise<void>;
}

/** Listens on a loopback address; throws USAGE for any other, and when the port is taken. */
export async function startServer(parts: Parts, { listen, signal }: ServeOptions): Promise<Serving> {
  const { host, port } = parseListen(listen);
  if (signal?.aborted) throw new AsPostedError({ code: 'INTERRUPTED', message: 'stopped before it listened' });
  const app = createApp(parts);
  const shown = host.includes(':') ? `[${host}]` : host;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (info) => {
      const close = closer(server);
      signal?.addEventListener('abort', () => void close(), { once: true });
      if (signal?.aborted) void close();
      resolve({ address: `http://${shown}:${info.port}`, close });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        asError(error, {
          code: 'USAGE',
          message: taken ? `something listens on ${listen} already` : `${listen} cannot be listened on`,
          hint: 'Name another port: --listen 127.0.0.1:0 takes any that is free.',
        }),
      );
    });
  });
}

function closer(server: ServerType): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () =>
    (closing ??= new Promise((done) => {
      server.close(() => {
        done();
      });
      if ('closeAllConnections' in server) server.closeAllConnections();
    }));
}
