/**
 * Who is linked to whom, by what a list prints on a day: each relation once, whoever of the two says it. A party is found by its id, else by
 * exactly its printed name on the same list, else it stays a name. Whoever writes a list controls its links.
 */
import type { Day, ListEntry, ListLink } from '../model/index.js';

export interface LinkParty {
  list: string;
  name: string;
  /** The list's id; absent for a name that is no entry of the list, or of several. */
  entry?: string;
  /** It is on the list on that day. Who is named as an owner only is on none by this. */
  isListed: boolean;
}

export interface LinkEdge {
  kind: 'ownership' | 'directorship' | 'family' | 'link';
  /** The owner, the director; of kinds without direction the one who says it. */
  from: LinkParty;
  to: LinkParty;
  /** As printed. */
  percentage?: string;
  says?: string;
  since?: string;
  until?: string;
  /** Ended before the day, or not begun. */
  isFormer?: true;
  /** Entries whose listing says it. */
  sources: string[];
}

const KINDS: Readonly<Record<ListLink['role'], LinkEdge['kind']>> = {
  owner: 'ownership',
  owned: 'ownership',
  parent: 'ownership',
  subsidiary: 'ownership',
  director: 'directorship',
  directed: 'directorship',
  family: 'family',
  linked: 'link',
};

export class LinkGraph {
  readonly on: Day;
  readonly #parties = new Map<string, LinkParty>();
  readonly #edges = new Map<string, LinkEdge>();
  readonly #of = new Map<LinkParty, LinkEdge[]>();
  /** Entries by printed name; null where several have it. */
  readonly #names = new Map<string, string | null>();

  /** `entries`: of one list, those in force on the day. Ids and names of one list mean nothing on another. */
  constructor(entries: readonly ListEntry[], on: Day) {
    this.on = on;
    for (const { list, entry, name } of entries) {
      this.#parties.set(idKey(entry), { list, name, entry, isListed: true });
      this.#name(name, entry);
    }
    const primary = new Set(this.#names.keys());
    for (const { entry, aliases } of entries)
      for (const { name, weak } of aliases) if (!weak && !primary.has(name)) this.#name(name, entry);
    for (const each of entries) for (const link of each.links ?? []) this.#add(each, link);
  }

  /** Of an entry in force on the day. */
  party(entry: string): LinkParty | undefined {
    const party = this.#parties.get(idKey(entry));
    return party?.isListed ? party : undefined;
  }

  /** Every relation of a party as printed, in the order of the list. */
  edges(party: LinkParty): readonly LinkEdge[] {
    return this.#of.get(party) ?? [];
  }

  #name(name: string, entry: string): void {
    const held = this.#names.get(name);
    this.#names.set(name, held === undefined || held === entry ? entry : null);
  }

  #other({ list }: ListEntry, { entry, name }: ListLink): LinkParty {
    const known = entry ?? this.#names.get(name) ?? undefined;
    const key = known === undefined ? `name ${name}` : idKey(known);
    const party = this.#parties.get(key) ?? {
      list,
      name: name === '' ? (known ?? '') : name,
      ...(known === undefined ? {} : { entry: known }),
      isListed: false,
    };
    this.#parties.set(key, party);
    return party;
  }

  #add(entry: ListEntry, link: ListLink): void {
    const { role, percentage, says, since, until } = link;
    const [own, other] = [this.#parties.get(idKey(entry.entry))!, this.#other(entry, link)];
    if (own === other) return;
    const kind = KINDS[role];
    const isOther = role === 'owner' || role === 'parent' || role === 'director';
    const [from, to] = isOther ? [other, own] : [own, other];
    const held =
      this.#edges.get(keyOf(kind, from, to, link)) ??
      // Neither side of these comes first.
      (kind === 'family' || kind === 'link' ? this.#edges.get(keyOf(kind, to, from, link)) : undefined);
    if (held) {
      if (held.sources.at(-1) !== entry.entry) held.sources.push(entry.entry);
      return;
    }
    const edge: LinkEdge = {
      ...{ kind, from, to, sources: [entry.entry] },
      ...(percentage === undefined ? {} : { percentage }),
      ...(says === undefined ? {} : { says }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(isPresent(link, this.on) ? {} : { isFormer: true as const }),
    };
    this.#edges.set(keyOf(kind, from, to, link), edge);
    for (const end of [from, to]) {
      const of = this.#of.get(end);
      if (of) of.push(edge);
      else this.#of.set(end, [edge]);
    }
  }
}

const idKey = (entry: string): string => `id ${entry}`;

function keyOf(kind: string, from: LinkParty, to: LinkParty, { percentage, since, until, says }: ListLink): string {
  return JSON.stringify([kind, from.entry, from.name, to.entry, to.name, percentage, since, until, says]);
}

const DATE = /^\d{4}(?:-\d\d){0,2}/;

/** Begun, and not ended, on the day, as precisely as the list says it: what ended in 2024 may have ended on any day of it. */
function isPresent({ since = '', until = '', isFormer }: ListLink, on: Day): boolean {
  if (DATE.test(since) && since > on) return false;
  return DATE.test(until) ? until > on || on.startsWith(until) : isFormer !== true;
}
