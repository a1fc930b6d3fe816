/** Names cut into words: what differs only in width, case, accents or marks is made equal first. */

/** Names longer than this are no names; the rest is not compared, and the answer says so. */
export const LONGEST = 400;
export const MOST_TOKENS = 40;

const LETTERS: Record<string, string> = {
  ł: 'l', ø: 'o', đ: 'd', ð: 'd', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ı: 'i', ĸ: 'к', ħ: 'h', ŋ: 'n', ə: 'e', ŀ: 'l',
}; // prettier-ignore
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
const HAN = /\p{Script=Han}/u;
/** Accents are dropped where they only vary spelling; й, ї and the vowels of Indian scripts are letters. */
const ACCENTS = /(?<=[a-z\p{Script=Greek}\p{Script=Arabic}]\p{M}*)\p{M}/gu;
/** Stress marks of dictionaries; those of й and ї are part of their letters by then. */
const STRESS = /(?<=\p{Script=Cyrillic})\p{M}+/gu;
const WORD = /\p{Script=Han}+|(?:[^\p{Script=Han}\P{L}]|\d)(?:[\p{M}\d]|[^\p{Script=Han}\P{L}])*/gu;

/** A name that prints several: `A / B`, `A a.k.a. B`. Each is compared by itself. */
const ALTERNATIVES =
  /\s+[/|]\s+|(?<=\p{L}{3})\/(?=\p{L}{3})|\s*[;,(]?\s*\b(?:a\.?k\.?a\.?|f\.?k\.?a\.?|a\/k\/a|f\/k\/a|d\/b\/a|n\/k\/a|also known as|formerly known as|formerly|trading as|doing business as)(?!\p{L}):?\s+/giu;
/** `Northern Optical Works (NOW)`: the same name once more, short. */
const ACRONYM_BESIDE =
  /\s*[(（](?!(?:UK|USA?|HK|UAE|PRC|EU|RF)[)）])(?:[A-Z]{2,8}(?:-[A-Z]{1,4})?|[А-ЯІЇЄ]{2,8}|[^()（）]*‘[^()（）]*)[)）]/g;
const LANGUAGE = /^\s*(?:in\s+)?(?:russian|ukrainian|belarusian|belarussian|chinese|arabic|persian|farsi)\s*:\s*/i;

export function alternativesOf(name: string): string[] {
  if (!/[/|:()（]|\b[afdn]\.?k|formerly|trading as|doing business/i.test(name)) return [name];
  const whole = name.replace(LANGUAGE, '');
  const bare = whole.replace(ACRONYM_BESIDE, ' ');
  if (bare !== whole && /\p{L}{3}/u.test(bare)) return [bare, whole];
  const parts = whole.split(ALTERNATIVES).filter((part) => /\p{L}{2}/u.test(part));
  return parts.length > 1 && parts.length <= 6 ? [...parts, whole] : [whole];
}

/** `ПётрИванович`, `BlueLaser`: two words that lost their blank. Both halves are words, not `McKay`. */
const GLUED = /(?<=\p{L}{2}\p{Ll})(?=\p{Lu}\p{L}{2})/gu;

export function plain(name: string): string {
  const short = name.length > LONGEST ? name.slice(0, LONGEST) : name;
  if (/^[\x20-\x7e]*$/.test(short)) {
    const ungapped = /[a-z][A-Z]/.test(short) ? short.replace(GLUED, ' ') : short;
    return ungapped.toLowerCase().replace(/['`]/g, '');
  }
  return short
    .normalize('NFKC')
    .replace(GLUED, ' ')
    .toLowerCase()
    .replace(/[\u200b-\u200f\u00ad\u2060\ufeffـ]/g, '')
    .replace(/\u200c/g, ' ')
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(STRESS, '')
    .replace(SPECIAL, (letter) => LETTERS[letter]!)
    .replace(/['’`ʼʹ′"“”«»‘„ʺ´]/gu, '');
}

/** Letters and digits; a Han run stands alone. `dots` joins `U.S.A.`, which in a person's name are initials. */
export function wordsOf(name: string, { dots = true }: { dots?: boolean } = {}): string[] {
  let text = plain(name);
  if (dots && text.includes('.'))
    text = text.replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}])/gu, (run) => run.replaceAll('.', ''));
  return (text.match(WORD) ?? []).slice(0, MOST_TOKENS);
}

export const isHan = (word: string): boolean => HAN.test(word);

/** Whether a name was cut before it was compared. */
export function cutNote(name: string): string | undefined {
  if (name.length > LONGEST) return `only the first ${LONGEST} characters of ${name.length} were compared`;
  const words = name.length > MOST_TOKENS ? (plain(name).match(WORD) ?? []).length : 0;
  return words > MOST_TOKENS ? `only the first ${MOST_TOKENS} words of ${words} were compared` : undefined;
}
