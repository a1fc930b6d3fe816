/** C2SP tlog-tiles on disk (facts/evidence §11): entry bundles and hash tiles of 256, partial tiles as `.p/W`. */
import { join } from 'node:path';
import { AsPostedError } from '../model/index.js';
import { type Hash, foldPacked, leafHash, nodeHash, rootOf, splitPoint } from '../verify/index.js';

export const WIDTH = 256;
/** Bundles prefix each entry with a 16-bit length. */
export const MAX_ENTRY = 65_535;

/** 5 → `005`, 1234067 → `x001/x234/067`. */
export function tileNumber(n: number): string {
  const groups: string[] = [];
  for (let rest = n; ; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
    if (rest < 1000) break;
  }
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}

export function tilePath(dir: string, level: number | 'entries', n: number, width: number): string {
  const path = join(dir, 'tile', String(level), tileNumber(n));
  return width === WIDTH ? path : `${path}.p/${width}`;
}

export function packEntries(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    if (entry.length > MAX_ENTRY)
      throw new AsPostedError({ code: 'BAD_INPUT', message: 'a log entry is longer than 65,535 bytes' });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    return [length, entry];
  });
  return Buffer.concat(parts);
}

/** Undefined when the bundle does not hold exactly `count` entries. */
export function unpackEntries(bytes: Uint8Array, count: number): Uint8Array[] | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= view.length) {
    const end = at + 2 + view.readUInt16BE(at);
    if (end > view.length) return undefined;
    entries.push(view.subarray(at + 2, end));
    at = end;
  }
  return at === view.length && entries.length === count ? entries : undefined;
}

/** Reads a file of the log; throws LOG_CORRUPT naming it when it is missing or of the wrong size. */
export type ReadTile = (level: number | 'entries', n: number, width: number) => Promise<Uint8Array>;

/**
 * Hashes of subtrees of the log at one size, read from tiles: what proofs and appends need, without all leaves at hand.
 */
export class TileHashes {
  private readonly tiles = new Map<string, Promise<Uint8Array>>();
  private readonly read: ReadTile;
  readonly size: number;

  constructor(read: ReadTile, size: number) {
    this.read = read;
    this.size = size;
  }

  /** Hash of leaves [from, to); the range must be one the tree has (a power of two aligned, or ending at the size). */
  async subtree(from: number, to: number): Promise<Hash> {
    const count = to - from;
    const level = Math.floor(Math.log2(count));
    if (2 ** level === count && from % count === 0) return this.complete(from, level);
    const split = from + splitPoint(count);
    return nodeHash(await this.subtree(from, split), await this.subtree(split, to));
  }

  /** Root of 2^level leaves at `from`: inside the tile of the level it falls on. */
  private async complete(from: number, level: number): Promise<Hash> {
    const tileLevel = Math.floor(level / 8);
    const first = from / 2 ** (tileLevel * 8);
    const bytes = await this.packed(tileLevel, Math.floor(first / WIDTH));
    const start = (first % WIDTH) * 32;
    return foldPacked(bytes.subarray(start, start + 32 * 2 ** (level % 8)));
  }

  async tile(level: number, n: number): Promise<Hash[]> {
    const bytes = await this.packed(level, n);
    return Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(at * 32, at * 32 + 32));
  }

  private packed(level: number, n: number): Promise<Uint8Array> {
    const key = `${level}/${n}`;
    let found = this.tiles.get(key);
    if (!found) {
      const total = Math.floor(this.size / WIDTH ** level);
      found = this.read(level, n, Math.min(WIDTH, total - n * WIDTH));
      this.tiles.set(key, found);
    }
    return found;
  }

  async root(): Promise<Hash> {
    return this.size === 0 ? rootOf([]) : this.subtree(0, this.size);
  }
}

export interface TileWrite {
  level: number | 'entries';
  n: number;
  width: number;
  bytes: Uint8Array;
}

/** What appending `entries` to a log writes: only its right edge. Returns the new tiles and the new root. */
export async function planAppend(
  old: TileHashes,
  oldEntries: readonly Uint8Array[],
  entries: readonly Uint8Array[],
): Promise<{ writes: TileWrite[]; root: Hash; size: number }> {
  const size = old.size + entries.length;
  const writes: TileWrite[] = [];
  const firstBundle = Math.floor(old.size / WIDTH);
  const all = [...oldEntries, ...entries];
  for (let at = 0; at < all.length; at += WIDTH) {
    const part = all.slice(at, at + WIDTH);
    writes.push({ level: 'entries', n: firstBundle + at / WIDTH, width: part.length, bytes: packEntries(part) });
  }
  const fresh = new Map<string, Hash[]>();
  let added = entries.map((entry) => leafHash(entry));
  for (let level = 0; ; level++) {
    const before = Math.floor(old.size / WIDTH ** level);
    const firstTile = Math.floor(before / WIDTH);
    const kept = before % WIDTH === 0 ? [] : (await old.tile(level, firstTile)).slice(0, before % WIDTH);
    const hashes = [...kept, ...added];
    const above: Hash[] = [];
    for (let at = 0; at < hashes.length; at += WIDTH) {
      const part = hashes.slice(at, at + WIDTH);
      fresh.set(`${level}/${firstTile + at / WIDTH}`, part);
      const bytes = Buffer.concat(part);
      writes.push({ level, n: firstTile + at / WIDTH, width: part.length, bytes });
      if (part.length === WIDTH) above.push(foldPacked(bytes));
    }
    if (above.length === 0) break;
    added = above;
  }
  const view = new TileHashes(async (level, n, width) => {
    const part = fresh.get(`${level}/${n}`);
    return part ? Buffer.concat(part) : Buffer.concat((await old.tile(level as number, n)).slice(0, width));
  }, size);
  return { writes, root: await view.root(), size };
}
