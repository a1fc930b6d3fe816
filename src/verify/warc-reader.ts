/** WARC 1.0 and 1.1 (facts/evidence §4). Digests are checked, lengths are never trusted, limits are everywhere. */
import { AsPostedError } from '../model/index.js';
import { digestBytes, equalBytes, fromBase64, fromHex, gunzipMember, latin1, lossyUtf8 } from './hash.js';
import { frameBody, parseHead } from './http-message.js';

export interface WarcRecord {
  type: string;
  id: string;
  targetUri?: string;
  date: string;
  /** In order, with repeats, as written. */
  headers: (readonly [name: string, value: string])[];
  block: Uint8Array;
  /** Entity body of an HTTP record (transfer encoding removed), else the block; undefined where the framing is broken. */
  payload?: Uint8Array;
  /** Bytes of the file that hold the record: the gzip member, or the record with its final CRLF CRLF. */
  offset: number;
  length: number;
  blockDigest: DigestVerdict;
  payloadDigest: DigestVerdict;
}

/** `absent`: none was written · `unchecked`: an algorithm we do not know. */
export type DigestVerdict = 'ok' | 'wrong' | 'absent' | 'unchecked' | 'before-dechunking';

const MAX_HEAD = 1 << 20;
const MAX_RECORD = 600_000_000;

function corrupt(offset: number, why: string, cause?: unknown): AsPostedError {
  return new AsPostedError({ code: 'VERIFY_FAILED', message: `WARC record at byte ${offset}: ${why}`, cause });
}

/** Records in order. Throws VERIFY_FAILED at the first place that is no WARC, naming the byte; bytes behind it are not believed. */
export async function* readWarc(bytes: Uint8Array): AsyncGenerator<WarcRecord> {
  let offset = 0;
  while (offset < bytes.length) {
    if (bytes[offset] === 0x1f && bytes[offset + 1] === 0x8b) {
      const member = readMember(bytes, offset);
      if (member.data.length > 0) {
        const { record, length } = readRecord(member.data, 0, offset);
        if (length !== member.data.length) throw corrupt(offset, 'the gzip member holds more than one record');
        yield { ...record, offset, length: member.length };
      }
      offset += member.length;
    } else {
      const { record, length } = readRecord(bytes, offset, offset);
      yield { ...record, offset, length };
      offset += length;
    }
  }
}

function readMember(bytes: Uint8Array, offset: number): ReturnType<typeof gunzipMember> {
  try {
    return gunzipMember(bytes, offset, MAX_RECORD);
  } catch (cause) {
    throw corrupt(offset, 'the gzip member is damaged, cut off, or too large', cause);
  }
}

type Read = { record: Omit<WarcRecord, 'offset' | 'length'>; length: number };

function readRecord(bytes: Uint8Array, start: number, offset: number): Read {
  const headEnd = findHeadEnd(bytes, start);
  if (headEnd === undefined) throw corrupt(offset, 'no complete header');
  const head = lossyUtf8(bytes.subarray(start, headEnd));
  const [version, ...lines] = head.split('\r\n').filter((line) => line !== '');
  if (!/^WARC\/(?:0\.17|0\.18|1\.0|1\.1)$/.test(version ?? ''))
    throw corrupt(offset, 'it does not begin with WARC/1.1');
  const headers = parseFields(lines, offset);
  const one = (name: string): string | undefined => headers.find(([each]) => each.toLowerCase() === name)?.[1];
  const declared = one('content-length') ?? '';
  if (!/^\d{1,12}$/.test(declared)) throw corrupt(offset, 'no usable Content-Length');
  const end = headEnd + Number(declared);
  if (end + 4 > bytes.length) throw corrupt(offset, 'Content-Length points behind the end of the file');
  if (latin1(bytes.subarray(end, end + 4)) !== '\r\n\r\n')
    throw corrupt(offset, 'the block does not end where Content-Length says');
  const block = bytes.subarray(headEnd, end);
  const type = one('warc-type') ?? '';
  const payload = payloadOf(block, type, one('content-type') ?? '');
  const targetUri = one('warc-target-uri')?.replace(/^<|>$/g, '');
  return {
    length: end + 4 - start,
    record: {
      type,
      id: one('warc-record-id') ?? '',
      date: one('warc-date') ?? '',
      headers,
      block,
      ...(targetUri === undefined ? {} : { targetUri }),
      ...(payload === undefined ? {} : { payload: payload.entity }),
      blockDigest: type === 'revisit' ? 'unchecked' : checkDigest(one('warc-block-digest'), block),
      payloadDigest: payloadVerdict(type, one('warc-payload-digest'), payload),
    },
  };
}

function findHeadEnd(bytes: Uint8Array, start: number): number | undefined {
  const limit = Math.min(bytes.length, start + MAX_HEAD);
  for (let at = bytes.indexOf(13, start); at >= 0 && at + 3 < limit; at = bytes.indexOf(13, at + 1)) {
    if (bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at + 4;
  }
  return undefined;
}

function parseFields(lines: readonly string[], offset: number): [string, string][] {
  const headers: [string, string][] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && headers.length > 0) {
      headers.at(-1)![1] += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 1) throw corrupt(offset, 'a header line has no colon');
    headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  return headers;
}

interface Payload {
  entity: Uint8Array;
  raw: Uint8Array;
}

function payloadOf(block: Uint8Array, type: string, contentType: string): Payload | undefined {
  if (type === 'resource' || type === 'conversion') return { entity: block, raw: block };
  if (!/^application\/http/i.test(contentType)) return undefined;
  try {
    const head = parseHead(block);
    const framed = frameBody(block, head);
    return { entity: framed.payload, raw: block.subarray(head.length) };
  } catch {
    return undefined; // broken framing: no payload digest is claimed over it (facts/evidence §3)
  }
}

function payloadVerdict(type: string, digest: string | undefined, payload: Payload | undefined): DigestVerdict {
  if (digest === undefined) return 'absent';
  if (type === 'revisit' || !payload) return 'unchecked';
  const strict = checkDigest(digest, payload.entity);
  // Old files hashed the raw chunks: worth saying, never worth passing.
  return strict === 'wrong' && checkDigest(digest, payload.raw) === 'ok' ? 'before-dechunking' : strict;
}

function checkDigest(stated: string | undefined, bytes: Uint8Array): DigestVerdict {
  if (stated === undefined) return 'absent';
  const match = /^([A-Za-z0-9-]+):(.+)$/.exec(stated);
  const actual = match && digestBytes(match[1]!, bytes);
  if (!match || !actual) return 'unchecked';
  const wanted = decodeDigest(match[2]!, actual.length);
  return wanted && equalBytes(wanted, actual) ? 'ok' : 'wrong';
}

/** Hex, base32 (upper case, no padding) or base64: told by length and alphabet (facts/evidence §4.2). */
export function decodeDigest(text: string, length: number): Uint8Array | undefined {
  if (text.length === length * 2 && /^[0-9a-fA-F]+$/.test(text)) return fromHex(text);
  const bare = text.replace(/=+$/, '');
  if (bare.length === Math.ceil((length * 8) / 5) && /^[A-Za-z2-7]+$/.test(bare))
    return base32(bare.toUpperCase(), length);
  const standard = bare.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = fromBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='));
  return bytes?.length === length ? bytes : undefined;
}

function base32(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let bits = 0;
  let value = 0;
  let at = 0;
  for (const letter of text) {
    value = ((value << 5) | 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)) & 0xffff;
    bits += 5;
    if (bits >= 8 && at < length) {
      bits -= 8;
      bytes[at++] = (value >> bits) & 0xff;
    }
  }
  return bytes;
}
