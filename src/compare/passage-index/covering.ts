/**
 * What of a new document is held already: best candidate first, each found passage becomes a reference to who holds it, and
 * only windows that no exact run covers whole are indexed anew (facts/copies §7).
 */
import type { Asked } from './asked.js';
import { type Candidates, FEW_SHARED } from './candidates.js';
import { type Chain, isNearlyContained } from './compared.js';
import type { Reference } from './references.js';
import { PASSAGE, type Search, type Verified } from './search.js';

const MOST_ROUNDS = 5;
/** Looked at in all; a look that covers nothing new is no round. */
const MOST_LOOKS = 8;
/** Looks at the surroundings of a few windows, which cost little. */
const MOST_CHANCES = 32;
const FEWEST_SHARED = 2;

export interface Covering {
  isCovered: Uint8Array;
  references: Reference[];
  verified: Verified[];
  /** One of those looked at holds this text, or is held by it, edits and wrapping aside. */
  isContained: boolean;
}

interface Subject {
  document: number;
  asked: Asked;
  candidates: Candidates;
  search: Search;
}

export function cover({ document, asked, candidates, search }: Subject): Covering {
  const covering: Covering = {
    isCovered: new Uint8Array(asked.windows),
    references: [],
    verified: [],
    isContained: false,
  };
  const units = new Uint8Array(asked.units.length);
  const left = candidates.shared.slice(0, candidates.count);
  // References go from older to newer documents only: else two could be held by nothing but each other.
  const usable = search.those().filter((slot) => candidates.documents[slot]! < document);
  for (let round = 0, look = 0, chances = 0; round < MOST_ROUNDS && look < MOST_LOOKS;) {
    const best = takeBest(usable, left, candidates);
    if (best === undefined) break;
    if (left[best]! <= FEW_SHARED && search.areChance(best, candidates.windowsLeft(best, covering.isCovered))) {
      if (++chances > MOST_CHANCES) break;
      continue;
    }
    look += 1;
    const verified = search.verify(candidates.documents[best]!);
    if (!verified) continue;
    covering.verified.push(verified);
    covering.isContained ||= isNearlyContained(verified.compared.runs, asked, verified.other);
    const more = coverBy({ document, verified, asked, units, covering });
    if (more.length > 0) round += 1;
    for (const window of more)
      for (let at = candidates.starts[window]!; at < candidates.starts[window + 1]!; at++)
        left[candidates.metBy[at]!]! -= 1;
  }
  return covering;
}

/** Takes out who shares most windows that are not covered; undefined when what is left cannot be a passage. */
function takeBest(usable: number[], left: Uint32Array, { documents }: Candidates): number | undefined {
  let best = -1;
  for (let at = 0; at < usable.length; at++) {
    const slot = usable[at]!;
    const most = best < 0 ? FEWEST_SHARED - 1 : left[usable[best]!]!;
    if (left[slot]! > most || (best >= 0 && left[slot] === most && documents[slot]! < documents[usable[best]!]!))
      best = at;
  }
  if (best < 0) return undefined;
  const slot = usable[best]!;
  usable[best] = usable.at(-1)!;
  usable.pop();
  return slot;
}

interface Held {
  document: number;
  verified: Verified;
  asked: Asked;
  units: Uint8Array;
  covering: Covering;
}

/** Windows that are covered by it and were not. */
function coverBy({ document, verified, asked, units, covering }: Held): number[] {
  const covered: number[] = [];
  for (const chain of verified.compared.chains) {
    if (chain.weight < PASSAGE) continue;
    const { runs } = verified.compared;
    for (let at = chain.firstRun; at < chain.endRun; at += 3) units.fill(1, runs[at], runs[at]! + runs[at + 2]!);
    const more = coverWindows(chain, asked, units, covering.isCovered);
    if (more.length === 0) continue;
    covered.push(...more);
    covering.references.push({
      representative: verified.document,
      start: chain.otherStart,
      length: chain.otherEnd - chain.otherStart,
      document,
      documentStart: chain.start,
      documentLength: chain.end - chain.start,
    });
  }
  return covered;
}

function coverWindows(
  { start, end }: Chain,
  { windows, at, ends }: Asked,
  units: Uint8Array,
  isCovered: Uint8Array,
): number[] {
  const covered: number[] = [];
  for (let window = firstFrom(at, windows, start); window < windows && ends[window]! <= end; window++) {
    if (isCovered[window]) continue;
    let unit = at[window]!;
    while (unit < ends[window]! && units[unit]) unit += 1;
    if (unit < ends[window]!) continue;
    isCovered[window] = 1;
    covered.push(window);
  }
  return covered;
}

function firstFrom(sorted: Uint32Array, length: number, least: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
