/** A name cut into parts with their class and all their readings: what is indexed and what the aligner compares. */
import { BoundedMap } from '../bounded-map.js';
import { ARABIC } from './arabic.js';
import { countryCode } from './countries.js';
import { type HanPiece, cutHan, isLatinPlace, simplified } from './han.js';
import { hanNumber, isNumberWord, numberOf } from './numbers.js';
import { type NamePart, WEIGHT, partOf } from './part.js';
import { acronymOf, termOf } from './terms.js';
import { isHan, wordsOf } from './tokens.js';
import { cyrillicTwin, dominant } from './transliterate.js';
import { type WordClass, formAt, isParticle, isStop, isTitle } from './words.js';

export type { NamePart } from './part.js';

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

export function partsOf(name: string, { person = false }: { person?: boolean } = {}): NameParts {
  return person ? personParts(name) : organisationParts(name);
}

/** `Nasr Allah`, `Fakhr al-Din`: one name in two words. */
const SUFFIX = /^(?:[aou]l?lah|[aeiou]d?din|din|eddine|الله|اللہ|اللهي|الدين|الدین)$/;

const lastBrand = (parts: readonly NamePart[]): boolean => parts.some(({ class: kind }) => kind === 'brand');

function joinLast(parts: NamePart[], word: string): void {
  while (parts.at(-1)!.class !== 'brand') parts.pop();
  const before = parts.pop()!;
  parts.push(partOf(before.token + word.replace(/^ال(?=د)/, '').replace(/^[aeiou]d(?=din)/, ''), 'brand', true));
}

/** What a word is in a person's name, whatever stands beside it. */
interface PersonWord {
  is: 'title' | 'suffix' | 'servant' | 'part';
  parts: readonly NamePart[];
}

const MOST_WORDS = 100_000;
/** People share their names. */
const personWords = new BoundedMap<string, PersonWord>(MOST_WORDS);

function readPersonWord(word: string): PersonWord {
  if (isHan(word)) return { is: 'part', parts: hanPerson(word) };
  const is = isTitle(word)
    ? 'title'
    : SUFFIX.test(word)
      ? 'suffix'
      : /^(?:abd|abdul|abdel|abdal|abdol|abdou|عبد)$/.test(word)
        ? 'servant'
        : 'part';
  if (isParticle(word)) return { is, parts: [partOf(word, 'particle', true)] };
  if (Array.from(word).length === 1 && /[a-zа-яіїєё]/.test(word)) return { is, parts: [partOf(word, 'initial', true)] };
  if (/^[bcdfghjklmnpqrstvwxz]{2}$/.test(word))
    return { is, parts: Array.from(word, (letter) => partOf(letter, 'initial', true)) };
  return { is, parts: [partOf(word, 'brand', true)] };
}

function personParts(name: string): NameParts {
  const words = wordsOf(name, { dots: false });
  const parts: NamePart[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const { is, parts: own } = personWords.getOrMake(word, readPersonWord);
    if (is === 'title' && words.length > 1) continue;
    if (is === 'suffix' && lastBrand(parts)) joinLast(parts, word);
    else if (is === 'servant' && at + 1 < words.length) {
      let next = at + 1;
      while (next + 1 < words.length && isParticle(words[next]!)) next += 1;
      parts.push(partOf(`${ARABIC.test(word) ? word : 'abd'}${words[next]!.replace(/^ال/, '')}`, 'brand', true));
      at = next;
    } else parts.push(...own);
  }
  const isGeneric = parts.every(({ class: kind }) => kind === 'particle' || kind === 'initial');
  const settled = isGeneric ? parts.map((part) => ({ ...part, weight: 1 })) : oneFather(parts);
  return { parts: settled, countries: [], isGeneric: isGeneric && parts.length > 0, person: true, nonprofit: false };
}

/** Denisevich is a family name when nothing else can be: a father's name stands beside two others, and there is one. */
function oneFather(parts: NamePart[]): NamePart[] {
  const fathers = parts.filter(({ patronymic }) => patronymic);
  if (fathers.length === 0) return parts;
  const heavy = parts.filter(({ class: kind }) => kind === 'brand').length;
  const one = heavy < 3 ? undefined : (fathers.find(({ given }) => given < 0) ?? fathers[0]);
  return parts.map((part) =>
    part.patronymic && part !== one ? { ...part, patronymic: false, given: 0, weight: WEIGHT.brand } : part,
  );
}

function organisationParts(name: string): NameParts {
  const words = wordsOf(name);
  const parts: NamePart[] = [];
  const countries: string[] = [];
  let nonprofit = false;
  const push = (token: string, kind: WordClass, term?: string): void => {
    const before = parts.at(-1);
    // Two words of one meaning in a row say it once.
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
    // 35-я, 35-th: the ending of a number.
    if (/^(?:я|й|е|го|ая|ой|ый|ое|му|th|st|nd|rd)$/.test(word) && parts.at(-1)?.class === 'number') {
      at += 1;
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
    // `named after N.N. Petrov`: the initials come and go between languages.
    if (/^\p{L}{1,2}$/u.test(word) && NAMED.test(plainWords.slice(Math.max(0, at - 3), at - 1).join(' '))) continue;
    // High Tech, and Science and Technology, are one trade: 高科, 科技.
    if (/^(?:high|hi|science|sciences)$/.test(word) && TECHNOLOGY.test(plainWords.slice(at, at + 2).join(' ')))
      continue;
    if (isHan(word)) hanOrganisation(simplified(word), push, countries);
    else if (!isStop(word)) wordPart(words[at - 1]!, word, push);
  }
  return settle(withoutOwnInitials(sumNumbers(parts)), countries, nonprofit);
}

const TECHNOLOGY = /^(?:and )?tech(?:nology|nologies)?(?: |$)/;
const NAMED = /(?:^| )(?:им|имени|імені|after)(?: \p{L}{1,2})?$/u;

/** `Forty four` and `forty 4` are 44; `40 4` is forty and four. */
function sumNumbers(parts: NamePart[]): NamePart[] {
  const tens = (part: NamePart | undefined): boolean =>
    part?.number !== undefined && isNumberWord(part.token) && part.number >= 20 && part.number < 100;
  const ones = (part: NamePart | undefined): boolean =>
    part?.number !== undefined && part.number > 0 && part.number < 10;
  return parts.flatMap((part, at) => {
    const [before, next] = [parts[at - 1], parts[at + 1]];
    if (tens(before) && ones(part)) return [];
    return tens(part) && ones(next) ? [partOf(String(part.number! + next!.number!), 'number', false)] : [part];
  });
}

/** `NOW, Northern Optical Works`: the same name once more, short. */
function withoutOwnInitials(parts: NamePart[]): NamePart[] {
  const words = parts.filter(({ class: kind }) => kind !== 'form');
  if (words.length < 4) return parts;
  const initials = words.map(({ token }) => token[0]!).join('');
  return parts.filter((part) => {
    if (part.class !== 'brand' || part.token.length < 3 || part.token.length > 7 || part.script === 'han') return true;
    const at = initials.indexOf(part.token);
    // Not when the word itself stands among those it would be made of.
    return at < 0 || words.slice(at, at + part.token.length).includes(part);
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
  if (meaning === 'company' || meaning === 'corporation') {
    push(word, 'form');
    return;
  }
  const acronym = acronymOf(word);
  const joined = /^(\d{1,4})([a-zа-яё]{2,5})$/.exec(word);
  if (acronym) for (const term of acronym) push(term, 'common', term);
  else if (numberOf(word) !== undefined) push(word, 'number');
  else if (joined && acronymOf(joined[2]!)) {
    push(joined[1]!, 'number');
    for (const term of acronymOf(joined[2]!)!) push(term, 'common', term);
  } else {
    const own = /^\p{L}$/u.test(word) ? 'initial' : isLatinPlace(word) ? 'place' : 'brand';
    push(meaning === undefined ? written : word, meaning === undefined ? own : 'common', meaning);
  }
}

/** A name made of nothing but forms and common words is still a name: `Trading House LLC`. */
function settle(cut: NamePart[], countries: string[], nonprofit: boolean): NameParts {
  const parts = cut.some(isOwn)
    ? cut
    : // A city's name and nothing else that names: then it is the firm's.
      cut.map((part) =>
        part.class === 'place' && part.script === 'latin' ? partOf(part.token, 'brand', false) : part,
      );
  const isGeneric = !parts.some(isOwn);
  const settled = isGeneric
    ? parts.map((part) => (part.class === 'form' ? part : { ...part, weight: part.class === 'common' ? 1 : 0.8 }))
    : parts;
  return { parts: settled, countries, isGeneric, person: false, nonprofit };
}

const isOwn = ({ class: kind }: NamePart): boolean => kind === 'brand' || kind === 'number';

/** A country's name of up to three words. */
function countryAt(words: readonly string[], at: number): [string | undefined, number] {
  for (let length = Math.min(3, words.length - at); length >= 1; length--) {
    const text = words.slice(at, at + length).join(' ');
    const code =
      text === 'us' || text === 'usa'
        ? 'us'
        : text === 'uk'
          ? 'gb'
          : text === 'hk'
            ? 'hk'
            : text.length < 4 && !isHan(text)
              ? undefined
              : countryCode(text);
    if (code !== undefined) return [code, length];
  }
  return [undefined, 0];
}

/** 与, 及: and, between two words of two characters and more. */
const HAN_AND = /(?<=..)[与及暨](?=..)/u;

function hanOrganisation(
  run: string,
  push: (token: string, kind: WordClass, term?: string) => void,
  countries: string[],
): void {
  for (const piece of run.split(HAN_AND).flatMap(cutHan)) {
    const code = piece.kind === 'form' ? undefined : countryCode(piece.text);
    if (code !== undefined) {
      countries.push(code);
      push(piece.text, 'country', `country ${code}`);
    } else if (piece.kind === 'term')
      for (const term of piece.concepts) push(piece.concepts.length > 1 ? term : piece.text, 'common', term);
    else hanPiece(piece, push);
  }
}

/** 三一 without 第 is a brand more often than 31. */
const BARE_DIGITS = /^[一二三四五六七八九]{1,2}$/;

function hanPiece(piece: HanPiece, push: (token: string, kind: WordClass, term?: string) => void): void {
  if (piece.kind === 'form') push(piece.text, 'form');
  else if (piece.kind === 'place') push(piece.text, 'place');
  else push(piece.text, hanNumber(piece.text) === undefined || BARE_DIGITS.test(piece.text) ? 'brand' : 'number');
}

/** Two to four characters are surname and given name; more are a foreign name written by sound. */
function hanPerson(run: string): NamePart[] {
  // A radical by itself folds to nothing; it is kept as it stands.
  const name = simplified(run) || run;
  if (name.length < 2 || name.length > 4) return [partOf(name, 'brand', true)];
  const split =
    name.length === 4 || /^(?:欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|林郑)/.test(name) ? 2 : 1;
  return [partOf(name.slice(0, split), 'brand', true), partOf(name.slice(split), 'brand', true)].filter(
    ({ token }) => token !== '',
  );
}
