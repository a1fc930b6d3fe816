import type { Context, Hono } from 'hono';
import { caseReport } from '../../case/index.js';
import type { NoticeId } from '../../model/index.js';
import {
  findExhibit,
  latestReadings,
  listCases,
  listVersions,
  newestTriage,
  noticeAndExhibits,
} from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import type { Access } from '../access/index.js';
import type { ReplayOf } from '../guards.js';
import { fullId } from '../ids.js';
import { createKeptPages } from '../kept.js';
import { COPIES_CSV_HEADER, copiesCsvRows, copiesPage } from './copies.js';
import { type CopiesView, copiesView } from './copies-view.js';
import { csvAnswer } from './tables.js';
import { casePage, casesPage } from './cases.js';
import { type Print, addDossier } from './dossier.js';
import { exhibitPage } from './exhibit.js';
import { type InboxQuery, inboxPage, isWorth } from './inbox.js';
import { inboxView } from './inbox-view.js';
import { type NoticeView, noticePage } from './notice.js';
import { proofView } from './proof-view.js';
import { addTables } from './csv-routes.js';
import { addProfiles } from './profiles.js';
import { addSources } from './source-routes.js';
import { type FrameOf, versionChoice } from './versions.js';
import { addSearch } from './search.js';
import { isPresence } from './words.js';
import { addLanguage } from './language.js';
import { listsPage } from './lists.js';
import { addPeople } from './people.js';
import { addForms } from './writes.js';

export interface PageTools {
  replay: ReplayOf;
  access: Access;
  /** Prints dossiers; undefined where no browser is. */
  print?: Print;
}

export function addPages(app: Hono, parts: Parts, { replay, access, print }: PageTools): void {
  const { store, catalogue } = parts;
  const { database } = store;
  const kept = createKeptPages(database, parts.settings['serve.kept']);
  /** Where an archived page stands in a frame; with accounts under a ticket, as no cookie goes there. */
  const frameOf = (context: Context, id: string): string | undefined => {
    const [origin, ticket] = [replay(context), access.ticketFor(context, id)];
    return origin === undefined
      ? undefined
      : `${origin}/exhibits/${id}${ticket === undefined ? '' : `?ticket=${ticket}`}`;
  };
  const inbox = async (context: Context): Promise<Response> => {
    const query = inboxQuery(context);
    return kept(context, async () => inboxPage(await inboxView(parts, query), catalogue, query));
  };
  app.get('/', inbox);
  app.get('/notices', inbox);
  app.get('/notices/:id', async (context) =>
    kept(context, async () =>
      noticePage({
        ...(await noticeView(parts, context, (id) => frameOf(context, id))),
        ...doneOf(context.req),
      }),
    ),
  );
  addCopies(app, parts);
  addSearch(app, parts, kept);
  addForms(app, parts);
  addPeople(app, parts, access);
  addLanguage(app);
  addDossier(app, parts, print);
  app.get('/exhibits/:id', async (context) => {
    const id = await fullId(database, context.req.param('id'), 'E');
    const exhibit = (await findExhibit(database, id))!;
    const archived = frameOf(context, id);
    return context.html(exhibitPage({ exhibit, proof: await proofView(parts, exhibit), archived }));
  });
  app.get('/cases', async (context) => context.html(casesPage(await listCases(database), doneOf(context.req))));
  app.get('/cases/:id', async (context) => {
    const id = await fullId(database, context.req.param('id'), 'K');
    return context.html(casePage((await caseReport({ database, catalogue }, id))!, doneOf(context.req)));
  });
  addTables(app, parts);
  addSources(app, parts);
  addProfiles(app, parts);
  app.get('/lists', async (context) => context.html(listsPage(await listVersions(database))));
}

function addCopies(app: Hono, parts: Parts): void {
  const viewOf = async (typed: string): Promise<CopiesView> =>
    copiesView(parts, (await fullId(parts.store.database, typed, 'N')) as NoticeId);
  app.get('/notices/:id/copies', async (context) => context.html(copiesPage(await viewOf(context.req.param('id')))));
  app.get('/notices/:id/copies.csv', async (context) => {
    const view = await viewOf(context.req.param('id'));
    return csvAnswer(context, `copies-${view.notice.id}`, COPIES_CSV_HEADER, copiesCsvRows(view));
  });
}

const doneOf = (req: Context['req']): { done?: string } => {
  const done = req.query('done');
  return done === undefined ? {} : { done };
};

/** What a person put into the address; what does not fit is taken as not asked. */
function inboxQuery({ req }: Context): InboxQuery {
  const [presence, worth] = [req.query('presence') ?? '', req.query('worth') ?? ''];
  const after = req.query('after') ?? '';
  return {
    presence: presence === '' || isPresence(presence) ? presence : '',
    ...(isWorth(worth) ? { worth } : {}),
    ...doneOf(req),
    search: (req.query('search') ?? '').slice(0, 200),
    after: /^\d{1,9}$/.test(after) ? Number(after) : 0,
    ...placeIn(req, 'older'),
    ...placeIn(req, 'newer'),
  };
}

const placeIn = (req: Context['req'], name: 'older' | 'newer'): { older?: string; newer?: string } => {
  const place = req.query(name);
  return place === undefined ? {} : { [name]: place.slice(0, 80) };
};

async function noticeView(
  { store: { database }, catalogue }: Parts,
  { req }: Context,
  frameOf: FrameOf,
): Promise<NoticeView> {
  const id = await fullId(database, req.param('id') ?? '', 'N');
  const { notice, exhibits } = (await noticeAndExhibits(database, id))!;
  const live = exhibits.filter(({ reading }) => reading.verdict.class === 'live');
  const byId = new Map(live.map((each) => [each.id, each]));
  const revisions = notice.revisionList.flatMap(({ exhibit }) => byId.get(exhibit) ?? []);
  const others = new Map<string, { text: string; account: string | null }>();
  const readings = await latestReadings(database, notice.copies.map((each) => each.notice)); // prettier-ignore
  for (const [other, { text, account }] of readings) others.set(other, { text, account: account?.name ?? null });
  return {
    notice,
    revisions,
    choice: versionChoice((name) => req.query(name), revisions.length),
    frameOf,
    latest: live.at(-1),
    others,
    catalogue,
    versions: await listVersions(database),
    triage: await newestTriage(database, [id]),
  };
}
