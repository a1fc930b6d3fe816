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
  return asText(mapped(text, foldTable(), false));
}

export interface FoldedUnits {
  units: Uint16Array;
  /** As in `Folded`. */
  pos: Uint32Array;
}

/** The first `most` units of what `fold` gives. */
export function foldUnits(text: string, most: number): FoldedUnits {
  return mapped(text, foldTable(), false, most);
}

/** What stands for a surrogate pair in folded text: 0 nothing, one unit, or `PAIR_STAYS` for both as they are. */
export function foldPair(high: number, low: number): number {
  const plain = plainOfPair(String.fromCharCode(high, low), 0, foldTable(), false);
  return plain.length === 2 ? PAIR_STAYS : plain.length === 1 ? plain.charCodeAt(0) : 0;
}

export const PAIR_STAYS = 0x1_0000;

/** The text of `fold` and of `skeleton` without the way back: for words, of which a catalogue has thousands. */
export const foldedWord = (text: string): string => wordThrough(text, foldTable(), false);
export const skeletonWord = (text: string): string => wordThrough(text, skeletonTable(), true);

function wordThrough(text: string, table: Uint16Array, keepPairs: boolean): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if ((unit & 0xfc00) === 0xd800 && at + 1 < text.length) out += plainOfPair(text, at++, table, keepPairs);
    else if (table[unit] !== 0) out += String.fromCharCode(table[unit]!);
  }
  return out;
}

/**
 * Unit by unit through a table in which 0 drops, until there are `most`. Of pairs that are no letter, `keepPairs` says whether
 * they stay.
 */
function mapped(text: string, table: Uint16Array, keepPairs: boolean, most = text.length): FoldedUnits {
  // No text grows: a pair becomes one unit, or stays two; the second of which may be one too many.
  const room = Math.min(text.length, most + 1);
  const units = new Uint16Array(room);
  const pos = new Uint32Array(room);
  let length = 0;
  for (let at = 0; at < text.length && length < most; at++) {
    const unit = text.charCodeAt(at);
    if ((unit & 0xfc00) === 0xd800 && at + 1 < text.length) {
      const plain = plainOfPair(text, at, table, keepPairs);
      for (let part = 0; part < plain.length; part++) {
        units[length] = plain.charCodeAt(part);
        pos[length++] = plain.length === 1 ? at : at + part;
      }
      at += 1;
      continue;
    }
    // A mark after its letter (decomposed й, é) was part of it; й itself folds to и.
    const folded = table[unit]!;
    if (folded === 0) continue;
    units[length] = folded;
    pos[length++] = at;
  }
  length = Math.min(length, most);
  return { units: units.subarray(0, length), pos: pos.subarray(0, length) };
}

function asText({ units, pos }: FoldedUnits): Folded {
  return { text: Buffer.from(units.buffer, 0, units.byteLength).toString('utf16le'), pos };
}

/** A pair is read as one: mathematical letters become letters, ideographs beyond the BMP stay, emoji go or stay as they are. */
function plainOfPair(text: string, at: number, table: Uint16Array, keep: boolean): string {
  const code = text.codePointAt(at)!;
  const plain = String.fromCodePoint(code).normalize('NFKC');
  const folded = plain.length === 1 ? table[plain.charCodeAt(0)]! : 0;
  if (folded !== 0) return String.fromCharCode(folded);
  return keep || (plain.length > 1 && code >= 0x20000 && code <= 0x3ffff) ? text.slice(at, at + 2) : '';
}

/** The span of the original behind folded units [from, to). */
export function originalSpan(
  text: string,
  { pos }: Pick<Folded, 'pos'>,
  from: number,
  to: number,
): { start: number; end: number } {
  const last = pos[to - 1]!;
  const unit = text.charCodeAt(last);
  return { start: pos[from]!, end: last + (unit >= 0xd800 && unit <= 0xdbff ? 2 : 1) };
}

let boneTable: Uint16Array | undefined;

/** As `foldTable`, but what is no letter stays, blanks as one kind of blank; marks on letters, zero-width characters and soft hyphens go. */
function skeletonTable(): Uint16Array {
  if (boneTable) return boneTable;
  const table = foldTable().slice();
  for (let unit = 0; unit < table.length; unit++) if (table[unit] === 0) table[unit] = unit;
  for (const character of BLANKS) table[character.charCodeAt(0)] = 0x20;
  // В’єтнам is written with any of them.
  for (const character of '‘’ʼ´`') table[character.charCodeAt(0)] = 0x27;
  for (const [from, to] of DROPPED) table.fill(0, from, to + 1);
  return (boneTable = table);
}

/** All of `\s` but the end of a line. */
const BLANKS =
  '\t\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';
/** Soft hyphen, zero-width characters, marks on letters. */
const DROPPED = [
  [0xad, 0xad],
  [0x200b, 0x200f],
  [0x2060, 0x2060],
  [0xfeff, 0xfeff],
  [0x300, 0x36f],
] as const;

/**
 * The same letters with the gaps between words kept as single blanks and punctuation as it is: what word patterns run on.
 * Zero-width characters and soft hyphens go, as in `fold`.
 */
export function skeleton(text: string): Folded {
  return asText(mapped(text, skeletonTable(), true));
}
