/**
 * A segment: all that was inserted between two freezes, or several segments in one, never changed again. Made data: one of
 * another version, or not whole, is not opened, and whoever asked makes it anew from the texts.
 */
import { FOLD_VERSION } from '../../text/index.js';
import { FINGERPRINT_DEFAULTS, FINGERPRINT_VERSION, type FingerprintParameters } from '../kernel/index.js';
import { type KeyTable, keyTable, keyTableArrays, keysOf, openKeyTable } from './key-table.js';
import { type References, keptReferences, makeReferences, openReferences, referenceArrays } from './references.js';
import { type FlatArray, narrowed, numberAt, openArrays, packArrays, threeBytes } from './segment-bytes.js';

/** Keys are 32 bits wide; past ten million documents chance postings ask for more (facts/copies §6.1). */
const versionsOf = (parameters: FingerprintParameters): object => ({
  fold: FOLD_VERSION,
  fingerprint: FINGERPRINT_VERSION,
  parameters,
  keyBits: 32,
});

interface Meta {
  versions: object;
  /** Number of the first document whose source and group stand here, and how many do. */
  first: number;
  documents: number;
  /** What is taken off document numbers of postings. */
  base: number;
}

export interface Segment {
  bytes: ArrayBufferLike;
  first: number;
  documents: number;
  sources: FlatArray;
  /** `numberAt`. */
  groups: FlatArray;
  postings: KeyTable;
  base: number;
  /** Three bytes each where numbers allow it. */
  holders: FlatArray;
  counted: KeyTable;
  counters: FlatArray;
  references: References;
  removed: Uint32Array;
}

export interface SegmentParts {
  first: number;
  sources: Uint32Array;
  groups: Uint32Array;
  /** Sorted by key. */
  postings: { keys: Uint32Array; documents: Uint32Array };
  counters: { keys: Uint32Array; words: Uint32Array };
  /** Flat rows. */
  references: Uint32Array;
  /** Sorted. */
  removed: Uint32Array;
}

export function makeSegment(
  parameters: FingerprintParameters,
  { postings, counters, ...parts }: SegmentParts,
): Segment {
  let base = 0xffffffff;
  for (const document of postings.documents) if (document < base) base = document;
  const holders = threeBytes(postings.documents, base);
  if (holders === postings.documents) base = 0;
  const meta: Meta = { versions: versionsOf(parameters), first: parts.first, documents: parts.sources.length, base };
  const bytes = packArrays(meta, [
    ['sources', narrowed(parts.sources)],
    ['groups', threeBytes(parts.groups)],
    ...keyTableArrays('postings', keyTable(postings.keys)),
    ['holders', holders],
    ...keyTableArrays('counted', keyTable(counters.keys)),
    ['counters', counters.words],
    ...referenceArrays(makeReferences(parts.references)),
    ['removed', parts.removed],
  ]);
  return openSegment(bytes, { isChecked: true, parameters })!;
}

/** `isChecked`: another thread, or who made it, has held the checksum against the bytes. */
export function openSegment(
  bytes: ArrayBufferLike,
  {
    isChecked = false,
    parameters = FINGERPRINT_DEFAULTS,
  }: { isChecked?: boolean; parameters?: FingerprintParameters } = {},
): Segment | undefined {
  const arrays = openArrays(bytes, { isChecked });
  if (!arrays) return undefined;
  const meta = arrays.meta as Meta;
  if (JSON.stringify(meta.versions) !== JSON.stringify(versionsOf(parameters))) return undefined;
  return {
    bytes,
    first: meta.first,
    documents: meta.documents,
    sources: arrays.any('sources'),
    groups: arrays.any('groups'),
    postings: openKeyTable(arrays, 'postings'),
    base: meta.base,
    holders: arrays.any('holders'),
    counted: openKeyTable(arrays, 'counted'),
    counters: arrays.any('counters'),
    references: openReferences(arrays),
    removed: arrays.u32('removed'),
  };
}

export const holderAt = ({ holders, base }: Pick<Segment, 'holders' | 'base'>, row: number): number =>
  numberAt(holders, row, base);

/** Of neighbours, oldest first. What was removed is left out, but for the note that it was. */
export function mergeSegments(
  segments: readonly Segment[],
  parameters: FingerprintParameters = FINGERPRINT_DEFAULTS,
): Segment {
  const removed = Uint32Array.from(new Set(segments.flatMap((each) => [...each.removed]))).sort();
  const gone = new Set(removed);
  return makeSegment(parameters, {
    first: segments[0]!.first,
    sources: joined(segments.map(({ sources }) => sources)),
    groups: joined(segments.map(({ groups, documents }) => wide(groups, documents))),
    postings: mergePostings(segments, gone),
    counters: mergeCounters(segments),
    references: joined(segments.map(({ references }) => keptReferences(references, gone))),
    removed,
  });
}

function mergePostings(segments: readonly Segment[], gone: ReadonlySet<number>): SegmentParts['postings'] {
  const tables = segments.map(({ postings }) => keysOf(postings));
  const length = tables.reduce((sum, keys) => sum + keys.length, 0);
  const keys = new Uint32Array(length);
  const documents = new Uint32Array(length);
  let to = 0;
  inOrder(tables, (key, part, row) => {
    const document = holderAt(segments[part]!, row);
    if (gone.has(document)) return;
    keys[to] = key;
    documents[to++] = document;
  });
  return { keys: keys.subarray(0, to), documents: documents.slice(0, to) };
}

function mergeCounters(segments: readonly Segment[]): SegmentParts['counters'] {
  const tables = segments.map(({ counted }) => keysOf(counted));
  const length = tables.reduce((sum, keys) => sum + keys.length, 0);
  const keys = new Uint32Array(length);
  const words = new Uint32Array(length);
  let to = 0;
  inOrder(tables, (key, part, row) => {
    const word = segments[part]!.counters[row]!;
    if (to > 0 && keys[to - 1] === key) words[to - 1]! |= word;
    else {
      keys[to] = key;
      words[to++] = word;
    }
  });
  return { keys: keys.subarray(0, to), words: words.slice(0, to) };
}

/** Rows of sorted tables in the order of their keys, of equal keys the older table's first. */
function inOrder(tables: readonly Uint32Array[], visit: (key: number, part: number, row: number) => void): void {
  const next = new Uint32Array(tables.length);
  for (;;) {
    let least = Infinity;
    let part = -1;
    for (let at = 0; at < tables.length; at++) {
      const key = tables[at]![next[at]!] ?? Infinity;
      if (key < least) {
        least = key;
        part = at;
      }
    }
    if (part < 0) return;
    visit(least, part, next[part]!++);
  }
}

function wide(numbers: FlatArray, length: number): Uint32Array {
  const words = new Uint32Array(length);
  for (let row = 0; row < length; row++) words[row] = numberAt(numbers, row);
  return words;
}

function joined(columns: readonly FlatArray[]): Uint32Array {
  const whole = new Uint32Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    whole.set(column, at);
    at += column.length;
  }
  return whole;
}
