/** A Bitcoin block header of 80 bytes, checked for what it shows by itself (facts/evidence §19.2). */
import { equalBytes, sha256Bytes, toHex } from './hash.js';

export type HeaderVerdict =
  /** `time` as RFC 3339: about, ± 2 h. `hash` as explorers show it. */
  | { verdict: 'ok'; hash: string; time: string; detail: string }
  | { verdict: 'failed'; code: 'form' | 'root' | 'work'; detail: string };

const failed = (code: 'form' | 'root' | 'work', detail: string): HeaderVerdict => ({ verdict: 'failed', code, detail });

/** The easiest target the main chain ever had (bits 1d00ffff). */
export const EASIEST_TARGET = 0xffffn << 208n;

/** The target a header claims; undefined for an encoding that is negative, zero or easier than the chain allows. */
function targetOf(bits: number, easiest: bigint): bigint | undefined {
  const exponent = bits >>> 24;
  const mantissa = BigInt(bits & 0x7fffff);
  const target = exponent >= 3 ? mantissa << BigInt(8 * (exponent - 3)) : mantissa >> BigInt(8 * (3 - exponent));
  return bits & 0x800000 || target === 0n || target > easiest ? undefined : target;
}

/**
 * Whether the header holds `message` as its Merkle root and carries the work it claims. It does not show that the block is on
 * the chain, nor at which height: compare its hash with a node or an explorer you trust. `easiest` is for test networks only.
 */
export function checkBitcoinHeader(header: Uint8Array, message: Uint8Array, easiest = EASIEST_TARGET): HeaderVerdict {
  if (header.length !== 80) return failed('form', 'a block header has 80 bytes');
  if (!equalBytes(header.subarray(36, 68), message))
    return failed('root', 'the block has another Merkle root than the proof leads to');
  const view = new DataView(header.buffer, header.byteOffset, 80);
  const hash = toHex(sha256Bytes(sha256Bytes(header)).reverse());
  const target = targetOf(view.getUint32(72, true), easiest);
  if (target === undefined || BigInt(`0x${hash}`) > target)
    return failed('work', 'the header does not carry the work a block of the main chain has');
  const time = new Date(view.getUint32(68, true) * 1000).toISOString().replace('.000Z', 'Z');
  const detail = `block ${hash}, about ${time} (± 2 h); that it is on the chain is for you to compare`;
  return { verdict: 'ok', hash, time, detail };
}
