/** The hashes of ../hashes.ts, four places at once, for one block of a text; the blocks' arrays stay in the nearest cache. */
const MULTIPLIER: u32 = 0x01000193;

/** Places done at once, a multiple of four. */
export const BLOCK: u32 = 512;
/** Bytes of each of the arrays: a block, and what its last windows need behind it. */
const STRIDE: u32 = (BLOCK + 128) << 2;
/** Arrays of hashes of 1, 2, 4 … units; those behind them are for other lengths. */
const POWERS: u32 = 7;

let arrays: u32 = 0;

export function placeArrays(at: u32): void {
  arrays = at;
}

function arrayOf(index: u32): u32 {
  return arrays + index * STRIDE;
}

/** An array for what a caller makes of hashes; `gramsOf` does not touch it. */
export function ownArray(): u32 {
  return arrayOf(POWERS + 4);
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

/** Hashes of single units and of runs of 2, 4 … as long as `longest` asks for, from each of the first `count` places. */
export function hashBlock(units: u32, count: u32, longest: u32): void {
  const factor = i32x4.splat(2654435761);
  const summand = i32x4.splat(12345);
  const ones = arrayOf(0);
  for (let at: u32 = 0; at < count << 2; at += 16)
    v128.store(ones + at, mixA(i32x4.add(i32x4.mul(v128.load16x4_u(units + (at >> 1)), factor), summand)));
  let array: u32 = 1;
  for (let length: u32 = 2; length <= longest; length <<= 1) {
    join(arrayOf(array - 1), arrayOf(array - 1), length >> 1, arrayOf(array), count);
    array += 1;
  }
}

/** Hashes of what stands behind one another: of a run, and of another of `length` that begins at the end of the first. */
function joinBehind(first: u32, second: u32, skip: u32, length: u32, out: u32, count: u32): void {
  const shift = i32x4.splat(power(length));
  const behind = second + (skip << 2);
  for (let at: u32 = 0; at < count << 2; at += 16)
    v128.store(out + at, i32x4.add(i32x4.mul(v128.load(first + at), shift), v128.load(behind + at)));
}

function join(first: u32, second: u32, length: u32, out: u32, count: u32): void {
  joinBehind(first, second, length, length, out, count);
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
