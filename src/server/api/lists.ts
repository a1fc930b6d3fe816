import type { OpenAPIHono } from '@hono/zod-openapi';
import * as store from '../../store/index.js';
import { type Parts, listFollows, listProjects } from '../../watch/index.js';
import { fullId } from '../ids.js';
import { LIST_NAMES, type ListName, listRoute, listVersionsRoute } from './routes.js';
import type { Question } from './schemas.js';
import { taggedJson } from './tags.js';

type Lister = (db: store.Queryable, filter: store.ListFilter) => Promise<readonly object[]>;

/** Where the rows of each list come from. */
const ROWS: Readonly<Record<ListName, Lister>> = {
  notices: store.listNotices,
  changes: store.listChanges,
  removals: store.listRemovals,
  copies: store.listCopies,
  follows: listFollows,
  projects: listProjects,
  mentions: store.listMentions,
  matches: store.listMatches,
  flags: store.listFlags,
  events: store.listEvents,
  claims: (db) => store.listClaims(db),
  sources: (db) => store.sourcesWithHealth(db),
  cases: (db) => store.listCases(db),
  triage: (db) => store.listTriage(db),
};

/** Those whose rows the database cuts into pages; the others are few, or made of all that there is. */
const IN_PAGES: readonly ListName[] = ['notices', 'changes', 'removals', 'copies', 'mentions', 'matches', 'events'];

export function addLists(api: OpenAPIHono, { store: { database } }: Parts): void {
  for (const name of LIST_NAMES) {
    api.openapi(listRoute(name), async (context) => {
      const question = context.req.valid('query') as Question;
      const { limit, after } = question;
      const filter = await filterOf(database, question);
      const isPaged = IN_PAGES.includes(name);
      const rows = await ROWS[name](database, isPaged ? { ...filter, limit: limit + 1, skip: after } : filter);
      const page = isPaged ? rows : rows.slice(after, after + limit + 1);
      const next = page.length > limit ? after + limit : null;
      return context.json({ items: page.slice(0, limit) as never[], next }, 200);
    });
  }
  api.openapi(listVersionsRoute, async (context) => {
    const versions = await store.listVersions(database);
    const items = versions.map(({ id, logIndex, record }) => ({ ...record, id, logIndex }));
    return taggedJson(context, { items, next: null });
  });
}

async function filterOf(
  database: store.Database,
  { since, source, presence, notice }: Question,
): Promise<store.ListFilter> {
  return {
    ...(since === undefined ? {} : { since }),
    ...(presence === undefined ? {} : { presence }),
    ...(source === undefined ? {} : { source: await fullId(database, source, 'S') }),
    ...(notice === undefined ? {} : { notice: await fullId(database, notice, 'N') }),
  };
}
