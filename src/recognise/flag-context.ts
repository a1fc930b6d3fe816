import type { Account, Day, Flag, Mention, MentionKind, RuleFinding } from '../model/index.js';
import type { Catalogue } from './catalogue.js';
import type { Given } from './lexicon.js';

export interface FlagInput {
  given: Given;
  account?: Account;
  /** Everything recognised in the text. */
  mentions: readonly Mention[];
  rules: readonly RuleFinding[];
  on: Day;
}

export type Words = Flag['words'];

/** What a flag computes from: the text, what was found in it, and the words of flags that others look at. */
export interface FlagContext extends FlagInput {
  catalogue: Catalogue;
  of: (kind: MentionKind) => readonly Mention[];
  wordsOf: (flag: string) => Words;
}

export const countryOf = (place: string): string => place.split(':')[0]!;

export const wordsOf = (mentions: readonly Mention[]): Words =>
  mentions.map(({ start, end, text }) => ({ start, end, text }));
