/** The kernel as WebAssembly (wasm/kernel.ts): its memory laid out here, texts taken into it and answers out of it. */
import {
  type FoldedUnits,
  type WasmMemory,
  type WasmModule,
  foldPair,
  foldTable,
  instantiate,
  makeRoom,
} from '../../text/index.js';
import { type FingerprintParameters, LONGEST } from './parameters.js';
import type { Chosen } from './sketch.js';
import { MOST_WINDOWS, SEED, type SpanFinder, slotShift } from './spans.js';

interface Exports {
  memory: WasmMemory;
  placeArrays(at: number): void;
  placeTables(table: number, toFront: number): void;
  placeText(text: number, units: number, places: number, chosen: number, values: number): void;
  begin(): void;
  fold(from: number, count: number, more: number, withPlaces: number): number;
  folded(): number;
  choose(count: number, cjkWindow: number, cjkGram: number, lettersWindow: number, lettersGram: number): number;
  placeSeeds(units: number, hashes: number, next: number, slots: number, bits: number): void;
  plant(count: number, slotShift: number): void;
  placeOther(units: number, runs: number): void;
  find(count: number): number;
  placeWindows(at: number): void;
  hasRunAround(places: number, count: number, cjkWindow: number, lettersWindow: number): number;
}

/** All arrays of one block of hashes. */
const ARRAYS = 13 * (512 + 144) * 4;
/** Units taken in at once. */
const PIECE = 16_384;
/** Bytes read and written behind the end of every array, by what is done for eight at once. */
const BEHIND = 256;

/** One thing behind the other, from the beginning of a memory. */
function layOut(from = 0): { reserve: (bytes: number) => number; end: () => number } {
  let end = from;
  return {
    reserve(bytes) {
      const address = end;
      end += (bytes + BEHIND + 15) & ~15;
      return address;
    },
    end: () => end,
  };
}

/** For at least so many, in steps that double, so that memory seldom grows. */
const roomFor = (count: number): number => 2 ** (32 - Math.clz32(Math.max(PIECE, count) - 1));

function begin(module: WasmModule): Exports {
  return instantiate(module, { host: { foldPair } }) as Exports;
}

/** Where a text and what is made of it stand in the memory: views that are of use until it grows. */
interface Places extends FoldedUnits, Chosen {
  room: number;
  piece: Buffer;
}

export interface Sketcher {
  fold(text: string, withPlaces: boolean): FoldedUnits;
  /** Of what was folded last, or of these units. */
  choose(parameters: FingerprintParameters, units?: Uint16Array): Chosen;
}

export function makeSketcher(module: WasmModule): Sketcher {
  const wasm = begin(module);
  const { memory } = wasm;
  const { reserve, end } = layOut();
  const arrays = reserve(ARRAYS);
  const table = reserve(65_536 * 2);
  const toFront = reserve(16 * 16);
  const piece = reserve(PIECE * 2);
  makeRoom(memory, end());
  wasm.placeArrays(arrays);
  wasm.placeTables(table, toFront);
  new Uint16Array(memory.buffer, table, 65_536).set(foldTable());

  const place = (room: number): Places => {
    const layout = layOut(end());
    const units = layout.reserve(room * 2);
    const [pos, at, values] = [layout.reserve(room * 4), layout.reserve(room * 4), layout.reserve(room * 4)];
    makeRoom(memory, layout.end());
    wasm.placeText(piece, units, pos, at, values);
    const { buffer } = memory;
    return {
      room,
      piece: Buffer.from(buffer, piece, PIECE * 2),
      units: new Uint16Array(buffer, units, room),
      pos: new Uint32Array(buffer, pos, room),
      at: new Uint32Array(buffer, at, room),
      values: new Uint32Array(buffer, values, room),
    };
  };
  let there = place(PIECE);
  const growTo = (count: number): void => {
    if (count > there.room) there = place(roomFor(count));
  };

  return {
    fold(text, withPlaces) {
      // The piece with which a text becomes too long is folded whole.
      growTo(Math.min(text.length, LONGEST + PIECE));
      wasm.begin();
      for (let from = 0; from < text.length && wasm.folded() < LONGEST;) {
        const count = Math.min(PIECE, text.length - from);
        there.piece.write(count === text.length ? text : text.slice(from, from + count), 'utf16le');
        from += wasm.fold(from, count, from + count < text.length ? 1 : 0, withPlaces ? 1 : 0);
      }
      const length = Math.min(wasm.folded(), LONGEST);
      return { units: there.units.slice(0, length), pos: there.pos.slice(0, withPlaces ? length : 0) };
    },
    choose({ cjk, letters }, units) {
      let length = Math.min(wasm.folded(), LONGEST);
      if (units) {
        growTo((length = units.length));
        there.units.set(units);
      }
      const count = wasm.choose(length, cjk.window, cjk.gram, letters.window, letters.gram);
      return { at: there.at.slice(0, count), values: there.values.slice(0, count) };
    },
  };
}

/** One memory holds the seeds of one text; another text's take its place, and are made again when that one is asked again. */
export function makeSpanFinders(module: WasmModule): (units: Uint16Array) => SpanFinder {
  const wasm = begin(module);
  const { memory } = wasm;
  const { reserve, end } = layOut();
  const windowsAt = reserve(MOST_WINDOWS * 4);
  wasm.placeWindows(windowsAt);

  let [room, roomOfOther] = [0, 0];
  let unitsAt = 0;
  let [othersAt, runsAt] = [0, 0];
  let endOfSeeds = 0;
  let planted: SpanFinder | undefined;

  const growTo = (count: number): void => {
    if (count <= room) return;
    room = roomFor(count);
    const layout = layOut(end());
    const slots = 2 ** (32 - slotShift(room));
    unitsAt = layout.reserve(room * 2);
    wasm.placeSeeds(
      unitsAt,
      layout.reserve(room * 4),
      layout.reserve(room * 4),
      layout.reserve(slots * 4),
      layout.reserve(slots),
    );
    endOfSeeds = layout.end();
    roomOfOther = 0;
  };
  const growOtherTo = (count: number): void => {
    if (count <= roomOfOther) return;
    roomOfOther = roomFor(count);
    const layout = layOut(endOfSeeds);
    othersAt = layout.reserve(roomOfOther * 2);
    runsAt = layout.reserve((roomOfOther / SEED.cjk) * 3 * 4);
    makeRoom(memory, layout.end());
    wasm.placeOther(othersAt, runsAt);
  };
  const plant = (units: Uint16Array): void => {
    // There is a table even of no seeds.
    growTo(Math.max(1, units.length));
    growOtherTo(1);
    new Uint16Array(memory.buffer, unitsAt, units.length).set(units);
    wasm.plant(units.length, slotShift(units.length));
  };

  return (units) => {
    const hold = (other: Uint16Array): void => {
      if (planted !== finder) plant(units);
      planted = finder;
      growOtherTo(other.length);
      new Uint16Array(memory.buffer, othersAt, other.length).set(other);
    };
    const finder: SpanFinder = {
      runsIn(other) {
        hold(other);
        const count = wasm.find(other.length);
        return new Uint32Array(memory.buffer, runsAt, 3 * count).slice();
      },
      hasRunAround(places, { cjk, letters }, other) {
        hold(other);
        new Uint32Array(memory.buffer, windowsAt, MOST_WINDOWS).set(places);
        return wasm.hasRunAround(places.length, other.length, cjk, letters) !== 0;
      },
    };
    return finder;
  };
}
