/**
 * Readings of one word across alphabets. Cyrillic is written in Latin letters in many ways; all are folded to one skeleton
 * instead of being compared as text. Letters that only look alike are read both ways (facts/screening §7).
 */
const CYRILLIC: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i',
  й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u', ф: 'f', х: 'kh',
  ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia', ј: 'j', ѕ: 's', ђ: 'dj', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz', қ: 'k', ғ: 'g', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', ә: 'a',
}; // prettier-ignore

const LOOK_ALIKES = { cyrillic: 'авекмнорстухіјѕ', latin: 'abekmhopctyxijs' };
const TO_LATIN = new Map(Array.from(LOOK_ALIKES.cyrillic, (letter, at) => [letter, LOOK_ALIKES.latin[at]!] as const));
const TO_CYRILLIC = new Map([...TO_LATIN].map(([cyrillic, latin]) => [latin, cyrillic] as const));

const CYRILLIC_LETTER = /\p{Script=Cyrillic}/u;
const LATIN_LETTER = /\p{Script=Latin}/u;

/** How a word was read, for the explanation. */
export const HOWS = [
  'as written',
  'transliterated',
  'look-alike letters',
  'look-alike letters, transliterated',
  'the place',
  'read aloud',
  'read aloud, Wade-Giles',
  'read aloud in Cantonese',
  'the initials of its syllables',
] as const;

export interface WordReading {
  /** What is compared. */
  key: string;
  how: (typeof HOWS)[number];
}

/** Every way to read one lower-case token, the plainest first. */
export function readingsOf(token: string): WordReading[] {
  const readings: WordReading[] = [{ key: token, how: 'as written' }];
  const add = (key: string | undefined, how: WordReading['how']): void => {
    if (key !== undefined && key !== '' && !readings.some((each) => each.key === key)) readings.push({ key, how });
  };
  add(skeletonOf(token), 'transliterated');
  const latin = allReplaced(token, TO_LATIN, CYRILLIC_LETTER);
  if (latin !== undefined && latin !== token) {
    add(latin, 'look-alike letters');
    add(skeletonOf(latin), 'look-alike letters, transliterated');
  }
  const cyrillic = allReplaced(token, TO_CYRILLIC, LATIN_LETTER);
  if (cyrillic !== undefined && cyrillic !== token) add(skeletonOf(cyrillic), 'look-alike letters, transliterated');
  return readings;
}

/** Every letter of one script replaced by its double in the other; undefined when one has none. */
function allReplaced(token: string, table: ReadonlyMap<string, string>, script: RegExp): string | undefined {
  let out = '';
  for (const letter of token) {
    if (!script.test(letter)) out += letter;
    else if (table.has(letter)) out += table.get(letter)!;
    else return undefined;
  }
  return out;
}

/** A word that mixes alphabets (`Tехно` with a Latin T) in the one most of its letters are of, if all can be read so. */
export function dominant(token: string): string {
  if (!CYRILLIC_LETTER.test(token) || !LATIN_LETTER.test(token)) return token;
  const letters = Array.from(token);
  const cyrillic = letters.filter((letter) => CYRILLIC_LETTER.test(letter)).length;
  const latin = letters.filter((letter) => LATIN_LETTER.test(letter)).length;
  const [first, second] = cyrillic >= latin ? (['c', 'l'] as const) : (['l', 'c'] as const);
  return read(token, first) ?? read(token, second) ?? token;
}

export const cyrillicTwin = (token: string): string | undefined => read(token, 'c');

const read = (token: string, script: 'c' | 'l'): string | undefined =>
  script === 'c' ? allReplaced(token, TO_CYRILLIC, LATIN_LETTER) : allReplaced(token, TO_LATIN, CYRILLIC_LETTER);

/** Cyrillic in Latin letters and all its usual spellings folded to one; undefined for scripts it does not know. */
export function skeletonOf(token: string): string | undefined {
  let latin = '';
  for (const letter of token) {
    if (CYRILLIC_LETTER.test(letter)) {
      const known = CYRILLIC[letter];
      if (known === undefined) return undefined;
      latin += known;
    } else latin += letter;
  }
  if (!/^[a-z0-9]+$/.test(latin)) return undefined;
  return foldSpelling(latin);
}

/** OFAC's, passport, British and German spellings of the same sounds. */
function foldSpelling(latin: string): string {
  return latin
    .replace(/shch|schtsch|sch/g, 'sh')
    .replace(/tch/g, 'ch')
    .replace(/kh/g, 'h')
    .replace(/ph/g, 'f')
    .replace(/w/g, 'v')
    .replace(/x/g, 'ks')
    .replace(/tz|ts/g, 'c')
    .replace(/ck/g, 'k')
    .replace(/[yij]+(?=[aeou])/g, '')
    .replace(/[yij]+/g, 'i')
    .replace(/(.)\1+/g, '$1');
}
