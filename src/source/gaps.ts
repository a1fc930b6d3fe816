/** Telling "withdrawn" from "rolled off": pure, of two states of one list (facts/watching §3.2, §3.7). */
import { normaliseUrl } from '../read/index.js';
import type { FoundAddress, MissingAddress } from './source-kind.js';

const REASON = 'it is gone from its list while newer and older ones stay on it';

/**
 * Addresses of an earlier state (newest first) that the list names no more, although it still names one before and one after
 * them. What fell off the edge rolled and is nothing. In the list of now the one before must stand above the one after: an
 * old notice that is pinned to the top says nothing of the years between.
 */
export function missingBetween(
  previous: readonly Pick<FoundAddress, 'url'>[],
  now: readonly Pick<FoundAddress, 'url'>[],
): MissingAddress[] {
  const places = new Map<string, number>();
  now.forEach(({ url }, at) => {
    if (!places.has(listKey(url))) places.set(listKey(url), at);
  });
  const known = previous.map(({ url }) => ({ url, place: places.get(listKey(url)) }));
  const lowestAfter: number[] = [];
  let lowest = -1;
  for (let at = known.length - 1; at >= 0; at--) {
    lowestAfter[at] = lowest;
    lowest = Math.max(lowest, known[at]!.place ?? -1);
  }
  let highest = Number.POSITIVE_INFINITY;
  const missing: MissingAddress[] = [];
  known.forEach(({ url, place }, at) => {
    if (place !== undefined) highest = Math.min(highest, place);
    else if (highest < lowestAfter[at]!) missing.push({ url, reason: REASON });
  });
  return missing;
}

/**
 * One item of a list under its several addresses: with and without `www.`, by http and https, through a shield, with a
 * session in it. For comparing states of one list only; which page a notice is, its own reading says (facts/watching §3.5).
 */
export function listKey(address: string): string {
  const normal = normaliseUrl(address);
  if (!URL.canParse(normal)) return normal;
  const { host, pathname, search } = new URL(normal);
  return host.replace(/^www\./, '') + pathname.replace(/\/index\.s?html?$/, '/') + search;
}
