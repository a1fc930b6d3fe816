/** Which stretches of one text stand in another, exactly, in both texts' own offsets (facts/copies §9 and §10). */
import type { CopyRelation, Passage } from '../model/index.js';
import { fold, originalSpan } from '../text/index.js';
import { isCjkUnit, rollingGrams, unitsOf } from './fingerprint.js';

/** Lengths in CJK units; a letter says less than a character, so alphabetic text needs this many more. */
const LETTERS_PER_UNIT = 2.2;
const SEED = { cjk: 4, letters: 9 };
const RUN = { cjk: 6, letters: 14 };
/** A run as short as a seed is believed when it goes on almost where the last one stopped. */
const NEAR_DIAGONAL = 40;
/** Chains: how far a next run may start before or after the end of the last. */
const CHAIN_BACK = 4;
const CHAIN_GAP = 40;
/** Bounds the work on a page of one repeated clause. */
const TRIES = 64;
const BUCKETS = 1 << 16;

/** Least weight (in CJK units) of what is covered to say "copy", and of one chain to say "shared passage". */
export const COPY_LEAST = 30;
export const PASSAGE_LEAST = 32;
/** Folded text equal and at least this long is "the same text". */
export const SAME_LEAST = 60;

export interface Shared {
  passages: Passage[];
  /** Share of letters and digits, 0..1. */
  sharedOfThis: number;
  sharedOfOther: number;
  /** What is covered, and the longest chain of it, in CJK units. */
  covered: number;
  longestChain: number;
  /** Equal once folded (width, case, script variants, punctuation aside). */
  sameText: boolean;
}

export type SharedKind = Exclude<CopyRelation['relation'], 'declared-repost'>;

interface Run {
  a: number;
  b: number;
  length: number;
}

/** Runs of folded text that stand in both, best first at each place of `b`; passages come back in original offsets. */
export function sharedPassages(textA: string, textB: string): Shared {
  const [a, b] = [fold(textA), fold(textB)];
  const [unitsA, unitsB] = [unitsOf(a.text), unitsOf(b.text)];
  const runs = findRuns(unitsA, unitsB);
  const inA = new Uint8Array(unitsA.length);
  const inB = new Uint8Array(unitsB.length);
  for (const run of runs) {
    inA.fill(1, run.a, run.a + run.length);
    inB.fill(1, run.b, run.b + run.length);
  }
  return {
    passages: runs.map((run) => {
      const here = originalSpan(textA, a, run.a, run.a + run.length);
      const there = originalSpan(textB, b, run.b, run.b + run.length);
      return { thisStart: here.start, thisEnd: here.end, otherStart: there.start, otherEnd: there.end };
    }),
    sharedOfThis: share(inA),
    sharedOfOther: share(inB),
    covered: weightOf(unitsA, inA),
    longestChain: longestChain(runs, unitsA),
    sameText: a.text === b.text && unitsA.length >= SAME_LEAST,
  };
}

/**
 * What two texts are to each other by what is shared, asked from each side: half of this one in the other makes a copy
 * *of this one*. Undefined: nothing worth saying. Formulae everybody uses are not discounted.
 */
export function judgeCopy(
  { sharedOfThis, sharedOfOther, covered, longestChain: chain }: Shared,
  { minimumShare }: { minimumShare: number },
): { ofThis: SharedKind; ofOther: SharedKind } | undefined {
  const isCopy = (share: number): boolean => share >= minimumShare && covered >= COPY_LEAST;
  if (!isCopy(sharedOfThis) && !isCopy(sharedOfOther) && chain < PASSAGE_LEAST) return undefined;
  const kind = (share: number): SharedKind => (isCopy(share) ? 'copy' : 'shared-passage');
  return { ofThis: kind(sharedOfThis), ofOther: kind(sharedOfOther) };
}

function share(covered: Uint8Array): number {
  if (covered.length === 0) return 0;
  let count = 0;
  for (const one of covered) count += one;
  return Math.round((count / covered.length) * 10_000) / 10_000;
}

function weightOf(units: Uint16Array, covered: Uint8Array): number {
  let weight = 0;
  for (let i = 0; i < units.length; i++) if (covered[i]) weight += unitWeight(units[i]!);
  return weight;
}

function unitWeight(unit: number): number {
  return isCjkUnit(unit) ? 1 : 1 / LETTERS_PER_UNIT;
}

function findRuns(a: Uint16Array, b: Uint16Array): Run[] {
  const seeds = seedTable(a);
  const gramsB = { cjk: rollingGrams(b, SEED.cjk), letters: rollingGrams(b, SEED.letters) };
  const runs: Run[] = [];
  let diagonal: number | undefined;
  for (let j = 0; j < b.length;) {
    const best = bestRun({ a, b, seeds, gramsB, j, diagonal });
    if (!best) {
      j += 1;
      continue;
    }
    const run = extendLeft(a, b, best, runs.at(-1));
    runs.push(run);
    diagonal = run.a - run.b;
    j = run.b + run.length;
  }
  return runs;
}

interface Seeds {
  heads: Int32Array;
  next: Int32Array;
  hashes: Uint32Array;
}

/** Chains of places by hash of the seed that starts there; a seed is as long as the class of its first unit asks. */
function seedTable(units: Uint16Array): Seeds {
  const cjk = rollingGrams(units, SEED.cjk);
  const letters = rollingGrams(units, SEED.letters);
  const seeds: Seeds = {
    heads: new Int32Array(BUCKETS).fill(-1),
    next: new Int32Array(units.length).fill(-1),
    hashes: new Uint32Array(units.length),
  };
  for (let i = units.length - 1; i >= 0; i--) {
    const length = seedLength(units, i);
    if (i + length > units.length) continue;
    const hash = (length === SEED.cjk ? cjk : letters)[i]!;
    seeds.hashes[i] = hash;
    const bucket = bucketOf(hash);
    seeds.next[i] = seeds.heads[bucket]!;
    seeds.heads[bucket] = i;
  }
  return seeds;
}

function bucketOf(hash: number): number {
  return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
}

function seedLength(units: Uint16Array, at: number): number {
  return isCjkUnit(units[at]!) ? SEED.cjk : SEED.letters;
}

interface Attempt {
  a: Uint16Array;
  b: Uint16Array;
  seeds: Seeds;
  gramsB: { cjk: Uint32Array; letters: Uint32Array };
  j: number;
  diagonal: number | undefined;
}

function bestRun({ a, b, seeds, gramsB, j, diagonal }: Attempt): Run | undefined {
  const seed = seedLength(b, j);
  if (j + seed > b.length) return undefined;
  const hash = (seed === SEED.cjk ? gramsB.cjk : gramsB.letters)[j]!;
  const distance = (i: number): number => (diagonal === undefined ? 0 : Math.abs(i - j - diagonal));
  let best: Run | undefined;
  let tries = 0;
  for (let i = seeds.heads[bucketOf(hash)]!; i >= 0 && tries < TRIES; i = seeds.next[i]!) {
    if (seeds.hashes[i] !== hash) continue;
    tries += 1;
    let length = 0;
    while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length += 1;
    if (length < seed) continue;
    if (!best || length > best.length || (length === best.length && distance(i) < distance(best.a))) {
      best = { a: i, b: j, length };
    }
  }
  if (!best) return undefined;
  const long = best.length >= (seed === SEED.cjk ? RUN.cjk : RUN.letters);
  const goesOn = diagonal !== undefined && distance(best.a) <= NEAR_DIAGONAL;
  return long || goesOn ? best : undefined;
}

/** Back over units equal in both but too few for a seed, never into the run before. */
function extendLeft(a: Uint16Array, b: Uint16Array, run: Run, before: Run | undefined): Run {
  const floorB = before ? before.b + before.length : 0;
  const floorA = before && before.a <= run.a ? before.a + before.length : 0;
  let back = 0;
  while (run.a - back - 1 >= floorA && run.b - back - 1 >= floorB && a[run.a - back - 1] === b[run.b - back - 1]) {
    back += 1;
  }
  return { a: run.a - back, b: run.b - back, length: run.length + back };
}

function longestChain(runs: readonly Run[], units: Uint16Array): number {
  let longest = 0;
  let chain = 0;
  let last: Run | undefined;
  for (const run of runs) {
    const joins =
      last !== undefined &&
      run.a >= last.a + last.length - CHAIN_BACK &&
      run.a <= last.a + last.length + CHAIN_GAP &&
      run.b <= last.b + last.length + CHAIN_GAP;
    let weight = 0;
    for (let i = 0; i < run.length; i++) weight += unitWeight(units[run.a + i]!);
    chain = joins ? chain + weight : weight;
    longest = Math.max(longest, chain);
    last = run;
  }
  return longest;
}
