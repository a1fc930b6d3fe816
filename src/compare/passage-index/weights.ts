/** Weights of folded units in tenths: a letter says less than a character (facts/copies §10). */
export const WEIGHT_OF_LETTER = 10;
/** Of a CJK unit, the unit in which lengths are given. */
export const WEIGHT_OF_UNIT = 22;

export const weightOfUnits = (units: number): number => units * WEIGHT_OF_UNIT;
