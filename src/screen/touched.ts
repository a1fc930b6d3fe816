/** What a further version changed of a list, and which questions that can concern (facts/screening §12). */
import { type Day, type ListEntry, type Screening, type ScreeningQuery, asSha256 } from '../model/index.js';
import { createScreener } from './screener.js';

/** States of entries that are no longer as they were, and those that take their place. */
export interface Touched {
  gone: ListEntry[];
  come: ListEntry[];
}

/** By value: the database gives the keys of an object back in an order of its own. What is the same object is not read. */
export function touchedStates(before: readonly ListEntry[], after: readonly ListEntry[]): Touched {
  const [held, kept] = [new Set(before), new Set(after)];
  const gone = before.filter((entry) => !kept.has(entry)).map((entry) => ({ entry, text: canonical(entry) }));
  const come = after.filter((entry) => !held.has(entry)).map((entry) => ({ entry, text: canonical(entry) }));
  const [goneTexts, comeTexts] = [gone, come].map((each) => new Set(each.map(({ text }) => text))) as [
    Set<string>,
    Set<string>,
  ];
  return {
    gone: gone.filter(({ text }) => !comeTexts.has(text)).map(({ entry }) => entry),
    come: come.filter(({ text }) => !goneTexts.has(text)).map(({ entry }) => entry),
  };
}

/** Keys in the order of their letters. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Whether an entry that a question does not find may still change its answer: by making room, or taking it. */
export const isCut = ({ cut }: Pick<Screening, 'cut'>): boolean => cut === true;

export interface FoundStates {
  states: ListEntry[];
  /** There may be more. */
  isCut: boolean;
}

const ANY_DAY: Day = '0001-01-01';

/**
 * The screener over states instead of entries: which of these, whatever the day, would a question find? The same rules as on
 * any day, since each pair of a question and a state is judged by itself.
 */
export function screenStates(states: readonly ListEntry[]): (query: ScreeningQuery) => FoundStates {
  const alike = new Map<string, ListEntry[]>();
  for (const state of states) {
    const { list, schema, name, aliases, identifiers, remarks, entry } = state;
    const key = canonical([list, entry, schema, name, aliases, identifiers, remarks]);
    const held = alike.get(key);
    if (held) held.push(state);
    else alike.set(key, [state]);
  }
  const groups = [...alike.values()];
  if (groups.length === 0) return () => ({ states: [], isCut: false });
  const timeless = groups.map(([first], at): ListEntry => {
    const { stateFrom: _, stateTo: __, ...rest } = first!;
    return { ...rest, entry: String(at), from: ANY_DAY, to: null };
  });
  const lists = [...new Set(states.map(({ list }) => list))];
  const versions = lists.map((list) => ({ list, publishedAt: ANY_DAY, sha256: NO_HASH, entries: timeless.length }));
  const screener = createScreener(timeless, versions);
  return (query) => {
    const answer = screener.screen(query, ANY_DAY);
    return { states: answer.matches.flatMap(({ entry }) => groups[Number(entry)]!), isCut: isCut(answer) };
  };
}

const NO_HASH = asSha256('0'.repeat(64));
