/** HTTP/1.x messages as they lie in a WARC block or came over the wire (facts/evidence §3, §4.2). Bytes are an attacker's. */
import { AsPostedError } from '../model/index.js';
import { concat, latin1 } from './bytes.js';
import { BodyFramer, Dechunker } from './http-framing.js';

export { BodyFramer, entityPieces, headerOf } from './http-framing.js';

export interface HttpHead {
  startLine: string;
  status: number;
  headers: (readonly [name: string, value: string])[];
  /** Bytes up to and including the empty line. */
  length: number;
}

const bad = (message: string): AsPostedError => new AsPostedError({ code: 'BAD_HTTP', message });

/** The head of a message; latin1, as RFC 9110 leaves header bytes. Throws BAD_HTTP when there is none. */
export function parseHead(bytes: Uint8Array): HttpHead {
  const end = headEnd(bytes);
  if (end === undefined) throw bad('the message has no complete head');
  const lines = latin1(bytes.subarray(0, end))
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const startLine = lines.shift() ?? '';
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(startLine)?.[1];
  const headers: [string, string][] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && headers.length > 0)
      headers.at(-1)![1] += ` ${line.trim()}`; // obsolete folding
    else {
      const colon = line.indexOf(':');
      if (colon > 0) headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
    }
  }
  return { startLine, status: Number(status ?? 0), headers, length: end };
}

/** Where the head of a message ends, its empty line included. */
export function headEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3;
  }
  return undefined;
}

export interface Framed {
  /** Entity body: transfer encoding removed, content encoding kept. */
  payload: Uint8Array;
  /** Bytes of the message, framing included; what follows is not part of it. */
  length: number;
  complete: boolean;
  chunked: boolean;
}

/** The entity body after a head. Throws BAD_HTTP where the framing is broken; a body that just ends is `complete: false`. */
export function frameBody(bytes: Uint8Array, head: HttpHead, noBody = false): Framed {
  const framer = new BodyFramer(head, noBody);
  const pieces = framer.push(bytes.subarray(head.length));
  framer.end();
  const { complete, chunked, taken } = framer;
  return { payload: joined(pieces), length: head.length + taken, complete, chunked };
}

/** A chunked body alone. */
export function dechunk(bytes: Uint8Array): { payload: Uint8Array; length: number; complete: boolean } {
  const dechunker = new Dechunker();
  const pieces = dechunker.push(bytes);
  return { payload: joined(pieces), length: dechunker.used, complete: dechunker.done };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? pieces[0]! : concat(pieces);
}
