/** A list's history, state by state: what each changed, and which of some questions that concerns. */
import type { ListEntry } from '../../model/index.js';
import {
  type ListKind,
  type ListRow,
  canonical,
  entriesOn,
  foldVersion,
  isListedOn,
  parseListState,
  screenStates,
  touchedStates,
} from '../index.js';

export interface Step {
  rows: ListRow[];
  /** The entries in force on the day of this state. */
  inForce: ListEntry[];
  /** Entries that were added, altered or removed. */
  entries: Set<string>;
  came: string[];
  left: string[];
  /** What they printed before, and print now, by content. */
  states: Set<string>;
  /** Those of the names that are asked again. */
  asked: Set<string>;
}

export class Replay {
  readonly #kind: ListKind;
  readonly #names: readonly string[];
  readonly #lines = new Map<string, unknown>();
  /** Every state there ever was, by content. */
  readonly #all = new Map<string, ListEntry>();
  readonly #ids = new Set<string>();
  entries: ListEntry[] = [];

  constructor(kind: ListKind, names: readonly string[]) {
    this.#kind = kind;
    this.#names = names;
  }

  next(main: Uint8Array, publishedAt: string): Step {
    const { list } = this.#kind;
    const { rows } = parseListState(this.#kind, { main }, this.#lines);
    const before = this.entries;
    this.entries = foldVersion(before, rows, { list, publishedAt });
    const { gone, come } = touchedStates(before, this.entries);
    const touched = [...gone, ...come];
    for (const state of come) this.#all.set(contentOf(state), state);
    const entries = new Set(touched.map(({ entry }) => entry));
    const there = new Set(come.filter((state) => isListedOn(state, publishedAt)).map(({ entry }) => entry));
    const came = [...there].filter((id) => !this.#ids.has(id));
    const left = [...entries].filter((id) => !there.has(id) && this.#ids.has(id));
    for (const id of came) this.#ids.add(id);
    for (const id of left) this.#ids.delete(id);
    const find = before.length === 0 ? undefined : screenStates(touched);
    return {
      rows,
      inForce: entriesOn(this.entries, publishedAt),
      entries,
      came,
      left,
      states: new Set(touched.map(contentOf)),
      asked: new Set(this.#names.filter((name) => find && find({ name }).states.length > 0)),
    };
  }

  /** What each name finds of all states there ever were, out of one index: which steps concern it is known from that alone. */
  finds(): Map<string, Set<string>> {
    const find = screenStates([...this.#all.values()]);
    return new Map(this.#names.map((name) => [name, new Set(find({ name }).states.map(contentOf))]));
  }
}

const contentOf = ({ entry, schema, name, aliases, identifiers, remarks }: ListEntry): string =>
  canonical([entry, schema, name, aliases, identifiers, remarks]);

/** Pairs that were compared field by field: rows that did not change are the same objects from state to state. */
const compared = new WeakMap<ListEntry, ListRow>();

/** Whether these entries print what these rows say, each of them and no others. */
export function areThose(entries: readonly ListEntry[], rows: readonly ListRow[]): boolean {
  const byId = new Map(entries.map((entry) => [entry.entry, entry]));
  const isThat = (row: ListRow): boolean => {
    const entry = byId.get(row.entry);
    if (entry === undefined || compared.get(entry) === row) return entry !== undefined;
    compared.set(entry, row);
    return (Object.keys(row) as (keyof ListRow)[]).every((field) => canonical(row[field]) === canonical(entry[field]));
  };
  return entries.length === rows.length && rows.every(isThat);
}
