/** Hashes of units and of runs of them (facts/copies §5.1). All arithmetic is on unsigned 32-bit words. */

const MULTIPLIER = 0x01000193;

/** Kana, Hangul and halves of pairs included. */
export function isCjkUnit(unit: number): boolean {
  return (unit >= 0x2e80 && unit <= 0xdfff) || (unit >= 0xf900 && unit <= 0xfaff);
}

/** The MurmurHash3 finaliser. */
export function mixA(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A second mixer: the choice of a window and the value stored for it must be independent. */
export function mixB(word: number): number {
  let h = (word ^ 0x5bd1e995) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

let hashes: Uint32Array | undefined;

/** `v(u)` of facts/copies §5.1 for each UTF-16 unit. */
function unitHashes(): Uint32Array {
  hashes ??= Uint32Array.from({ length: 65_536 }, (_, unit) => mixA((Math.imul(unit, 2_654_435_761) + 12_345) >>> 0));
  return hashes;
}

/** Hash of `length` units from every place, by rolling; places where it does not fit hold nothing of use. */
function rollingGrams(units: Uint16Array, length: number): Uint32Array {
  const table = unitHashes();
  const grams = new Uint32Array(units.length);
  if (units.length < length) return grams;
  let top = 1;
  for (let i = 1; i < length; i++) top = Math.imul(top, MULTIPLIER);
  let hash = 0;
  for (let i = 0; i < length - 1; i++) hash = (Math.imul(hash, MULTIPLIER) + table[units[i]!]!) | 0;
  for (let from = 0, to = length - 1; to < units.length; from++, to++) {
    hash = (Math.imul(hash, MULTIPLIER) + table[units[to]!]!) | 0;
    grams[from] = hash;
    hash = (hash - Math.imul(table[units[from]!]!, top)) | 0;
  }
  return grams;
}

export interface Lengths {
  cjk: number;
  letters: number;
}

/** From every place the hash of as many units as the class of the first asks for; useless where they do not fit. */
export function gramsByClass(units: Uint16Array, { cjk, letters }: Lengths): Uint32Array {
  const grams = rollingGrams(units, cjk);
  const others = rollingGrams(units, letters);
  for (let i = 0; i < units.length; i++) if (!isCjkUnit(units[i]!)) grams[i] = others[i]!;
  return grams;
}
