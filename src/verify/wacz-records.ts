/** Every record of every WARC of a package, to the last byte (facts/evidence §4, §9 step 7). */
import { sha256Hex, utf8 } from './hash.js';
import { headerOf, parseHead } from './http-message.js';
import type { Findings, Members } from './wacz-finding.js';
import { type WarcRecord, readWarc } from './warc-reader.js';

/** What the index and the page list are compared with; blocks are not kept. */
export interface PlacedRecord {
  /** Name inside `archive/`. */
  filename: string;
  offset: number;
  length: number;
  gzip: boolean;
  type: string;
  uri: string;
  date: string;
  status: number | undefined;
  mime: string | undefined;
  /** As written in the record. */
  payloadDigest: string | undefined;
  /** The entity body, or the block. */
  payload: Uint8Array | undefined;
  /** SHA-256 of the bytes at `offset`, as they lie in the file. */
  sha256(): string;
}

export interface WarcFile {
  path: string;
  filename: string;
  bytes: Uint8Array;
  /** False when reading stopped at a damaged place. */
  whole: boolean;
}

const NEEDS_URI = new Set(['response', 'resource', 'request', 'revisit', 'conversion', 'continuation']);
const MAY_REPEAT = new Set(['warc-concurrent-to', 'warc-protocol']);

export interface RecordReading {
  records: PlacedRecord[];
  files: Map<string, WarcFile>;
}

export async function readRecords(members: Members, findings: Findings): Promise<RecordReading> {
  const records: PlacedRecord[] = [];
  const files = new Map<string, WarcFile>();
  const ids = new Map<string, string>();
  const concurrent: { path: string; offset: number; id: string }[] = [];
  for (const [path, { bytes }] of members) {
    const filename = /^archive\/(.+\.warc(?:\.gz)?)$/.exec(path)?.[1];
    if (filename === undefined || !bytes) continue;
    const file: WarcFile = { path, filename, bytes, whole: true };
    files.set(filename, file);
    try {
      for await (const record of readWarc(bytes)) {
        checkRecord(record, path, findings);
        const content = contentOf(record);
        // The same record in two files is one record; two records of one id are not.
        if ((ids.get(record.id) ?? content) !== content)
          findings.error('record-form', 'its id is that of another record', at(path, record));
        ids.set(record.id, content);
        for (const [name, value] of record.headers)
          if (name.toLowerCase() === 'warc-concurrent-to') concurrent.push({ ...at(path, record), id: value });
        records.push(placed(record, file));
      }
    } catch (thrown) {
      file.whole = false;
      findings.error('record-form', (thrown as Error).message, { path });
      findings.notChecked(`records of ${path} behind the damaged place`);
    }
  }
  for (const { id, ...place } of concurrent)
    if (!ids.has(id)) findings.habit('record-form', 'a record it belongs to is not in the package', place);
  return { records, files };
}

/** Told apart by headers and block; a digest among the headers that is right stands for the block. */
function contentOf({ headers, block, blockDigest }: WarcRecord): string {
  const text = JSON.stringify(headers);
  return sha256Hex(utf8(blockDigest === 'ok' ? text : `${text}\n${sha256Hex(block)}`));
}

const at = (path: string, { offset }: WarcRecord): { path: string; offset: number } => ({ path, offset });

function checkRecord(record: WarcRecord, path: string, findings: Findings): void {
  const place = at(path, record);
  const lacks = (what: string): void => {
    findings.error('record-form', `it lacks ${what}`, place);
  };
  if (record.type === '') lacks('WARC-Type');
  if (!/^<[^<>\s]+>$/.test(record.id)) lacks('a WARC-Record-ID in angle brackets');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(record.date)) lacks('a WARC-Date in UTC');
  if (NEEDS_URI.has(record.type) && (record.targetUri ?? '') === '') lacks('WARC-Target-URI');
  if (record.type === 'revisit' && field(record, 'warc-profile') === undefined) lacks('WARC-Profile');
  const seen = new Set<string>();
  for (const [name] of record.headers) {
    const lower = name.toLowerCase();
    if (seen.has(lower) && !MAY_REPEAT.has(lower))
      findings.habit('record-form', `it repeats ${lower.slice(0, 80)}`, place);
    seen.add(lower);
  }
  checkDigests(record, place, findings);
}

function checkDigests(record: WarcRecord, place: { path: string; offset: number }, findings: Findings): void {
  if (record.blockDigest === 'wrong') findings.error('record-digest', 'its block does not have its digest', place);
  if (record.payloadDigest === 'wrong') findings.error('record-digest', 'its payload does not have its digest', place);
  if (record.payloadDigest === 'before-dechunking')
    findings.habit('record-digest', 'its payload digest was taken before the chunks were joined', place);
  if (record.type === 'revisit') return;
  if (record.blockDigest === 'absent') findings.warning('record-digest', 'it states no digest of its block', place);
  if (record.blockDigest === 'unchecked' || (record.payloadDigest === 'unchecked' && record.payload))
    findings.habit('record-digest', 'its digest is of a kind that is not checked', place);
}

const field = ({ headers }: WarcRecord, name: string): string | undefined =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1];

function placed(record: WarcRecord, { filename, bytes }: WarcFile): PlacedRecord {
  const { offset, length, type, date } = record;
  let sha256: string | undefined;
  return {
    ...{ filename, gzip: bytes[offset] === 0x1f, offset, length, type, date },
    ...{ uri: (record.targetUri ?? '').replaceAll(' ', '%20'), ...httpFacts(record) },
    payloadDigest: field(record, 'warc-payload-digest'),
    payload: record.partial ? undefined : record.payload,
    sha256: () => (sha256 ??= sha256Hex(bytes.subarray(offset, offset + length))),
  };
}

function httpFacts(record: WarcRecord): { status: number | undefined; mime: string | undefined } {
  const type = field(record, 'content-type') ?? '';
  if (!/^application\/http/i.test(type)) return { status: undefined, mime: bare(type) };
  try {
    const head = parseHead(record.block);
    return { status: head.status === 0 ? undefined : head.status, mime: bare(headerOf(head.headers, 'content-type')) };
  } catch {
    return { status: undefined, mime: undefined };
  }
}

/** A media type without its parameters. */
export function bare(type: string | undefined): string | undefined {
  const value = type?.split(';', 1)[0]?.trim().toLowerCase();
  return value === '' ? undefined : value;
}
