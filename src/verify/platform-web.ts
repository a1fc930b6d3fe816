/** The functions of `platform.ts` for browsers, which have no synchronous cryptography of their own. Bundled into the static page. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { Z_BUF_ERROR, Z_NO_FLUSH, Z_OK, Z_STREAM_END, ZStream, zlibInflate, zlibInflateInit2 } from 'pako';
import { concat, equalBytes, fromHex, toHex } from './bytes.js';
import { Fields, TAG, algorithm, oid, readDer, wholeBits } from './der.js';
import type { DigestName, Hasher, PieceSource, SignatureFacts } from './platform.js';

export type { DigestName, Hasher, PieceSource, SignatureFacts } from './platform.js';

const HASHES = { md5, ripemd160, sha1, sha256, sha384, sha512 };

export function digest(name: DigestName, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = HASHES[name].create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The part of a hash of `@noble/hashes` that is used here. */
interface NobleHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): NobleHash;
}

const wrapped = (hash: NobleHash): Hasher => ({
  update: (bytes) => hash.update(bytes),
  digest: () => hash.digest(),
  copy: () => wrapped(hash.clone()),
});

export const startDigest = (name: DigestName): Hasher => wrapped(HASHES[name].create());

export const sha256Into = (bytes: Uint8Array, target: Uint8Array, at: number): void => {
  target.set(sha256(bytes), at);
};

export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

const CURVES: Readonly<Record<string, typeof p256>> = {
  '1.2.840.10045.3.1.7': p256,
  '1.3.132.0.34': p384,
  '1.3.132.0.35': p521,
};
const RSA = '1.2.840.113549.1.1.1';
const EC = '1.2.840.10045.2.1';

export function verifyWithSpki(data: Uint8Array, { spki, key, hash, signature }: SignatureFacts): boolean {
  try {
    const fields = new Fields(readDer(spki, TAG.sequence));
    const kind = algorithm(fields.next());
    const bits = wholeBits(fields.next());
    fields.end();
    const prehashed = HASHES[hash](data);
    if (kind.oid === EC && key === 'ec' && kind.parameters) {
      const curve = CURVES[oid(kind.parameters)];
      return curve?.verify(signature, prehashed, bits, { prehash: false, lowS: false, format: 'der' }) ?? false;
    }
    return kind.oid === RSA && key === 'rsa' && verifyRsa(bits, { hash, digest: prehashed, signature });
  } catch {
    return false;
  }
}

/** DigestInfo before the digest (RFC 8017 §9.2, note 1). */
const DIGEST_INFO = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
} as const;

/** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2): the whole encoded message is built and compared, nothing in it is parsed. */
function verifyRsa(
  publicKey: Uint8Array,
  { hash, digest: value, signature }: { hash: keyof typeof DIGEST_INFO; digest: Uint8Array; signature: Uint8Array },
): boolean {
  const fields = new Fields(readDer(publicKey, TAG.sequence));
  const [n, e] = [fields.next(TAG.integer).content, fields.next(TAG.integer).content].map(numberOf);
  fields.end();
  const length = Math.ceil(n!.toString(2).length / 8);
  // Node refuses what is this short or long as well; larger exponents would let a key cost hours.
  if (length < 128 || length > 1024 || e! < 3n || e! > 2n ** 33n || signature.length !== length) return false;
  const given = numberOf(signature);
  if (given >= n!) return false;
  const info = concat([fromHex(DIGEST_INFO[hash]), value]);
  const padding = new Uint8Array(length - info.length - 3).fill(0xff);
  const wanted = concat([Uint8Array.of(0, 1), padding, Uint8Array.of(0), info]);
  return equalBytes(
    fromHex(
      power(given, e!, n!)
        .toString(16)
        .padStart(2 * length, '0'),
    ),
    wanted,
  );
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes) || '0'}`);

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

const CHUNK = 65_536;

function startInflate(): ZStream {
  const stream = new ZStream();
  if (zlibInflateInit2(stream, -15) !== Z_OK) throw new Error('inflate cannot be started');
  return stream;
}

/** One buffer of output; `end` when the data end within the input. */
function inflateSome(stream: ZStream): { data: Uint8Array; end: boolean } {
  const output = new Uint8Array(CHUNK);
  stream.output = output;
  stream.next_out = 0;
  stream.avail_out = CHUNK;
  const status = zlibInflate(stream, Z_NO_FLUSH);
  if (status !== Z_STREAM_END && status !== Z_OK && status !== Z_BUF_ERROR)
    throw new Error('the packed data are broken');
  return { data: output.subarray(0, stream.next_out), end: status === Z_STREAM_END };
}

function feed(stream: ZStream, bytes: Uint8Array): void {
  stream.input = bytes;
  stream.next_in = 0;
  stream.avail_in = bytes.length;
}

export function inflateRaw(bytes: Uint8Array, limit: number): { data: Uint8Array; used: number } {
  const stream = startInflate();
  feed(stream, bytes);
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { data, end } = inflateSome(stream);
    parts.push(data);
    total += data.length;
    if (total > limit) throw new Error('the data are larger than allowed');
    if (end) return { data: concat(parts), used: stream.next_in };
    if (stream.avail_out > 0) throw new Error('the packed data are cut off');
  }
}

export async function* inflatePieces(source: PieceSource): AsyncGenerator<Uint8Array> {
  const stream = startInflate();
  for (;;) {
    const piece = await source.piece(CHUNK);
    if (!piece) throw new Error('the packed data are cut off');
    feed(stream, piece);
    do {
      const { data, end } = inflateSome(stream);
      if (end) source.giveBack(piece.subarray(stream.next_in));
      if (data.length > 0) yield data;
      if (end) return;
    } while (stream.avail_out === 0);
  }
}

export const sameBytes = equalBytes;

export const nativeCrc32: ((bytes: Uint8Array, before?: number) => number) | undefined = undefined;
