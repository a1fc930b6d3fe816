/**
 * Folding: one table that makes the same text out of what only looks different: width, case, accents, traditional and
 * simplified characters, Cyrillic and Latin look-alikes, spaces and marks pushed into words (facts/copies §4). Shared by
 * recognition, screening and copies, with a map back to the original, because evidence is shown in the original.
 */
import { inflateRawSync } from 'node:zlib';
import { FOLD_DATA, FOLD_VERSION } from './fold-data.js';

export { FOLD_VERSION };

let loaded: Uint16Array | undefined;

/** Folded unit for each UTF-16 unit; 0 = dropped. */
export function foldTable(): Uint16Array {
  if (!loaded) {
    const bytes = inflateRawSync(Buffer.from(FOLD_DATA, 'base64'));
    loaded = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  }
  return loaded;
}

export interface Folded {
  text: string;
  /** `pos[j]`: index of the original unit that gave folded unit j. */
  pos: Uint32Array;
}

/** Letters and digits only. Spans [a, b) of it are `original(folded, a, b)` of the original. */
export function fold(text: string): Folded {
  const table = foldTable();
  const units = new Uint16Array(text.length * 2);
  const pos = new Uint32Array(text.length * 2);
  let length = 0;
  const put = (unit: number, at: number): void => {
    units[length] = unit;
    pos[length++] = at;
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length) {
      foldPair(text, at, table, put);
      at += 1;
      continue;
    }
    // A mark after its letter (decomposed й, é) was part of it; й itself folds to и.
    const folded = table[unit]!;
    if (folded !== 0) put(folded, at);
  }
  return { text: unitsToString(units, length), pos: pos.slice(0, length) };
}

/** A pair is read as one: mathematical letters become letters, ideographs beyond the BMP stay, emoji go. */
function foldPair(text: string, at: number, table: Uint16Array, put: (unit: number, at: number) => void): void {
  const code = text.codePointAt(at)!;
  const plain = String.fromCodePoint(code).normalize('NFKC');
  if (plain.length === 1) {
    const folded = table[plain.charCodeAt(0)]!;
    if (folded !== 0) put(folded, at);
  } else if (code >= 0x20000 && code <= 0x3ffff) {
    put(text.charCodeAt(at), at);
    put(text.charCodeAt(at + 1), at + 1);
  }
}

function unitsToString(units: Uint16Array, length: number): string {
  let text = '';
  for (let at = 0; at < length; at += 8_192)
    text += String.fromCharCode(...units.subarray(at, Math.min(length, at + 8_192)));
  return text;
}

/** The span of the original behind folded units [from, to). */
export function originalSpan(text: string, { pos }: Folded, from: number, to: number): { start: number; end: number } {
  const last = pos[to - 1]!;
  const unit = text.charCodeAt(last);
  return { start: pos[from]!, end: last + (unit >= 0xd800 && unit <= 0xdbff ? 2 : 1) };
}

/**
 * The same letters with the gaps between words kept as single blanks and punctuation as it is: what word patterns run on.
 * Zero-width characters and soft hyphens go, as in `fold`.
 */
export function skeleton(text: string): Folded {
  const table = foldTable();
  let out = '';
  const pos: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const letter = text[at]!;
    if (/[\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f]/.test(letter)) continue;
    const folded = table[unit]!;
    out += folded !== 0 ? String.fromCharCode(folded) : /[^\S\n]/.test(letter) ? ' ' : letter;
    pos.push(at);
  }
  return { text: out, pos: Uint32Array.from(pos) };
}
