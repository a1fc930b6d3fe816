/**
 * Names and numbers against lists as they stood on a day. Two numbers come out: how well the names agree, and what else
 * agrees; with the reason token by token and the version of the list that was asked. A match is a potential match; no match
 * is not a clearance.
 */
import type { Day, ListEntry, ListVersionRef, Match, Screening, ScreeningQuery } from '../model/index.js';
import { corroborate } from './corroborate.js';
import { EntryIndex, type FoundName, type NameOf } from './entry-index.js';
import { type AskedIdentifier, askedIdentifiers, identifierHit, isOnlyIdentifier } from './identifiers.js';
import { type NameParts, partsOf } from './names/parts.js';
import { LONGEST, cutNote } from './names/tokens.js';
import { isListedOn } from './versions.js';

/** From here on a pair is worth a person's look (facts/screening §9). */
export const THRESHOLD = 0.7;
/** A bare name of three letters or digits is never more than this, however exactly it agrees (facts/screening §7.9). */
const SHORT_NAME = 0.8;
/** The list's own word for "weak": broad or generic, to be confirmed by something else. */
const WEAK_ALIAS = 0.9;
const MOST_MATCHES = 20;
const MOST_NAMES = 40;

export interface Screener {
  screen(query: ScreeningQuery, on: Day, lists?: readonly string[]): Screening;
}

interface Scored {
  entry: ListEntry;
  matchedName: string;
  nameEvidence: number;
  corroboration: number;
  why: string[];
  contradictions?: string[];
  class: Match['class'];
}

export function createScreener(entries: readonly ListEntry[], versions: readonly ListVersionRef[]): Screener {
  const index = new EntryIndex(entries);
  const status = remembered(versions);
  return {
    screen(asIs, on, lists) {
      const note = cutNote(asIs.name);
      const query = clipped(asIs);
      const asked = status(on, lists);
      const inForce = new Map(asked.filter(({ usable }) => usable).map(({ row }) => [row.list, row.version]));
      const found = best([
        ...byIdentifier(index, query, on),
        ...byName(index, query, on, new Set(inForce.keys())),
        ...byMention(index, query, on),
      ])
        .filter(({ entry }) => inForce.has(entry.list))
        .sort(byEvidence)
        .slice(0, MOST_MATCHES);
      return {
        query: asIs.name,
        on,
        matches: found.map((each) => toMatch(each, inForce.get(each.entry.list)!)),
        lists: asked.map(({ row }) => ({ ...row })),
        ...(note === undefined ? {} : { note }),
      };
    },
  };
}

/** A name of a book's length costs no more than a name. */
function clipped(query: ScreeningQuery): ScreeningQuery {
  const names = [query.name, ...(query.aliases ?? [])];
  if (names.every((name) => name.length <= LONGEST)) return query;
  const [name = '', ...aliases] = names.map((each) => each.slice(0, LONGEST));
  return { ...query, name, ...(query.aliases ? { aliases } : {}) };
}

/** Thousands of names are asked of one day: its versions are looked up once. */
function remembered(
  versions: readonly ListVersionRef[],
): (on: Day, lists?: readonly string[]) => ReturnType<typeof statusOf> {
  let [last, held]: [string, ReturnType<typeof statusOf>] = ['', []];
  return (on, lists) => {
    const key = JSON.stringify([on, lists]);
    if (key !== last) [last, held] = [key, statusOf(versions, on, lists)];
    return held;
  };
}

/** Which version of each list was in force, or why a list could not be asked. */
function statusOf(
  versions: readonly ListVersionRef[],
  on: Day,
  lists: readonly string[] | undefined,
): { usable: boolean; row: Screening['lists'][number] }[] {
  const names = lists ?? [...new Set(versions.map(({ list }) => list))].sort();
  return names.map((list) => {
    const held = versions.filter((each) => each.list === list);
    const version = held.filter(({ publishedAt }) => publishedAt <= on).at(-1);
    if (version) {
      const { publishedAt, sha256, entries } = version;
      const next = held.find((each) => each.publishedAt > on);
      const note =
        next === undefined && daysBetween(publishedAt, on) > 30
          ? { note: `the newest version held is of ${publishedAt}; what came later is not known` }
          : {};
      return { usable: true, row: { list, version: `sha256:${sha256}`, publishedAt, entries, ...note } };
    }
    const first = held[0];
    const note = first
      ? `not screened: no version held on or before ${on}; the earliest is of ${first.publishedAt}`
      : 'not screened: no version held';
    return { usable: false, row: { list, version: '', publishedAt: '', entries: 0, note } };
  });
}

function daysBetween(a: Day, b: Day): number {
  return (Date.parse(b) - Date.parse(a)) / 86_400_000;
}

function byIdentifier(index: EntryIndex, query: ScreeningQuery, on: Day): Scored[] {
  const asked = askedIdentifiers(query);
  const entries = new Set(asked.flatMap(({ value }) => index.withIdentifier(value)));
  return [...entries].flatMap((entry) => {
    const hit = isListedOn(entry, on) ? identifierHit(asked, entry) : undefined;
    if (!hit || hit.score < THRESHOLD) return [];
    return [
      {
        entry,
        class: 'listed' as const,
        matchedName: hit.printed,
        nameEvidence: 0,
        corroboration: hit.score,
        why: [hit.why],
      },
    ];
  });
}

function byName(index: EntryIndex, query: ScreeningQuery, on: Day, usable: ReadonlySet<string>): Scored[] {
  if (isOnlyIdentifier(query.name) && (query.aliases ?? []).length === 0) return [];
  const asked = askedIdentifiers(query);
  const person = query.schema === undefined || query.schema === 'LegalEntity' ? undefined : query.schema === 'Person';
  const allows = (entry: ListEntry): boolean =>
    usable.has(entry.list) && isListedOn(entry, on) && sameKind(query, entry);
  return [query.name, ...(query.aliases ?? [])]
    .filter((name) => name.trim() !== '')
    .flatMap((name) => {
      const names = index.search(name, person, { least: THRESHOLD, most: MOST_NAMES, allows });
      if (names.length === 0) return [];
      const countries = person === true ? [] : partsOf(name).countries;
      return names
        .flatMap((found) => found.holders.map((holder) => score({ name, query, asked, countries }, found, holder)))
        .filter(({ nameEvidence }) => nameEvidence >= THRESHOLD);
    });
}

/** A firm is not looked for among ships' captains; what kind is meant must be said to narrow. */
function sameKind({ schema }: ScreeningQuery, { schema: theirs }: ListEntry): boolean {
  if (schema === 'Person') return theirs === 'Person';
  if (schema === 'Company') return theirs !== 'Person' && theirs !== 'Vessel' && theirs !== 'Airplane';
  return true;
}

interface Asked {
  name: string;
  query: ScreeningQuery;
  asked: readonly AskedIdentifier[];
  countries: readonly string[];
}

function score({ name, query, asked, countries }: Asked, found: FoundName, { entry, printed, weak }: NameOf): Scored {
  const short = isShort(found.query) || isShort(found.parts);
  const limit = Math.min(weak ? WEAK_ALIAS : 1, short ? SHORT_NAME : 1);
  const further = corroborate({ query, countries, asked }, entry);
  return {
    entry,
    class: 'listed',
    matchedName: printed,
    nameEvidence: round(found.score * limit),
    corroboration: round(further.corroboration),
    why: [
      ...(name === query.name ? [] : [`asked as “${name}”`]),
      ...found.why,
      ...(weak ? ['the list itself calls this name weak'] : []),
      ...(short ? ['a name this short proves little by itself'] : []),
      ...further.reasons,
    ],
    contradictions: further.contradictions,
  };
}

/** One word of three letters or digits, or of a single ideograph, besides what names nobody. */
function isShort({ parts }: NameParts): boolean {
  const own = parts.filter(({ class: kind }) => kind === 'brand' || kind === 'number' || kind === 'initial');
  return (
    own.length > 0 && own.reduce((sum, { token, script }) => sum + (script === 'han' ? 2 : 1) * token.length, 0) <= 3
  );
}

/** A name that stands in the text of a listing: its own class, never "is listed". */
function byMention(index: EntryIndex, query: ScreeningQuery, on: Day): Scored[] {
  return [query.name, ...(query.aliases ?? [])].flatMap((name) =>
    index.mentioning(name).flatMap(({ entry, words }) =>
      isListedOn(entry, on)
        ? [
            {
              entry,
              class: 'named-in-listing' as const,
              matchedName: words,
              nameEvidence: 1,
              corroboration: 0,
              why: [`“${words}” stands in the text of the listing of ${entry.name}; that does not make it listed`],
            },
          ]
        : [],
    ),
  );
}

/** The best of each entry and class; numbers found by identifier join the names found by spelling. */
function best(found: readonly Scored[]): Scored[] {
  const byEntry = new Map<string, Scored>();
  for (const each of found) {
    const key = `${each.class} ${each.entry.list} ${each.entry.entry}`;
    const held = byEntry.get(key);
    if (!held || byEvidence(each, held) < 0) byEntry.set(key, each);
  }
  for (const [key, { entry }] of byEntry) {
    if (key.startsWith('named-in-listing') && byEntry.has(`listed ${entry.list} ${entry.entry}`)) byEntry.delete(key);
  }
  return [...byEntry.values()];
}

function byEvidence(a: Scored, b: Scored): number {
  const strength = ({ nameEvidence, corroboration }: Scored): number =>
    Math.max(nameEvidence, corroboration) + 0.1 * Math.min(nameEvidence, corroboration);
  const key = ({ entry }: Scored): string => `${entry.entry} ${entry.list}`;
  return strength(b) - strength(a) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}

function toMatch(
  { entry, class: kind, matchedName, nameEvidence, corroboration, why, contradictions = [] }: Scored,
  listVersion: string,
): Match {
  return {
    class: kind,
    list: entry.list,
    entry: entry.entry,
    name: entry.name,
    matchedName,
    nameEvidence,
    corroboration,
    from: entry.from,
    to: entry.to,
    listVersion,
    ...(contradictions.length > 0 ? { contradictions } : {}),
    why: entry.fromIsBound ? [...why, `listed on or before ${entry.from}, the oldest version held`] : why,
  };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
