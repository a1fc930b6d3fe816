/** What exact runs between two texts come to: chains, covered shares with and without formulae, the longest stretch left. */
import type { Plain } from './asked.js';
import { CHAIN_GAP } from './asked.js';
import { WEIGHT_OF_LETTER, WEIGHT_OF_UNIT, weightOfUnits } from './weights.js';
import { isCjkUnit } from '../kernel/index.js';

const CHAIN_BACK = 4;
/** A triple: place in the one asked about, place in the other, length. */
const RUN = 3;

/** Runs that follow each other in both texts, small gaps allowed; half-open ranges of folded units. */
export interface Chain {
  start: number;
  end: number;
  otherStart: number;
  otherEnd: number;
  weight: number;
  plainWeight: number;
  /** Its runs: triples `firstRun..endRun` of the list. */
  firstRun: number;
  endRun: number;
}

export interface Compared {
  /** Triples, by their place in the other text. */
  runs: Uint32Array;
  chains: Chain[];
  longestChain: number;
  longestPlainChain: number;
  /** Of this text's units. */
  covered: Coverage;
  /** Units of the other that are covered. */
  otherCovered: number;
  /** Those of them that are no formula here. */
  otherPlainCovered: number;
}

export interface Coverage {
  units: number;
  weight: number;
  plainUnits: number;
  plainWeight: number;
}

export function compareRuns(runs: Uint32Array, plain: Plain): Compared {
  const chains = chainsOf(runs, plain);
  let [longestChain, longestPlainChain, otherCovered, otherPlainCovered] = [0, 0, 0, 0];
  for (const { weight, plainWeight } of chains) {
    longestChain = Math.max(longestChain, weight);
    longestPlainChain = Math.max(longestPlainChain, plainWeight);
  }
  const { plainUnits } = plain;
  for (let at = 0; at < runs.length; at += RUN) {
    otherCovered += runs[at + 2]!;
    otherPlainCovered += plainUnits[runs[at]! + runs[at + 2]!]! - plainUnits[runs[at]!]!;
  }
  const covered = coverage(runs, plain);
  return { runs, chains, longestChain, longestPlainChain, covered, otherCovered, otherPlainCovered };
}

function chainsOf(runs: Uint32Array, { weights, plainWeights }: Plain): Chain[] {
  const chains: Chain[] = [];
  let chain: Chain | undefined;
  let [endA, endB] = [0, 0];
  for (let at = 0; at < runs.length; at += RUN) {
    const [a, b, length] = [runs[at]!, runs[at + 1]!, runs[at + 2]!];
    const joins = chain && a >= endA - CHAIN_BACK && a <= endA + CHAIN_GAP && b <= endB + CHAIN_GAP;
    if (!chain || !joins) {
      chain = { start: a, end: a, otherStart: b, otherEnd: b, weight: 0, plainWeight: 0, firstRun: at, endRun: at };
      chains.push(chain);
    }
    [endA, endB] = [a + length, b + length];
    chain.end = Math.max(chain.end, endA);
    chain.start = Math.min(chain.start, a);
    chain.otherEnd = endB;
    chain.weight += weights[endA]! - weights[a]!;
    chain.plainWeight += plainWeights[endA]! - plainWeights[a]!;
    chain.endRun = at + RUN;
  }
  return chains;
}

/** Of the union of runs in this text, where they may overlap and stand in any order. */
function coverage(runs: Uint32Array, { weights, plainWeights, plainUnits }: Plain): Coverage {
  const sum: Coverage = { units: 0, weight: 0, plainUnits: 0, plainWeight: 0 };
  forEachCovered(runs, (start, end) => {
    sum.units += end - start;
    sum.weight += weights[end]! - weights[start]!;
    sum.plainUnits += plainUnits[end]! - plainUnits[start]!;
    sum.plainWeight += plainWeights[end]! - plainWeights[start]!;
  });
  return sum;
}

/** Covered ranges of this text, in order, none overlapping another. */
export function forEachCovered(runs: Uint32Array, visit: (start: number, end: number) => void): void {
  const ordered = runsByStart(runs);
  let reached = 0;
  for (let at = 0; at < ordered.length; at += RUN) {
    const start = Math.max(reached, ordered[at]!);
    const end = ordered[at]! + ordered[at + 2]!;
    if (end <= start) continue;
    visit(start, end);
    reached = end;
  }
}

/** Runs come in the order of the other text, which is nearly this one's unless sentences were moved. */
const FEW_RUNS = 256;

function runsByStart(runs: Uint32Array): Uint32Array {
  let isOrdered = true;
  for (let at = RUN; at < runs.length && isOrdered; at += RUN) isOrdered = runs[at - RUN]! <= runs[at]!;
  if (isOrdered) return runs;
  return runs.length <= FEW_RUNS * RUN ? inserted(runs) : sorted(runs);
}

function inserted(runs: Uint32Array): Uint32Array {
  const ordered = runs.slice();
  for (let at = RUN; at < ordered.length; at += RUN) {
    const [a, b, length] = [ordered[at]!, ordered[at + 1]!, ordered[at + 2]!];
    let to = at;
    for (; to > 0 && ordered[to - RUN]! > a; to -= RUN)
      for (let word = to; word < to + RUN; word++) ordered[word] = ordered[word - RUN]!;
    ordered[to] = a;
    ordered[to + 1] = b;
    ordered[to + 2] = length;
  }
  return ordered;
}

function sorted(runs: Uint32Array): Uint32Array {
  const order = Array.from({ length: runs.length / RUN }, (_, run) => run * RUN);
  order.sort((a, b) => runs[a]! - runs[b]! || a - b);
  return Uint32Array.from(order.flatMap((at) => [runs[at]!, runs[at + 1]!, runs[at + 2]!]));
}

/** A stretch so long that has nothing of the other text makes two texts otherwise different (facts/copies §8) … */
const DIFFERENT = weightOfUnits(100);
/** … of a short text so much of it is enough, or short notices of one form would be copies of each other for ever. */
const DIFFERENT_SHARE = 0.3;
const DIFFERENT_LEAST = weightOfUnits(24);

/** Whether one of the two is, edits and wrapping aside, contained in the other. */
export function isNearlyContained(runs: Uint32Array, { weights, units }: Plain, other: Uint16Array): boolean {
  const whole = weights[units.length]!;
  return isNearlyCovered(gapsOfThis(runs, weights, whole), whole) || isOtherNearlyCovered(runs, other);
}

const isNearlyCovered = (longestGap: number, whole: number): boolean =>
  longestGap < Math.min(DIFFERENT, Math.max(DIFFERENT_LEAST, DIFFERENT_SHARE * whole));

function gapsOfThis(runs: Uint32Array, weights: Uint32Array, whole: number): number {
  let [longest, reached] = [0, 0];
  forEachCovered(runs, (start, end) => {
    longest = Math.max(longest, weights[start]! - weights[reached]!);
    reached = end;
  });
  return Math.max(longest, whole - weights[reached]!);
}

function isOtherNearlyCovered(runs: Uint32Array, other: Uint16Array): boolean {
  let [longest, whole, at] = [0, 0, 0];
  for (let run = 0; run <= runs.length; run += RUN) {
    const start = run < runs.length ? runs[run + 1]! : other.length;
    let gap = 0;
    for (; at < start; at++) gap += isCjkUnit(other[at]!) ? WEIGHT_OF_UNIT : WEIGHT_OF_LETTER;
    if (gap >= DIFFERENT) return false;
    longest = Math.max(longest, gap);
    whole += gap;
    if (run === runs.length) break;
    const length = runs[run + 2]!;
    whole += length * (isCjkUnit(other[at] ?? 0) ? WEIGHT_OF_UNIT : WEIGHT_OF_LETTER);
    at += length;
  }
  return isNearlyCovered(longest, whole);
}
