import { AsPostedError, parseId } from '../model/index.js';
import { type Database, resolveId } from '../store/index.js';

/** A full id from one that may be shortened; NOT_FOUND otherwise. */
export async function fullId(database: Database, typed: string, kinds: string): Promise<string> {
  const parsed = parseId(typed);
  const [found, ...more] = parsed && kinds.includes(parsed.kind) ? await resolveId(database, parsed.id) : [];
  if (found !== undefined && more.length === 0) return found;
  throw new AsPostedError({
    code: 'NOT_FOUND',
    message: found === undefined ? `the store holds no ${typed.slice(0, 40)}` : `${typed} is not unique`,
  });
}
