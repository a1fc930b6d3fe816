/** WARC 1.1 (facts/evidence §4): one gzip member a record, blocks exactly as they went over the wire. */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import {
  AsPostedError,
  type CaptureResult,
  type Exchange,
  type Sha256,
  type SpooledBytes,
  asSha256,
} from '../model/index.js';
import { EntityReader, frameBody, parseHead, sha256Hex, utf8 } from '../verify/index.js';
import { type Message, type RecordParts, type WarcFacts, blockOf, headOf, recordsOfCapture } from './warc-records.js';

export type { WarcFacts } from './warc-records.js';

/** Entity body of the final response: transfer encoding removed, content encoding kept; as much as came of a cut one. */
export type WrittenPayload = NonNullable<Message['entity']>;

export interface WrittenWarc {
  bytes: Uint8Array;
  payload: WrittenPayload;
  /** One a record. `sha256`: of its gzip member, so that each can be proved without the others. */
  index: { type: string; url: string; offset: number; length: number; sha256: Sha256 }[];
}

const LEVEL = 6;
/** zlib's largest tables: a quarter faster on pages, and never a larger file. */
const PAGES = { level: LEVEL, memLevel: 9 } as const;
/** Most records are a few lines: setting up tables for them costs more than packing. */
const FEW_LINES = { level: LEVEL, windowBits: 12, memLevel: 5, chunkSize: 4096 } as const;
const END = utf8('\r\n\r\n');
/** OS byte of a gzip header: the same on every platform (facts/evidence §4.5). */
const OS_BYTE = 9;

/**
 * The same capture gives the same bytes: record ids derive from content. A WARC is kept whole and named by its hash, so
 * the compressed bytes are never made anew. For captures in memory; `streamWarc` writes any.
 */
export function writeWarc(capture: CaptureResult, facts: WarcFacts): WrittenWarc {
  const messages = capture.exchanges.map(measure);
  const parts: Uint8Array[] = [];
  const index: WrittenWarc['index'] = [];
  let offset = 0;
  for (const record of recordsOfCapture(capture, facts, messages)) {
    const { bytes } = record.block;
    if (!(bytes instanceof Uint8Array))
      throw new AsPostedError({ code: 'BAD_INPUT', message: 'a capture with a spooled body is written as a stream' });
    const member = memberOf(record, bytes);
    parts.push(member);
    const sha256 = sha256Hex(member);
    index.push({ type: record.type, url: record.url ?? '', offset, length: member.length, sha256 });
    offset += member.length;
  }
  return { bytes: Buffer.concat(parts), payload: payloadOf(capture, messages), index };
}

export interface StreamedWarc {
  payload: WrittenPayload;
  /** The file, piece by piece; to be read once. */
  bytes: AsyncIterable<Uint8Array>;
  /** SHA-256 of each gzip member in order; complete once `bytes` is read. */
  members: readonly Sha256[];
}

/** The same for bodies of any length: lengths and digests stand before a block, so a spool is read twice and never held. */
export async function streamWarc(capture: CaptureResult, facts: WarcFacts): Promise<StreamedWarc> {
  const messages: Message[] = [];
  for (const each of capture.exchanges)
    messages.push(each.spool ? await measureSpool(each, each.spool) : measure(each));
  const records = recordsOfCapture(capture, facts, messages);
  const hashes: Sha256[] = [];
  return { payload: payloadOf(capture, messages), bytes: members(records, hashes), members: hashes };
}

async function* members(records: readonly RecordParts[], hashes: Sha256[]): AsyncGenerator<Uint8Array> {
  for (const record of records) {
    const hash = createHash('sha256');
    const { bytes } = record.block;
    const pieces = bytes instanceof Uint8Array ? [memberOf(record, bytes)] : gzipped(recordPieces(record, bytes));
    for await (const piece of pieces) {
      hash.update(piece);
      yield piece;
    }
    hashes.push(asSha256(hash.digest('hex')));
  }
}

export function memberOf(record: RecordParts, block: Uint8Array): Uint8Array {
  const whole = Buffer.concat([headOf(record), block, END]);
  const member = gzipSync(whole, whole.length <= 4096 ? FEW_LINES : PAGES);
  member[OS_BYTE] = 0xff;
  return member;
}

async function* recordPieces(record: RecordParts, spool: SpooledBytes): AsyncGenerator<Uint8Array> {
  yield headOf(record);
  yield* spool.open();
  yield END;
}

async function* gzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip(PAGES);
  const feeding = pipeline(pieces, gzip);
  feeding.catch(() => undefined); // thrown below, once what came before it is handed on
  let at = 0;
  for await (const piece of gzip as AsyncIterable<Buffer>) {
    if (at <= OS_BYTE && at + piece.length > OS_BYTE) piece[OS_BYTE - at] = 0xff;
    at += piece.length;
    yield piece;
  }
  await feeding;
}

function payloadOf({ exchanges }: CaptureResult, messages: readonly Message[]): WrittenPayload {
  const { body } = exchanges.at(-1)!;
  return messages.at(-1)!.entity ?? { sha256: sha256Hex(body), length: body.length };
}

function measure(exchange: Exchange): Message {
  if (exchange.spool)
    throw new AsPostedError({ code: 'BAD_INPUT', message: 'a capture with a spooled body is written as a stream' });
  const block = blockOf(exchange.responseBytes);
  try {
    const head = parseHead(exchange.responseBytes);
    const { payload, chunked } = frameBody(exchange.responseBytes, head);
    const entity = { sha256: sha256Hex(payload), length: payload.length };
    return { block, entity, ...(chunked ? {} : { plainHead: head.length }) };
  } catch {
    return { block }; // broken framing: the metadata says so
  }
}

/** Block and entity body, hashed in one pass. */
async function measureSpool(exchange: Exchange, spool: NonNullable<Exchange['spool']>): Promise<Message> {
  const block = createHash('sha256');
  const body = createHash('sha256');
  const reader = new EntityReader();
  let length = 0;
  for await (const piece of spool.open()) {
    block.update(piece);
    for (const part of reader.push(piece).entity) {
      body.update(part);
      length += part.length;
    }
  }
  const spooled = { bytes: spool, sha256: asSha256(block.digest('hex')) };
  if (reader.broken) return { block: spooled };
  const entity = { sha256: asSha256(body.digest('hex')), length };
  return { block: spooled, entity, ...(reader.chunked ? {} : { plainHead: parseHead(exchange.responseBytes).length }) };
}
