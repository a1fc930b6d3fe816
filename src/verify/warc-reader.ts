/** WARC 1.0 and 1.1 (facts/evidence §4). Digests are checked, lengths are never trusted, limits are everywhere. */
import { AsPostedError } from '../model/index.js';
import { type Bytes, ByteSource } from './byte-source.js';
import { latin1, lossyUtf8 } from './bytes.js';
import { passOn } from './file-bytes.js';
import { isGzip, memberPieces } from './gzip-member.js';
import { type BlockReading, BlockReader } from './warc-block.js';
import { Revisits } from './warc-revisit.js';

export type { DigestVerdict } from './warc-digest.js';

export interface WarcRecord extends BlockReading {
  type: string;
  id: string;
  targetUri?: string;
  date: string;
  /** In order, with repeats, as written. */
  headers: (readonly [name: string, value: string])[];
  /** Bytes of the file that hold the record: the gzip member, or the record with its final CRLF CRLF. */
  offset: number;
  length: number;
  /** Of a revisit: the record of this file whose body it repeats. `payloadSha256` and `payloadLength` are then that one's. */
  revisitOf?: { id: string; offset: number };
}

/** What is held of one record; a longer one goes through the digests only (facts/evidence §22.2). */
const HELD = 16 << 20;
const MAX_HEAD = 1 << 16;
const MAX_RECORD = 2 ** 34;

function corrupt(offset: number, why: string, cause?: unknown): AsPostedError {
  return new AsPostedError({ code: 'VERIFY_FAILED', message: `WARC record at byte ${offset}: ${why}`, cause });
}

/**
 * Records in order, of a file held whole or coming in pieces, in bounded memory. Throws VERIFY_FAILED at the first place
 * that is no WARC, naming the byte; bytes behind it are not believed.
 */
export async function* readWarc(bytes: Bytes): AsyncGenerator<WarcRecord> {
  const source = new ByteSource(bytes);
  const revisits = new Revisits();
  try {
    while (await source.fill(1)) {
      const { offset } = source;
      await source.fill(2);
      const record = isGzip(source.ahead) ? await readMember(source) : await readRecord(source, offset);
      if (record) yield revisits.resolved({ ...record, offset, length: source.offset - offset });
    }
  } finally {
    await source.close();
  }
}

type Read = Omit<WarcRecord, 'offset' | 'length'>;

/** Undefined for an empty member, which some tools write between records. */
async function readMember(source: ByteSource): Promise<Read | undefined> {
  const { offset } = source;
  const data = new ByteSource(damageNamed(memberPieces(source, HELD), offset));
  try {
    if (!(await data.fill(1))) return undefined;
    const record = await readRecord(data, offset);
    if (await data.fill(1)) throw corrupt(offset, MANY);
    return record;
  } finally {
    await data.close();
  }
}

const MANY =
  'the gzip member holds more than one record: the file was not compressed record by record; unpack it and check it unpacked';

async function* damageNamed(pieces: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (cause) {
    passOn(cause);
    if (cause instanceof AsPostedError) throw cause;
    throw corrupt(offset, 'the gzip member is damaged or cut off', cause);
  }
}

async function readRecord(data: ByteSource, offset: number): Promise<Read> {
  const head = lossyUtf8(await takeHead(data, offset));
  const [version, ...lines] = head.split('\r\n').filter((line) => line !== '');
  if (version?.startsWith('filedesc:')) throw corrupt(offset, ARC);
  if (!/^WARC\/(?:0\.17|0\.18|1\.0|1\.1)$/.test(version ?? ''))
    throw corrupt(offset, 'it does not begin with WARC/1.1');
  const headers = parseFields(lines, offset);
  const one = (name: string): string | undefined => headers.find(([each]) => each.toLowerCase() === name)?.[1];
  const declared = one('content-length') ?? '';
  if (!/^\d{1,12}$/.test(declared) || Number(declared) > MAX_RECORD) throw corrupt(offset, 'no usable Content-Length');
  const type = one('warc-type') ?? '';
  const reader = new BlockReader({
    type,
    contentType: one('content-type') ?? '',
    blockDigest: one('warc-block-digest'),
    payloadDigest: one('warc-payload-digest'),
    held: HELD,
  });
  await readBlock(data, { length: Number(declared), offset }, reader);
  const targetUri = one('warc-target-uri')?.replace(/^<|>$/g, '').replaceAll(' ', '%20'); // Wget 1.19, and file names
  return {
    type,
    id: one('warc-record-id') ?? '',
    date: one('warc-date') ?? '',
    headers,
    ...(targetUri === undefined ? {} : { targetUri }),
    ...reader.finish(),
  };
}

/** The format before WARC (facts/evidence §4.6). */
const ARC = 'it is an ARC file, which is not supported; convert it to WARC first';
const isArc = (bytes: Uint8Array): boolean => latin1(bytes.subarray(0, 9)) === 'filedesc:';

async function takeHead(data: ByteSource, offset: number): Promise<Uint8Array> {
  for (let wanted = 1 << 10; ; wanted *= 2) {
    const enough = await data.fill(wanted);
    const end = findHeadEnd(data.ahead);
    if (end !== undefined) return data.take(end);
    if (!enough || wanted >= MAX_HEAD) throw corrupt(offset, isArc(data.ahead) ? ARC : 'no complete header');
  }
}

function findHeadEnd(bytes: Uint8Array): number | undefined {
  const limit = Math.min(bytes.length, MAX_HEAD);
  for (let at = bytes.indexOf(13); at >= 0 && at + 3 < limit; at = bytes.indexOf(13, at + 1)) {
    if (bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at + 4;
  }
  return undefined;
}

async function readBlock(
  data: ByteSource,
  { length, offset }: { length: number; offset: number },
  reader: BlockReader,
): Promise<void> {
  for (let left = length; left > 0;) {
    const piece = await data.piece(left);
    if (!piece) throw corrupt(offset, 'Content-Length points behind the end of the file');
    reader.push(piece);
    left -= piece.length;
  }
  if (!(await data.fill(4))) throw corrupt(offset, 'Content-Length points behind the end of the file');
  if (latin1(data.take(4)) !== '\r\n\r\n') throw corrupt(offset, 'the block does not end where Content-Length says');
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
