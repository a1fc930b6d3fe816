/** A file that is read in places instead of held: a handle of Node, a `File` of a browser, or bytes at hand. */
import { type Bytes, ByteSource } from './byte-source.js';
import { concat } from './bytes.js';

export interface FileBytes {
  readonly length: number;
  /** Exactly the bytes `from` to `to` (exclusive), both within the file. Rejects when they cannot be read. */
  read(from: number, to: number): Promise<Uint8Array>;
}

export const isFileBytes = (bytes: Bytes | FileBytes): bytes is FileBytes => 'read' in bytes;

export const inMemory = (bytes: Uint8Array): FileBytes => ({
  length: bytes.length,
  read: (from, to) => Promise.resolve(bytes.subarray(from, to)),
});

const PIECE = 1 << 18;

/** A part of the file, in order. */
export async function* piecesOf(file: FileBytes, from = 0, to = file.length): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += PIECE) yield await file.read(at, Math.min(to, at + PIECE));
}

/** Bytes of any kind, forward. */
export const sourceOf = (bytes: Bytes | FileBytes): ByteSource =>
  new ByteSource(isFileBytes(bytes) ? piecesOf(bytes) : bytes);

/** All of it, in memory. */
export async function wholeOf(bytes: Bytes): Promise<Uint8Array> {
  if (bytes instanceof Uint8Array) return bytes;
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return concat(pieces);
}
