/** What joins notices to projects, as kept with each notice: by which they are found from either side. */
import { createHash } from 'node:crypto';
import type { NoticeId } from '../../model/index.js';
import type { Queryable } from '../database.js';

export interface ProjectKeyRow {
  by: string;
  value: string;
}

export interface ProjectHolding extends ProjectKeyRow {
  /** In their order. */
  notices: NoticeId[];
}

/** Names are longer than an index takes. */
export const projectKeyHash = ({ by, value }: ProjectKeyRow): string =>
  createHash('sha256').update(`${by} ${value}`).digest('hex').slice(0, 32);

/** Keys that several notices hold, and not more than `most`: all of them, or those that one of these notices holds. */
export async function projectHoldings(
  db: Queryable,
  { notices, most }: { notices: readonly string[] | null; most: number },
): Promise<ProjectHolding[]> {
  // Asked by the keys themselves: with a subquery in their place the planner reads the whole table.
  const keys = notices && (await keysOf(db, notices));
  return db.query<ProjectHolding & Record<string, unknown>>(
    `select min(by) as by, min(value) as value, array_agg(notice_id order by notice_id collate "C") as notices
     from project_key ${keys === null ? '' : 'where key = any($2::text[])'}
     group by key having count(*) between 2 and $1 order by key`,
    keys === null ? [most] : [most, keys],
  );
}

async function keysOf(db: Queryable, notices: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ key: string }>(
    'select distinct key from project_key where notice_id = any($1::text[])',
    [notices],
  );
  return rows.map(({ key }) => key);
}
