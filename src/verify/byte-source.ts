/** Bytes of a file, held whole or coming in pieces, read forward with a little looking ahead. */
import { concat, hasher, toHex } from './hash.js';
export type Bytes = Uint8Array | AsyncIterable<Uint8Array>;

export class ByteSource {
  /** Bytes taken so far: where in the file the next one stands. */
  offset = 0;
  private held: Uint8Array;
  private readonly more: AsyncIterator<Uint8Array> | undefined;
  private ended: boolean;

  constructor(bytes: Bytes) {
    const whole = bytes instanceof Uint8Array;
    this.held = whole ? bytes : new Uint8Array();
    this.more = whole ? undefined : bytes[Symbol.asyncIterator]();
    this.ended = whole;
  }

  /** What is at hand without waiting; `fill` brings more. */
  get ahead(): Uint8Array {
    return this.held;
  }

  /** True when at least `count` bytes are ahead; false when the file has no more than those that are. */
  async fill(count: number): Promise<boolean> {
    if (this.held.length >= count) return true;
    const pieces = [this.held];
    let length = this.held.length;
    while (length < count && !this.ended) {
      const { value, done } = (await this.more!.next()) as IteratorResult<Uint8Array, undefined>;
      if (done) this.ended = true;
      else {
        pieces.push(value);
        length += value.length;
      }
    }
    const full = pieces.filter((piece) => piece.length > 0);
    this.held = full.length === 1 ? full[0]! : concat(full);
    return length >= count;
  }

  /** The next `count` bytes, which must be ahead. */
  take(count: number): Uint8Array {
    const taken = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    this.offset += taken.length;
    return taken;
  }

  /** Some of the next `most` bytes; undefined at the end of the file. */
  async piece(most: number): Promise<Uint8Array | undefined> {
    if (!(await this.fill(1))) return undefined;
    return this.take(Math.min(most, this.held.length));
  }

  /** Undoes the end of the last `piece`. */
  giveBack(bytes: Uint8Array): void {
    this.held = this.held.length === 0 ? bytes : concat([bytes, this.held]);
    this.offset -= bytes.length;
  }

  /** Everything that was not taken. */
  async *rest(): AsyncGenerator<Uint8Array> {
    try {
      for (let piece = await this.piece(Infinity); piece; piece = await this.piece(Infinity)) yield piece;
    } finally {
      await this.close();
    }
  }

  /** Lets go of what is behind it. */
  async close(): Promise<void> {
    if (!this.ended) await this.more!.return?.();
  }
}

/** Hashes what goes through it, and on demand the rest. */
export class HashedBytes {
  private readonly source: ByteSource;
  private readonly hash = hasher('sha256')!;
  private length = 0;

  constructor(bytes: Bytes) {
    this.source = new ByteSource(bytes);
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    for (let piece = await this.next(); piece; piece = await this.next()) yield piece;
  }

  private async next(): Promise<Uint8Array | undefined> {
    const piece = await this.source.piece(Infinity);
    if (piece) {
      this.hash.update(piece);
      this.length += piece.length;
    }
    return piece;
  }

  async differFrom(stated: { sha256: string; length: number }): Promise<boolean> {
    while (await this.next());
    return this.length !== stated.length || toHex(this.hash.digest()) !== stated.sha256;
  }
}
