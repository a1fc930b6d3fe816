/** Digests as WARC files state them, checked while the bytes go by (facts/evidence §4.2). */
import { type Hasher, equalBytes, fromBase64, fromHex, hasher, toHex } from './hash.js';

/** `absent`: none was written · `unchecked`: an algorithm we do not know · `before-dechunking`: right over the body as it lies, which is not the payload. */
export type DigestVerdict = 'ok' | 'wrong' | 'absent' | 'unchecked' | 'before-dechunking';

export class StatedDigest {
  private readonly value: string;
  private readonly hash: Hasher | undefined;
  private readonly absent: boolean;
  private digest: Uint8Array | undefined;
  readonly isSha256: boolean;

  constructor(stated: string | undefined) {
    const match = /^([A-Za-z0-9-]+):(.+)$/.exec(stated ?? '');
    this.absent = stated === undefined;
    this.value = match?.[2] ?? '';
    this.hash = match ? hasher(match[1]!) : undefined;
    this.isSha256 = this.hash !== undefined && /^sha-?256$/i.test(match![1]!);
  }

  update(bytes: Uint8Array): void {
    this.hash?.update(bytes);
  }

  /** As it stands, to go on from twice. */
  copy(): StatedDigest {
    const copy = new StatedDigest(undefined);
    return Object.assign(copy, { value: this.value, hash: this.hash?.copy(), absent: this.absent });
  }

  /** Of what went by; undefined for an algorithm we do not know. Nothing may follow. */
  actual(): Uint8Array | undefined {
    return (this.digest ??= this.hash?.digest());
  }

  verdict(): DigestVerdict {
    if (this.absent) return 'absent';
    const actual = this.actual();
    if (!actual) return 'unchecked';
    const wanted = decodeDigest(this.value, actual.length);
    return wanted && equalBytes(wanted, actual) ? 'ok' : 'wrong';
  }
}

/** Whether a stated digest is the SHA-256 given; undefined when it is of another algorithm. */
export function statesSha256(stated: string, hex: string): boolean | undefined {
  const match = /^sha-?256:(.+)$/i.exec(stated);
  const value = match && decodeDigest(match[1]!, 32);
  return match ? value !== null && value !== undefined && toHex(value) === hex : undefined;
}

/** Hex, base32 (upper case, no padding) or base64: told by length and alphabet (facts/evidence §4.2). */
export function decodeDigest(text: string, length: number): Uint8Array | undefined {
  if (text.length === length * 2 && /^[0-9a-fA-F]+$/.test(text)) return fromHex(text);
  const bare = text.replace(/=+$/, '');
  if (bare.length === Math.ceil((length * 8) / 5) && /^[A-Za-z2-7]+$/.test(bare))
    return base32(bare.toUpperCase(), length);
  const standard = bare.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = fromBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='));
  return bytes?.length === length ? bytes : undefined;
}

function base32(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let bits = 0;
  let value = 0;
  let at = 0;
  for (const letter of text) {
    value = ((value << 5) | 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)) & 0xffff;
    bits += 5;
    if (bits >= 8 && at < length) {
      bits -= 8;
      bytes[at++] = (value >> bits) & 0xff;
    }
  }
  return bytes;
}
