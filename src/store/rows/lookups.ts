/** Small questions the making of one notice asks about others. */
import type { NoticeId, Presence, Reading } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { listsToFold } from './lists.js';
import { type ExhibitRow, exhibitRow } from './notices.js';
import { appliedSize } from './seen.js';

export async function findExhibitByHash(db: Queryable, hash: string): Promise<ExhibitRow | undefined> {
  const [row] = await db.query<Record<string, unknown>>('select * from exhibit where hash = $1', [hash]);
  return row && exhibitRow(row);
}

export async function noticePresence(db: Queryable, notice: string): Promise<Presence | undefined> {
  const [row] = await db.query<{ presence: Presence }>('select presence from notice where id = $1', [notice]);
  return row?.presence;
}

/** The source a notice was found by; undefined for one that somebody captured by its address. */
export async function sourceOfNotice(db: Queryable, notice: string): Promise<string | undefined> {
  const [row] = await db.query<{ source_id: string | null }>('select source_id from notice where id = $1', [notice]);
  return row?.source_id ?? undefined;
}

export async function copyPartners(db: Queryable, notice: string): Promise<NoticeId[]> {
  const rows = await db.query<{ other_id: NoticeId }>('select other_id from copy where notice_id = $1', [notice]);
  return rows.map((row) => row.other_id);
}

/** The address first learnt for a notice: the one shown, and the one fetched again exactly as received. */
export async function firstUrl(
  db: Queryable,
  notice: string,
): Promise<{ url: string; noticeKey: string; provisional: boolean } | undefined> {
  const [row] = await db.query<{ url: string; notice_key: string; provisional: boolean }>(
    'select url, notice_key, provisional from address where notice_id = $1 order by log_index, place, url limit 1',
    [notice],
  );
  return row && { url: row.url, noticeKey: row.notice_key, provisional: row.provisional };
}

export async function findExhibitById(db: Queryable, id: string): Promise<ExhibitRow | undefined> {
  const [row] = await db.query<Record<string, unknown>>('select * from exhibit where id = $1', [id]);
  return row && exhibitRow(row);
}

/** The newest reading of a notice that was live; imported ones only where there is no other. */
export async function latestReading(db: Queryable, notice: string): Promise<Reading | undefined> {
  const [row] = await db.query<Record<string, unknown>>(
    `select * from exhibit where notice_id = $1 and reading -> 'verdict' ->> 'class' = 'live' order by (body -> 'imported') is not null, at desc, log_index desc limit 1`,
    [notice],
  );
  return row && exhibitRow(row).reading;
}

/** The same of several; those that never had one are not among them. */
export async function latestReadings(db: Queryable, notices: readonly string[]): Promise<Map<string, Reading>> {
  if (notices.length === 0) return new Map();
  const rows = await db.query<Record<string, unknown>>(
    `select distinct on (notice_id) * from exhibit where notice_id = any($1::text[]) and reading -> 'verdict' ->> 'class' = 'live'
     order by notice_id, (body -> 'imported') is not null, at desc, log_index desc`,
    [notices],
  );
  return new Map(rows.map(exhibitRow).map(({ noticeId, reading }) => [noticeId, reading]));
}

/** Exhibits at which a notice stood, by looks of ours. */
const STOOD = `from exhibit where notice_id = $1 and reading -> 'verdict' ->> 'class' = 'live' and body -> 'imported' is null`;

/** What a notice said when it was last kept standing; up to a place in the log. */
export async function readingBefore(db: Queryable, notice: string, upTo?: number): Promise<Reading | undefined> {
  const [row] = await db.query<Record<string, unknown>>(
    `select * ${STOOD} and ($2::bigint is null or log_index <= $2) order by log_index desc limit 1`,
    [notice, upTo ?? null],
  );
  return row && exhibitRow(row).reading;
}

/** What a notice said when it was first kept standing. */
export async function firstReading(db: Queryable, notice: string): Promise<Reading | undefined> {
  const [row] = await db.query<Record<string, unknown>>(`select * ${STOOD} order by log_index limit 1`, [notice]);
  return row && exhibitRow(row).reading;
}

/** Notices one of whose captures names this key as its original. */
export async function noticesDeclaring(db: Queryable, key: string): Promise<NoticeId[]> {
  const rows = await db.query<{ notice_id: NoticeId }>(
    `select distinct notice_id from exhibit where reading #>> '{links,original,key}' = $1 order by notice_id`,
    [key],
  );
  return rows.map((row) => row.notice_id);
}

export interface NoticeHead {
  key: string;
  title: string | null;
  url: string;
  account: string | null;
  firstSeen: string;
}

/** What events say of a notice; undefined while its rows are not made yet. */
export async function noticeHead(db: Queryable, id: string): Promise<NoticeHead | undefined> {
  const [row] = await db.query<{
    key: string;
    title: string | null;
    url: string;
    account_name: string | null;
    first_seen: string;
  }>('select key, title, url, account_name, first_seen from notice where id = $1', [id]);
  return row && { key: row.key, title: row.title, url: row.url, account: row.account_name, firstSeen: row.first_seen };
}

export async function noticeByKey(db: Queryable, key: string): Promise<NoticeId | undefined> {
  const [row] = await db.query<{ id: NoticeId }>('select id from notice where key = $1', [key]);
  return row?.id;
}

/** When the first version of a list came in. */
export async function listVersionTime(db: Queryable, list: string): Promise<string | undefined> {
  const [row] = await db.query<{ at: string | null }>(
    'select at from list_version where list = $1 order by log_index limit 1',
    [list],
  );
  return row?.at ?? undefined;
}

/** Whether something is on record, or half made, that the rows do not show yet. */
export async function rowsAreBehind({
  database,
  log,
}: {
  database: Queryable;
  log: { size(): Promise<number> };
}): Promise<boolean> {
  if ((await appliedSize(database)) < (await log.size())) return true;
  const [row] = await database.query<{ dirty: boolean }>('select exists (select 1 from dirty) as dirty');
  return row?.dirty === true || (await listsToFold(database)).length > 0;
}

/** Whether an address was ever kept as an exhibit, under exactly this spelling. */
export async function hasExhibit(db: Queryable, url: string): Promise<boolean> {
  const rows = await db.query("select 1 from exhibit where body ->> 'url' = $1 limit 1", [url]);
  return rows.length > 0;
}

export interface RecordPlace {
  logIndex: number;
  hash: string;
}

const BY_ID: Readonly<Record<string, readonly string[]>> = {
  E: ['exhibit'],
  O: ['observation'],
  S: ['source'],
  K: ['case_file'],
  C: ['claim', 'statement', 'decision', 'triage'],
  L: ['list_version'],
};

/** Where the record behind an id stands in the log: the newest one, for things that have several. */
export async function recordById(db: Queryable, id: string): Promise<RecordPlace | undefined> {
  for (const table of BY_ID[id[0] ?? ''] ?? []) {
    const [row] = await db.query<{ log_index: number; hash: string }>(
      `select r.log_index, r.hash from ${table} t join record r on r.log_index = t.log_index where t.id = $1`,
      [id],
    );
    if (row) return { logIndex: row.log_index, hash: row.hash };
  }
  return undefined;
}

/** All records about these notices and this case, the list versions their matches cite and what was decided of these: what a bundle holds. */
export async function recordsAbout(
  db: Queryable,
  { notices, exhibits = [], caseId }: { notices: readonly string[]; exhibits?: readonly string[]; caseId?: string },
): Promise<RecordPlace[]> {
  const rows = await db.query<{ log_index: number; hash: string }>(
    `select r.log_index, r.hash from record r where r.log_index in (
       select log_index from exhibit where notice_id = any($1::text[]) or id = any($2::text[])
       union select log_index from observation where notice_id = any($1::text[])
       union select log_index from case_file where id = $3
       union select log_index from claim where case_id = $3
       union select log_index from statement where case_id = $3
       union select l.log_index from list_version l join match m on 'sha256:' || l.content = m.body ->> 'listVersion'
         where m.notice_id = any($1::text[])
       union select d.log_index from decision d where d.notice_id = any($1::text[])
       union select d.log_index from decision d join match m on d.list = m.body ->> 'list' and d.entry = m.body ->> 'entry'
         and d.body ->> 'name' = m.body ->> 'query' where d.notice_id is null and m.notice_id = any($1::text[]))
     order by r.log_index`,
    [notices, exhibits, caseId ?? null],
  );
  return rows.map(({ log_index, hash }) => ({ logIndex: log_index, hash }));
}

/** Whether words can be read in an exhibit: in its text, or in what the account says of itself. */
export async function claimWordsStand(db: Queryable, exhibit: string, words: string): Promise<boolean> {
  const [row] = await db.query<{ stands: boolean }>(
    `select position($2 in text) > 0 or position($2 in coalesce(reading -> 'account' ->> 'bio', '')) > 0 as stands
     from exhibit where id = $1`,
    [exhibit, words],
  );
  return row?.stands ?? false;
}
