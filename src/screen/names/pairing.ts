/** Which part of one name stands for which of the other: singly, two or three written as one, or as an acronym. */
import type { Likeness } from './compare.js';
import { saidBy } from './han.js';
import type { NamePart } from './parts.js';
import { edits } from './sounds.js';
import { lettersOf } from './terms.js';
import { skeletonOf } from './transliterate.js';

export interface Pair extends Likeness {
  query: readonly NamePart[];
  entry: readonly NamePart[];
}

export const GLUED = 'written as one word';
const JOINED = 0.97;
const ACRONYM = 0.8;
const TRANSLATED = 0.85;

/** Greedy over all pairs, best first: names are a handful of parts. */
export function pairUp(
  query: readonly NamePart[],
  entry: readonly NamePart[],
  compare: (q: NamePart, e: NamePart) => Likeness | undefined,
): Pair[] {
  const all: (Pair & { rank: number })[] = [];
  const add = (found: Pair, i: number, j: number): void => {
    const weight = found.query.reduce((sum, part) => sum + part.weight, 0);
    // Equal words of the same place first, so that names that repeat a word align.
    all.push({ ...found, rank: found.score + weight * 0.001 - Math.abs(i - j) * 0.0001 });
  };
  for (const [i, q] of query.entries()) {
    for (const [j, e] of entry.entries()) {
      const single = compare(q, e);
      if (single) add({ query: [q], entry: [e], ...single }, i, j);
      if ((single?.score ?? 0) < JOINED) {
        const split = joined(q, entry, j);
        if (split) add({ query: [q], entry: split.parts, ...split.likeness }, i, j);
        const merged = joined(e, query, i);
        if (merged) add({ query: merged.parts, entry: [e], ...merged.likeness }, i, j);
      }
    }
  }
  addAcronyms(query, entry, all, add);
  all.sort((a, b) => b.rank - a.rank);
  const taken = new Set<NamePart>();
  return all.filter((pair) => {
    if (pair.query.some((part) => taken.has(part)) || pair.entry.some((part) => taken.has(part))) return false;
    for (const part of pair.query) taken.add(part);
    for (const part of pair.entry) taken.add(part);
    return true;
  });
}

/** One word that the other side writes as two or three neighbours. */
function joined(
  whole: NamePart,
  parts: readonly NamePart[],
  at: number,
): { parts: NamePart[]; likeness: Likeness } | undefined {
  if (at + 1 >= parts.length || whole.class === 'form' || whole.token.length < 2) return undefined;
  const first = parts[at]!;
  if (whole.meanings && first.script === 'latin') {
    const said = saidInWords(whole, parts, at);
    if (said) return said;
  }
  if (!begins(whole, first)) return undefined;
  for (let count = 2; count <= 3 && at + count <= parts.length; count++) {
    const run = parts.slice(at, at + count);
    const text = run.map(({ token }) => token).join('');
    const bare = text.replaceAll(' ', '');
    const skeleton = run.map((part) => part.skeleton).join('');
    if (whole.readings.some(({ key, how }) => key === bare && how !== 'the initials of its syllables'))
      return { parts: run, likeness: { score: JOINED, how: GLUED } };
    if (whole.skeleton !== '' && whole.skeleton.length >= 4 && whole.skeleton === skeleton)
      return { parts: run, likeness: { score: 0.95, how: 'written as one word, transliterated' } };
    const bones = run
      .map((part) => part.bones)
      .join('')
      .replace(/(.)\1+/g, '$1');
    if (whole.script !== first.script && whole.bones.length >= 4 && whole.bones === bones)
      return { parts: run, likeness: { score: 0.9, how: 'written as one word, the same consonants' } };
    const sino = run.some((part) => part.sino === '') ? '' : run.map((part) => part.sino).join('');
    if (whole.sino !== '' && whole.sino === sino)
      return { parts: run, likeness: { score: 0.87, how: 'syllables in two romanisations' } };
    if (whole.token.length >= 9 && edits(whole.token, bare, 1) <= 1)
      return { parts: run, likeness: { score: 0.88, how: 'written as one word, 1 letter different' } };
  }
  return undefined;
}

/** A Chinese brand that stands as two or three Latin words, translated or read aloud one after the other. */
function saidInWords(
  whole: NamePart,
  parts: readonly NamePart[],
  at: number,
): { parts: NamePart[]; likeness: Likeness } | undefined {
  for (const count of [2, 3]) {
    const run = parts.slice(at, at + count);
    if (run.length < count || run.some(({ class: kind }) => kind === 'form' || kind === 'place')) return undefined;
    const words = run.map(({ token }) => token);
    const score = (whole.meanings?.get(words.join('')) ?? 0) >= 1 ? TRANSLATED : saidBy(whole.token, words);
    if (score > 0) return { parts: run, likeness: { score, how: 'said in several words' } };
  }
  return undefined;
}

function begins(whole: NamePart, first: NamePart): boolean {
  for (const { key } of whole.readings) if (startsAlike(key, first.token, 2)) return true;
  if (first.skeleton !== '' && startsAlike(whole.skeleton, first.skeleton, 2)) return true;
  if (first.sino !== '' && whole.sino.startsWith(first.sino)) return true;
  return first.bones !== '' && whole.script !== first.script && startsAlike(whole.bones, first.bones, 1);
}

/** The first letters, as many as `beginning` has of them. Asked of every pair of words: nothing is cut out for it. */
function startsAlike(text: string, beginning: string, letters: number): boolean {
  const count = Math.min(letters, beginning.length);
  if (text.length < count) return false;
  for (let at = 0; at < count; at++) if (text.charCodeAt(at) !== beginning.charCodeAt(at)) return false;
  return true;
}

const MET = 0.9;

/** Initials of three or more words that stand next to each other, for what has not been met as a word. */
function addAcronyms(
  query: readonly NamePart[],
  entry: readonly NamePart[],
  found: readonly Pair[],
  add: (pair: Pair, i: number, j: number) => void,
): void {
  const met = new Set(found.filter(({ score }) => score >= MET).flatMap(({ query: q, entry: e }) => [...q, ...e]));
  for (const [i, q] of query.entries()) {
    const run = met.has(q) ? undefined : initialsOf(q, entry);
    if (run) add({ query: [q], entry: run, score: ACRONYM, how: 'its initials' }, i, entry.indexOf(run[0]!));
  }
  for (const [j, e] of entry.entries()) {
    const run = met.has(e) ? undefined : initialsOf(e, query);
    if (run) add({ query: run, entry: [e], score: ACRONYM, how: 'its initials' }, query.indexOf(run[0]!), j);
  }
}

function initialsOf(acronym: NamePart, parts: readonly NamePart[]): NamePart[] | undefined {
  const { token } = acronym;
  if (acronym.class !== 'brand' || acronym.script === 'han' || token.length < 3 || parts.length < 3) return undefined;
  const letters = token.length > 14 ? [] : Array.from(token);
  if (letters.length < 3 || letters.length > 7) return undefined;
  const words = parts.filter(({ class: kind }) => kind !== 'form');
  if (words.length < letters.length) return undefined;
  const sounds = letters.map((letter) => skeletonOf(letter) ?? '');
  for (let at = 0; at + letters.length <= words.length; at++) {
    const run = words.slice(at, at + letters.length);
    if (run.every((part, i) => standsFor(letters[i]!, sounds[i]!, part))) return run;
  }
  return outOfOrder(letters, sounds, words);
}

const standsFor = (letter: string, sound: string, part: NamePart): boolean =>
  sound !== '' &&
  (part.skeleton.startsWith(sound) ||
    part.token[0] === letter ||
    (part.term !== undefined && lettersOf(part.term).includes(letter)));

/** Translated, the words of a name stand in another order; all must be there. */
function outOfOrder(
  letters: readonly string[],
  sounds: readonly string[],
  words: readonly NamePart[],
): NamePart[] | undefined {
  if (letters.length < 4 || letters.length !== words.length || !/[Ѐ-ӿ]/.test(letters[0]!)) return undefined;
  const left = [...words];
  for (const [i, letter] of letters.entries()) {
    const at = left.findIndex((part) => standsFor(letter, sounds[i]!, part));
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return [...words];
}
