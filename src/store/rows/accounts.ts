/** Accounts whose notices were removed with words about the account: what they tell is made of all those notices together. */
import type { Removal } from '../../model/index.js';
import type { Database, Queryable } from '../database.js';
import { type MadeEvent, saveEventsOf } from './notices.js';

/** One removal of a notice with words about its account, and when the notice was no longer so. */
export interface AccountRemovalRow {
  notice: string;
  at: string;
  until: string | null;
  removal: Removal;
  url: string;
  /** What the account calls itself. */
  name: string | null;
}

const DIRTY = 'account:';

/** The account that an id among the dirty ones stands for. */
export const dirtyAccount = (id: string): string | undefined =>
  id.startsWith(DIRTY) ? id.slice(DIRTY.length) : undefined;

/** Before the removals of a notice are thrown away, and once they are made. */
export async function markAccountsDirty(db: Queryable, notice: string): Promise<void> {
  await db.query(
    'insert into dirty select distinct $2::text || account_id from account_removal where notice_id = $1 on conflict do nothing',
    [notice, DIRTY],
  );
}

/** In the order in which they came about. */
export async function accountRemovals(db: Queryable, account: string): Promise<AccountRemovalRow[]> {
  return db.query<AccountRemovalRow & Record<string, unknown>>(
    `select r.notice_id as notice, r.at, r.until, r.removal, n.url, n.account_name as name
     from account_removal r join notice n on n.id = r.notice_id where r.account_id = $1 order by r.at, r.notice_id`,
    [account],
  );
}

export async function saveAccountEvents(
  db: Database,
  { account, events }: { account: string; events: readonly Omit<MadeEvent, 'other'>[] },
): Promise<void> {
  await saveEventsOf(db, DIRTY + account, events);
}
