import type { Hono } from 'hono';
import { caseReport } from '../../case/index.js';
import type { Presence } from '../../model/index.js';
import {
  exhibitsOf,
  latestReading,
  listCases,
  listNotices,
  listSources,
  listVersions,
  showNotice,
} from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { fullId } from '../ids.js';
import { casePage, casesPage, listsPage, sourcesPage } from './cases.js';
import { inboxPage } from './inbox.js';
import { type NoticeView, noticePage } from './notice.js';

const PRESENCES: readonly string[] = ['standing', 'suspected', 'removed', 'unreachable', 'moved'] satisfies Presence[];

export function addPages(app: Hono, parts: Parts): void {
  const { store, catalogue } = parts;
  const { database } = store;
  app.get('/', async (context) => {
    const asked = context.req.query('presence') ?? '';
    const presence = PRESENCES.includes(asked) ? asked : '';
    const notices = await listNotices(database, presence === '' ? {} : { presence });
    return context.html(
      inboxPage(notices, catalogue, { presence, search: (context.req.query('search') ?? '').slice(0, 200) }),
    );
  });
  app.get('/notices', (context) => context.redirect('/'));
  app.get('/notices/:id', async (context) =>
    context.html(noticePage(await noticeView(parts, await fullId(database, context.req.param('id'), 'N')))),
  );
  app.get('/cases', async (context) => context.html(casesPage(await listCases(database))));
  app.get('/cases/:id', async (context) => {
    const id = await fullId(database, context.req.param('id'), 'K');
    return context.html(casePage((await caseReport({ database, catalogue }, id))!));
  });
  app.get('/sources', async (context) => context.html(sourcesPage(await listSources(database))));
  app.get('/lists', async (context) => context.html(listsPage(await listVersions(database))));
}

async function noticeView({ store: { database }, catalogue }: Parts, id: string): Promise<NoticeView> {
  const notice = (await showNotice(database, id))!;
  const exhibits = await exhibitsOf(database, id);
  const others = new Map<string, { text: string; account: string | null }>();
  for (const { notice: other } of notice.copies) {
    const reading = await latestReading(database, other);
    if (reading) others.set(other, { text: reading.text, account: reading.account?.name ?? null });
  }
  return { notice, exhibit: exhibits.findLast(({ reading }) => reading.verdict.class === 'live'), others, catalogue };
}
