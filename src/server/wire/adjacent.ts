/**
 * What is next to an entry, as FollowTheMoney says it: listings and relations are entities of their own, which hang under the property that
 * points back from them (facts/screening §10). Ids and names come from lists; nobody becomes an entry by being named.
 */
import { createHash } from 'node:crypto';
import type { ListEntry } from '../../model/index.js';
import type { LinkEdge, LinkGraph, LinkParty } from '../../screen/index.js';
import { SANCTIONS, type WireEntity, entityId, entityOf } from './entities.js';

/** An entity whose properties hold entities where others hold their ids. */
export interface NestedEntity extends Omit<WireEntity, 'properties'> {
  properties: Record<string, (string | NestedEntity)[]>;
}

/** Kind of relation → its schema, the properties of its two ends, and what those are called seen from the ends. */
interface Relation {
  schema: string;
  from: readonly [property: string, reverse: string];
  to: readonly [property: string, reverse: string];
  /** Which property has the publisher's word. */
  says: string;
}

const RELATIONS: Readonly<Record<LinkEdge['kind'], Relation>> = {
  ownership: {
    schema: 'Ownership',
    from: ['owner', 'ownershipOwner'],
    to: ['asset', 'ownershipAsset'],
    says: 'role',
  },
  directorship: {
    schema: 'Directorship',
    from: ['director', 'directorshipDirector'],
    to: ['organization', 'directorshipOrganization'],
    says: 'role',
  },
  family: {
    schema: 'Family',
    from: ['person', 'familyPerson'],
    to: ['relative', 'familyRelative'],
    says: 'relationship',
  },
  link: {
    schema: 'UnknownLink',
    from: ['subject', 'unknownLinkTo'],
    to: ['object', 'unknownLinkFrom'],
    says: 'role',
  },
};

/** Every property under which something may hang: a client that asks for another one asks for what there is not. */
export const ADJACENT: ReadonlySet<string> = new Set([
  'sanctions',
  ...Object.values(RELATIONS).flatMap(({ from, to }) => [from[1], to[1]]),
]);

export interface Surroundings {
  entry: ListEntry;
  graph: LinkGraph;
  /** Of the same list, in force on the same day. */
  entryOf: (entry: string) => ListEntry | undefined;
}

/** What hangs under each property, the root's id standing in place of the root. */
export function adjacentTo({ entry, graph, entryOf }: Surroundings): Map<string, NestedEntity[]> {
  const root = entityOf(entry);
  const found = new Map<string, NestedEntity[]>();
  const hang = (property: string, entity: NestedEntity): void => {
    const held = found.get(property);
    if (held) held.push(entity);
    else found.set(property, [entity]);
  };
  if (SANCTIONS.has(entry.list)) for (const sanction of sanctionsOf(entry, root)) hang('sanctions', sanction);
  const party = graph.party(entry.entry);
  for (const edge of party ? graph.edges(party) : []) {
    const { from, to } = RELATIONS[edge.kind];
    const isFrom = edge.from === party;
    const other = isFrom ? edge.to : edge.from;
    const known = other.entry === undefined ? undefined : entryOf(other.entry);
    const there = known ? entityOf(known) : stranger(other, root, edge.kind);
    hang((isFrom ? from : to)[1], relation(edge, isFrom ? [root.id, there] : [there, root.id], root));
  }
  return found;
}

/** Of a hub the first: all of them are there page by page. */
const MOST_NESTED = 500;

/** With what hangs on it under the properties' names, as clients that draw graphs expect. */
export function nested(root: WireEntity, adjacent: ReadonlyMap<string, NestedEntity[]>): NestedEntity {
  const hung = [...adjacent].map(([property, all]) => [property, all.slice(0, MOST_NESTED)]);
  return { ...root, properties: { ...root.properties, ...(Object.fromEntries(hung) as NestedEntity['properties']) } };
}

export interface Page {
  limit: number;
  offset: number;
  /** `caption:asc`, `percentage:desc`: a field of the joining entity. */
  sort?: string | undefined;
}

export function pageOf(all: readonly NestedEntity[], { limit, offset, sort }: Page): object {
  const [field = '', order = 'asc'] = (sort ?? '').replace(/^properties\./, '').split(':');
  const value = ({ properties, ...entity }: NestedEntity): string => {
    const [first] = new Map(Object.entries(properties)).get(field) ?? [];
    return typeof first === 'string' ? first : field === 'caption' ? entity.caption : '';
  };
  const compare = (a: NestedEntity, b: NestedEntity): number =>
    value(a).localeCompare(value(b), 'en', { numeric: true }) * (order === 'desc' ? -1 : 1);
  const sorted = field === '' ? all : [...all].sort(compare);
  const total = { value: all.length, relation: 'eq' };
  return { results: sorted.slice(offset, offset + limit), total, limit, offset };
}

function relation(edge: LinkEdge, [from, to]: [End, End], root: WireEntity): NestedEntity {
  const { schema, ...of } = RELATIONS[edge.kind];
  const { percentage, says, since, until } = edge;
  const properties: NestedEntity['properties'] = { [of.from[0]]: [from], [of.to[0]]: [to] };
  const add = (property: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') properties[property] = [value];
  };
  add(of.says, says);
  add('percentage', percentage);
  add('startDate', since);
  add('endDate', until);
  // Dates say it where there are any.
  if (edge.isFormer && since === undefined && until === undefined) add('status', 'former');
  const id = made(schema, idOf(from), idOf(to), percentage, says, since, until);
  return { ...aside(root), id, caption: says ?? schema, schema, properties };
}

type End = string | NestedEntity;
const idOf = (end: End): string => (typeof end === 'string' ? end : end.id);

/** Named in a listing, and no entry of that list on that day: never a target. Its days are those of the listing that names it. */
function stranger({ list, name, entry }: LinkParty, root: WireEntity, kind: LinkEdge['kind']): NestedEntity {
  const id = entry === undefined ? made('name', list, name) : entityId({ list, entry });
  const schema = kind === 'family' ? 'Person' : 'LegalEntity';
  return { ...aside(root), id, caption: name || id, schema, properties: name === '' ? {} : { name: [name] } };
}

function sanctionsOf(entry: ListEntry, root: WireEntity): NestedEntity[] {
  const listings = entry.listings ?? [{ list: '', ...(entry.listedOn === undefined ? {} : { on: entry.listedOn }) }];
  return listings.map(({ list, on }) => {
    const given: [string, readonly string[]][] = [
      ['entity', [root.id]],
      ['authority', list === '' ? [] : [list]],
      ['program', entry.programs],
      ['provisions', entry.measures ?? []],
      ['listingDate', on === undefined ? [] : [on]],
      ['endDate', entry.endsOn === undefined ? [] : [entry.endsOn]],
    ];
    const properties = Object.fromEntries(given.filter(([, values]) => values.length > 0)) as Record<string, string[]>;
    return {
      ...aside(root),
      id: made('Sanction', root.id, list, on),
      caption: 'Sanction',
      schema: 'Sanction',
      properties,
    };
  });
}

/** What a joining entity has of the one it hangs on. */
const aside = ({
  datasets,
  first_seen,
  last_seen,
  last_change,
}: WireEntity): Omit<NestedEntity, 'id' | 'caption' | 'schema' | 'properties'> => ({
  datasets,
  first_seen,
  last_seen,
  last_change,
  referents: [],
  target: false,
});

/** Publishers give joins no ids: the same words make the same one. */
function made(...parts: readonly (string | undefined)[]): string {
  return `asp-${createHash('sha1').update(JSON.stringify(parts)).digest('hex')}`;
}
