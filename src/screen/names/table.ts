import type { FlatArray, PartSections } from '../sections.js';

/** Lists of numbers by number, as three flat arrays: nothing to parse when loaded, and a worker may share them. */
export interface Table {
  /** `starts[bucket]..starts[bucket + 1]` are the rows whose key falls in the bucket. */
  starts: Uint32Array;
  keys: Uint32Array;
  values: Uint32Array;
  shift: number;
}

/** Many indexes are of one entry: what a changed list touches is asked alone. */
const FIRST = 1 << 8;

export class TableMaker {
  #keys = new Uint32Array(FIRST);
  #values = new Uint32Array(FIRST);
  #length = 0;

  add(key: number, value: number): void {
    if (this.#length === this.#keys.length) {
      this.#keys = grown(this.#keys);
      this.#values = grown(this.#values);
    }
    this.#keys[this.#length] = key;
    this.#values[this.#length++] = value;
  }

  /** Counting sort by the high bits; rows of one bucket keep the order they were added in. */
  make(): Table {
    const bits = Math.min(20, Math.max(4, 32 - Math.clz32(this.#length)));
    const shift = 32 - bits;
    const starts = new Uint32Array((1 << bits) + 1);
    for (let at = 0; at < this.#length; at++) starts[(this.#keys[at]! >>> shift) + 1]! += 1;
    for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
    const next = starts.slice();
    const keys = new Uint32Array(this.#length);
    const values = new Uint32Array(this.#length);
    for (let at = 0; at < this.#length; at++) {
      const to = next[this.#keys[at]! >>> shift]!++;
      keys[to] = this.#keys[at]!;
      values[to] = this.#values[at]!;
    }
    return { starts, keys, values, shift };
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

export function forEach({ starts, keys, values, shift }: Table, key: number, visit: (value: number) => void): void {
  const bucket = key >>> shift;
  for (let at = starts[bucket]!; at < starts[bucket + 1]!; at++) if (keys[at] === key) visit(values[at]!);
}

/** Lists by a small running number: `values[starts[id]..starts[id + 1]]`. */
export interface Lists {
  starts: Uint32Array;
  values: Uint32Array;
}

/** Buckets double, so how many there are says how far keys are shifted. */
export const openTable = ({ u32 }: PartSections, name: string): Table => {
  const starts = u32(`${name}.starts`);
  return {
    starts,
    keys: u32(`${name}.keys`),
    values: u32(`${name}.values`),
    shift: 1 + Math.clz32(starts.length - 1),
  };
};

export const tableSections = (name: string, { starts, keys, values }: Table): [string, FlatArray][] => [
  [`${name}.starts`, starts],
  [`${name}.keys`, keys],
  [`${name}.values`, values],
];

export const openLists = ({ u32 }: PartSections, name: string): Lists => ({
  starts: u32(`${name}.starts`),
  values: u32(`${name}.values`),
});

export const listSections = (name: string, { starts, values }: Lists): [string, FlatArray][] => [
  [`${name}.starts`, starts],
  [`${name}.values`, values],
];

export function listsOf(rows: readonly (readonly number[])[]): Lists {
  const starts = new Uint32Array(rows.length + 1);
  for (const [at, row] of rows.entries()) starts[at + 1] = starts[at]! + row.length;
  const values = new Uint32Array(starts[rows.length]!);
  for (const [at, row] of rows.entries()) values.set(row, starts[at]);
  return { starts, values };
}
