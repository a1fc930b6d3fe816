/**
 * How well two names agree: tokens paired best first, weighed by class and rarity, what is left over on either side
 * counted against. The reasons are kept token by token, because a score nobody can explain is no evidence.
 */
import { distance } from 'fastest-levenshtein';
import type { NamePart } from './parts.js';
import type { WordReading } from './transliterate.js';

const CLASS_WEIGHT = { form: 0, country: 0.2, common: 0.45, number: 1.3, brand: 1 } as const;
/** Left over: on the side asked about it is what the list does not say; on the list's side often a patronymic or a branch. */
const LEFT_OF_QUERY = 0.8;
const LEFT_OF_ENTRY = 0.35;
/** Tokens as short as this tolerate no edit (facts/screening §7.9). */
const SHORT = 4;
const EDIT_SHARE = 0.2;

const READING_SCORE: Record<WordReading['how'], number> = {
  'as written': 1,
  transliterated: 0.97,
  'look-alike letters': 0.97,
  'look-alike letters, transliterated': 0.94,
};

export interface Aligned {
  score: number;
  why: string[];
}

/** Rarity of a token in the lists, 0..1; 1 for one that stands in a single entry. */
export type Rarity = (part: NamePart) => number;

interface Pair {
  query: NamePart;
  entry: NamePart;
  score: number;
  how: string;
}

export interface AlignOptions {
  rarity: Rarity;
  /** Every word left over counts in full: for names made of common words, which agree with everything by halves. */
  isExact?: boolean;
}

export function alignNames(
  query: readonly NamePart[],
  entry: readonly NamePart[],
  { rarity, isExact = false }: AlignOptions,
): Aligned {
  const pairs = pairUp(query, entry);
  const weigh = (part: NamePart): number => CLASS_WEIGHT[part.class] * rarity(part);
  const why: string[] = [];
  let agreed = 0;
  let total = 0;
  for (const { query: q, entry: e, score, how } of pairs) {
    const weight = Math.max(weigh(q), weigh(e));
    agreed += weight * score;
    total += weight;
    if (weight > 0) why.push(`“${q.token}” = “${e.token}”: ${how}, ${score.toFixed(2)}`);
  }
  const left = (parts: readonly NamePart[], side: 'query' | 'entry', share: number): void => {
    for (const part of parts) {
      if (pairs.some((pair) => pair[side] === part)) continue;
      // A country in the name asked is held against the entry's countries, not against its name (`corroborate`).
      if (part.class === 'country' && side === 'query') continue;
      const weight = weigh(part) * share;
      total += weight;
      if (part.class === 'form') why.push(`“${part.token}”: a legal form, not counted`);
      else
        why.push(
          side === 'query' ? `“${part.token}” is not in the list's name` : `“${part.token}” is only in the list's name`,
        );
    }
  };
  left(query, 'query', isExact ? 1 : LEFT_OF_QUERY);
  left(entry, 'entry', isExact ? 1 : LEFT_OF_ENTRY);
  return { score: total === 0 ? 0 : agreed / total, why };
}

/** Greedy over all pairs, best first: names are a handful of tokens. */
function pairUp(query: readonly NamePart[], entry: readonly NamePart[]): Pair[] {
  const all: Pair[] = [];
  for (const q of query) {
    for (const e of entry) {
      const scored = compareTokens(q, e);
      if (scored) all.push({ query: q, entry: e, ...scored });
    }
  }
  all.sort((a, b) => b.score - a.score);
  const taken = new Set<NamePart>();
  return all.filter(({ query: q, entry: e }) => {
    if (taken.has(q) || taken.has(e)) return false;
    taken.add(q);
    taken.add(e);
    return true;
  });
}

function compareTokens(q: NamePart, e: NamePart): { score: number; how: string } | undefined {
  if (q.class === 'form' || e.class === 'form') return undefined;
  let best: { score: number; how: string } | undefined;
  for (const mine of q.readings) {
    for (const theirs of e.readings) {
      const score = mine.key === theirs.key ? Math.min(READING_SCORE[mine.how], READING_SCORE[theirs.how]) : 0;
      if (score > (best?.score ?? 0)) best = { score, how: howOf(mine, theirs) };
    }
  }
  return best ?? closeSpelling(q, e);
}

function howOf(mine: WordReading, theirs: WordReading): string {
  if (mine.how === theirs.how) return mine.how === 'as written' ? 'same letters' : `both ${mine.how}`;
  return mine.how === 'as written' ? theirs.how : mine.how;
}

function closeSpelling(q: NamePart, e: NamePart): { score: number; how: string } | undefined {
  if (q.class === 'number' || e.class === 'number') return undefined;
  const [a, b] = [comparable(q), comparable(e)];
  const longest = Math.max(a.length, b.length);
  if (Math.min(a.length, b.length) < SHORT || /\d/.test(a + b) || a[0] !== b[0]) return undefined;
  const edits = distance(a, b);
  if (edits > longest * EDIT_SHARE) return undefined;
  return { score: Math.max(0, 1 - (1.6 * edits) / longest), how: `${edits} letter${edits > 1 ? 's' : ''} different` };
}

/** The skeleton where there is one: spelling variants are then no edits. */
export function comparable({ readings, token }: NamePart): string {
  return readings.find(({ how }) => how === 'transliterated')?.key ?? token;
}
