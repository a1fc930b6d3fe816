/** Versions of lists, the entries made of them, and whom a change of theirs concerns. */
import type { ListEntry, ListVersionRecord, ScreeningQuery } from '../../model/index.js';
import type { Database, Queryable } from '../database.js';
import { storable } from './seen.js';

export interface ListVersionRow {
  id: string;
  at: string;
  logIndex: number;
  record: ListVersionRecord;
}

/** In order of publication: the order in which they are folded, whatever the order of import. */
export async function listVersions(db: Queryable, list?: string): Promise<ListVersionRow[]> {
  const rows = await db.query<{ id: string; at: string; log_index: number; body: ListVersionRecord }>(
    `select id, at, log_index, body from list_version where $1::text is null or list = $1 order by list, published_at, log_index`,
    [list ?? null],
  );
  return rows.map((row) => ({ id: row.id, at: row.at, logIndex: row.log_index, record: row.body }));
}

export async function loadListEntries(db: Queryable, list?: string): Promise<ListEntry[]> {
  const rows = await db.query<{ body: ListEntry }>(
    'select body from list_entry where $1::text is null or list = $1 order by list, entry, state_from',
    [list ?? null],
  );
  return rows.map((row) => row.body);
}

/** How far a list's versions have been folded into entries. */
export interface FoldedList {
  /** The newest version folded, by its place in the log. */
  logIndex: number;
  /** The newest publication day folded. */
  publishedAt: string;
}

const FOLDED = 'folded:';

export async function foldedLists(db: Queryable): Promise<Map<string, FoldedList>> {
  const rows = await db.query<{ name: string; value: string }>(
    'select name, value from meta where name like $1 order by name collate "C"',
    [`${FOLDED}%`],
  );
  return new Map(rows.map(({ name, value }) => [name.slice(FOLDED.length), JSON.parse(value) as FoldedList]));
}

/** Lists with versions that are not in their entries yet. */
export async function listsToFold(db: Queryable): Promise<string[]> {
  const folded = await foldedLists(db);
  const rows = await db.query<{ list: string; newest: number }>(
    'select list, max(log_index) as newest from list_version group by list order by list',
  );
  return rows.filter(({ list, newest }) => (folded.get(list)?.logIndex ?? -1) < newest).map(({ list }) => list);
}

/** What a fold changed of a list's entries, and what that leads to. */
export interface FoldedChange {
  list: string;
  gone: readonly ListEntry[];
  come: readonly ListEntry[];
  folded: FoldedList;
  /** Keys of the questions that it can concern. */
  concerned: readonly string[];
}

/** Notices that are asked again for it, of all that are held. */
export interface Rescreened {
  list: string;
  again: number;
  of: number;
}

/** Entries, how far they are folded, and which notices must be screened again: one transaction, so a crash redoes all of it. */
export async function saveFoldedList(
  db: Database,
  { list, gone, come, folded, concerned }: FoldedChange,
): Promise<Rescreened> {
  return db.transaction(async (inside) => {
    for (const part of parts(gone))
      await inside.query(
        `delete from list_entry e using unnest($2::text[], $3::text[]) as g (entry, state_from)
         where e.list = $1 and e.entry = g.entry and e.state_from = g.state_from`,
        [list, part.map(({ entry }) => entry), part.map(stateFrom)],
      );
    for (const part of parts(come))
      await inside.query('insert into list_entry select $1, * from unnest($2::text[], $3::text[], $4::jsonb[])', [
        list,
        part.map(({ entry }) => entry),
        part.map(stateFrom),
        part.map(storable),
      ]);
    await inside.query('insert into meta values ($1, $2) on conflict (name) do update set value = excluded.value', [
      `${FOLDED}${list}`,
      JSON.stringify(folded),
    ]);
    await nameVersions(inside, list);
    const again = await markConcerned(inside, { list, entries: [...gone, ...come], concerned });
    const [{ of } = { of: 0 }] = await inside.query<{ of: number }>('select count(*) as of from notice');
    return { list, again, of };
  });
}

const stateFrom = (entry: ListEntry): string => entry.stateFrom ?? entry.from;

function* parts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += 2_000) yield rows.slice(at, at + 2_000);
}

/**
 * A match names the version in force on the day it was asked for. One that came late may be in force on days that are gone, though
 * it holds nothing new of the entry: then the match is the same, and the version it rests on another.
 */
async function nameVersions(db: Queryable, list: string): Promise<void> {
  await db.query(
    `update match m set body = jsonb_set(m.body, '{listVersion}', to_jsonb('sha256:' || v.content))
     from (select distinct body ->> 'on' as day from match where body ->> 'list' = $1) d
     cross join lateral (select content from list_version where list = $1 and published_at <= d.day
       order by published_at desc, log_index desc limit 1) v
     where m.body ->> 'list' = $1 and m.body ->> 'on' = d.day and m.body ->> 'listVersion' <> 'sha256:' || v.content`,
    [list],
  );
}

/** Those that hold a match to an entry that changed, that ask what finds one, and whose answer was cut. */
async function markConcerned(
  db: Queryable,
  { list, entries, concerned }: { list: string; entries: readonly ListEntry[]; concerned: readonly string[] },
): Promise<number> {
  if (entries.length === 0) return 0;
  const rows = await db.query<{ notice_id: string }>(
    `select notice_id from question where key = any($1::text[])
     union select notice_id from question where cut
     union select notice_id from match where body ->> 'list' = $2 and body ->> 'entry' = any($3::text[])`,
    [concerned, list, [...new Set(entries.map(({ entry }) => entry))]],
  );
  const notices = rows.map((row) => row.notice_id);
  await db.query('insert into dirty select * from unnest($1::text[]) on conflict do nothing', [notices]);
  return notices.length;
}

/** Every question that any notice asks, once, a page at a time. */
export async function* distinctQuestions(
  db: Queryable,
  page = 2_000,
): AsyncGenerator<{ key: string; query: ScreeningQuery }[]> {
  for (let after = ''; ;) {
    const rows = await db.query<{ key: string; query: ScreeningQuery }>(
      'select distinct on (key) key, asked as query from question where key > $1 order by key limit $2',
      [after, page],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.key;
  }
}
