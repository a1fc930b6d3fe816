/** Counts for operators: how much there is, how it is, and how old it is. */
import type { Queryable } from '../database.js';

export interface StoreFigures {
  notices: Record<string, number>;
  exhibits: number;
  sources: Record<string, number>;
  /** Sources that gave no good answer so many times in a row, or more. */
  failingSources: number;
  due: number;
  /** When the longest overdue look should have been; RFC 3339. */
  oldestDue: string | null;
  hostsLeftAlone: number;
  /** The newest version of each list, by what its publisher dates it. */
  lists: Record<string, string>;
}

/** `now`: RFC 3339, as the schedule has it; `failing`: after how many failures in a row a source counts as failing. */
export async function storeFigures(
  database: Queryable,
  { now, failing }: { now: string; failing: number },
): Promise<StoreFigures> {
  const [row] = await database.query<StoreFigures>(
    `select
       (select coalesce(jsonb_object_agg(presence, n), '{}') from (select presence, count(*)::int n from notice group by presence) a) as notices,
       (select count(*)::int from exhibit) as exhibits,
       (select coalesce(jsonb_object_agg(state, n), '{}') from (select state, count(*)::int n from source group by state) b) as sources,
       (select count(*)::int from source where state = 'active' and failures >= $2) as "failingSources",
       (select count(*)::int from schedule where next_check <= $1) as due,
       (select min(next_check) from schedule where next_check <= $1) as "oldestDue",
       (select count(*)::int from host where paused_until > $1) as "hostsLeftAlone",
       (select coalesce(jsonb_object_agg(list, newest), '{}') from (select list, max(published_at) newest from list_version group by list) c) as lists`,
    [now, failing],
  );
  return row!;
}

/** How many looks had which outcome, of those after the place `after` in the log; and the last place counted. */
export async function countChecks(
  database: Queryable,
  after: number,
): Promise<{ last: number; counts: Record<string, number> }> {
  const rows = await database.query<{ class: string; n: number; last: number }>(
    'select class, count(*)::int n, max(log_index)::int last from observation where log_index > $1 group by class',
    [after],
  );
  const last = rows.reduce((most, each) => Math.max(most, each.last), after);
  return { last, counts: Object.fromEntries(rows.map((each) => [each.class, each.n])) };
}
