/** The definitions of facts/copies §5.1 and §9 written down as they stand there, slow and without a table or a rolling hash. */
import { fold } from '../../../text/index.js';
import { isCjkUnit, mixA, mixB } from '../hashes.js';
import type { FingerprintParameters } from '../parameters.js';

type ByClass = Record<'cjk' | 'letters', number>;

const lengthOf = (unit: number, { cjk, letters }: ByClass): number => (isCjkUnit(unit) ? cjk : letters);

function gram(units: Uint16Array, at: number, length: number): number {
  let hash = 0;
  for (const unit of units.subarray(at, at + length))
    hash = (Math.imul(hash, 0x01000193) + mixA((Math.imul(unit, 2_654_435_761) + 12_345) >>> 0)) | 0;
  return hash >>> 0;
}

export function windowsOf(units: Uint16Array, { cjk, letters }: FingerprintParameters): [at: number, value: number][] {
  const fits = (at: number, length: number): boolean => at + length <= units.length;
  const order = (at: number): number => {
    if (at >= units.length) return 0xffffffff;
    const length = lengthOf(units[at]!, { cjk: cjk.gram, letters: letters.gram });
    return fits(at, length) ? mixA(gram(units, at, length)) : 0xffffffff;
  };
  const chosen: [number, number][] = [];
  for (const [at, unit] of units.entries()) {
    const length = lengthOf(unit, { cjk: cjk.window, letters: letters.window });
    const orders = Array.from({ length: 8 }, (_, j) => order(at + j));
    if (fits(at, length) && orders[3] === Math.min(...orders)) chosen.push([at, mixB(gram(units, at, length))]);
  }
  return chosen;
}

type Run = [a: number, b: number, length: number];

export function runsOf(a: Uint16Array, b: Uint16Array): Run[] {
  const seedAt = (units: Uint16Array, at: number): string | undefined => {
    const seed = units.subarray(at, at + lengthOf(units[at]!, { cjk: 4, letters: 9 }));
    return seed.length < lengthOf(units[at]!, { cjk: 4, letters: 9 }) ? undefined : seed.join();
  };
  const places = new Map<string, number[]>();
  for (const at of a.keys()) {
    const seed = seedAt(a, at);
    if (seed !== undefined) places.set(seed, [...(places.get(seed) ?? []), at].slice(0, 64));
  }
  const equal = (i: number, j: number): number => {
    let length = 0;
    while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length += 1;
    return length;
  };
  const runs: Run[] = [];
  let diagonal: number | undefined;
  for (let j = 0; j < b.length;) {
    const far = (i: number): number => (diagonal === undefined ? 0 : Math.abs(i - j - diagonal));
    const [best] = (places.get(seedAt(b, j) ?? '') ?? [])
      .map((i) => ({ i, length: equal(i, j) }))
      .sort((x, y) => y.length - x.length || far(x.i) - far(y.i) || x.i - y.i);
    const enough = lengthOf(b[j]!, { cjk: 6, letters: 14 });
    if (!best || (best.length < enough && (diagonal === undefined || far(best.i) > 40))) {
      j += 1;
      continue;
    }
    const [beforeA, beforeB, before] = runs.at(-1) ?? [0, 0, 0];
    const floorA = beforeA <= best.i ? beforeA + before : 0;
    let back = 0;
    while (best.i - back > floorA && j - back > beforeB + before && a[best.i - back - 1] === b[j - back - 1]) back += 1;
    runs.push([best.i - back, j - back, best.length + back]);
    diagonal = best.i - j;
    j += best.length;
  }
  return runs;
}

/** The default windows that begin at `places` of `a`, each made longer to both sides where it stands in `b`, as far as both go on. */
export function isAround(a: Uint16Array, places: Uint32Array, b: Uint16Array): boolean {
  return [...places].some((place) => {
    const long = lengthOf(a[place]!, { cjk: 20, letters: 44 });
    const window = lengthOf(a[place]!, { cjk: 8, letters: 12 });
    const starts = Array.from({ length: long - window + 1 }, (_, back) => place - back).filter(
      (start) => start >= 0 && start + long <= a.length,
    );
    const [here, there] = [a, b].map((units) => String.fromCharCode(...units.subarray(0, 100_000)));
    const isEverywhere = timesIn(there!, here!.slice(place, place + window)) >= 64;
    return isEverywhere || starts.some((start) => there!.includes(here!.slice(start, start + long)));
  });
}

function timesIn(text: string, sought: string): number {
  if (sought === '') return 0;
  let times = 0;
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) times += 1;
  return times;
}

/** As `Kernel.fold`, by what the rest of the product folds with. */
export function unitsOfFold(text: string): { units: number[]; pos: number[] } {
  const { text: folded, pos } = fold(text);
  return { units: Array.from({ length: folded.length }, (_, at) => folded.charCodeAt(at)), pos: Array.from(pos) };
}
