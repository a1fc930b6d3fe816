/** The lists of the store as datasets, each as it stood on a day (facts/screening §5, §10). */
import type { Day, ListEntry, ListVersionRef } from '../../model/index.js';
import { LinkGraph, entriesOn } from '../../screen/index.js';
import { type Listed, type Parts, loadListedRecently } from '../../watch/index.js';
import { WireError } from './errors.js';
import type { Surroundings } from './adjacent.js';
import { SANCTIONS, type WireEntity, entityId, entityOf } from './entities.js';

/** All of them together, under the names that clients have in their settings. */
const ALL: readonly string[] = ['default', 'all'];

export interface Dataset {
  lists: readonly string[];
  listed: Listed;
}

export const listNames = ({ versions }: Pick<Listed, 'versions'>): string[] =>
  [...new Set(versions.map(({ list }) => list))].sort();

/** Throws 404 for a dataset that is not held, as every route does. */
export async function datasetOf(parts: Pick<Parts, 'store' | 'progress'>, name: string): Promise<Dataset> {
  const listed = await loadListedRecently(parts);
  const lists = listNames(listed);
  if (ALL.includes(name)) return { lists, listed };
  if (name === 'sanctions') return { lists: lists.filter((each) => SANCTIONS.has(each)), listed };
  if (!lists.includes(name)) throw new WireError(404, 'No such dataset.');
  return { lists: [name], listed };
}

export const newestOf = (versions: readonly ListVersionRef[], list: string): ListVersionRef =>
  versions.filter((each) => each.list === list).reduce((a, b) => (b.publishedAt >= a.publishedAt ? b : a));

interface OnDay {
  byKey: ReadonlyMap<string, ListEntry>;
  byId: ReadonlyMap<string, ListEntry>;
  /** By list; made when one is asked for. */
  graphs: Map<string, LinkGraph>;
}

const onDays = new WeakMap<Listed, Map<Day, OnDay>>();
const MOST_DAYS = 8;

const keyOf = (list: string, entry: string): string => `${list}\n${entry}`;

function onDay(listed: Listed, on: Day): OnDay {
  let days = onDays.get(listed);
  if (!days) onDays.set(listed, (days = new Map<Day, OnDay>()));
  const known = days.get(on);
  if (known) return known;
  const entries = entriesOn(listed.entries, on);
  const made = {
    byKey: new Map(entries.map((each) => [keyOf(each.list, each.entry), each])),
    byId: new Map(entries.map((each) => [entityId(each), each])),
    graphs: new Map<string, LinkGraph>(),
  };
  if (days.size >= MOST_DAYS) days.clear();
  days.set(on, made);
  return made;
}

/** As the list had it on the day; as its oldest version has it where only the publisher's date reaches back to the day. */
export function entityOn(
  listed: Listed,
  { list, entry }: { list: string; entry: string },
  on: Day,
): WireEntity | undefined {
  const found = onDay(listed, on).byKey.get(keyOf(list, entry)) ?? listed.statesOf(`${list} ${entry}`)[0];
  return found && entityOf(found);
}

/** The relations of the list that an entry is on, and the entries that they lead to. */
export function surroundingsOn(listed: Listed, entry: ListEntry, on: Day): Surroundings {
  const { byKey, graphs } = onDay(listed, on);
  const { list } = entry;
  const graph =
    graphs.get(list) ??
    new LinkGraph(
      [...byKey.values()].filter((each) => each.list === list),
      on,
    );
  graphs.set(list, graph);
  return { entry, graph, entryOf: (id) => byKey.get(keyOf(list, id)) };
}

export const entryById = (listed: Listed, id: string, on: Day): ListEntry | undefined => onDay(listed, on).byId.get(id);

export const entriesOf = ({ listed, lists }: Dataset, on: Day): ListEntry[] =>
  [...onDay(listed, on).byId.values()].filter(({ list }) => lists.includes(list));
