/**
 * The scan of ../scan.ts in AssemblyScript, which is compiled to WebAssembly: the same tables, the same steps, the same hits.
 * It owns no memory and asks for none: ../wasm.ts lays everything out and says where it is, in bytes from the beginning.
 */
const TWO: u32 = 0x85ebca6b;
const PAIR: u32 = 0x9e3779b1;
const THREE: u32 = 0xc2b2ae35;

let text: u32 = 0;
let candidates: u32 = 0;
let hits: u32 = 0;
let filter: u32 = 0;
let codes: u32 = 0;
let classes: u32 = 0;
let cells: u32 = 0;
let ends: u32 = 0;
let units: u32 = 0;
let offsets: u32 = 0;
let wordStarts: u32 = 0;

let shift: u32 = 0;
/** Bytes of one bit table. */
let part: u32 = 0;
/** Hits there is room for, less those that may begin at one place. */
let room: u32 = 0;

/** Candidates left by `sift`, and how many of them `walk` is done with. */
let left: u32 = 0;
let done: u32 = 0;

export function placeTables(
  filterAt: u32,
  codesAt: u32,
  classesAt: u32,
  cellsAt: u32,
  endsAt: u32,
  unitsAt: u32,
  offsetsAt: u32,
  wordStartsAt: u32,
): void {
  filter = filterAt;
  codes = codesAt;
  classes = classesAt;
  cells = cellsAt;
  ends = endsAt;
  units = unitsAt;
  offsets = offsetsAt;
  wordStarts = wordStartsAt;
}

export function placeBuffers(textAt: u32, candidatesAt: u32, hitsAt: u32, roomForHits: u32): void {
  text = textAt;
  candidates = candidatesAt;
  hits = hitsAt;
  room = roomForHits;
}

export function configure(indexBits: u32): void {
  shift = 32 - indexBits;
  part = 1 << (indexBits - 3);
}

/** The bit of a table at the top bits of `hash`, in bit 0; the others are not cleared. */
function bit(table: u32, hash: u32): u32 {
  const index = hash >> shift;
  return load<u32>(table + ((index >> 5) << 2)) >> (index & 31);
}

function hashOfTwo(pair: u32): u32 {
  return pair * TWO;
}

function hashOfThree(pair: u32, third: u32): u32 {
  return ((pair * PAIR) ^ third) * THREE;
}

function hashOfFour(pair: u32, third: u32, fourth: u32): u32 {
  return ((pair * PAIR) ^ ((third << 16) | fourth)) * TWO;
}

function hashOfSix(four: u32, rest: u32): u32 {
  return (four ^ rest) * PAIR;
}

/**
 * Finds the candidates among the places `from` to `to`, in units. Up to eight units behind the text are read as well:
 * whatever they are, no prefix that lies in the text is lost.
 */
export function sift(from: u32, to: u32): void {
  const sifted = siftByThree(from, to);
  let count: u32 = 0;
  for (let index: u32 = 0; index < sifted; index++) {
    const start = load<u32>(candidates + (index << 2));
    const at = text + (start << 1);
    const first = <u32>load<u16>(at);
    const third = <u32>load<u16>(at, 4);
    const pair = (first << 16) | load<u16>(at, 2);
    const own = <u32>load<u8>(classes + first);
    const before = start == 0 ? 0 : <u32>load<u8>(classes + load<u16>(at - 2));
    const three = hashOfThree(pair, third);
    const four = hashOfFour(pair, third, load<u16>(at, 6));
    const six = hashOfSix(four, ((<u32>load<u16>(at, 8)) << 16) | load<u16>(at, 10));
    const bits =
      bit(filter, hashOfTwo(pair)) |
      bit(filter + 2 * part, three) |
      bit(filter + 3 * part, four) |
      bit(filter + 4 * part, six) |
      (own >> 3);
    store<u32>(candidates + (count << 2), start);
    count += bits & ~((own >> 1) & before) & 1;
  }
  left = count;
  done = 0;
}

/**
 * Writes every place and moves on only past those that pass. Four at a time, so up to three behind `to`: only at the end
 * of the text, where nothing can begin.
 */
function siftByThree(from: u32, to: u32): u32 {
  const pairs = i32x4.splat(PAIR);
  const threes = i32x4.splat(THREE);
  let next = candidates;
  let at = text + (from << 1);
  for (let start = from; start < to; start += 4) {
    const first = v128.load_ext<u16>(at);
    const pair = v128.or(i32x4.shl(first, 16), v128.load_ext<u16>(at, 2));
    const hash = i32x4.mul(v128.xor(i32x4.mul(pair, pairs), v128.load_ext<u16>(at, 4)), threes);
    next = siftOne(next, start, i32x4.extract_lane(first, 0), i32x4.extract_lane(hash, 0));
    next = siftOne(next, start + 1, i32x4.extract_lane(first, 1), i32x4.extract_lane(hash, 1));
    next = siftOne(next, start + 2, i32x4.extract_lane(first, 2), i32x4.extract_lane(hash, 2));
    next = siftOne(next, start + 3, i32x4.extract_lane(first, 3), i32x4.extract_lane(hash, 3));
    at += 8;
  }
  return (next - candidates) >> 2;
}

function siftOne(next: u32, start: u32, first: u32, hashOfFirstThree: u32): u32 {
  store<u32>(next, start);
  const bits = bit(filter + part, hashOfFirstThree) | ((<u32>load<u8>(classes + first)) >> 2);
  return next + ((bits & 1) << 2);
}

/**
 * Writes (place, term) for what begins at the candidates, of a text of `length` units, and says how many. Where the
 * room does not suffice it stops at a candidate, and the next call goes on from there.
 */
export function walk(length: u32): u32 {
  const end = text + (length << 1);
  let hit = hits;
  const full = hits + (room << 3);
  while (done < left && hit <= full) {
    const start = load<u32>(candidates + (done << 2));
    done += 1;
    hit = walkFrom(start, end, hit);
  }
  return (hit - hits) >> 3;
}

function walkFrom(start: u32, end: u32, hit: u32): u32 {
  let at = text + (start << 1);
  const inWord = start > 0 && (load<u8>(classes + load<u16>(at - 2)) & 1) != 0;
  let state: u32 = 0;
  let base = load<i32>(cells) >> 1;
  while (at < end) {
    const next = base + <u32>load<u16>(codes + ((<u32>load<u16>(at)) << 1));
    const cell = cells + (next << 3);
    if (load<u32>(cell, 4) != state) return hit;
    at += 2;
    const value = load<i32>(cell);
    if (value < 0) {
      const term = ~value;
      if (inWord && load<u8>(wordStarts + term) != 0) return hit;
      return isRest(term, at, start, end) ? put(hit, start, term) : hit;
    }
    if (value & 1) {
      const term = load<u32>(ends + (next << 2));
      if (!(inWord && load<u8>(wordStarts + term) != 0)) hit = put(hit, start, term);
    }
    state = next;
    base = value >> 1;
  }
  return hit;
}

/** Whether the text goes on at `at` like the term that began at `start`. */
function isRest(term: u32, at: u32, start: u32, end: u32): bool {
  const spelled = load<u32>(offsets + (term << 2));
  const stop = units + (load<u32>(offsets + (term << 2), 4) << 1);
  let rest = units + (spelled << 1) + (at - text - (start << 1));
  if (stop - rest > end - at) return false;
  while (rest < stop) {
    if (load<u16>(rest) != load<u16>(at)) return false;
    rest += 2;
    at += 2;
  }
  return true;
}

function put(hit: u32, start: u32, term: u32): u32 {
  store<u32>(hit, start);
  store<u32>(hit, term, 4);
  return hit + 8;
}
