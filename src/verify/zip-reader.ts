/** Strict ZIP (facts/evidence §7): every byte is accounted for, or the file is refused with the place named. */
import { AsPostedError } from '../model/index.js';
import { type FileBytes, inMemory, piecesOf } from './file-bytes.js';
import { crc32, equalBytes, fromUtf8, viewOf } from './hash.js';

export interface ZipEntry {
  path: string;
  size: number;
  /** Undefined for one that is not held. */
  bytes?: Uint8Array;
  /** From its first byte, each time. Throws VERIFY_FAILED at the end when it has another CRC-32 than stated. */
  pieces(): AsyncIterable<Uint8Array>;
}

const MAX_ENTRIES = 65_534;
/** Longer captures are read where they are needed. */
const SHORT = 1 << 20;
/** Of all that is held: manifests, records, proofs and pages, many times over. */
const MOST_HELD = 512 << 20;
/** Names, and the headers before them: more than any bundle has. */
const LARGEST_DIRECTORY = 64 << 20;

function refuse(why: string): AsPostedError {
  return new AsPostedError({ code: 'VERIFY_FAILED', message: `the ZIP is not as it was written: ${why}` });
}

/**
 * Members in order of the file. Only stored members without extras, comments or flags other than UTF-8 names: the form we
 * write. Of a file in memory all are held, of one that is read in places all but long captures.
 */
export async function readZip(bytes: Uint8Array): Promise<(ZipEntry & { bytes: Uint8Array })[]>;
export async function readZip(bytes: Uint8Array | FileBytes): Promise<ZipEntry[]>;
export async function readZip(bytes: Uint8Array | FileBytes): Promise<ZipEntry[]> {
  const inPlaces = !(bytes instanceof Uint8Array);
  const file = inPlaces ? bytes : inMemory(bytes);
  const { directory, start, count } = await readDirectory(file);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let central = 0;
  let local = 0;
  let held = 0;
  for (let number = 0; number < count; number++) {
    const header = readHeader(directory, { at: central, from: start, length: 46, signature: 0x02014b50 });
    checkCentral(viewOf(directory), central, { path: header.path, local });
    const data = local + 30 + header.nameLength;
    if (data + header.size > start) throw refuse(`${header.path} reaches beyond its place`);
    const copied = await file.read(local, data);
    const copy = readHeader(copied, { at: 0, from: local, length: 30, signature: 0x04034b50 });
    if (copy.path !== header.path || !equalBytes(copy.fields, header.fields))
      throw refuse(`the two headers of ${header.path} differ`);
    checkName(header.path, names);
    const { path, size, crc } = header;
    const hold = !inPlaces || ((size <= SHORT || !path.endsWith('.warc.gz')) && held + size <= MOST_HELD);
    if (hold) held += size;
    entries.push(await entryOf(file, { path, size, crc, from: data }, hold));
    local = data + size;
    central += 46 + header.nameLength;
  }
  if (local !== start || central !== directory.length) throw refuse('there are bytes that belong to no member');
  return entries;
}

async function readDirectory(file: FileBytes): Promise<{ directory: Uint8Array; start: number; count: number }> {
  const end = file.length - 22;
  const record = viewOf(end < 0 ? new Uint8Array(22) : await file.read(end, file.length));
  if (record.getUint32(0, true) !== 0x06054b50) throw refuse('it does not end with an end record');
  const count = record.getUint16(10, true);
  const size = record.getUint32(12, true);
  const start = record.getUint32(16, true);
  if (record.getUint32(4, true) !== 0 || record.getUint16(8, true) !== count || record.getUint16(20, true) !== 0)
    throw refuse('the end record is not ours');
  if (count > MAX_ENTRIES || start + size !== end || size > LARGEST_DIRECTORY)
    throw refuse('the central directory is not where the end record says');
  return { directory: await file.read(start, end), start, count };
}

function checkCentral(view: DataView, at: number, { path, local }: { path: string; local: number }): void {
  if (view.getUint16(at + 4, true) !== 0x0314 || view.getUint32(at + 38, true) !== (0o100644 << 16) >>> 0)
    throw refuse(`${path} is not a plain file`);
  if (
    view.getUint16(at + 32, true) !== 0 ||
    view.getUint32(at + 34, true) !== 0 ||
    view.getUint32(at + 42, true) !== local
  )
    throw refuse(`the directory entry of ${path} does not point to its place`);
}

interface Data {
  path: string;
  size: number;
  crc: number;
  from: number;
}

async function entryOf(file: FileBytes, { path, size, crc, from }: Data, hold: boolean): Promise<ZipEntry> {
  const wrong = (): AsPostedError => refuse(`${path} has another CRC-32 than stated`);
  if (hold) {
    const bytes = await file.read(from, from + size);
    if (crc32(bytes) !== crc) throw wrong();
    return { path, size, bytes, pieces: () => piecesOf(inMemory(bytes)) };
  }
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    let seen = 0;
    for await (const piece of piecesOf(file, from, from + size)) {
      seen = crc32(piece, seen);
      yield piece;
    }
    if (seen !== crc) throw wrong();
  };
  return { path, size, pieces };
}

interface Header {
  path: string;
  nameLength: number;
  size: number;
  crc: number;
  fields: Uint8Array;
}

interface Place {
  at: number;
  /** Where in the file the bytes begin. */
  from: number;
  length: number;
  signature: number;
}

function readHeader(bytes: Uint8Array, { at, from, length, signature }: Place): Header {
  const view = viewOf(bytes);
  if (at + length > bytes.length || view.getUint32(at, true) !== signature)
    throw refuse(`there is no header at byte ${from + at}`);
  const base = at + (length === 46 ? 6 : 4);
  const nameLength = view.getUint16(base + 22, true);
  const nameEnd = at + length + nameLength;
  if (nameEnd > bytes.length) throw refuse(`the name at byte ${from + at} reaches beyond its place`);
  const path = fromUtf8(bytes.subarray(at + length, nameEnd));
  if (path === undefined) throw refuse(`the name at byte ${from + at} is not UTF-8`);
  if (
    view.getUint16(base, true) !== 20 ||
    view.getUint16(base + 2, true) !== 0x0800 ||
    view.getUint16(base + 4, true) !== 0
  )
    throw refuse(`${path} is compressed, encrypted or flagged`);
  if (view.getUint16(base + 24, true) !== 0) throw refuse(`${path} has extra fields`);
  const size = view.getUint32(base + 18, true);
  if (view.getUint32(base + 14, true) !== size) throw refuse(`the sizes of ${path} differ`);
  return { path, nameLength, size, crc: view.getUint32(base + 10, true), fields: bytes.subarray(base, base + 24) };
}

function checkName(path: string, names: Set<string>): void {
  const folded = path.normalize('NFC').toLowerCase();
  if (names.has(folded)) throw refuse(`there are two members named ${path}`);
  names.add(folded);
  if (!/^[\w.@-]+(?:\/[\w.@-]+)*$/.test(path) || path.split('/').some((part) => /^\.+$/.test(part)))
    throw refuse(`a member has the name ${JSON.stringify(path)}`);
}
