/** What people said that findings are worth. */
import type { TriageRecord } from '../../model/index.js';
import { idFromHash } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { type Indexed, storable } from './seen.js';

export interface TriageRow {
  id: string;
  logIndex: number;
  record: TriageRecord;
}

export async function insertTriage(db: Queryable, { index, hash, record }: Indexed<TriageRecord>): Promise<void> {
  await db.query(
    'insert into triage (log_index, id, notice_id, body) values ($1, $2, $3, $4) on conflict (log_index) do nothing',
    [index, idFromHash('C', hash), record.notice, storable(record)],
  );
  await saveWorth(db, record.notice);
}

/**
 * What the notice is worth, as a column that lists of notices are filtered by: what was said last, unless it was taken back or more is
 * known by now than then; otherwise `undecided`. The pages say the same of one notice (`src/server/pages/triage.ts`).
 */
export async function saveWorth(db: Queryable, notice: string): Promise<void> {
  await db.query(
    `update notice n set worth = w.worth from (
       select coalesce((
         select case when t.body ->> 'verdict' = 'undone' or t.body ->> 'presence' <> m.presence or (t.body ->> 'revisions')::int < m.revisions
           then 'undecided' else t.body ->> 'verdict' end
         from triage t where t.notice_id = m.id order by t.log_index desc limit 1), 'undecided') as worth
       from notice m where m.id = $1) w
     where n.id = $1 and n.worth <> w.worth`,
    [notice],
  );
}

/** The newest of each notice, or of each of these, by its id; what was taken back is not among it. */
export async function newestTriage(
  db: Queryable,
  notices: readonly string[] | null = null,
): Promise<Map<string, TriageRow>> {
  const rows = await db.query<{ id: string; log_index: number; notice_id: string; body: TriageRecord }>(
    `select * from (
       select distinct on (notice_id) * from triage where $1::text[] is null or notice_id = any($1) order by notice_id, log_index desc) newest
     where body ->> 'verdict' <> 'undone'`,
    [notices],
  );
  return new Map(
    rows.map(({ id, log_index, notice_id, body }) => [notice_id, { id, logIndex: log_index, record: body }]),
  );
}

/** What holds of each notice now, as documents, in log order. */
export async function listTriage(db: Queryable): Promise<(TriageRecord & { id: string; logIndex: number })[]> {
  const rows = [...(await newestTriage(db)).values()].sort((a, b) => a.logIndex - b.logIndex);
  return rows.map(({ id, logIndex, record }) => ({ ...record, id, logIndex }));
}
