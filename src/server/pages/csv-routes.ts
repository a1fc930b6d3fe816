/** The tables of the pages as files, each under the address of its page. */
import type { Hono } from 'hono';
import type { Catalogue } from '../../recognise/index.js';
import { type NoticeDocument, listCases, listNotices, listVersions } from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { REMOVALS_CSV_HEADER, removalCsvRow, removalsPage, removedOf } from './removals.js';
import { csvAnswer } from './tables.js';
import { isPresence } from './words.js';

export function addTables(app: Hono, { store: { database }, catalogue }: Parts): void {
  app.get('/removals', async (context) => context.html(removalsPage(await listNotices(database, { presence: 'removed' }))));
  app.get('/removals.csv', async (context) => {
    const removed = removedOf(await listNotices(database, { presence: 'removed' }));
    return csvAnswer(context, 'removals', REMOVALS_CSV_HEADER, removed.map(removalCsvRow));
  });
  app.get('/notices.csv', async (context) => {
    const presence = context.req.query('presence') ?? '';
    const notices = await listNotices(database, isPresence(presence) ? { presence } : {});
    return csvAnswer(context, 'notices', NOTICES_CSV_HEADER, notices.map((each) => noticeRow(each, catalogue)));
  });
  app.get('/cases.csv', async (context) => {
    const rows = (await listCases(database)).map((each) => [each.id, each.title, each.at, each.by, String(each.claims.length), String(each.notices.length)]);
    return csvAnswer(context, 'cases', ['case', 'title', 'opened', 'by', 'claims', 'notices'], rows);
  });
  app.get('/lists.csv', async (context) => {
    const rows = (await listVersions(database)).map(({ id, logIndex, record }) => [id, record.list, record.publishedAt, String(record.entries), record.origin, String(logIndex), record.content]);
    return csvAnswer(context, 'lists', ['version', 'list', 'published', 'entries', 'from', 'log', 'SHA-256'], rows);
  });
} // prettier-ignore

const NOTICES_CSV_HEADER = ['notice', 'title', 'posted by', 'date on the page', 'first seen', 'last seen', 'presence', 'removed by', 'words', 'goods', 'candidates', 'copies', 'address']; // prettier-ignore

function noticeRow(notice: NoticeDocument, { families }: Catalogue): (string | null)[] {
  const { mentions, matches, copies, removal } = notice;
  const goods = mentions.filter(({ kind }) => kind === 'goods').map(({ id }) => families.find((each) => each.id === id)?.names.en ?? id);
  return [
    ...[notice.id, notice.title, notice.account?.name ?? null, notice.published, notice.firstSeen, notice.lastSeen, notice.presence],
    ...[removal?.actor ?? null, removal?.words ?? null, [...new Set(goods)].join('; ')],
    ...[[...new Set(matches.map(({ list, name }) => `${name} (${list})`))].join('; '), String(copies.length), notice.url],
  ];
} // prettier-ignore
