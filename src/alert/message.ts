/**
 * What people read of an event: one pure function, the same words on every channel. It says what the page answered and when,
 * and concludes nothing (facts/watching §11.17). The watched page is never a link; ours is, where it is known.
 */
import { REMOVED_BY, percent } from '../model/index.js';
import type { AlertEvent, Message } from './channel.js';
import { cut, moment, shown, shownAddress } from './text.js';

type Body = AlertEvent['body'];

export interface EventWords {
  /** Begins the title. */
  title: string;
  /** In the count of a digest: `3 removed`. */
  counted: string;
  urgency: Message['urgency'];
  /** What happened, in sentences. */
  tell(body: Body, at: string): string;
}

/** Every type of event there is; in a digest the first ones are named first. */
export const EVENT_WORDS: Readonly<Record<string, EventWords>> = {
  fork: {
    title: 'A witness has seen another history of the log',
    counted: 'other histories of the log',
    urgency: 'high',
    tell: ({ log, witness, detail }) =>
      `Witness ${shown(witness, 100)} has seen another history of the log ${shown(log, 100)}: ${shown(detail, 300)}. This is no outage: compare both histories before anything of this log is published.`,
  },
  removal: { title: 'Removed', counted: 'removed', urgency: 'high', tell: ({ removal }) => tellRemoval(removal) },
  account: {
    title: 'Account closed',
    counted: 'accounts closed',
    urgency: 'high',
    tell: ({ removal }) =>
      `${tellRemoval(removal)} These words are about the whole account: its other notices that are found to say the same are not told one by one.`,
  },
  returned: {
    title: 'Came back',
    counted: 'came back',
    urgency: 'normal',
    tell: (_, at) => `The page, which had been found removed, stood again at ${at}.`,
  },
  match: { title: 'Name found on a list', counted: 'names on lists', urgency: 'high', tell: tellMatch },
  unmatched: {
    title: 'No longer found on a list',
    counted: 'names no longer on lists',
    urgency: 'normal',
    tell: tellTurn,
  },
  copy: { title: 'Shares passages with another notice', counted: 'shared passages', urgency: 'high', tell: tellCopy },
  change: { title: 'Edited', counted: 'edited', urgency: 'normal', tell: tellChange },
  moved: {
    title: 'Moved',
    counted: 'moved',
    urgency: 'normal',
    tell: ({ to }, at) =>
      `The page said at ${at} that it moved to ${shownAddress(to) || 'an address it does not name'}.`,
  },
  unreachable: {
    title: 'Unreachable',
    counted: 'unreachable',
    urgency: 'normal',
    tell: (_, at) =>
      `Checks in a row got no answer about the page, the last one at ${at}. That does not say whether it stands.`,
  },
  silent: {
    title: 'A source gives no answer',
    counted: 'sources without an answer',
    urgency: 'normal',
    tell: tellSilent,
  },
  host: {
    title: 'Many notices of one host are missing at once',
    counted: 'hosts with many missing',
    urgency: 'normal',
    tell: ({ host, missing, checked, since }, at) =>
      `At ${at}, ${number(missing)} of ${number(checked)} notices of ${shown(host, 100).replaceAll('.', '[.]')} were missing, the first since ${moment(since)}. That is taken for trouble of the host, or a redesign, until more is known; none of them is called removed for it.`,
  },
  redesign: {
    title: 'A site was made over',
    counted: 'sites made over',
    urgency: 'normal',
    tell: ({ host, since }) =>
      `Pages of ${shown(host, 100).replaceAll('.', '[.]')} changed in the same way, the first since ${moment(since)}. That is taken for a new design of the site; no notice is called edited for it, and what each page said before and after is kept.`,
  },
  notice: {
    title: 'New notice',
    counted: 'new',
    urgency: 'low',
    tell: ({ published }, at) =>
      `First seen at ${at}.${typeof published === 'string' ? ` It says of itself that it was published at ${shown(published, 40)}.` : ''}`,
  },
  test: {
    title: 'Test of an alert',
    counted: 'tests',
    urgency: 'low',
    tell: (_, at) => `Sent at ${at} to see whether alerts arrive. Nothing happened to any notice.`,
  },
};

const NOTICE_OF: Readonly<Record<string, string>> = {
  publisher: 'the notice that its publisher removed it',
  platform: 'the platform’s notice',
  complaint: 'the notice that it was removed after a complaint',
  account: 'a notice about its account',
};

function tellRemoval(removal: unknown): string {
  const { actor, scope, words, firstMissing, confirmed, lastSeen } = objectOf(removal);
  const quoted = shown(words, 300);
  const answered =
    quoted === ''
      ? `The page was missing, without a word of why, at ${moment(confirmed)}`
      : `The page answered with ${NOTICE_OF[scope === 'account' ? scope : shown(actor, 20)] ?? 'a notice'}, “${quoted}”, at ${moment(confirmed)}`;
  const before =
    typeof lastSeen === 'string'
      ? `it was last seen live at ${moment(lastSeen)}`
      : 'it was never seen live here, as it was missing when first checked';
  return `${answered}; it was first missing at ${moment(firstMissing)}; ${before}.`;
}

function tellSilent({ asked, since, lastGood, problem }: Body, at: string): string {
  const why = shown(problem, 300);
  const before =
    typeof lastGood === 'string' ? `Its last good answer was at ${moment(lastGood)}.` : 'It never gave one.';
  return `The source was asked ${number(asked)} times in a row since ${moment(since)} without a good answer, the last time at ${at}${why === '' ? '' : `: ${why}`}. ${before} What it would have named since then is not known here; the notices that are known are checked all the same.`;
}

const KINDS: Readonly<Record<string, string>> = {
  template: 'the design of the site',
  published: 'date of publication',
  attachment: 'attachments',
  image: 'pictures',
  original: 'link to the original',
  technical: 'technical details',
};

function tellChange({ revision, kinds }: Body, at: string): string {
  const named = (Array.isArray(kinds) ? kinds : []).slice(0, 12).map((kind) => {
    const name = shown(kind, 30);
    return KINDS[name] ?? name;
  });
  const what = named.length === 0 ? 'something' : named.join(', ');
  return `Changed: ${what}. First seen so at ${at}, as revision ${number(revision)}.`;
}

function tellCopy({ other, relation, sharedOfThis, sharedOfOther }: Body): string {
  const says = relation === 'declared-repost' ? ' It says itself that it was taken from elsewhere.' : '';
  return `${share(sharedOfThis)} of this notice stands in notice ${shown(other, 20)}, and ${share(sharedOfOther)} of that one in this.${says}`;
}

function tellMatch(body: Body): string {
  if (body['turn'] === 'made') return tellTurn(body);
  if (body['turn'] === 'changed') return tellOvertaken(body);
  const { list, entry, name, query, on, from, class: kind } = body;
  const how = kind === 'named-in-listing' ? 'is like a name in the text of' : 'is like the name of';
  const since = typeof from === 'string' ? `, there since ${shown(from, 20)}` : '';
  return `“${shown(query, 200)}” in this notice ${how} entry ${shown(entry, 60)} of the list ${shown(list, 60)}, “${shown(name, 200)}”, as the list stood on ${shown(on, 20)}${since}. Whether it is the same one is for a person to say.`;
}

/** Somebody decided on it, and the entry changed. */
function tellOvertaken({ list, entry, name, query, day, decision }: Body): string {
  const { verdict, by, at, why } = objectOf(decision);
  return `Entry ${shown(entry, 60)} of the list ${shown(list, 60)}, “${shown(name, 200)}”, was changed by the list’s version of ${shown(day, 20)}. ${shown(by, 100) || 'Somebody'} decided at ${moment(at)} of “${shown(query, 200)}” in this notice: ${shown(verdict, 20)} (${shown(why, 300)}). That was said of the entry as it was then; look at it again.`;
}

/** A list changed, and with it what is known of notices that were held before: how many, and which. */
function tellTurn({ list, entry, name, query, day, turn, notices, decidedDifferent }: Body): string {
  const others: readonly unknown[] = Array.isArray(decidedDifferent) ? decidedDifferent : [];
  const named = (Array.isArray(notices) ? notices : []).filter((each) => !others.includes(each));
  const ids = named.map((each) => shown(each, 20)).filter((each) => each !== '');
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  const where = ids.length === 1 ? 'one notice' : `${ids.length} notices`;
  const asked = `“${shown(query, 200)}”, which stands in ${where} held here (${ids.slice(0, MOST_NAMED).join(', ')}${more}),`;
  const what = `entry ${shown(entry, 60)} of the list ${shown(list, 60)}, “${shown(name, 200)}”,`;
  const version = `in the list’s version of ${shown(day, 20)}`;
  return turn === 'ended'
    ? `${asked} no longer finds ${what} ${version}: the entry left, or was changed. What was found as of the day of a notice stays with it.`
    : `${asked} finds ${what} ${version}. Whether it is the same one is for a person to say.`;
}

const MOST_NAMED = 20;

export interface MessageOptions {
  /** Where readers reach our pages, without a slash at the end; empty when nobody said. */
  pages: string;
}

export function messageOf(event: AlertEvent, { pages }: MessageOptions): Message {
  const { body } = event;
  // Of several notices the text names all, and the page of the first is none of the others'.
  const one = Array.isArray(body['notices']) && body['notices'].length > 1 ? {} : body;
  const [account, notice] = [shown(one['account'], 100), noticeOf({ body: one })];
  const lines = [
    EVENT_WORDS[event.event]?.tell(body, moment(event.at)) ?? `At ${moment(event.at)}.`,
    ...(account === '' ? [] : [`Account: ${account}`]),
    ...(shownAddress(one['url']) === '' ? [] : [`Page: ${shownAddress(one['url'])}`]),
    ...(notice === '' ? [] : [`Notice: ${notice}`]),
  ];
  return {
    id: event.id,
    at: event.at,
    title: titleOf(event),
    text: lines.join('\n'),
    ...linkTo(pages, notice),
    urgency: EVENT_WORDS[event.event]?.urgency ?? 'normal',
    events: [event],
    digest: false,
  };
}

/** What happened and to what: `Removed by its publisher: …`. */
export function titleOf({ event, body }: AlertEvent, most = 200): string {
  const what = EVENT_WORDS[event]?.title ?? shown(event, 40);
  const named = Array.isArray(body['notices']) ? shown(body['name'], most) : '';
  const of =
    named || shown(body['title'], most) || shownAddress(body['url']) || shown(body['host'], 100).replaceAll('.', '[.]');
  return `${what}${byWhom(body['removal'])}${of === '' ? '' : `: ${of}`}`;
}

const MOST_LINES = 40;

/** Several events as one message, under an id of its own. */
export function digestOf(id: string, events: readonly AlertEvent[], { pages }: MessageOptions): Message {
  const names = Object.keys(EVENT_WORDS);
  const rank = (type: string): number => (names.includes(type) ? names.indexOf(type) : names.length);
  const types = [...new Set(events.map(({ event }) => event))].sort((a, b) => rank(a) - rank(b));
  const counts = types.map((type) => {
    const count = events.filter(({ event }) => event === type).length;
    return `${count} ${EVENT_WORDS[type]?.counted ?? shown(type, 40)}`;
  });
  const lines = events.slice(0, MOST_LINES).map((event) => {
    const notice = noticeOf(event);
    return `${moment(event.at)}  ${titleOf(event, 80)}${notice === '' ? '' : ` (${notice})`}`;
  });
  const more = events.length - lines.length;
  if (more > 0) lines.push(`… and ${more} more: \`asposted list events\` has them all.`);
  const urgencies = events.map(({ event }) => EVENT_WORDS[event]?.urgency ?? 'normal');
  return {
    id,
    at: events.at(-1)!.at,
    title: `${events.length} events: ${counts.join(', ')}`,
    text: lines.join('\n'),
    ...linkTo(pages, ''),
    urgency: (['high', 'normal', 'low'] as const).find((each) => urgencies.includes(each)) ?? 'normal',
    events,
    digest: true,
  };
}

/**
 * Title, text and link as one text of at most `most` UTF-16 units, for channels that have no other place for them. The link stays
 * whole. `escape` is the channel's own way to keep words of a page from being markup; what it makes longer counts.
 */
export function plainText(
  { title, text, link }: Message,
  most = 100_000,
  escape: (text: string) => string = (each) => each,
): string {
  const end = link === undefined ? '' : `\n\n${link}`;
  const whole = `${title}\n\n${text}`;
  let room = Math.max(1, most - end.length);
  while (escape(cut(whole, room)).length + end.length > most && room > 1) room = Math.floor(room * 0.9);
  return escape(cut(whole, room)) + end;
}

function byWhom(removal: unknown): string {
  const actor = shown(objectOf(removal)['actor'], 20);
  return actor !== 'unknown' && Object.hasOwn(REMOVED_BY, actor)
    ? ` ${REMOVED_BY[actor as keyof typeof REMOVED_BY]}`
    : '';
}

function linkTo(pages: string, notice: string): { link?: string } {
  return pages === '' ? {} : { link: notice === '' ? `${pages}/` : `${pages}/notices/${encodeURIComponent(notice)}` };
}

const noticeOf = ({ body }: Pick<AlertEvent, 'body'>): string => shown(body['notice'], 20);

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const number = (value: unknown): string => (typeof value === 'number' ? String(value) : 'some');

const share = (value: unknown): string => (typeof value === 'number' ? percent(value) : 'A part');
