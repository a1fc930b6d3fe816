import type { Language } from './reading.js';
import type { Day } from './time.js';

export type MentionKind =
  | 'goods'
  | 'tradeName'
  | 'organisation'
  | 'person'
  | 'place'
  | 'date'
  | 'quantity'
  | 'frequency'
  | 'range'
  | 'price'
  | 'phone'
  | 'email'
  | 'identifier'
  | 'code';

/** A recognised span of a reading's text; offsets are UTF-16. */
export interface Mention {
  kind: MentionKind;
  /** Catalogue id (`drone_jammer`, `bulat`) or normalised value (`cn`, `2024-05-22`, `inn:7802942873`). */
  id: string;
  text: string;
  start: number;
  end: number;
  /** The catalogue term that fired, its strength and source: a reader can ask why. */
  why?: {
    term: string;
    language: Language;
    strength: 'strong' | 'weak';
    source: string;
    added?: Day;
    /** Letters of two alphabets stand in one word. */
    lookAlikes?: true;
  };
  /** For trade names: what public sources say of the maker; never an identification. */
  maker?: { name: string; aliases: string[]; country?: string; source: string };
  /** For organisations and people: `overseeing-body`, `poster`, `buyer`, `contact` …, when the text says so. */
  role?: string;
  /** For numbers: canonical value and unit. */
  value?: {
    number?: number;
    low?: number;
    high?: number;
    unit?: string;
    operator?: '>' | '>=' | '<' | '<=' | '=' | '~';
    parameter?: string;
  };
}

export type DocumentKind =
  | 'call-for-goods'
  | 'tender'
  | 'award'
  | 'correction'
  | 'offer'
  | 'policy'
  | 'law'
  | 'statement'
  | 'news'
  | 'report'
  | 'unknown';

/** A control-list entry that could concern a family on a date. Never "controlled": entry + found + missing parameters (DESIGN §3). */
export interface RuleFinding {
  regime: string;
  entry: string;
  title: string;
  family: string;
  from: Day;
  /** The beginning is not established: `from` is only the day its text was read. */
  fromUnknown?: true;
  /** Exclusive: the first day it no longer applied; null while in force. */
  to: Day | null;
  /** Whether the rule was in force on the day asked, or came later (shown apart, facts/goods §16). */
  inForce: boolean;
  instrument: string;
  source: string;
  found: { parameter: string; text: string; start: number; end: number }[];
  missing: string[];
}

/** A rule that fired, with the words that fired it. A flag reports; it has no weight and gives no verdict. */
export interface Flag {
  id: string;
  title: string;
  source: string;
  words: { start: number; end: number; text: string }[];
  detail?: string;
}

export interface Recognition {
  language: Language;
  documentKind: DocumentKind;
  /** Why that kind: the cues. */
  kindWhy: string[];
  on: Day;
  mentions: Mention[];
  rules: RuleFinding[];
  flags: Flag[];
  catalogueVersion: string;
  limits: string[];
}
