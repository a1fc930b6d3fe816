/**
 * What a person decided of a question and an entry: the same one, another, or not to be said. It holds for the entry as the list
 * printed it then; when the list prints it otherwise, the decision is out of date and says so (facts/screening §12).
 */
import type { DecisionRecord, ListEntry, MatchDecision } from '../model/index.js';
import { canonical } from './touched.js';
import type { Arrival } from './turns.js';
import { CONTENT, isListedOn } from './versions.js';

/** All that the list prints of an entry, without the days on which it did. What it says nothing of is left out. */
export function printedOf(entry: ListEntry): string {
  return canonical(Object.fromEntries(CONTENT.map((field) => [field, entry[field]])));
}

/** One name, however it is spaced and in whichever case it is typed. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** As the newest version has it; of one that is gone, as it was last. */
export function newestState(states: readonly ListEntry[]): ListEntry | undefined {
  const day = (state: ListEntry): string => state.stateFrom ?? state.from;
  return states.reduce<ListEntry | undefined>((a, b) => (a && day(a) > day(b) ? a : b), undefined);
}

export interface PlacedDecision {
  id: string;
  record: DecisionRecord;
  logIndex: number;
}

export interface Overtaken<Version extends Arrival> {
  decision: PlacedDecision;
  /** The first version since that printed the entry otherwise. */
  version: Version;
}

export interface Decided<Version extends Arrival> {
  /** What holds now: the last one. */
  newest: MatchDecision;
  /** Each decision that a later version of the list went beyond, before another was made. */
  overtaken: Overtaken<Version>[];
}

export interface DecidedPair<Version extends Arrival> {
  /** All of one question and one entry, in log order; one at least. */
  decisions: readonly PlacedDecision[];
  /** Versions of the list, in log order. */
  versions: readonly Version[];
  states: readonly ListEntry[];
  hash: (text: string) => string;
}

/** A version counts from when it came in; what it says never depends on those after it. An entry that left is not one that changed. */
export function decided<Version extends Arrival>({
  decisions,
  versions,
  states,
  hash,
}: DecidedPair<Version>): Decided<Version> {
  const overtaken = decisions.flatMap((decision, at) => {
    const until = decisions[at + 1]?.logIndex ?? Infinity;
    let newest = '';
    const version = versions.find(({ publishedAt, logIndex }) => {
      if (publishedAt >= newest) newest = publishedAt;
      if (logIndex <= decision.logIndex || logIndex > until) return false;
      const state = states.find((each) => isListedOn(each, newest));
      return state !== undefined && hash(printedOf(state)) !== decision.record.content;
    });
    return version ? [{ decision, version }] : [];
  });
  const last = decisions.at(-1)!;
  const { verdict, by, at, why } = last.record;
  const isStale = overtaken.some(({ decision }) => decision === last);
  return { newest: { verdict, by, at, why, ...(isStale ? { stale: true } : {}) }, overtaken };
}

/** Nobody is told of a match that a person called another's, while the entry is as it was then. It stays in every answer. */
export function isHidden(decision: MatchDecision | undefined): boolean {
  return decision?.verdict === 'different' && decision.stale !== true;
}
