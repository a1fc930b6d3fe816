import type { Language } from '../model/index.js';

const SAMPLE = 20_000;

/** By letters alone, so that the same text always gets the same answer: Ukrainian has і ї є ґ, Russian ы э ё ъ. */
export function languageOf(text: string): Language {
  const sample = text.slice(0, SAMPLE);
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0;
  const han = count(/[\u3400-\u9fff]/g);
  const kana = count(/[\u3040-\u30ff]/g);
  const cyrillic = count(/[\u0400-\u04ff]/g);
  const latin = count(/[A-Za-z]/g);
  // A Han character carries about as much as three Latin letters.
  if (han * 3 >= Math.max(cyrillic, latin) && han > 0 && kana * 4 < han) return 'zh';
  if (cyrillic >= latin && cyrillic > 0) {
    const ukrainian = count(/[іїєґІЇЄҐ]/g);
    const russian = count(/[ыэёъЫЭЁЪ]/g);
    if (ukrainian > russian) return 'uk';
    return russian > 0 || ukrainian === 0 ? 'ru' : 'unknown';
  }
  return latin > 0 && han === 0 ? 'en' : 'unknown';
}
