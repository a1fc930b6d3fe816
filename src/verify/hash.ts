/** The only place of `verify` that touches the platform: another one (Web Crypto) can stand here for a page in a browser. */
import { createHash, createPublicKey, hash as hashOnce, verify as verifySignature } from 'node:crypto';
import { type InflateRaw, crc32 as nodeCrc32, createInflateRaw, gunzipSync, inflateRawSync } from 'node:zlib';
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

/** Of what comes in pieces. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  /** As it stands, to go on from twice. */
  copy(): Hasher;
}

const WARC_ALGORITHMS: Readonly<Record<string, string>> = {
  sha1: 'sha1',
  'sha-1': 'sha1',
  sha256: 'sha256',
  'sha-256': 'sha256',
  sha512: 'sha512',
  'sha-512': 'sha512',
  md5: 'md5',
};

/** Under a WARC label; undefined for an algorithm we do not check. */
export function hasher(algorithm: string): Hasher | undefined {
  const label = algorithm.toLowerCase();
  return Object.hasOwn(WARC_ALGORITHMS, label) ? createHash(WARC_ALGORITHMS[label]!) : undefined;
}

const ED25519_SPKI = Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]);

export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, publicKey]), format: 'der', type: 'spki' });
    return verifySignature(null, message, key, signature);
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

/** Where raw DEFLATE data come from, piece by piece, and where what lies behind their end goes back to. */
export interface PieceSource {
  piece(most: number): Promise<Uint8Array | undefined>;
  giveBack(bytes: Uint8Array): void;
}

const PIECE = 1 << 16;

/** Raw DEFLATE of any length in bounded memory. Throws for damaged or cut data. */
export async function* inflatePieces(source: PieceSource): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw();
  const state = { fed: 0, last: Buffer.alloc(0) as Uint8Array };
  const feeding = feed(inflater, source, state).catch((error: unknown) => inflater.destroy(error as Error));
  try {
    for await (const piece of inflater as AsyncIterable<Buffer>) yield piece;
    const unused = state.fed - inflater.bytesWritten;
    source.giveBack(state.last.subarray(state.last.length - unused));
  } finally {
    inflater.destroy();
    await feeding;
  }
}

/** One piece at a time, each taken whole unless the data end within it, so that at most one has to be given back. */
async function feed(
  inflater: InflateRaw,
  source: PieceSource,
  state: { fed: number; last: Uint8Array },
): Promise<void> {
  while (inflater.bytesWritten === state.fed) {
    const piece = await source.piece(PIECE);
    if (inflater.destroyed) return;
    if (!piece) {
      inflater.end();
      return;
    }
    state.last = piece;
    state.fed += piece.length;
    await new Promise<void>((resolve) => {
      inflater.once('close', resolve);
      inflater.write(piece, () => {
        inflater.off('close', resolve);
        resolve();
      });
    });
  }
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

export function gunzip(bytes: Uint8Array, limit: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: limit });
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** zlib's own where Node has it (20.15 and newer), the table otherwise; `before`: of the pieces before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  if (typeof nodeCrc32 === 'function') return nodeCrc32(bytes, before);
  let c = before ^ 0xffffffff;
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
    const publicKey = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return publicKey.asymmetricKeyType === key && verifySignature(hash, data, publicKey, signature);
  } catch {
    return false;
  }
}
