/** One word of a name with its class, its weight and everything it is compared by. */
import { BoundedMap } from '../bounded-map.js';
import { ARABIC, arabicBones, latinBones } from './arabic.js';
import { fatherOf, givenGroup, isPatronymic } from './given.js';
import { cutHan, meaningsOf, readAloud, readInCantonese, readingsAloud, wadeGiles } from './han.js';
import { soundsOfSyllables, soundsOfWord } from './han-sound.js';
import { hanNumber, numberOf } from './numbers.js';
import { otherScript } from './other-scripts.js';
import { fromPalladius } from './palladius.js';
import { consonants, roughSounds, sinoKey, soundOf } from './sounds.js';
import { isHan } from './tokens.js';
import { type WordReading, dominant, readingsOf, skeletonOf } from './transliterate.js';
import { type WordClass, isWeakTerm } from './words.js';

export const SCRIPTS = ['latin', 'cyrillic', 'arabic', 'han', 'other'] as const;

export interface NamePart {
  /** Lower case, as written otherwise. */
  token: string;
  class: WordClass;
  readings: WordReading[];
  /** Share of the whole this part has, before rarity. */
  weight: number;
  script: (typeof SCRIPTS)[number];
  /** Cyrillic and Latin spellings of one sound folded to one; of a Han brand the initials of its syllables, as an acronym has them. */
  skeleton: string;
  consonants: string;
  /** The order of stops and hisses, for Chinese against Latin. */
  rough: string;
  /** Arabic consonants. */
  bones: string;
  /** Meaning shared across languages. */
  term: string | undefined;
  /** Given names that are one; a patronymic has the father's, negated. */
  given: number;
  /** Pinyin and its rivals folded to one, for persons. */
  sino: string;
  number: number | undefined;
  patronymic: boolean;
  /** Consonants of the father's name. */
  father: string;
  /** For a single letter that stands for a word. */
  initial: boolean;
  /** English words for the characters of a Han brand, with the share of it each says. */
  meanings: ReadonlyMap<string, number> | undefined;
  /** Two and more characters a Han brand begins with, read aloud. */
  beginnings: readonly string[] | undefined;
  /** What a Han brand sounds like, in each way it may be read. */
  sounds: readonly string[] | undefined;
  /** `rough` of the other ways. */
  otherRoughs: readonly string[] | undefined;
  /** Number of the word among those of a list; -1 for a word that is asked. */
  word: number;
}

export const WEIGHT: Record<WordClass, number> = {
  form: 0,
  country: 0.3,
  place: 0.35,
  common: 0.5,
  number: 1.1,
  brand: 1,
  initial: 0.4,
  particle: 0.12,
};
const WEAK_TERM = 0.35;
const PATRONYMIC = 0.5;

/** Parts by word: vocabularies repeat, and readings are the dear part of a name. */
const CACHE_MOST = 200_000;
const cache = new BoundedMap<string, NamePart>(CACHE_MOST);

export function partOf(token: string, kind: WordClass, person: boolean, term?: string): NamePart {
  const key = `${kind} ${person ? 'p' : 'o'} ${term ?? ''} ${token}`;
  return cache.getOrMake(key, () => makePart(token, kind, person, term));
}

function makePart(token: string, kind: WordClass, person: boolean, term: string | undefined): NamePart {
  const script = scriptOf(token);
  // Letters that have no sound of their own give nothing to read.
  const latin = (script === 'other' ? otherScript(token) : undefined) || undefined;
  const base = dominant(token);
  const skeleton =
    script === 'han' ? (kind === 'brand' && !person ? acronymOfHan(token) : '') : (skeletonOf(latin ?? base) ?? '');
  const readings = kind === 'form' ? [] : script === 'han' ? hanReadings(token, kind, person) : readingsOf(token);
  if (person && /[a-z]\d|\d[a-z]/.test(token))
    readings.push({ key: token.replace(/\d/g, (digit) => 'oizeasbtbg'[Number(digit)]!), how: 'look-alike letters' });
  if (latin !== undefined) readings.push({ key: latin, how: 'transliterated' });
  if (script === 'cyrillic' && kind === 'brand')
    for (const key of fromPalladius(base)) readings.push({ key, how: 'transliterated' });
  const given = person && kind === 'brand' ? givenGroup(base) : 0;
  const patronymic =
    person &&
    kind === 'brand' &&
    (isPatronymic(base) || given < 0 || (script === 'cyrillic' && fatherOf(base) !== undefined && isPatronymic(base)));
  const number = kind === 'number' ? (numberOf(base) ?? hanNumber(token)) : undefined;
  const brand = script === 'han' && kind === 'brand' && !person ? hanBrand(token) : undefined;
  return {
    token,
    class: kind,
    readings,
    weight: patronymic
      ? PATRONYMIC
      : kind === 'common' && term !== undefined && isWeakTerm(term)
        ? WEAK_TERM
        : WEIGHT[kind],
    script,
    skeleton,
    rough:
      kind === 'brand'
        ? roughSounds(script === 'latin' ? token : (readings.find(({ how }) => how === 'read aloud')?.key ?? ''))
        : '',
    consonants: consonants(script === 'latin' && !person ? soundOf(base) : skeleton),
    bones:
      script === 'arabic'
        ? arabicBones(token)
        : script === 'latin'
          ? latinBones(token)
          : latin !== undefined
            ? latinBones(latin)
            : '',
    term,
    given,
    sino: person && script === 'latin' && kind === 'brand' ? sinoKey(token) : '',
    number,
    meanings: brand?.meanings,
    beginnings: brand?.beginnings,
    sounds: brand?.sounds,
    otherRoughs: brand?.otherRoughs,
    patronymic,
    father: patronymic ? consonants(skeletonOf(fatherOf(base) ?? '') ?? '') : '',
    initial: kind === 'initial',
    word: -1,
  };
}

function scriptOf(token: string): NamePart['script'] {
  if (/^[a-z0-9 ]+$/.test(token)) return 'latin';
  if (/[Ѐ-ӿ]/.test(token)) return 'cyrillic';
  if (ARABIC.test(token)) return 'arabic';
  if (isHan(token)) return 'han';
  return /[a-z]/.test(token) ? 'latin' : 'other';
}

function hanReadings(token: string, kind: WordClass, person: boolean): WordReading[] {
  const readings: WordReading[] = [{ key: token, how: 'as written' }];
  const add = (key: string | undefined, how: WordReading['how']): void => {
    if (key !== undefined && key !== '' && !readings.some((each) => each.key === key)) readings.push({ key, how });
  };
  if (kind === 'place') {
    const piece = cutHan(token)[0];
    for (const name of piece?.kind === 'place' ? piece.names : []) add(name, 'the place');
    return readings;
  }
  const syllables = readAloud(token, { surname: person });
  add(syllables.join(''), 'read aloud');
  add(syllables.map((syllable) => syllable.replace('v', 'u')).join(''), 'read aloud');
  add(syllables.map((syllable) => syllable.replace('v', 'yu')).join(''), 'read aloud');
  if (kind === 'brand') add(syllables.map(wadeGiles).join(''), 'read aloud, Wade-Giles');
  if (kind === 'brand') add(readInCantonese(token, { surname: person })?.join(''), 'read aloud in Cantonese');
  if (person || kind !== 'brand') return readings;
  for (const variant of readingsAloud(token)) add(variant.join(''), 'read aloud');
  const initials = syllables.map((syllable) => syllable[0]).join('');
  if (initials.length >= 2 && initials.length <= 5) add(initials, 'the initials of its syllables');
  return readings;
}

/** Three to five syllables may be the beginnings of as many words. */
function acronymOfHan(token: string): string {
  if (token.length < 3 || token.length > 5) return '';
  const initials = readAloud(token).map((syllable) => syllable[0]);
  return skeletonOf(initials.join('')) ?? '';
}

/** What a firm may have made of its name: translated it, or written down how it sounds. */
function hanBrand(token: string): Pick<NamePart, 'meanings' | 'beginnings' | 'sounds' | 'otherRoughs'> {
  const aloud = readingsAloud(token);
  const cantonese = readInCantonese(token);
  const sounds = new Set(aloud.map(soundsOfSyllables));
  if (cantonese) sounds.add(soundsOfWord(cantonese.join('')));
  return {
    meanings: meaningsOf(token),
    beginnings: Array.from({ length: Math.max(0, token.length - 2) }, (_, at) => aloud[0]!.slice(0, at + 2).join('')),
    sounds: [...sounds],
    otherRoughs: [...aloud.slice(1), ...(cantonese ? [cantonese] : [])].map((each) => roughSounds(each.join(''))),
  };
}
