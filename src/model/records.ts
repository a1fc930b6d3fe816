/**
 * The *seen* records (DESIGN §1): what the world showed us and what a person here put on record. Each is one canonical
 * JSON document in the vault, named by its SHA-256, and one leaf of the log. Everything else is *made* from them,
 * in log order, by a function that a test can call. Fields are added, never renamed.
 */
import type { Sha256 } from './ids.js';
import type { BrowserFacts, FetchOptions, FilesFacts } from './capture.js';
import type { ControlCheck, HostState, Presence } from './comparison.js';
import type { ObservationClass } from './reading.js';
import type { Day, Instant } from './time.js';

interface Common {
  v: 1;
  /** When it happened, by our clock. */
  at: Instant;
}

/** A source added, paused, resumed or removed. The newest record for a key rules. */
export interface SourceRecord extends Common {
  type: 'source';
  /** Identity: kind + address + options, hashed; stays when the state changes. */
  key: Sha256;
  kind: string;
  name: string;
  state: 'active' | 'paused' | 'removed';
  options: Readonly<Record<string, unknown>>;
  everyMs: number;
}

/** A capture kept. The bytes are in the WARC object. */
export interface ExhibitRecord extends Common {
  type: 'exhibit';
  /** The address asked for, exactly as received. */
  url: string;
  finalUrl: string;
  status: number;
  mediaType: string;
  warc: {
    sha256: Sha256;
    length: number;
    /** SHA-256 of each gzip member in order: a copy without one of them can still be proved. Absent before 0.1.0 was released. */
    records?: readonly Sha256[];
  };
  payload: { sha256: Sha256; length: number };
  /** What cut the message: a value of WARC-Truncated. */
  truncated?: string;
  /** Only so many bytes of the decoded body were read: a limit on decompression. The WARC holds what was sent. */
  readBytes?: number;
  remoteAddress?: string;
  tls?: { protocol: string; cipher: string };
  /** Log index-independent name of the source that led here, if any. */
  source?: Sha256;
  software: string;
  userAgent?: string;
  /** Recorded when robots.txt or the honest user agent were overridden, with who and why. */
  overrides?: Readonly<Record<string, string>>;
  /** Present when a browser rendered the page: its picture, print and text are in the WARC. */
  browser?: BrowserFacts;
  /** Present when files of the page were asked for (`capture.files`): those kept are in the WARC. */
  files?: FilesFacts;
  /** Wanted for this capture and not to be had on the machine that made it. */
  missing?: readonly 'browser'[];
  /**
   * Present when the bytes were handed in, and not fetched by this program: `at` is then the time of the import, and nothing
   * says that the page stood at that time.
   */
  imported?: {
    /** Name of the file, without its folders. */
    from: string;
    form: 'warc' | 'wacz' | 'html' | 'mhtml' | 'file';
    /** Whose word `url` is: the archive's, the saving program's, the page's own, or nobody's (`urn:sha256:…`). */
    address: 'archive' | 'saved-from' | 'page' | 'none';
    /** When the archive says it got the page: its claim. */
    claimed?: Instant;
  };
}

/** A check of one address and what it concluded then. A later rule may conclude otherwise from the same bytes: that shows in *made*. */
export interface ObservationRecord extends Common {
  type: 'observation';
  url: string;
  /** Identity key when known before the check (a re-check of a known notice). */
  noticeKey?: string;
  source?: Sha256;
  /** The exhibit record this check kept, or the earlier one whose text it found unchanged. */
  exhibit?: Sha256;
  unchanged?: boolean;
  concluded: ObservationClass;
  rule: string;
  status?: number;
  payload?: Sha256;
  textHash?: Sha256;
  /** When the fetch failed: code and sentence, no content. */
  failure?: { code: string; message: string };
  freshConnection: boolean;
  controls?: readonly ControlCheck[];
  /** How the other notices of the host fared then; present when this one was missing without a definite word. */
  host?: HostState;
  /** Present when this page and its neighbours changed in the same way: the site was made over. Since when the first of them did. */
  redesign?: { host: string; since: Instant };
  /**
   * The page was left after so many bytes of its body, as they showed that the notice stands; what it says was not looked at. Such a
   * look keeps nothing.
   */
  leftAfter?: number;
  /** What the server named its answer by, so that it can be asked whether it still is the same (RFC 9110 §8.8). */
  validators?: { etag?: string; modified?: string };
  /** The time by the server (Date and Age of the answer). */
  serverDate?: Instant;
  /** `discovery`: the check asked a source for new addresses, not a notice whether it stands. */
  role?: 'discovery';
  /** As in the exhibit. */
  missing?: readonly 'browser'[];
  /** discovery: how many addresses it named. */
  found?: number;
  /** discovery: those no notice was known by, and when the list says each was posted: they are looked at next. */
  named?: readonly { url: string; published?: string }[];
}

/** One state of a list, as fetched or imported. */
export interface ListVersionRecord extends Common {
  type: 'listVersion';
  list: string;
  publishedAt: Day;
  /** SHA-256 of the publisher's file in this state. */
  content: Sha256;
  /** Vault objects by role (`sdn`, `alt`, `add`), or a diff against the previous state. */
  objects: Readonly<Record<string, Sha256>>;
  /** Present when this state is stored as a diff on another state's content. */
  on?: Sha256;
  form: string;
  entries: number;
  /** Entries by part, of a list that is put together from several. */
  parts?: Readonly<Record<string, number>>;
  origin: string;
}

export interface CaseRecord extends Common {
  type: 'case';
  key: Sha256;
  title: string;
  by: string;
  notices: readonly string[];
}

/** Who said what, through whom, when. */
export interface ClaimRecord extends Common {
  type: 'claim';
  case: Sha256;
  by: string;
  speaker: string;
  /** The body the speaker speaks for, as the outlet says. */
  speaksFor?: string;
  outlet?: string;
  said?: Day;
  words: string;
  /** What the words are about: `removal`, `buyers`, `work`, `product`, `comment` … free, lower case. */
  about?: string;
  /** Notice, exhibit or claim record ids it speaks to. */
  exhibit?: string;
  supports?: readonly string[];
  contradicts?: readonly string[];
}

/** A decision, a note, an outreach, something added to the case: other human statements on it. */
export interface StatementRecord extends Common {
  type: 'statement';
  case: Sha256;
  by: string;
  kind: 'note' | 'decision' | 'outreach' | 'added';
  words: string;
  /** outreach: who was asked, by whom, and the answer if any. */
  asked?: string;
  askedBy?: string;
  answer?: string;
  exhibit?: string;
  /** added: notices and exhibits that belong to the case from here on. */
  about?: readonly string[];
}

/** Whether a name is that of an entry of a list, as a person sees it. The newest record for the same question and entry rules. */
export interface DecisionRecord extends Common {
  type: 'decision';
  by: string;
  /** The name or number that was asked, as the match gives it (`query`). */
  name: string;
  /** The notice it stands in; absent for a name that was typed in, wherever it comes from. */
  notice?: string;
  list: string;
  entry: string;
  verdict: 'same' | 'different' | 'unsure';
  why: string;
  /** SHA-256 of all that the list printed of the entry then (docs/format.md): printed otherwise, it is to be decided again. */
  content: Sha256;
}

/**
 * What a finding is worth to the people here: what is known of a notice, as it was then. The newest record for the notice rules as long
 * as no more is known of it.
 */
export interface TriageRecord extends Common {
  type: 'triage';
  by: string;
  notice: string;
  /** `undone`: what was said before is taken back. */
  verdict: 'matters' | 'noise' | 'unsure' | 'undone';
  /** What was known then: another presence, or one revision more, is another finding. */
  presence: Presence;
  revisions: number;
}

/** An alert handed to a channel: kept so that a rebuild never sends it again. */
export interface DeliveryRecord extends Common {
  type: 'delivery';
  channel: string;
  event: string;
  outcome: 'delivered' | 'refused';
  detail: string;
  /** The idempotency key of the digest that told it together with others; absent when it was told alone, under its own id. */
  digest?: string;
}

/**
 * The thresholds in force from here on: a verdict such as "removed" rests on them, so they are on record like the
 * observations themselves. Appended when they differ from the last record, so that a rebuild anywhere judges alike.
 */
export interface PolicyRecord extends Common {
  type: 'policy';
  /** Values of the settings that made rows depend on, by name; durations in milliseconds. */
  settings: Readonly<Record<string, number>>;
}

/**
 * A change of the log's own key (docs/format.md). What counts is `statement`, a note signed by the keys themselves; the other
 * fields repeat it, so that a reader of records need not parse notes.
 */
export interface KeyRecord extends Common {
  type: 'key';
  role: 'log';
  event: 'rotated' | 'retired' | 'compromised';
  /** Verifier keys: the one that is followed or retired, and the newest. */
  old: string;
  new: string;
  /** Entries of the log before this one. */
  size: number;
  statement: string;
}

export type SeenRecord =
  | SourceRecord
  | ExhibitRecord
  | ObservationRecord
  | ListVersionRecord
  | CaseRecord
  | ClaimRecord
  | StatementRecord
  | DecisionRecord
  | TriageRecord
  | DeliveryRecord
  | PolicyRecord
  | KeyRecord;

/** What a leaf of the log holds: hashes and minimal metadata only, never personal text (DESIGN §6, issue of the log). */
export interface LogLeaf {
  v: 1;
  type: SeenRecord['type'];
  at: Instant;
  record: Sha256;
}

export type { FetchOptions };
