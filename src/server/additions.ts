/** What somebody adds to a case: the id of a notice or an exhibit, or an address that is captured now. */
import { type Parts, type StatementMade, captureForCase } from '../watch/index.js';
import { fullId } from './ids.js';

export async function addition(
  parts: Parts,
  { what, words, by }: { what: string; words: string; by: string },
): Promise<StatementMade & { about: readonly string[] }> {
  const typed = what.trim();
  const isAddress = /^https?:\/\//i.test(typed);
  const id = isAddress ? await captureForCase(parts, typed) : await fullId(parts.store.database, typed, 'NE');
  const why = words.trim() === '' ? `${id} belongs to the case` : words;
  return { kind: 'added', by, words: why, about: [id] };
}
