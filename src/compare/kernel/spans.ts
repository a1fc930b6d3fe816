/** Runs of folded text that stand in two texts, exactly (facts/copies §9). */
import { isCjkUnit } from './hashes.js';

export interface SpanFinder {
  /** Runs of folded text that stand in both: triples of place here, place in `other`, length; one after the other, ordered by the second. */
  readonly runsIn: (other: Uint16Array) => Uint32Array;
  /**
   * Whether one of the windows that begin at these places here stands in `other` within a run of at least `AROUND` units. Windows
   * are as long as their class has them, and all of this text; at most `MOST_WINDOWS` places. One that stands there `TRIES` times is
   * not gone on with, and said to.
   */
  readonly hasRunAround: (
    places: Uint32Array,
    window: Record<'cjk' | 'letters', number>,
    other: Uint16Array,
  ) => boolean;
}

/** Less around the few windows two texts share is no passage, and leads to none. */
export const AROUND = { cjk: 20, letters: 44 };
export const MOST_WINDOWS = 64;

export const SEED = { cjk: 4, letters: 9 };
export const RUN = { cjk: 6, letters: 14 };
/** A run as short as a seed is believed when it goes on almost where the last one stopped. */
export const NEAR_DIAGONAL = 40;
/** Bounds the work on a page of one repeated clause. */
export const TRIES = 64;
/** Bounds the work on a text made so that its hashes meet in one slot; in a table half full no other text comes near. */
export const PROBES = 256;
const FEWEST_SLOTS = 256;
/** For each two units of a seed: its hash is a sum of products, of which the upper bits are spread well. */
const FACTORS = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const;

/** A hash less so many bits is its first slot: two slots or more for each unit. */
export function slotShift(units: number): number {
  return Math.clz32(Math.max(FEWEST_SLOTS, 2 * units) - 1);
}

/** Places of one text by the seed that begins there: open addressing, and from the first place of a seed to the next. */
interface Seeds {
  units: Uint16Array;
  hashes: Uint32Array;
  /** Place + 1; 0 is free. */
  slots: Uint32Array;
  shift: number;
  next: Uint32Array;
}

export function findSpans(units: Uint16Array): SpanFinder {
  const seeds = seedTable(units);
  return {
    runsIn: (other) => runsBetween(seeds, other),
    hasRunAround: (places, window, other) =>
      places.some((place) => {
        const kind = isCjkUnit(units[place]!) ? 'cjk' : 'letters';
        return standsIn(units, { place, length: window[kind], enough: AROUND[kind] }, other);
      }),
  };
}

function standsIn(
  units: Uint16Array,
  { place, length, enough }: { place: number; length: number; enough: number },
  other: Uint16Array,
): boolean {
  let tries = 0;
  for (let j = 0; j + length <= other.length && tries < TRIES; j++) {
    let run = 0;
    while (run < length && units[place + run] === other[j + run]) run += 1;
    if (run < length) continue;
    tries += 1;
    while (
      run < enough &&
      place + run < units.length &&
      j + run < other.length &&
      units[place + run] === other[j + run]
    )
      run += 1;
    let back = 0;
    while (run + back < enough && place > back && j > back && units[place - back - 1] === other[j - back - 1])
      back += 1;
    if (run + back >= enough) return true;
  }
  return tries === TRIES;
}

function seedTable(units: Uint16Array): Seeds {
  const shift = slotShift(units.length);
  const seeds: Seeds = {
    units,
    hashes: seedHashes(units),
    slots: new Uint32Array(2 ** (32 - shift)),
    shift,
    next: new Uint32Array(units.length),
  };
  for (let i = units.length - 1; i >= 0; i--) {
    if (i + seedLength(units[i]!) > units.length) continue;
    const slot = slotOf(seeds, seeds.hashes[i]!);
    if (slot === undefined) continue;
    seeds.next[i] = seeds.slots[slot]!;
    seeds.slots[slot] = i + 1;
  }
  return seeds;
}

/** Of the seed that begins at each place; where it does not fit it is useless. */
function seedHashes(units: Uint16Array): Uint32Array {
  const [k0, k1, k2, k3, k4] = FACTORS;
  const hashes = new Uint32Array(units.length);
  const unitAt = (at: number): number => (at < units.length ? units[at]! : 0);
  const pairAt = (at: number): number => unitAt(at) | (unitAt(at + 1) << 16);
  for (let at = 0; at < units.length; at++) {
    let hash = Math.imul(pairAt(at), k0) + Math.imul(pairAt(at + 2), k1);
    if (!isCjkUnit(units[at]!))
      hash += Math.imul(pairAt(at + 4), k2) + Math.imul(pairAt(at + 6), k3) + Math.imul(unitAt(at + 8), k4);
    hashes[at] = hash;
  }
  return hashes;
}

function seedLength(first: number): number {
  return isCjkUnit(first) ? SEED.cjk : SEED.letters;
}

/** Where a hash stands, or the free slot it would get. */
function slotOf({ hashes, slots, shift }: Seeds, hash: number): number | undefined {
  let slot = hash >>> shift;
  for (let probe = 0; probe < PROBES; probe++) {
    const place = slots[slot]!;
    if (place === 0 || hashes[place - 1] === hash) return slot;
    slot = (slot + 1) & (slots.length - 1);
  }
  return undefined;
}

function runsBetween(seeds: Seeds, other: Uint16Array): Uint32Array {
  const hashes = seedHashes(other);
  // Each is as long as a seed at least, and begins behind the one before.
  const runs = new Uint32Array(3 * Math.ceil(other.length / SEED.cjk));
  let end = 0;
  let diagonal: number | undefined;
  for (let j = 0; j < other.length;) {
    const isCjk = isCjkUnit(other[j]!);
    const seed = isCjk ? SEED.cjk : SEED.letters;
    const slot = j + seed > other.length ? undefined : slotOf(seeds, hashes[j]!);
    const first = slot === undefined ? 0 : seeds.slots[slot]!;
    const { a, length } = longestAt({ seeds, first, other, j, diagonal });
    const goesOn = diagonal !== undefined && Math.abs(a - j - diagonal) <= NEAR_DIAGONAL;
    if (length < seed || (length < (isCjk ? RUN.cjk : RUN.letters) && !goesOn)) {
      j += 1;
      continue;
    }
    diagonal = a - j;
    const back = unitsBefore(seeds.units, a, other, j, runs.subarray(Math.max(0, end - 3), end));
    runs[end++] = a - back;
    runs[end++] = j - back;
    runs[end++] = length + back;
    j += length;
  }
  return runs.slice(0, end);
}

interface Attempt {
  seeds: Seeds;
  first: number;
  other: Uint16Array;
  j: number;
  diagonal: number | undefined;
}

/** The longest of the runs that begin at `j`, of equal ones that nearest to the last diagonal. */
function longestAt({ seeds: { units, next }, first, other, j, diagonal }: Attempt): { a: number; length: number } {
  let best = 0;
  let bestLength = 0;
  let tries = 0;
  const distance = (a: number): number => (diagonal === undefined ? 0 : Math.abs(a - j - diagonal));
  for (let place = first; place !== 0 && tries < TRIES; place = next[place - 1]!) {
    tries += 1;
    const a = place - 1;
    let length = 0;
    while (a + length < units.length && j + length < other.length && units[a + length] === other[j + length]) {
      length += 1;
    }
    if (length > bestLength || (length === bestLength && distance(a) < distance(best))) {
      best = a;
      bestLength = length;
    }
  }
  return { a: best, length: bestLength };
}

/** How many units before a run are equal in both too, too few for a seed, and not in the run before. */
function unitsBefore(units: Uint16Array, a: number, other: Uint16Array, b: number, before: Uint32Array): number {
  const [beforeA = 0, beforeB = 0, length = 0] = before;
  const floorA = beforeA <= a ? beforeA + length : 0;
  const floorB = beforeB + length;
  let back = 0;
  while (a - back > floorA && b - back > floorB && units[a - back - 1] === other[b - back - 1]) back += 1;
  return back;
}
