/**
 * References: this stretch of a representative stands in that stretch of a later document. Sorted by representative and
 * start; the furthest end of each block of rows lets a walk skip what cannot overlap.
 */
import { WordColumn } from './growing.js';
import { inOrder, sortedOrder } from './key-table.js';
import { type FlatArray, type SegmentArrays, narrowed, numberAt, threeBytes } from './segment-bytes.js';

export interface Reference {
  representative: number;
  start: number;
  length: number;
  document: number;
  documentStart: number;
  documentLength: number;
}

const COLUMNS = ['start', 'length', 'document', 'documentStart', 'documentLength'] as const;
type Column = (typeof COLUMNS)[number];
/** A reference in flat rows: its representative, then the columns. */
const ROW = 1 + COLUMNS.length;
const BLOCK = 64;

export interface References {
  representatives: Uint32Array;
  /** Rows of representative n: `starts[n]..starts[n + 1]`. */
  starts: Uint32Array;
  /** `document` by `numberAt`. */
  columns: Record<Column, FlatArray>;
  reach: Uint32Array;
}

/** Of flat rows; those of one place stay in the order they were made in. */
export function makeReferences(rows: Uint32Array): References {
  const column = (at: number): Uint32Array => columnOf(rows, at);
  const keys = column(0);
  const order = sortedOrder(keys, sortedOrder(column(1)));
  const columns = COLUMNS.map((name, at): [Column, FlatArray] => {
    const ordered = inOrder(column(1 + at), order);
    return [name, name === 'document' ? threeBytes(ordered) : narrowed(ordered)];
  });
  const representatives = new WordColumn();
  const starts = new WordColumn();
  const reach = new Uint32Array(Math.ceil(order.length / BLOCK));
  for (const [at, row] of order.entries()) {
    const representative = keys[row]!;
    if (representatives.length === 0 || representatives.at(representatives.length - 1) !== representative) {
      representatives.push(representative);
      starts.push(at);
    }
    const block = Math.floor(at / BLOCK);
    reach[block] = Math.max(reach[block]!, rows[row * ROW + 1]! + rows[row * ROW + 2]!);
  }
  starts.push(order.length);
  return {
    representatives: representatives.toArray(),
    starts: starts.toArray(),
    columns: Object.fromEntries(columns) as Record<Column, FlatArray>,
    reach,
  };
}

function columnOf(rows: Uint32Array, at: number): Uint32Array {
  const column = new Uint32Array(rows.length / ROW);
  for (let row = 0; row < column.length; row++) column[row] = rows[row * ROW + at]!;
  return column;
}

/** References as they are made, in flat rows. */
export class ReferenceRows {
  readonly #words = new WordColumn();

  get length(): number {
    return this.#words.length / ROW;
  }

  push({ representative, ...rest }: Reference): number {
    const row = this.length;
    this.#words.push(representative);
    for (const name of COLUMNS) this.#words.push(rest[name]);
    return row;
  }

  at(row: number): Reference {
    const word = (column: number): number => this.#words.at(row * ROW + column);
    return {
      representative: word(0),
      start: word(1),
      length: word(2),
      document: word(3),
      documentStart: word(4),
      documentLength: word(5),
    };
  }

  overlaps(row: number, from: number, to: number): boolean {
    const start = this.#words.at(row * ROW + 1);
    return start < to && start + this.#words.at(row * ROW + 2) > from;
  }

  toArray(): Uint32Array {
    return this.#words.toArray();
  }
}

/** Visits those that overlap `[from, to)`; a visit that answers false ends the walk. */
export function forEachOverlap(
  references: References,
  { representative, from, to }: { representative: number; from: number; to: number },
  visit: (reference: Reference) => boolean,
): boolean {
  const at = placeOf(references.representatives, representative);
  if (at < 0) return true;
  const end = references.starts[at + 1]!;
  const { start, length } = references.columns;
  for (let row = references.starts[at]!; row < end && start[row]! < to;) {
    const block = Math.floor(row / BLOCK);
    if (references.reach[block]! <= from) row = (block + 1) * BLOCK;
    else {
      if (start[row]! + length[row]! > from && !visit(referenceAt(references, representative, row))) return false;
      row += 1;
    }
  }
  return true;
}

export const hasReferences = ({ representatives }: References, representative: number): boolean =>
  placeOf(representatives, representative) >= 0;

/** In flat rows, without those that name a document that is gone. */
export function keptReferences(references: References, gone: ReadonlySet<number>): Uint32Array {
  const rows = new ReferenceRows();
  for (const [at, representative] of references.representatives.entries()) {
    if (gone.has(representative)) continue;
    for (let row = references.starts[at]!; row < references.starts[at + 1]!; row++)
      if (!gone.has(numberAt(references.columns.document, row)))
        rows.push(referenceAt(references, representative, row));
  }
  return rows.toArray();
}

function referenceAt({ columns }: References, representative: number, row: number): Reference {
  return {
    representative,
    start: columns.start[row]!,
    length: columns.length[row]!,
    document: numberAt(columns.document, row),
    documentStart: columns.documentStart[row]!,
    documentLength: columns.documentLength[row]!,
  };
}

function placeOf(sorted: Uint32Array, sought: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const here = sorted[middle]!;
    if (here === sought) return middle;
    if (here < sought) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export const referenceArrays = ({ representatives, starts, columns, reach }: References): [string, FlatArray][] => [
  ['references.representatives', representatives],
  ['references.starts', starts],
  ...COLUMNS.map((name): [string, FlatArray] => [`references.${name}`, columns[name]]),
  ['references.reach', reach],
];

export const openReferences = (arrays: SegmentArrays): References => ({
  representatives: arrays.u32('references.representatives'),
  starts: arrays.u32('references.starts'),
  columns: Object.fromEntries(COLUMNS.map((name) => [name, arrays.any(`references.${name}`)])) as Record<
    Column,
    FlatArray
  >,
  reach: arrays.u32('references.reach'),
});
