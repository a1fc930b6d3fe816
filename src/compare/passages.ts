/** Which stretches of one text stand in another, exactly, in both texts' own offsets (facts/copies §9 and §10). */
import type { CopyRelation, Passage } from '../model/index.js';
import { fold, originalSpan } from '../text/index.js';
import { LONGEST, isCjkUnit, kernel } from './kernel/index.js';

/** Lengths in CJK units; a letter says less than a character, so alphabetic text needs this many more. */
const LETTERS_PER_UNIT = 2.2;
/** Chains: how far a next run may start before or after the end of the last. */
const CHAIN_BACK = 4;
const CHAIN_GAP = 40;

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
  const [a, b] = [kernel().fold(textA), kernel().fold(textB)];
  const runs = asRuns(kernel().spans(a.units).runsIn(b.units));
  const inA = new Uint8Array(a.units.length);
  const inB = new Uint8Array(b.units.length);
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
    covered: weightOf(a.units, inA),
    longestChain: longestChain(runs, a.units),
    sameText: a.units.length >= SAME_LEAST && areEqual(a.units, b.units) && equalWhereCut(a.units, textA, textB),
  };
}

function asRuns(triples: Uint32Array): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < triples.length; at += 3) {
    runs.push({ a: triples[at]!, b: triples[at + 1]!, length: triples[at + 2]! });
  }
  return runs;
}

function areEqual(a: Uint16Array, b: Uint16Array): boolean {
  return a.length === b.length && a.every((unit, at) => unit === b[at]);
}

/** Behind the place where texts are cut they may differ. */
function equalWhereCut(units: Uint16Array, textA: string, textB: string): boolean {
  return units.length < LONGEST || fold(textA).text === fold(textB).text;
}

/** The same over what is no formula: text that many otherwise different notices carry makes no copy (facts/copies §8). */
export interface Discounted {
  sharedOfThis: number;
  sharedOfOther: number;
  /** In CJK units: what of it is covered, what there is of it on either side, and what there is with formulae. */
  covered: number;
  plainOfThis: number;
  plainOfOther: number;
  wholeOfThis: number;
  wholeOfOther: number;
}

/** A notice that is nothing but formulae can still be posted again: so much of it must be there, and it must be so long. */
export const WHOLE_SHARE = 0.9;
export const WHOLE_LEAST = 100;

/**
 * So little that one sentence may be half of it: what is left of a text without formulae makes no copy alone then, as a share of it
 * says next to nothing of the text.
 */
export const isLittleLeft = (left: number, whole: number): boolean =>
  left < COPY_LEAST || (left < WHOLE_LEAST && left < LITTLE_SHARE * whole);
const LITTLE_SHARE = 0.25;
const NOTHING_LEFT = { plainOfThis: 0, plainOfOther: 0, wholeOfThis: 0, wholeOfOther: 0 };

/**
 * What two texts are to each other by what is shared, asked from each side: half of this one in the other makes a copy
 * *of this one*. Undefined: nothing worth saying. Formulae everybody uses are discounted where `discounted` says what is
 * left without them; a passage of nothing else is still a shared passage.
 */
export function judgeCopy(
  {
    sharedOfThis,
    sharedOfOther,
    covered,
    longestChain: chain,
    discounted,
  }: Pick<Shared, 'sharedOfThis' | 'sharedOfOther' | 'covered' | 'longestChain'> & { discounted?: Discounted },
  { minimumShare }: { minimumShare: number },
): { ofThis: SharedKind; ofOther: SharedKind } | undefined {
  const isCopy = (share: number, plain?: { share: number; left: number; whole: number }): boolean => {
    if (!discounted || !plain) return share >= minimumShare && covered >= COPY_LEAST;
    const isPlainCopied = plain.share >= minimumShare && discounted.covered >= COPY_LEAST;
    if (!isLittleLeft(plain.left, plain.whole)) return isPlainCopied;
    return (isPlainCopied && share >= minimumShare) || (share >= WHOLE_SHARE && covered >= WHOLE_LEAST);
  };
  const { plainOfThis, plainOfOther, wholeOfThis, wholeOfOther } = discounted ?? NOTHING_LEFT;
  const ofThis = isCopy(
    sharedOfThis,
    discounted && { share: discounted.sharedOfThis, left: plainOfThis, whole: wholeOfThis },
  );
  const ofOther = isCopy(
    sharedOfOther,
    discounted && { share: discounted.sharedOfOther, left: plainOfOther, whole: wholeOfOther },
  );
  if (!ofThis && !ofOther && chain < PASSAGE_LEAST) return undefined;
  const kind = (is: boolean): SharedKind => (is ? 'copy' : 'shared-passage');
  return { ofThis: kind(ofThis), ofOther: kind(ofOther) };
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
