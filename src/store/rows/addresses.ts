/** Which notice an address belongs to. A short link's notice is unknown until a page of it was read (facts/watching §2.2). */
import type { Identity, NoticeId } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { markAccountsDirty } from './accounts.js';
import { markTurnsDirty } from './list-turns.js';
import { unschedule } from './schedule.js';

export interface AddressRow {
  noticeKey: string;
  noticeId: NoticeId;
  provisional: boolean;
}

export async function findAddress(db: Queryable, url: string): Promise<AddressRow | undefined> {
  const [row] = await db.query<{ notice_key: string; notice_id: NoticeId; provisional: boolean }>(
    'select notice_key, notice_id, provisional from address where url = $1',
    [url],
  );
  return row && { noticeKey: row.notice_key, noticeId: row.notice_id, provisional: row.provisional };
}

/** Whether somebody here looked at an address, or at another of the same notice. */
export async function isLookedAt(db: Queryable, url: string): Promise<boolean> {
  const rows = await db.query(
    'select 1 from address a where a.url = $1 and exists (select 1 from observation o where o.notice_id = a.notice_id)',
    [url],
  );
  return rows.length > 0;
}

export interface AddressLearnt {
  /** The one that was asked for first. */
  urls: readonly string[];
  identity: Identity;
  noticeId: NoticeId;
  index: number;
}

/**
 * Remembers addresses of a notice. When an address was known under a provisional identity and the page has now told its
 * own, the provisional notice is merged into the real one. Returns the ids of notices merged away.
 */
export async function learnAddresses(db: Queryable, learnt: AddressLearnt): Promise<NoticeId[]> {
  const merged: NoticeId[] = [];
  const provisional = learnt.identity.provisional === true;
  for (const [place, url] of [...new Set(learnt.urls)].entries()) {
    const before = await findAddress(db, url);
    if (before && (!before.provisional || provisional)) continue;
    if (before && before.noticeId !== learnt.noticeId) {
      await mergeNotices(db, before.noticeId, learnt.noticeId);
      merged.push(before.noticeId);
    }
    await db.query(
      `insert into address (url, notice_key, notice_id, provisional, log_index, place) values ($1, $2, $3, $4, $5, $6)
       on conflict (url) do update set notice_key = excluded.notice_key, notice_id = excluded.notice_id, provisional = excluded.provisional`,
      [url, learnt.identity.key, learnt.noticeId, provisional, learnt.index, place],
    );
  }
  return merged;
}

/** Tables that hold rows made for one notice; a merge or a new making empties them first. */
export const MADE_TABLES = [
  'revision',
  'mention',
  'match',
  'question',
  'list_turn',
  'flag',
  'change',
  'event',
  'account_removal',
  'project_key',
] as const;

async function mergeNotices(db: Queryable, from: NoticeId, into: NoticeId): Promise<void> {
  for (const table of ['exhibit', 'observation', 'address']) {
    await db.query(`update ${table} set notice_id = $2 where notice_id = $1`, [from, into]);
  }
  await db.query(
    'insert into counting select host, shape, $2 from counting where notice_id = $1 on conflict do nothing',
    [from, into],
  );
  await markAccountsDirty(db, from);
  await markTurnsDirty(db, from);
  for (const table of [...MADE_TABLES, 'counting', 'search'])
    await db.query(`delete from ${table} where notice_id = $1`, [from]);
  await db.query('delete from copy where notice_id = $1 or other_id = $1', [from]);
  await db.query('delete from event where other_id = $1', [from]);
  await db.query(
    `with gone as (delete from notice where id = $1 returning source_id)
     update source s set notices = s.notices - 1 from gone where s.id = gone.source_id`,
    [from],
  );
  await db.query('delete from dirty where notice_id = $1', [from]);
  await unschedule(db, [from]);
}
