/**
 * The scan of ../scan.ts in AssemblyScript, which is compiled to WebAssembly: the same tables, the same hits.
 * What differs is that eight places are sifted at once, and that the trie is entered by six units at once: in JavaScript the
 * second look-up costs more than the steps it saves.
 * It owns no memory and asks for none: ../wasm.ts lays everything out and says where it is, in bytes from the beginning.
 */
const TWO: u32 = 0x85ebca6b;
const PAIR: u32 = 0x9e3779b1;
const THREE: u32 = 0xc2b2ae35;

let text: u32 = 0;
/** For each eight bits the bytes of those 16-bit numbers of eight whose bit is set, in front. */
let toFront: u32 = 0;
let sieved: u32 = 0;
let candidates: u32 = 0;
let hits: u32 = 0;
let filter: u32 = 0;
let sixes: u32 = 0;
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
/** A hash less its low bits is a slot of `sixes`. */
let sixShift: u32 = 0;
let lastSlot: u32 = 0;
/** Hits there is room for, less those that may begin at one place. */
let room: u32 = 0;

/** Candidates left by `sift`, and how many of them `walk` is done with. */
let left: u32 = 0;
let done: u32 = 0;

export function placeTables(
  filterAt: u32,
  sixesAt: u32,
  codesAt: u32,
  classesAt: u32,
  cellsAt: u32,
  endsAt: u32,
  unitsAt: u32,
  offsetsAt: u32,
  wordStartsAt: u32,
): void {
  filter = filterAt;
  sixes = sixesAt;
  codes = codesAt;
  classes = classesAt;
  cells = cellsAt;
  ends = endsAt;
  units = unitsAt;
  offsets = offsetsAt;
  wordStarts = wordStartsAt;
}

export function placeBuffers(
  textAt: u32,
  toFrontAt: u32,
  sievedAt: u32,
  candidatesAt: u32,
  hitsAt: u32,
  roomForHits: u32,
): void {
  text = textAt;
  toFront = toFrontAt;
  sieved = sievedAt;
  candidates = candidatesAt;
  hits = hitsAt;
  room = roomForHits;
}

export function configure(indexBits: u32, shiftOfSixes: u32): void {
  shift = 32 - indexBits;
  part = 1 << (indexBits - 3);
  sixShift = shiftOfSixes;
  lastSlot = 0xffffffff >> sixShift;
  for (let mask: u32 = 0; mask < 256; mask++) {
    let next = toFront + (mask << 4);
    for (let place: u32 = 0; place < 8; place++)
      if ((mask >> place) & 1) {
        store<u16>(next, (place << 1) | (((place << 1) | 1) << 8));
        next += 2;
      }
  }
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
 * Finds the candidates among the places `from` to `to`, in units, and keeps each with the hash of its first six units where
 * nothing shorter can begin, else with 0. Up to sixteen units behind the text are read as well:
 * whatever they are, no prefix that lies in the text is lost.
 */
export function sift(from: u32, to: u32): void {
  const sifted = siftByThree(from, to);
  let next = candidates;
  for (let index: u32 = 0; index < sifted; index++) {
    const start = <u32>load<u16>(sieved + (index << 1));
    const at = text + (start << 1);
    const first = <u32>load<u16>(at);
    const third = <u32>load<u16>(at, 4);
    const pair = (first << 16) | load<u16>(at, 2);
    const own = <u32>load<u8>(classes + first);
    const before = start == 0 ? 0 : <u32>load<u8>(classes + load<u16>(at - 2));
    const three = hashOfThree(pair, third);
    const four = hashOfFour(pair, third, load<u16>(at, 6));
    const six = hashOfSix(four, ((<u32>load<u16>(at, 8)) << 16) | load<u16>(at, 10));
    const short =
      bit(filter, hashOfTwo(pair)) | bit(filter + 2 * part, three) | bit(filter + 3 * part, four) | (own >> 3);
    const bits = short | bit(filter + 4 * part, six);
    store<u32>(next, start);
    store<u32>(next, select<u32>(0, six, short & 1), 4);
    next += (bits & ~((own >> 1) & before) & 1) << 3;
  }
  left = (next - candidates) >> 3;
  done = 0;
}

/**
 * Writes the places, as 16-bit numbers, that the first three units leave. Eight at a time: of eight bits, one for each
 * place, a table says how to move those that pass to the front, and there is no branch.
 */
function siftByThree(from: u32, to: u32): u32 {
  const pairs = i32x4.splat(PAIR);
  const threes = i32x4.splat(THREE);
  const table = i32x4.splat(filter + part);
  const seven = i32x4.splat(7);
  const short = i8x16.splat(4);
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const zero = i32x4.splat(0);
  const eight = i16x8.splat(8);
  const toByte = shift + 3;
  let places = i16x8.add(i16x8(0, 1, 2, 3, 4, 5, 6, 7), i16x8.splat(<i16>from));
  let next = sieved;
  let at = text + (from << 1);
  const stop = text + (to << 1);
  while (at < stop) {
    const first = v128.load(at);
    const second = v128.load(at, 2);
    const third = v128.load(at, 4);
    const low = hashesOfThree(
      v128.shuffle<u16>(second, first, 0, 8, 1, 9, 2, 10, 3, 11),
      v128.shuffle<u16>(third, zero, 0, 8, 1, 9, 2, 10, 3, 11),
      pairs,
      threes,
    );
    const high = hashesOfThree(
      v128.shuffle<u16>(second, first, 4, 12, 5, 13, 6, 14, 7, 15),
      v128.shuffle<u16>(third, zero, 4, 12, 5, 13, 6, 14, 7, 15),
      pairs,
      threes,
    );
    const lowAt = i32x4.add(i32x4.shr_u(low, toByte), table);
    const highAt = i32x4.add(i32x4.shr_u(high, toByte), table);
    let bytes = v128.load8_lane(i32x4.extract_lane(lowAt, 0), zero, 0);
    bytes = v128.load8_lane(i32x4.extract_lane(lowAt, 1), bytes, 1);
    bytes = v128.load8_lane(i32x4.extract_lane(lowAt, 2), bytes, 2);
    bytes = v128.load8_lane(i32x4.extract_lane(lowAt, 3), bytes, 3);
    bytes = v128.load8_lane(i32x4.extract_lane(highAt, 0), bytes, 4);
    bytes = v128.load8_lane(i32x4.extract_lane(highAt, 1), bytes, 5);
    bytes = v128.load8_lane(i32x4.extract_lane(highAt, 2), bytes, 6);
    bytes = v128.load8_lane(i32x4.extract_lane(highAt, 3), bytes, 7);
    const which = i8x16.narrow_i16x8_u(
      i16x8.narrow_i32x4_u(v128.and(i32x4.shr_u(low, shift), seven), v128.and(i32x4.shr_u(high, shift), seven)),
      zero,
    );
    let own = v128.load8_lane(classes + <u32>load<u16>(at), zero, 0);
    own = v128.load8_lane(classes + <u32>load<u16>(at, 2), own, 1);
    own = v128.load8_lane(classes + <u32>load<u16>(at, 4), own, 2);
    own = v128.load8_lane(classes + <u32>load<u16>(at, 6), own, 3);
    own = v128.load8_lane(classes + <u32>load<u16>(at, 8), own, 4);
    own = v128.load8_lane(classes + <u32>load<u16>(at, 10), own, 5);
    own = v128.load8_lane(classes + <u32>load<u16>(at, 12), own, 6);
    own = v128.load8_lane(classes + <u32>load<u16>(at, 14), own, 7);
    const passed = v128.or(v128.and(bytes, i8x16.swizzle(bits, which)), v128.and(own, short));
    const mask = i8x16.bitmask(i8x16.ne(passed, zero));
    v128.store(next, i8x16.swizzle(places, v128.load(toFront + (mask << 4))));
    next += popcnt<u32>(mask) << 1;
    places = i16x8.add(places, eight);
    at += 16;
  }
  // Behind `to` is nothing of this text, or what the next call begins with.
  while (next > sieved && <u32>load<u16>(next - 2) >= to) next -= 2;
  return (next - sieved) >> 1;
}

function hashesOfThree(pair: v128, third: v128, pairs: v128, threes: v128): v128 {
  return i32x4.mul(v128.xor(i32x4.mul(pair, pairs), third), threes);
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
    const candidate = candidates + (done << 3);
    const start = load<u32>(candidate);
    const hash = load<u32>(candidate, 4);
    done += 1;
    hit = hash == 0 ? walkFrom(start, text + (start << 1), 0, end, hit) : lookUp(start, hash, end, hit);
  }
  return (hit - hits) >> 3;
}

/** As `walkFrom`, where no term of less than six units can begin: the trie is entered by the hash of the first six. */
function lookUp(start: u32, hash: u32, end: u32, hit: u32): u32 {
  const at = text + (start << 1);
  for (let slot = hash >> sixShift; ; slot = (slot + 1) & lastSlot) {
    const known = load<u64>(sixes + (slot << 3));
    if (<u32>known == 0) return hit;
    if (<u32>known != hash) continue;
    const leads = <i32>(known >> 32);
    if (leads >= 0) {
      if (!isTerm(leads, at, end)) continue;
      return startsInWord(at, start) && load<u8>(wordStarts + leads) != 0 ? hit : put(hit, start, leads);
    }
    const state = ~leads;
    const spelled = units + (load<u32>(offsets + (load<u32>(ends + (state << 2)) << 2)) << 1);
    if (end - at < 12 || load<u64>(spelled) != load<u64>(at) || load<u32>(spelled, 8) != load<u32>(at, 8)) continue;
    return walkFrom(start, at + 12, state, end, hit);
  }
}

function startsInWord(at: u32, start: u32): bool {
  return start > 0 && (load<u8>(classes + load<u16>(at - 2)) & 1) != 0;
}

/** Goes on in a state of the trie, reached by what lies between `start` and the address `from`. */
function walkFrom(start: u32, from: u32, reached: u32, end: u32, hit: u32): u32 {
  let at = from;
  const inWord = startsInWord(text + (start << 1), start);
  let state = reached;
  while (true) {
    const value = load<i32>(cells + (state << 3));
    if (value < 0) {
      const term = ~value;
      if (inWord && load<u8>(wordStarts + term) != 0) return hit;
      return isRest(term, at, start, end) ? put(hit, start, term) : hit;
    }
    if (value & 1) {
      const term = load<u32>(ends + (state << 2));
      if (!(inWord && load<u8>(wordStarts + term) != 0)) hit = put(hit, start, term);
    }
    if (at >= end) return hit;
    const next = (value >> 1) + <u32>load<u16>(codes + ((<u32>load<u16>(at)) << 1));
    if (load<u32>(cells + (next << 3), 4) != state) return hit;
    state = next;
    at += 2;
  }
}

/** Whether the text at `at` is the term, of six units or more: pieces of it, the last of which may lie over the one before. */
function isTerm(term: u32, at: u32, end: u32): bool {
  const from = units + (load<u32>(offsets + (term << 2)) << 1);
  const length = units + (load<u32>(offsets + (term << 2), 4) << 1) - from;
  if (length > end - at) return false;
  if (length < 16)
    return load<u64>(from) == load<u64>(at) && load<u64>(from + length - 8) == load<u64>(at + length - 8);
  const last = length - 16;
  let differ = v128.xor(v128.load(from + last), v128.load(at + last));
  for (let piece: u32 = 0; piece < last; piece += 16) {
    if (v128.any_true(differ)) return false;
    differ = v128.xor(v128.load(from + piece), v128.load(at + piece));
  }
  return !v128.any_true(differ);
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
