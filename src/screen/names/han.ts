/**
 * Chinese names cut by what is known (places, terms, legal forms); what is left is the brand, read aloud.
 * No dictionary of words is needed for that: list names follow place, brand, trade, form.
 */
import { BoundedMap } from '../bounded-map.js';
import { pinyin } from 'pinyin-pro';
import { fold } from '../../text/index.js';
import { CANTONESE } from './cantonese-data.js';
import { likeBySound, soundsOfSyllables, soundsOfWord } from './han-sound.js';
import { MEANINGS } from './meanings-data.js';
import {
  HAN_COUNTIES,
  HAN_PLACES,
  HAN_PLACE_SUFFIX,
  HAN_UNKNOWN_PLACE,
  NOT_LATIN_PLACES,
  SHORT_LATIN_PLACES,
} from './places-data.js';
import { hanTerms } from './terms.js';
import { hanForms } from './words.js';

export type HanPiece =
  | { kind: 'place'; text: string; names: string[] }
  | { kind: 'term'; text: string; concepts: readonly string[] }
  | { kind: 'form' | 'brand'; text: string };

let known: Map<string, HanPiece> | undefined;
let latinPlaces: Set<string> | undefined;
const LONGEST = 8;

/** `北京beijing/peking`: the characters and their names in Latin letters. */
const placesOf = (rows: string): { text: string; names: string[] }[] =>
  rows.split(/\s+/).map((row) => {
    const at = row.search(/[a-z]/);
    return { text: row.slice(0, at), names: row.slice(at).split('/') };
  });

function table(): Map<string, HanPiece> {
  if (known) return known;
  known = new Map();
  for (const place of [...placesOf(HAN_PLACES), ...placesOf(HAN_COUNTIES)])
    known.set(place.text, { kind: 'place', ...place });
  for (const [text, concepts] of hanTerms()) known.set(text, { kind: 'term', text, concepts });
  // A few legal forms are also terms (集团 = group): as a form they would say nothing at all.
  for (const text of hanForms()) if (!known.has(text)) known.set(text, { kind: 'form', text });
  return known;
}

/** Whether a Latin word is the name of a Chinese province or city, and not more often something else. */
export function isLatinPlace(word: string): boolean {
  latinPlaces ??= new Set(
    placesOf(HAN_PLACES)
      .flatMap(({ names }) => names)
      .filter((name) => (name.length >= 5 || SHORT_LATIN_PLACES.has(name)) && !NOT_LATIN_PLACES.has(name)),
  );
  return latinPlaces.has(word);
}

/** Simplified characters, as the shared folding makes them. */
export function simplified(text: string): string {
  return fold(text).text;
}

/**
 * What each piece of a cut costs: the cheapest cut wins. Two lone characters around a word (月|光电|子) say that the word is
 * none; a place inside a brand (福|安康) is none either.
 */
const COST = { known: 0.5, lone: 1.2, place: 0.3, placeInside: 1.3, brand: 1, character: 0.6, loneBrand: 2.25 };
const LONGEST_BRAND = 12;

interface Cut {
  cost: number;
  piece: HanPiece;
  /** Where the piece begins: the end of the one before. */
  from: number;
}

export function cutHan(run: string): HanPiece[] {
  const words = table();
  const best: (Cut | undefined)[] = [];
  const offer = (from: number, to: number, cost: number, piece: HanPiece): void => {
    const total = (best[from]?.cost ?? 0) + cost - 0.01 * piece.text.length;
    if (total < (best[to]?.cost ?? Infinity)) best[to] = { cost: total, piece, from };
  };
  for (let at = 0; at < run.length; at++) {
    const mayBePlace = at === 0 || best[at]?.piece.kind === 'place';
    for (let length = 1; length <= Math.min(LONGEST, run.length - at); length++) {
      const piece = words.get(run.slice(at, at + length));
      const end = at + length;
      if (!piece || (length === 1 && !mayStandAlone(run, at, words))) continue;
      if (piece.kind !== 'place') offer(at, end, length === 1 ? COST.lone : COST.known, piece);
      else
        offer(
          at,
          end + (HAN_PLACE_SUFFIX.exec(run.slice(end))?.[0].length ?? 0),
          mayBePlace ? COST.place : COST.placeInside,
          piece,
        );
    }
    const unknown = mayBePlace ? HAN_UNKNOWN_PLACE.exec(run.slice(at, at + 4))?.[0] : undefined;
    if (unknown !== undefined) offer(at, at + unknown.length, COST.known, unknownPlace(unknown));
    for (let end = at + 1; end <= Math.min(run.length, at + LONGEST_BRAND); end++) {
      const cost = end - at === 1 ? COST.loneBrand : COST.brand + COST.character * (end - at);
      offer(at, end, cost, { kind: 'brand', text: run.slice(at, end) });
    }
  }
  const pieces: HanPiece[] = [];
  for (let at = run.length; at > 0; at = best[at]!.from) pieces.unshift(best[at]!.piece);
  return pieces;
}

/** A single character is a word only at the end or before the legal form, or it would be torn out of a brand. */
function mayStandAlone(run: string, at: number, words: ReadonlyMap<string, HanPiece>): boolean {
  const rest = run.slice(at + 1);
  return at > 0 && (rest === '' || words.get(rest)?.kind === 'form');
}

function unknownPlace(text: string): HanPiece {
  const syllables = readAloud(text);
  return { kind: 'place', text, names: [syllables.slice(0, -1).join(''), syllables.join('')] };
}

/** Syllables, without tones, ü as `v`. */
export function readAloud(text: string, { surname = false }: { surname?: boolean } = {}): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, ...(surname ? { surname: 'head' as const } : {}) })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z]/g, ''))
    .filter((syllable) => syllable !== '');
}

/** Longest run of characters that are one word of another language. */
const MOST_MEANT = 3;
let meanings: Map<string, readonly string[]> | undefined;

/** English words for a run of characters, as one of them; empty when none is known. */
export function meant(text: string): readonly string[] {
  meanings ??= new Map(
    MEANINGS.split(/[|\n]/).map((row) => {
      const [character, ...words] = row.trim().split(' ');
      return [character!, words];
    }),
  );
  return meanings.get(text) ?? [];
}

/** English for the characters of a brand, with the share of the brand each is: some firms translate it instead of reading it aloud. */
export function meaningsOf(brand: string): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = 0; at < brand.length; at++)
    for (let length = 1; length <= Math.min(MOST_MEANT, brand.length - at); length++)
      for (const word of meant(brand.slice(at, at + length)))
        found.set(word, Math.max(found.get(word) ?? 0, length / brand.length));
  for (const word of compounds(brand)) found.set(word, 1);
  return found;
}

const MOST_COMPOUNDS = 40;

/** 金星 as Goldstar: every character translated or read aloud, at least one translated, written as one word. */
function compounds(brand: string): string[] {
  if (brand.length < 2 || brand.length > 4) return [];
  let begun: { text: string; at: number; translated: boolean }[] = [{ text: '', at: 0, translated: false }];
  const done: string[] = [];
  while (begun.length > 0) {
    const longer: typeof begun = [];
    for (const { text, at, translated } of begun) {
      for (let end = at + 1; end <= Math.min(brand.length, at + MOST_MEANT); end++) {
        const part = brand.slice(at, end);
        const read = end === at + 1 ? readAloud(part).slice(0, 1) : [];
        for (const word of meant(part)) longer.push({ text: text + word, at: end, translated: true });
        for (const word of read) longer.push({ text: text + word, at: end, translated });
      }
    }
    for (const each of longer) if (each.at === brand.length && each.translated) done.push(each.text);
    begun = longer.filter(({ at }) => at < brand.length).slice(0, MOST_COMPOUNDS);
  }
  return done.slice(0, MOST_COMPOUNDS);
}

/**
 * How much of a brand a run of Latin words says, character after character: translated, read aloud or by an initial
 * (美鹰 = M Eagle, 天鹰 = Sky Eagle). 0 unless every word and every character is used.
 */
export function saidBy(brand: string, words: readonly string[]): number {
  if (words.length > brand.length || brand.length > 8) return 0;
  let best = 0;
  const go = (at: number, word: number, sum: number): void => {
    if (word === words.length) {
      if (at === brand.length) best = Math.max(best, sum / words.length);
      return;
    }
    for (let end = at + 1; end <= brand.length - (words.length - word - 1); end++) {
      const score = saidAs(brand.slice(at, end), words[word]!, words.length >= BEGINNINGS);
      if (score > 0) go(end, word + 1, sum + score);
    }
  };
  go(0, 0, 0);
  return best;
}

const SAID = { aloud: 0.95, meant: 0.85, begins: 0.6, initial: 0.55 };
/** How well a word's beginning must sound like the syllable, and of how many words that is no chance. */
const BEGINS_ALIKE = 0.84;
const BEGINNINGS = 3;

const SECTIONS_MOST = 20_000;
interface Section {
  aloud: string;
  initials: string;
  sounds: string;
}
const sections = new BoundedMap<string, Section>(SECTIONS_MOST);

function readSection(part: string): Section {
  const syllables = readAloud(part);
  return { aloud: syllables.join(''), initials: initialsOf(syllables), sounds: soundsOfSyllables(syllables) };
}

const initialsOf = (syllables: readonly string[]): string => syllables.map((syllable) => syllable[0]).join('');

function saidAs(part: string, word: string, isOneOfMany: boolean): number {
  const { aloud, initials, sounds } = sections.getOrMake(part, readSection);
  if (aloud === word) return SAID.aloud;
  if (meant(part).includes(word)) return SAID.meant;
  if (initials === word) return SAID.initial;
  return isOneOfMany && part.length === 1 && beginsAlike(sounds, word) ? SAID.begins : 0;
}

/** 博 for Boston, 泰 for Target: the word begins with the sounds of the syllable. */
function beginsAlike(syllable: string, word: string): boolean {
  const heard = soundsOfWord(word);
  return [1, 2, 3, 4].some((length) => likeBySound(syllable, heard.slice(0, length)) >= BEGINS_ALIKE);
}

const MOST_VARIANTS = 4;

/** A character with two readings (乐 le, yue) gives the brand two; the usual one is first. */
export function readingsAloud(brand: string): string[][] {
  const usual = readAloud(brand);
  if (usual.length !== brand.length || brand.length > 4) return [usual];
  let variants = [[]] as string[][];
  for (const [at, character] of Array.from(brand).entries()) {
    const all = new Set([usual[at]!, ...readAll(character)]);
    variants = variants.flatMap((begun) => Array.from(all, (syllable) => [...begun, syllable])).slice(0, MOST_VARIANTS);
  }
  return variants;
}

/** Every reading of one character, without tones. */
const readAll = (character: string): string[] =>
  pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }).map((syllable) =>
    syllable.toLowerCase().replace(/[^a-z]/g, ''),
  );

const WADE_INITIALS: [RegExp, string][] = [
  [/^zhi$/, 'chih'], [/^chi$/, 'chih'], [/^shi$/, 'shih'], [/^ri$/, 'jih'], [/^zi$/, 'tzu'], [/^ci$/, 'tzu'], [/^si$/, 'szu'],
  [/^zh/, 'ch'], [/^z/, 'ts'], [/^c(?!h)/, 'ts'], [/^j/, 'ch'], [/^q/, 'ch'], [/^x/, 'hs'], [/^r/, 'j'],
  [/^b/, 'p'], [/^d/, 't'], [/^g/, 'k'],
]; // prettier-ignore

/** The older spelling in use in Taiwan and in many passports, without its apostrophes. */
export function wadeGiles(syllable: string): string {
  const initial = WADE_INITIALS.find(([pattern]) => pattern.test(syllable));
  const begun = initial ? syllable.replace(initial[0], initial[1]) : syllable;
  return begun
    .replace(/ong$/, 'ung')
    .replace(/ian$/, 'ien')
    .replace(/ie$/, 'ieh')
    .replace(/(?<=^y)an$/, 'en')
    .replace(/(?<=^(?:t|l|n|ch|ts|s|j))uo$/, 'o')
    .replace(/^ye$/, 'yeh')
    .replace(/^you$/, 'yu')
    .replace(/(?<=.)v(?=e|an|n|$)/, 'u')
    .replace(/^e$/, 'o')
    .replace(/(?<=^[kh])e$/, 'o');
}

/** Korean surnames, and one of two families, where Cantonese would say another. */
const SURNAMES: Record<string, string> = { 金: 'kim', 朴: 'park', 林郑: 'lam' };
let cantonese: Map<string, string> | undefined;

/** Syllables as in Hong Kong, Macau and abroad; undefined when a character is not among those of names. */
export function readInCantonese(text: string, { surname = false } = {}): string[] | undefined {
  cantonese ??= new Map(CANTONESE.split(/\s+/).map((row) => [row[0]!, row.slice(1)]));
  const known = surname ? SURNAMES[text] : undefined;
  if (known !== undefined) return [known];
  const syllables = Array.from(text, (character) => cantonese!.get(character));
  return syllables.includes(undefined) ? undefined : (syllables as string[]);
}
