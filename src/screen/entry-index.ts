/** Where to look first: entries by the words of their names, by number, and by the words of their remarks. */
import type { ListEntry } from '../model/index.js';
import { type Allows, EntryStore, entrySections } from './entry-store.js';
import { groupBy } from './group-by.js';
import { normaliseIdentifier } from './identifiers.js';
import { MentionIndex, mentionTable } from './mention-index.js';
import { type Found, NameIndex, makeNameIndex } from './name-index.js';
import { hashOf } from './names/keys.js';
import {
  type Lists,
  type Table,
  TableMaker,
  forEach,
  listSections,
  listsOf,
  openLists,
  openTable,
  tableSections,
} from './names/table.js';
import { alternativesOf } from './names/tokens.js';
import { type FlatArray, type OpenSections, partSections } from './sections.js';

/** One entry that prints a name. */
export interface NameOf {
  entry: ListEntry;
  /** As the list prints it. */
  printed: string;
  weak: boolean;
}

export interface FoundName extends Found {
  person: boolean;
  holders: readonly NameOf[];
}

/** An entry's primary name has number 0, its aliases follow. */
interface Holder {
  entry: number;
  name: number;
}

/** The arrays of everything that can be asked of these entries. `whole`: with the entries themselves. */
export function makeEntryIndex(entries: readonly ListEntry[], how: { whole: boolean }): Map<string, FlatArray> {
  const people: (Holder & { text: string })[] = [];
  const bodies: (Holder & { text: string })[] = [];
  const numbers = new TableMaker();
  for (const [at, entry] of entries.entries()) {
    // What a list leaves unsaid (LegalEntity) may be a person; lists that mean people say so.
    const kind = entry.schema === 'Person' ? people : bodies;
    for (let name = 0; name <= entry.aliases.length; name++)
      for (const text of alternativesOf(printedName(entry, name))) kind.push({ entry: at, name, text });
    for (const { value } of entry.identifiers) numbers.add(hashOf('i', normaliseIdentifier(value)), at);
  }
  return new Map([
    ...partSections('people', kindSections(people, true)),
    ...partSections('bodies', kindSections(bodies, false)),
    ...partSections('entries', entrySections(entries, how)),
    ...tableSections('entries.numbers', numbers.make()),
    ...tableSections('entries.mentions', mentionTable(entries)),
  ]);
}

function kindSections(names: readonly (Holder & { text: string })[], person: boolean): Map<string, FlatArray> {
  // In the order of their letters: the answer must not depend on the order of the entries.
  const byText = [...groupBy(names, ({ text }) => text)].sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = byText.map(([text]) => text);
  const holders = byText.map(([, all]) => all.flatMap(({ entry, name }) => [entry, name]));
  return new Map([...makeNameIndex(texts, person), ...listSections('holders', listsOf(holders))]);
}

class Kind {
  readonly #holders: Lists;
  readonly #index: NameIndex;
  readonly #entries: EntryStore;
  readonly person: boolean;

  constructor(sections: OpenSections, entries: EntryStore, person: boolean) {
    const own = sections.of(person ? 'people' : 'bodies');
    this.person = person;
    this.#entries = entries;
    this.#holders = openLists(own, 'holders');
    this.#index = new NameIndex(own, person);
  }

  search(name: string, { least, most, allows, onCut }: SearchOptions): FoundName[] {
    const { starts, values } = this.#holders;
    const isAllowed = (at: number): boolean => {
      for (let of = starts[at]!; of < starts[at + 1]!; of += 2) if (allows(values[of]!)) return true;
      return false;
    };
    return this.#index
      .search(name, least, most, { allows: isAllowed, onCut })
      .map((found) => ({ ...found, person: this.person, holders: this.#holdersOf(found.name, allows) }));
  }

  #holdersOf(name: number, allows: Allows): NameOf[] {
    const { starts, values } = this.#holders;
    const found: NameOf[] = [];
    for (let of = starts[name]!; of < starts[name + 1]!; of += 2) {
      if (!allows(values[of]!)) continue;
      const entry = this.#entries.at(values[of]!);
      const alias = values[of + 1]!;
      found.push({
        entry,
        printed: printedName(entry, alias),
        weak: alias > 0 && entry.aliases[alias - 1]!.weak,
      });
    }
    return found;
  }
}

export interface SearchOptions {
  least: number;
  most: number;
  allows: Allows;
  onCut: () => void;
}

export class EntryIndex {
  readonly entries: EntryStore;
  readonly #people: Kind;
  readonly #bodies: Kind;
  readonly #numbers: Table;
  readonly #mentions: MentionIndex;

  /** Over the arrays of `makeEntryIndex`; `entries` where they are at hand. */
  constructor(sections: OpenSections, lists: readonly string[], entries?: readonly ListEntry[]) {
    const own = sections.of('entries');
    this.entries = new EntryStore(own, lists, entries);
    this.#people = new Kind(sections, this.entries, true);
    this.#bodies = new Kind(sections, this.entries, false);
    this.#numbers = openTable(own, 'numbers');
    this.#mentions = new MentionIndex(openTable(own, 'mentions'), this.entries);
  }

  /** Entries with this number, and perhaps others: numbers are to be compared. */
  withIdentifier(value: string): Set<number> {
    const found = new Set<number>();
    forEach(this.#numbers, hashOf('i', value), (at) => found.add(at));
    return found;
  }

  /** Names like this one, of people when `person`, of bodies when not, of both when unsaid. */
  search(name: string, person: boolean | undefined, options: SearchOptions): FoundName[] {
    const kinds = person === undefined ? [this.#bodies, this.#people] : [person ? this.#people : this.#bodies];
    return kinds.flatMap((kind) => kind.search(name, options));
  }

  /** Entries in whose text the words stand. */
  mentioning(name: string, allows: Allows): number[] {
    return this.#mentions.find(name, allows);
  }
}

/** `FAMILY, Given` for people; companies keep their commas. */
function printedName({ schema, name, aliases }: ListEntry, number: number): string {
  const printed = number === 0 ? name : aliases[number - 1]!.name;
  const comma = schema === 'Person' ? printed.indexOf(',') : -1;
  return comma < 0 ? printed : `${printed.slice(comma + 1).trim()} ${printed.slice(0, comma).trim()}`;
}
