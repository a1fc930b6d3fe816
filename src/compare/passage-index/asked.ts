/** A text as it is asked about: its windows, what is held of each, and which of it are formulae. */
import { type Sketch, isCjkUnit } from '../kernel/index.js';
import { type BoilerplateRange, holdersBy, isBoilerplate } from './boilerplate.js';
import type { Holdings } from './holdings.js';
import { WEIGHT_OF_LETTER, WEIGHT_OF_UNIT, summedWeights, weightOfUnits } from './weights.js';

/** Formulae so near to each other are one (facts/copies §8). */
const BRIDGED = weightOfUnits(12);
/** Units between runs of one chain. */
export const CHAIN_GAP = 40;

/** The text's weights and what of them is no formula, summed up before each place. */
export interface Plain {
  units: Uint16Array;
  weights: Uint32Array;
  plainWeights: Uint32Array;
  plainUnits: Uint32Array;
  boilerplate: BoilerplateRange[];
}

export interface Asked extends Plain {
  /** Distinct fingerprints, each at its first place. */
  windows: number;
  at: Uint32Array;
  ends: Uint32Array;
  keys: Uint32Array;
  /** Postings of each, and where they are. */
  found: Uint32Array;
  rows: Uint32Array;
  isBoilerplate: Uint8Array;
  /** What is held of each window's key of sources. */
  counters: Uint32Array;
  /** A stretch equal to another text's that holds this window reaches no further than from here to there if its neighbours are not shared. */
  boundFrom: Uint32Array;
  boundTo: Uint32Array;
  chainGap: number;
}

export function ask(sketch: Pick<Sketch, 'units' | 'at' | 'values'>, holdings: Holdings): Asked {
  const { units } = sketch;
  const { at, keys } = firstPlaces(sketch);
  const windows = at.length;
  const ends = at.map((place) => place + windowAt(units, place, holdings));
  const found = new Uint32Array(windows);
  const counters = new Uint32Array(windows);
  const common = new Uint8Array(windows);
  const rows = new Uint32Array(windows * holdings.stride);
  const held = new Map<number, number>();
  for (let window = 0; window < windows; window++) {
    const key = keys[window]!;
    found[window] = holdings.place(key, window, rows);
    if (found[window] === 0) continue;
    counters[window] = holdings.counterOf(key);
    if (!isBoilerplate(counters[window]!)) continue;
    common[window] = 1;
    held.set(key, counters[window]!);
  }
  const ranges = rangesOf(sketch, holdings, (key) => held.get(key) ?? 0);
  return {
    ...plainOf(units, ranges),
    windows,
    at,
    ends,
    keys,
    found,
    rows,
    isBoilerplate: common,
    counters,
    boundFrom: at.map((_, window) => (window === 0 ? 0 : at[window - 1]! + 1)),
    boundTo: at.map((_, window) => (window + 1 === windows ? units.length : ends[window + 1]! - 1)),
    chainGap: CHAIN_GAP,
  };
}

/** Of a held text: what of it is no formula. */
export function askPlain(sketch: Pick<Sketch, 'units' | 'at' | 'values'>, holdings: Holdings): Plain {
  return plainOf(
    sketch.units,
    rangesOf(sketch, holdings, (key) => holdings.counterOf(key)),
  );
}

const windowAt = (units: Uint16Array, at: number, { parameters }: Holdings): number =>
  (isCjkUnit(units[at]!) ? parameters.cjk : parameters.letters).window;

/** A fingerprint counts once, however often a text repeats itself. */
function firstPlaces({ at, values }: Pick<Sketch, 'at' | 'values'>): { at: Uint32Array; keys: Uint32Array } {
  const places = new Uint32Array(at.length);
  const keys = new Uint32Array(at.length);
  let mask = 15;
  while (mask < 3 * at.length) mask = 2 * mask + 1;
  /** One more than the number of the key that is there. */
  const seen = new Uint32Array(mask + 1);
  let count = 0;
  for (let window = 0; window < at.length; window++) {
    const key = values[window]!;
    let slot = key & mask;
    while (seen[slot] !== 0 && keys[seen[slot]! - 1] !== key) slot = (slot + 1) & mask;
    if (seen[slot] !== 0) continue;
    places[count] = at[window]!;
    keys[count] = key;
    seen[slot] = ++count;
  }
  return { at: places.subarray(0, count), keys: keys.subarray(0, count) };
}

function rangesOf(
  { units, at, values }: Pick<Sketch, 'units' | 'at' | 'values'>,
  holdings: Holdings,
  bitsOf: (key: number) => number,
): BoilerplateRange[] {
  const ranges: BoilerplateRange[] = [];
  let last: BoilerplateRange | undefined;
  for (let window = 0; window < at.length; window++) {
    const bits = bitsOf(values[window]!);
    if (!isBoilerplate(bits)) continue;
    const start = at[window]!;
    const end = start + windowAt(units, start, holdings);
    const holders = holdersBy(bits);
    if (last && weightBetween(units, last.end, start) <= BRIDGED) {
      last.end = Math.max(last.end, end);
      last.holders = Math.min(last.holders, holders);
    } else {
      last = { start, end, holders };
      ranges.push(last);
    }
  }
  return ranges;
}

/** Stops counting where it is too far anyway. */
function weightBetween(units: Uint16Array, from: number, to: number): number {
  let weight = 0;
  for (let at = from; at < to && weight <= BRIDGED; at++)
    weight += isCjkUnit(units[at]!) ? WEIGHT_OF_UNIT : WEIGHT_OF_LETTER;
  return weight;
}

function plainOf(units: Uint16Array, boilerplate: BoilerplateRange[]): Plain {
  const weights = summedWeights(units);
  if (boilerplate.length === 0)
    return { units, weights, plainWeights: weights, plainUnits: counting(units.length), boilerplate };
  const plainWeights = new Uint32Array(units.length + 1);
  const plainUnits = new Uint32Array(units.length + 1);
  let range = 0;
  for (let at = 0; at < units.length; at++) {
    while (range < boilerplate.length && boilerplate[range]!.end <= at) range += 1;
    const isPlain = range === boilerplate.length || at < boilerplate[range]!.start;
    plainWeights[at + 1] = plainWeights[at]! + (isPlain ? weights[at + 1]! - weights[at]! : 0);
    plainUnits[at + 1] = plainUnits[at]! + (isPlain ? 1 : 0);
  }
  return { units, weights, plainWeights, plainUnits, boilerplate };
}

let ascending = new Uint32Array(0);

/** 0, 1, 2 … `length`; shared, never written to. */
function counting(length: number): Uint32Array {
  if (ascending.length <= length) ascending = Uint32Array.from({ length: 2 * length + 2 }, (_, at) => at);
  return ascending.subarray(0, length + 1);
}
