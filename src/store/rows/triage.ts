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
}

/** The newest of each notice, by its id; what was taken back is not among it. */
export async function newestTriage(db: Queryable): Promise<Map<string, TriageRow>> {
  const rows = await db.query<{ id: string; log_index: number; notice_id: string; body: TriageRecord }>(
    `select * from (select distinct on (notice_id) * from triage order by notice_id, log_index desc) newest
     where body ->> 'verdict' <> 'undone'`,
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
