/** The list of notices in pages, newest first: by the newest thing that is known of each, its removal, else when it was first seen. */
import type { Presence, Removal } from '../../model/index.js';
import type { Queryable } from '../database.js';

/** Where one notice stands in the list. */
export interface NoticePlace {
  /** RFC 3339, UTC with milliseconds. */
  knownAt: string;
  id: string;
}

export interface NoticeFilter {
  presence?: Presence | undefined;
  /** `undecided`, `matters`, `noise`, `unsure`. */
  worth?: string | undefined;
}

export interface NoticePageQuestion extends NoticeFilter {
  /** Only what stands after it in the list. */
  older?: NoticePlace | undefined;
  /** Only what stands before it: of these the last ones. */
  newer?: NoticePlace | undefined;
  limit: number;
  /** So many are left out; a place is cheaper the further one goes. */
  skip?: number;
}

/** What the list shows of a notice. */
export interface ListedNotice extends NoticePlace {
  url: string;
  title: string | null;
  language: string;
  account: string | null;
  published: string | null;
  firstSeen: string;
  presence: Presence;
  removal?: Removal;
  movedTo?: string;
  revisions: number;
  /** Ids of families, each once, in the order they were found in. */
  goods: string[];
  /** As they stand in its texts, each once. */
  tradeNames: string[];
  candidates: { name: string; list: string; from: string }[];
  copies: ListedCopy[];
}

export interface ListedCopy {
  notice: string;
  relation: string;
  sharedOfThis: number;
  presence: Presence;
  account: string | null;
}

interface Row extends Record<string, unknown> {
  id: string;
  known_at: string;
  url: string;
  title: string | null;
  language: string;
  account_name: string | null;
  published: string | null;
  first_seen: string;
  presence: Presence;
  removal: Removal | null;
  moved_to: string | null;
  revisions: number;
}

const COLUMNS =
  'id, known_at, url, title, language, account_name, published, first_seen, presence, removal, moved_to, revisions';
const NEWEST_FIRST = 'known_at desc, id collate "C"';
const OLDEST_FIRST = 'known_at, id collate "C" desc';

/** The values that the two columns take; what the tables hold besides these is in no list. */
const PRESENCES: readonly Presence[] = ['standing', 'suspected', 'removed', 'unreachable', 'moved'];
const WORTHS: readonly string[] = ['undecided', 'matters', 'noise', 'unsure'];

/**
 * One statement whose parts each walk one index in its order and stop as soon as the page is full (migration 14). Values of the filter are
 * ours, from the two lists above.
 */
export async function noticePage(db: Queryable, question: NoticePageQuestion): Promise<ListedNotice[]> {
  const { older, newer, limit, skip = 0 } = question;
  const order = newer ? OLDEST_FIRST : NEWEST_FIRST;
  const place = newer ?? older;
  // As two comparisons, since the directions differ; the first lets the index begin at the place.
  const beyond = newer
    ? 'known_at >= $3 and (known_at > $3 or id collate "C" < $4)'
    : 'known_at <= $3 and (known_at < $3 or id collate "C" > $4)';
  const parts = kindsOf(question).map(
    (kind) => `select ${COLUMNS} from notice where ${kind}${place ? ` and ${beyond}` : ''}`,
  );
  const page = `select * from (${parts.map((part) => `(${part} order by ${order})`).join(' union all ')}) kinds order by ${order} limit $1 offset $2`;
  const rows = await listed(db, page, { order, values: [limit, skip, ...(place ? [place.knownAt, place.id] : [])] });
  return newer ? rows.reverse() : rows;
} // prettier-ignore

/** Conditions over `notice`, each with an order of its own in the index, that together are the filter. */
export function kindsOf({ presence, worth }: NoticeFilter): string[] {
  if (presence === undefined && worth === undefined) return ['true'];
  const presences = PRESENCES.filter((each) => presence === undefined || each === presence);
  const worths = WORTHS.filter((each) => worth === undefined || each === worth);
  return presences.flatMap((one) => worths.map((other) => `presence = '${one}' and worth = '${other}'`));
}

/** How many there are, if they are no more than `most`; otherwise one more than that, and no further ones are looked at. */
export async function countNotices(db: Queryable, filter: NoticeFilter, most: number): Promise<number> {
  const parts = kindsOf(filter).map((kind) => `select 1 from notice where ${kind}`);
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from (${parts.join(' union all ')} limit $1) held`,
    [most + 1],
  );
  return row!.count;
}

/** Some notices, in the order of the list. */
export async function noticesListed(db: Queryable, ids: readonly string[]): Promise<ListedNotice[]> {
  if (ids.length === 0) return [];
  return listed(db, `select ${COLUMNS} from notice where id = any($1::text[])`, { order: NEWEST_FIRST, values: [ids] });
}

/** What a statement gives, with what belongs to each. One statement: asking is what costs where pages are short. */
async function listed(
  db: Queryable,
  page: string,
  { order, values }: { order: string; values: readonly unknown[] },
): Promise<ListedNotice[]> {
  const rows = await db.query<Row & Found>(
    `select n.*,
       (select json_agg(json_build_array(m.kind, m.ref, m.body ->> 'text') order by m.revision, m.ordinal)
         from mention m where m.notice_id = n.id and m.kind in ('goods', 'tradeName')) as named,
       (select json_agg(json_build_object('name', m.body -> 'name', 'list', m.body -> 'list', 'from', m.body -> 'from') order by m.ordinal)
         from match m where m.notice_id = n.id) as candidates,
       (select json_agg(json_build_object('notice', c.other_id, 'relation', c.body -> 'relation', 'sharedOfThis', c.body -> 'sharedOfThis',
           'presence', o.presence, 'account', o.account_name) order by c.other_id)
         from copy c join notice o on o.id = c.other_id where c.notice_id = n.id) as copies
     from (${page}) n order by ${order}`,
    values,
  );
  return rows.map((row) => {
    const of = (wanted: string, what: 1 | 2): string[] => [
      ...new Set((row.named ?? []).filter(([kind]) => kind === wanted).map((each) => each[what])),
    ];
    return {
      ...headOf(row),
      goods: of('goods', 1),
      tradeNames: of('tradeName', 2),
      candidates: row.candidates ?? [],
      copies: row.copies ?? [],
    };
  });
}

interface Found {
  named: [kind: string, ref: string, text: string][] | null;
  candidates: ListedNotice['candidates'] | null;
  copies: ListedCopy[] | null;
}

function headOf(row: Row): Omit<ListedNotice, 'goods' | 'tradeNames' | 'candidates' | 'copies'> {
  return {
    id: row.id,
    knownAt: row.known_at,
    url: row.url,
    title: row.title,
    language: row.language,
    account: row.account_name,
    published: row.published,
    firstSeen: row.first_seen,
    presence: row.presence,
    ...(row.removal ? { removal: row.removal } : {}),
    ...(row.moved_to === null ? {} : { movedTo: row.moved_to }),
    revisions: row.revisions,
  };
}

/** Of a removal, what tells how long the notice had stood. */
export interface StoodRow extends Record<string, unknown> {
  published: string | null;
  firstSeen: string;
  firstMissing: string;
}

/** Of the newest removals, `most` at most. */
export async function removalSpans(db: Queryable, most: number): Promise<StoodRow[]> {
  return db.query<StoodRow>(
    `select published, first_seen as "firstSeen", removal ->> 'firstMissing' as "firstMissing" from notice
     where presence = 'removed' and removal is not null order by known_at desc, id collate "C" limit $1`,
    [most],
  );
}

/** All that were removed, in the order of the list, a batch at a time. */
export async function* eachRemoved(db: Queryable): AsyncGenerator<ListedNotice[]> {
  let older: NoticePlace | undefined;
  for (;;) {
    const batch = await noticePage(db, { presence: 'removed', older, limit: 500 });
    if (batch.length > 0) yield batch;
    if (batch.length < 500) return;
    older = batch.at(-1)!;
  }
}

/** The newest notices of a source by when they were first seen. */
export async function noticesOfSource(db: Queryable, source: string, limit: number): Promise<ListedNotice[]> {
  const rows = await db.query<Row>(
    `select ${COLUMNS} from notice where source_id = $1 order by first_seen desc, id desc limit $2`,
    [source, limit],
  );
  return rows.map((row) => ({ ...headOf(row), goods: [], tradeNames: [], candidates: [], copies: [] }));
}
