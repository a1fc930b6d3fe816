/** When a notice is looked at again, and a source asked: pure functions of what was seen, so that a rebuild plans the same. */
import {
  type Instant,
  type NoticeId,
  type ObservationClass,
  type PresenceVerdict,
  type Settings,
  instant,
} from '../model/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** After refusals and outages, one after another (facts/watching §9). */
const BACK_OFF = [15 * MINUTE, HOUR, 6 * HOUR, DAY];

/** A page that says something else each time is not asked for its last word for ever. */
const MOST_UNSTEADY = 3;

/** What makes a removal likelier: the notice was edited, one of its account was removed, it is cited (facts/watching §13). */
export interface News {
  at: Instant;
  what: string;
}

export interface Checked {
  id: NoticeId;
  firstSeen: Instant;
  lastCheck: Instant;
  verdict: PresenceVerdict;
  news?: readonly News[];
  /** How many of the last looks, one after another, met a text that a second look did not find. */
  unsteady?: number;
  /** When its text was last read, and not only that it stands. */
  lastWhole?: Instant;
}

export interface Plan {
  at: Instant;
  /** One sentence for people. */
  why: string;
  /** Whether the whole page is to be read then; else it is enough that it stands. */
  whole: boolean;
}

/**
 * Removals fall with age (median 34 h after posting, 98 % within 96 h; facts/watching §13), so the young are looked at often, and
 * more often still after news; a suspicion is followed up when its confirmation is due. Who refuses us or is down is left alone
 * for longer each time.
 */
export function planCheck(checked: Checked, settings: Settings): Plan {
  const { id, firstSeen, lastCheck, verdict, news = [], unsteady = 0 } = checked;
  const last = Date.parse(lastCheck);
  const pause = verdict.silent ? BACK_OFF[Math.min(verdict.silent, BACK_OFF.length) - 1]! : 0;
  if (verdict.presence === 'suspected' && verdict.confirmAfter !== undefined) {
    const due = Date.parse(verdict.confirmAfter);
    if (pause > 0 && last + pause > due) return plan(last + pause, unanswered(verdict));
    // Looked at when it was due, and not confirmed (a server whose clock says that less time went by): not asked again at once.
    return plan(due > last ? due : last + settings['watch.confirm.notice'], 'a removal is to be confirmed');
  }
  if (unsteady > 0 && unsteady <= MOST_UNSTEADY && verdict.presence === 'standing')
    return plan(last + pause + settings['watch.confirm.notice'], 'an edit is to be confirmed');
  const { every, why } = interval(last - Date.parse(firstSeen), settings);
  const fresh = news.find(({ at }) => last - Date.parse(at) < settings['watch.burst.for']);
  const pace = fresh && verdict.presence === 'standing' ? Math.max(1, settings['watch.burst']) : 1;
  const wait = (every / pace) * jitter(`${id} ${lastCheck}`);
  if (pause > wait) return plan(last + pause, unanswered(verdict));
  if (pace > 1) return plan(last + wait, burstWords(settings, fresh!.what));
  return plan(last + wait, why, unsteady > 0 || isWholeDue(last + wait, checked, settings));
}

export const nextCheck = (checked: Checked, settings: Settings): Instant => planCheck(checked, settings).at;

export const burstWords = (settings: Settings, what: string): string =>
  `${settings['watch.burst']} times as often: ${what}`;

const plan = (at: number, why: string, whole = true): Plan => ({ at: instant(new Date(at)), why, whole });

/** An edit shows in the whole page only: most come within days of posting (facts/watching §2.14). */
function isWholeDue(at: number, { firstSeen, lastWhole, verdict }: Checked, settings: Settings): boolean {
  if (lastWhole === undefined || verdict.presence !== 'standing' || (verdict.silent ?? 0) > 0) return true;
  const [first, last] = [Date.parse(firstSeen), Date.parse(lastWhole)];
  if (at - last >= settings['watch.whole']) return true;
  return [DAY, 4 * DAY].some((age) => last < first + age && first + age <= at);
}

const unanswered = ({ silent = 0 }: PresenceVerdict): string =>
  `${silent} ${silent === 1 ? 'look' : 'looks'} in a row told nothing`;

function interval(age: number, settings: Settings): { every: number; why: string } {
  if (age < 4 * DAY) return { every: settings['watch.every.young'], why: 'in its first four days' };
  if (age < 30 * DAY) return { every: settings['watch.every.month'], why: 'in its first month' };
  if (age < 365 * DAY) return { every: settings['watch.every.year'], why: 'in its first year' };
  return { every: settings['watch.every.year'] * 4, why: 'older than a year' };
}

/** 0.9 to 1.1, the same for the same words: so that what was found together is not asked for together for ever. */
function jitter(words: string): number {
  let hash = 2_166_136_261; // FNV-1a
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 16_777_619) >>> 0;
  return 0.9 + (hash % 2_001) / 10_000;
}

/**
 * How long a whole host is left alone. A refusal is the host's word at once; that nobody answers may be one page's trouble, so it takes
 * two in a row. The first look afterwards is the test: it alone decides what comes next (facts/watching §9).
 */
export function hostPause(failures: number, last: ObservationClass): number {
  const step = last === 'blocked' ? failures : failures - 1;
  return step < 1 ? 0 : BACK_OFF[Math.min(step, BACK_OFF.length) - 1]!;
}

// --- sources ---------------------------------------------------------------

/** When addresses were first named: at a time the list states, or somewhere between two asks. */
export interface Posted {
  from: Instant;
  to: Instant;
}

const WEEK_HOURS = 168;
/** And at least a quarter as often. */
const MOST_OFTEN = 4;
/** Fewer posts tell no habit. */
const FEWEST_POSTS = 20;

/**
 * How many posts fall into each hour of a week, against the mean: 1 everywhere until there is enough to learn from. Hours and days
 * are learnt apart, as a week of one source is too thin to tell them together. In UTC, from Sunday midnight.
 */
export function postingHours(posts: readonly Posted[]): number[] {
  const hours = new Array<number>(24).fill(0);
  const days = new Array<number>(7).fill(0);
  let total = 0;
  for (const { from, to } of posts) {
    const [begin, end] = [Date.parse(from), Date.parse(to)];
    // Longer ago than a day tells no hour.
    if (!(end >= begin) || end - begin > DAY) continue;
    const steps = Math.max(1, Math.round((end - begin) / HOUR));
    for (let step = 0; step < steps; step++) {
      const at = new Date(begin + ((step + 0.5) * (end - begin)) / steps);
      hours[at.getUTCHours()]! += 1 / steps;
      days[at.getUTCDay()]! += 1 / steps;
    }
    total += 1;
  }
  if (total < FEWEST_POSTS) return new Array<number>(WEEK_HOURS).fill(1);
  const smooth = (counts: readonly number[]): number[] =>
    counts.map((count) => ((count + total / counts.length / 4) / (total * 1.25)) * counts.length);
  const [byHour, byDay] = [smooth(hours), smooth(days)];
  return bounded(Array.from({ length: WEEK_HOURS }, (_, at) => byDay[Math.floor(at / 24)]! * byHour[at % 24]!));
}

/** Between a quarter and four, and one on the whole, so that no more is asked than was set. */
function bounded(rates: readonly number[]): number[] {
  const times = (scale: number): number[] =>
    rates.map((rate) => Math.min(MOST_OFTEN, Math.max(1 / MOST_OFTEN, rate * scale)));
  let [low, high] = [0, 1_000];
  for (let step = 0; step < 60; step++) {
    const scale = (low + high) / 2;
    const mean = times(scale).reduce((sum, rate) => sum + rate, 0) / rates.length;
    if (mean < 1) low = scale;
    else high = scale;
  }
  return times(high);
}

/**
 * As often as the source is to be asked on average, and oftener in the hours in which it posts: at most four times as often, at least a
 * quarter.
 */
export function nextAsk(lastRun: Instant, everyMs: number, hours: readonly number[]): Plan {
  const begin = Date.parse(lastRun);
  const [soonest, latest] = [begin + everyMs / MOST_OFTEN, begin + everyMs * MOST_OFTEN];
  let at = begin;
  let left = everyMs;
  while (at < latest) {
    const date = new Date(at);
    const rate = hours[date.getUTCDay() * 24 + date.getUTCHours()]!;
    const end = Math.min(latest, Math.floor(at / HOUR + 1) * HOUR);
    const covered = (end - at) * rate;
    if (covered >= left) {
      at += left / rate;
      break;
    }
    left -= covered;
    at = end;
  }
  const learnt = hours.some((rate) => rate !== 1);
  return plan(Math.max(soonest, at), learnt ? 'by the hours in which it posts' : 'as often as it was set to');
}
