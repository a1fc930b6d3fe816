/**
 * Formulae: what many otherwise different notices carry. Of each key that was met again, 32 bits, one for a share of all
 * sources: a source sets the same bit however much it publishes, so that nobody alone can make a notice look like a form.
 */
import { mixA } from '../kernel/hashes.js';

const BITS = 32;
/** Some 40 sources, the most of what served (facts/copies §8); at least so many bits are sure. */
const BITS_OF_BOILERPLATE = 23;

export const bitOf = (source: number): number => (1 << (mixA(source) % BITS)) >>> 0;

export const isBoilerplate = (bits: number): boolean => bitsSet(bits) >= BITS_OF_BOILERPLATE;

/** How many sources set so many bits, most likely; all bits set are said to be one short of it. */
export function holdersBy(bits: number): number {
  const unset = Math.max(0.5, BITS - bitsSet(bits));
  return Math.round(Math.log(unset / BITS) / Math.log(1 - 1 / BITS));
}

function bitsSet(word: number): number {
  let w = word - ((word >>> 1) & 0x55555555);
  w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
  return Math.imul((w + (w >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export interface BoilerplateRange {
  /** In folded units, half open. */
  start: number;
  end: number;
  /** Sources of otherwise different notices that carry all of it, as far as they were counted. */
  holders: number;
}
