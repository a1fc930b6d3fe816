/** The scan in plain JavaScript: filter, then trie (facts/copies §21). The WebAssembly in wasm/ finds the same. */
import { IN_WORD, Part, type Tables, hashOfFour, hashOfSix, hashOfThree, hashOfTwo, unitsOf } from './tables.js';

/** Called with the place of an occurrence, in UTF-16 units, and the index of its term in the list compiled. */
export type Found = (start: number, term: number) => void;

export type Scan = (text: string | Uint16Array, found: Found) => void;

/** So many places are sifted before any is looked at again: the list of candidates stays in the cache. */
const BLOCK = 8_192;

export function makeScan(tables: Tables): Scan {
  const candidates = new Int32Array(BLOCK + 1);
  return (given, found) => {
    const text = typeof given === 'string' ? unitsOf(given) : given;
    // The filter reads six units; the last places go to the trie without it.
    const filtered = Math.max(0, text.length - 5);
    for (let from = 0; from < filtered; from += BLOCK) {
      const to = Math.min(from + BLOCK, filtered);
      const sifted = sift(tables, text, from, to, candidates);
      const left = siftAgain(tables, text, candidates, sifted);
      for (let at = 0; at < left; at++) walk(tables, text, candidates[at]!, found);
    }
    for (let start = filtered; start < text.length; start++) walk(tables, text, start, found);
  };
}

/** Writes every place and moves on only past those that pass: no branch for the processor to guess wrong. */
function sift(tables: Tables, text: Uint16Array, from: number, to: number, candidates: Int32Array): number {
  const { filter, indexBits, classes } = tables;
  const shift = 32 - indexBits;
  const firstThree = Part.firstThree << (indexBits - 5);
  let count = 0;
  let first = text[from]!;
  let second = text[from + 1]!;
  for (let start = from; start < to; start++) {
    const third = text[start + 2]!;
    const three = hashOfThree((first << 16) | second, third) >>> shift;
    candidates[count] = start;
    count += ((filter[firstThree + (three >>> 5)]! >>> three) | (classes[first]! >>> 2)) & 1;
    first = second;
    second = third;
  }
  return count;
}

/** Keeps of `candidates` what the longer prefixes and the starts of words leave. */
function siftAgain(
  { filter, indexBits, classes }: Tables,
  text: Uint16Array,
  candidates: Int32Array,
  sifted: number,
): number {
  const shift = 32 - indexBits;
  const part = indexBits - 5;
  let count = 0;
  for (let at = 0; at < sifted; at++) {
    const start = candidates[at]!;
    const third = text[start + 2]!;
    const pair = (text[start]! << 16) | text[start + 1]!;
    const two = hashOfTwo(pair) >>> shift;
    const three = hashOfThree(pair, third) >>> shift;
    const hashed = hashOfFour(pair, third, text[start + 3]!);
    const four = hashed >>> shift;
    const six = hashOfSix(hashed, (text[start + 4]! << 16) | text[start + 5]!) >>> shift;
    const own = classes[text[start]!]!;
    const before = start === 0 ? 0 : classes[text[start - 1]!]!;
    const bits =
      (filter[two >>> 5]! >>> two) |
      (filter[(Part.three << part) + (three >>> 5)]! >>> three) |
      (filter[(Part.firstFour << part) + (four >>> 5)]! >>> four) |
      (filter[(Part.firstSix << part) + (six >>> 5)]! >>> six) |
      (own >>> 3);
    candidates[count] = start;
    count += bits & ~((own >>> 1) & before) & 1;
  }
  return count;
}

/** Reports every term that begins at `start`, the shortest first. */
function walk(tables: Tables, text: Uint16Array, start: number, found: Found): void {
  const { codes, cells, ends, units, offsets, classes, wordStarts } = tables;
  const inWord = start > 0 && (classes[text[start - 1]!]! & IN_WORD) !== 0;
  let state = 0;
  let base = cells[0]! >> 1;
  for (let at = start; at < text.length;) {
    const next = base + codes[text[at]!]!;
    if (cells[2 * next + 1] !== state) return;
    at += 1;
    const cell = cells[2 * next]!;
    if (cell < 0) {
      const term = ~cell;
      let rest = offsets[term]! + at - start;
      const end = offsets[term + 1]!;
      if (end - rest > text.length - at || (inWord && wordStarts[term] === 1)) return;
      while (rest < end && units[rest] === text[at]) {
        rest += 1;
        at += 1;
      }
      if (rest === end) found(start, term);
      return;
    }
    if ((cell & 1) === 1 && !(inWord && wordStarts[ends[next]!] === 1)) found(start, ends[next]!);
    state = next;
    base = cell >> 1;
  }
}
