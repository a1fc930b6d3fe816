import type { Instant, OffsetTime } from './time.js';

export type Language = 'zh' | 'ru' | 'uk' | 'en' | 'unknown';

/** What a check concluded (DESIGN §3). Only `notice` and `gone` may ever lead to a removal; being blocked or down never does. */
export type ObservationClass = 'live' | 'notice' | 'gone' | 'moved' | 'blocked' | 'down' | 'unknown';

export type RemovalActor = 'publisher' | 'platform' | 'complaint' | 'account' | 'unknown';

/** Finer kinds of facts/watching §10, for the explanation; the seven classes above decide. */
export type PageVerdict =
  | { class: 'live'; rule: string; labelled?: string }
  /** A definite notice of the platform in place of the page. */
  | {
      class: 'notice';
      rule: string;
      actor: RemovalActor;
      words: string;
      scope: 'notice' | 'account';
      detail?: string;
      reasonId?: string;
      account?: { id?: string; name?: string };
    }
  /** Missing without a definite word: 404, 410, 451, soft 404, redirect home. */
  | { class: 'gone'; rule: string; definite: boolean; words?: string }
  | { class: 'moved'; rule: string; to: string; words?: string }
  /** They refuse us: verification, captcha, rate limit, login wall. Our trouble, not a removal. */
  | { class: 'blocked'; rule: string; words?: string; kind: 'verification' | 'rate' | 'access' | 'refused' }
  | { class: 'down'; rule: string; words?: string }
  /** Nothing fits, a bad or expired link, a suspended article. Never counted. */
  | { class: 'unknown'; rule: string; words?: string; kind: UnknownKind };

/**
 * `link`: the address is a temporary one that ended · `malformed`: the page calls the address wrong, which says nothing unless the
 * very same address led to the page before (facts/watching §2.6, §11.11) · `suspended`: out of sight for a while.
 */
export type UnknownKind = 'link' | 'malformed' | 'suspended' | 'unreadable' | 'other';

export interface Account {
  /** `gh_…` for WeChat, host for sites. */
  id?: string;
  name?: string;
  alias?: string;
  bio?: string;
}

/** How one notice is told from another. `key` is stable over URL forms: `wechat:<biz number>:<mid>:<idx>`, `url:<normalised>`, `feed:<…>`. */
export interface Identity {
  key: string;
  /** Set when the key could not be learnt from the page and rests on the URL alone. */
  provisional?: boolean;
}

/** Text and fields taken out of one capture. Pure function of bytes, headers and final URL. */
export interface Reading {
  /** Reader's own version; a *made* record names it. */
  reader: string;
  verdict: PageVerdict;
  identity: Identity;
  charset: { name: string; reason: string };
  language: Language;
  title?: string;
  /** Main text: NFC, line breaks between blocks, no zero-width characters. Mentions' offsets (UTF-16) point into it. */
  text: string;
  account?: Account;
  author?: string;
  /** The source's claim, with the source's zone (facts/watching §8). */
  published?: OffsetTime;
  /** An edit the source itself admits. */
  modified?: OffsetTime;
  /** The platform's own clock in the page, to cross-check ours. */
  serverTime?: Instant;
  /** Other addresses the page names as its own. */
  links: { own?: string; original?: OriginalPointer; attachments: Attachment[]; images: string[] };
  place?: string;
  /** Fields kept as the page gave them, for the show page and the diff of technical facts: small strings only. */
  fields: Readonly<Record<string, string>>;
  /** What could not be read and why; never guessed. */
  problems: readonly string[];
  /** True when the page carries a logged-in observer's identifiers (facts/watching §2.17): refuse to publish. */
  leaksObserver?: boolean;
}

/** A declared repost names the key of its original. */
export interface OriginalPointer {
  key?: string;
  url?: string;
  account?: Account;
}

export interface Attachment {
  url: string;
  name?: string;
}
