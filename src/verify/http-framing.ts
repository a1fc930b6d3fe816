/**
 * Where the body of an HTTP/1.x message ends and what of it is the entity body, piece by piece (RFC 9112 §6.3, §7.1), so that
 * capture, writer and reader say the same of a message however it is cut into pieces, and none has to hold it.
 */
import { AsPostedError } from '../model/index.js';
import type { HttpHead } from './http-message.js';

const bad = (message: string): AsPostedError => new AsPostedError({ code: 'BAD_HTTP', message });

/** Cap of a chunk-size line, extensions included (facts/evidence §3). */
const SIZE_LINE = 1024;
const CR = 13;
const LF = 10;

export const headerOf = (headers: HttpHead['headers'], name: string): string | undefined =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1];

/** Follows a body through its framing: transfer-encoding rules, then content-length, then the end of the connection. */
export class BodyFramer {
  readonly chunked: boolean;
  /** The message is whole. */
  complete: boolean;
  /** Bytes of the body, framing included, up to the end of the message. */
  taken = 0;
  private readonly length: number | undefined;
  private readonly chunks: Dechunker | undefined;

  /** Throws BAD_HTTP for a Content-Length that is none. */
  constructor({ status, headers }: HttpHead, noBody = false) {
    const none = noBody || status === 204 || status === 304 || (status >= 100 && status < 200);
    const transfer = headerOf(headers, 'transfer-encoding');
    this.chunked = !none && transfer !== undefined && /(^|,)\s*chunked\s*$/i.test(transfer);
    this.chunks = this.chunked ? new Dechunker() : undefined;
    this.length = none ? 0 : this.chunked ? undefined : declaredLength(headers);
    this.complete = this.length === 0;
  }

  /** Pieces of the entity body in `bytes`; what follows the message is not among them. Throws BAD_HTTP where the framing breaks. */
  push(bytes: Uint8Array): Uint8Array[] {
    if (this.complete) return [];
    if (this.chunks) {
      const pieces = this.chunks.push(bytes);
      this.taken += this.chunks.used;
      this.complete = this.chunks.done;
      return pieces;
    }
    const piece = this.length === undefined ? bytes : bytes.subarray(0, this.length - this.taken);
    this.taken += piece.length;
    this.complete = this.taken === this.length;
    return piece.length === 0 ? [] : [piece];
  }

  /** The connection ended: that is the end of a body without a length, and of no other. */
  end(): void {
    if (!this.chunked && this.length === undefined) this.complete = true;
  }
}

/** Pieces of the entity body of a message that comes in pieces, its head among them. */
export async function* entityPieces(
  message: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  head: HttpHead,
): AsyncGenerator<Uint8Array> {
  const framer = new BodyFramer(head);
  let skip = head.length;
  for await (const bytes of message) {
    yield* framer.push(bytes.subarray(skip));
    skip = Math.max(0, skip - bytes.length);
  }
}

function declaredLength(headers: HttpHead['headers']): number | undefined {
  const declared = headerOf(headers, 'content-length');
  if (declared === undefined) return undefined;
  if (!/^\d{1,15}$/.test(declared)) throw bad('the Content-Length is not a number');
  return Number(declared);
}

/** Takes chunk framing away. Trailer fields are not part of the payload. */
export class Dechunker {
  done = false;
  /** Bytes of the last `push` that belong to the message. */
  used = 0;
  private state: 'size' | 'data' | 'after' | 'trailer' = 'size';
  private line: number[] = [];
  private left = 0;

  push(bytes: Uint8Array): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length && !this.done) {
      if (this.state === 'data') {
        const piece = bytes.subarray(at, at + this.left);
        pieces.push(piece);
        at += piece.length;
        this.left -= piece.length;
        if (this.left === 0) this.state = 'after';
      } else {
        this.take(bytes[at]!);
        at += 1;
      }
    }
    this.used = at;
    return pieces;
  }

  private take(byte: number): void {
    if (this.state === 'after') {
      if (byte === LF) this.next('size');
      else if (byte !== CR || this.line.length > 0) throw bad('a chunk does not end where its size says');
      else this.line.push(byte);
    } else if (byte === LF) this.endOfLine();
    // Of a trailer only the beginning counts: it is empty or not. A size line has a cap.
    else if (this.state === 'size' || this.line.length < 2) this.line.push(byte);
    if (this.line.length > SIZE_LINE) throw bad('a chunk-size line is longer than 1 KiB');
  }

  private endOfLine(): void {
    if (this.state === 'trailer') {
      if (this.line.length === 0 || (this.line.length === 1 && this.line[0] === CR)) this.done = true;
      this.line = [];
      return;
    }
    const size = /^0*([0-9a-fA-F]{1,8})\s*(?:;.*)?$/.exec(String.fromCharCode(...this.line).trim())?.[1];
    if (size === undefined) throw bad('a chunk size is not a number');
    this.left = parseInt(size, 16);
    this.next(this.left === 0 ? 'trailer' : 'data');
  }

  private next(state: Dechunker['state']): void {
    this.state = state;
    this.line = [];
  }
}
