/** RFC 6962 / RFC 9162 trees over SHA-256 (facts/evidence §10). Hashes are 32 bytes; anything else is refused, never padded. */
import { equalBytes, sha256Bytes, sha256Into } from './hash.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export type Hash = Uint8Array;

/** 0x00, data: one buffer for all that fit, as hashing is synchronous. */
const single = new Uint8Array(1024);

export function leafHash(data: Uint8Array): Hash {
  if (data.length >= single.length) return sha256Bytes(LEAF, data);
  single.set(data, 1);
  return hashed(single.subarray(0, data.length + 1));
}

/** 0x01, left, right: one buffer for all, as hashing is synchronous. */
const pair = new Uint8Array(65);
pair[0] = 1;

export function nodeHash(left: Hash, right: Hash): Hash {
  if (left.length !== 32 || right.length !== 32) return sha256Bytes(NODE, left, right);
  pair.set(left, 1);
  pair.set(right, 33);
  return hashed(pair);
}

function hashed(bytes: Uint8Array): Hash {
  const hash = new Uint8Array(32);
  sha256Into(bytes, hash, 0);
  return hash;
}

/** Root over hashes that lie one behind the other, their number a power of two. */
export function foldPacked(bytes: Uint8Array): Hash {
  const level = Uint8Array.from(bytes);
  for (let length = level.length; length > 32; length /= 2) {
    for (let at = 0; at < length; at += 64) {
      for (let n = 0; n < 64; n++) pair[n + 1] = level[at + n]!;
      sha256Into(pair, level, at / 2);
    }
  }
  return level.slice(0, 32);
}

export const EMPTY_ROOT: Hash = sha256Bytes();

/** Root of the leaves `from`…`to` (exclusive), given their hashes. */
export function rootOf(leaves: readonly Hash[], from = 0, to = leaves.length): Hash {
  if (to - from === 0) return EMPTY_ROOT;
  if (to - from === 1) return leaves[from]!;
  const split = from + splitPoint(to - from);
  return nodeHash(rootOf(leaves, from, split), rootOf(leaves, split, to));
}

/** Largest power of two below n. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Hash of the subtree over leaves [from, to): how proofs are built over tiles without having all leaves at hand. */
export type SubtreeHash = (from: number, to: number) => Hash | Promise<Hash>;

/** Audit path of leaf `index` in a tree of `size`, sibling first. */
export async function inclusionProof(index: number, size: number, subtree: SubtreeHash): Promise<Hash[]> {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('no such leaf');
  const path = async (from: number, to: number): Promise<Hash[]> => {
    if (to - from === 1) return [];
    const split = from + splitPoint(to - from);
    return index < split
      ? [...(await path(from, split)), await subtree(split, to)]
      : [...(await path(split, to)), await subtree(from, split)];
  };
  return path(0, size);
}

/** RFC 9162 §2.1.4.1: that the tree of `newer` leaves continues the one of `older`. */
export async function consistencyProof(older: number, newer: number, subtree: SubtreeHash): Promise<Hash[]> {
  if (!isCount(older) || !isCount(newer) || older < 1 || older > newer) throw new RangeError('no such pair of trees');
  if (older === newer) return [];
  const path = async (m: number, from: number, to: number, whole: boolean): Promise<Hash[]> => {
    if (m === to) return whole ? [] : [await subtree(from, to)];
    const split = from + splitPoint(to - from);
    if (m <= split) return [...(await path(m, from, split, whole)), await subtree(split, to)];
    return [...(await path(m, split, to, false)), await subtree(from, split)];
  };
  return path(older, 0, newer, true);
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

export interface InclusionClaim {
  index: number;
  size: number;
  leaf: Hash;
  proof: readonly Hash[];
  root: Hash;
}

/** RFC 9162 §2.1.3.2. Every input may be an attacker's; the answer is yes or no, never an exception. */
export function verifyInclusion({ index, size, leaf, proof, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || ![leaf, root, ...proof].every(isHash)) return false;
  let fn = BigInt(index);
  let sn = BigInt(size - 1);
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else hash = nodeHash(hash, sibling);
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equalBytes(hash, root);
}

export interface ConsistencyClaim {
  older: number;
  newer: number;
  olderRoot: Hash;
  newerRoot: Hash;
  proof: readonly Hash[];
}

/** RFC 9162 §2.1.4.2. From an empty tree is undefined and refused (facts/evidence §10). */
export function verifyConsistency({ older, newer, olderRoot, newerRoot, proof }: ConsistencyClaim): boolean {
  if (!isCount(older) || !isCount(newer) || older < 1 || older > newer) return false;
  if (![olderRoot, newerRoot, ...proof].every(isHash)) return false;
  if (older === newer) return proof.length === 0 && equalBytes(olderRoot, newerRoot);
  const isPower = Number.isInteger(Math.log2(older));
  const path = isPower ? [olderRoot, ...proof] : [...proof];
  if (proof.length === 0) return false;
  let fn = BigInt(older - 1);
  let sn = BigInt(newer - 1);
  while (fn & 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let first = path[0]!;
  let second = path[0]!;
  for (const each of path.slice(1)) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      first = nodeHash(each, first);
      second = nodeHash(each, second);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else second = nodeHash(second, each);
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equalBytes(first, olderRoot) && equalBytes(second, newerRoot);
}

function isHash(hash: Hash): boolean {
  return hash instanceof Uint8Array && hash.length === 32;
}
