/**
 * Whether one text may be a translation of another, without a model: they share anchors so rare that chance would not bring them
 * together (facts/copies §17). A lead for a reader of both languages; never called a copy.
 */
import { ANCHOR_KINDS, type Anchor, type AnchorKind } from './anchors.js';

/** In how many of so many notices of one language an anchor stands. */
export interface AnchorFrequencies {
  documents: number;
  of: (key: string) => number;
}

/**
 * What is expected before anything is counted, as so many notices: a store of fifty cannot know that 30 is a common number.
 * With ten thousand notices the counts have taken over.
 */
const SUPPOSED = 100;
/** In less than one notice of twenty. */
const RARE = Math.log(20);
/** How many rare anchors it takes; one of them must not be a year. */
const LEAST = 3;
/** In one search of a hundred a notice would share as much by accident, were anchors independent of each other. */
const MOST_CHANCE = 0.01;
/** What is left of a weight: other names have the same consonants, and whole seasons of notices the same days. */
const TRUST: Readonly<Record<AnchorKind, number>> = {
  number: 1,
  measure: 1,
  latin: 1,
  mention: 1,
  name: 0.8,
  date: 0.8,
};

export interface SharedAnchor {
  kind: AnchorKind;
  key: string;
  weight: number;
  rare: boolean;
  /** As each side writes it, in its own offsets. */
  ofThis: { text: string; start: number; end: number };
  ofOther: { text: string; start: number; end: number };
}

export interface TranslationScore {
  /** Sum of the weights, ln(notices / holders). */
  score: number;
  /** Shared anchors, the weightiest first; of those that overlap (`Halden`, `Q7`, `Halden Q7`) the weightiest alone. */
  anchors: SharedAnchor[];
  /** How many notices would share as much by accident. */
  chance: number;
  /** Three rare anchors, one of them no year, and next to no chance. Says "may be a translation" and no more. */
  mayBe: boolean;
}

/**
 * The two are in different languages, or it is no translation: the caller knows. `frequencies` are those of both languages, and an
 * anchor weighs what it does in the one where it is rarer: a notice that was copied five hundred times has made its own anchors common there.
 */
export function translationScore(
  a: readonly Anchor[],
  b: readonly Anchor[],
  frequencies: readonly AnchorFrequencies[],
): TranslationScore {
  const [inA, inB] = [placesOf(a), new Map(b.map((anchor) => [anchor.key, anchor]))];
  const inOther = placesOf(b);
  const shared = a
    .filter(({ key }) => inB.has(key))
    .map((anchor): SharedAnchor => {
      const weight = anchorWeight(anchor, frequencies);
      const { kind, key } = anchor;
      const rare = weight >= RARE * TRUST[kind];
      return { kind, key, weight, rare, ofThis: span(anchor), ofOther: span(inB.get(key)!) };
    });
  const order = ({ kind }: SharedAnchor): number => ANCHOR_KINDS.indexOf(kind);
  const length = ({ ofThis }: SharedAnchor): number => ofThis.end - ofThis.start;
  const [takenOfA, takenOfB] = [new Set<number>(), new Set<number>()];
  const kept = shared
    .sort((x, y) => y.weight - x.weight || length(y) - length(x) || order(x) - order(y))
    .filter(({ key }) => {
      const [ofA, ofB] = [inA.get(key)!, inOther.get(key)!];
      if (takenOfA.has(ofA) || takenOfB.has(ofB)) return false;
      takenOfA.add(ofA);
      takenOfB.add(ofB);
      return true;
    });
  const score = kept.reduce((sum, { weight }) => sum + weight, 0);
  // Of the longer text, so that the answer is the same from either side.
  const anchors = Math.max(new Set(inA.values()).size, new Set(inOther.values()).size);
  const documents = frequencies.reduce((sum, each) => sum + each.documents, 0);
  return { score, anchors: kept, ...judged(kept, { score, anchors, documents }) };
}

const span = ({ text, start, end }: Anchor): SharedAnchor['ofThis'] => ({ text, start, end });

/** `anchors`: in how many places the longer text has any, of which those that are shared might have been others. */
function judged(
  shared: readonly { key: string; weight: number; rare: boolean }[],
  { score, anchors, documents }: { score: number; anchors: number; documents: number },
): Pick<TranslationScore, 'chance' | 'mayBe'> {
  const chance = Math.exp(Math.log(documents + SUPPOSED) + lnChoose(anchors, shared.length) - score);
  const rare = shared.filter((each) => each.rare);
  const enough = rare.length >= LEAST && rare.some(({ key }) => !isYear(key));
  return { chance, mayBe: enough && chance <= MOST_CHANCE };
}

/** Smoothed by what is supposed of its kind, so that a small store does not take what is common for rare. */
export function anchorWeight(
  { kind, key }: Pick<Anchor, 'kind' | 'key'>,
  frequencies: readonly AnchorFrequencies[],
): number {
  let least = 1;
  for (const { documents, of } of frequencies)
    least = Math.min(least, (Math.min(documents, of(key)) + SUPPOSED * supposedShare(key)) / (documents + SUPPOSED));
  return -Math.log(least) * TRUST[kind];
}

/** Counted in no place: ours, of the order seen in notices. Round numbers and years are in many, long numbers in one. */
function supposedShare(key: string): number {
  const value = key.slice(key.indexOf(':') + 1);
  if (!key.startsWith('number:')) return key.startsWith('date:--') ? 0.03 : 0.02;
  if (isYear(key)) return 0.4;
  if (value.includes('.')) return 0.03;
  if (/^\d0*$/.test(value)) return 0.15;
  return value.length === 2 ? 0.08 : value.length === 3 ? 0.03 : 0.01;
}

const isYear = (key: string): boolean => /^(?:number|date):(?:19|20)\d\d$/.test(key);

/** The place in which each key stands: `Halden`, `Q7` and `Halden Q7` overlap and are one. */
export function placesOf(anchors: readonly Anchor[]): Map<string, number> {
  const places = new Map<string, number>();
  let [place, end] = [-1, -1];
  for (const { key, start, end: until } of [...anchors].sort((a, b) => a.start - b.start)) {
    if (start >= end) place += 1;
    end = Math.max(end, until);
    places.set(key, place);
  }
  return places;
}

/** ln of the number of ways to take k of n. */
function lnChoose(n: number, k: number): number {
  let sum = 0;
  for (let each = 1; each <= Math.min(k, n - k); each++) sum += Math.log((n - each + 1) / each);
  return sum;
}
