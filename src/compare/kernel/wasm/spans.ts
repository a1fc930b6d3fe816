/** The runs of ../spans.ts in AssemblyScript: the same table, the same runs. ../wasm.ts lays out the memory. */
const CJK_SEED: u32 = 4;
const LETTERS_SEED: u32 = 9;
const CJK_RUN: u32 = 6;
const LETTERS_RUN: u32 = 14;
const NEAR_DIAGONAL: i32 = 40;
const TRIES: u32 = 64;
const PROBES: u32 = 256;
const CJK_AROUND: u32 = 20;
const LETTERS_AROUND: u32 = 44;

let units: u32 = 0;
let hashes: u32 = 0;
let next: u32 = 0;
let slots: u32 = 0;
/** A byte for each slot, a bit for each eighth of it: nearly all seeds that do not stand here end at a bit that is not set. */
let bits: u32 = 0;
let length: u32 = 0;
let shift: u32 = 0;

let others: u32 = 0;
let runs: u32 = 0;
let windows: u32 = 0;

export function placeSeeds(unitsAt: u32, hashesAt: u32, nextAt: u32, slotsAt: u32, bitsAt: u32): void {
  units = unitsAt;
  hashes = hashesAt;
  next = nextAt;
  slots = slotsAt;
  bits = bitsAt;
}

export function placeOther(unitsAt: u32, runsAt: u32): void {
  others = unitsAt;
  runs = runsAt;
}

function isCjk(unit: u32): bool {
  return (unit >= 0x2e80 && unit <= 0xdfff) || (unit >= 0xf900 && unit <= 0xfaff);
}

/** As ../spans.ts. */
function hashOf(at: u32, cjk: bool): u32 {
  const begin = load<u32>(at) * 0x9e3779b1 + load<u32>(at, 4) * 0x85ebca77;
  if (cjk) return begin;
  return begin + load<u32>(at, 8) * 0xc2b2ae3d + load<u32>(at, 12) * 0x27d4eb2f + <u32>load<u16>(at, 16) * 0x165667b1;
}

/** Makes the table of the `count` units that stand there; a hash less `slotShift` bits is its first slot. */
export function plant(count: u32, slotShift: u32): void {
  length = count;
  shift = slotShift;
  const size: u32 = 1 << (32 - shift);
  memory.fill(slots, 0, size << 2);
  memory.fill(bits, 0, size);
  for (let i = count; i > 0; i--) {
    const place = i - 1;
    const cjk = isCjk(load<u16>(units + (place << 1)));
    if (place + (cjk ? CJK_SEED : LETTERS_SEED) > count) continue;
    const hash = hashOf(units + (place << 1), cjk);
    store<u32>(hashes + (place << 2), hash);
    const slot = slotOf(hash);
    if (slot == 0) continue;
    store<u32>(next + (place << 2), load<u32>(slot));
    store<u32>(slot, i);
    const index = hash >> (shift - 3);
    store<u8>(bits + (index >> 3), (<u32>load<u8>(bits + (index >> 3))) | (1 << (index & 7)));
  }
}

/** The address of the slot where a hash stands, or of the free one it would get; 0 where neither is near. */
function slotOf(hash: u32): u32 {
  const last: u32 = 0xffffffff >> shift;
  let slot = hash >> shift;
  for (let probe: u32 = 0; probe < PROBES; probe++) {
    const address = slots + (slot << 2);
    const place = load<u32>(address);
    if (place == 0 || load<u32>(hashes + (place << 2) - 4) == hash) return address;
    slot = (slot + 1) & last;
  }
  return 0;
}

/** Writes place here, place there and length of each run in the `count` units of the other text, and says how many there are. */
export function find(count: u32): u32 {
  // Globals are read anew at each use.
  const finer = shift - 3;
  const here = units;
  const text = others;
  const set = bits;
  let out = runs;
  let hasDiagonal = false;
  let diagonal: i32 = 0;
  let beforeA: u32 = 0;
  let endOfA: u32 = 0;
  let endOfB: u32 = 0;
  let j: u32 = 0;
  while (j < count) {
    const there = text + (j << 1);
    const cjk = isCjk(load<u16>(there));
    const hash = hashOf(there, cjk);
    const index = hash >> finer;
    if (((load<u8>(set + (index >> 3)) >> (index & 7)) & 1) == 0) {
      j += 1;
      continue;
    }
    const seed = cjk ? CJK_SEED : LETTERS_SEED;
    const slot = j + seed > count ? 0 : slotOf(hash);
    let place = slot == 0 ? 0 : load<u32>(slot);
    let best: u32 = 0;
    let bestLength: u32 = 0;
    for (let tries: u32 = 0; place != 0 && tries < TRIES; tries++) {
      const a = place - 1;
      const long = equalRun(here + (a << 1), there, min<u32>(length - a, count - j));
      if (
        long > bestLength ||
        (long == bestLength && hasDiagonal && abs(<i32>(a - j) - diagonal) < abs(<i32>(best - j) - diagonal))
      ) {
        best = a;
        bestLength = long;
      }
      place = load<u32>(next + (place << 2) - 4);
    }
    const goesOn = hasDiagonal && abs(<i32>(best - j) - diagonal) <= NEAR_DIAGONAL;
    const run = cjk ? CJK_RUN : LETTERS_RUN;
    if (bestLength < seed || (bestLength < run && !goesOn)) {
      j += 1;
      continue;
    }
    hasDiagonal = true;
    diagonal = <i32>(best - j);
    const floorOfA = beforeA <= best ? endOfA : 0;
    let back: u32 = 0;
    while (
      best - back > floorOfA &&
      j - back > endOfB &&
      load<u16>(here + ((best - back - 1) << 1)) == load<u16>(text + ((j - back - 1) << 1))
    )
      back += 1;
    beforeA = best - back;
    endOfA = best + bestLength;
    endOfB = j + bestLength;
    store<u32>(out, beforeA);
    store<u32>(out, j - back, 4);
    store<u32>(out, bestLength + back, 8);
    out += 12;
    j = endOfB;
  }
  return (out - runs) / 12;
}

export function placeWindows(windowsAt: u32): void {
  windows = windowsAt;
}

/** Takes places of windows; needs no table of seeds. */
export function hasRunAround(places: u32, count: u32, cjkWindow: u32, lettersWindow: u32): bool {
  for (let at: u32 = 0; at < places; at++) {
    const place = load<u32>(windows + (at << 2));
    const cjk = isCjk(load<u16>(units + (place << 1)));
    const window = cjk ? cjkWindow : lettersWindow;
    if (standsIn(place, window, cjk ? CJK_AROUND : LETTERS_AROUND, count)) return true;
  }
  return false;
}

/** Eight places at once are ruled out by their first two units and their eighth: no window is shorter. */
function standsIn(place: u32, window: u32, enough: u32, count: u32): bool {
  if (window > count) return false;
  const here = units + (place << 1);
  const first = i16x8.splat(load<i16>(here));
  const second = i16x8.splat(load<i16>(here, 2));
  const eighth = i16x8.splat(load<i16>(here, 14));
  const places = count - window + 1;
  let tries: u32 = 0;
  for (let from: u32 = 0; from < places; from += 8) {
    const at = others + (from << 1);
    let may = i16x8.bitmask(
      v128.and(
        v128.and(i16x8.eq(v128.load(at), first), i16x8.eq(v128.load(at, 2), second)),
        i16x8.eq(v128.load(at, 14), eighth),
      ),
    );
    for (; may != 0; may &= may - 1) {
      const j = from + ctz<u32>(may);
      if (j >= places) break;
      const there = others + (j << 1);
      if (equalRun(here, there, window) < window) continue;
      const run = equalRun(here, there, min<u32>(max<u32>(window, enough), min<u32>(length - place, count - j)));
      let back: u32 = 0;
      while (
        run + back < enough &&
        place > back &&
        j > back &&
        load<u16>(here - ((back + 1) << 1)) == load<u16>(there - ((back + 1) << 1))
      )
        back += 1;
      if (run + back >= enough) return true;
      if (++tries == TRIES) return true;
    }
  }
  return false;
}

/** How many units are equal, at most `most`: eight are read at once, also behind the end. */
function equalRun(a: u32, b: u32, most: u32): u32 {
  for (let done: u32 = 0; done < most; done += 8) {
    const equal = i16x8.bitmask(i16x8.eq(v128.load(a + (done << 1)), v128.load(b + (done << 1))));
    if (equal != 0xff) return min<u32>(most, done + ctz<u32>(~equal));
  }
  return most;
}
