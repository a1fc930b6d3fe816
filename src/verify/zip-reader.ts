/** Strict ZIP (facts/evidence §7): every byte is accounted for, or the file is refused with the place named. */
import { AsPostedError } from '../model/index.js';
import { crc32, fromUtf8 } from './hash.js';

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
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.length < 22 || view.readUInt32LE(view.length - 22) !== 0x06054b50)
    throw refuse('it does not end with an end record');
  const end = view.length - 22;
  const count = view.readUInt16LE(end + 10);
  const size = view.readUInt32LE(end + 12);
  const start = view.readUInt32LE(end + 16);
  if (view.readUInt32LE(end + 4) !== 0 || view.readUInt16LE(end + 8) !== count || view.readUInt16LE(end + 20) !== 0)
    throw refuse('the end record is not ours');
  if (count > MAX_ENTRIES || start + size !== end)
    throw refuse('the central directory is not where the end record says');
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let central = start;
  let local = 0;
  for (let number = 0; number < count; number++) {
    const header = readHeader(view, central, 46, 0x02014b50, end);
    if (view.readUInt16LE(central + 4) !== 0x0314 || view.readUInt32LE(central + 38) !== (0o100644 << 16) >>> 0)
      throw refuse(`${header.path} is not a plain file`);
    if (
      view.readUInt16LE(central + 32) !== 0 ||
      view.readUInt32LE(central + 34) !== 0 ||
      view.readUInt32LE(central + 42) !== local
    ) {
      throw refuse(`the directory entry of ${header.path} does not point to its place`);
    }
    const copy = readHeader(view, local, 30, 0x04034b50, start);
    if (copy.path !== header.path || !copy.fields.equals(header.fields))
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
  fields: Buffer;
}

function readHeader(view: Buffer, at: number, length: number, signature: number, limit: number): Header {
  if (at + length > limit || view.readUInt32LE(at) !== signature) throw refuse(`there is no header at byte ${at}`);
  const base = at + (length === 46 ? 6 : 4);
  const nameLength = view.readUInt16LE(base + 22);
  const nameEnd = at + length + nameLength;
  if (nameEnd > limit) throw refuse(`the name at byte ${at} reaches beyond its place`);
  const path = fromUtf8(view.subarray(at + length, nameEnd));
  if (path === undefined) throw refuse(`the name at byte ${at} is not UTF-8`);
  if (view.readUInt16LE(base) !== 20 || view.readUInt16LE(base + 2) !== 0x0800 || view.readUInt16LE(base + 4) !== 0)
    throw refuse(`${path} is compressed, encrypted or flagged`);
  if (view.readUInt16LE(base + 24) !== 0) throw refuse(`${path} has extra fields`);
  const size = view.readUInt32LE(base + 18);
  if (view.readUInt32LE(base + 14) !== size) throw refuse(`the sizes of ${path} differ`);
  return { path, nameLength, size, crc: view.readUInt32LE(base + 10), fields: view.subarray(base, base + 24) };
}

function checkName(path: string, names: Set<string>): void {
  const folded = path.normalize('NFC').toLowerCase();
  if (names.has(folded)) throw refuse(`there are two members named ${path}`);
  names.add(folded);
  if (!/^[\w.@-]+(?:\/[\w.@-]+)*$/.test(path) || path.split('/').some((part) => /^\.+$/.test(part)))
    throw refuse(`a member has the name ${JSON.stringify(path)}`);
}
