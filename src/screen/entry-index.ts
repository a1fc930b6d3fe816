/** Where to look first: entries by the words of their names, by number, and by the words of their remarks. */
import type { ListEntry } from '../model/index.js';
import { groupBy } from './group-by.js';
import { normaliseIdentifier } from './identifiers.js';
import { MentionIndex } from './mention-index.js';
import { type Found, NameIndex } from './name-index.js';
import { alternativesOf } from './names/tokens.js';

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

class Kind {
  readonly #holders: NameOf[][];
  readonly #index: NameIndex;

  readonly person: boolean;

  constructor(person: boolean, names: readonly (NameOf & { text: string })[]) {
    this.person = person;
    // In the order of their letters: the answer must not depend on the order of the entries.
    const byText = [...groupBy(names, ({ text }) => text)].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#holders = byText.map(([, holders]) => holders.map(({ entry, printed, weak }) => ({ entry, printed, weak })));
    this.#index = new NameIndex(
      byText.map(([text]) => text),
      person,
    );
  }

  search(name: string, { least, most, allows }: SearchOptions): FoundName[] {
    return this.#index
      .search(name, least, most, (at) => this.#holders[at]!.some(({ entry }) => allows(entry)))
      .map((found) => ({
        ...found,
        person: this.person,
        holders: this.#holders[found.name]!.filter(({ entry }) => allows(entry)),
      }));
  }
}

export interface SearchOptions {
  least: number;
  most: number;
  allows: (entry: ListEntry) => boolean;
}

export class EntryIndex {
  readonly #people: Kind;
  readonly #bodies: Kind;
  readonly #identifiers = new Map<string, ListEntry[]>();
  readonly #entries: readonly ListEntry[];
  #mentions: MentionIndex | undefined;

  constructor(entries: readonly ListEntry[]) {
    this.#entries = entries;
    const names = entries.flatMap(namesOf);
    this.#people = new Kind(
      true,
      names.filter(({ entry }) => entry.schema === 'Person'),
    );
    // What a list leaves unsaid (LegalEntity) may be a person; lists that mean people say so.
    this.#bodies = new Kind(
      false,
      names.filter(({ entry }) => entry.schema !== 'Person'),
    );
    for (const entry of entries)
      for (const { value } of entry.identifiers) push(this.#identifiers, normaliseIdentifier(value), entry);
  }

  withIdentifier(value: string): ListEntry[] {
    return this.#identifiers.get(value) ?? [];
  }

  /** Names like this one, of people when `person`, of bodies when not, of both when unsaid. */
  search(name: string, person: boolean | undefined, options: SearchOptions): FoundName[] {
    const kinds = person === undefined ? [this.#bodies, this.#people] : [person ? this.#people : this.#bodies];
    return kinds.flatMap((kind) => kind.search(name, options));
  }

  mentioning(name: string): { entry: ListEntry; words: string }[] {
    return (this.#mentions ??= new MentionIndex(this.#entries)).find(name);
  }
}

function namesOf(entry: ListEntry): (NameOf & { text: string })[] {
  const printed = [{ name: entry.name, weak: false }, ...entry.aliases];
  return printed.flatMap(({ name, weak }) => {
    const shown = entry.schema === 'Person' ? swapped(name) : name;
    return alternativesOf(shown).map((text) => ({ text, printed: shown, entry, weak }));
  });
}

/** `FAMILY, Given` for people; companies keep their commas. */
function swapped(name: string): string {
  const comma = name.indexOf(',');
  return comma < 0 ? name : `${name.slice(comma + 1).trim()} ${name.slice(0, comma).trim()}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
