/** What people decided, laid beside what the lists say (src/screen/decisions.ts). */
import type { Match, Screening } from '../model/index.js';
import { decided, groupBy, nameKey } from '../screen/index.js';
import { type DecisionRow, decisionsOnName } from '../store/index.js';
import { sha256 } from './keep.js';
import type { DecidedOnPair } from './list-turns.js';
import { type Listed, loadListed } from './lists.js';
import type { Parts } from './parts.js';

/** By the words that were asked, then by `list entry`. */
export type DecidedOn = (words: string) => (key: string) => DecidedOnPair | undefined;

export function decidedOn(listed: Listed, rows: readonly DecisionRow[]): DecidedOn {
  if (rows.length === 0) return () => () => undefined;
  const pairs = groupBy(rows, (row) => JSON.stringify([row.nameKey, `${row.record.list} ${row.record.entry}`]));
  const made = new Map(
    [...pairs].map(([pair, decisions]) => {
      const { list, entry } = decisions[0]!.record;
      const [versions, states] = [listed.arrivals.get(list) ?? [], listed.statesOf(`${list} ${entry}`)];
      return [pair, decided({ decisions, versions, states, hash: sha256 })];
    }),
  );
  return (words) => {
    const name = nameKey(words);
    return (key) => made.get(JSON.stringify([name, key]));
  };
}

/** The same matches, each with what was decided of it. */
export function withDecisions<M extends Match>(
  matches: readonly M[],
  on: (key: string) => DecidedOnPair | undefined,
): M[] {
  return matches.map((match) => {
    const pair = on(`${match.list} ${match.entry}`);
    return pair ? { ...match, decision: pair.newest } : match;
  });
}

/** An answer to a name that somebody typed in, with what was decided of that name before. */
export async function decidedScreening(
  parts: Pick<Parts, 'store' | 'progress'>,
  screening: Screening,
): Promise<Screening> {
  if (screening.matches.length === 0) return screening;
  const rows = await decisionsOnName(parts.store.database, nameKey(screening.query));
  if (rows.length === 0) return screening;
  const on = decidedOn(await loadListed(parts), rows)(screening.query);
  return { ...screening, matches: withDecisions(screening.matches, on) };
}
