/**
 * Fingerprints: open syncmers over folded text, so that two texts that share a passage share some of their numbers,
 * wherever in each the passage stands (facts/copies §5).
 */
import { gramsByClass, isCjkUnit, mixA, mixB } from './hashes.js';
import { CHOSEN_AT, type FingerprintParameters, GRAMS } from './parameters.js';

export interface Chosen {
  /** Places of chosen windows, ascending. */
  at: Uint32Array;
  /** The fingerprint at each. */
  values: Uint32Array;
}

export function chooseWindows(units: Uint16Array, { cjk, letters }: FingerprintParameters): Chosen {
  const order = orderOf(units, { cjk: cjk.gram, letters: letters.gram });
  const values = gramsByClass(units, { cjk: cjk.window, letters: letters.window });
  const at = new Uint32Array(units.length);
  let count = 0;
  for (let i = 0; i < units.length; i++) {
    if (!isSmallest(order, i) || i + (isCjkUnit(units[i]!) ? cjk.window : letters.window) > units.length) continue;
    // Never before its own place, so the value that is read is still the gram.
    values[count] = mixB(values[i]!);
    at[count++] = i;
  }
  return { at: at.slice(0, count), values: values.slice(0, count) };
}

function orderOf(units: Uint16Array, lengths: { cjk: number; letters: number }): Uint32Array {
  const grams = gramsByClass(units, lengths);
  const order = new Uint32Array(units.length + GRAMS).fill(0xffffffff);
  for (let i = 0; i < units.length; i++)
    if (i + (isCjkUnit(units[i]!) ? lengths.cjk : lengths.letters) <= units.length) order[i] = mixA(grams[i]!);
  return order;
}

/** Ties count as chosen. */
function isSmallest(order: Uint32Array, at: number): boolean {
  const mine = order[at + CHOSEN_AT]!;
  for (let j = at; j < at + GRAMS; j++) if (order[j]! < mine) return false;
  return true;
}
