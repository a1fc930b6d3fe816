/** What makes two fingerprints comparable (facts/copies §5.1). */

export interface ClassParameters {
  /** Units of a window, which is what a fingerprint stands for. */
  window: number;
  /** Units of each of the eight s-grams of a window: one decides whether the window is chosen. */
  gram: number;
}

/** By the class of a window's first unit: CJK (kana, Hangul and halves of pairs included), or any other letter or digit. */
export interface FingerprintParameters {
  cjk: ClassParameters;
  letters: ClassParameters;
}

/** Part of every stored fingerprint: it says which fold and parameters are the default; values of different versions must not be compared. */
export const FINGERPRINT_VERSION = 2;

/** Shorter windows for letters than version 1 had (20 and 13): of scattered edits more is found (facts/copies §5.5). */
export const FINGERPRINT_DEFAULTS: FingerprintParameters = {
  cjk: { window: 8, gram: 1 },
  letters: { window: 12, gram: 5 },
};

/** Every window holds eight s-grams and is chosen when the one at this place is the smallest. */
export const GRAMS = 8;
export const CHOSEN_AT = 3;
/** So much is read behind a window at once. */
const LONGEST_WINDOW = 64;

/** Texts are cut here: one unit is one letter or digit, so this is some 500 pages. */
export const LONGEST = 1_000_000;

export function checkParameters({ cjk, letters }: FingerprintParameters): void {
  for (const { window, gram } of [cjk, letters])
    if (!Number.isInteger(gram) || gram < 1 || window > LONGEST_WINDOW || window - gram + 1 !== GRAMS)
      throw new RangeError(`a window of ${window} units does not hold ${GRAMS} grams of ${gram}`);
}
