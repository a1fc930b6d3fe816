/** Entries as they are kept beside their index: what is asked of all of them in flat arrays, the rest one at a time. */
import { BoundedMap } from './bounded-map.js';
import type { Day, ListEntry } from '../model/index.js';
import { saidSince } from './as-of.js';
import { type FlatArray, type PartSections, TextsMaker } from './sections.js';

/** By name, so that a kind that is added to the model is missed by the compiler and not by a search. */
const SCHEMA_NUMBERS: Readonly<Record<ListEntry['schema'], number>> = {
  Person: 0,
  Company: 1,
  LegalEntity: 2,
  Vessel: 3,
  Airplane: 4,
  Organization: 5,
};
const SCHEMAS = Object.keys(SCHEMA_NUMBERS) as ListEntry['schema'][];
const NEVER = 99_999_999;

/** Days compare as numbers: 20240522. */
export const dayNumber = (day: Day): number => Number(day.replaceAll('-', ''));

/** `whole`: with the entries themselves, for a thread or a day that does not have them. */
export function entrySections(entries: readonly ListEntry[], { whole }: { whole: boolean }): Map<string, FlatArray> {
  const lists = listsIn(entries);
  const numberOf = new Map(lists.map((list, at) => [list, at]));
  const from = new Int32Array(entries.length);
  const until = new Int32Array(entries.length);
  const said = new Int32Array(entries.length).fill(NEVER);
  const list = new Uint16Array(entries.length);
  const schema = new Uint8Array(entries.length);
  const texts = new TextsMaker();
  for (const [at, entry] of entries.entries()) {
    from[at] = Math.max(dayNumber(entry.from), dayNumber(entry.stateFrom ?? entry.from));
    until[at] = Math.min(
      entry.to === null ? NEVER : dayNumber(entry.to),
      entry.stateTo == null ? NEVER : dayNumber(entry.stateTo),
    );
    const since = saidSince(entry, entry.stateFrom ?? entry.from);
    if (since !== undefined) said[at] = dayNumber(since);
    list[at] = numberOf.get(entry.list)!;
    schema[at] = SCHEMA_NUMBERS[entry.schema];
    if (whole) texts.add(JSON.stringify(entry));
  }
  return new Map<string, FlatArray>([
    ['from', from],
    ['until', until],
    ['said', said],
    ['list', list],
    ['schema', schema],
    ...(whole ? texts.make('texts') : []),
  ]);
}

export const listsIn = (entries: readonly ListEntry[]): string[] =>
  [...new Set(entries.map(({ list }) => list))].sort();

export type Allows = (entry: number) => boolean;

export interface AllowedLists {
  held: ReadonlySet<string>;
  /** With the day of the oldest version. */
  later: ReadonlyMap<string, Day>;
}

const MOST_HELD = 20_000;

export class EntryStore {
  readonly #from: Int32Array;
  readonly #until: Int32Array;
  readonly #said: Int32Array;
  readonly #list: Uint16Array;
  readonly #schema: Uint8Array;
  readonly #lists: readonly string[];
  readonly #read: (at: number) => ListEntry;

  /** `entries`: where they are at hand already; else they are read back one by one. */
  constructor(sections: PartSections, lists: readonly string[], entries?: readonly ListEntry[]) {
    this.#from = sections.i32('from');
    this.#until = sections.i32('until');
    this.#said = sections.i32('said');
    this.#list = sections.u16('list');
    this.#schema = sections.u8('schema');
    this.#lists = lists;
    if (entries) {
      this.#read = (at) => entries[at]!;
    } else {
      const texts = sections.texts('texts');
      const held = new BoundedMap<number, ListEntry>(MOST_HELD);
      this.#read = (at) => held.getOrMake(at, () => JSON.parse(texts.at(at)) as ListEntry);
    }
  }

  get count(): number {
    return this.#from.length;
  }

  at(entry: number): ListEntry {
    return this.#read(entry);
  }

  isListedOn(entry: number, day: number): boolean {
    return this.#from[entry]! <= day && day < this.#until[entry]!;
  }

  /**
   * Entries of these lists and kinds that were in force on a day: of a list that has a version for that day (`held`), as that has
   * it; of one whose versions begin later (`later`), those of the oldest that the publisher itself dates on or before the day.
   */
  allowing({ held, later }: AllowedLists, on: Day, isKind: (schema: ListEntry['schema']) => boolean): Allows {
    const kinds = SCHEMAS.map((each) => isKind(each));
    const isHeld = this.#lists.map((list) => held.has(list));
    const oldest = Int32Array.from(this.#lists, (list) => dayNumber(later.get(list) ?? ''));
    const day = dayNumber(on);
    return (entry) => {
      if (!kinds[this.#schema[entry]!]!) return false;
      const list = this.#list[entry]!;
      if (isHeld[list]!) return this.isListedOn(entry, day);
      return this.#from[entry] === oldest[list] && this.#said[entry]! <= day;
    };
  }
}
