/** What is worth telling people: one event a transition, named by its content, so that no rebuild ever tells it twice. */
import type { CopyRelation, NoticeId, ObservationRecord } from '../model/index.js';
import type { HeldSuspicion, PresenceTransition } from '../compare/index.js';
import {
  type AccountRemovalRow,
  type AskedSource,
  type MadeEvent,
  type MadeNotice,
  type MatchRow,
  type ObservationRow,
  type OwnEvent,
  listVersionTime,
  noticeHead,
  otherSide,
} from '../store/index.js';
import { isHidden } from '../screen/index.js';
import { sha256 } from './keep.js';
import type { OvertakenRow } from './list-turns.js';
import type { Parts } from './parts.js';

function event(type: string, notice: NoticeId, at: string, salient: string, body: Record<string, unknown>): MadeEvent {
  return {
    id: `V-${sha256(JSON.stringify([type, notice, salient])).slice(0, 16)}`,
    notice,
    type,
    at,
    body: { notice, ...body },
  };
}

/** One thing that several notices tell of, and one event: the notice that told first is named in it. */
function shared(
  type: string,
  salient: string,
  { notice, at, body }: { notice: NoticeId; at: string; body: Record<string, unknown> },
): MadeEvent {
  return { ...event(type, notice, at, salient, body), id: `V-${sha256(JSON.stringify([type, salient])).slice(0, 16)}` };
}

export interface Judged {
  transitions: readonly PresenceTransition[];
  held: readonly HeldSuspicion[];
  observations: readonly Pick<ObservationRow, 'at' | 'record'>[];
  /** Matches that no list made that came in later: of those, the list tells (list-turns.ts). */
  own: readonly MatchRow[];
  /** Entries that changed after somebody had decided on them: told again. */
  overtaken: readonly OvertakenRow[];
}

export async function eventsOf(
  parts: Parts,
  made: Omit<MadeNotice, 'events'>,
  { transitions, held, observations, own, overtaken }: Judged,
): Promise<MadeEvent[]> {
  const { id } = made;
  const head = { title: made.title, url: made.url, account: made.account?.name ?? null };
  const events = [
    ...transitions
      .filter(({ at }) => !made.accountRemovals.some((each) => each.at === at))
      .flatMap((each) => presenceEvent(id, each, head)),
    ...held.map(({ at, host }) => shared('host', `${host.host} ${host.since}`, { notice: id, at, body: { ...host } })),
    ...observations.flatMap(({ at, record: { redesign } }) =>
      redesign
        ? [shared('redesign', `${redesign.host} ${redesign.since}`, { notice: id, at, body: { ...redesign } })]
        : [],
    ),
  ];
  for (const { revision, at, changes } of made.revisions) {
    if (revision === 1) events.push(event('notice', id, at, '1', { ...head, published: made.published }));
    else
      events.push(
        event('change', id, at, String(revision), {
          ...head,
          revision,
          kinds: [...new Set(changes.map(({ change }) => change.kind))],
          severity: Math.max(0, ...changes.map(({ change }) => change.severity)),
        }),
      );
  }
  for (const copy of made.copies) {
    const other = (await noticeHead(parts.store.database, copy.other))!; // findCopies asked for it
    const at = other.firstSeen > made.firstSeen ? other.firstSeen : made.firstSeen;
    const { title, url, account } = other;
    events.push(copyEvent(copy, at, head), copyEvent(otherSide(copy), at, { title, url, account }));
  }
  for (const match of own) {
    const known = await listVersionTime(parts.store.database, match.list);
    const at = known !== undefined && known > made.firstSeen ? known : made.firstSeen;
    const { list, entry, name, query, on, from } = match;
    events.push(
      event('match', id, at, `${list} ${entry} ${query}`, {
        ...head,
        list,
        entry,
        name,
        query,
        on,
        from,
        class: match.class,
        ...(isHidden(match.decision) ? { hidden: true } : {}),
      }),
    );
  }
  for (const { list, entry, name, words, at, day, decision } of overtaken)
    events.push(
      event('match', id, at, `${list} ${entry} ${words} ${decision.id}`, {
        ...head,
        ...{ list, entry, name, query: words, day, turn: 'changed', decision },
      }),
    );
  return [...new Map(events.map((each) => [each.id, each])).values()];
}

/**
 * Notices removed with words about their account are one event, not one each (facts/watching §11.6): for each kind of words, the
 * first of them, and the first after any of them was found otherwise. Expects them in the order in which they came about.
 */
export function accountEvents(account: string, removals: readonly AccountRemovalRow[]): MadeEvent[] {
  return [...new Set(removals.map(({ removal }) => removal.actor))].flatMap((actor) => {
    const alike = removals.filter(({ removal }) => removal.actor === actor);
    const told: AccountRemovalRow[] = [];
    for (const each of alike) {
      const last = told.at(-1);
      const isBack = ({ until }: AccountRemovalRow): boolean => until !== null && until > last!.at && until <= each.at;
      if (last === undefined || alike.some(isBack)) told.push(each);
    }
    return told.map(({ notice, at, removal, url, name }) => {
      const body = { title: name ?? account, url, account: name, removal };
      return shared('account', `${account} ${actor} ${at}`, { notice: notice as NoticeId, at, body });
    });
  });
}

/**
 * A source that was asked for so many of its intervals, and as many times, without a good answer: one event for each such time. Both,
 * as a watch that was off for a week has asked once, and one that somebody runs again and again has not waited.
 */
export function silenceOf(
  { id, name, state, everyMs, lastGood, waitingSince, failures }: AskedSource,
  { at, concluded, rule, failure }: Pick<ObservationRecord, 'at' | 'concluded' | 'rule' | 'failure'>,
  least: number,
): OwnEvent | undefined {
  if (concluded === 'live' || state !== 'active' || failures < least) return undefined;
  if (Date.parse(at) - Date.parse(waitingSince) < least * everyMs) return undefined;
  const body = { source: id, title: name, asked: failures, since: waitingSince, lastGood };
  return {
    id: `V-${sha256(JSON.stringify(['silent', id, waitingSince])).slice(0, 16)}`,
    type: 'silent',
    at,
    body: { ...body, problem: failure?.message ?? rule },
  };
}

/** Told of both notices, whichever is made: the other one need not be made again. */
function copyEvent(
  { notice, other, relation, sharedOfThis, sharedOfOther }: CopyRelation,
  at: string,
  head: Record<string, unknown>,
): MadeEvent {
  return { ...event('copy', notice, at, other, { ...head, other, relation, sharedOfThis, sharedOfOther }), other };
}

function presenceEvent(
  id: NoticeId,
  { at, from, verdict }: PresenceTransition,
  head: Record<string, unknown>,
): MadeEvent[] {
  switch (verdict.presence) {
    case 'removed':
      return [event('removal', id, at, at, { ...head, removal: verdict.removal })];
    case 'moved':
      return [event('moved', id, at, at, { ...head, to: verdict.movedTo ?? null })];
    case 'unreachable':
      return from === 'new' ? [] : [event('unreachable', id, at, at, head)];
    case 'standing':
      // "came back" is always told after a removal; a suspicion that came to nothing is not news (facts/watching §11.7).
      return from === 'removed' ? [event('returned', id, at, at, head)] : [];
    case 'suspected':
      return [];
  }
}
