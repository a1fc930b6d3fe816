/** A text as it is asked about: its windows, what is held of each, and which of it are formulae. */
import { type Sketch, isCjkUnit } from '../kernel/index.js';
import { type BoilerplateRange, holdersBy, isBoilerplate as isFormula } from './boilerplate.js';
import type { Holdings, Placed } from './holdings.js';
import { WEIGHT_OF_LETTER, WEIGHT_OF_UNIT, weightOfUnits } from './weights.js';

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

export interface Asked extends Plain, Placed {
  /** Of the distinct fingerprints, each at its first place; how many, what is held of them: `Placed`. */
  at: Uint32Array;
  ends: Uint32Array;
  isBoilerplate: Uint8Array;
}

const WINDOW_COLUMNS = ['at', 'ends', 'keys', 'found', 'counters', 'windowOf', 'bits'] as const;
const UNIT_COLUMNS = ['weights', 'plainWeights', 'plainUnits'] as const;

const columns = <Name extends string>(names: readonly Name[], length: number): Record<Name, Uint32Array> =>
  Object.fromEntries(names.map((name) => [name, new Uint32Array(length)])) as Record<Name, Uint32Array>;

/**
 * Memory for what is said of a text while it is asked about. Arrays are longer than they say something, and the next text
 * asked about takes them: nothing of them may be kept.
 */
export class AskingRoom {
  #units = columns(UNIT_COLUMNS, 0);
  #windows = { ...columns(WINDOW_COLUMNS, 0), isBoilerplate: new Uint8Array(0) };
  #rows = new Uint32Array(0);
  #seen = new Uint32Array(0);

  ask(sketch: Pick<Sketch, 'units' | 'at' | 'values'>, holdings: Holdings): Asked {
    const { units } = sketch;
    this.#growTo(units.length, sketch.at.length, sketch.at.length * holdings.stride);
    const { at, ends, keys, found, counters, windowOf, bits, isBoilerplate } = this.#windows;
    const windows = this.#firstPlaces(sketch);
    const placed = { keys, windows, found, counters, rows: this.#rows };
    holdings.placeAll(placed);
    for (let window = 0; window < windows; window++) {
      ends[window] = at[window]! + windowAt(units, at[window]!, holdings);
      isBoilerplate[window] = isFormula(counters[window]!) ? 1 : 0;
    }
    for (let place = 0; place < sketch.at.length; place++) bits[place] = counters[windowOf[place]!]!;
    const boilerplate = rangesOf(sketch, holdings, bits);
    sumUp(units, boilerplate, this.#units);
    return {
      units,
      ...this.#units,
      boilerplate,
      ...placed,
      at,
      ends,
      isBoilerplate,
    };
  }

  /** Of a held text: what of it is no formula. */
  askPlain(sketch: Pick<Sketch, 'units' | 'at' | 'values'>, holdings: Holdings): Plain {
    this.#growTo(sketch.units.length, sketch.at.length, 0);
    const { bits } = this.#windows;
    holdings.countersOf(sketch.values, sketch.values.length, bits);
    const boilerplate = rangesOf(sketch, holdings, bits);
    sumUp(sketch.units, boilerplate, this.#units);
    return { units: sketch.units, ...this.#units, boilerplate };
  }

  /** A fingerprint counts once, however often a text repeats itself; how many there are. */
  #firstPlaces({ at, values }: Pick<Sketch, 'at' | 'values'>): number {
    const { at: places, keys, windowOf } = this.#windows;
    let mask = 15;
    while (mask < 3 * at.length) mask = 2 * mask + 1;
    if (this.#seen.length <= mask) this.#seen = new Uint32Array(mask + 1);
    /** One more than the number of the key that is there. */
    const seen = this.#seen.fill(0, 0, mask + 1);
    let count = 0;
    for (let place = 0; place < at.length; place++) {
      const key = values[place]!;
      let slot = key & mask;
      while (seen[slot] !== 0 && keys[seen[slot]! - 1] !== key) slot = (slot + 1) & mask;
      if (seen[slot] === 0) {
        places[count] = at[place]!;
        keys[count] = key;
        seen[slot] = ++count;
      }
      windowOf[place] = seen[slot]! - 1;
    }
    return count;
  }

  #growTo(units: number, windows: number, rows: number): void {
    if (this.#units.weights.length <= units) this.#units = columns(UNIT_COLUMNS, 2 * units + 2);
    if (this.#windows.at.length <= windows)
      this.#windows = { ...columns(WINDOW_COLUMNS, 2 * windows + 2), isBoilerplate: new Uint8Array(2 * windows + 2) };
    if (this.#rows.length < rows) this.#rows = new Uint32Array(2 * rows);
  }
}

const windowAt = (units: Uint16Array, at: number, { parameters }: Holdings): number =>
  (isCjkUnit(units[at]!) ? parameters.cjk : parameters.letters).window;

/** `bits`: of the key at each of the sketch's places. */
function rangesOf(
  { units, at }: Pick<Sketch, 'units' | 'at'>,
  holdings: Holdings,
  bits: Uint32Array,
): BoilerplateRange[] {
  const ranges: BoilerplateRange[] = [];
  let last: BoilerplateRange | undefined;
  for (let place = 0; place < at.length; place++) {
    if (!isFormula(bits[place]!)) continue;
    const start = at[place]!;
    const end = start + windowAt(units, start, holdings);
    const holders = holdersBy(bits[place]!);
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

function sumUp(
  units: Uint16Array,
  boilerplate: readonly BoilerplateRange[],
  { weights, plainWeights, plainUnits }: Record<(typeof UNIT_COLUMNS)[number], Uint32Array>,
): void {
  let weight = 0;
  let plainWeight = 0;
  let plain = 0;
  let range = 0;
  let [start, end] = boilerplate.length > 0 ? [boilerplate[0]!.start, boilerplate[0]!.end] : [Infinity, Infinity];
  weights[0] = plainWeights[0] = plainUnits[0] = 0;
  for (let at = 0; at < units.length;) {
    const isPlain = at < start;
    const stop = Math.min(units.length, isPlain ? start : end);
    while (at < stop) {
      const unit = isCjkUnit(units[at]!) ? WEIGHT_OF_UNIT : WEIGHT_OF_LETTER;
      at += 1;
      weight += unit;
      weights[at] = weight;
      if (isPlain) {
        plainWeight += unit;
        plain += 1;
      }
      plainWeights[at] = plainWeight;
      plainUnits[at] = plain;
    }
    if (isPlain) continue;
    range += 1;
    [start, end] =
      range < boilerplate.length ? [boilerplate[range]!.start, boilerplate[range]!.end] : [Infinity, Infinity];
  }
}
