/**
 * Pages that were made a moment ago. The database says itself whether anything was written since: as long as the set of transactions that a
 * new statement sees is the same (`pg_current_snapshot`), every statement gives the same, and so does what is made of them. While a watch
 * writes, next to nothing is answered from here; while nobody does, the page that everybody opens first is made once.
 */
import type { Context } from 'hono';
import type { Database } from '../store/index.js';
import { visitor } from './access/visitor.js';
import { speaking } from './messages/index.js';
import type { Html } from './pages/layout.js';

/** What a page shows beside rows (an address of an archived page that is open for minutes, a day) is at most so old. */
const MOST_AGE_MS = 30_000;

interface Kept {
  page: Promise<string>;
  at: number;
  units: number;
}

export type KeptPages = (context: Context, make: () => Promise<Html> | Html) => Promise<Response>;

/** `megabytes` of them at most; 0 makes each page anew. */
export function createKeptPages(database: Database, megabytes: number): KeptPages {
  const held = new Map<string, Kept>();
  let [snapshot, units] = ['', 0];
  const drop = (key: string): void => {
    units -= held.get(key)?.units ?? 0;
    held.delete(key);
  };
  const keep = async (key: string, make: () => Promise<Html> | Html): Promise<string> => {
    const made: Kept = { page: Promise.resolve(make()).then(String), at: performance.now(), units: 0 };
    held.set(key, made);
    try {
      const text = await made.page;
      if (held.get(key) === made) {
        made.units = text.length + key.length;
        units += made.units;
        for (const oldest of held.keys()) if (units * 2 > megabytes * 1_000_000) drop(oldest);
      }
      return text;
    } catch (error) {
      if (held.get(key) === made) drop(key);
      throw error;
    }
  };
  return async (context, make) => {
    if (megabytes === 0) return context.html(String(await make()));
    const now = await snapshotOf(database);
    if (now !== snapshot) {
      held.clear();
      [snapshot, units] = [now, 0];
    }
    const key = keyOf(context);
    const found = held.get(key);
    const isFresh = found !== undefined && performance.now() - found.at < MOST_AGE_MS;
    if (found && !isFresh) drop(key);
    const page = isFresh ? await found.page : await keep(key, make);
    speaking().hasSpoken = true; // whoever made it said so to another request
    return context.html(page);
  };
}

async function snapshotOf(database: Database): Promise<string> {
  const [row] = await database.query<{ now: string }>('select pg_current_snapshot()::text as now');
  return row!.now;
}

/** All that a page can know of who asks, and what is asked. */
function keyOf({ req }: Context): string {
  const told = ['host', 'cookie', 'accept-language', 'authorization'].map((name) => req.header(name) ?? '');
  const { language, marks } = speaking();
  return JSON.stringify([req.url, ...told, visitor(), language, marks]);
}
