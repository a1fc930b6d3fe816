/**
 * Names and numbers against lists as they stood on a day. Two numbers come out: how well the names agree, and what else
 * agrees; with the reason token by token and the version of the list that was asked. A match is a potential match; no match
 * is not a clearance.
 */
import type { Day, ListEntry, ListVersionRef, Match, Screening, ScreeningQuery } from '../model/index.js';
import { basisOf, listedAsOf } from './as-of.js';
import { corroborate } from './corroborate.js';
import { EntryIndex, type FoundName, type NameOf, makeEntryIndex } from './entry-index.js';
import { type Allows, type EntryStore, listsIn } from './entry-store.js';
import { type AskedIdentifier, askedIdentifiers, identifierHit, isOnlyIdentifier } from './identifiers.js';
import { type ComparedName, reasonsOf } from './names/align.js';
import { ofacScore } from './names/ofac-score.js';
import { partsOf } from './names/parts.js';
import { LONGEST, cutNote } from './names/tokens.js';
import { type OpenSections, openSections, packSections } from './sections.js';

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
  /** The name that was held against `matchedName`, if it was one. */
  asked?: string;
  matchedName: string;
  nameEvidence: number;
  corroboration: number;
  /** In words; made for what is shown. */
  why: () => string[];
  contradictions?: string[];
  class: Match['class'];
}

/** Over entries at hand. */
export function createScreener(entries: readonly ListEntry[], versions: readonly ListVersionRef[]): Screener {
  return screenerOver(openSections(packed(entries, versions, false))!, entries).screener;
}

/** The same as one piece of memory: for a file, or for threads that share it. */
export function packScreener(entries: readonly ListEntry[], versions: readonly ListVersionRef[]): SharedArrayBuffer {
  return packed(entries, versions, true);
}

export interface PackedScreener {
  screener: Screener;
  versions: readonly ListVersionRef[];
  /** All states of all entries, read back: for who needs more than answers. */
  entries: () => ListEntry[];
}

/** Over what `packScreener` made, with the same answers; undefined when another version of it made the bytes. */
export function openPacked(shared: SharedArrayBuffer): PackedScreener | undefined {
  const sections = openSections(shared);
  return sections && screenerOver(sections);
}

export const openScreener = (shared: SharedArrayBuffer): Screener | undefined => openPacked(shared)?.screener;

interface Meta {
  versions: readonly ListVersionRef[];
  lists: readonly string[];
}

function packed(entries: readonly ListEntry[], versions: readonly ListVersionRef[], whole: boolean): SharedArrayBuffer {
  const meta: Meta = { versions, lists: listsIn(entries) };
  return packSections(meta, makeEntryIndex(entries, { whole }));
}

function screenerOver(sections: OpenSections, entries?: readonly ListEntry[]): PackedScreener {
  const { versions, lists: known } = sections.meta as Meta;
  const index = new EntryIndex(sections, known, entries);
  const askedOn = remembered(versions, index);
  const all = (): ListEntry[] => Array.from({ length: index.entries.count }, (_, at) => index.entries.at(at));
  return { versions, entries: all, screener: screenerOf(index, askedOn) };
}

function screenerOf(index: EntryIndex, askedOn: (on: Day, lists?: readonly string[]) => AskedOn): Screener {
  return {
    screen(asIs, on, lists) {
      const note = cutNote(asIs.name);
      const query = clipped(asIs);
      const asked = askedOn(on, lists);
      const numbers = askedIdentifiers(query);
      let cut = false;
      const onCut = (): void => {
        cut = true;
      };
      const found = [
        ...byIdentifier(index, numbers, asked.allows),
        ...byName(index, query, { numbers, allows: asked.ofKind(query.schema), onCut }),
        ...byMention(index, query, asked.allows),
      ];
      const all = found.length === 0 ? found : best(found).sort(byEvidence);
      const shown = all.slice(0, MOST_MATCHES);
      return {
        query: asIs.name,
        on,
        matches: shown.map((each) => toMatch(each, { on, versions: asked.versions.get(each.entry.list)! })),
        lists: asked.rows,
        ...(cut || all.length > MOST_MATCHES ? { cut: true } : {}),
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

/** What is the same for all names asked of one day. */
interface AskedOn {
  /** Shared by all answers. */
  rows: Screening['lists'];
  /** All that are held of each list. */
  versions: ReadonlyMap<string, readonly ListVersionRef[]>;
  allows: Allows;
  ofKind: (schema: ScreeningQuery['schema']) => Allows;
}

/** Thousands of names are asked of one day: its versions are looked up once. */
function remembered(
  versions: readonly ListVersionRef[],
  { entries }: EntryIndex,
): (on: Day, lists?: readonly string[]) => AskedOn {
  let last: { key: string; on: AskedOn } | undefined;
  return (on, lists) => {
    const key = lists === undefined ? on : JSON.stringify([on, lists]);
    if (last?.key !== key) last = { key, on: askedOf(statusOf(versions, on, lists), on, entries) };
    return last.on;
  };
}

function askedOf(status: ReturnType<typeof statusOf>, on: Day, entries: EntryStore): AskedOn {
  const versions = new Map(status.map(({ row, held }) => [row.list, held]));
  const held = new Set(status.filter(({ row }) => row.version !== '').map(({ row }) => row.list));
  const later = new Map([...versions].flatMap(([list, [first]]) => (first ? [[list, first.publishedAt]] : [])));
  const kinds = new Map<ScreeningQuery['schema'], Allows>();
  const ofKind = (schema: ScreeningQuery['schema']): Allows => {
    let allows = kinds.get(schema);
    if (!allows)
      kinds.set(schema, (allows = entries.allowing({ held, later }, on, (theirs) => sameKind(schema, theirs))));
    return allows;
  };
  const rows = status.map(({ row }) => Object.freeze(row));
  return { rows: Object.freeze(rows) as Screening['lists'], versions, allows: ofKind(undefined), ofKind };
}

/** Which version of each list was in force, or why a list could not be asked, or not whole. */
function statusOf(
  versions: readonly ListVersionRef[],
  on: Day,
  lists: readonly string[] | undefined,
): { held: readonly ListVersionRef[]; row: Screening['lists'][number] }[] {
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
      return { held, row: { list, version: `sha256:${sha256}`, publishedAt, entries, ...note } };
    }
    const first = held[0];
    const note = first
      ? `not screened: no version held on or before ${on}; the earliest is of ${first.publishedAt}, in which only what the publisher dates by then is found`
      : 'not screened: no version held';
    return { held, row: { list, version: '', publishedAt: '', entries: 0, note } };
  });
}

function daysBetween(a: Day, b: Day): number {
  return (Date.parse(b) - Date.parse(a)) / 86_400_000;
}

function byIdentifier(index: EntryIndex, asked: readonly AskedIdentifier[], allows: Allows): Scored[] {
  if (asked.length === 0) return [];
  const entries = new Set(asked.flatMap(({ value }) => [...index.withIdentifier(value)]));
  return [...entries].filter(allows).flatMap((at) => {
    const entry = index.entries.at(at);
    const hit = identifierHit(asked, entry);
    if (!hit || hit.score < THRESHOLD) return [];
    return [
      {
        entry,
        class: 'listed' as const,
        matchedName: hit.printed,
        nameEvidence: 0,
        corroboration: hit.score,
        why: () => [hit.why],
      },
    ];
  });
}

function byName(
  index: EntryIndex,
  query: ScreeningQuery,
  { numbers: asked, allows, onCut }: { numbers: readonly AskedIdentifier[]; allows: Allows; onCut: () => void },
): Scored[] {
  if (isOnlyIdentifier(query.name) && (query.aliases ?? []).length === 0) return [];
  const person = query.schema === undefined || query.schema === 'LegalEntity' ? undefined : query.schema === 'Person';
  return [query.name, ...(query.aliases ?? [])]
    .filter((name) => name.trim() !== '')
    .flatMap((name) => {
      const names = index.search(name, person, { least: THRESHOLD, most: MOST_NAMES, allows, onCut });
      if (names.length === 0) return [];
      const countries = person === true ? [] : partsOf(name).countries;
      return names
        .flatMap((found) => found.holders.map((holder) => score({ name, query, asked, countries }, found, holder)))
        .filter(({ nameEvidence }) => nameEvidence >= THRESHOLD);
    });
}

/** A firm is not looked for among ships' captains; what kind is meant must be said to narrow. */
function sameKind(schema: ScreeningQuery['schema'], theirs: ListEntry['schema']): boolean {
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
  const short = isShort(found.query) || isShort(found.entry);
  const limit = Math.min(weak ? WEAK_ALIAS : 1, short ? SHORT_NAME : 1);
  const further = corroborate({ query, countries, asked }, entry);
  return {
    entry,
    asked: name,
    class: 'listed',
    matchedName: printed,
    nameEvidence: round(found.score * limit),
    corroboration: round(further.corroboration),
    why: () => [
      ...(name === query.name ? [] : [`asked as “${name}”`]),
      ...reasonsOf(found),
      ...(weak ? ['the list itself calls this name weak'] : []),
      ...(short ? ['a name this short proves little by itself'] : []),
      ...further.reasons,
    ],
    contradictions: further.contradictions,
  };
}

/** One word of three letters or digits, or of a single ideograph, besides what names nobody. */
function isShort({ parts }: ComparedName): boolean {
  const own = parts.filter(({ class: kind }) => kind === 'brand' || kind === 'number' || kind === 'initial');
  return (
    own.length > 0 && own.reduce((sum, { token, script }) => sum + (script === 'han' ? 2 : 1) * token.length, 0) <= 3
  );
}

/** A name that stands in the text of a listing: its own class, never "is listed". */
function byMention(index: EntryIndex, query: ScreeningQuery, allows: Allows): Scored[] {
  return [query.name, ...(query.aliases ?? [])].flatMap((name) =>
    index.mentioning(name, allows).map((at) => {
      const entry = index.entries.at(at);
      return {
        entry,
        class: 'named-in-listing' as const,
        matchedName: name,
        nameEvidence: 1,
        corroboration: 0,
        why: () => [`“${name}” stands in the text of the listing of ${entry.name}; that does not make it listed`],
      };
    }),
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
  { entry, asked, class: kind, matchedName, nameEvidence, corroboration, why, contradictions = [] }: Scored,
  { on, versions }: { on: Day; versions: readonly ListVersionRef[] },
): Match {
  const asOf = listedAsOf([entry], versions, on);
  const version = asOf.version ?? versions[0]!;
  return {
    class: kind,
    list: entry.list,
    entry: entry.entry,
    name: entry.name,
    matchedName,
    nameEvidence,
    ...(asked === undefined ? {} : { ofacScore: Math.round(100 * ofacScore(asked, [matchedName])) }),
    corroboration,
    from: entry.from,
    to: entry.to,
    ...basisOf(asOf),
    listVersion: `sha256:${version.sha256}`,
    ...(contradictions.length > 0 ? { contradictions } : {}),
    why: entry.fromIsBound ? [...why(), `listed on or before ${entry.from}, the oldest version held`] : why(),
  };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
