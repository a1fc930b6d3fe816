/**
 * Folding and the choice of windows, as src/text/fold.ts and ../sketch.ts do it, in AssemblyScript.
 * It owns no memory and asks for none: ../wasm.ts lays everything out and says where it is, in bytes from the beginning.
 */
import { BLOCK, areCjk, gramsOf, hashBlock, mixA, mixB, ownArray } from './hashes';
import { foldPair } from './host';

const PAIR_STAYS: u32 = 0x10000;

/** Folded unit for each unit; 0 = dropped. */
let table: u32 = 0;
/** For each four bits the bytes of those 32-bit numbers of four whose bit is set, in front. */
let toFront: u32 = 0;
let text: u32 = 0;
let units: u32 = 0;
let places: u32 = 0;
let chosen: u32 = 0;
let values: u32 = 0;

/** Units folded so far. */
let length: u32 = 0;

export function placeTables(tableAt: u32, toFrontAt: u32): void {
  table = tableAt;
  toFront = toFrontAt;
  for (let mask: u32 = 0; mask < 16; mask++) {
    let next = toFront + (mask << 4);
    for (let lane: u32 = 0; lane < 4; lane++)
      if ((mask >> lane) & 1) {
        store<u32>(next, 0x03020100 + lane * 0x04040404);
        next += 4;
      }
  }
}

export function placeText(textAt: u32, unitsAt: u32, placesAt: u32, chosenAt: u32, valuesAt: u32): void {
  text = textAt;
  units = unitsAt;
  places = placesAt;
  chosen = chosenAt;
  values = valuesAt;
}

export function begin(): void {
  length = 0;
}

export function folded(): u32 {
  return length;
}

/**
 * Folds `count` units that stand in the original from `from`, and says how many of them are done: a first half of a pair at
 * the end is left for the next piece where there is `more`. Places are kept where `withPlaces`.
 */
export function fold(from: u32, count: u32, more: u32, withPlaces: u32): u32 {
  const high = i16x8.splat(<i16>0xd800);
  const upper = i16x8.splat(<i16>0xfc00);
  const end = text + (count << 1);
  let at = text;
  while (at < end) {
    // Eight at a time while there is no pair among them.
    while (at + 16 <= end && !v128.any_true(i16x8.eq(v128.and(v128.load(at), upper), high))) {
      if (withPlaces) foldEight(at, from + ((at - text) >> 1));
      else foldEightAlone(at);
      at += 16;
    }
    const stop = min<u32>(at + 16, end);
    while (at < stop) {
      const unit = <u32>load<u16>(at);
      if ((unit & 0xfc00) == 0xd800) {
        if (at + 2 < end) {
          takePair(unit, <u32>load<u16>(at, 2), from + ((at - text) >> 1));
          at += 4;
          continue;
        }
        if (more) return (at - text) >> 1;
      }
      put(<u32>load<u16>(table + (unit << 1)), from + ((at - text) >> 1));
      at += 2;
    }
  }
  return (at - text) >> 1;
}

/** Without a branch: what is dropped is written over by the next. */
function foldEight(at: u32, place: u32): void {
  let next = length;
  for (let i: u32 = 0; i < 8; i++) {
    const unit = load<u16>(table + ((<u32>load<u16>(at + (i << 1))) << 1));
    store<u16>(units + (next << 1), unit);
    store<u32>(places + (next << 2), place + i);
    next += select<u32>(1, 0, unit != 0);
  }
  length = next;
}

function foldEightAlone(at: u32): void {
  let next = units + (length << 1);
  for (let i: u32 = 0; i < 8; i++) {
    const unit = load<u16>(table + ((<u32>load<u16>(at + (i << 1))) << 1));
    store<u16>(next, unit);
    next += select<u32>(2, 0, unit != 0);
  }
  length = (next - units) >> 1;
}

function put(unit: u32, place: u32): void {
  store<u16>(units + (length << 1), unit);
  store<u32>(places + (length << 2), place);
  length += select<u32>(1, 0, unit != 0);
}

/** A first half takes what follows it along, whatever it is. */
function takePair(first: u32, second: u32, place: u32): void {
  if ((second & 0xfc00) != 0xdc00) return;
  const plain = foldPair(first, second);
  if (plain == PAIR_STAYS) {
    put(first, place);
    put(second, place + 1);
  } else put(plain, place);
}

/** Writes places and fingerprints of the chosen windows of the first `count` folded units, and says how many there are. */
export function choose(count: u32, cjkWindow: u32, cjkGram: u32, lettersWindow: u32, lettersGram: u32): u32 {
  const longest = max<u32>(cjkWindow, lettersWindow);
  const own = ownArray();
  const lanes = i32x4(0, 1, 2, 3);
  const end = i32x4.splat(count);
  const none = i32x4.splat(-1);
  const cjkGrams = i32x4.splat(cjkGram);
  const lettersGrams = i32x4.splat(lettersGram);
  const cjkWindows = i32x4.splat(cjkWindow);
  const lettersWindows = i32x4.splat(lettersWindow);
  let next: u32 = 0;
  for (let from: u32 = 0; from < count; from += BLOCK) {
    const here = min<u32>(BLOCK, count - from);
    const block = units + (from << 1);
    hashBlock(block, here + 8 + longest, longest);
    const cjkOrder = gramsOf(cjkGram, 0, here + 8);
    const lettersOrder = gramsOf(lettersGram, 1, here + 8);
    for (let i: u32 = 0; i < here + 8; i += 4) {
      const areCjkHere = areCjk(v128.load16x4_u(block + (i << 1)));
      const place = i32x4.add(i32x4.splat(from + i), lanes);
      const fits = i32x4.le_s(i32x4.add(place, v128.bitselect(cjkGrams, lettersGrams, areCjkHere)), end);
      const at = i << 2;
      const order = mixA(v128.bitselect(v128.load(cjkOrder + at), v128.load(lettersOrder + at), areCjkHere));
      v128.store(own + at, v128.bitselect(order, none, fits));
    }
    const cjkValues = gramsOf(cjkWindow, 2, here);
    const lettersValues = gramsOf(lettersWindow, 3, here);
    for (let i: u32 = 0; i < here; i += 4) {
      const at = own + (i << 2);
      const mine = v128.load(at, 12);
      const smallest = i32x4.min_u(
        i32x4.min_u(i32x4.min_u(v128.load(at), v128.load(at, 4)), i32x4.min_u(v128.load(at, 8), mine)),
        i32x4.min_u(
          i32x4.min_u(v128.load(at, 16), v128.load(at, 20)),
          i32x4.min_u(v128.load(at, 24), v128.load(at, 28)),
        ),
      );
      const areCjkHere = areCjk(v128.load16x4_u(block + (i << 1)));
      const place = i32x4.add(i32x4.splat(from + i), lanes);
      const fits = i32x4.le_s(i32x4.add(place, v128.bitselect(cjkWindows, lettersWindows, areCjkHere)), end);
      const mask = i32x4.bitmask(v128.and(i32x4.eq(mine, smallest), fits));
      const front = v128.load(toFront + (mask << 4));
      const value = v128.bitselect(v128.load(cjkValues + (i << 2)), v128.load(lettersValues + (i << 2)), areCjkHere);
      v128.store(chosen + next, i8x16.swizzle(place, front));
      v128.store(values + next, i8x16.swizzle(mixB(value), front));
      next += popcnt<u32>(mask) << 2;
    }
  }
  return next >> 2;
}
