/** From the states of a list to entries with the days they were listed (facts/screening §5). */
import { isDeepStrictEqual } from 'node:util';
import { AsPostedError, type Day, type ListEntry } from '../model/index.js';
import { groupBy } from './group-by.js';
import type { ListKind, ListLimits, ListRow, ParsedList } from './list-kind.js';

export function parseListState(
  kind: ListKind,
  files: Readonly<Record<string, Uint8Array>>,
  cache: Map<string, unknown> = new Map<string, unknown>(),
  limits?: ListLimits,
): ParsedList {
  return kind.parse(files, cache, limits);
}

/** A version with fewer rows than this share of the one before is refused: a cut file must never read as delisting. */
const LEAST_SHARE = 0.9;

/** Throws LIST_SHRANK. The largest true fall in the SDN list's history is far smaller (facts/screening §5). */
export function checkShrink(list: string, before: number, after: number): void {
  if (before === 0 || after >= before * LEAST_SHARE) return;
  throw new AsPostedError({
    code: 'LIST_SHRANK',
    message: `${list} would shrink from ${before} to ${after} entries, which looks like a cut file and not like delisting`,
    hint: 'Fetch the file again. If the publisher really removed that many, add it with --allow-shrink.',
  });
}

/** How many of the entries in force a new version must hold. Publishers renumber nothing; files of another form do. */
const LEAST_KEPT = 0.5;

/**
 * Throws LIST_SHRANK when most entries in force would end on one day and others begin. Their number is no sign of it: the same list in
 * another form may have as many, under other ids.
 */
export function checkKept(
  list: string,
  inForce: readonly Pick<ListEntry, 'entry'>[],
  rows: readonly Pick<ListRow, 'entry'>[],
  forms: { before?: string | undefined; after?: string | undefined } = {},
): void {
  const held = new Set(inForce.map(({ entry }) => entry));
  const left = new Set(rows.map(({ entry }) => entry).filter((entry) => held.has(entry))).size;
  if (left >= held.size * LEAST_KEPT) return;
  const { before, after } = forms;
  const other =
    before === undefined || before === after ? '' : ` (the last was of the form ${before}, this is ${after})`;
  throw new AsPostedError({
    code: 'LIST_SHRANK',
    message: `${list} would keep ${left} of its ${held.size} entries, and all others would end and begin anew under other ids${other}`,
    hint: 'Give the form that is held, or the right list. If the publisher really renumbered it, or you go over to this form, add it with --allow-shrink.',
  });
}

/** A part smaller than this may come and go: the lists within a list that have one or two entries do. */
const LEAST_PART = 20;

/** Throws LIST_SHRANK when one part is lost while the sum looks right: the SDN part was once missing for days. */
export function checkParts(
  list: string,
  before: Readonly<Record<string, number>> = {},
  after: Readonly<Record<string, number>> | undefined,
): void {
  if (after === undefined) return;
  for (const [part, count] of Object.entries(before)) {
    const left = Object.hasOwn(after, part) ? after[part]! : 0;
    if (count < LEAST_PART || left >= count / 2) continue;
    throw new AsPostedError({
      code: 'LIST_SHRANK',
      message: `the part ${part} of ${list} would shrink from ${count} to ${left} entries, which looks like a part that is missing`,
      hint: 'Get the file again later. If the publisher really removed that many, add it with --allow-shrink.',
    });
  }
}

/** Entries that say they are listed from a day after the file's own: kept as printed, and told of. */
export function laterThan(rows: readonly ListRow[], publishedAt: Day): string[] {
  const later = rows.filter(({ listedOn }) => listedOn !== undefined && listedOn > publishedAt);
  const [first] = later;
  if (!first) return [];
  const others = later.length === 1 ? '' : ` and ${later.length - 1} more`;
  return [`${first.entry}${others} is dated ${first.listedOn!}, after the list’s own day, ${publishedAt}`];
}

/**
 * Folds the next version into the entries of those before it. An entry that changed gets a further state; one that is
 * missing ends on this day; one that comes back is listed anew.
 */
export function foldVersion(
  entries: readonly ListEntry[],
  rows: readonly ListRow[],
  { list, publishedAt }: { list: string; publishedAt: Day },
): ListEntry[] {
  const isFirst = entries.length === 0;
  const folded: ListEntry[] = [];
  const current = new Map<string, ListEntry>();
  for (const entry of entries) {
    if (entry.to === null && (entry.stateTo ?? null) === null) current.set(entry.entry, entry);
    else folded.push(entry);
  }
  const earlierStates = groupBy(
    folded.filter(({ to }) => to === null),
    ({ entry }) => entry,
  );
  for (const row of rows) {
    const held = current.get(row.entry);
    current.delete(row.entry);
    if (!held) {
      folded.push({
        ...row,
        list,
        from: publishedAt,
        to: null,
        stateFrom: publishedAt,
        stateTo: null,
        fromIsBound: isFirst,
      });
    } else if (isSame(held, row)) {
      folded.push(held);
    } else {
      const { from, fromIsBound } = held;
      // Two states of one day: the later is the day's.
      if (held.stateFrom !== publishedAt) folded.push({ ...held, stateTo: publishedAt });
      folded.push({ ...row, list, from, to: null, stateFrom: publishedAt, stateTo: null, fromIsBound });
    }
  }
  // What is left in `current` is no longer on the list; all states of that listing end with it.
  const ended = new Set(current.keys());
  const kept = folded.filter((each) => !(ended.has(each.entry) && each.to === null));
  for (const held of current.values()) {
    for (const state of [...(earlierStates.get(held.entry) ?? []), { ...held, stateTo: publishedAt }]) {
      if (state.from !== publishedAt) kept.push({ ...state, to: publishedAt });
    }
  }
  return kept;
}

/** What a list says of an entry, besides its days on the list. */
export const CONTENT = [
  'schema',
  'name',
  'aliases',
  'identifiers',
  'countries',
  'addresses',
  'programs',
  'remarks',
  'listedOn',
  'endsOn',
  'listings',
  'births',
  'measures',
  'links',
] as const;

/** The row an entry was last found to print: through hundreds of states most rows are the same objects. */
const printedBy = new WeakMap<ListEntry, ListRow>();

/** By value: the database gives the keys of an object back in an order of its own. */
function isSame(held: ListEntry, row: ListRow): boolean {
  if (printedBy.get(held) === row) return true;
  const same = CONTENT.every((field) => held[field] === row[field] || isDeepStrictEqual(held[field], row[field]));
  if (same) printedBy.set(held, row);
  return same;
}

/** The listing as it stood on a day: at most one state of each entry. */
export function entriesOn(entries: readonly ListEntry[], on: Day): ListEntry[] {
  return entries.filter((entry) => isListedOn(entry, on));
}

export function isListedOn({ from, to, stateFrom, stateTo }: ListEntry, on: Day): boolean {
  return from <= on && (to === null || on < to) && (stateFrom ?? from) <= on && (stateTo == null || on < stateTo);
}
