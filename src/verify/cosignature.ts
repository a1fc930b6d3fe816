/**
 * Cosignatures of witnesses over checkpoints (C2SP tlog-cosignature; facts/evidence §14). A witness says that it saw this
 * checkpoint at that time, and no other history of the log before it.
 */
import { concat, equalBytes, utf8, verifyEd25519, viewOf } from './hash.js';
import { type VerifierKey, formatKey, parseCheckpoint, parseTypedKey, splitNote } from './note.js';

export interface CosignerKey extends VerifierKey {
  /** 4: Ed25519 cosignature/v1 · 6: ML-DSA-44. */
  type: 4 | 6;
  /** The key was written with type 1, as some older policy files do, and was turned into type 4. */
  converted?: true;
}

export interface Cosignature {
  cosigner: CosignerKey;
  /** Seconds since 1970, the witness's clock. */
  time: number;
}

const PLAIN = 1;
const ED25519_COSIGNER = 4;
const MLDSA_COSIGNER = 6;
const MLDSA_KEY = 1312;
const MLDSA_SIGNATURE = 2420;
const TIMESTAMP = 8;

/** A witness's vkey. Undefined when it is none, its id does not fit, or its type is one we do not know. */
export function parseCosigner(text: string): CosignerKey | undefined {
  const key = parseTypedKey(text);
  if (!key) return undefined;
  const { type, publicKey, name } = key;
  if (type === MLDSA_COSIGNER && publicKey.length === MLDSA_KEY) return { ...key, type };
  if (publicKey.length !== 32) return undefined;
  if (type === ED25519_COSIGNER) return { ...key, type };
  if (type !== PLAIN) return undefined;
  const turned = parseTypedKey(formatKey(name, publicKey, ED25519_COSIGNER))!;
  return { ...turned, type: ED25519_COSIGNER, converted: true };
}

/**
 * The cosignatures of known witnesses under a checkpoint, in the order of the note. Undefined when the note is no
 * checkpoint, or when one by a known witness does not verify: then nothing under the note is believed. The log's own
 * signature is not looked at here. Repeats of one witness: the first counts.
 */
export async function openCosignatures(
  note: string,
  cosigners: readonly CosignerKey[],
): Promise<Cosignature[] | undefined> {
  const parts = splitNote(note);
  const checkpoint = parts && parseCheckpoint(parts.text);
  if (!checkpoint) return undefined;
  const found: Cosignature[] = [];
  for (const { name, id, signature } of parts.signatures) {
    const known = cosigners.filter((each) => each.name === name && equalBytes(each.id, id));
    if (known.length > 1) return undefined;
    const cosigner = known[0];
    if (!cosigner || found.some((each) => each.cosigner === cosigner)) continue;
    const time = timeOf(signature);
    if (time === undefined) return undefined;
    const raw = signature.subarray(TIMESTAMP);
    const verified =
      cosigner.type === ED25519_COSIGNER
        ? verifyEd25519(cosigner.publicKey, cosignedText(parts.text, time), raw)
        : await verifyMlDsa(cosigner.publicKey, cosignedSubtree(cosigner.name, checkpoint, time), raw);
    if (!verified) return undefined;
    found.push({ cosigner, time });
  }
  return found;
}

/** Big-endian seconds before the signature; undefined beyond what a date can hold. */
function timeOf(signature: Uint8Array): number | undefined {
  if (signature.length <= TIMESTAMP) return undefined;
  const seconds = new DataView(signature.buffer, signature.byteOffset, TIMESTAMP).getBigUint64(0);
  return seconds <= 8_640_000_000_000n ? Number(seconds) : undefined;
}

/** What an Ed25519 cosigner signs: the whole text of the note, extension lines too, without any signature line. */
export function cosignedText(text: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

interface Tree {
  origin: string;
  size: number;
  root: Uint8Array;
}

/** What an ML-DSA-44 cosigner signs for a checkpoint: the subtree from 0 to its size, with names and time. */
export function cosignedSubtree(cosigner: string, { origin, size, root }: Tree, time: number): Uint8Array {
  const names = [utf8(cosigner), utf8(origin)];
  if (names.some(({ length }) => length < 1 || length > 255)) return new Uint8Array(0); // cannot be signed, so never verifies
  const [name, log] = names as [Uint8Array, Uint8Array];
  const numbers = new Uint8Array(8);
  viewOf(numbers).setBigUint64(0, BigInt(time));
  const range = new Uint8Array(16);
  viewOf(range).setBigUint64(8, BigInt(size));
  const label = utf8('subtree/v1\n\0');
  return concat([label, Uint8Array.of(name.length), name, numbers, Uint8Array.of(log.length), log, range, root]);
}

async function verifyMlDsa(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== MLDSA_SIGNATURE || message.length === 0) return false;
  const { ml_dsa44 } = await import('@noble/post-quantum/ml-dsa.js');
  return ml_dsa44.verify(signature, message, publicKey);
}
