/** Hashes, signatures and packed data, over what the platform gives (platform.ts) and with nothing else of it. */
import type { Sha256 } from '../model/index.js';
import { concat, toHex, viewOf } from './bytes.js';
import { type Hasher, digest, inflateRaw, nativeCrc32, startDigest } from './platform.js';

export * from './bytes.js';
export {
  type Hasher,
  type PieceSource,
  type SignatureFacts,
  inflatePieces,
  sameBytes,
  sha256Into,
  verifyEd25519,
  verifyWithSpki,
} from './platform.js';

export const sha256Bytes = (...parts: readonly Uint8Array[]): Uint8Array => digest('sha256', ...parts);

export function sha256Hex(bytes: Uint8Array): Sha256 {
  return toHex(sha256Bytes(bytes)) as Sha256;
}

const LABELS = {
  sha1: 'sha1',
  'sha-1': 'sha1',
  sha256: 'sha256',
  'sha-256': 'sha256',
  sha512: 'sha512',
  'sha-512': 'sha512',
  md5: 'md5',
} as const;

/** Under a WARC label, for what comes in pieces; undefined for an algorithm we do not check. */
export function hasher(algorithm: string): Hasher | undefined {
  const label = algorithm.toLowerCase();
  return Object.hasOwn(LABELS, label) ? startDigest(LABELS[label as keyof typeof LABELS]) : undefined;
}

/** The same of bytes at hand. */
export function digestBytes(algorithm: string, bytes: Uint8Array): Uint8Array | undefined {
  const hash = hasher(algorithm);
  hash?.update(bytes);
  return hash?.digest();
}

/** Digest under a name of its own, for formats that name their algorithm by an object identifier. */
export function digestOf(algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512', bytes: Uint8Array): Uint8Array {
  return digest(algorithm, bytes);
}

/** Undefined where the platform has none (FIPS builds). */
export function platformRipemd160(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return digest('ripemd160', bytes);
  } catch {
    return undefined;
  }
}

export interface Member {
  data: Uint8Array;
  /** Compressed length of the whole member, header and trailer included. */
  length: number;
}

/** One gzip member at `start`, its CRC-32 and length checked. Throws when it is cut, damaged or larger than `limit`. */
export function gunzipMember(bytes: Uint8Array, start: number, limit: number): Member {
  const header = gzipHeaderLength(bytes, start);
  const { data, used } = inflateRaw(bytes.subarray(start + header), limit);
  const trailer = start + header + used;
  if (trailer + 8 > bytes.length) throw new Error('gzip member is cut off');
  const view = viewOf(bytes.subarray(trailer, trailer + 8));
  if (view.getUint32(0, true) !== crc32(data)) throw new Error('gzip CRC-32 does not match');
  if (view.getUint32(4, true) !== data.length % 2 ** 32) throw new Error('gzip length does not match');
  return { data, length: header + used + 8 };
}

/** Length of the header of a gzip member (RFC 1952 §2.3). Throws when it is none, or cut off. */
export function gzipHeaderLength(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b || bytes[start + 2] !== 8)
    throw new Error('not a gzip member');
  const flags = bytes[start + 3]!;
  if (flags & 0xe0) throw new Error('gzip member uses reserved flags');
  let at = start + 10;
  if (flags & 4) at += 2 + bytes[at]! + 256 * bytes[at + 1]!;
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) throw new Error('gzip header is cut off');
    at = end + 1;
  }
  if (flags & 2) at += 2;
  if (!(at <= bytes.length)) throw new Error('gzip header is cut off');
  return at - start;
}

/** Every member of a gzip file, one after the other. Throws as `gunzipMember` does. */
export function gunzip(bytes: Uint8Array, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let left = limit;
  for (let at = 0; at < bytes.length;) {
    const { data, length } = gunzipMember(bytes, at, Math.max(left, 1));
    parts.push(data);
    left -= data.length;
    at += length;
  }
  return concat(parts);
}

/** Raw deflate data that give exactly `size` bytes, and how many bytes they took; undefined when they do not. */
export function inflateExactly(bytes: Uint8Array, size: number): { data: Uint8Array; used: number } | undefined {
  try {
    const inflated = inflateRaw(bytes, Math.max(size, 1));
    return inflated.data.length === size ? inflated : undefined;
  } catch {
    return undefined;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** `before`: of the pieces before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  if (nativeCrc32) return nativeCrc32(bytes, before);
  let c = before ^ 0xffffffff;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
