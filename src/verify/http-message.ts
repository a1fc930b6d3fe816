/** HTTP/1.x messages as they lie in a WARC block or came over the wire (facts/evidence §3, §4.2). Bytes are an attacker's. */
import { concat, latin1 } from './bytes.js';
import { AsPostedError } from '../model/index.js';

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

function headEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3;
  }
  return undefined;
}

export function headerOf(headers: HttpHead['headers'], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

export interface Framed {
  /** Entity body: transfer encoding removed, content encoding kept. */
  payload: Uint8Array;
  /** Bytes of the message, framing included; what follows is not part of it. */
  length: number;
  complete: boolean;
  chunked: boolean;
}

/** The entity body after a head, by RFC 9112 §6.3: transfer-encoding rules, then content-length, then the end of the connection. */
export function frameBody(bytes: Uint8Array, head: HttpHead, noBody = false): Framed {
  const rest = bytes.subarray(head.length);
  if (noBody || head.status === 204 || head.status === 304 || (head.status >= 100 && head.status < 200)) {
    return { payload: rest.subarray(0, 0), length: head.length, complete: true, chunked: false };
  }
  const transfer = headerOf(head.headers, 'transfer-encoding');
  if (transfer !== undefined && /(^|,)\s*chunked\s*$/i.test(transfer)) {
    const { payload, length, complete } = dechunk(rest);
    return { payload, length: head.length + length, complete, chunked: true };
  }
  const declared = headerOf(head.headers, 'content-length');
  if (declared === undefined) return { payload: rest, length: bytes.length, complete: true, chunked: false };
  if (!/^\d{1,15}$/.test(declared)) throw bad('the Content-Length is not a number');
  const length = Number(declared);
  return {
    payload: rest.subarray(0, length),
    length: head.length + Math.min(length, rest.length),
    complete: rest.length >= length,
    chunked: false,
  };
}

/** Cap of a chunk-size line, extensions included (facts/evidence §3). */
const SIZE_LINE = 1024;

/** Throws BAD_HTTP where the framing is broken; a body that just ends is `complete: false`. */
export function dechunk(bytes: Uint8Array): { payload: Uint8Array; length: number; complete: boolean } {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return finish(parts, bytes.length, false);
    if (end - at > SIZE_LINE) throw bad('a chunk-size line is longer than 1 KiB');
    const line = latin1(bytes.subarray(at, end)).trim();
    const size = /^0*([0-9a-fA-F]{1,8})\s*(?:;.*)?$/.exec(line)?.[1];
    if (size === undefined) throw bad('a chunk size is not a number');
    at = end + 1;
    const length = parseInt(size, 16);
    if (length === 0) break;
    parts.push(bytes.subarray(at, at + length));
    if (at + length > bytes.length) return finish(parts, bytes.length, false);
    at += length;
    if (bytes[at] === 13) at += 1;
    if (at >= bytes.length) return finish(parts, bytes.length, false);
    if (bytes[at] !== 10) throw bad('a chunk does not end where its size says');
    at += 1;
  }
  return trailers(bytes, at, parts);
}

/** Trailer fields until an empty line; they are not part of the payload. */
function trailers(bytes: Uint8Array, from: number, parts: Uint8Array[]): ReturnType<typeof dechunk> {
  let at = from;
  for (;;) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return finish(parts, bytes.length, false);
    const empty = end === at || (end === at + 1 && bytes[at] === 13);
    at = end + 1;
    if (empty) return finish(parts, at, true);
  }
}

function finish(parts: Uint8Array[], length: number, complete: boolean): ReturnType<typeof dechunk> {
  return { payload: concat(parts), length, complete };
}
