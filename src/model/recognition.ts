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
  | 'address'
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

/**
 * How a number of the text stands to the number an entry asks for: arithmetic and no more. `may-meet`: some of what is claimed lies
 * within and some without ("≥5 km" against "more than 5 km"). `not-comparable`: other units, an approximate number, or no number.
 */
export type ThresholdRelation = 'meets' | 'does-not-meet' | 'may-meet' | 'not-comparable';

/** A parameter that the text gives. */
export interface FoundParameter {
  parameter: string;
  text: string;
  start: number;
  end: number;
  /** What the entry asks for: "more than 5 km". Records made before this was computed have none of these three. */
  threshold?: string;
  relation?: ThresholdRelation;
  /** Both side by side: "claimed up to 5 km; the entry asks for more than 5 km". */
  says?: string;
}

/** A code of the text that leads to an entry: how far the two agree is said, not judged. */
export interface NamedCode {
  /** The entry's own code. */
  code: string;
  text: string;
  start: number;
  end: number;
  says: string;
}

/** The other end of "replaces": which entry, since or until when, and where that is said. */
export interface RuleLink {
  entry: string;
  instrument: string;
  /** The day on which the one ended and the other began. */
  on: Day;
  source: string;
}

/**
 * `not-yet`: begins after the day asked for. `suspended`: set out of operation on that day. `undated`: nobody established when it
 * began, so its text is only that of the day it was read.
 */
export type RuleState = 'in-force' | 'not-yet' | 'suspended' | 'undated';

/** A control-list entry that could concern a family on a date. Never "controlled": entry + found + missing parameters (DESIGN §3). */
export interface RuleFinding {
  regime: string;
  entry: string;
  title: string;
  /** The goods it could concern; empty where only a code of the text leads to it. */
  family: string;
  from: Day;
  /** The beginning is not established: `from` is only the day its text was read. */
  fromUnknown?: true;
  /** Exclusive: the first day it no longer applied; null while in force. */
  to: Day | null;
  /** Whether the rule was in force on the day asked, or came later (shown apart, facts/goods §16). */
  inForce: boolean;
  /** The same in words, with what a yes or no cannot tell. Records made before it was computed have none. */
  state?: RuleState;
  instrument: string;
  source: string;
  /** The day the entry came into the catalogue. */
  added?: Day;
  found: FoundParameter[];
  missing: string[];
  /** Everything the entry asks for, given or not, in its order. */
  asks?: { parameter: string; threshold: string }[];
  /** How these join: `all`, `any`, or in words. */
  logic?: string;
  /** What the goods must be made for. */
  designedFor?: string;
  /** An entry that goes by the use of the goods instead of their parameters. */
  catchAll?: string;
  /** How sure the entry itself is. */
  note?: string;
  /** Codes of the text that lead here. */
  codes?: NamedCode[];
  replaces?: RuleLink[];
  supersededBy?: RuleLink[];
}

/** A rule that fired, with the words that fired it. A flag reports; it has no weight and gives no verdict. */
export interface Flag {
  id: string;
  title: string;
  source: string;
  /** The day the rule came into the catalogue. */
  added?: Day;
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
