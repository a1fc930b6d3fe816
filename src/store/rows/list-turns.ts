/** What lists came to say of notices that were held already: one event for an entry and a change of its list, made of all of them. */
import type { Database, Queryable } from '../database.js';
import { type MadeEvent, saveEventsOf } from './notices.js';

export interface ListTurnRow {
  list: string;
  entry: string;
  turn: 'made' | 'ended';
  /** The place in the log of the version that brought it about. */
  logIndex: number;
  body: {
    /** When the version came in, and the day it is of. */
    at: string;
    day: string;
    name: string;
    from: string;
    /** The day of the notice. */
    on: string;
    queries: string[];
    /** A person decided that it is another: the notice is named, and nobody told for it. */
    isHidden?: true;
  };
}

/** All turns of one entry, in the order in which they came about. */
export interface ListTurns {
  list: string;
  entry: string;
  rows: (ListTurnRow & { notice: string; title: string | null; url: string; account: string | null })[];
}

const DIRTY = 'turn:';

/** The entry, as `list entry`, that an id among the dirty ones stands for. */
export const dirtyTurns = (id: string): string | undefined =>
  id.startsWith(DIRTY) ? id.slice(DIRTY.length) : undefined;

/** Before the turns of a notice are thrown away, and once they are made. */
export async function markTurnsDirty(db: Queryable, notice: string): Promise<void> {
  await db.query(
    `insert into dirty select distinct $2::text || list || ' ' || entry from list_turn where notice_id = $1 on conflict do nothing`,
    [notice, DIRTY],
  );
}

export async function listTurns(db: Queryable, key: string): Promise<ListTurns> {
  const cut = key.indexOf(' ');
  const [list, entry] = [key.slice(0, cut), key.slice(cut + 1)];
  const rows = await db.query<ListTurns['rows'][number]>(
    `select t.notice_id as notice, t.list, t.entry, t.turn, t.log_index as "logIndex", t.body, n.title, n.url, n.account_name as account
     from list_turn t join notice n on n.id = t.notice_id where t.list = $1 and t.entry = $2 order by t.log_index, t.turn, t.notice_id`,
    [list, entry],
  );
  return { list, entry, rows };
}

export async function saveListEvents(
  db: Database,
  { key, events }: { key: string; events: readonly Omit<MadeEvent, 'other'>[] },
): Promise<void> {
  await saveEventsOf(db, DIRTY + key, events);
}
