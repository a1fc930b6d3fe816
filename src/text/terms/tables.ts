/** What a scan reads, made once of the terms: the filter's bit tables, the trie behind them, and classes of units (facts/copies §21). */
import { type DoubleArray, type Spelled, buildTrie } from './trie.js';

/** A term that counts only at the start of a word, or anywhere. */
export interface SoughtTerm {
  text: string;
  /** Only where no letter or digit below U+2E80 stands before it: in "overdrone" there is no "drone". */
  wordStart: boolean;
}

export interface Tables extends Spelled, DoubleArray {
  /** Bits of the index into each bit table. */
  indexBits: number;
  /** Bit tables of `2 ** indexBits` bits, one behind the other, in the order of `Part`. */
  filter: Uint32Array;
  /**
   * The first six units of terms, by hash: two numbers for each, `hashOfSix` and what they lead to, the term where it is
   * the only one, else `~state`, and `ends` of that state is one of the terms below. Looked up from the slot at the top
   * `32 - sixShift` bits on, up to one whose hash is 0; what hashes to 0 is not in here. Read by the WebAssembly only.
   */
  sixes: Int32Array;
  sixShift: number;
  /** Class of each unit: `IN_WORD`, `STARTS_WORD`, `STARTS_SHORT` and `IS_TERM`, added up. */
  classes: Uint8Array;
  /** 1 for each term that counts only at the start of a word. */
  wordStarts: Uint8Array;
}

/**
 * Place of a bit table in `filter`: all of terms of two units; the first three of longer ones; all of those of three; the
 * first four of those of four or five; the first six of longer ones.
 */
export const Part = { two: 0, firstThree: 1, three: 2, firstFour: 3, firstSix: 4 } as const;

/** Bit 0 of a class: a letter or digit below U+2E80; what comes behind it does not begin a word. */
export const IN_WORD = 1;
/** Bit 1: all terms that begin with this unit count only at the start of a word. */
export const STARTS_WORD = 2;
/** Bit 2: a term of one or two units begins with this unit. */
export const STARTS_SHORT = 4;
/** Bit 3: the unit is a term. */
export const IS_TERM = 8;

/** Multipliers of the hashes, as signed 32-bit numbers: larger ones would be floating point in the innermost loop. */
const TWO = 0x85ebca6b | 0;
const PAIR = 0x9e3779b1 | 0;
const THREE = 0xc2b2ae35 | 0;

/** Hashes of facts/copies §21; `pair` is the first unit times 2^16 plus the second. */
export function hashOfTwo(pair: number): number {
  return Math.imul(pair, TWO);
}
export function hashOfThree(pair: number, third: number): number {
  return Math.imul(Math.imul(pair, PAIR) ^ third, THREE);
}
export function hashOfFour(pair: number, third: number, fourth: number): number {
  return Math.imul(Math.imul(pair, PAIR) ^ ((third << 16) | fourth), TWO);
}

/** `four` is the hash of the four units before, `rest` the fifth times 2^16 plus the sixth. */
export function hashOfSix(four: number, rest: number): number {
  return Math.imul(four ^ rest, PAIR);
}

/** Throws a RangeError where a term is empty or stands there twice. */
export function buildTables(terms: readonly (string | SoughtTerm)[]): Tables {
  const texts = terms.map((term) => (typeof term === 'string' ? term : term.text));
  const seen = new Set<string>();
  for (const [at, text] of texts.entries()) {
    if (text === '') throw new RangeError(`term ${at} is empty`);
    if (seen.has(text)) throw new RangeError(`term ${at} stands there twice: ${text}`);
    seen.add(text);
  }
  const spelled = spell(texts);
  const trie = buildTrie(spelled);
  const wordStarts = Uint8Array.from(terms, (term) => (typeof term !== 'string' && term.wordStart ? 1 : 0));
  return {
    ...spelled,
    ...trie,
    ...buildFilter(spelled),
    ...buildSixes(spelled, trie),
    classes: classesOf(spelled, wordStarts),
    wordStarts,
  };
}

export function spell(texts: readonly string[]): Spelled {
  const offsets = new Uint32Array(texts.length + 1);
  for (const [at, text] of texts.entries()) offsets[at + 1] = offsets[at]! + text.length;
  return { units: unitsOf(texts.join('')), offsets };
}

/** The text as UTF-16 units in memory of its own. */
export function unitsOf(text: string): Uint16Array {
  const bytes = Buffer.from(new ArrayBuffer(text.length * 2));
  bytes.write(text, 'utf16le');
  return new Uint16Array(bytes.buffer);
}

/** Small tables stay in the nearest cache, large ones let less through (facts/copies §21). */
function bitsFor(terms: number): number {
  if (terms < 5_000) return 17;
  return terms <= 50_000 ? 19 : 20;
}

function buildFilter({ units, offsets }: Spelled): { indexBits: number; filter: Uint32Array } {
  const indexBits = bitsFor(offsets.length - 1);
  const words = 2 ** (indexBits - 5);
  const filter = new Uint32Array(5 * words);
  const set = (part: number, hash: number): void => {
    const index = hash >>> (32 - indexBits);
    filter[part * words + (index >>> 5)]! |= 1 << (index & 31);
  };
  for (let term = 0; term + 1 < offsets.length; term++) {
    const at = offsets[term]!;
    const length = offsets[term + 1]! - at;
    const pair = (units[at]! << 16) | units[at + 1]!;
    if (length === 2) set(Part.two, hashOfTwo(pair));
    if (length > 2) set(Part.firstThree, hashOfThree(pair, units[at + 2]!));
    if (length === 3) set(Part.three, hashOfThree(pair, units[at + 2]!));
    if (length < 4) continue;
    const four = hashOfFour(pair, units[at + 2]!, units[at + 3]!);
    if (length < 6) set(Part.firstFour, four);
    else set(Part.firstSix, hashOfSix(four, (units[at + 4]! << 16) | units[at + 5]!));
  }
  return { indexBits, filter };
}

function buildSixes(
  { units, offsets }: Spelled,
  { codes, cells, ends }: DoubleArray,
): { sixShift: number; sixes: Int32Array } {
  let long = 0;
  for (let term = 0; term + 1 < offsets.length; term++) if (offsets[term + 1]! - offsets[term]! >= 6) long += 1;
  // A third of the slots stays free at least, so that the way to a free one is short.
  const sixBits = 32 - Math.clz32(1.5 * long + 1);
  const sixShift = 32 - sixBits;
  const sixes = new Int32Array(2 * 2 ** sixBits);
  const alike = (a: number, b: number): boolean => {
    for (let at = 0; at < 6; at++) if (units[a + at] !== units[b + at]) return false;
    return true;
  };
  for (let term = 0; term + 1 < offsets.length; term++) {
    const from = offsets[term]!;
    if (offsets[term + 1]! - from < 6) continue;
    const hash = hashOfFirstSix(units, from);
    if (hash === 0) continue;
    let slot = hash >>> sixShift;
    for (; sixes[2 * slot] !== 0; slot = (slot + 1) & (2 ** sixBits - 1)) {
      const known = sixes[2 * slot + 1]!;
      if (sixes[2 * slot] === hash && alike(from, offsets[known < 0 ? ends[~known]! : known]!)) break;
    }
    if (sixes[2 * slot] === 0) {
      sixes[2 * slot] = hash;
      sixes[2 * slot + 1] = term;
    } else if (sixes[2 * slot + 1]! >= 0) {
      let state = 0;
      for (let at = from; at < from + 6; at++) state = (cells[2 * state]! >> 1) + codes[units[at]!]!;
      // Where no term ends, `ends` was free.
      if (ends[state]! < 0) ends[state] = term;
      sixes[2 * slot + 1] = ~state;
    }
  }
  return { sixShift, sixes };
}

function hashOfFirstSix(units: Uint16Array, at: number): number {
  const four = hashOfFour((units[at]! << 16) | units[at + 1]!, units[at + 2]!, units[at + 3]!);
  return hashOfSix(four, (units[at + 4]! << 16) | units[at + 5]!);
}

let letters: Uint8Array | undefined;

/** `IN_WORD` for every letter and digit below U+2E80. */
function lettersAndDigits(): Uint8Array {
  if (!letters) {
    letters = new Uint8Array(65_536);
    for (let unit = 0; unit < 0x2e80; unit++)
      if (/[\p{L}\p{N}]/u.test(String.fromCharCode(unit))) letters[unit] = IN_WORD;
  }
  return letters;
}

/** A letter or digit below U+2E80: another beside it makes one word with it; a Han character does not. */
export const isWordUnit = (unit: number): boolean => lettersAndDigits()[unit] === IN_WORD;

function classesOf({ units, offsets }: Spelled, wordStarts: Uint8Array): Uint8Array {
  const classes = lettersAndDigits().slice();
  for (const [term, wordStart] of wordStarts.entries()) {
    const first = units[offsets[term]!]!;
    if (wordStart === 1) classes[first]! |= STARTS_WORD;
    const length = offsets[term + 1]! - offsets[term]!;
    if (length < 3) classes[first]! |= STARTS_SHORT;
    if (length === 1) classes[first]! |= IS_TERM;
  }
  for (const [term, wordStart] of wordStarts.entries())
    if (wordStart === 0) classes[units[offsets[term]!]!]! &= ~STARTS_WORD;
  return classes;
}
