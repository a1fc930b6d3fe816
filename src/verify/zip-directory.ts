import { lossyUtf8 } from './bytes.js';

/** End record and central directory of a ZIP, with ZIP64 (facts/evidence §7). Only numbers are read here, no data. */
export type ZipCode =
  'zip-crc' | 'zip-duplicate' | 'zip-name' | 'zip-type' | 'zip-local' | 'zip-extra-bytes' | 'zip-limit';

export interface ZipFinding {
  code: ZipCode;
  path?: string;
  offset?: number;
  sentence: string;
}

export interface ZipLimits {
  entries: number;
  /** Bytes of a name. */
  name: number;
  /** Uncompressed bytes of all entries. */
  total: number;
  /** Uncompressed bytes of all deflated entries: they are held in memory. */
  inflated: number;
  /** Uncompressed to compressed, per deflated entry. */
  ratio: number;
}

export const ZIP_LIMITS: ZipLimits = {
  entries: 10_000,
  name: 512,
  total: 16 * 2 ** 30,
  inflated: 512 * 2 ** 20,
  ratio: 200,
};

export interface DirectoryEntry {
  name: Uint8Array;
  /** Offset of its local header. */
  local: number;
  /** Offset of its directory entry. */
  central: number;
  madeBy: number;
  needed: number;
  flags: number;
  method: number;
  time: number;
  date: number;
  crc: number;
  packed: number;
  size: number;
  internal: number;
  external: number;
  /** Bytes of extra fields. */
  extra: number;
}

export interface Directory {
  entries: DirectoryEntry[];
  start: number;
  end: number;
}

const SENTINEL = 0xffffffff;

export const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Undefined when there is none within the limits; then a finding says why. */
export function openDirectory(bytes: Uint8Array, limits: ZipLimits, findings: ZipFinding[]): Directory | undefined {
  const extra = (offset: number, sentence: string): void => {
    findings.push({ code: 'zip-extra-bytes', offset, sentence });
  };
  const end = findEnd(bytes);
  if (end === undefined) {
    extra(bytes.length, 'the file does not end with an end record');
    return undefined;
  }
  if (end !== bytes.length - 22) extra(end + 22, `${bytes.length - end - 22} bytes follow the end record`);
  const record = readEnd(bytes, end, findings);
  if (!record) return undefined;
  const { count, size, start, recordStart } = record;
  if (count > limits.entries) {
    findings.push({
      code: 'zip-limit',
      offset: end,
      sentence: `it claims ${count} entries: more than ${limits.entries}`,
    });
    return undefined;
  }
  // Bytes before the first entry shift every offset; they are refused, and the rest is still looked at.
  const shift = recordStart - size - start;
  if (shift < 0 || start < 0) {
    extra(end, 'the directory is not where the end record says');
    return undefined;
  }
  if (shift > 0) extra(0, `${shift} bytes are not accounted for by the end record`);
  const entries = readEntries(bytes, { from: start + shift, to: recordStart, count, shift, limits }, findings);
  return { entries, start: start + shift, end };
}

/** Exactly at the end; else the last one in the file, so that the rest can be looked at. */
function findEnd(bytes: Uint8Array): number | undefined {
  const data = view(bytes);
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--)
    if (data.getUint32(at, true) === 0x06054b50) return at;
  return undefined;
}

interface EndRecord {
  count: number;
  size: number;
  start: number;
  /** Where the directory must end. */
  recordStart: number;
}

function readEnd(bytes: Uint8Array, end: number, findings: ZipFinding[]): EndRecord | undefined {
  const data = view(bytes);
  const refuse = (sentence: string): void => {
    findings.push({ code: 'zip-local', offset: end, sentence });
  };
  const count = data.getUint16(end + 10, true);
  const size = data.getUint32(end + 12, true);
  const start = data.getUint32(end + 16, true);
  if (data.getUint32(end + 4, true) !== 0 || data.getUint16(end + 8, true) !== count)
    refuse('the end record speaks of several disks');
  if (data.getUint16(end + 20, true) !== 0) {
    findings.push({ code: 'zip-extra-bytes', offset: end + 20, sentence: 'the end record announces a comment' });
  }
  const locator = end - 20;
  if (locator < 0 || data.getUint32(locator, true) !== 0x07064b50) {
    if (count !== 0xffff && size !== SENTINEL && start !== SENTINEL) return { count, size, start, recordStart: end };
    refuse('the ZIP64 end record is missing');
    return;
  }
  const at = locator - 56;
  if (at < 0 || data.getUint32(at, true) !== 0x06064b50 || data.getBigUint64(at + 4, true) !== 44n) {
    refuse('the ZIP64 end record is not where it must be');
    return;
  }
  const wide = {
    count: Number(data.getBigUint64(at + 32, true)),
    size: Number(data.getBigUint64(at + 40, true)),
    start: Number(data.getBigUint64(at + 48, true)),
  };
  const located = Number(data.getBigUint64(locator + 8, true));
  if (
    data.getUint32(locator + 4, true) !== 0 ||
    data.getUint32(locator + 16, true) !== 1 ||
    data.getBigUint64(at + 16, true) !== 0n ||
    data.getBigUint64(at + 24, true) !== BigInt(wide.count)
  )
    refuse('the ZIP64 end record speaks of several disks');
  const agrees = (short: number, long: number, sentinel: number): boolean => short === sentinel || short === long;
  if (
    located !== at ||
    !agrees(count, wide.count, 0xffff) ||
    !agrees(size, wide.size, SENTINEL) ||
    !agrees(start, wide.start, SENTINEL)
  )
    refuse('the two end records disagree');
  return { ...wide, recordStart: at };
}

interface Range {
  from: number;
  to: number;
  count: number;
  shift: number;
  limits: ZipLimits;
}

function readEntries(
  bytes: Uint8Array,
  { from, to, count, shift, limits }: Range,
  findings: ZipFinding[],
): DirectoryEntry[] {
  const data = view(bytes);
  const entries: DirectoryEntry[] = [];
  let at = from;
  for (let number = 0; number < count; number++) {
    const entry = readEntry(bytes, at, to);
    if (typeof entry === 'string') {
      findings.push({ code: 'zip-local', offset: at, sentence: entry });
      return entries;
    }
    const comment = data.getUint16(at + 32, true);
    const next = at + 46 + entry.name.length + entry.extra + comment;
    const path = lossyUtf8(entry.name.subarray(0, limits.name));
    if (comment !== 0)
      findings.push({
        code: 'zip-extra-bytes',
        path,
        offset: at,
        sentence: `it carries a comment of ${comment} bytes`,
      });
    if (data.getUint16(at + 34, true) !== 0)
      findings.push({ code: 'zip-local', path, offset: at, sentence: 'it lies on another disk' });
    if (entry.name.length > limits.name) {
      const sentence = `a name has ${entry.name.length} bytes: more than ${limits.name}`;
      findings.push({ code: 'zip-limit', path, offset: at, sentence });
    } else entries.push({ ...entry, local: entry.local + shift });
    at = next;
  }
  if (at !== to)
    findings.push({ code: 'zip-extra-bytes', offset: at, sentence: `${to - at} bytes belong to no directory entry` });
  return entries;
}

function readEntry(bytes: Uint8Array, at: number, limit: number): DirectoryEntry | string {
  const data = view(bytes);
  if (at + 46 > limit || data.getUint32(at, true) !== 0x02014b50) return 'no directory entry is where one must be';
  const u16 = (offset: number): number => data.getUint16(at + offset, true);
  const u32 = (offset: number): number => data.getUint32(at + offset, true);
  const nameEnd = at + 46 + u16(28);
  const extraEnd = nameEnd + u16(30);
  if (extraEnd + u16(32) > limit) return 'a directory entry reaches beyond the directory';
  const wide = readZip64(bytes.subarray(nameEnd, extraEnd), { size: u32(24), packed: u32(20), local: u32(42) });
  if (!wide) return 'the extra fields of a directory entry are malformed';
  return {
    name: bytes.subarray(at + 46, nameEnd),
    local: wide.local!,
    central: at,
    madeBy: u16(4),
    needed: u16(6),
    flags: u16(8),
    method: u16(10),
    time: u16(12),
    date: u16(14),
    crc: u32(16),
    packed: wide.packed,
    size: wide.size,
    internal: u16(36),
    external: u32(38),
    extra: u16(30),
  };
}

interface Sizes {
  size: number;
  packed: number;
  local?: number;
}

const ZIP64 = 0x0001;
/** Info-ZIP's second name for an entry: a reader that obeys it reads another name than one that does not. */
const UNICODE_PATH = 0x7075;

/** Sizes as the ZIP64 extra field gives them where the short ones are 0xffffffff. Undefined when the fields are malformed. */
export function readZip64(extra: Uint8Array, short: Sizes): Sizes | undefined {
  const data = view(extra);
  const sizes = { ...short };
  const wanted = (['size', 'packed', 'local'] as const).filter((key) => short[key] === SENTINEL);
  let seen = false;
  let at = 0;
  while (at < extra.length) {
    if (at + 4 > extra.length) return undefined;
    const id = data.getUint16(at, true);
    const length = data.getUint16(at + 2, true);
    if (at + 4 + length > extra.length || id === UNICODE_PATH) return undefined;
    if (id === ZIP64) {
      if (seen || length !== wanted.length * 8) return undefined;
      seen = true;
      for (const [number, key] of wanted.entries()) {
        const value = Number(data.getBigUint64(at + 4 + number * 8, true));
        if (!Number.isSafeInteger(value)) return undefined;
        sizes[key] = value;
      }
    }
    at += 4 + length;
  }
  return wanted.length > 0 && !seen ? undefined : sizes;
}
