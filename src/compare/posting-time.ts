/** When something was posted, as far as it is known: a page that gives a day gives no hour, and a page that gives nothing gives nothing. */
import type { Instant, NoticeId, OffsetTime, Presence } from '../model/index.js';

/** What is asked of a notice to say who copies whom. */
export interface Posting {
  notice: NoticeId;
  /** The account or site that posted it. */
  source: string;
  /** What the page claims; left out when it claims nothing. */
  published?: OffsetTime;
  /** When we saw it for the first time: not before it was watched. */
  firstSeen: Instant;
  presence: Presence;
  removedAt?: Instant;
}

/** Milliseconds, half open. */
export interface Moment {
  from: number;
  to: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Midnight is how a reading writes a day without an hour, and no seconds how it writes a minute. */
export function publishedMoment({ published }: Pick<Posting, 'published'>): Moment | undefined {
  if (published === undefined) return undefined;
  const from = Date.parse(published);
  if (Number.isNaN(from)) return undefined;
  const time = /T(\d{2}:\d{2}):(\d{2})/.exec(published);
  if (!time || (time[1] === '00:00' && time[2] === '00')) return { from, to: from + DAY };
  return { from, to: from + (time[2] === '00' ? MINUTE : 1_000) };
}

/** `same`: they may be either way, one day holding both. `unknown`: one of them says nothing. */
export type Order = 'before' | 'after' | 'same' | 'unknown';

export function orderOf(a: Moment | undefined, b: Moment | undefined): Order {
  if (!a || !b) return 'unknown';
  if (a.to <= b.from) return 'before';
  return b.to <= a.from ? 'after' : 'same';
}

/** How much later b is than a. Between two days nobody knows the hours: the least and the most it can be. */
export interface Lag {
  leastMs: number;
  mostMs: number;
}

export const lagBetween = (a: Moment, b: Moment): Lag => ({ leastMs: b.from - a.to, mostMs: b.to - a.from });
