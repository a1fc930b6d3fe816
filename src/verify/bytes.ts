/** Bytes and texts, with nothing but what every platform has: Node, browsers, workers. */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte]!;
  return text;
}

/** By code unit; upper case as well. */
const DIGITS: Readonly<Record<number, number>> = Object.fromEntries(
  Array.from('0123456789abcdefABCDEF', (digit) => [digit.charCodeAt(0), parseInt(digit, 16)]),
);

/** Of an even number of hex digits; throws a RangeError for anything else, as only constants are given. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  for (let at = 0; at < text.length; at += 2) {
    const pair = (DIGITS[text.charCodeAt(at)] ?? NaN) * 16 + (DIGITS[text.charCodeAt(at + 1)] ?? NaN);
    if (Number.isNaN(pair)) throw new RangeError('not hexadecimal');
    bytes[at >> 1] = pair;
  }
  return bytes;
}

/** One character a byte. Not the decoder named `latin1`, which is windows-1252. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  // Spreading would go through the iterator, which costs several times as much.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192) as unknown as number[]);
  return text;
}

export const toBase64 = (bytes: Uint8Array): string => btoa(latin1(bytes));

/** The last four letters: the bits the last one has too many are zero, so that only one text stands for these bytes (RFC 4648 §3.5). */
const LAST = /^(?:[^=]{4}|[^=]{3}=|[^=]{2}==)$/;
const UNUSED_ZERO = /(?:[^=]|[AEIMQUYcgkosw048]=|[AQgw]==)$/;

/** Strict: undefined for any text but the one `toBase64` gives. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const last = text.slice(-4);
  if (last !== '' && !(LAST.test(last) && UNUSED_ZERO.test(last))) return undefined;
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Order by bytes, as `memcmp`, the shorter one first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && compareBytes(a, b) === 0;

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Undefined when the bytes are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What is not UTF-8 becomes U+FFFD: for showing and for comparing with ASCII, never for hashing. */
export const lossyUtf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
