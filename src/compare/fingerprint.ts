/**
 * Fingerprints: open syncmers over folded text, so that two texts that share a passage share some of their numbers,
 * wherever in each the passage stands (facts/copies §5). All arithmetic is on unsigned 32-bit words.
 */
import { fold } from '../text/index.js';

/** Part of every stored fingerprint: values of different versions must not be compared. */
export const FINGERPRINT_VERSION = 1;

const CJK = { window: 8, gram: 1 } as const;
const LETTERS = { window: 20, gram: 13 } as const;
/** Every window holds eight s-grams and is chosen when the one at this place is the smallest. */
const GRAMS = 8;
const CHOSEN_AT = 3;
const MULTIPLIER = 0x01000193;
/** Texts are cut here: one unit is one letter or digit, so this is some 500 pages. */
const LONGEST = 1_000_000;

/** Kana, Hangul and halves of pairs included (facts/copies §5.1). */
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
export function unitHashes(): Uint32Array {
  hashes ??= Uint32Array.from({ length: 65_536 }, (_, unit) => mixA((Math.imul(unit, 2_654_435_761) + 12_345) >>> 0));
  return hashes;
}

/** Hash of `length` units from every place, by rolling; places where it does not fit hold nothing of use. */
export function rollingGrams(units: Uint16Array, length: number): Uint32Array {
  const table = unitHashes();
  const grams = new Uint32Array(units.length);
  if (units.length < length) return grams;
  let top = 1;
  for (let i = 1; i < length; i++) top = Math.imul(top, MULTIPLIER);
  let hash = 0;
  for (let i = 0; i < units.length; i++) {
    if (i >= length) hash -= Math.imul(table[units[i - length]!]!, top);
    hash = (Math.imul(hash, MULTIPLIER) + table[units[i]!]!) | 0;
    if (i >= length - 1) grams[i - length + 1] = hash >>> 0;
  }
  return grams;
}

export function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(Math.min(text.length, LONGEST));
  for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

/** Chosen windows of already folded text, with their places. */
export function fingerprintsOfFolded(folded: string): { at: number; value: number }[] {
  const units = unitsOf(folded);
  const cjk = Array.from(units, isCjkUnit);
  const order = orderOf(units, cjk);
  const values = { cjk: rollingGrams(units, CJK.window), letters: rollingGrams(units, LETTERS.window) };
  const chosen: { at: number; value: number }[] = [];
  for (let i = 0; i < units.length; i++) {
    const window = cjk[i] ? CJK.window : LETTERS.window;
    if (i + window > units.length || !isSmallest(order, i)) continue;
    chosen.push({ at: i, value: mixB((cjk[i] ? values.cjk : values.letters)[i]!) });
  }
  return chosen;
}

function orderOf(units: Uint16Array, cjk: readonly boolean[]): Uint32Array {
  const ones = rollingGrams(units, CJK.gram);
  const long = rollingGrams(units, LETTERS.gram);
  const order = new Uint32Array(units.length);
  for (let i = 0; i < units.length; i++) {
    const fits = i + (cjk[i] ? CJK.gram : LETTERS.gram) <= units.length;
    order[i] = fits ? mixA((cjk[i] ? ones : long)[i]!) : 0xffffffff;
  }
  return order;
}

/** Ties count as chosen. */
function isSmallest(order: Uint32Array, at: number): boolean {
  const mine = order[at + CHOSEN_AT] ?? 0xffffffff;
  for (let j = 0; j < GRAMS; j++) if ((order[at + j] ?? 0xffffffff) < mine) return false;
  return true;
}

/** Distinct fingerprints of a text, sorted, as signed 32-bit integers (the form PostgreSQL's `int4` keeps). */
export function fingerprints(text: string): number[] {
  const values = new Set(fingerprintsOfFolded(fold(text).text).map(({ value }) => value | 0));
  return [...values].sort((a, b) => a - b);
}
