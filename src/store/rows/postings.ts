/** Notices as postings: whose they are, when they claim to be posted, what they say now. What comparing many of them asks. */
import type { CopyRelation, Language, Mention, NoticeId, OffsetTime, Presence } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { type ListFilter, SELECTION, selection } from './queries.js';

export interface PostingRow {
  notice: NoticeId;
  url: string;
  account: { id: string | null; name: string | null } | null;
  /** Tells posters apart: the account's id, else its name, else the host. */
  postedBy: string;
  title: string | null;
  language: Language;
  published: OffsetTime | null;
  firstSeen: string;
  presence: Presence;
  removedAt: string | null;
}

/** Of the notices named, or of all. */
export async function postingRows(db: Queryable, notices: readonly string[] | null): Promise<PostingRow[]> {
  const rows = await db.query<{
    id: NoticeId;
    url: string;
    host: string;
    account_id: string | null;
    account_name: string | null;
    title: string | null;
    language: Language;
    published: OffsetTime | null;
    first_seen: string;
    presence: Presence;
    removed_at: string | null;
  }>(
    `select id, url, host, account_id, account_name, title, language, published, first_seen, presence, removed_at
     from notice where $1::text[] is null or id = any($1) order by first_seen, id`,
    [notices],
  );
  return rows.map((row) => ({
    notice: row.id,
    url: row.url,
    account:
      row.account_id === null && row.account_name === null ? null : { id: row.account_id, name: row.account_name },
    postedBy: row.account_id ?? row.account_name ?? row.host,
    title: row.title,
    language: row.language,
    published: row.published,
    firstSeen: row.first_seen,
    presence: row.presence,
    removedAt: row.removed_at,
  }));
}

/** Ids of the notices that a filter leaves. */
export async function selectedNotices(db: Queryable, filter: ListFilter): Promise<Set<NoticeId>> {
  const rows = await db.query<{ id: NoticeId }>(`select n.id from notice n where ${SELECTION}`, selection(filter));
  return new Set(rows.map(({ id }) => id));
}

/** Of a notice, from its side. */
export async function relationsOf(db: Queryable, notice: string): Promise<CopyRelation[]> {
  const rows = await db.query<{ body: CopyRelation }>('select body from copy where notice_id = $1 order by other_id', [
    notice,
  ]);
  return rows.map(({ body }) => body);
}

/** Of the notices chosen, to any; without passages, and without those of formulae alone, which say nothing of who posts after whom. */
export async function copyPairs(db: Queryable, filter: ListFilter = {}): Promise<CopyRelation[]> {
  const rows = await db.query<{
    notice: NoticeId;
    other: NoticeId;
    relation: CopyRelation['relation'];
    of_other: CopyRelation['relation'];
  }>(
    `select c.notice_id as notice, c.other_id as other, c.body ->> 'relation' as relation, c.body ->> 'relationOfOther' as of_other
     from copy c join notice n on n.id = c.notice_id
     where c.body -> 'isFormulaOnly' is null and ${SELECTION} order by c.notice_id, c.other_id`,
    selection(filter),
  );
  const unasked = { sharedOfThis: 0, sharedOfOther: 0, passages: [], firstWords: { ofThis: '', ofOther: '' } };
  return rows.map(({ of_other, ...row }) => ({ ...row, relationOfOther: of_other, ...unasked }));
}

export interface TextRow {
  notice: NoticeId;
  language: Language;
  text: string;
  /** Of the latest revision; undefined where what stands there now is not the text they were read out of. */
  mentions: Mention[] | undefined;
}

/** The newest reading that was live, imported ones only where there is no other: as `latestReading`. */
const TEXTS = `select n.id, n.language, e.text, e.text_hash = x.text_hash as fits,
    (select jsonb_agg(m.body order by m.ordinal) from mention m where m.notice_id = n.id and m.revision = n.revisions) as mentions
  from notice n
  join lateral (select text, text_hash from exhibit where notice_id = n.id and reading -> 'verdict' ->> 'class' = 'live'
    order by (body -> 'imported') is not null, at desc, log_index desc limit 1) e on true
  left join revision v on v.notice_id = n.id and v.revision = n.revisions
  left join exhibit x on x.notice_id = n.id and x.id = v.exhibit_id`;

/** What these notices say now; one that was never read live has no row. */
export const textsOf = (db: Queryable, notices: readonly string[]): Promise<TextRow[]> =>
  textRows(db, `${TEXTS} where n.id = any($1::text[]) order by n.id`, [notices]);

/** A page of all of them, in the order of their ids. */
export const textsAfter = (db: Queryable, after: string, most: number): Promise<TextRow[]> =>
  textRows(db, `${TEXTS} where n.id > $1 order by n.id limit $2`, [after, most]);

export async function noticeCount(db: Queryable): Promise<number> {
  const [row] = await db.query<{ count: string }>('select count(*) as count from notice');
  return Number(row!.count);
}

async function textRows(db: Queryable, sql: string, values: readonly unknown[]): Promise<TextRow[]> {
  const rows = await db.query<{
    id: NoticeId;
    language: Language;
    text: string;
    fits: boolean | null;
    mentions: Mention[] | null;
  }>(sql, [...values]);
  return rows.map(({ id, language, text, fits, mentions }) => ({
    notice: id,
    language,
    text,
    mentions: fits === true ? (mentions ?? []) : undefined,
  }));
}

/** When each of these was last looked at; null where it never was. */
export async function lastChecks(db: Queryable, notices: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await db.query<{ id: string; last_check: string | null }>(
    'select id, last_check from notice where id = any($1::text[])',
    [notices],
  );
  return new Map(rows.map(({ id, last_check }) => [id, last_check]));
}
