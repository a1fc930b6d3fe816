/**
 * Folded texts of all documents, one behind the other in a file of the store: exact spans are held against them without asking
 * the database, which could not answer in the middle of a search. Made data: what is missing is folded again.
 */
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const UNIT = 2;
const END = 8;
/** So many texts stay in memory: those who are looked at for one copy are looked at for the next. */
const RECENT = 2_000;

export class FoldedTexts {
  readonly #file: number | undefined;
  readonly #endsFile: number | undefined;
  /** Where each text ends, in units. */
  #ends: Float64Array;
  #count = 0;
  /** Those that this process may not write down. */
  readonly #unwritten = new Map<number, Uint16Array>();
  readonly #recent = new Map<number, Uint16Array>();

  /** Without `canWrite`, what is added is kept in memory. */
  constructor(folder: string, { canWrite, most }: { canWrite: boolean; most: number }) {
    const [texts, ends] = [join(folder, 'texts'), join(folder, 'ends')];
    if (canWrite) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const isThere = existsSync(texts) && existsSync(ends);
    if (isThere || canWrite) {
      const flags = canWrite ? (isThere ? 'r+' : 'w+') : 'r';
      this.#file = openSync(texts, flags, 0o600);
      this.#endsFile = openSync(ends, flags, 0o600);
    }
    const bytes = isThere ? readFileSync(ends) : Buffer.alloc(0);
    const held = Math.min(Math.floor(bytes.length / END), most);
    this.#ends = new Float64Array(Math.max(1_024, held * 2));
    const whole = isThere ? statSync(texts).size / UNIT : 0;
    // A crash may have left one file longer than the other.
    for (let at = 0; at < held; at++) {
      const end = bytes.readDoubleLE(at * END);
      if (!(end >= (this.#ends[at - 1] ?? 0)) || end > whole) break;
      this.#ends[at] = end;
      this.#count += 1;
    }
    this.#canWrite = canWrite;
  }

  readonly #canWrite: boolean;

  get count(): number {
    return this.#count;
  }

  at(document: number): Uint16Array | undefined {
    const known = this.#unwritten.get(document) ?? this.#recent.get(document);
    if (known || document >= this.#count) return known;
    const start = document === 0 ? 0 : this.#ends[document - 1]!;
    const units = new Uint16Array(this.#ends[document]! - start);
    const bytes = Buffer.from(units.buffer);
    for (let at = 0; at < bytes.length;) {
      const read = readSync(this.#file!, bytes, at, bytes.length - at, start * UNIT + at);
      if (read === 0) return undefined;
      at += read;
    }
    if (this.#recent.size >= RECENT) this.#recent.clear();
    this.#recent.set(document, units);
    return units;
  }

  /** The next text. */
  add(units: Uint16Array): void {
    const start = this.#count === 0 ? 0 : this.#ends[this.#count - 1]!;
    if (this.#count === this.#ends.length) {
      const larger = new Float64Array(this.#ends.length * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[this.#count] = start + units.length;
    if (this.#canWrite) {
      writeAt(this.#file!, Buffer.from(units.buffer, units.byteOffset, units.byteLength), start * UNIT);
      const end = Buffer.alloc(END);
      end.writeDoubleLE(start + units.length);
      writeAt(this.#endsFile!, end, this.#count * END);
    } else {
      this.#unwritten.set(this.#count, units);
    }
    this.#count += 1;
  }

  /** Forgets all from this one on: they were other texts. */
  cutTo(count: number): void {
    if (count >= this.#count) return;
    this.#count = count;
    this.#recent.clear();
    for (const document of this.#unwritten.keys()) if (document >= count) this.#unwritten.delete(document);
    if (this.#canWrite) ftruncateSync(this.#endsFile!, count * END);
  }

  close(): void {
    for (const file of [this.#file, this.#endsFile]) if (file !== undefined) closeSync(file);
  }
}

function writeAt(file: number, bytes: Buffer, place: number): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, place + at);
}
