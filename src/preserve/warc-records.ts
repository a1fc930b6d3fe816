/** What stands in a WARC of one capture, and in which order (facts/evidence §4). Pure: bytes are written elsewhere. */
import {
  AsPostedError,
  type CaptureResult,
  type Exchange,
  type Instant,
  type PageResource,
  type Sha256,
  type SpooledBytes,
} from '../model/index.js';
import { ROLE_FIELD, sha256Hex, utf8 } from '../verify/index.js';

export interface WarcFacts {
  recordedAt: Instant;
  software: string;
  /** `classic` (obeyed for discovery), `ignore`: stated truthfully. */
  robots: string;
  operator?: string;
}

export type Field = readonly [name: string, value: string];

/** Bytes of a record with their hash, which is taken once; too long for memory, they stay in their spool. */
export interface Block {
  bytes: Uint8Array | SpooledBytes;
  sha256: Sha256;
}

export const blockOf = (bytes: Uint8Array): Block => ({ bytes, sha256: sha256Hex(bytes) });

/** A response as it will be written. */
export interface Message {
  block: Block;
  /** As much of the entity body as came, transfer encoding removed; undefined where the framing is broken. */
  entity?: { sha256: Sha256; length: number };
  /** Bytes of the head, when the body behind it is the entity body as it is: head and body give the message back. */
  plainHead?: number;
}

export interface RecordParts {
  type: string;
  url?: string;
  date: Instant;
  fields: readonly Field[];
  contentType: string;
  block: Block;
  payload?: Sha256;
}

/**
 * Records in order: warcinfo, then of each exchange the response, the request, metadata, certificates. The same capture
 * gives the same records: their ids derive from content.
 */
export function recordsOfCapture(
  { exchanges, finalUrl, browser, files, resources = [] }: CaptureResult,
  facts: WarcFacts,
  messages: readonly Message[],
): RecordParts[] {
  if (exchanges.length === 0)
    throw new AsPostedError({ code: 'BAD_INPUT', message: 'a capture without an exchange cannot be written' });
  const info = warcinfo(facts);
  const ofInfo: Field = ['WARC-Warcinfo-ID', `<${recordId(info)}>`];
  const records = [info];
  const written = new Map<Sha256, RecordParts>();
  for (const [at, exchange] of exchanges.entries()) {
    const message = messages[at]!;
    const isMain = at === exchanges.length - 1 || exchange.url === finalUrl;
    const first = isMain ? undefined : sameBefore(exchange, message, written);
    const response = first ? revisitRecord(exchange, message, first) : responseRecord(exchange, message);
    if (!first && response.payload && !written.has(response.payload)) written.set(response.payload, response);
    const concurrent: Field = ['WARC-Concurrent-To', `<${recordId(response)}>`];
    const isLast = at === exchanges.length - 1;
    // Among many, of a rendered page or one with its files, the page itself is marked; else the last one is it (docs/format.md).
    const role = (browser ?? files) && isLast ? [`${ROLE_FIELD}: main`] : [];
    const beside = [requestRecord(exchange), metadataRecord(exchange, message, role)];
    if (exchange.tls) beside.push(chainRecord(exchange, exchange.tls.chain));
    if (isLast) beside.push(...resources.map(resourceRecord));
    records.push({ ...response, fields: [...response.fields, ofInfo] });
    for (const each of beside) records.push({ ...each, fields: [...each.fields, concurrent, ofInfo] });
  }
  return records;
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
    block: blockOf(fieldsBlock(lines)),
  };
}

export function fieldsBlock(lines: readonly string[]): Uint8Array {
  return utf8(lines.map((line) => `${line.replace(/[\r\n\0]/g, ' ')}\r\n`).join(''));
}

function connection(exchange: Exchange): Field[] {
  const address: Field[] = exchange.remoteAddress === undefined ? [] : [['WARC-IP-Address', exchange.remoteAddress]];
  if (!exchange.tls) return [...address, ['WARC-Protocol', 'http/1.1']];
  const version = exchange.tls.protocol.replace(/^TLSv/, 'tls/').replace(/^tls\/1$/, 'tls/1.0');
  return [
    ...address,
    ['WARC-Protocol', 'http/1.1'],
    ['WARC-Protocol', version],
    ['WARC-Cipher-Suite', exchange.tls.cipher],
  ];
}

function responseRecord(exchange: Exchange, { block, entity }: Message): RecordParts {
  const { truncated } = exchange;
  // Over a body that did not end no digest is claimed (facts/evidence §3); the metadata says so.
  const payload = truncated === undefined ? entity?.sha256 : undefined;
  return {
    type: 'response',
    url: exchange.url,
    date: exchange.startedAt,
    fields: [...connection(exchange), ...(truncated === undefined ? [] : [['WARC-Truncated', truncated] as const])],
    contentType: 'application/http; msgtype=response',
    block,
    ...(payload === undefined ? {} : { payload }),
  };
}

/**
 * The response of this file whose body this one repeats. Only within one file, so that each stands alone (facts/evidence
 * §4.3), and only where head and body give the bytes back: of a chunked body they would not.
 */
function sameBefore(
  { truncated }: Exchange,
  { entity, plainHead }: Message,
  written: ReadonlyMap<Sha256, RecordParts>,
): RecordParts | undefined {
  if (truncated !== undefined || plainHead === undefined || !entity || entity.length === 0) return undefined;
  return written.get(entity.sha256);
}

function revisitRecord(exchange: Exchange, { entity, plainHead }: Message, first: RecordParts): RecordParts {
  return {
    type: 'revisit',
    url: exchange.url,
    date: exchange.startedAt,
    fields: [
      ...connection(exchange),
      ['WARC-Profile', 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest'],
      ['WARC-Refers-To', `<${recordId(first)}>`],
      ['WARC-Refers-To-Target-URI', first.url ?? ''],
      ['WARC-Refers-To-Date', first.date],
      ['WARC-Truncated', 'length'],
    ],
    contentType: 'application/http; msgtype=response',
    block: blockOf(exchange.responseBytes.subarray(0, plainHead)),
    payload: entity!.sha256,
  };
}

function requestRecord(exchange: Exchange): RecordParts {
  return {
    type: 'request',
    url: exchange.url,
    date: exchange.startedAt,
    fields: connection(exchange),
    contentType: 'application/http; msgtype=request',
    block: blockOf(exchange.requestBytes),
  };
}

function metadataRecord(exchange: Exchange, message: Message, role: readonly string[]): RecordParts {
  const lines = [
    ...role,
    `fetchTimeMs: ${Math.round(exchange.durationMs)}`,
    ...(exchange.trailingBytes === undefined ? [] : [`bytesAfterMessage: ${exchange.trailingBytes}`]),
    ...framingLines(exchange, message),
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
    block: blockOf(fieldsBlock(lines)),
  };
}

function framingLines({ truncated, partial, body }: Exchange, { entity }: Message): string[] {
  return [
    ...(truncated === undefined ? [] : [`framing: not ended (${truncated}), no payload digest`]),
    ...(entity === undefined ? ['framing: broken, no payload digest'] : []),
    ...(partial ? [`bodyRead: ${body.length} bytes, then a limit; the record holds what was sent`] : []),
  ];
}

/** Certificates have no standard place in WARC 1.1; a resource beside the response is ours (facts/evidence §4.4). */
function chainRecord(exchange: Exchange, chain: readonly string[]): RecordParts {
  return {
    type: 'resource',
    url: `urn:certificates:${exchange.url}`,
    date: exchange.startedAt,
    fields: [],
    contentType: 'application/pem-certificate-chain',
    block: blockOf(utf8(chain.join('\n'))),
  };
}

function resourceRecord({ url, type, at, bytes }: PageResource): RecordParts {
  return { type: 'resource', url, date: at, fields: [], contentType: type, block: blockOf(bytes) };
}

/** RFC 9562 version 8, a name-based id of our own making: what the record is about and the hash of its block, hashed. */
function recordId({ type, url = '', date, block }: RecordParts): string {
  const hex = sha256Hex(utf8(`${type}\n${url}\n${date}\n${block.sha256}\n`));
  const variant = ((parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The head of a record, with the empty line that ends it. */
export function headOf(record: RecordParts): Uint8Array {
  const { type, url, date, fields, contentType, block, payload } = record;
  const head = [
    'WARC/1.1',
    `WARC-Type: ${type}`,
    `WARC-Record-ID: <${recordId(record)}>`,
    `WARC-Date: ${date}`,
    ...(url === undefined ? [] : [`WARC-Target-URI: ${fieldValue(url)}`]),
    ...fields.map(([name, value]) => `${name}: ${fieldValue(value)}`),
    ...(payload === undefined ? [] : [`WARC-Payload-Digest: sha256:${payload}`]),
    `WARC-Block-Digest: sha256:${block.sha256}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${block.bytes.length}`,
  ];
  return utf8(`${head.join('\r\n')}\r\n\r\n`);
}

/** A value with a line break would write header lines of the attacker's choosing. */
function fieldValue(value: string): string {
  if (/[\r\n\0]/.test(value))
    throw new AsPostedError({ code: 'BAD_INPUT', message: 'a WARC field value holds a line break or NUL' });
  return value;
}
