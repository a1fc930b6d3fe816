/**
 * Names read aloud for search: what a typed name is held against. Coarser than what is shown to readers (`../romanise.ts`), whose marks
 * and apostrophes nobody types.
 */
import { pinyin } from 'pinyin-pro';

const RUSSIAN: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't',
  у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
}; // prettier-ignore

/** Resolution 55 of the Ukrainian government, 27 January 2010. */
const UKRAINIAN: Readonly<Record<string, string>> = {
  ...RUSSIAN, г: 'h', ґ: 'g', е: 'e', є: 'ie', и: 'y', і: 'i', ї: 'i', й: 'i', ю: 'iu', я: 'ia',
}; // prettier-ignore

/** Differ at the beginning of a word. */
const UKRAINIAN_FIRST: Readonly<Record<string, string>> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' };

const WORD = /[\p{sc=Cyrillic}'’ʼ]+/gu;
const HAN = /\p{sc=Han}+/gu;

/** The whole text with what is Chinese or Cyrillic in it read aloud; the rest stays. */
export function romanised(text: string): string {
  return text
    .replace(HAN, (run, at: number) => {
      const spoken = pinyin(run, { type: 'array', toneType: 'none' }).join(' ');
      return `${isLetterBefore(text, at) ? ' ' : ''}${spoken}${isLetterAt(text, at + run.length) ? ' ' : ''}`;
    })
    .replace(WORD, (word) => transliterated(word, /[іїєґІЇЄҐ]/.test(word)));
}

const isLetterAt = (text: string, at: number): boolean => /[\p{L}\p{N}]/u.test(text.charAt(at));
const isLetterBefore = (text: string, at: number): boolean => at > 0 && isLetterAt(text, at - 1);

function transliterated(word: string, ukrainian: boolean): string {
  const table = ukrainian ? UKRAINIAN : RUSSIAN;
  const lower = word.toLowerCase();
  const source = ukrainian ? lower.replaceAll('зг', '\u0001') : lower;
  let out = '';
  for (const [at, letter] of Array.from(source).entries()) {
    if (letter === '\u0001') out += 'zgh';
    else if (/['’ʼ]/.test(letter)) continue;
    else out += (ukrainian && at === 0 ? UKRAINIAN_FIRST[letter] : undefined) ?? table[letter] ?? letter;
  }
  if (word !== lower && word === word.toUpperCase() && word.length > 1) return out.toUpperCase();
  return /^\p{Lu}/u.test(word) ? out.charAt(0).toUpperCase() + out.slice(1) : out;
}

/**
 * Latin letters alone, common spellings of one sound made one: what a typed name and a read-aloud one are held against each other by.
 * `wu ren ji`, `Wurenji` and 无人机 are one.
 */
export function romanKey(latin: string): string {
  return latin
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/shch|sch/g, 'sh')
    .replace(/kh/g, 'h')
    .replace(/w/g, 'v')
    .replace(/([ln])v(?=e|$)/g, '$1u')
    .replace(/[yj](?=[aeiou])/g, 'i')
    .replace(/ii/g, 'i');
}
