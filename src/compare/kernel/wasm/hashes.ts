/** The hashes of ../hashes.ts, four places at once, for one block of a text; the blocks' arrays stay in the nearest cache. */
const MULTIPLIER: u32 = 0x01000193;

/** Places done at once, a multiple of four. */
export const BLOCK: u32 = 512;
/** Bytes of each of the arrays: a block, and what its last windows need behind it. */
const STRIDE: u32 = (BLOCK + 144) << 2;
/** Arrays of hashes of 1, 2, 4 … units; those behind them are for other lengths. */
const POWERS: u32 = 7;

let arrays: u32 = 0;

export function placeArrays(at: u32): void {
  arrays = at;
}

function arrayOf(index: u32): u32 {
  return arrays + index * STRIDE;
}

/** Two arrays for what a caller makes of hashes; `gramsOf` does not touch them. */
export function ownArray(index: u32): u32 {
  return arrayOf(POWERS + 4 + index);
}

function power(exponent: u32): u32 {
  let product: u32 = 1;
  for (let i: u32 = 0; i < exponent; i++) product *= MULTIPLIER;
  return product;
}

/** As ../hashes.ts. */
export function mixA(word: v128): v128 {
  let h = i32x4.mul(v128.xor(word, i32x4.shr_u(word, 16)), i32x4.splat(0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** As ../hashes.ts. */
export function mixB(word: v128): v128 {
  let h = v128.xor(word, i32x4.splat(0x5bd1e995));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(0x2c1b3c6d));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 12)), i32x4.splat(0x297a2d39));
  return v128.xor(h, i32x4.shr_u(h, 15));
}

/** All bits of those of four units that are CJK. */
export function areCjk(units: v128): v128 {
  return v128.or(
    v128.and(i32x4.ge_s(units, i32x4.splat(0x2e80)), i32x4.le_s(units, i32x4.splat(0xdfff))),
    v128.and(i32x4.ge_s(units, i32x4.splat(0xf900)), i32x4.le_s(units, i32x4.splat(0xfaff))),
  );
}

/**
 * Hashes of single units from each of the first `count` places, and of runs of 2, 4 … units, of those that `lengths` need: the
 * bits of all lengths that will be asked for.
 */
export function hashBlock(units: u32, count: u32, lengths: u32): void {
  const factor = i32x4.splat(2654435761);
  const summand = i32x4.splat(12345);
  const ones = arrayOf(0);
  for (let at: u32 = 0; at < count << 2; at += 16)
    v128.store(ones + at, mixA(i32x4.add(i32x4.mul(v128.load16x4_u(units + (at >> 1)), factor), summand)));
  if (lengths & 2) joinBehind(ones, ones, 1, 1, arrayOf(1), count);
  if (lengths >= 4) joinFour(ones, arrayOf(2), count);
  let array: u32 = 2;
  for (let length: u32 = 4; length << 1 <= lengths; length <<= 1) {
    joinBehind(arrayOf(array), arrayOf(array), length, length, arrayOf(array + 1), count);
    array += 1;
  }
}

/** As two times `joinBehind`. */
function joinFour(ones: u32, out: u32, count: u32): void {
  const first = i32x4.splat(MULTIPLIER * MULTIPLIER * MULTIPLIER);
  const second = i32x4.splat(MULTIPLIER * MULTIPLIER);
  const third = i32x4.splat(MULTIPLIER);
  for (let at: u32 = 0; at < count << 2; at += 16) {
    const place = ones + at;
    v128.store(
      out + at,
      i32x4.add(
        i32x4.add(i32x4.mul(v128.load(place), first), i32x4.mul(v128.load(place, 4), second)),
        i32x4.add(i32x4.mul(v128.load(place, 8), third), v128.load(place, 12)),
      ),
    );
  }
}

/** Hashes of what stands behind one another: of a run, and of another of `length` that begins at the end of the first. */
function joinBehind(first: u32, second: u32, skip: u32, length: u32, out: u32, count: u32): void {
  const shift = i32x4.splat(power(length));
  const behind = second + (skip << 2);
  for (let at: u32 = 0; at < count << 2; at += 16)
    v128.store(out + at, i32x4.add(i32x4.mul(v128.load(first + at), shift), v128.load(behind + at)));
}

/** Where the hashes of runs of `length` are; `spare`, 0 to 3, says where they may be put. */
export function gramsOf(length: u32, spare: u32, count: u32): u32 {
  let top: u32 = 31 - clz<u32>(length);
  let have: u32 = 1 << top;
  let grams = arrayOf(top);
  while (have < length) {
    top = 31 - clz<u32>(length - have);
    joinBehind(grams, arrayOf(top), have, 1 << top, arrayOf(POWERS + spare), count);
    grams = arrayOf(POWERS + spare);
    have += 1 << top;
  }
  return grams;
}
