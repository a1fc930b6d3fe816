/** The API and the pages over one store. */
import { readFile } from 'node:fs/promises';
import { type ServerType, serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { routePath } from 'hono/route';
import { AsPostedError, asError } from '../model/index.js';
import { atomFeed, rssFeed } from '../alert/index.js';
import { verifyPage } from '../dossier/index.js';
import { listEvents } from '../store/index.js';
import { fromUtf8 } from '../verify/index.js';
import type { Parts } from '../watch/index.js';
import { createApi } from './api/index.js';
import { openApiDocument } from './api/document.js';
import { type Access, createAccess, kindOf } from './access/index.js';
import { addAccess } from './access/pages.js';
import { problemPage } from './access/refusals.js';
import {
  type Listen,
  type ReplayOf,
  isLoopback,
  hostOf,
  knownHostsOnly,
  needAccounts,
  parseListen,
  parseReplay,
  securityHeaders,
} from './guards.js';
import { addLive } from './live.js';
import { addMetrics } from './metrics.js';
import type { Print } from './pages/dossier.js';
import { addPages } from './pages/index.js';
import { spoken } from './pages/language.js';
import { knownOf, problem } from './problems.js';
import { addPublished } from './published.js';
import { createReplay } from './replay/index.js';
import { createWire } from './wire/index.js';

export { createApi } from './api/index.js';
export { openApiDocument } from './api/document.js';
export { STATUS_OF } from './statuses.js';

/** Files of `web/`, two levels up from source and compiled code alike. */
const ASSETS: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** Made by the build; a page is whole without it. */
const KEYS = new URL('../../dist/keys.js', import.meta.url);

export interface AppOptions {
  /** The origin of archived pages, once it is served. */
  replay?: ReplayOf;
  /** Without it, one for a socket that only this machine can reach. */
  access?: Access;
  /** Prints dossiers as PDF; they have none without. */
  print?: Print;
}

export function createApp(
  parts: Parts,
  { replay = () => undefined, access = createAccess(parts, { isLoopback: true }), print }: AppOptions = {},
): Hono {
  const app = new Hono();
  const api = createApi(parts);
  const failed = (error: Error, context: Context): Response | Promise<Response> => {
    const known = knownOf(error);
    // Names and places only: a message may quote what a page or a person wrote.
    if (!known) parts.progress(`serve: ${error.name} in ${context.req.method} ${routePath(context)}`);
    return known && isForPeople(context) ? problemPage(context, known) : problem(context, error);
  };
  app.use(securityHeaders(replay), knownHostsOnly(parts.settings['serve.hosts'].map((each) => each.toLowerCase())));
  const origins = parts.settings['serve.cors'];
  // Others read with a token of theirs: no cookie goes along, and nothing but GET is said to be allowed.
  if (origins.length > 0) {
    const may = { allowMethods: ['GET'], allowHeaders: ['authorization'], exposeHeaders: ['etag', 'retry-after'] };
    app.use('/api/v1/*', cors({ origin: [...origins], ...may }));
  }
  app.use(spoken);
  app.use(access.middleware);
  app.onError(failed);
  app.notFound((context) => {
    const error = new AsPostedError({ code: 'NOT_FOUND', message: 'there is nothing at this address' });
    return isForPeople(context) ? problemPage(context, error) : problem(context, error);
  });
  api.onError(failed);
  app.route('/api/v1', api);
  app.get('/api/openapi.json', (context) => context.json(openApiDocument()));
  addHealth(app, parts);
  addMetrics(app, parts);
  addLive(app, parts);
  addFiles(app);
  addPublished(app, parts);
  addFeeds(app, parts);
  addAccess(app, parts, access);
  addPages(app, parts, { replay, access, ...(print ? { print } : {}) });
  app.route('/', createWire(parts));
  return app;
}

/** Forms are sent by people; else a browser says that it wants a page. Programs that want anything get a problem document. */
function isForPeople({ req }: Context): boolean {
  return kindOf(req.path) === 'page' && (req.method === 'POST' || /\btext\/html\b/.test(req.header('accept') ?? ''));
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
  app.get('/keys.js', async (context) =>
    context.body(await readFile(KEYS, 'utf8'), 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
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
  /** `host:port`; another host than loopback wants accounts. Port 0 takes any that is free. */
  listen: string;
  /** `NAME.localhost:port` of archived pages; when absent `replay.localhost` and the port after that of the pages, or any. */
  replay?: string;
  print?: Print;
  /** Closes the server when it fires. */
  signal?: AbortSignal;
}

export interface Serving {
  address: string;
  /** Where archived pages are shown: another host name, so another site to a browser. */
  replay: string;
  /** Ends open connections; may be called more than once. */
  close(): Promise<void>;
}

/** Throws USAGE for an address that others can reach while there are no accounts, and when a port is taken. */
export async function startServer(parts: Parts, { listen, replay, print, signal }: ServeOptions): Promise<Serving> {
  const where = parseListen(listen);
  const wanted = replay === undefined || replay === '' ? undefined : parseReplay(replay);
  const elsewhere = replayAddress(parts);
  const isOwn = isLoopback(where.host);
  const access = createAccess(parts, { isLoopback: isOwn });
  if ((await access.accounts.now()).people.length === 0) needAccounts(where, parts.settings);
  if (signal?.aborted) throw new AsPostedError({ code: 'INTERRUPTED', message: 'stopped before it listened' });
  let here: string | undefined;
  const replayOf: ReplayOf = (context) => (isLoopback(hostOf(context)) ? here : elsewhere?.origin);
  const app = await listening(createApp(parts, { replay: replayOf, access, ...(print ? { print } : {}) }).fetch, where);
  try {
    const name = wanted?.host ?? 'replay.localhost';
    const archived = createReplay(parts, {
      hosts: [name, ...(elsewhere ? [elsewhere.hostname] : [])],
      app: () => originsOf(parts, where, app.port),
      admits: (exhibit, ticket) => access.admits(exhibit, ticket),
    });
    // Names under localhost lead to 127.0.0.1 in browsers, whatever the system's resolver says of them.
    const host = isOwn ? '127.0.0.1' : where.host;
    const place = (at: number): Promise<Listening> => listening(archived.fetch, { host, port: at });
    const served = wanted
      ? await place(wanted.port)
      : await place(where.port === 0 ? 0 : app.port + 1).catch(() => place(0));
    here = originOf(name, served.port);
    const close = async (): Promise<void> => {
      await Promise.all([app.close(), served.close()]);
    };
    signal?.addEventListener('abort', () => void close(), { once: true });
    if (signal?.aborted) void close();
    return { address: originOf(where.host, app.port), replay: here, close };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Throws BAD_SETTING for what is no origin, or has the name of the pages: archived pages must be another site than these. */
function replayAddress({ settings }: Parts): URL | undefined {
  const text = settings['serve.replayAddress'];
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin && !isLoopback(url.hostname) && !settings['serve.hosts'].includes(url.hostname)) return url;
  throw new AsPostedError({
    code: 'BAD_SETTING',
    message: `serve.replayAddress: ${text} is no place for archived pages`,
    hint: 'Write an origin with a host name that is not one of serve.hosts, e.g. https://replay.example.org.',
  });
}

/** Whose frames may show archived pages: these pages, by every name they have. */
function originsOf({ settings }: Parts, { host }: Listen, port: number): string[] {
  const named = settings['serve.hosts'].flatMap((each) => [`https://${each}`, `http://${each}`, originOf(each, port)]);
  return [...new Set([host, '127.0.0.1', 'localhost'].map((each) => originOf(each, port))), ...named];
}

const originOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

interface Listening {
  port: number;
  close(): Promise<void>;
}

function listening(fetch: Hono['fetch'], { host, port }: { host: string; port: number }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, (info) => {
      resolve({ port: info.port, close: closer(server) });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      const [taken, place] = [error.code === 'EADDRINUSE', `${host}:${port}`];
      reject(
        asError(error, {
          code: 'USAGE',
          message: taken ? `something listens on ${place} already` : `${place} cannot be listened on`,
          hint: 'Name another port: --listen 127.0.0.1:0 takes any that is free, as does --serve.replay replay.localhost:0.',
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
