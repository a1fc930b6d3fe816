/** What people decided of names and entries of lists. */
import type { DecisionRecord } from '../../model/index.js';
import { idFromHash } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { type Indexed, storable } from './seen.js';

export interface DecisionRow {
  id: string;
  logIndex: number;
  nameKey: string;
  record: DecisionRecord;
}

export async function insertDecision(
  db: Queryable,
  { index, hash, record }: Indexed<DecisionRecord>,
  nameKey: string,
): Promise<void> {
  await db.query(
    'insert into decision (log_index, id, notice_id, name_key, list, entry, body) values ($1, $2, $3, $4, $5, $6, $7) on conflict (log_index) do nothing',
    [index, idFromHash('C', hash), record.notice ?? null, nameKey, record.list, record.entry, storable(record)],
  );
}

interface Stored extends Record<string, unknown> {
  id: string;
  log_index: number;
  name_key: string;
  body: DecisionRecord;
}

const rowOf = ({ id, log_index, name_key, body }: Stored): DecisionRow => ({
  ...{ id, logIndex: log_index, nameKey: name_key },
  record: body,
});

/** In log order: the last one of a question and an entry rules. */
export async function decisionsOnNotice(db: Queryable, notice: string): Promise<DecisionRow[]> {
  return (await db.query<Stored>('select * from decision where notice_id = $1 order by log_index', [notice])).map(
    rowOf,
  );
}

/** Of a name that was typed in, in log order. */
export async function decisionsOnName(db: Queryable, nameKey: string): Promise<DecisionRow[]> {
  const rows = await db.query<Stored>(
    'select * from decision where notice_id is null and name_key = $1 order by log_index',
    [nameKey],
  );
  return rows.map(rowOf);
}

/** The words of a notice by which an entry is found: as of its own day, or by a version that came later. */
export async function wordsThatFind(
  db: Queryable,
  { notice, list, entry }: { notice: string; list: string; entry: string },
): Promise<string[]> {
  const rows = await db.query<{ words: string }>(
    `select body ->> 'query' as words from match where notice_id = $1 and body ->> 'list' = $2 and body ->> 'entry' = $3
     union select jsonb_array_elements_text(body -> 'queries') from list_turn where notice_id = $1 and list = $2 and entry = $3
     order by words`,
    [notice, list, entry],
  );
  return rows.map(({ words }) => words);
}
