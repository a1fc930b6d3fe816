/**
 * Flat arrays in one piece of memory that threads can share and a file can keep: a directory, then the arrays one after
 * the other. Nothing is parsed when it is opened but the directory (facts/screening §13).
 */
const MAGIC = 'asposted screening index 1\n';
/** Arrays begin where any of their types may. */
const ALIGN = 8;

const TYPES = { u8: Uint8Array, u16: Uint16Array, i32: Int32Array, u32: Uint32Array } as const;
type TypeName = keyof typeof TYPES;
export type FlatArray = Uint8Array | Uint16Array | Int32Array | Uint32Array;

interface Directory {
  meta: unknown;
  sections: Record<string, { type: TypeName; at: number; length: number }>;
}

/** Arrays by name; those of a part have its name before a dot. */
export type Sections = ReadonlyMap<string, FlatArray>;

export const partSections = (part: string, sections: Sections): [string, FlatArray][] =>
  [...sections].map(([name, array]) => [`${part}.${name}`, array]);

/** `meta` must survive JSON. */
export function packSections(meta: unknown, sections: Sections): SharedArrayBuffer {
  const directory: Directory = { meta, sections: {} };
  let at = 0;
  for (const [name, array] of sections) {
    directory.sections[name] = { type: typeOf(array), at, length: array.length };
    at += aligned(array.byteLength);
  }
  const head = Buffer.from(`${MAGIC}${JSON.stringify(directory)}`);
  const start = aligned(head.length + 4);
  const shared = new SharedArrayBuffer(start + at);
  const bytes = Buffer.from(shared);
  bytes.writeUInt32LE(head.length, 0);
  head.copy(bytes, 4);
  for (const [name, array] of sections)
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + directory.sections[name]!.at);
  return shared;
}

/** The arrays of one part, by their own names. */
export interface PartSections {
  u8: (name: string) => Uint8Array;
  u16: (name: string) => Uint16Array;
  i32: (name: string) => Int32Array;
  u32: (name: string) => Uint32Array;
  texts: (name: string) => Texts;
}

export interface OpenSections {
  meta: unknown;
  of: (part: string) => PartSections;
}

/** Undefined for bytes that are no index of this version: it is made anew then, from what it was made of. */
export function openSections(shared: SharedArrayBuffer): OpenSections | undefined {
  const bytes = Buffer.from(shared);
  const length = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0;
  const head = bytes.toString('utf8', 4, Math.min(bytes.length, 4 + length));
  if (!head.startsWith(MAGIC)) return undefined;
  const { meta, sections } = JSON.parse(head.slice(MAGIC.length)) as Directory;
  const start = aligned(4 + length);
  const array = (name: string, type: TypeName): FlatArray => {
    const found = sections[name];
    if (found?.type !== type) throw new Error(`the index has no ${type} called ${name}`);
    const Type: new (buffer: ArrayBufferLike, at: number, length: number) => FlatArray = TYPES[type];
    return new Type(shared, start + found.at, found.length);
  };
  const of = (prefix: string): PartSections => ({
    u8: (name) => array(prefix + name, 'u8') as Uint8Array,
    u16: (name) => array(prefix + name, 'u16') as Uint16Array,
    i32: (name) => array(prefix + name, 'i32') as Int32Array,
    u32: (name) => array(prefix + name, 'u32') as Uint32Array,
    texts: (name) =>
      new Texts(
        array(`${prefix}${name}.bytes`, 'u8') as Uint8Array,
        array(`${prefix}${name}.starts`, 'u32') as Uint32Array,
      ),
  });
  return { meta, of: (part) => of(`${part}.`) };
}

const aligned = (length: number): number => Math.ceil(length / ALIGN) * ALIGN;

const typeOf = (array: FlatArray): TypeName =>
  (Object.keys(TYPES) as TypeName[]).find((type) => array instanceof TYPES[type])!;

/** Texts one after the other, read one at a time. */
export class Texts {
  readonly #bytes: Buffer;
  readonly #starts: Uint32Array;

  constructor(bytes: Uint8Array, starts: Uint32Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#starts = starts;
  }

  get length(): number {
    return this.#starts.length - 1;
  }

  at(index: number): string {
    return this.#bytes.toString('utf8', this.#starts[index], this.#starts[index + 1]);
  }
}

/** Texts must be well formed: JSON is, whatever it says. */
export class TextsMaker {
  readonly #starts: number[] = [0];
  #bytes = Buffer.allocUnsafe(1 << 10);
  #length = 0;

  add(text: string): void {
    const most = this.#length + 3 * text.length;
    if (most > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(most, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
    this.#starts.push(this.#length);
  }

  make(name: string): [string, FlatArray][] {
    return [
      [`${name}.bytes`, new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset, this.#length)],
      [`${name}.starts`, Uint32Array.from(this.#starts)],
    ];
  }
}
