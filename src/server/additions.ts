/** What somebody adds to a case: the id of a notice or an exhibit, or an address that is captured now. */
import { type Parts, type PutOnRecord, addToCase, captureAddress } from '../watch/index.js';
import { fullId } from './ids.js';

export async function addWhatever(
  parts: Parts,
  caseId: string,
  { what, words, by }: { what: string; words: string; by: string },
): Promise<PutOnRecord & { about: [string] }> {
  const typed = what.trim();
  const isAddress = /^https?:\/\//i.test(typed);
  const id = isAddress ? await captureAddress(parts, typed) : await fullId(parts.store.database, typed, 'NE');
  return { ...(await addToCase(parts, caseId, { id, words, by })), about: [id] };
}
