/**
 * Any ZIP, read strictly (facts/evidence §7): the directory and every local header must say the same, and every byte of the
 * file must belong to one of them. What two programs could read differently is a finding. Sizes are an attacker's: nothing
 * is allocated or inflated before all of them are within the limits (facts/evidence §22.2).
 */
import { crc32, equalBytes, inflateExactly, lossyUtf8, viewOf } from './hash.js';
import {
  type DirectoryEntry,
  type ZipCode,
  type ZipFinding,
  type ZipLimits,
  ZIP_LIMITS,
  openDirectory,
  readZip64,
  view,
} from './zip-directory.js';
import { nameProblem } from './zip-name.js';

export { type ZipCode, type ZipFinding, type ZipLimits, ZIP_LIMITS } from './zip-directory.js';

/** An entry whose name and kind are safe. `bytes` is undefined where the data cannot be had. */
export interface ContainerEntry extends DirectoryEntry {
  path: string;
  bytes?: Uint8Array;
  /** Of its local header: bytes of extra fields, and the version needed. */
  localExtra: number;
  localNeeded: number;
}

export interface Container {
  /** In the order of the directory; entries with an unsafe name or kind and second ones of a name are left out. */
  entries: ContainerEntry[];
  findings: ZipFinding[];
}

/** Never throws, whatever the bytes. */
export function readContainer(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): Container {
  const findings: ZipFinding[] = [];
  const directory = openDirectory(bytes, limits, findings);
  if (!directory) return { entries: [], findings };
  const { entries, start } = directory;
  const named = entries.map((entry) => ({ entry, path: nameOf(entry, findings) }));
  const placed = placeAll(bytes, { entries, start, findings });
  const sound = within(entries, limits, findings) && placed.sound;
  const names = new Set<string>();
  const kept: ContainerEntry[] = [];
  for (const { entry, path } of named) {
    const usable = path !== undefined && isPlain(entry, path, findings);
    const folded = path?.normalize('NFC').toLowerCase().replace(/\/$/, '');
    if (folded !== undefined && names.has(folded)) {
      findings.push({
        code: 'zip-duplicate',
        path: path!,
        offset: entry.local,
        sentence: 'there are two of this name',
      });
      continue;
    }
    if (folded !== undefined) names.add(folded);
    if (!usable) continue;
    const place = placed.places.get(entry);
    const data = sound && place ? dataOf(bytes, { entry, path, from: place.data }, limits, findings) : undefined;
    kept.push({
      ...entry,
      path,
      localExtra: place?.extra ?? 0,
      localNeeded: place?.needed ?? 0,
      ...(data ? { bytes: data } : {}),
    });
  }
  return { entries: kept, findings };
}

/** Names in the directory, for telling kinds of packages apart; none when there is no directory within the limits. */
export function zipNames(bytes: Uint8Array): string[] {
  const entries = openDirectory(bytes, ZIP_LIMITS, [])?.entries ?? [];
  return entries.map(({ name }) => lossyUtf8(name));
}

function nameOf(entry: DirectoryEntry, findings: ZipFinding[]): string | undefined {
  const { path, problem } = nameProblem(entry.name, entry.flags);
  if (problem === undefined) return path;
  findings.push({ code: 'zip-name', path, offset: entry.central, sentence: problem });
  return undefined;
}

/** Regular files and directories without data, stored or deflated, not encrypted: nothing else has a meaning here. */
function isPlain(entry: DirectoryEntry, path: string, findings: ZipFinding[]): boolean {
  const refuse = (sentence: string): false => {
    findings.push({ code: 'zip-type', path, offset: entry.central, sentence });
    return false;
  };
  const directory = path.endsWith('/');
  const type = (entry.external >>> 16) & 0o170000;
  if (type !== 0 && type !== 0o100000 && type !== 0o040000)
    return refuse('its Unix mode makes it a link or a device, not a file');
  if ((type === 0o040000 && !directory) || (type === 0o100000 && directory) || (!directory && entry.external & 0x10))
    return refuse('its attributes and its name disagree whether it is a directory');
  if (directory && (entry.size !== 0 || entry.packed > 2)) return refuse('it is a directory with data');
  if (entry.method !== 0 && entry.method !== 8) return refuse(`it is packed by method ${entry.method}`);
  if (entry.flags & ~0x080e) return refuse('it is encrypted or flagged in a way we do not know');
  return true;
}

/** All declared sizes against the limits, before any of them is believed. */
function within(entries: readonly DirectoryEntry[], limits: ZipLimits, findings: ZipFinding[]): boolean {
  let total = 0;
  let inflated = 0;
  for (const { size, method } of entries) {
    total += size;
    if (method === 8) inflated += size;
  }
  if (total <= limits.total && inflated <= limits.inflated) return true;
  findings.push({
    code: 'zip-limit',
    sentence: `its entries claim ${total} bytes, ${inflated} of them deflated: too large to be read`,
  });
  return false;
}

interface Placing {
  entries: readonly DirectoryEntry[];
  start: number;
  findings: ZipFinding[];
}

interface Place {
  data: number;
  extra: number;
  needed: number;
}

/** Walks the file from its first byte: each entry must begin where the one before it ended. Unsound when two overlap. */
function placeAll(
  bytes: Uint8Array,
  { entries, start, findings }: Placing,
): {
  places: Map<DirectoryEntry, Place>;
  sound: boolean;
} {
  const places = new Map<DirectoryEntry, Place>();
  const order = [...entries].sort((a, b) => a.local - b.local);
  let cursor = 0;
  let sound = true;
  for (const [at, entry] of order.entries()) {
    const path = lossyUtf8(entry.name);
    if (entry.local > cursor) findings.push(gap(cursor, entry.local));
    if (entry.local < cursor) {
      findings.push({ code: 'zip-local', path, offset: entry.local, sentence: 'it overlaps another entry' });
      sound = false;
    }
    const next = Math.min(order[at + 1]?.local ?? start, start);
    const local = readLocal(bytes, { entry, path, next, start }, findings);
    if (!local) {
      cursor = Math.max(cursor, next);
      continue;
    }
    places.set(entry, local);
    cursor = Math.max(cursor, local.end);
  }
  if (cursor < start) findings.push(gap(cursor, start));
  return { places, sound };
}

function gap(from: number, to: number): ZipFinding {
  return { code: 'zip-extra-bytes', offset: from, sentence: `${to - from} bytes belong to no entry` };
}

interface Spot {
  entry: DirectoryEntry;
  path: string;
  next: number;
  start: number;
}

function readLocal(
  bytes: Uint8Array,
  { entry, path, next, start }: Spot,
  findings: ZipFinding[],
): (Place & { end: number }) | undefined {
  const differ = (sentence: string): void => {
    findings.push({ code: 'zip-local', path, offset: entry.local, sentence });
  };
  const at = entry.local;
  const header = view(bytes);
  if (at + 30 > start || header.getUint32(at, true) !== 0x04034b50) {
    differ('no local header is at its place');
    return;
  }
  const u16 = (offset: number): number => header.getUint16(at + offset, true);
  const u32 = (offset: number): number => header.getUint32(at + offset, true);
  const nameEnd = at + 30 + u16(26);
  const data = nameEnd + u16(28);
  const dataEnd = data + entry.packed;
  if (dataEnd > start) {
    differ('its data reach beyond their place');
    return;
  }
  if (!equalBytes(bytes.subarray(at + 30, nameEnd), entry.name)) differ('the local header has another name');
  if (u16(6) !== entry.flags || u16(8) !== entry.method || u16(10) !== entry.time || u16(12) !== entry.date)
    differ('the local header has other flags, method or time');
  if (u16(4) > entry.needed) differ('the local header needs a newer version');
  const stated = readZip64(bytes.subarray(nameEnd, data), { size: u32(22), packed: u32(18) });
  if (!stated) {
    differ('the extra fields of the local header are malformed');
    return;
  }
  const same = u32(14) === entry.crc && stated.size === entry.size && stated.packed === entry.packed;
  const place = { data, extra: u16(28), needed: u16(4) };
  if (!(entry.flags & 8)) {
    if (!same) differ('the local header has another CRC-32 or size');
    return { ...place, end: dataEnd };
  }
  const none = u32(14) === 0 && stated.size === 0 && stated.packed === 0;
  if (!same && !none) differ('the local header has another CRC-32 or size');
  const descriptor = descriptorLength(bytes.subarray(dataEnd, next), entry);
  if (descriptor === undefined) differ('the data descriptor is missing or has another CRC-32 or size');
  return { ...place, end: dataEnd + (descriptor ?? 0) };
}

/** With or without its signature, with sizes of 4 or 8 bytes: the form that matches, best the one that ends at the next entry. */
function descriptorLength(rest: Uint8Array, { crc, packed, size }: DirectoryEntry): number | undefined {
  const found: number[] = [];
  for (const [signature, wide] of [
    [true, false],
    [true, true],
    [false, false],
    [false, true],
  ] as const) {
    if (!wide && (packed > 0xffffffff || size > 0xffffffff)) continue;
    const wanted = new Uint8Array((signature ? 8 : 4) + (wide ? 16 : 8));
    const view = viewOf(wanted);
    if (signature) view.setUint32(0, 0x08074b50, true);
    let at = signature ? 4 : 0;
    view.setUint32(at, crc, true);
    at += 4;
    for (const value of [packed, size]) {
      if (wide) view.setBigUint64(at, BigInt(value), true);
      else view.setUint32(at, value, true);
      at += wide ? 8 : 4;
    }
    if (equalBytes(rest.subarray(0, wanted.length), wanted)) found.push(wanted.length);
  }
  return found.find((length) => length === rest.length) ?? found[0];
}

function dataOf(
  bytes: Uint8Array,
  { entry, path, from }: { entry: DirectoryEntry; path: string; from: number },
  limits: ZipLimits,
  findings: ZipFinding[],
): Uint8Array | undefined {
  const report = (code: ZipCode, sentence: string): void => {
    findings.push({ code, path, offset: from, sentence });
  };
  const packed = bytes.subarray(from, from + entry.packed);
  let data = packed;
  if (entry.method === 0 && entry.size !== entry.packed) {
    report('zip-local', 'it is stored, but its two sizes differ');
    return;
  }
  if (entry.method === 8) {
    if (entry.size > limits.ratio * Math.max(entry.packed, 1)) {
      report('zip-limit', `it claims to grow more than ${limits.ratio} times: it is not inflated`);
      return;
    }
    const inflated = inflateExactly(packed, entry.size);
    if (!inflated) {
      report('zip-crc', 'its data cannot be inflated to the size stated');
      return;
    }
    if (inflated.used !== packed.length)
      report('zip-extra-bytes', 'there are bytes behind the end of its deflated data');
    data = inflated.data;
  }
  if (crc32(data) !== entry.crc) report('zip-crc', 'its data do not have the CRC-32 stated');
  return data;
}
