/** A name cut into parts with their class and all their readings: what is indexed and what the aligner compares. */
import { ARABIC, arabicBones, latinBones } from './arabic.js';
import { countryCode } from './countries.js';
import { fatherOf, givenGroup, isPatronymic } from './given.js';
import { type HanPiece, cutHan, meaningsOf, readAloud, simplified, southernSurname, wadeGiles } from './han.js';
import { hanNumber, numberOf } from './numbers.js';
import { otherScript } from './other-scripts.js';
import { consonants, sinoKey, soundOf } from './sounds.js';
import { acronymOf, termOf } from './terms.js';
import { isHan, wordsOf } from './tokens.js';
import { type WordReading, cyrillicTwin, dominant, readingsOf, skeletonOf } from './transliterate.js';
import { type WordClass, formAt, isParticle, isStop, isTitle, isWeakTerm } from './words.js';

export interface NamePart {
  /** Lower case, as written otherwise. */
  token: string;
  class: WordClass;
  readings: WordReading[];
  /** Share of the whole this part has, before rarity. */
  weight: number;
  script: 'latin' | 'cyrillic' | 'arabic' | 'han' | 'other';
  /** Cyrillic and Latin spellings of one sound folded to one. */
  skeleton: string;
  consonants: string;
  /** Arabic consonants. */
  bones: string;
  /** Meaning shared across languages. */
  term?: string;
  /** Given names that are one; a patronymic has the father's, negated. */
  given: number;
  /** Pinyin and its rivals folded to one, for persons. */
  sino: string;
  number?: number;
  patronymic: boolean;
  /** Consonants of the father's name. */
  father: string;
  /** For a single letter that stands for a word. */
  initial: boolean;
  /** Han characters translated one by one. */
  meanings?: string[];
}

export interface NameParts {
  parts: NamePart[];
  /** Countries named inside the name itself. */
  countries: string[];
  /** Nothing but common words and legal forms: such a name is met by its exact twin only. */
  isGeneric: boolean;
  person: boolean;
  /** No profit is sought: never one with a firm. */
  nonprofit: boolean;
}

const WEIGHT: Record<WordClass, number> = { form: 0, country: 0.3, place: 0.35, common: 0.5, number: 1.1, brand: 1, initial: 0.4, particle: 0.12 };
const WEAK_TERM = 0.35;
const PATRONYMIC = 0.5;

/** Parts by word: vocabularies repeat, and readings are the dear part of a name. */
const CACHE_MOST = 200_000;
const cache = new Map<string, NamePart>();

export function partsOf(name: string, { person = false }: { person?: boolean } = {}): NameParts {
  return person ? personParts(name) : organisationParts(name);
}

/** `Habib Allah`, `Saif al-Din`: one name in two words. */
const SUFFIX = /^(?:[aou]l?lah|[aeiou]d?din|din|eddine|الله|اللہ|اللهي|الدين|الدین)$/;

const lastBrand = (parts: readonly NamePart[]): boolean => parts.some(({ class: kind }) => kind === 'brand');

function joinLast(parts: NamePart[], word: string): void {
  while (parts.at(-1)!.class !== 'brand') parts.pop();
  const before = parts.pop()!;
  parts.push(partOf(before.token + word.replace(/^ال(?=د)/, '').replace(/^[aeiou]d(?=din)/, ''), 'brand', true));
}

function personParts(name: string): NameParts {
  const words = wordsOf(name, { dots: false });
  const parts: NamePart[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (isHan(word)) parts.push(...hanPerson(word));
    else if (isTitle(word) && words.length > 1) continue;
    else if (SUFFIX.test(word) && lastBrand(parts)) joinLast(parts, word);
    else if (/^(?:abd|abdul|abdel|abdal|abdol|abdou|عبد)$/.test(word) && at + 1 < words.length) {
      let next = at + 1;
      while (next + 1 < words.length && isParticle(words[next]!)) next += 1;
      parts.push(partOf(`${ARABIC.test(word) ? word : 'abd'}${words[next]!.replace(/^ال/, '')}`, 'brand', true));
      at = next;
    } else if (isParticle(word)) parts.push(partOf(word, 'particle', true));
    else if (Array.from(word).length === 1 && /[a-zа-яіїєё]/.test(word)) parts.push(partOf(word, 'initial', true));
    else if (/^[bcdfghjklmnpqrstvwxz]{2}$/.test(word)) for (const letter of word) parts.push(partOf(letter, 'initial', true));
    else parts.push(partOf(word, 'brand', true));
  }
  const isGeneric = parts.every(({ class: kind }) => kind === 'particle' || kind === 'initial');
  const settled = isGeneric ? parts.map((part) => ({ ...part, weight: 1 })) : oneFather(parts);
  return { parts: settled, countries: [], isGeneric: isGeneric && parts.length > 0, person: true, nonprofit: false };
}

/** Lukashevich is a family name when nothing else can be: a father's name stands beside two others, and there is one. */
function oneFather(parts: NamePart[]): NamePart[] {
  const fathers = parts.filter(({ patronymic }) => patronymic);
  if (fathers.length === 0) return parts;
  const heavy = parts.filter(({ class: kind }) => kind === 'brand').length;
  const one = heavy < 3 ? undefined : (fathers.find(({ given }) => given < 0) ?? fathers[0]);
  return parts.map((part) => (part.patronymic && part !== one ? { ...part, patronymic: false, given: 0, weight: WEIGHT.brand } : part));
}

function organisationParts(name: string): NameParts {
  const words = wordsOf(name);
  const parts: NamePart[] = [];
  const countries: string[] = [];
  let nonprofit = false;
  const push = (token: string, kind: WordClass, term?: string): void => {
    const before = parts.at(-1);
    // Научно-исследовательский is `research` once.
    if (term !== undefined && before?.term === term && kind === 'common') return;
    parts.push(partOf(token, kind, false, term));
  };
  const plainWords = inOneScript(words.map((word) => dominant(word)));
  for (let at = 0; at < words.length;) {
    const word = plainWords[at]!;
    const form = formAt(plainWords, at);
    if (form > 0) {
      const token = plainWords.slice(at, at + form).join(' ');
      nonprofit ||= /^(?:ano|ано|автономная|некоммерческая|autonomous)/.test(token);
      push(token, 'form');
      at += form;
      continue;
    }
    const [code, length] = countryAt(plainWords, at);
    if (code !== undefined) {
      countries.push(code);
      push(plainWords.slice(at, at + length).join(' '), 'country', `country ${code}`);
      at += length;
      continue;
    }
    at += 1;
    // `named after A.I. Shokin`: the initials come and go between languages.
    if (/^\p{L}{1,2}$/u.test(word) && NAMED.test(plainWords.slice(Math.max(0, at - 3), at - 1).join(' '))) continue;
    if (isHan(word)) hanOrganisation(simplified(word), push, countries);
    else if (!isStop(word)) wordPart(words[at - 1]!, word, push);
  }
  return settle(sumNumbers(parts), countries, nonprofit);
}

const NAMED = /(?:^| )(?:им|имени|імені|after)(?: \p{L}{1,2})?$/u;

/** `Forty four` is 44. */
function sumNumbers(parts: NamePart[]): NamePart[] {
  return parts.flatMap((part, at) => {
    const [before, next] = [parts[at - 1], parts[at + 1]];
    const tens = ({ number = 0 }: NamePart): boolean => number >= 20 && number < 100 && number % 10 === 0;
    const ones = (other: NamePart | undefined): other is NamePart => other?.number !== undefined && other.number > 0 && other.number < 10;
    if (before && tens(before) && ones(part)) return [];
    return tens(part) && ones(next) ? [partOf(String(part.number! + next.number!), 'number', false)] : [part];
  });
}

/** `Общество C ограниченной` with a Latin C: a lone Latin double in a Cyrillic name is Cyrillic. */
function inOneScript(words: string[]): string[] {
  const cyrillic = words.filter((word) => /[Ѐ-ӿ]/.test(word)).length;
  if (cyrillic * 2 < words.length) return words;
  return words.map((word) => (/^[a-z]$/.test(word) ? (cyrillicTwin(word) ?? word) : word));
}

function wordPart(written: string, word: string, push: (token: string, kind: WordClass, term?: string) => void): void {
  const meaning = termOf(word);
  // What Company and Corporation are in English they are in Russian.
  if (meaning === 'company' || meaning === 'corporation') return push(word, 'form');
  const acronym = acronymOf(word);
  const joined = /^(\d{1,4})([a-zа-яё]{2,5})$/.exec(word);
  if (acronym) for (const term of acronym) push(term, 'common', term);
  else if (numberOf(word) !== undefined) push(word, 'number');
  else if (joined && acronymOf(joined[2]!)) {
    push(joined[1]!, 'number');
    for (const term of acronymOf(joined[2]!)!) push(term, 'common', term);
  } else {
    const kind = meaning === undefined ? (/^\p{L}$/u.test(word) ? 'initial' : 'brand') : 'common';
    push(meaning === undefined ? written : word, kind, meaning);
  }
}

/** A name made of nothing but forms and common words is still a name: `Trading House LLC`. */
function settle(parts: NamePart[], countries: string[], nonprofit: boolean): NameParts {
  const isGeneric = !parts.some(({ class: kind }) => kind === 'brand' || kind === 'number');
  const settled = isGeneric ? parts.map((part) => (part.class === 'form' ? part : { ...part, weight: part.class === 'common' ? 1 : 0.8 })) : parts;
  return { parts: settled, countries, isGeneric, person: false, nonprofit };
}

/** A country's name of up to three words. */
function countryAt(words: readonly string[], at: number): [string | undefined, number] {
  for (let length = Math.min(3, words.length - at); length >= 1; length--) {
    const text = words.slice(at, at + length).join(' ');
    const code = text === 'us' || text === 'usa' ? 'us' : text === 'uk' ? 'gb' : text === 'hk' ? 'hk' : text.length < 4 && !isHan(text) ? undefined : countryCode(text);
    if (code !== undefined) return [code, length];
  }
  return [undefined, 0];
}

function hanOrganisation(run: string, push: (token: string, kind: WordClass, term?: string) => void, countries: string[]): void {
  for (const piece of cutHan(run)) {
    const code = piece.kind === 'form' ? undefined : countryCode(piece.text);
    if (code !== undefined) {
      countries.push(code);
      push(piece.text, 'country', `country ${code}`);
    } else if (piece.kind === 'term') for (const term of piece.concepts) push(piece.concepts.length > 1 ? term : piece.text, 'common', term);
    else hanPiece(piece, push);
  }
}

function hanPiece(piece: HanPiece, push: (token: string, kind: WordClass, term?: string) => void): void {
  if (piece.kind === 'form') push(piece.text, 'form');
  else if (piece.kind === 'place') push(piece.text, 'place');
  else push(piece.text, hanNumber(piece.text) === undefined ? 'brand' : 'number');
}

/** Two to four characters are surname and given name; more are a foreign name written by sound. */
function hanPerson(run: string): NamePart[] {
  const name = simplified(run);
  if (name.length < 2 || name.length > 4) return [partOf(name, 'brand', true)];
  const split = name.length === 4 || /^(?:欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|林郑)/.test(name) ? 2 : 1;
  return [partOf(name.slice(0, split), 'brand', true), partOf(name.slice(split), 'brand', true)].filter(({ token }) => token !== '');
}

function partOf(token: string, kind: WordClass, person: boolean, term?: string): NamePart {
  const key = `${kind} ${person ? 'p' : 'o'} ${term ?? ''} ${token}`;
  const held = cache.get(key);
  if (held) return held;
  const made = makePart(token, kind, person, term);
  if (cache.size >= CACHE_MOST) cache.clear();
  cache.set(key, made);
  return made;
}

function makePart(token: string, kind: WordClass, person: boolean, term: string | undefined): NamePart {
  const script = scriptOf(token);
  const latin = script === 'other' ? otherScript(token) : undefined;
  const base = dominant(token);
  const skeleton = script === 'han' ? '' : (skeletonOf(latin ?? base) ?? '');
  const readings = kind === 'form' ? [] : script === 'han' ? hanReadings(token, kind, person) : readingsOf(token);
  if (person && /[a-z]\d|\d[a-z]/.test(token)) readings.push({ key: token.replace(/\d/g, (digit) => 'oizeasbtbg'[Number(digit)]!), how: 'look-alike letters' });
  if (latin !== undefined) readings.push({ key: latin, how: 'transliterated' });
  const given = person && kind === 'brand' ? givenGroup(base) : 0;
  const patronymic = person && kind === 'brand' && (isPatronymic(base) || given < 0 || (script === 'cyrillic' && fatherOf(base) !== undefined && isPatronymic(base)));
  const number = kind === 'number' ? (numberOf(base) ?? hanNumber(token)) : undefined;
  return {
    token,
    class: kind,
    readings,
    weight: patronymic ? PATRONYMIC : kind === 'common' && term !== undefined && isWeakTerm(term) ? WEAK_TERM : WEIGHT[kind],
    script,
    skeleton,
    consonants: consonants(script === 'latin' && !person ? soundOf(base) : skeleton),
    bones: script === 'arabic' ? arabicBones(token) : script === 'latin' ? latinBones(token) : latin !== undefined ? latinBones(latin) : '',
    ...(term === undefined ? {} : { term }),
    given,
    sino: person && script === 'latin' && kind === 'brand' ? sinoKey(token) : '',
    ...(number === undefined ? {} : { number }),
    ...(script === 'han' && kind === 'brand' && !person ? { meanings: meaningsOf(token) } : {}),
    patronymic,
    father: patronymic ? consonants(skeletonOf(fatherOf(base) ?? '') ?? '') : '',
    initial: kind === 'initial',
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
  if (person) {
    add(syllables.map(wadeGiles).join(''), 'read aloud, Wade-Giles');
    if (token.length <= 2) add(southernSurname(token), 'read aloud in Cantonese');
  }
  return readings;
}
