import type { NoticeId } from './ids.js';
import type { ObservationClass, PageVerdict, RemovalActor } from './reading.js';
import type { Instant } from './time.js';

export const PRESENCES = ['standing', 'unreachable', 'suspected', 'removed', 'moved'] as const;
export type Presence = (typeof PRESENCES)[number];

/** Waiting times and counts of the presence verdict; each is a setting (facts/watching §11). */
export interface PresenceSettings {
  /** Between two agreeing definite notices. */
  confirmNoticeMs: number;
  /** Over which indefinite absences (404, soft 404) must last. */
  confirmMissingMs: number;
  /** How many indefinite absences are needed. */
  observations: number;
  /** An indefinite absence of this length is believed without a control. */
  permanentMs: number;
  /** So many notices of a host missing at once, and this share of those checked, are the host's doing, not the notices'. */
  massItems: number;
  massShare: number;
  /** So many checks in a row without an answer make a notice unreachable. */
  unreachableAfter: number;
}

/** An observation as the presence rules see it. */
export interface ObservedCheck {
  /** Record id, so that a verdict can list what it rests on. */
  id: string;
  at: Instant;
  class: ObservationClass;
  verdict: PageVerdict;
  /** True when the check used a connection of its own (no reuse), as rule 11.2 asks of confirmations. */
  freshConnection: boolean;
  /** Normalised visible text hash, for "one body, many URLs". */
  textHash?: string;
  /** The thresholds on record when the check was made; what they said then stays said. */
  settings?: PresenceSettings;
  /** Control checks made in the same window (facts/watching §11.3). */
  controls?: readonly ControlCheck[];
  /** How the other notices of the host fared (facts/watching §11.5). */
  host?: HostState;
  /** What the server said the time was; a jump of our own clock shows against it. */
  serverDate?: Instant;
}

/** A look at another address of the host, to know whether the host itself is all right. */
export interface ControlCheck {
  url: string;
  class: ObservationClass;
  /**
   * `neighbour` (default): another watched notice · `home`: its first page · `random`: an address that cannot exist · `again`: the page
   * itself once more, as its text is new.
   */
  role?: 'neighbour' | 'home' | 'random' | 'again';
  /** SHA-256 of the visible text: the same text under two addresses is no notice of either. */
  textHash?: string;
  /** again: it said the same, but for numbers that count by themselves. */
  alike?: boolean;
  /** again: sentences that differed from the first look in numbers alone, with `#` for each. */
  counting?: readonly string[];
  /** neighbour of a page with a new text: whether it changed in the same way since then. */
  changed?: boolean;
}

export interface HostState {
  host: string;
  /** Notices of the host that were checked since a day before this one was last seen; this one is included. */
  checked: number;
  /** Those that may have gone with it: missing since, and last seen at most a day after it was first missing. */
  missing: number;
  /** Since when the first of all its notices that are missing is. */
  since: Instant;
}

export interface Removal {
  actor: RemovalActor;
  /** The page's own words; empty when the page simply was not there. */
  words: string;
  /** Present when the words are about the whole account. */
  scope?: 'account';
  lastSeen: Instant | null;
  firstMissing: Instant;
  confirmed: Instant;
}

export interface PresenceVerdict {
  presence: Presence;
  /** So many checks in a row, the last ones, said nothing about the notice. */
  silent?: number;
  /** Suspected or removed without a definite word: since when it is missing. Such ones may be their host's doing. */
  missingSince?: Instant;
  /** Suspected together with many others of its host: one event tells of all. */
  heldWith?: HostState;
  removal?: Removal;
  movedTo?: string;
  /** When a suspected removal could be confirmed at the earliest. */
  confirmAfter?: Instant;
  /** Sentences with the ids of the observations they rest on: `show N --why`. */
  reasons: { text: string; observations: string[] }[];
}

export interface Change {
  /** `template`: the whole site changed at that time, and what changed of the notice cannot be told from it. */
  kind:
    | 'text'
    | 'title'
    | 'author'
    | 'published'
    | 'attachment'
    | 'image'
    | 'account'
    | 'original'
    | 'template'
    | 'technical';
  /** 0..100, a changed country, name, good or telephone first. */
  severity: number;
  before: string;
  after: string;
  /** Word-level edits inside the changed sentences. */
  edits: { op: 'keep' | 'remove' | 'add'; text: string }[];
}

/** A stretch of text that stands in both; UTF-16 offsets into each reading's text. */
export interface Passage {
  thisStart: number;
  thisEnd: number;
  otherStart: number;
  otherEnd: number;
}

export interface CopyRelation {
  /** Judged from this notice's side: how much of *it* stands in the other. */
  relation: 'copy' | 'shared-passage' | 'declared-repost';
  /** The same question asked from the other side: an excerpt is a copy to itself and a shared passage to the whole. */
  relationOfOther: 'copy' | 'shared-passage' | 'declared-repost';
  notice: NoticeId;
  other: NoticeId;
  /** Shares of letters and digits, 0..1. */
  sharedOfThis: number;
  sharedOfOther: number;
  passages: Passage[];
  /** The words of the first passage as each side writes them, cut short: what a flag shows. */
  firstWords: { ofThis: string; ofOther: string };
  /** Nothing is shared but formulae, which many otherwise different notices carry. */
  isFormulaOnly?: true;
}
