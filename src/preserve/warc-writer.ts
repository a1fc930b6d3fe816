/** WARC 1.1 (facts/evidence §4): one gzip member a record, blocks exactly as they went over the wire. */
import { gzipSync } from 'node:zlib';
import { AsPostedError, type CaptureResult, type Exchange, type Instant, type Sha256 } from '../model/index.js';
import { frameBody, parseHead, sha256Hex, utf8 } from '../verify/index.js';

export interface WarcFacts {
  recordedAt: Instant;
  software: string;
  /** `classic` (obeyed for discovery), `ignore`: stated truthfully. */
  robots: string;
  operator?: string;
}

export interface WrittenWarc {
  bytes: Uint8Array;
  /** Entity body of the final response: transfer encoding removed, content encoding kept. */
  payload: { sha256: Sha256; length: number };
  /** One a record. `sha256`: of its gzip member, so that each can be proved without the others. */
  index: { type: string; url: string; offset: number; length: number; sha256: Sha256 }[];
}

interface RecordParts {
  type: string;
  url?: string;
  date: Instant;
  fields: (readonly [string, string])[];
  contentType: string;
  block: Uint8Array;
  payload?: Uint8Array;
}

/**
 * The same capture gives the same bytes: record ids derive from content. A WARC is kept whole and named by its hash, so
 * the compressed bytes are never made anew.
 */
export function writeWarc(capture: CaptureResult, facts: WarcFacts): WrittenWarc {
  const parts: Uint8Array[] = [];
  const index: WrittenWarc['index'] = [];
  let offset = 0;
  const info = warcinfo(facts);
  const infoId = recordId(info);
  const add = (record: RecordParts, more: (readonly [string, string])[] = []): void => {
    const fields = record === info ? more : [...more, ['WARC-Warcinfo-ID', `<${infoId}>`] as const];
    const member = gzipSync(serialise({ ...record, fields: [...record.fields, ...fields] }), { level: 6 });
    member[9] = 0xff; // OS byte: the same on every platform (facts/evidence §4.5)
    parts.push(member);
    index.push({ type: record.type, url: record.url ?? '', offset, length: member.length, sha256: sha256Hex(member) });
    offset += member.length;
  };
  add(info);
  for (const exchange of capture.exchanges) {
    const response = responseRecord(exchange);
    const concurrent = [['WARC-Concurrent-To', `<${recordId(response)}>`] as const];
    add(response);
    add(requestRecord(exchange), concurrent);
    add(metadataRecord(exchange), concurrent);
    if (exchange.tls) add(chainRecord(exchange, exchange.tls.chain), concurrent);
  }
  const last = capture.exchanges.at(-1);
  if (!last) throw new AsPostedError({ code: 'BAD_INPUT', message: 'a capture without an exchange cannot be written' });
  const payload = payloadOf(last) ?? last.body;
  return { bytes: Buffer.concat(parts), payload: { sha256: sha256Hex(payload), length: payload.length }, index };
}

function warcinfo({ recordedAt, software, robots, operator }: WarcFacts): RecordParts {
  const lines = [
    `software: ${software}`,
    'format: WARC File Format 1.1',
    'conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
    `robots: ${robots}`,
    ...(operator === undefined ? [] : [`operator: ${operator}`]),
  ];
  return {
    type: 'warcinfo',
    date: recordedAt,
    fields: [],
    contentType: 'application/warc-fields',
    block: fieldsBlock(lines),
  };
}

function fieldsBlock(lines: readonly string[]): Uint8Array {
  return utf8(lines.map((line) => `${line.replace(/[\r\n\0]/g, ' ')}\r\n`).join(''));
}

function connection(exchange: Exchange): (readonly [string, string])[] {
  const address = exchange.remoteAddress === undefined ? [] : [['WARC-IP-Address', exchange.remoteAddress] as const];
  if (!exchange.tls) return [...address, ['WARC-Protocol', 'http/1.1']];
  const version = exchange.tls.protocol.replace(/^TLSv/, 'tls/').replace(/^tls\/1$/, 'tls/1.0');
  return [
    ...address,
    ['WARC-Protocol', 'http/1.1'],
    ['WARC-Protocol', version],
    ['WARC-Cipher-Suite', exchange.tls.cipher],
  ];
}

function responseRecord(exchange: Exchange): RecordParts {
  const payload = payloadOf(exchange);
  return {
    type: 'response',
    url: exchange.url,
    date: exchange.startedAt,
    fields: [
      ...connection(exchange),
      ...(exchange.truncated === undefined ? [] : [['WARC-Truncated', exchange.truncated] as const]),
    ],
    contentType: 'application/http; msgtype=response',
    block: exchange.responseBytes,
    ...(payload === undefined ? {} : { payload }),
  };
}

/** Undefined where the framing is broken: then no payload digest is written, and the metadata says so (facts/evidence §3). */
function payloadOf(exchange: Exchange): Uint8Array | undefined {
  try {
    return frameBody(exchange.responseBytes, parseHead(exchange.responseBytes)).payload;
  } catch {
    return undefined;
  }
}

function requestRecord(exchange: Exchange): RecordParts {
  return {
    type: 'request',
    url: exchange.url,
    date: exchange.startedAt,
    fields: connection(exchange),
    contentType: 'application/http; msgtype=request',
    block: exchange.requestBytes,
  };
}

function metadataRecord(exchange: Exchange): RecordParts {
  const lines = [
    `fetchTimeMs: ${Math.round(exchange.durationMs)}`,
    ...(exchange.trailingBytes === undefined ? [] : [`bytesAfterMessage: ${exchange.trailingBytes}`]),
    ...(payloadOf(exchange) === undefined ? ['framing: broken, no payload digest'] : []),
    ...(exchange.interimBytes === undefined
      ? []
      : [`interimResponses: ${Buffer.from(exchange.interimBytes).toString('base64')}`]),
  ];
  return {
    type: 'metadata',
    url: exchange.url,
    date: exchange.startedAt,
    fields: [],
    contentType: 'application/warc-fields',
    block: fieldsBlock(lines),
  };
}

/** Certificates have no standard place in WARC 1.1; a resource beside the response is ours (facts/evidence §4.4). */
function chainRecord(exchange: Exchange, chain: readonly string[]): RecordParts {
  return {
    type: 'resource',
    url: `urn:certificates:${exchange.url}`,
    date: exchange.startedAt,
    fields: [],
    contentType: 'application/pem-certificate-chain',
    block: utf8(chain.join('\n')),
  };
}

function recordId({ type, url = '', date, block }: RecordParts): string {
  const hex = sha256Hex(Buffer.concat([utf8(`${type}\n${url}\n${date}\n`), block]));
  // RFC 9562 version 8: a name-based id of our own making.
  const variant = ((parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function serialise(record: RecordParts): Uint8Array {
  const { type, url, date, fields, contentType, block, payload } = record;
  const head = [
    'WARC/1.1',
    `WARC-Type: ${type}`,
    `WARC-Record-ID: <${recordId(record)}>`,
    `WARC-Date: ${date}`,
    ...(url === undefined ? [] : [`WARC-Target-URI: ${fieldValue(url)}`]),
    ...fields.map(([name, value]) => `${name}: ${fieldValue(value)}`),
    ...(payload === undefined ? [] : [`WARC-Payload-Digest: sha256:${sha256Hex(payload)}`]),
    `WARC-Block-Digest: sha256:${sha256Hex(block)}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${block.length}`,
  ];
  return Buffer.concat([utf8(`${head.join('\r\n')}\r\n\r\n`), block, utf8('\r\n\r\n')]);
}

/** A value with a line break would write header lines of the attacker's choosing. */
function fieldValue(value: string): string {
  if (/[\r\n\0]/.test(value))
    throw new AsPostedError({ code: 'BAD_INPUT', message: 'a WARC field value holds a line break or NUL' });
  return value;
}
