/** A name cut into tokens with their class and all their readings: what the aligner compares. */
import { countryCode, countryWords } from './countries.js';
import { type WordReading, readingsOf } from './transliterate.js';
import { type WordClass, formAt, hanForms, isCommon } from './words.js';

export interface NamePart {
  /** Lower case, as written otherwise. */
  token: string;
  class: WordClass;
  readings: WordReading[];
}

export interface NameParts {
  parts: NamePart[];
  /** Countries named inside the name itself. */
  countries: string[];
  /** Nothing but common words and legal forms: such a name is met by its exact twin only. */
  isGeneric: boolean;
}

/** Names longer than this are no names. */
const LONGEST = 400;

export function partsOf(name: string, { person = false }: { person?: boolean } = {}): NameParts {
  const tokens = tokensOf(name);
  const parts: NamePart[] = [];
  const countries: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at]!;
    const form = person ? 0 : formAt(tokens, at);
    const country = countryCode(token);
    if (form > 0) {
      parts.push({ token: tokens.slice(at, at + form).join(' '), class: 'form', readings: [] });
      at += form;
      continue;
    }
    if (country !== undefined && !person) countries.push(country);
    parts.push({ token, class: classOf(token, country, person), readings: readingsOf(token) });
    at += 1;
  }
  // A name made of nothing but forms and common words is still a name: `Trading House LLC`.
  const isGeneric = !parts.some((part) => part.class === 'brand' || part.class === 'number');
  if (isGeneric) for (const part of parts) if (part.class !== 'form') part.class = 'brand';
  return { parts, countries, isGeneric };
}

function classOf(token: string, country: string | undefined, person: boolean): WordClass {
  if (person) return 'brand';
  if (country !== undefined) return 'country';
  if (/^\d+$/.test(token)) return 'number';
  return isCommon(token) ? 'common' : 'brand';
}

/** Letters and digits; a Han run is cut from its neighbours, then its country and legal form from its brand. */
export function tokensOf(name: string): string[] {
  const plain = name
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/['’`ʼ"“”«»‘]/gu, '');
  const tokens: string[] = [];
  for (const [run] of plain.matchAll(
    /\p{Script=Han}+|[^\p{Script=Han}\P{L}]+(?:[\p{M}\d]|[^\p{Script=Han}\P{L}])*|\d+[^\p{Script=Han}\P{L}]*\d*/gu,
  )) {
    if (/\p{Script=Han}/u.test(run)) tokens.push(...cutHan(run));
    else tokens.push(run);
  }
  return tokens;
}

function cutHan(run: string): string[] {
  const country = countryWords().find((word) => run.startsWith(word) && run.length > word.length);
  if (country !== undefined) return [country, ...cutHan(run.slice(country.length))];
  const form = hanForms().find((word) => run.endsWith(word));
  if (form === undefined) return [run];
  const brand = run.slice(0, -form.length);
  return brand === '' ? [form] : [...cutHan(brand), form];
}
