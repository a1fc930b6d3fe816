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
  let next = units + (length << 1);
  let nextPlace = places + (length << 2);
  for (let i: u32 = 0; i < 8; i++) {
    const unit = load<u16>(table + ((<u32>load<u16>(at + (i << 1))) << 1));
    store<u16>(next, unit);
    store<u32>(nextPlace, place + i);
    const step = select<u32>(2, 0, unit != 0);
    next += step;
    nextPlace += step << 1;
  }
  length = (next - units) >> 1;
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
  const lengths = cjkWindow | cjkGram | lettersWindow | lettersGram;
  const orders = ownArray(0);
  const grams = ownArray(1);
  // Up to here every window fits that begins before, and every s-gram of its eight.
  const safe = count > longest + 4 ? count - longest - 4 : 0;
  ends = i32x4.splat(count);
  let next: u32 = 0;
  for (let from: u32 = 0; from < count; from += BLOCK) {
    const here = min<u32>(BLOCK, count - from);
    const block = units + (from << 1);
    hashBlock(block, here + 8 + longest, lengths);
    const cjkOrder = gramsOf(cjkGram, 0, here + 8);
    const lettersOrder = gramsOf(lettersGram, 1, here + 8);
    const cjkValues = gramsOf(cjkWindow, 2, here);
    const lettersValues = gramsOf(lettersWindow, 3, here);
    for (let at: u32 = 0; at < (here + 8) << 2; at += 16) {
      const areCjkHere = areCjk(v128.load16x4_u(block + (at >> 1)));
      const order = mixA(v128.bitselect(v128.load(cjkOrder + at), v128.load(lettersOrder + at), areCjkHere));
      v128.store(orders + at, order);
      v128.store(grams + at, v128.bitselect(v128.load(cjkValues + at), v128.load(lettersValues + at), areCjkHere));
    }
    const sure = safe > from ? min<u32>(here, safe - from) & ~3 : 0;
    for (let i = sure; i < here + 8; i += 4) {
      const at = orders + (i << 2);
      v128.store(at, v128.or(v128.load(at), v128.not(fitting(block + (i << 1), from + i, cjkGram, lettersGram))));
    }
    next = chooseAmong(orders, grams, from, sure, next);
    for (let i = sure; i < here; i += 4)
      next = chooseOfFour(
        orders + (i << 2),
        grams + (i << 2),
        from + i,
        fitting(block + (i << 1), from + i, cjkWindow, lettersWindow),
        next,
      );
  }
  for (let at: u32 = 0; at < next; at += 16) v128.store(values + at, mixB(v128.load(values + at)));
  return next >> 2;
}

let ends: v128 = i32x4.splat(0);

/** All bits of those of four places from which so many units fit, by the class of the first. */
function fitting(at: u32, place: u32, cjk: u32, letters: u32): v128 {
  const lengths = v128.bitselect(i32x4.splat(cjk), i32x4.splat(letters), areCjk(v128.load16x4_u(at)));
  return i32x4.le_s(i32x4.add(i32x4.add(i32x4.splat(place), i32x4(0, 1, 2, 3)), lengths), ends);
}

function chooseAmong(orders: u32, grams: u32, from: u32, count: u32, next: u32): u32 {
  const all = i32x4.splat(-1);
  for (let i: u32 = 0; i < count; i += 4) next = chooseOfFour(orders + (i << 2), grams + (i << 2), from + i, all, next);
  return next;
}

/** Without a branch: what is not chosen is written over by the next. */
function chooseOfFour(order: u32, gram: u32, place: u32, fit: v128, next: u32): u32 {
  const mine = v128.load(order, 12);
  const smallest = i32x4.min_u(
    i32x4.min_u(i32x4.min_u(v128.load(order), v128.load(order, 4)), i32x4.min_u(v128.load(order, 8), mine)),
    i32x4.min_u(
      i32x4.min_u(v128.load(order, 16), v128.load(order, 20)),
      i32x4.min_u(v128.load(order, 24), v128.load(order, 28)),
    ),
  );
  const mask = i32x4.bitmask(v128.and(i32x4.eq(mine, smallest), fit));
  const front = v128.load(toFront + (mask << 4));
  const places = i32x4.add(i32x4.splat(place), i32x4(0, 1, 2, 3));
  v128.store(chosen + next, i8x16.swizzle(places, front));
  v128.store(values + next, i8x16.swizzle(v128.load(gram), front));
  return next + (popcnt<u32>(mask) << 2);
}
