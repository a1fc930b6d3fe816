/**
 * The only place of `verify` that touches the platform, here Node. `platform-web.ts` has the same functions for browsers; the
 * build of the static page puts that one in its place, and a test holds the two against each other.
 */
import { type KeyObject, createHash, createPublicKey, hash as hashOnce, verify as verifySignature } from 'node:crypto';
import { type InflateRaw, crc32 as nodeCrc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { toBase64 } from './bytes.js';

export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'ripemd160';

/** Throws where the platform has no such algorithm (FIPS builds). */
export function digest(name: DigestName, ...parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return Buffer.from(hashOnce(name, parts[0]!, 'binary'), 'latin1');
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Of what comes in pieces. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  /** As it stands, to go on from twice. */
  copy(): Hasher;
}

export const startDigest = (name: DigestName): Hasher => createHash(name);

/**
 * Of one piece of bytes, written into `target` at `at`: for the 65 bytes of a tree's node, of which a proof hashes hundreds.
 * Handed over as a string of bytes, which costs a quarter of a hash object and leaves no garbage outside V8's heap.
 */
export function sha256Into(bytes: Uint8Array, target: Uint8Array, at: number): void {
  const text = hashOnce('sha256', bytes, 'binary');
  for (let n = 0; n < 32; n++) target[at + n] = text.charCodeAt(n);
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

/** False for anything that is no signature by that key; a key of 32 and a signature of 64 bytes. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    return verifySignature(null, message, keyOfSpki(Buffer.concat([ED25519_SPKI, publicKey])), signature);
  } catch {
    return false; // not a point of the curve
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

const PIECE = 1 << 16;
const SMALL_PIECE = 1 << 10;

/** One raw deflate stream at the start of the bytes, and how many bytes it took. Throws when it is cut, broken or gives more than `limit`. */
export function inflateRaw(bytes: Uint8Array, limit: number): { data: Uint8Array; used: number } {
  // In few pieces, as each costs a copy; but what is short must neither ask for nor hold on to a whole piece.
  const chunkSize = Math.min(Math.max(4 * bytes.length, SMALL_PIECE), PIECE);
  const options = { info: true, maxOutputLength: limit, chunkSize };
  const { buffer, engine } = inflateRawSync(bytes, options) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  return { data: buffer.length * 2 < chunkSize ? Uint8Array.from(buffer) : buffer, used: engine.bytesWritten };
}

/** Where raw DEFLATE data come from, piece by piece, and where what lies behind their end goes back to. */
export interface PieceSource {
  piece(most: number): Promise<Uint8Array | undefined>;
  giveBack(bytes: Uint8Array): void;
}

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

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** zlib's own where Node has it (20.15 and newer). */
export const nativeCrc32: ((bytes: Uint8Array, before?: number) => number) | undefined =
  typeof nodeCrc32 === 'function' ? nodeCrc32 : undefined;
