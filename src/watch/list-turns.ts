/** What lists came to say, and ceased to say, of a notice since it is held (facts/screening §12): not only as of its own day. */
import type { Day, ListEntry, Match, MatchDecision, ScreeningQuery } from '../model/index.js';
import {
  type Decided,
  type Hits,
  isHidden,
  isListedOn,
  matchTurns,
  newestState,
  saidSince,
  screenStates,
} from '../screen/index.js';
import type { ListTurnRow, ListTurns } from '../store/index.js';
import { sha256 } from './keep.js';
import type { ListArrival, Listed } from './lists.js';

/** After every version there is: what the newest ones say. */
export const LAST_DAY: Day = '9999-12-31';

export interface TurnQuestion {
  query: ScreeningQuery;
  /** The words that were asked, for people. */
  words: string;
  on: Day;
  /** The place in the log of what first asked it. */
  since: number;
  /** What the lists say of the day of the notice, and what they say now. */
  then: readonly Match[];
  now: readonly Match[];
  /** What people decided of it and an entry, by `list entry`. */
  decidedOn: (key: string) => DecidedOnPair | undefined;
}

export type DecidedOnPair = Decided<ListArrival>;

export interface TurnAnswer {
  turns: ListTurnRow[];
  /** Entries, as `list entry`, found on the day of the notice by what was held when the question came up. */
  found: Set<string>;
  isCut: boolean;
  /** Entries that changed after a person had decided on them. */
  overtaken: OvertakenRow[];
}

/** Worth telling anew, whatever was decided: the entry is another than it was then. */
export interface OvertakenRow {
  list: string;
  entry: string;
  name: string;
  words: string;
  at: string;
  day: Day;
  decision: { id: string } & MatchDecision;
}

export function turnsOf(listed: Listed, question: TurnQuestion): TurnAnswer {
  const { query, on, since, words } = question;
  const past = listed.past(query);
  const answer: TurnAnswer = { turns: [], found: new Set(), isCut: past.isCut, overtaken: [] };
  const alike = [...question.then, ...question.now, ...past.states].map(({ list, entry }) => `${list} ${entry}`);
  for (const key of new Set(alike)) {
    const states = listed.statesOf(key);
    const { hits, isCut } = hitsOf(query, states);
    answer.isCut ||= isCut;
    const [{ list, entry }] = states as [ListEntry];
    const found: Hits = {
      hits: (day) => hits.some((state) => isListedOn(state, day)),
      saidIn: (oldest) =>
        hits.some((state) => isListedOn(state, oldest) && (saidSince(state, oldest) ?? LAST_DAY) <= on),
    };
    const { wasFound, turns } = matchTurns(listed.arrivals.get(list) ?? [], found, { on, since });
    if (wasFound) answer.found.add(key);
    const decision = question.decidedOn(key);
    const hidden = isHidden(decision?.newest) ? { isHidden: true as const } : {};
    for (const { decision: made, version } of decision?.overtaken ?? []) {
      const { verdict, by, at, why } = made.record;
      const { name } = states.find((state) => isListedOn(state, version.publishedAt)) ?? newestState(states)!;
      answer.overtaken.push({
        ...{ list, entry, name, words, at: version.at, day: version.publishedAt },
        decision: { id: made.id, verdict, by, at, why },
      });
    }
    for (const { turn, version } of turns) {
      const said = stateOf(hits, version.publishedAt, on);
      const { logIndex, at, publishedAt: day } = version;
      const { name, from } = said;
      answer.turns.push({
        list,
        entry,
        turn,
        logIndex,
        body: { at, day, name, from, on, queries: [words], ...hidden },
      });
    }
  }
  return answer;
}

/** States of one entry that the question finds. Where all print the same, it is one question, and it has its answer. */
function hitsOf(query: ScreeningQuery, states: readonly ListEntry[]): { hits: ListEntry[]; isCut: boolean } {
  if (states.length === 1) return { hits: [...states], isCut: false };
  const { states: hits, isCut } = screenStates(states)(query);
  return { hits, isCut };
}

/** As the list printed it when it was found: on the day of the version, or of the notice; else when it was found last. */
function stateOf(hits: readonly ListEntry[], day: Day, on: Day): ListEntry {
  const by = (wanted: Day): ListEntry | undefined => hits.find((state) => isListedOn(state, wanted));
  const order = (state: ListEntry): Day => state.stateFrom ?? state.from;
  const before = hits.filter((state) => order(state) <= day).sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return by(day) ?? by(on) ?? before.at(-1) ?? hits[0]!;
}

/** Several questions of one notice may find one entry: one turn. */
export function mergeTurns(turns: readonly ListTurnRow[]): ListTurnRow[] {
  const merged = new Map<string, ListTurnRow>();
  for (const each of turns) {
    const key = `${each.list} ${each.entry} ${each.logIndex} ${each.turn}`;
    const held = merged.get(key);
    const queries = [...new Set([...(held?.body.queries ?? []), ...each.body.queries])].sort();
    const { isHidden: _, ...body } = (held ?? each).body;
    // Hidden only where that was decided of every name that finds it.
    const hidden = (held ?? each).body.isHidden && each.body.isHidden ? { isHidden: true as const } : {};
    merged.set(key, { ...(held ?? each), body: { ...body, queries, ...hidden } });
  }
  return [...merged.values()];
}

const EVENT = { made: 'match', ended: 'unmatched' } as const;

/** One event for each entry and change of a list, whatever the number of notices that it concerns. Expects them in order. */
export function listEvents({ list, entry, rows }: ListTurns): {
  id: string;
  notice: string;
  type: string;
  at: string;
  body: Record<string, unknown>;
}[] {
  const changes = [...new Set(rows.map(({ logIndex, turn }) => `${logIndex} ${turn}`))];
  return changes.map((change) => {
    const told = rows.filter(({ logIndex, turn }) => `${logIndex} ${turn}` === change);
    const [{ turn, body, notice, title, url, account }] = told as [(typeof told)[number]];
    const queries = [...new Set(told.flatMap((each) => each.body.queries))].sort();
    const { at, day, name, from, on } = body;
    const hidden = told.filter((each) => each.body.isHidden).map((each) => each.notice);
    return {
      id: `V-${sha256(JSON.stringify([EVENT[turn], list, entry, change])).slice(0, 16)}`,
      notice,
      type: EVENT[turn],
      at,
      body: {
        ...{ notice, notices: told.map((each) => each.notice), title, url, account },
        ...{ list, entry, name, query: queries[0], queries, on, from, turn, day },
        ...(hidden.length > 0 ? { decidedDifferent: hidden } : {}),
        ...(hidden.length === told.length ? { hidden: true } : {}),
      },
    };
  });
}
