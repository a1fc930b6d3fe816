/** Weights of folded units in tenths: a letter says less than a character (facts/copies §10). */
import { isCjkUnit } from '../kernel/index.js';

export const WEIGHT_OF_LETTER = 10;
/** Of a CJK unit, the unit in which lengths are given. */
export const WEIGHT_OF_UNIT = 22;

export const weightOfUnits = (units: number): number => units * WEIGHT_OF_UNIT;

/** Sums of weights: of units before each place. */
export function summedWeights(units: Uint16Array): Uint32Array {
  const sums = new Uint32Array(units.length + 1);
  for (let at = 0; at < units.length; at++)
    sums[at + 1] = sums[at]! + (isCjkUnit(units[at]!) ? WEIGHT_OF_UNIT : WEIGHT_OF_LETTER);
  return sums;
}
