/**
 * When what is looked at, and by whom. Times are made, like every row; who has taken what is not, and is gone with its worker.
 * One worker at a time looks at a host: the pauses between requests are kept in one process, and so hold for all of them.
 */
import type { ObservationRecord, Presence } from '../../model/index.js';
import type { Database, Queryable } from '../database.js';

export type ScheduledKind = 'source' | 'address' | 'notice';

/** What is taken before what, within a host. */
export const RANKS = { address: 0, suspected: 1, other: 2 } as const;

export interface ScheduleRow {
  /** Of the notice or the source; of an address nobody has looked at yet, made of it. */
  id: string;
  kind: ScheduledKind;
  host: string;
  url: string;
  /** Who named it. */
  sourceId?: string | null;
  rank: number;
  nextCheck: string;
  /** When it would be looked at if a notice of its account were removed now. */
  burstCheck?: string | null;
  why: string;
  /** The next look must read the whole page; otherwise that it stands may be enough. */
  whole: boolean;
}

export async function saveSchedule(db: Queryable, rows: readonly ScheduleRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `with given as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[], $10::boolean[])
         as g(id, kind, host, url, source_id, rank, next_check, burst_check, why, whole)),
       hosts as (insert into turn (host) select distinct host from given on conflict do nothing)
     insert into schedule (id, kind, host, url, source_id, rank, next_check, burst_check, why, whole) select * from given
     on conflict (id) do update set host = excluded.host, url = excluded.url, source_id = excluded.source_id, rank = excluded.rank,
       next_check = excluded.next_check, burst_check = excluded.burst_check, why = excluded.why, whole = excluded.whole`,
    [
      rows.map(({ id }) => id),
      rows.map(({ kind }) => kind),
      rows.map(({ host }) => host),
      rows.map(({ url }) => url),
      rows.map(({ sourceId }) => sourceId ?? null),
      rows.map(({ rank }) => rank),
      rows.map(({ nextCheck }) => nextCheck),
      rows.map(({ burstCheck }) => burstCheck ?? null),
      rows.map(({ why }) => why),
      rows.map(({ whole }) => whole),
    ],
  );
}

export async function unschedule(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.query('delete from schedule where id = any($1::text[])', [ids]);
}

/** Notices of an account one of which was removed are looked at sooner, if they were not looked at long since. */
export async function hurryAccount(
  db: Queryable,
  { account, removed, until, why }: { account: string; removed: string; until: string; why: string },
): Promise<void> {
  await db.query(
    `update schedule s set next_check = least(s.next_check, s.burst_check), why = $4, whole = true from notice n
     where n.id = s.id and n.account_id = $1 and n.id <> $2 and n.last_check < $3 and s.burst_check < s.next_check`,
    [account, removed, until, why],
  );
}

/** When a notice of the account other than this one was last found removed. */
export async function lastRemovalOfAccount(
  db: Queryable,
  { account, notice }: { account: string; notice: string },
): Promise<string | undefined> {
  const [row] = await db.query<{ at: string | null }>(
    'select max(removed_at) as at from notice where account_id = $1 and id <> $2',
    [account, notice],
  );
  return row?.at ?? undefined;
}

/** The first case that names a notice, and when. */
export async function firstCited(db: Queryable, notice: string): Promise<string | undefined> {
  const [row] = await db.query<{ at: string | null }>(
    `select min(r.at) as at from record r where r.log_index in (
       select log_index from case_file where body -> 'notices' ? $1
       union all select log_index from statement where body ->> 'kind' = 'added' and body -> 'about' ? $1)`,
    [notice],
  );
  return row?.at ?? undefined;
}

/** The last asks of a source that were answered, the oldest first. */
export async function discoveries(
  db: Queryable,
  { source, most }: { source: string; most: number },
): Promise<Pick<ObservationRecord, 'at' | 'named'>[]> {
  const rows = await db.query<{ at: string; named: ObservationRecord['named'] | null }>(
    `select at, body -> 'named' as named from observation where source_id = $1 and notice_id is null and class = 'live'
     order by log_index desc limit $2`,
    [source, most],
  );
  return rows.reverse().map(({ at, named }) => ({ at: at as never, ...(named ? { named } : {}) }));
}

// --- hosts -----------------------------------------------------------------

/** How many looks in a row a host did not answer, whatever the notice. */
export async function hostFailures(db: Queryable, host: string): Promise<number> {
  const [row] = await db.query<{ failures: number }>('select failures from host where name = $1', [host]);
  return row?.failures ?? 0;
}

/** Until when a host is left alone. */
export async function hostPausedUntil(db: Queryable, host: string): Promise<string | undefined> {
  const [row] = await db.query<{ until: string | null }>('select paused_until as until from host where name = $1', [
    host,
  ]);
  return row?.until ?? undefined;
}

export async function setHost(
  db: Queryable,
  { host, failures, pausedUntil }: { host: string; failures: number; pausedUntil: string | null },
): Promise<void> {
  if (failures === 0) {
    await db.query('delete from host where name = $1', [host]);
    return;
  }
  await db.query(
    `insert into host (name, failures, paused_until) values ($1, $2, $3)
     on conflict (name) do update set failures = excluded.failures, paused_until = excluded.paused_until`,
    [host, failures, pausedUntil],
  );
}

// --- workers ---------------------------------------------------------------

/** By the clock of the database: the workers' own may differ, or jump. */
const alive = (column: string): string =>
  `exists (select 1 from worker w where w.id = ${column} and w.alive_until > clock_timestamp())`;

/** Makes a worker known, or its life longer. False when it was taken for dead meanwhile: what it had may be somebody else's. */
export async function beatWorker(
  db: Queryable,
  { worker, leaseMs, first = false }: { worker: string; leaseMs: number; first?: boolean },
): Promise<boolean> {
  const until = `clock_timestamp() + $2 * interval '1 millisecond'`;
  const rows = await db.query(
    first
      ? `insert into worker (id, alive_until) values ($1, ${until}) returning id`
      : `update worker set alive_until = ${until} where id = $1 and alive_until > clock_timestamp() returning id`,
    [worker, leaseMs],
  );
  return rows.length > 0;
}

export async function leaveWorker(db: Database, worker: string): Promise<void> {
  await db.transaction(async (inside) => {
    await releaseAll(inside, worker);
    await inside.query("delete from worker where id = $1 or alive_until < clock_timestamp() - interval '1 day'", [
      worker,
    ]);
  });
}

/** Lets go of what a worker has taken. */
export async function releaseAll(db: Queryable, worker: string): Promise<void> {
  await db.query("update turn set worker = null, taken = '{}' where worker = $1", [worker]);
}

export interface DueRow {
  id: string;
  kind: ScheduledKind;
  url: string;
  sourceId: string | null;
  /** Of a notice. */
  key: string | null;
  presence: Presence | null;
  whole: boolean;
}

export interface WantedDue {
  worker: string;
  /** What is due up to then. */
  now: string;
  most: number;
  /** How many hosts are taken at once. */
  hosts?: number;
  /** `sources` only, or all else. */
  sources: boolean;
  /** Ids that are passed over. */
  not?: readonly string[];
}

/** Each has indexes of its own, by host and time, and by host, rank and time: what is due of a host is read off it in order, however many rows the host has. */
const isSource = (sources: boolean): string => (sources ? "s.kind = 'source'" : "s.kind <> 'source'");
const RANK_LIST = `(values ${Object.values(RANKS)
  .map((rank) => `(${rank})`)
  .join(', ')}) as r(rank)`;

/**
 * Takes what is due of hosts that no other worker is at and that are not left alone now. A row is taken by one worker only, as its
 * host is: hosts that another one is just taking are passed over, and those of a worker that died come back when its lease runs out.
 */
export async function pickDue(database: Database, wanted: WantedDue): Promise<DueRow[]> {
  const { worker, now, most, hosts = 1, sources, not = [] } = wanted;
  const due = `${isSource(sources)} and s.next_check <= $1 and s.id <> all($2::text[])`;
  return database.transaction(async (db) => {
    const taken = await db.query<{ host: string }>(
      `select t.host from turn t cross join lateral (
         select s.next_check as at from schedule s where s.host = t.host and ${due} order by s.next_check limit 1) first
       where (t.worker is null or t.worker = $3 or not ${alive('t.worker')})
         and not exists (select 1 from host h where h.name = t.host and h.paused_until > $1)
       order by first.at, t.host limit $4 for update of t skip locked`,
      [now, not, worker, hosts],
    );
    if (taken.length === 0) return [];
    const rows = await db.query<DueRow & { host: string }>(
      `select s.id, s.kind, s.url, s.source_id as "sourceId", s.host, s.whole, n.key, n.presence
       from (select s.id from unnest($3::text[]) as t(host) cross join ${RANK_LIST} cross join lateral (
           select s.id, s.rank, s.next_check from schedule s where s.host = t.host and s.rank = r.rank and ${due} order by s.next_check, s.id limit $4) s
         order by s.rank, s.next_check, s.id limit $4) first
       cross join lateral (select * from schedule s where s.id = first.id limit 1) s
       left join lateral (select key, presence from notice n where n.id = first.id limit 1) n on true
       order by s.rank, s.next_check, s.id`,
      [now, not, taken.map(({ host }) => host), most],
    );
    await takeTurns(db, worker, { hosts: taken.map(({ host }) => host), rows });
    return rows.map(({ host: _, ...row }) => row);
  });
}

/** Takes one thing by its id, due or not; undefined where another worker has it or its host. */
export async function takeOne(
  database: Database,
  { worker, id }: { worker: string; id: string },
): Promise<DueRow | undefined> {
  return database.transaction(async (db) => {
    const rows = await db.query<DueRow & { host: string }>(
      `select s.id, s.kind, s.url, s.source_id as "sourceId", s.host, s.whole, n.key, n.presence
       from schedule s join turn t on t.host = s.host left join notice n on n.id = s.id
       where s.id = $2 and (t.worker is null or t.worker = $1 or not ${alive('t.worker')}) for update of t`,
      [worker, id],
    );
    if (rows.length === 0) return undefined;
    await takeTurns(db, worker, { hosts: rows.map(({ host }) => host), rows });
    const [{ host: _, ...row }] = rows as [DueRow & { host: string }];
    return row;
  });
}

/** Of hosts whose turns are locked. What a worker already had of them stays its own; what one that died had does not. */
async function takeTurns(
  db: Queryable,
  worker: string,
  { hosts, rows }: { hosts: readonly string[]; rows: readonly { id: string; host: string }[] },
): Promise<void> {
  await db.query(
    `with given as (
       select h.host, coalesce(array_agg(r.id) filter (where r.id is not null), '{}') as ids
       from unnest($2::text[]) as h(host) left join unnest($3::text[], $4::text[]) as r(host, id) on r.host = h.host group by h.host)
     update turn t set worker = $1, taken = case when t.worker = $1 then t.taken || given.ids else given.ids end
     from given where t.host = given.host`,
    [worker, hosts, rows.map(({ host }) => host), rows.map(({ id }) => id)],
  );
}

/** Lets go of rows; those that were not looked at keep their time. Their hosts stay the worker's. */
export async function letRowsGo(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.query(
    `update turn t set taken = rest.ids
     from (select h.host, h.worker, coalesce(array_agg(own.id) filter (where gone.id is null), '{}') as ids
       from turn h cross join unnest(h.taken) as own(id) left join unnest($1::text[]) as gone(id) on gone.id = own.id
       where h.worker is not null group by h.host having count(gone.id) > 0) rest
     where t.host = rest.host and t.worker = rest.worker`,
    [ids],
  );
}

// --- what will happen ------------------------------------------------------

export interface PlannedRow {
  id: string;
  kind: ScheduledKind;
  url: string;
  host: string;
  nextCheck: string;
  why: string;
  /** The host is left alone until then. */
  pausedUntil: string | null;
  /** A worker is at it now. */
  taken: boolean;
}

export async function plannedChecks(db: Queryable, { most }: { most: number }): Promise<PlannedRow[]> {
  return db.query<PlannedRow & Record<string, unknown>>(
    `select s.id, s.kind, s.url, s.host, s.next_check as "nextCheck", s.why, h.paused_until as "pausedUntil",
       coalesce(s.id = any(t.taken) and ${alive('t.worker')}, false) as taken
     from schedule s left join host h on h.name = s.host left join turn t on t.host = s.host and t.worker is not null
     order by greatest(s.next_check, coalesce(h.paused_until, '')), s.rank, s.id limit $1`,
    [most],
  );
}

/** Everything on the schedule of these kinds, the most urgent first. */
export async function scheduledIds(db: Queryable, kinds: readonly ScheduledKind[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select id from schedule where kind = any($1::text[]) order by rank, next_check, id`,
    [kinds],
  );
  return rows.map(({ id }) => id);
}
