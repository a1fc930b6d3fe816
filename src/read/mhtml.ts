/** Pages saved as one file (MHTML, RFC 2557): the page is the first HTML part; the other parts are its pictures. */
import { type Instant, type Reading, instant } from '../model/index.js';
import { baseReading, damaged } from './data-reading.js';
import type { ReadInput } from './input.js';
import { readPage } from './page.js';

export function looksLikeMhtml(type: string, head: string): boolean {
  if (/^multipart\/related/i.test(type)) return true;
  const start = head.slice(0, 4_000);
  return /^[\w-]{1,40}:/.test(start) && /^content-type:[ \t]{0,20}multipart\/related/im.test(start);
}

/** The page inside, read as one; a file without it, or without its end, is unknown. */
export function readMhtml(input: ReadInput): Reading {
  const part = htmlPart(Buffer.from(input.body).toString('latin1'));
  if (typeof part === 'string') return damaged(baseReading(input, 'mhtml/1').reading, 'mhtml-damaged', part);
  const headers: ReadInput['headers'] = [['Content-Type', part.type]];
  return readPage({ ...input, headers, body: part.body });
}

/** What the program that saved it says: address and time. */
export function mhtmlOrigin(bytes: Uint8Array): { url?: string; date?: Instant } {
  const { fields } = headAndRest(Buffer.from(bytes.subarray(0, 20_000)).toString('latin1'));
  const url = fields.get('snapshot-content-location') ?? fields.get('content-location');
  const time = Date.parse(fields.get('date') ?? '');
  return {
    ...(url === undefined ? {} : { url }),
    ...(Number.isNaN(time) ? {} : { date: instant(new Date(time)) }),
  };
}

function htmlPart(text: string): { type: string; body: Uint8Array } | string {
  const { fields, rest } = headAndRest(text);
  const boundary = /\bboundary="?([^";\s]{1,100})"?/i.exec(fields.get('content-type') ?? '')?.[1];
  if (boundary === undefined) return 'the file names no boundary of its parts';
  const pieces = rest.split(`--${boundary}`);
  if (!pieces.at(-1)!.startsWith('--')) return 'the file is cut off before its end';
  for (const piece of pieces.slice(1, -1)) {
    const part = headAndRest(piece.replace(/^\r?\n/, ''));
    const type = part.fields.get('content-type') ?? '';
    if (!/^text\/html/i.test(type)) continue;
    return { type, body: decoded(part.rest.replace(/\r?\n$/, ''), part.fields.get('content-transfer-encoding') ?? '') };
  }
  return 'no part of the file is a page';
}

function headAndRest(text: string): { fields: Map<string, string>; rest: string } {
  const end = /\r?\n\r?\n/.exec(text);
  const head = text.slice(0, end?.index ?? text.length).replace(/\r?\n[ \t]+/g, ' ');
  const fields = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return { fields, rest: end ? text.slice(end.index + end[0].length) : '' };
}

function decoded(text: string, encoding: string): Uint8Array {
  if (/base64/i.test(encoding)) return Buffer.from(text, 'base64');
  if (!/quoted-printable/i.test(encoding)) return Buffer.from(text, 'latin1');
  const joined = text.replace(/=[ \t]{0,10}\r?\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}
