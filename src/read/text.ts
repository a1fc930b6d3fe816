/**
 * NFC; zero-width characters, soft hyphens and byte-order marks out; NBSP and its kin to blanks; runs of blanks to one;
 * empty lines out (facts/watching §2.10, §12). Offsets of mentions point into the result.
 */
export function normaliseText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\f\v ]+/g, ' ')
    .replace(/ ?[\r\n\u2028\u2029][\s]*/g, '\n')
    .trim();
}
