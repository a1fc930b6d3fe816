/** How sources are: when they are asked next, how often they failed in a row, and what they brought day by day. */
import type { ObservationRecord, PageVerdict } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { type SourceDocument, listSources } from './queries.js';

/**
 * `well` · `failing` · `blocked`: it refuses us, which says nothing of its notices · `login`: it wants one, which this program never does ·
 * `unasked` · `paused` · `removed`.
 */
export type HealthState = 'well' | 'failing' | 'blocked' | 'login' | 'unasked' | 'paused' | 'removed';

export interface SourceHealth {
  state: HealthState;
  /** In a row, up to now. */
  failures: number;
  /** When it last answered, or was added; null while it answers. */
  since: string | null;
  nextCheck: string | null;
}

export type HealthySource = SourceDocument & { health: SourceHealth };

export async function sourcesWithHealth(db: Queryable): Promise<HealthySource[]> {
  const [sources, rows] = [await listSources(db), await db.query<HealthRow & Record<string, unknown>>(HEALTH)];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return sources.map((source) => ({ ...source, health: healthOf(source, byId.get(source.id)!) }));
}

interface HealthRow {
  id: string;
  failures: number;
  waiting_since: string;
  next_check: string | null;
  class: string | null;
  /** What a source that was asked answered in its own words (`src/source`): 401 asks who we are, 403 refuses us. */
  refused: string | null;
}

const HEALTH = `select s.id, s.failures, s.waiting_since, p.next_check, o.class, (regexp_match(o.body #>> '{failure,message}', ' answered (40[13]) '))[1] as refused
  from source s left join schedule p on p.id = s.id
  left join lateral (
    select class, body, verdict from observation where source_id = s.id and notice_id is null order by at desc, log_index desc limit 1) o on true`;

function healthOf({ state, lastRun }: SourceDocument, row: HealthRow): SourceHealth {
  const { failures, waiting_since: since, next_check: nextCheck } = row;
  const of = (word: HealthState): SourceHealth => ({ state: word, failures, since: failures > 0 ? since : null, nextCheck });
  if (state !== 'active') return of(state);
  if (lastRun === null) return of('unasked');
  if (failures === 0) return of('well');
  if (row.refused === '401') return of('login');
  return of(row.class === 'blocked' || row.refused === '403' ? 'blocked' : 'failing');
} // prettier-ignore

export interface SourceDay {
  source: string;
  /** UTC. */
  day: string;
  /** First seen that day. */
  notices: number;
  /** Edits seen that day. */
  changes: number;
  /** Confirmed that day. */
  removals: number;
}

/** Days on which something came, changed or went, of one source or of all; oldest first. */
export async function sourceActivity(
  db: Queryable,
  { since, source = null }: { since: string; source?: string | null },
): Promise<SourceDay[]> {
  return db.query<SourceDay & Record<string, unknown>>(
    `with event_day as (
       select n.source_id, left(n.first_seen, 10) as day, 1 as notices, 0 as changes, 0 as removals from notice n
         where n.first_seen >= $1 and ($2::text is null or n.source_id = $2)
       union all select n.source_id, left(c.at, 10), 0, 1, 0 from change c join notice n on n.id = c.notice_id
         where c.at >= $1 and ($2::text is null or n.source_id = $2)
       union all select n.source_id, left(n.removed_at, 10), 0, 0, 1 from notice n
         where n.removed_at >= $1 and ($2::text is null or n.source_id = $2))
     select source_id as source, day, sum(notices) as notices, sum(changes) as changes, sum(removals) as removals
     from event_day where source_id is not null group by 1, 2 order by 1, 2`,
    [since, source],
  );
}

export interface SourceAsked {
  id: string;
  at: string;
  logIndex: number;
  concluded: string;
  found: number | null;
  fresh: number;
  problem: string | null;
}

/** When it was asked and what came of it, newest first. */
export async function sourceAsked(
  db: Queryable,
  { source, limit }: { source: string; limit: number },
): Promise<SourceAsked[]> {
  const rows = await db.query<{ id: string; at: string; log_index: number; body: ObservationRecord; verdict: PageVerdict }>(
    `select id, at, log_index, body, verdict from observation where source_id = $1 and notice_id is null
     order by at desc, log_index desc limit $2`,
    [source, limit],
  );
  return rows.map(({ id, at, log_index, body, verdict }) => ({
    ...{ id, at, logIndex: log_index, concluded: verdict.class, found: body.found ?? null, fresh: body.named?.length ?? 0 },
    problem: body.failure?.message ?? (verdict.class === 'live' ? null : body.rule),
  }));
} // prettier-ignore
