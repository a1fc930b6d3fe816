import type { Sha256 } from './ids.js';
import type { DecisionRecord } from './records.js';
import type { Day, Instant } from './time.js';

/** One party on a list in FollowTheMoney's terms, reduced to what matching needs. */
export interface ListEntry {
  list: string;
  /** The list's own id: OFAC entity number, `I.ENTITIES/542`. */
  entry: string;
  schema: 'Person' | 'Company' | 'LegalEntity' | 'Vessel' | 'Airplane' | 'Organization';
  /** The primary name as printed. */
  name: string;
  aliases: {
    name: string;
    weak: boolean;
    kind: 'aka' | 'fka' | 'nka' | 'weak';
    /** ISO 15924, of names that are not in Latin letters. */
    script?: string;
  }[];
  identifiers: { type: string; value: string; country?: string }[];
  countries: string[];
  addresses: string[];
  programs: string[];
  /** Free text in which products and other firms may be named. */
  remarks: string;
  /** What the list itself says of its beginning and end, as precise as it says it: `2011`, `2011-02`, `2011-02-28`. */
  listedOn?: string;
  endsOn?: string;
  /** A publisher's own lists this entry is on, each with its date where one is stated. */
  listings?: { list: string; on?: string }[];
  /** Dates of birth or of founding, as printed. */
  births?: string[];
  /** `Asset freeze`, `Export control`: a listing is not always a freeze. */
  measures?: string[];
  /** What the list says of others. Data, never a conclusion: a share of 50 % makes nobody listed. */
  links?: ListLink[];
  from: Day;
  /** First version that no longer holds it; null while listed in the newest version loaded. */
  to: Day | null;
  /**
   * The days on which the list printed the entry exactly like this (an alias may be added later); absent when the
   * entry never changed. `from`/`to` above are of the listing itself.
   */
  stateFrom?: Day;
  stateTo?: Day | null;
  /** Whether `from` is known or only "not later than" (present in the oldest version we hold). */
  fromIsBound: boolean;
}

export interface ListLink {
  /** What the other is to this entry. */
  role: 'owner' | 'owned' | 'parent' | 'subsidiary' | 'director' | 'directed' | 'family' | 'linked';
  /** As printed; empty where the list gives an id only. */
  name: string;
  /** Id of the other on the same list. */
  entry?: string;
  /** As printed: `50`, `50-75`. */
  percentage?: string;
  /** The publisher's word for it: `Owned or Controlled By`. */
  says?: string;
  /** When it began and ended, as precisely as the list says. */
  since?: string;
  until?: string;
  isFormer?: true;
}

/** One state of a list as the world showed it. */
export interface ListVersionRef {
  list: string;
  publishedAt: Day;
  sha256: Sha256;
  entries: number;
}

export interface Match {
  class: 'listed' | 'named-in-listing';
  list: string;
  entry: string;
  /** Primary name of the entry. */
  name: string;
  /** The name, alias or identifier that matched, as the list prints it. */
  matchedName: string;
  /** 0..1: how well the names agree. */
  nameEvidence: number;
  /** 0..100: about what the search page of the US Treasury would show for these two names; absent where no name matched. */
  ofacScore?: number;
  /** 0..1: identifiers, country, address that agree; 0 = nothing more is known, not "disagrees". */
  corroboration: number;
  from: Day;
  to: Day | null;
  /** The publisher's own day of the listing, as precise as it says it; absent where it says none. */
  listedOn?: string;
  /** What "listed on that day" rests on: the version that was in force, or the publisher's date where none that is held reaches back. */
  basis: 'version' | 'publisher';
  /** The version whose words these are: the one in force, else the oldest. */
  listVersion: string;
  /** Token by token, in words. */
  why: string[];
  /** What both sides say, and say differently; absent when nothing does. An omission is no contradiction. */
  contradictions?: string[];
  /** What a person decided of this question and this entry; absent when nobody did. */
  decision?: MatchDecision;
}

export interface MatchDecision {
  verdict: DecisionRecord['verdict'];
  by: string;
  at: Instant;
  why: string;
  /** The list has printed the entry otherwise since: the decision was about something else. */
  stale?: true;
}

export interface ScreeningQuery {
  name: string;
  /** Also known spellings of the same thing. */
  aliases?: readonly string[];
  identifiers?: readonly { type: string; value: string }[];
  countries?: readonly string[];
  schema?: 'Person' | 'Company' | 'LegalEntity';
  /** Days, months or years of birth or of registration: `1986-04-04`, `1986`. */
  dates?: readonly string[];
  addresses?: readonly string[];
}

export interface Screening {
  query: string;
  on: Day;
  matches: Match[];
  /** Which lists were asked, in which version; a list that could not be asked says why. "No match" without this is worthless. */
  lists: { list: string; version: string; publishedAt: Day; entries: number; note?: string }[];
  /** What of the question was not looked at: a name too long to be one. */
  note?: string;
  /** More names were like the one asked than are compared or named: what is left out depends on what else the lists hold. */
  cut?: true;
  screenedAt?: Instant;
}
