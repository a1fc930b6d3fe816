/** Lists of words that are no goods: what decides whether goods count, who has which role, what kind of document it is. */
import type { Day } from '../model/index.js';
import type { MatchWay, TextLanguage } from './catalogue.js';

/** A word by itself matches in the way of its language (`WAYS`). */
export type Words = Partial<Record<TextLanguage, (string | { term: string; match: MatchWay })[]>>;

interface WordList {
  id: string;
  title: string;
  source: string;
  added: Day;
  terms: Words;
}

/** An entry of words.yaml; its head says what the uses are. */
export interface WordRule extends WordList {
  use: 'context' | 'trap-before' | 'trap-after' | 'role' | 'no-place';
  reach?: number;
  least?: number;
}

/** An entry of kinds.yaml. */
export interface KindCue extends WordList {
  of:
    | 'notice'
    | 'title'
    | 'correction'
    | 'award'
    | 'statement'
    | 'law'
    | 'policy'
    | 'news'
    | 'report'
    | 'offer'
    | 'seeking'
    | 'buying';
  where: 'title' | 'head' | 'anywhere';
}

/**
 * Goods named by several words that need not stand together (无人机探测与反制): one word of each group, in order, in one clause, with at
 * most `gap` characters between them.
 */
export interface Split {
  words: (string | { term: string; match: MatchWay })[][];
  gap: number;
  source: string;
  added: Day;
}

export const WAYS: Readonly<Record<TextLanguage, MatchWay>> = { zh: 'phrase', ru: 'lemma', uk: 'lemma', en: 'word' };
export const MATCH_WAYS: readonly string[] = ['phrase', 'segment', 'lemma', 'word', 'acronym'];

export interface SpelledWord {
  term: string;
  match: MatchWay;
  language: TextLanguage;
}

export const spelled = (words: Words): SpelledWord[] =>
  (Object.entries(words) as [TextLanguage, NonNullable<Words[TextLanguage]>][]).flatMap(([language, each]) =>
    each.map((word) => oneSpelled(word, language)),
  );

export const oneSpelled = (word: string | { term: string; match: MatchWay }, language: TextLanguage): SpelledWord =>
  typeof word === 'string' ? { term: word, match: WAYS[language], language } : { ...word, language };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const USES: readonly string[] = ['context', 'trap-before', 'trap-after', 'role', 'no-place'];
const KINDS: readonly string[] = [
  ...[
    'notice',
    'title',
    'correction',
    'award',
    'statement',
    'law',
    'policy',
    'news',
    'report',
    'offer',
    'seeking',
    'buying',
  ],
];
const PLACES: readonly string[] = ['title', 'head', 'anywhere'];

/** What is wrong with an entry, in words, or undefined. */
export function wrongWithWords(list: WordList): string | undefined {
  if (!list?.id || !list.title || !list.source || !DAY.test(list.added ?? ''))
    return `entry ${JSON.stringify(list?.id)} lacks id, title, source or added (a day)`;
  const bad = spelled(list.terms ?? {}).find(
    ({ term, match }) => typeof term !== 'string' || term === '' || !MATCH_WAYS.includes(match),
  );
  return bad === undefined ? undefined : `${list.id}: a ${bad.language} term has no text or no way of matching`;
}

export function wrongWithRule(rule: WordRule): string | undefined {
  const wrong = wrongWithWords(rule);
  if (wrong !== undefined || USES.includes(rule.use)) return wrong;
  return `${rule.id}: use must be one of ${USES.join(', ')}`;
}

export function wrongWithCue(cue: KindCue): string | undefined {
  const wrong = wrongWithWords(cue);
  if (wrong !== undefined) return wrong;
  if (!KINDS.includes(cue.of)) return `${cue.id}: of must be one of ${KINDS.join(', ')}`;
  return PLACES.includes(cue.where) ? undefined : `${cue.id}: where must be title, head or anywhere`;
}

export function wrongWithSplit(split: Split, language: TextLanguage): string | undefined {
  if (!split?.source || !DAY.test(split.added ?? ''))
    return `a ${language} split: source and added (a day) are required`;
  if (!Array.isArray(split.words) || split.words.length < 2 || !(split.gap >= 0 && split.gap <= 40))
    return `a ${language} split needs two groups of words or more, and a gap of 0 to 40`;
  const bad = split.words.flat().find((word) => {
    const { term, match } = oneSpelled(word, language);
    return typeof term !== 'string' || term === '' || !MATCH_WAYS.includes(match);
  });
  return bad === undefined ? undefined : `a ${language} split has a word without text or way of matching`;
}
