/**
 * What to tell one channel now, as a pure function of what it was not told yet. What was told stands in the log and nowhere
 * else; so whoever asks again after a crash gets the rest.
 */
import { createHash } from 'node:crypto';
import { AsPostedError, type Settings } from '../model/index.js';
import type { AlertEvent } from './channel.js';
import { EVENT_WORDS } from './message.js';
import { type Quiet, isQuiet, lastQuietEnd, parseQuiet } from './quiet.js';

export interface Rules {
  /** Types of events that go to this channel. */
  types: readonly string[];
  /** 0: no digests. */
  digestMs: number;
  /** Types that wait for no digest, and for no morning. */
  digestPass: readonly string[];
  quiet: Quiet | undefined;
  quietPass: readonly string[];
  /** Most messages at a time. */
  most: number;
}

/** `removal` goes to every channel; where `email:removal` names a channel, that one gets what is named for it and nothing else. */
export function rulesOf(settings: Settings, kind: string, kinds: readonly string[]): Rules {
  const named = settings['alert.events'].map((entry) => {
    const [type = '', channel] = entry.split(':').reverse();
    if (channel !== undefined && !kinds.includes(channel)) throw unknown('alert.events', channel, kinds);
    return { type: known('alert.events', type), channel };
  });
  const own = named.filter(({ channel }) => channel === kind);
  return {
    types: (own.length > 0 ? own : named.filter(({ channel }) => channel === undefined)).map(({ type }) => type),
    digestMs: settings['alert.digest'],
    digestPass: settings['alert.digest.pass'].map((type) => known('alert.digest.pass', type)),
    quiet: parseQuiet(settings['alert.quiet']),
    quietPass: settings['alert.quiet.pass'].map((type) => known('alert.quiet.pass', type)),
    most: Math.max(1, Math.floor(settings['alert.most'])),
  };
}

function known(setting: string, type: string): string {
  if (type !== 'test' && Object.hasOwn(EVENT_WORDS, type)) return type;
  throw unknown(
    setting,
    type,
    Object.keys(EVENT_WORDS).filter((each) => each !== 'test'),
  );
}

function unknown(setting: string, word: string, words: readonly string[]): AsPostedError {
  return new AsPostedError({
    code: 'BAD_SETTING',
    message: `${setting} names ${word}`,
    hint: `It knows ${words.join(', ')}.`,
  });
}

/** One message: one event under its own id, or a digest of one or more under an id made of theirs. */
export interface Planned {
  id: string;
  digest: boolean;
  events: readonly AlertEvent[];
}

/** A message of which nobody knows whether it arrived. */
export interface Unfinished {
  id: string;
  digest: boolean;
  events: readonly string[];
}

export interface Moment {
  now: Date;
  rules: Rules;
  /** When this channel last got a digest. */
  lastDigest?: Date | undefined;
  /** Goes out again first, with the same events under the same id: the other side may have it already. */
  unfinished?: Unfinished | undefined;
}

/** `pending` in the order of their times. What is not in the answer is for a later moment. */
export function plan(pending: readonly AlertEvent[], moment: Moment): Planned[] {
  const { rules, unfinished, now } = moment;
  const isNight = rules.quiet !== undefined && isQuiet(rules.quiet, now);
  const again = pending.filter(({ id }) => unfinished?.events.includes(id));
  const rest = pending.filter((event) => !again.includes(event));
  const mayGo = again.length > 0 && (!isNight || again.every(({ event }) => rules.quietPass.includes(event)));
  const first = mayGo ? [{ id: unfinished!.id, digest: unfinished!.digest, events: again }] : [];
  const lastDigest = first[0]?.digest ? now : moment.lastDigest;
  const { gathered, single } = sorted(rest, isNight, { ...moment, lastDigest });
  const before = [...first, ...(gathered.length > 0 ? [digest(gathered)] : [])];
  return [...before, ...atMost(rules.most - before.length, single)];
}

interface Sorted {
  /** Told as one message. */
  gathered: readonly AlertEvent[];
  /** Told one by one. */
  single: readonly AlertEvent[];
}

function sorted(events: readonly AlertEvent[], isNight: boolean, { now, rules, lastDigest }: Moment): Sorted {
  const passing = (types: readonly string[]): AlertEvent[] => events.filter(({ event }) => types.includes(event));
  if (isNight) return { gathered: [], single: passing(rules.quietPass) };
  if (rules.digestMs > 0) {
    const single = passing(rules.digestPass);
    // A clock that went back does not lengthen the wait.
    const waited = lastDigest === undefined ? Infinity : now.getTime() - lastDigest.getTime();
    const isDue = waited < 0 || waited >= rules.digestMs;
    return { gathered: isDue ? events.filter((event) => !single.includes(event)) : [], single };
  }
  const morning = rules.quiet && lastQuietEnd(rules.quiet, now)?.getTime();
  const held = events.filter(({ at }) => morning !== undefined && Date.parse(at) < morning);
  return held.length < 2
    ? { gathered: [], single: events }
    : { gathered: held, single: events.filter((event) => !held.includes(event)) };
}

/** Two hundred events at once are one message, not two hundred. */
function atMost(room: number, events: readonly AlertEvent[]): Planned[] {
  if (room < 1) return [];
  const alone = events.length > room ? events.slice(0, room - 1) : events;
  const rest = events.slice(alone.length);
  return [
    ...alone.map((event) => ({ id: event.id, digest: false, events: [event] })),
    ...(rest.length > 0 ? [digest(rest)] : []),
  ];
}

function digest(events: readonly AlertEvent[]): Planned {
  const ids = events.map(({ id }) => id).sort();
  const hash = createHash('sha256').update(ids.join('\n')).digest('hex');
  return { id: `D-${hash.slice(0, 16)}`, digest: true, events };
}

const PAUSES = [1, 5, 30, 120].map((minutes) => minutes * 60_000);

/** How long a channel is left alone after so many failures in a row; what the other side asks for wins. */
export function pauseAfter(failures: number, retryAfterMs?: number): number {
  return retryAfterMs ?? PAUSES[Math.min(Math.max(failures, 1), PAUSES.length) - 1]!;
}
