/**
 * Rows under 32-bit keys, sorted: a directory over the top bits of the key, and of each row the bits the directory does
 * not say, in one, two or four bytes (facts/copies §6.1). Directory and rest together always hold the whole key.
 */
import type { FlatArray, SegmentArrays } from './segment-bytes.js';

/** Rows of one bucket on average, at most: they are walked one by one. */
const BUCKET_ROWS = 8;
const LEAST_BITS = 4;
const MOST_BITS = 26;

export interface KeyTable {
  bits: number;
  starts: Uint32Array;
  rests: Uint8Array | Uint16Array | Uint32Array;
}

/** Keys must be sorted. */
export function keyTable(keys: Uint32Array): KeyTable {
  let bits = LEAST_BITS;
  while (bits < MOST_BITS && 2 ** bits * BUCKET_ROWS < keys.length) bits += 1;
  const shift = 32 - bits;
  const starts = new Uint32Array(2 ** bits + 1);
  const rests = restsFor(bits, keys.length);
  const mask = 2 ** shift - 1;
  for (let at = 0; at < keys.length; at++) {
    starts[(keys[at]! >>> shift) + 1]! += 1;
    rests[at] = keys[at]! & mask;
  }
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  return { bits, starts, rests };
}

function restsFor(bits: number, length: number): KeyTable['rests'] {
  if (bits >= 24) return new Uint8Array(length);
  return bits >= 16 ? new Uint16Array(length) : new Uint32Array(length);
}

/** What `placeAll` needs for so many keys. */
export class PlacingRoom {
  starts = new Uint32Array(0);
  ends = new Uint32Array(0);
  rests = new Uint32Array(0);

  growTo(count: number): void {
    if (this.starts.length >= count) return;
    this.starts = new Uint32Array(2 * count);
    this.ends = new Uint32Array(2 * count);
    this.rests = new Uint32Array(2 * count);
  }
}

/**
 * First row of each of `count` keys, and behind its last or its `most`th one: to `rows[from + n * step]` and the place behind.
 * Both 0: none. Each array is gone through for all keys before the next one, so that the looks into far memory overlap.
 */
export function placeAll(
  table: KeyTable,
  { keys, count, most, room }: { keys: Uint32Array; count: number; most: number; room: PlacingRoom },
  { rows, from, step }: { rows: Uint32Array; from: number; step: number },
): void {
  const { bits, starts, rests } = table;
  const shift = 32 - bits;
  const mask = 2 ** shift - 1;
  room.growTo(count);
  for (let at = 0; at < count; at++) {
    const bucket = keys[at]! >>> shift;
    room.starts[at] = starts[bucket]!;
    room.ends[at] = starts[bucket + 1]!;
  }
  for (let at = 0; at < count; at++) room.rests[at] = room.starts[at] === room.ends[at] ? 0 : rests[room.starts[at]!]!;
  for (let at = 0, to = from; at < count; at++, to += step) {
    const rest = keys[at]! & mask;
    const end = room.ends[at]!;
    let row = room.starts[at]!;
    if (row < end && room.rests[at]! < rest) for (row += 1; row < end && rests[row]! < rest;) row += 1;
    let behind = row;
    while (behind < end && behind < row + most && rests[behind] === rest) behind += 1;
    rows[to] = behind === row ? 0 : row;
    rows[to + 1] = behind === row ? 0 : behind;
  }
}

/** The keys as they were given. */
export function keysOf({ bits, starts, rests }: KeyTable): Uint32Array {
  const keys = new Uint32Array(rests.length);
  const shift = 32 - bits;
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    const top = (bucket << shift) >>> 0;
    for (let at = starts[bucket]!; at < starts[bucket + 1]!; at++) keys[at] = top | rests[at]!;
  }
  return keys;
}

export const keyTableArrays = (name: string, { starts, rests }: KeyTable): [string, FlatArray][] => [
  [`${name}.starts`, starts],
  [`${name}.rests`, rests],
];

/** The directory doubles, so its length says how many bits it is over. */
export const openKeyTable = (arrays: SegmentArrays, name: string): KeyTable => {
  const starts = arrays.u32(`${name}.starts`);
  return { bits: 31 - Math.clz32(starts.length - 1), starts, rests: arrays.any(`${name}.rests`) };
};

/** Order that sorts rows by key, rows of one key as they came, or as `before` has them: three passes of 11, 11 and 10 bits. */
export function sortedOrder(keys: Uint32Array, before?: Uint32Array): Uint32Array {
  let order = before ?? ascending(keys.length);
  let next: Uint32Array = new Uint32Array(keys.length);
  for (const [shift, bits] of [
    [0, 11],
    [11, 11],
    [22, 10],
  ] as const) {
    const counts = new Uint32Array(2 ** bits + 1);
    const mask = 2 ** bits - 1;
    for (let at = 0; at < keys.length; at++) counts[((keys[at]! >>> shift) & mask) + 1]! += 1;
    for (let at = 1; at < counts.length; at++) counts[at]! += counts[at - 1]!;
    for (let at = 0; at < order.length; at++) {
      const row = order[at]!;
      next[counts[(keys[row]! >>> shift) & mask]!++] = row;
    }
    [order, next] = [next, order];
  }
  return order;
}

export function inOrder(column: Uint32Array, order: Uint32Array): Uint32Array {
  const ordered = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at++) ordered[at] = column[order[at]!]!;
  return ordered;
}

function ascending(length: number): Uint32Array {
  const rows = new Uint32Array(length);
  for (let at = 0; at < length; at++) rows[at] = at;
  return rows;
}
