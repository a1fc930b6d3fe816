/** What the watch asks of a notice’s source, host and neighbours: small questions, answered from made rows. */
import type { ObservationRecord } from '../../model/index.js';
import type { Queryable } from '../database.js';

/** Notices of a source that stand, of those found last: what its list named before. */
export async function standingOfSource(
  db: Queryable,
  { source, most }: { source: string; most: number },
): Promise<{ id: string; url: string; published: string | null }[]> {
  return db.query(
    `select id, url, published from notice where source_id = $1 and presence = 'standing'
     order by first_seen desc, id limit $2`,
    [source, most],
  );
}

/** Other notices of the host that stood when last looked at, the latest first. */
export async function standingNeighbours(
  db: Queryable,
  { notice, host, most }: { notice: string; host: string; most: number },
): Promise<{ id: string; url: string }[]> {
  return db.query<{ id: string; url: string }>(
    `select id, url from notice where id <> $1 and host = $2 and presence = 'standing' order by last_check desc, id limit $3`,
    [notice, host, most],
  );
}

/** How many looks at notices of a host there were from a time on. */
export async function looksAtHost(db: Queryable, { host, from }: { host: string; from: string }): Promise<number> {
  const [row] = await db.query<{ looks: number }>(
    `select count(*)::int as looks from notice n join observation o on o.notice_id = n.id
     where n.host = $1 and n.last_check >= $2 and o.at >= $2`,
    [host, from],
  );
  return row?.looks ?? 0;
}

/** When a notice was last seen standing, and since when it is missing, as last judged. */
export async function lastStanding(
  db: Queryable,
  notice: string,
): Promise<{ lastSeen: string | null; missingSince: string | null }> {
  const [row] = await db.query<{ last_seen: string | null; missing_since: string | null }>(
    'select last_seen, missing_since from notice where id = $1',
    [notice],
  );
  return { lastSeen: row?.last_seen ?? null, missingSince: row?.missing_since ?? null };
}

/**
 * Of the other notices of a host: those checked from `from` on; those missing from then on that were last seen up to `to`; and since
 * when the first of all that still are missing is.
 */
export async function hostState(
  db: Queryable,
  { notice, host, from, to }: { notice: string; host: string; from: string; to: string },
): Promise<{ checked: number; missing: number; since: string | null }> {
  const [row] = await db.query<{ checked: number; missing: number; since: string | null }>(
    `select count(*) filter (where last_check >= $3)::int as checked,
       count(*) filter (where missing_since >= $3 and coalesce(last_seen, missing_since) <= $4)::int as missing,
       min(missing_since) filter (where presence = 'suspected') as since
     from notice where id <> $1 and host = $2`,
    [notice, host, from, to],
  );
  return row!;
}

const UNSTEADY = `coalesce(body -> 'controls' @> '[{"role": "again", "alike": false}]', false)`;

/** Hashes of the texts a notice stood under, as its checks were judged, but for those a second look did not find. */
export async function standingTexts(db: Queryable, notice: string): Promise<string[]> {
  const rows = await db.query<{ text_hash: string }>(
    `select distinct body ->> 'textHash' as text_hash from observation
     where notice_id = $1 and class = 'live' and body ? 'textHash'
       and not ${UNSTEADY}`,
    [notice],
  );
  return rows.map((row) => row.text_hash);
}

/** The place in the log of the last look at which a notice stood under a text that was not doubted. */
export async function lastLookLive(db: Queryable, notice: string): Promise<number | undefined> {
  const [row] = await db.query<{ at: number | null }>(
    `select max(log_index) as at from observation
     where notice_id = $1 and class = 'live' and body ? 'textHash' and not ${UNSTEADY}`,
    [notice],
  );
  return row?.at ?? undefined;
}

/** What a server named the text by under which a notice stands at an address; undefined where another look came since, or it names none. */
export async function lastValidated(
  db: Queryable,
  { notice, url }: { notice: string; url: string },
): Promise<Pick<ObservationRecord, 'validators' | 'exhibit' | 'textHash'> | undefined> {
  const [row] = await db.query<{ body: ObservationRecord }>(
    `select body from observation where notice_id = $1 and body ->> 'url' = $2 and class = 'live' and not ${UNSTEADY}
     order by log_index desc limit 1`,
    [notice, url],
  );
  return row?.body.validators && row.body.exhibit !== undefined ? row.body : undefined;
}

/** Since when the pages of a host are met under new texts, of those so met from a time on. */
export async function redesignSince(
  db: Queryable,
  { host, from }: { host: string; from: string },
): Promise<string | undefined> {
  const [row] = await db.query<{ since: string | null }>(
    `select min(o.body -> 'redesign' ->> 'since') as since from notice n join observation o on o.notice_id = n.id
     where n.host = $1 and o.body ? 'redesign' and o.at >= $2`,
    [host, from],
  );
  return row?.since ?? undefined;
}

/** Learns what counts by itself on a host. True where that was not known. */
export async function learnCounting(
  db: Queryable,
  { host, notice, shapes }: { host: string; notice: string; shapes: readonly string[] },
): Promise<boolean> {
  const rows = await db.query(
    'insert into counting select $1, shape, $2 from unnest($3::text[]) as given(shape) on conflict do nothing returning shape',
    [host, notice, shapes],
  );
  return rows.length > 0;
}

/** What counts by itself on a page: what was met on it, or on two others of its host. */
export async function countingOn(
  db: Queryable,
  { host, notice }: { host: string; notice: string },
): Promise<Set<string>> {
  const rows = await db.query<{ shape: string }>(
    'select shape from counting where host = $1 group by shape having bool_or(notice_id = $2) or count(*) >= 2',
    [host, notice],
  );
  return new Set(rows.map(({ shape }) => shape));
}

/** Notices of a host that were edited: what counts by itself there changes what counts as an edit. */
export async function markEditedDirty(db: Queryable, host: string): Promise<void> {
  await db.query('insert into dirty select id from notice where host = $1 and revisions > 1 on conflict do nothing', [
    host,
  ]);
}
