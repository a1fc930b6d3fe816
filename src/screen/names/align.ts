/**
 * How well two names agree: parts paired best first, weighed by class, what is left over on either side counted against.
 * What is absent on one side is an omission; what stands against another word in the same place contradicts, and costs more
 * (facts/screening §7.8). The reasons are kept part by part, because a score nobody can explain is no evidence.
 */
import { type Likeness, NEARLY_BONES, compareParts } from './compare.js';
import { GLUED, type Pair, pairUp } from './pairing.js';
import type { NamePart, NameParts } from './parts.js';

export interface Aligned {
  score: number;
  pairs: readonly Pair[];
  rest: Rest;
}

/** What is compared of a name. */
export type ComparedName = Pick<NameParts, 'parts' | 'isGeneric' | 'person' | 'nonprofit'>;

export type Compare = (query: NamePart, entry: NamePart) => Likeness | undefined;

/** Shares of its weight that a part left over costs. */
const PERSON = { query: 0.4, entry: 0.36, against: 1 };
const BODY = {
  query: { brand: 1, common: 0.9, place: 0.4, country: 0.2, number: 1, form: 0, initial: 0.5, particle: 0.5 },
  entry: { brand: 0.4, common: 0.5, place: 0.35, country: 0.3, number: 0.8, form: 0, initial: 0.3, particle: 0.3 },
} as const;
/** A contradicted person is another person until something else says so. */
const CONTRADICTED = 0.66;
/** One word of several, and not the family name. */
const GIVEN_ONLY = 0.65;
/** Below what counts as strong. */
const VAGUE = 0.84;
const OTHER_KIND = 0.68;
/** Numbers that differ beside a name that agrees: a sister fund, the next volume. */
const OTHER_NUMBER = 0.38;
/** Initials alone are nobody's name. */
const INITIALS_ONLY = 0.6;
/** A number between other words on either side. */
const NUMBER_ONLY = 0.5;
const LEAST_LEFT = 0.45;
const TRADES_LIFT = 0.02;
/** A brand this like needs nothing around it. */
const SURE = 0.85;
/** What is left of a guess when nothing around it agrees, and what all of it adds. */
const ALONE = 0.75;
const AGREED = 0.35;
/** A city says more than a trade. */
const SAME_CITY = 0.1;
/** Between languages a word may be there and not be known. */
const ACROSS = 0.22;
const ACROSS_OWN = 0.8;

/** `compare` may remember what `compareParts` says, and nothing else. */
export function alignNames(query: ComparedName, entry: ComparedName, compare: Compare = compareParts): Aligned {
  const pairs = pairUp(query.parts, entry.parts, compare);
  const left = (parts: readonly NamePart[], side: 'query' | 'entry'): NamePart[] =>
    parts.filter((part) => !pairs.some((pair) => pair[side].includes(part)));
  const rest = { query: left(query.parts, 'query'), entry: left(entry.parts, 'entry') };
  const score = query.person ? scorePerson(query, entry, pairs, rest) : scoreBody(query, entry, pairs, rest);
  return { score: Math.max(0, Math.min(1, score)), pairs, rest };
}

export interface Rest {
  query: NamePart[];
  entry: NamePart[];
}

const weightOf = (parts: readonly NamePart[]): number => parts.reduce((sum, { weight }) => sum + weight, 0);

function sums(pairs: readonly Pair[], person = false): { agreed: number; total: number } {
  let [agreed, total] = [0, 0];
  for (const { query, entry, score, how } of pairs) {
    // Initials say less than the words they stand for; two names of a person that lost their blank say as much.
    const whole = query.length === entry.length || (person && how === GLUED);
    const weight = (whole ? Math.max : Math.min)(weightOf(query), weightOf(entry));
    agreed += weight * score;
    total += weight;
  }
  return { agreed, total };
}

function scorePerson(query: ComparedName, entry: ComparedName, pairs: readonly Pair[], rest: Rest): number {
  const { agreed, total } = sums(pairs, true);
  const heavy = ({ class: kind }: NamePart): boolean => kind === 'brand' || kind === 'initial';
  const [mine, theirs] = [rest.query.filter(heavy), rest.entry.filter(heavy)];
  // A father's name stands against a father's name only.
  const against = contradictions(mine, theirs);
  const cost = weightOf(rest.query) * PERSON.query + weightOf(rest.entry) * PERSON.entry;
  const score = agreed / (total + cost + against * PERSON.against || 1);
  const sure = isVague(pairs) ? Math.min(score, VAGUE) : score;
  if (against > 0) return Math.min(score, CONTRADICTED - 0.05 * (against - 1));
  if (!pairs.some((pair) => pair.query.some(heavyName) || pair.entry.every(heavyName)))
    return Math.min(score, INITIALS_ONLY);
  if (isTurnedRound(query, entry, pairs)) return Math.min(score, CONTRADICTED);
  return onlyGiven(query, entry, pairs) ? Math.min(sure, GIVEN_ONLY) : sure;
}

function contradictions(mine: readonly NamePart[], theirs: readonly NamePart[]): number {
  const count = (parts: readonly NamePart[], patronymic: boolean): number =>
    parts.filter((part) => part.patronymic === patronymic).length;
  return Math.min(count(mine, true), count(theirs, true)) + Math.min(count(mine, false), count(theirs, false));
}

/** Sounds of few letters agree by chance: vowels that are not written, names of two syllables. */
function isVague(pairs: readonly Pair[]): boolean {
  const across = pairs.filter(({ query, entry }) => query[0]!.script !== entry[0]!.script);
  const bones = across.filter(({ query, entry }) => query[0]!.script === 'arabic' || entry[0]!.script === 'arabic');
  if (bones.some(({ how }) => how === NEARLY_BONES)) return true;
  if (bones.length > 0)
    return bones.reduce((sum, { query }) => sum + query.reduce((all, part) => all + part.bones.length, 0), 0) < 8;
  const syllabic = pairs.filter(({ query, entry }) =>
    [...query, ...entry].some(({ script }) => script === 'han' || script === 'other'),
  );
  const letters = (part: NamePart): number => (part.script === 'latin' ? part.token.length : 0);
  return (
    syllabic.length > 0 &&
    across.length > 0 &&
    pairs.reduce((sum, { query, entry }) => sum + Math.max(...[...query, ...entry].map(letters)), 0) < 10
  );
}

const heavyName = ({ class: kind }: NamePart): boolean => kind === 'brand';

const SON = /^(?:bin|ibn|ben|بن|ابن)$/;

/** `A bin B` is not `B bin A`. */
function isTurnedRound(query: ComparedName, entry: ComparedName, pairs: readonly Pair[]): boolean {
  const son = (parts: readonly NamePart[]): [NamePart, NamePart] | undefined => {
    const at = parts.findIndex(({ token }) => SON.test(token));
    const after = parts.slice(at + 1).find(({ class: kind }) => kind !== 'particle');
    const sons = parts.filter(({ token }) => SON.test(token)).length;
    return at > 0 && after && sons === 1 && compareParts(parts[at - 1]!, after) === undefined
      ? [parts[at - 1]!, after]
      : undefined;
  };
  const [mine, theirs] = [son(query.parts), son(entry.parts)];
  if (!mine || !theirs) return false;
  return pairs.some((pair) => pair.query.includes(mine[0]) && pair.entry.includes(theirs[1]));
}

/** A bare given name says nobody: the listed name has more words, and its family name is not among those that agree. */
function onlyGiven(query: ComparedName, entry: ComparedName, pairs: readonly Pair[]): boolean {
  const heavy = entry.parts.filter(({ class: kind }) => kind === 'brand');
  const named = query.parts.filter(({ class: kind }) => kind === 'brand');
  if (named.length !== 1 || heavy.length < 2) return false;
  const met = pairs.flatMap((pair) => pair.entry).filter(({ class: kind }) => kind === 'brand');
  if (met.length !== 1) return false;
  const at = heavy.indexOf(met[0]!);
  return at === 0 || met[0]!.given !== 0 || heavy[at + 1]?.patronymic === true;
}

function scoreBody(query: ComparedName, entry: ComparedName, pairs: readonly Pair[], rest: Rest): number {
  const { agreed, total } = sums(pairs);
  const exact = query.isGeneric || entry.isGeneric;
  const against = rest.query.some(isOwn) && rest.entry.some(isOwn);
  const acrossScripts = scriptOf(query) !== scriptOf(entry);
  const sisters = onlyNumbers(rest) && pairs.some((pair) => pair.query.some(({ class: kind }) => kind === 'brand'));
  const countries = rest.query.some(isCountry) && rest.entry.some((part) => part.class !== 'form');
  const cost = (side: 'query' | 'entry'): number =>
    rest[side].reduce((sum, part) => {
      // A country in the name asked is held against the entry's countries, not against its name, unless the list's name says more too.
      if (isCountry(part) && !exact)
        return sum + (countries ? (side === 'query' ? 1 : 0.8) : side === 'query' ? 0 : 0.3) * part.weight;
      if (sisters && part.class === 'number') return sum + part.weight * OTHER_NUMBER;
      const across = acrossScripts ? (isOwn(part) ? ACROSS_OWN : ACROSS) : 1;
      const share = exact || (against && isOwn(part)) ? (side === 'query' ? 1 : 0.85) : BODY[side][part.class];
      const weight = side === 'query' && part.class === 'common' ? Math.max(part.weight, LEAST_LEFT) : part.weight;
      return sum + weight * share * across;
    }, 0);
  let score = agreed / (total + cost('query') + cost('entry') || 1);
  const brands = pairs.filter((pair) => pair.query.some(isOwn) || pair.entry.some(isOwn));
  const own = sums(brands);
  // Kinds and trades never lift a doubtful brand.
  if (own.total > 0 && !exact) {
    const likeness = own.agreed / own.total;
    const heard = acrossScripts && likeness < SURE && brands.some(({ query }) => query[0]!.sounds !== undefined);
    score = Math.min(score, likeness * (heard ? surroundings(pairs, rest) : 1) + TRADES_LIFT);
  }
  // Of the words that name it, none agrees: kinds and trades alone name nobody.
  const named = query.parts.some(isOwn) && !pairs.some((pair) => pair.query.some(isOwn) || pair.entry.some(isOwn));
  // 20th Army is no Aviation Repair Plant 20.
  const numberOnly =
    acrossScripts && pairs.length > 0 && pairs.every(({ query: q }) => q.every(({ class: kind }) => kind === 'number'));
  if (numberOnly && [rest.query, rest.entry].every((side) => side.some(isCommon))) score = Math.min(score, NUMBER_ONLY);
  return score * (query.nonprofit === entry.nonprofit ? 1 : OTHER_KIND) * (named ? 0.6 : 1);
}

/** A brand that is only guessed by ear or meaning stands or falls with what is around it: the same place, the same trade. */
function surroundings(pairs: readonly Pair[], rest: Rest): number {
  const around = (parts: readonly NamePart[]): number => weightOf(parts.filter((part) => !isOwn(part)));
  const agreed = pairs.reduce((sum, { query, entry }) => sum + around(query) + around(entry), 0);
  const all = agreed + around(rest.query) + around(rest.entry);
  const sameCity = pairs.some(({ query, entry }) => query[0]!.class === 'place' && entry[0]!.class === 'place');
  return ALONE + (all === 0 ? AGREED / 2 : (AGREED * agreed) / all) + (sameCity ? SAME_CITY : 0);
}

const scriptOf = ({ parts }: ComparedName): string =>
  parts.find(({ class: kind, script }) => kind !== 'form' && kind !== 'number' && script !== 'latin')?.script ??
  'latin';
const isCommon = ({ class: kind }: NamePart): boolean => kind === 'common';
const isCountry = ({ class: kind }: NamePart): boolean => kind === 'country';
const onlyNumbers = ({ query, entry }: Rest): boolean =>
  [query, entry].every(
    (side) =>
      side.some(({ class: kind }) => kind === 'number') &&
      side.every(({ class: kind }) => kind === 'number' || kind === 'form'),
  );

const isOwn = ({ class: kind }: NamePart): boolean => kind === 'brand' || kind === 'number';

/** Part by part, in words: made for what is shown, not for all that is compared. */
export function reasonsOf({ pairs, rest }: Aligned): string[] {
  const said = (parts: readonly NamePart[]): string => `“${parts.map(({ token }) => token).join(' ')}”`;
  const left = (parts: readonly NamePart[], where: string): string[] =>
    parts.map((part) =>
      part.class === 'form' ? `${said([part])}: a legal form, not counted` : `${said([part])} is ${where}`,
    );
  return [
    ...pairs
      .filter(({ query }) => weightOf(query) > 0)
      .map(({ query, entry, score, how }) => `${said(query)} = ${said(entry)}: ${how}, ${score.toFixed(2)}`),
    ...left(rest.query, "not in the list's name"),
    ...left(rest.entry, "only in the list's name"),
  ];
}
