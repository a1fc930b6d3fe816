/** The only place of `verify` that touches the platform: another one (Web Crypto) can stand here for a page in a browser. */
import { type KeyObject, createHash, createPublicKey, hash as hashOnce, verify as verifySignature } from 'node:crypto';
import { crc32 as nodeCrc32, gunzipSync, inflateRawSync } from 'node:zlib';
import type { Sha256 } from '../model/index.js';

export function sha256Bytes(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Of one piece of bytes: several times faster than a hash object for the 65 bytes of a tree's node. */
export function sha256Once(bytes: Uint8Array): Uint8Array {
  return hashOnce('sha256', bytes, 'buffer');
}

export function sha256Hex(bytes: Uint8Array): Sha256 {
  return toHex(sha256Bytes(bytes)) as Sha256;
}

/** Digest under a WARC label; undefined for an algorithm we do not check. */
export function digestBytes(algorithm: string, bytes: Uint8Array): Uint8Array | undefined {
  const name = {
    sha1: 'sha1',
    'sha-1': 'sha1',
    sha256: 'sha256',
    'sha-256': 'sha256',
    sha512: 'sha512',
    'sha-512': 'sha512',
    md5: 'md5',
  }[algorithm.toLowerCase()];
  return name === undefined ? undefined : createHash(name).update(bytes).digest();
}

/** Reading a key costs more than a signature: one bundle asks for the same few keys again and again. */
const keys = new Map<string, KeyObject>();
const KEPT_KEYS = 64;

function keyOfSpki(spki: Uint8Array): KeyObject {
  const name = toBase64(spki);
  const known = keys.get(name);
  if (known) return known;
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (keys.size >= KEPT_KEYS) keys.clear();
  keys.set(name, key);
  return key;
}

const ED25519_SPKI = Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]);

export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    return verifySignature(null, message, keyOfSpki(Buffer.concat([ED25519_SPKI, publicKey])), signature);
  } catch {
    return false; // not a point of the curve
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
  const { buffer, engine } = inflateRawSync(bytes.subarray(start + header), {
    info: true,
    maxOutputLength: limit,
  }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  const trailer = start + header + engine.bytesWritten;
  if (trailer + 8 > bytes.length) throw new Error('gzip member is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset + trailer, 8);
  if (view.getUint32(0, true) !== crc32(buffer)) throw new Error('gzip CRC-32 does not match');
  if (view.getUint32(4, true) !== buffer.length % 2 ** 32) throw new Error('gzip length does not match');
  return { data: buffer, length: header + engine.bytesWritten + 8 };
}

function gzipHeaderLength(bytes: Uint8Array, start: number): number {
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

export function gunzip(bytes: Uint8Array, limit: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: limit });
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** zlib's own where Node has it (20.15 and newer), the table otherwise. */
export function crc32(bytes: Uint8Array): number {
  if (typeof nodeCrc32 === 'function') return nodeCrc32(bytes);
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Strict: re-encoding must give the same text. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Undefined when the bytes are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Raw deflate data that give exactly `size` bytes, and how many bytes they took; undefined when they do not. */
export function inflateExactly(bytes: Uint8Array, size: number): { data: Uint8Array; used: number } | undefined {
  try {
    const { buffer, engine } = inflateRawSync(bytes, {
      info: true,
      maxOutputLength: Math.max(size, 1),
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return buffer.length === size ? { data: buffer, used: engine.bytesWritten } : undefined;
  } catch {
    return undefined;
  }
}

/** Digest under a node name, for formats that name their algorithm by an object identifier. */
export function digestOf(algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512', bytes: Uint8Array): Uint8Array {
  return createHash(algorithm).update(bytes).digest();
}

/** Undefined where the platform has none (FIPS builds). */
export function platformRipemd160(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return createHash('ripemd160').update(bytes).digest();
  } catch {
    return undefined;
  }
}

export interface SignatureFacts {
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array;
  key: 'rsa' | 'ec';
  hash: 'sha256' | 'sha384' | 'sha512';
  /** PKCS#1 v1.5, or DER of an ECDSA signature. */
  signature: Uint8Array;
}

/** False also for a key of another kind or one that can not be read. */
export function verifyWithSpki(data: Uint8Array, { spki, key, hash, signature }: SignatureFacts): boolean {
  try {
    const publicKey = keyOfSpki(spki);
    return publicKey.asymmetricKeyType === key && verifySignature(hash, data, publicKey, signature);
  } catch {
    return false;
  }
}
