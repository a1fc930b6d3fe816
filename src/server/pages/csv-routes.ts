/** The tables of the pages as files, each under the address of its page. */
import type { Hono } from 'hono';
import type { Catalogue } from '../../recognise/index.js';
import { type NoticeDocument, eachNotice, eachRemoved, listCases, listVersions, noticePage, removalSpans } from '../../store/index.js'; // prettier-ignore
import type { Parts } from '../../watch/index.js';
import { placeOf, textOfPlace } from './places.js';
import { MOST_SUMMED, REMOVALS_CSV_HEADER, removalCsvRow, removalsPage, removedOf } from './removals.js';
import { csvAnswer, csvStream } from './tables.js';
import { isPresence } from './words.js';

export function addTables(app: Hono, { store: { database }, catalogue }: Parts): void {
  app.get('/removals', async (context) => {
    const older = placeOf(context.req.query('older'));
    const [rows, spans] = await Promise.all([
      noticePage(database, { presence: 'removed', older, limit: PER_PAGE + 1 }),
      removalSpans(database, MOST_SUMMED + 1),
    ]);
    const notices = rows.slice(0, PER_PAGE);
    const next = rows.length > PER_PAGE ? textOfPlace(notices.at(-1)!) : undefined;
    const isMore = spans.length > MOST_SUMMED;
    return context.html(removalsPage({ notices, spans: spans.slice(0, MOST_SUMMED), isMore, older: next, isLater: older !== undefined }));
  });
  app.get('/removals.csv', (context) =>
    csvStream(context, 'removals', REMOVALS_CSV_HEADER, mapped(eachRemoved(database), (batch) => removedOf(batch).map(removalCsvRow))),
  );
  app.get('/notices.csv', (context) => {
    const presence = context.req.query('presence') ?? '';
    const batches = eachNotice(database, isPresence(presence) ? { presence } : {});
    return csvStream(context, 'notices', NOTICES_CSV_HEADER, mapped(batches, (batch) => batch.map((each) => noticeRow(each, catalogue))));
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

/** Of removals on a page. */
const PER_PAGE = 100;

async function* mapped<From, To>(batches: AsyncIterable<From>, of: (batch: From) => To): AsyncGenerator<To> {
  for await (const batch of batches) yield of(batch);
}

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
