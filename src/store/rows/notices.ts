/** Reading what a notice is made from, and writing what was made: all of it replaced in one transaction. */
import {
  type Account,
  type Change,
  type CopyRelation,
  type ExhibitRecord,
  type Flag,
  type Language,
  type Match,
  type NoticeId,
  type ObservationRecord,
  type PageVerdict,
  type PolicySettings,
  type PresenceVerdict,
  type Reading,
  type Recognition,
  type Removal,
  type ScreeningQuery,
  hostOf,
} from '../../model/index.js';
import type { Database, Queryable } from '../database.js';
import { markAccountsDirty } from './accounts.js';
import { MADE_TABLES } from './addresses.js';
import { type ListTurnRow, markTurnsDirty } from './list-turns.js';
import { type ScheduleRow, hurryAccount, saveSchedule, unschedule } from './schedule.js';
import { type ProjectKeyRow, projectKeyHash } from './projects.js';
import { saveSearchRow } from './search.js';
import { storable } from './seen.js';
import { saveWorth } from './triage.js';

export interface ExhibitRow {
  id: string;
  noticeId: NoticeId;
  hash: string;
  logIndex: number;
  at: string;
  record: ExhibitRecord;
  /** With its text put back. */
  reading: Reading;
  textHash: string;
}

export interface ObservationRow {
  id: string;
  hash: string;
  logIndex: number;
  at: string;
  record: ObservationRecord;
  verdict: PageVerdict;
  /** The thresholds that were on record when the check was made. */
  policy: PolicySettings | null;
}

/** In the order of the log, which is that of happening whatever our clock said. */
export async function loadExhibits(db: Queryable, notice: string): Promise<ExhibitRow[]> {
  const rows = await db.query<Record<string, unknown>>(
    'select * from exhibit where notice_id = $1 order by log_index',
    [notice],
  );
  return rows.map(exhibitRow);
}

export function exhibitRow(row: Record<string, unknown>): ExhibitRow {
  return {
    id: row['id'] as string,
    noticeId: row['notice_id'] as NoticeId,
    hash: row['hash'] as string,
    logIndex: row['log_index'] as number,
    at: row['at'] as string,
    record: row['body'] as ExhibitRecord,
    reading: { ...(row['reading'] as Omit<Reading, 'text'>), text: row['text'] as string },
    textHash: row['text_hash'] as string,
  };
}

/** In the order of the log. */
export async function loadObservations(db: Queryable, notice: string): Promise<ObservationRow[]> {
  const rows = await db.query<Record<string, unknown>>(
    `select o.*, (select p.body from policy p where p.log_index < o.log_index order by p.log_index desc limit 1) as policy
     from observation o where o.notice_id = $1 order by o.log_index`,
    [notice],
  );
  return rows.map((row) => ({
    id: row['id'] as string,
    hash: row['hash'] as string,
    logIndex: row['log_index'] as number,
    at: row['at'] as string,
    record: row['body'] as ObservationRecord,
    verdict: row['verdict'] as PageVerdict,
    policy: row['policy'] as PolicySettings | null,
  }));
}

export interface MadeRevision {
  revision: number;
  exhibitId: string;
  at: string;
  recognition: Recognition;
  /** Changes that led from the revision before to this one, and account changes seen while it stood. */
  changes: { at: string; change: Change }[];
}

export interface MadeEvent {
  id: string;
  /** Whose event it is. */
  notice: NoticeId;
  /** The other notice of a copy, or the account the event is of: made and thrown away with either of the two. */
  other?: string;
  type: string;
  at: string;
  body: Record<string, unknown>;
}

export interface MadeNotice {
  id: NoticeId;
  key: string;
  identityProvisional: boolean;
  sourceId: string | null;
  url: string;
  title: string | null;
  account: Account | undefined;
  language: Language;
  published: string | null;
  documentKind: string | null;
  firstSeen: string;
  lastSeen: string | null;
  presence: PresenceVerdict;
  revisions: MadeRevision[];
  matches: MatchRow[];
  asked: AskedRow[];
  /** What versions of lists that came later made of it. */
  turns: ListTurnRow[];
  flags: Flag[];
  copies: CopyRelation[];
  /** By which a search finds it. */
  searchTokens: readonly string[];
  /** By which it is of one project with others. */
  projectKeys: readonly ProjectKeyRow[];
  events: MadeEvent[];
  lastCheck: string | null;
  /** Removals with words about its account: what the account tells. */
  accountRemovals: AccountRemoval[];
  /** When it last turned to removed, whatever it is now. */
  removedAt: string | null;
  /** Of one that was removed: the others of its account, if looked at before then, are looked at sooner. */
  hurry?: { account: string; until: string; why: string } | undefined;
  /** When it is looked at next; without it never, until somebody captures it. */
  plan?: Pick<ScheduleRow, 'nextCheck' | 'burstCheck' | 'rank' | 'why' | 'whole'> | undefined;
}

export interface AccountRemoval {
  account: string;
  at: string;
  /** When the notice was found otherwise. */
  until: string | null;
  removal: Removal;
}

/** A match with the mention it came from. */
export interface MatchRow extends Match {
  mention: { kind: string; id: string; text: string; revision: number };
  /** The name that was asked: the mention's own, or its maker's. */
  query: string;
  via?: string;
  on: string;
}

/** What was asked of the lists about a notice. */
export interface AskedRow {
  /** Of the question itself: the same of every notice that asks it. */
  key: string;
  query: ScreeningQuery;
  /** The answer may change with entries that are not like it. */
  isCut: boolean;
}

/** Presence and counts stand in columns, the rest in bodies; the whole of a notice is replaced at once. */
export async function saveNotice(db: Database, made: MadeNotice): Promise<void> {
  await db.transaction(async (inside) => {
    await markAccountsDirty(inside, made.id);
    await markTurnsDirty(inside, made.id);
    for (const table of MADE_TABLES) await inside.query(`delete from ${table} where notice_id = $1`, [made.id]);
    await inside.query('delete from copy where notice_id = $1 or other_id = $1', [made.id]);
    await inside.query('delete from event where other_id = $1', [made.id]);
    await saveHead(inside, made);
    await saveWorth(inside, made.id);
    await savePlan(inside, made);
    if (made.hurry) await hurryAccount(inside, { ...made.hurry, removed: made.id });
    await saveRevisions(inside, made);
    await saveFindings(inside, made);
    await saveSearchRow(inside, { id: made.id, firstSeen: made.firstSeen, tokens: made.searchTokens });
    await markAccountsDirty(inside, made.id);
    await markTurnsDirty(inside, made.id);
    await inside.query('delete from dirty where notice_id = $1', [made.id]);
  });
}

async function saveHead(db: Queryable, made: MadeNotice): Promise<void> {
  const { presence: verdict } = made;
  await countUnder(db, made);
  const values: Record<string, unknown> = {
    id: made.id,
    key: made.key,
    source_id: made.sourceId,
    url: made.url,
    host: hostOf(made.url),
    missing_since: verdict.missingSince ?? null,
    title: made.title,
    account_id: made.account?.id ?? null,
    account_name: made.account?.name ?? null,
    language: made.language,
    published: made.published,
    first_seen: made.firstSeen,
    last_seen: made.lastSeen,
    presence: verdict.presence,
    removal: verdict.removal ? storable(verdict.removal) : null,
    moved_to: verdict.movedTo ?? null,
    confirm_after: verdict.confirmAfter ?? null,
    reasons: storable(verdict.reasons),
    revisions: made.revisions.length,
    removed_at: made.removedAt,
    last_check: made.lastCheck,
    document_kind: made.documentKind,
    identity_provisional: made.identityProvisional,
  };
  const names = Object.keys(values);
  const places = names.map((_, index) => `$${index + 1}`);
  const updates = names.slice(1).map((name) => `${name} = excluded.${name}`);
  await db.query(
    `insert into notice (${names.join(', ')}) values (${places.join(', ')}) on conflict (id) do update set ${updates.join(', ')}`,
    Object.values(values),
  );
}

/** How many notices a source has stands with it: counting them would read them all. */
async function countUnder(db: Queryable, { id, sourceId }: Pick<MadeNotice, 'id' | 'sourceId'>): Promise<void> {
  await db.query(
    `update source s set notices = s.notices + (case when s.id = $2 then 1 else -1 end)
     from (select (select source_id from notice where id = $1) as source_id) held
     where held.source_id is distinct from $2 and (s.id = $2 or s.id = held.source_id)`,
    [id, sourceId],
  );
}

async function savePlan(db: Queryable, { id, url, sourceId, plan }: MadeNotice): Promise<void> {
  const host = hostOf(url);
  if (plan && /^https?:/.test(url)) await saveSchedule(db, [{ id, kind: 'notice', host, url, sourceId, ...plan }]);
  else await unschedule(db, [id]);
}

async function saveRevisions(db: Queryable, made: MadeNotice): Promise<void> {
  for (const each of made.revisions) {
    await db.query('insert into revision values ($1, $2, $3, $4, $5)', [
      made.id,
      each.revision,
      each.exhibitId,
      each.at,
      storable(each.recognition),
    ]);
    await insertMany(
      db,
      'mention (notice_id, revision, ordinal, kind, ref, body)',
      ['text', 'int', 'int', 'text', 'text', 'jsonb'],
      each.recognition.mentions.map((mention, ordinal) => [
        made.id,
        each.revision,
        ordinal,
        mention.kind,
        mention.id,
        storable(mention),
      ]),
    );
    await insertMany(
      db,
      'change (notice_id, revision, ordinal, at, body)',
      ['text', 'int', 'int', 'text', 'jsonb'],
      each.changes.map(({ at, change }, ordinal) => [made.id, each.revision, ordinal, at, storable(change)]),
    );
  }
}

/** Several notices may tell of one thing: the first of them does, in whatever order they are made. */
const FIRST_TELLS = `(id) do update set notice_id = excluded.notice_id, at = excluded.at, body = excluded.body
  where (excluded.at, excluded.notice_id) < (event.at, event.notice_id)`;

async function saveFindings(db: Queryable, made: MadeNotice): Promise<void> {
  const numbered = (rows: readonly unknown[]): unknown[][] =>
    rows.map((row, ordinal) => [made.id, ordinal, storable(row)]);
  await insertMany(db, 'match (notice_id, ordinal, body)', ['text', 'int', 'jsonb'], numbered(made.matches));
  await insertMany(
    db,
    'question (notice_id, key, asked, cut)',
    ['text', 'text', 'jsonb', 'boolean'],
    made.asked.map(({ key, query, isCut }) => [made.id, key, storable(query), isCut]),
  );
  await insertMany(
    db,
    'list_turn (notice_id, list, entry, log_index, turn, body)',
    ['text', 'text', 'text', 'bigint', 'text', 'jsonb'],
    made.turns.map(({ list, entry, logIndex, turn, body }) => [made.id, list, entry, logIndex, turn, storable(body)]),
  );
  await insertMany(db, 'flag (notice_id, ordinal, body)', ['text', 'int', 'jsonb'], numbered(made.flags));
  await insertMany(
    db,
    'copy (notice_id, other_id, body)',
    ['text', 'text', 'jsonb'],
    made.copies.flatMap((copy) => [
      [made.id, copy.other, storable(copy)],
      [copy.other, made.id, storable(otherSide(copy))],
    ]),
  );
  await insertMany(
    db,
    'project_key (notice_id, key, by, value)',
    ['text', 'text', 'text', 'text'],
    made.projectKeys.map((key) => [made.id, projectKeyHash(key), key.by, key.value]),
  );
  await insertMany(
    db,
    'account_removal (notice_id, at, account_id, until, removal)',
    ['text', 'text', 'text', 'text', 'jsonb'],
    made.accountRemovals.map((each) => [made.id, each.at, each.account, each.until, storable(each.removal)]),
  );
  await insertEvents(db, made.events);
}

export async function insertEvents(db: Queryable, events: readonly MadeEvent[]): Promise<void> {
  await insertMany(
    db,
    'event (id, notice_id, other_id, type, at, body)',
    ['text', 'text', 'text', 'text', 'text', 'jsonb'],
    events.map((event) => [event.id, event.notice, event.other ?? null, event.type, event.at, storable(event.body)]),
    FIRST_TELLS,
  );
}

/** The same relation seen from the other notice. */
export function otherSide(copy: CopyRelation): CopyRelation {
  return {
    ...copy,
    relation: copy.relationOfOther,
    relationOfOther: copy.relation,
    notice: copy.other,
    other: copy.notice,
    sharedOfThis: copy.sharedOfOther,
    sharedOfOther: copy.sharedOfThis,
    firstWords: { ofThis: copy.firstWords.ofOther, ofOther: copy.firstWords.ofThis },
    passages: copy.passages.map((each) => ({
      thisStart: each.otherStart,
      thisEnd: each.otherEnd,
      otherStart: each.thisStart,
      otherEnd: each.thisEnd,
    })),
  };
}

/** One statement for many rows: arrays as parameters, so the number of rows is not bounded by the number of parameters. */
export async function insertMany(
  db: Queryable,
  target: string,
  types: readonly string[],
  rows: readonly unknown[][],
  conflict = 'do nothing',
): Promise<void> {
  if (rows.length === 0) return;
  const columns = types.map((_, column) => rows.map((row) => row[column]));
  const unnest = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  await db.query(`insert into ${target} select * from unnest(${unnest}) on conflict ${conflict}`, columns);
}

export async function markDirty(db: Queryable, notices: readonly string[]): Promise<void> {
  if (notices.length === 0) return;
  await db.query('insert into dirty select * from unnest($1::text[]) on conflict do nothing', [notices]);
}

/** Of those that are made already: what a person names may be nothing. */
export async function markMadeDirty(db: Queryable, notices: readonly string[]): Promise<void> {
  await db.query('insert into dirty select id from notice where id = any($1::text[]) on conflict do nothing', [
    notices,
  ]);
}

export async function undirty(db: Queryable, id: string): Promise<void> {
  await db.query('delete from dirty where notice_id = $1', [id]);
}

/** Events that are made of several notices together, in place of those made before; `other` stands for them among the dirty. */
export async function saveEventsOf(
  db: Database,
  other: string,
  events: readonly Omit<MadeEvent, 'other'>[],
): Promise<void> {
  await db.transaction(async (inside) => {
    await inside.query('delete from event where other_id = $1', [other]);
    await insertEvents(
      inside,
      events.map((event) => ({ ...event, other })),
    );
    await undirty(inside, other);
  });
}

/** Notices, sources by their own ids, and accounts. The order of making never changes an answer, but it should not depend on the engine either. */
export async function dirtyIds(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ notice_id: string }>('select notice_id from dirty order by notice_id collate "C"');
  return rows.map((row) => row.notice_id);
}
