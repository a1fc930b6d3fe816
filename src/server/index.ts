/** The API and the pages over one store, for this machine only. */
import { readFile } from 'node:fs/promises';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { AsPostedError, asError } from '../model/index.js';
import { atomFeed, rssFeed } from '../alert/index.js';
import { listEvents } from '../store/index.js';
import type { Parts } from '../watch/index.js';
import { createApi, openApiDocument } from './api.js';
import { loopbackOnly, parseListen, securityHeaders } from './guards.js';
import { addPages } from './pages/index.js';
import { problem } from './problems.js';

export { openApiDocument, createApi } from './api.js';
export { STATUS_OF } from './statuses.js';

/** Files of `web/`, two levels up from source and compiled code alike. */
const ASSETS: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

export function createApp(parts: Parts): Hono {
  const app = new Hono();
  const api = createApi(parts);
  app.use(loopbackOnly, securityHeaders);
  app.onError((error, context) => problem(context, error));
  app.notFound((context) =>
    problem(context, new AsPostedError({ code: 'NOT_FOUND', message: 'there is nothing at this address' })),
  );
  api.onError((error, context) => problem(context, error));
  app.route('/api/v1', api);
  app.get('/api/openapi.json', (context) =>
    context.json(openApiDocument(api, parts.software.replace('asposted ', ''))),
  );
  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    await parts.store.database.query('select 1');
    await parts.store.log.checkpoint();
    return context.text('ok\n');
  });
  for (const [name, type] of Object.entries(ASSETS)) {
    const file = new URL(`../../web/${name}`, import.meta.url);
    app.get(`/${name}`, async (context) => context.body(await readFile(file, 'utf8'), 200, { 'content-type': type }));
  }
  for (const [name, make] of Object.entries({ atom: atomFeed, rss: rssFeed })) {
    app.get(`/events.${name}`, async (context) => {
      const { origin: address } = new URL(context.req.url);
      const feed = make(await listEvents(parts.store.database), { origin: parts.store.log.origin, address });
      return context.body(feed, 200, { 'content-type': `application/${name}+xml; charset=utf-8` });
    });
  }
  addPages(app, parts);
  return app;
}

export interface Serving {
  address: string;
  close(): Promise<void>;
}

/** Listens on a loopback address; throws USAGE for any other, and when the port is taken. */
export async function startServer(parts: Parts, { listen }: { listen: string }): Promise<Serving> {
  const { host, port } = parseListen(listen);
  const app = createApp(parts);
  const shown = host.includes(':') ? `[${host}]` : host;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (info) => {
      resolve({
        address: `http://${shown}:${info.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
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
