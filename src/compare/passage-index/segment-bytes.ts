/**
 * Flat arrays in one piece of memory that threads can share and a file can keep. In front: magic, a JSON directory with
 * all versions and parameters; then the arrays, each at a multiple of eight bytes, little-endian; a checksum at the end.
 * Nothing is parsed when it is opened but the directory.
 */
const MAGIC = 'asposted passages 2\n';
const ALIGN = 8;
const TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array } as const;
type TypeName = keyof typeof TYPES;
export type FlatArray = Uint8Array | Uint16Array | Uint32Array;

interface Directory {
  meta: unknown;
  bytes: number;
  arrays: Record<string, { type: TypeName; at: number; length: number }>;
}

export interface SegmentArrays {
  meta: unknown;
  u32: (name: string) => Uint32Array;
  u8: (name: string) => Uint8Array;
  any: (name: string) => FlatArray;
}

/** `meta` must survive JSON. */
export function packArrays(meta: unknown, arrays: Iterable<[string, FlatArray]>): SharedArrayBuffer {
  const all = [...arrays];
  const directory: Directory = { meta, bytes: 0, arrays: {} };
  let at = 0;
  for (const [name, array] of all) {
    directory.arrays[name] = { type: typeOf(array), at, length: array.length };
    at += aligned(array.byteLength);
  }
  directory.bytes = at;
  const head = Buffer.from(MAGIC + JSON.stringify(directory));
  const start = aligned(4 + head.length);
  const shared = new SharedArrayBuffer(start + at + ALIGN);
  const bytes = Buffer.from(shared);
  bytes.writeUInt32LE(head.length, 0);
  head.copy(bytes, 4);
  for (const [name, array] of all)
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + directory.arrays[name]!.at);
  new Uint32Array(shared, start + at).set(checksum(shared, start + at));
  return shared;
}

/** Undefined for what is no segment of this format, or not whole: it is made again then, from what it was made of. */
export function openArrays(shared: ArrayBufferLike, { isChecked }: { isChecked: boolean }): SegmentArrays | undefined {
  const bytes = Buffer.from(shared);
  if (bytes.length < 4 || bytes.length % ALIGN !== 0) return undefined;
  const length = bytes.readUInt32LE(0);
  const head = bytes.toString('utf8', 4, Math.min(bytes.length, 4 + length));
  if (!head.startsWith(MAGIC)) return undefined;
  const directory = directoryOf(head.slice(MAGIC.length));
  const start = aligned(4 + length);
  if (directory?.bytes !== bytes.length - start - ALIGN) return undefined;
  const sum = new Uint32Array(shared, bytes.length - ALIGN);
  if (!isChecked && !checksum(shared, bytes.length - ALIGN).every((word, at) => sum[at] === word)) return undefined;
  const any = (name: string): FlatArray => {
    const found = directory.arrays[name];
    if (!found) throw new Error(`the segment has no array called ${name}`);
    const Type: new (buffer: ArrayBufferLike, at: number, length: number) => FlatArray = TYPES[found.type];
    return new Type(shared, start + found.at, found.length);
  };
  return {
    meta: directory.meta,
    any,
    u32: (name) => any(name) as Uint32Array,
    u8: (name) => any(name) as Uint8Array,
  };
}

function directoryOf(json: string): Directory | undefined {
  try {
    return JSON.parse(json) as Directory;
  } catch {
    return undefined;
  }
}

/** Against rot and torn writes, not against people: two sums over words, each blind to what the other sees. */
function checksum(shared: ArrayBufferLike, length: number): [number, number] {
  const words = new Uint32Array(shared, 0, length / 4);
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (const word of words) {
    a = Math.imul(a ^ word, 0x01000193);
    a ^= a >>> 15;
    b = (b + Math.imul(a, 0x27d4eb2f)) | 0;
  }
  return [a >>> 0, b >>> 0];
}

const aligned = (length: number): number => Math.ceil(length / ALIGN) * ALIGN;

const typeOf = (array: FlatArray): TypeName =>
  (Object.keys(TYPES) as TypeName[]).find((type) => array instanceof TYPES[type])!;

/** The narrowest array that holds all of these; the directory says its width. */
export function narrowed(words: Uint32Array): FlatArray {
  let most = 0;
  for (const word of words) if (word > most) most = word;
  if (most < 2 ** 8) return Uint8Array.from(words);
  return most < 2 ** 16 ? Uint16Array.from(words) : words;
}

const NARROW_BYTES = 3;

/** Three bytes each, where all of them less `base` fit; `numberAt` reads either. */
export function threeBytes(words: Uint32Array, base = 0): Uint8Array | Uint32Array {
  for (const word of words) if (word - base >= 2 ** (8 * NARROW_BYTES)) return words;
  const bytes = new Uint8Array(words.length * NARROW_BYTES);
  for (let row = 0; row < words.length; row++) {
    const word = words[row]! - base;
    bytes[row * NARROW_BYTES] = word;
    bytes[row * NARROW_BYTES + 1] = word >>> 8;
    bytes[row * NARROW_BYTES + 2] = word >>> 16;
  }
  return bytes;
}

export function numberAt(numbers: FlatArray, row: number, base = 0): number {
  if (numbers instanceof Uint32Array) return numbers[row]!;
  const at = row * NARROW_BYTES;
  return base + (numbers[at]! | (numbers[at + 1]! << 8) | (numbers[at + 2]! << 16));
}
