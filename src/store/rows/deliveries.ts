/** What each channel was told, and what it was not. */
import type { DeliveryRecord } from '../../model/index.js';
import type { Queryable } from '../database.js';

/** Events of these types that a channel has neither taken nor refused, in the order they are told. */
export async function undelivered(
  db: Queryable,
  channel: string,
  types: readonly string[],
): Promise<{ id: string; event: string; at: string; body: Record<string, unknown> }[]> {
  return db.query(
    `select e.id, e.type as event, e.at, e.body from event e where e.type = any($2) and not coalesce(e.body -> 'hidden' = 'true', false) and not exists
       (select 1 from delivery d where d.event_id = e.id and d.channel = $1) order by e.at, e.id`,
    [channel, types],
  );
}

/** When a channel was last told a digest. */
export async function lastDigest(db: Queryable, channel: string): Promise<Date | undefined> {
  const [row] = await db.query<{ at: string | null }>(
    "select max(body ->> 'at') as at from delivery where channel = $1 and body ? 'digest'",
    [channel],
  );
  return row?.at ? new Date(row.at) : undefined;
}

/** The newest delivery to a channel. */
export async function lastDelivery(db: Queryable, channel: string): Promise<DeliveryRecord | undefined> {
  const [row] = await db.query<{ body: DeliveryRecord }>(
    'select body from delivery where channel = $1 order by log_index desc limit 1',
    [channel],
  );
  return row?.body;
}
