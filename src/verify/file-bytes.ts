/** A file that is read in places instead of held: a handle of Node, a `File` of a browser, or bytes at hand. */
import type { Bytes } from './byte-source.js';
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

/** That bytes could not be read: nothing about what they say, so that no check may take it for a finding. */
export class ReadFailed extends Error {
  constructor(cause: unknown) {
    super((cause as Error).message, { cause });
  }
}

const failing = (cause: unknown): never => {
  throw new ReadFailed(cause);
};

/** The same file, whose failures to be read are told from what it holds. */
export const watched = (file: FileBytes): FileBytes => ({
  length: file.length,
  read: (from, to) => file.read(from, to).catch(failing),
});

/** The same for bytes that come in pieces. */
export async function* watchedPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = (await source.next().catch(failing)) as IteratorResult<Uint8Array, undefined>;
      if (done) return;
      yield value;
    }
  } finally {
    await source.return?.();
  }
}

/** For every place that turns what is thrown into a finding. */
export function passOn(thrown: unknown): void {
  if (thrown instanceof ReadFailed) throw thrown;
}

/** All of it, in memory. */
export async function wholeOf(bytes: Bytes): Promise<Uint8Array> {
  if (bytes instanceof Uint8Array) return bytes;
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return concat(pieces);
}
