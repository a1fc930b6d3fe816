/** Strict ZIP (facts/evidence §7): every byte is accounted for, or the file is refused with the place named. */
import { AsPostedError } from '../model/index.js';
import { crc32, equalBytes, fromUtf8, viewOf } from './hash.js';

export interface ZipEntry {
  path: string;
  bytes: Uint8Array;
}

const MAX_ENTRIES = 65_534;

function refuse(why: string): AsPostedError {
  return new AsPostedError({ code: 'VERIFY_FAILED', message: `the ZIP is not as it was written: ${why}` });
}

/** Members in order of the file. Only stored members without extras, comments or flags other than UTF-8 names: the form we write. */
export function readZip(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  if (bytes.length < 22 || view.getUint32(bytes.length - 22, true) !== 0x06054b50)
    throw refuse('it does not end with an end record');
  const end = bytes.length - 22;
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (
    view.getUint32(end + 4, true) !== 0 ||
    view.getUint16(end + 8, true) !== count ||
    view.getUint16(end + 20, true) !== 0
  )
    throw refuse('the end record is not ours');
  if (count > MAX_ENTRIES || start + size !== end)
    throw refuse('the central directory is not where the end record says');
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let central = start;
  let local = 0;
  for (let number = 0; number < count; number++) {
    const header = readHeader(bytes, { at: central, length: 46, signature: 0x02014b50, limit: end });
    if (view.getUint16(central + 4, true) !== 0x0314 || view.getUint32(central + 38, true) !== (0o100644 << 16) >>> 0)
      throw refuse(`${header.path} is not a plain file`);
    if (
      view.getUint16(central + 32, true) !== 0 ||
      view.getUint32(central + 34, true) !== 0 ||
      view.getUint32(central + 42, true) !== local
    ) {
      throw refuse(`the directory entry of ${header.path} does not point to its place`);
    }
    const copy = readHeader(bytes, { at: local, length: 30, signature: 0x04034b50, limit: start });
    if (copy.path !== header.path || !equalBytes(copy.fields, header.fields))
      throw refuse(`the two headers of ${header.path} differ`);
    const from = local + 30 + header.nameLength;
    const data = bytes.subarray(from, from + header.size);
    if (data.length !== header.size || from + header.size > start)
      throw refuse(`${header.path} reaches beyond its place`);
    if (crc32(data) !== header.crc) throw refuse(`${header.path} has another CRC-32 than stated`);
    checkName(header.path, names);
    entries.push({ path: header.path, bytes: data });
    local = from + header.size;
    central += 46 + header.nameLength;
  }
  if (local !== start || central !== end) throw refuse('there are bytes that belong to no member');
  return entries;
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
  length: number;
  signature: number;
  limit: number;
}

function readHeader(bytes: Uint8Array, { at, length, signature, limit }: Place): Header {
  const view = viewOf(bytes);
  if (at + length > limit || view.getUint32(at, true) !== signature) throw refuse(`there is no header at byte ${at}`);
  const base = at + (length === 46 ? 6 : 4);
  const nameLength = view.getUint16(base + 22, true);
  const nameEnd = at + length + nameLength;
  if (nameEnd > limit) throw refuse(`the name at byte ${at} reaches beyond its place`);
  const path = fromUtf8(bytes.subarray(at + length, nameEnd));
  if (path === undefined) throw refuse(`the name at byte ${at} is not UTF-8`);
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
