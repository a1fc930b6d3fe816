/**
 * Strict DER (X.690 §8, §10, §11): one way to write every value, so that a changed byte can not hide behind another spelling.
 * Throws BAD_INPUT for anything else; the callers turn that into a verdict.
 */
import { AsPostedError } from '../model/index.js';
import { equalBytes, fromUtf8, toHex } from './hash.js';

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

export interface Der {
  tag: number;
  /** Tag and length included. */
  bytes: Uint8Array;
  content: Uint8Array;
}

export function bad(message: string): AsPostedError {
  return new AsPostedError({ code: 'BAD_INPUT', message });
}

/** The value that starts at `at`: definite, shortest length; tag numbers below 31 (no format we read has others). */
function valueAt(bytes: Uint8Array, at: number): Der {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw bad('DER value is cut off');
  if ((tag & 0x1f) === 0x1f) throw bad('DER tag number is too large');
  let length = first;
  let header = 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw bad('DER length is indefinite or too large');
    header += count;
    if (at + header > bytes.length) throw bad('DER length is cut off');
    length = 0;
    for (const byte of bytes.subarray(at + 2, at + header)) length = length * 256 + byte;
    if (length < 0x80 || length < 256 ** (count - 1)) throw bad('DER length is not the shortest');
  }
  const end = at + header + length;
  if (end > bytes.length) throw bad('DER value is cut off');
  return { tag, bytes: bytes.subarray(at, end), content: bytes.subarray(at + header, end) };
}

/** Exactly one value, nothing after it. */
export function readDer(bytes: Uint8Array, tag: number): Der {
  const value = valueAt(bytes, 0);
  if (value.bytes.length !== bytes.length) throw bad(`${bytes.length - value.bytes.length} bytes follow the DER value`);
  return expectTag(value, tag);
}

export function expectTag(value: Der | undefined, tag: number): Der {
  if (value?.tag !== tag) throw bad(`DER tag ${value ? hexTag(value.tag) : 'nothing'} where ${hexTag(tag)} belongs`);
  return value;
}

const hexTag = (tag: number): string => `0x${tag.toString(16).padStart(2, '0')}`;

/** The values inside a constructed one, in order. */
export function children(value: Der): Der[] {
  if (!(value.tag & 0x20)) throw bad('DER value is not constructed');
  const found: Der[] = [];
  for (let at = 0; at < value.content.length;) {
    const child = valueAt(value.content, at);
    found.push(child);
    at += child.bytes.length;
  }
  return found;
}

/** The one value inside an explicit tag. */
export function only(value: Der, tag: number): Der {
  const [child, ...rest] = children(value);
  if (rest.length > 0) throw bad('more than one DER value inside an explicit tag');
  return expectTag(child, tag);
}

/** Walks the fields of a SEQUENCE or SET: wanted in order, optional ones by tag, none left over at `end`. */
export class Fields {
  private at = 0;
  private readonly values: readonly Der[];

  constructor(value: Der) {
    this.values = children(value);
  }

  next(tag?: number): Der {
    const value = this.values[this.at++];
    if (!value) throw bad('a DER field is missing');
    return tag === undefined ? value : expectTag(value, tag);
  }

  optional(tag: number): Der | undefined {
    return this.values[this.at]?.tag === tag ? this.values[this.at++] : undefined;
  }

  end(): void {
    if (this.at < this.values.length) throw bad('an unknown DER field follows');
  }
}

/** Content octets of an INTEGER, shortest form. */
export function integerBytes(value: Der): Uint8Array {
  const [first, second] = expectTag(value, TAG.integer).content;
  if (first === undefined) throw bad('DER integer is empty');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw bad('DER integer is not the shortest');
  return value.content;
}

/** A small INTEGER that can not be negative. */
export function smallInteger(value: Der, content = integerBytes(value)): number {
  if (content.length > 6 || content[0]! >= 0x80) throw bad('DER integer is negative or too large');
  return content.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function boolean(value: Der): boolean {
  const { content } = expectTag(value, TAG.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw bad('DER boolean is neither 00 nor ff');
  return content[0] === 0xff;
}

/** Dotted form. Arcs above 2^53 do not occur in what we know; they are read as big integers all the same. */
export function oid(value: Der, { content } = expectTag(value, TAG.oid)): string {
  if (content.length === 0 || content.length > 64 || content.at(-1)! >= 0x80)
    throw bad('DER object identifier is cut off');
  const arcs: bigint[] = [];
  let arc = 0n;
  let fresh = true;
  for (const byte of content) {
    if (fresh && byte === 0x80) throw bad('DER object identifier is not the shortest');
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    fresh = byte < 0x80;
    if (!fresh) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const head = arcs[0]!;
  const top = head < 40n ? 0n : head < 80n ? 1n : 2n;
  return [top, head - top * 40n, ...arcs.slice(1)].join('.');
}

/** A BIT STRING of whole bytes: keys and signatures. */
export function wholeBits(value: Der): Uint8Array {
  const { content } = expectTag(value, TAG.bitString);
  if (content[0] !== 0) throw bad('DER bit string is not of whole bytes');
  return content.subarray(1);
}

/** Numbers of the bits set in a named BIT STRING (key usage, failInfo). */
export function namedBits(value: Der): number[] {
  const { content } = expectTag(value, TAG.bitString);
  const unused = content[0];
  if (unused === undefined || unused > 7 || content.length > 9) throw bad('DER bit string is malformed');
  const last = content.length > 1 ? content.at(-1)! : 0;
  if (content.length === 1 ? unused !== 0 : !((last >> unused) & 1) || (last & ((1 << unused) - 1)) !== 0)
    throw bad('DER bit string is not the shortest');
  const bits: number[] = [];
  content.subarray(1).forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) bits.push(at * 8 + bit);
  });
  return bits;
}

/** RFC 3339 in UTC, fractions of a second as they stand. UTCTime per RFC 5280 §4.1.2.5.1: 50–99 is 19xx. */
export function time(value: Der): string {
  const text = fromUtf8(value.content) ?? '';
  const match =
    value.tag === TAG.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z$/.exec(
          expectTag(value, TAG.generalizedTime) && text,
        );
  if (!match) throw bad('DER time is malformed');
  const [, y, month, day, hour, minute, second, fraction] = match;
  const year = y!.length === 4 ? y! : `${Number(y) < 50 ? '20' : '19'}${y!}`;
  const whole = `${year}-${month!}-${day!}T${hour!}:${minute!}:${second!}`;
  const date = new Date(`${whole}Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== whole) throw bad('DER time is no date');
  return `${whole}${fraction === undefined ? '' : `.${fraction}`}Z`;
}

export interface Algorithm {
  oid: string;
  /** Undefined when absent. */
  parameters: Der | undefined;
  bytes: Uint8Array;
}

export function algorithm(value: Der): Algorithm {
  const [name, parameters, ...rest] = children(expectTag(value, TAG.sequence));
  if (!name || rest.length > 0) throw bad('algorithm identifier is malformed');
  return { oid: oid(name), parameters, bytes: value.bytes };
}

const NULL = Uint8Array.of(TAG.null, 0);

export const isNull = (value: Der): boolean => equalBytes(value.bytes, NULL);

export const hexOf = (value: Der): string => toHex(integerBytes(value));
