/**
 * Who may ask what: every route of the server with the least role it wants. One table, so that it can be read in one go; a route that
 * is not in it is refused to everybody (`index.ts`), and a test holds it against the routes there are.
 */
import type { Role } from '../../people/index.js';

/** `anyone`: also who has not signed in. */
export type Least = 'anyone' | Role;

const ROUTES: Readonly<Record<Least, readonly string[]>> = {
  anyone: [
    ...[
      'GET /healthz',
      'GET /readyz',
      'GET /style.css',
      'GET /icon.svg',
      'GET /keys.js',
      'GET /verify',
      'GET /api/openapi.json',
    ],
    ...['GET /login', 'POST /login', 'POST /logout', 'GET /set-up', 'POST /set-up', 'POST /language'],
    // What was published is for everybody.
    ...['GET /d/:id', 'GET /d/:id/*'],
  ],
  reader: [
    ...['GET /', 'GET /notices', 'GET /notices/:id', 'GET /notices/:id/copies', 'GET /notices/:id/copies.csv'],
    ...['GET /exhibits/:id', 'GET /cases', 'GET /cases/:id', 'GET /sources', 'GET /lists'],
    ...[
      'GET /notices.csv',
      'GET /cases.csv',
      'GET /lists.csv',
      'GET /sources.csv',
      'GET /sources/:id',
      'GET /sources/:id/asked.csv',
    ],
    ...['GET /search', 'GET /search.csv', 'GET /removals', 'GET /removals.csv', 'GET /organisations/:name'],
    ...[
      'GET /goods/:family',
      'GET /trade-names/:id',
      'GET /goods/:ref/notices.csv',
      'GET /trade-names/:ref/notices.csv',
    ],
    ...['GET /organisations/:ref/notices.csv', 'GET /events.atom', 'GET /events.rss', 'GET /metrics'],
    ...['GET /api/v1/search', 'GET /api/v1/sources/:id'],
    ...['GET /api/v1/notices', 'GET /api/v1/notices/:id', 'GET /api/v1/notices/:id/lineage', 'GET /api/v1/changes'],
    ...['GET /api/v1/removals', 'GET /api/v1/copies', 'GET /api/v1/follows', 'GET /api/v1/projects'],
    ...['GET /api/v1/mentions', 'GET /api/v1/matches', 'GET /api/v1/flags', 'GET /api/v1/events'],
    ...[
      'GET /api/v1/claims',
      'GET /api/v1/triage',
      'GET /api/v1/sources',
      'GET /api/v1/cases',
      'GET /api/v1/cases/:id',
      'GET /api/v1/lists',
    ],
    ...['GET /api/v1/exhibits/:id', 'GET /api/v1/exhibits/:id/warc', 'GET /api/v1/exhibits/:id/body'],
    ...['GET /api/v1/log/checkpoint', 'GET /api/v1/screen', 'POST /api/v1/recognise'],
    ...['POST /match/:dataset', 'GET /algorithms', 'GET /search/:dataset', 'GET /entities/:id'],
    ...['GET /entities/:id/adjacent', 'GET /entities/:id/adjacent/:property', 'GET /catalog', 'GET /manifest'],
    ...['GET /reconcile/:dataset', 'POST /reconcile/:dataset', 'GET /reconcile/:dataset/suggest/:what'],
    ...['GET /reconcile/:dataset/extend/property'],
  ],
  analyst: [
    ...['POST /cases', 'POST /cases/:id/additions', 'POST /cases/:id/claims', 'POST /cases/:id/statements'],
    ...['POST /notices/:id/triage', 'POST /notices/:id/decisions'],
    ...['POST /api/v1/cases', 'POST /api/v1/cases/:id/additions', 'POST /api/v1/cases/:id/claims'],
    ...['POST /api/v1/cases/:id/statements', 'POST /api/v1/notices/:id/triage', 'POST /api/v1/decisions'],
  ],
  // What goes out of the house.
  editor: [
    'GET /api/v1/exhibits/:id/bundle',
    'GET /api/v1/cases/:id/dossier',
    ...[
      'GET /cases/:id/dossier',
      'GET /cases/:id/dossier/preview/*',
      'POST /cases/:id/dossier',
      'POST /cases/:id/dossier/withdraw',
    ],
  ],
  admin: [
    ...['GET /people', 'POST /people', 'POST /people/role', 'POST /people/remove', 'POST /people/password'],
    ...['POST /people/token', 'POST /people/revoke'],
  ],
};

/** By `METHOD /path` as the route was registered. */
export const LEAST: ReadonlyMap<string, Least> = new Map(
  Object.entries(ROUTES).flatMap(([least, routes]) => routes.map((route) => [route, least as Least] as const)),
);
