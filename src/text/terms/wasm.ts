/** The scan as WebAssembly (wasm/scan.ts): its memory laid out here, texts taken through it piece by piece. */
import { type WasmMemory, type WasmModule, instantiate, makeRoom } from '../web-assembly.js';
import type { Scan } from './scan.js';
import type { Tables } from './tables.js';

interface Exports {
  memory: WasmMemory;
  placeTables(...addresses: number[]): void;
  placeBuffers(
    text: number,
    toFront: number,
    sieved: number,
    candidates: number,
    hits: number,
    roomForHits: number,
  ): void;
  configure(indexBits: number, sixShift: number): void;
  sift(from: number, to: number): void;
  walk(length: number): number;
}

/** Places taken through at once, a multiple of eight: the list of candidates and the text beside it stay in the cache. */
const BLOCK = 8_192;
/** Units read behind the text, and candidates written behind the last, by what is done for eight places at once. */
const BEHIND = 16;
const ROOM_FOR_HITS = 16_384;

export function makeWasmScan(tables: Tables, module: WasmModule): Scan {
  const scanner = instantiate(module) as Exports;
  const { memory } = scanner;
  const { offsets, nested } = tables;
  let longest = 1;
  for (let term = 0; term + 1 < offsets.length; term++)
    longest = Math.max(longest, offsets[term + 1]! - offsets[term]!);
  /** The unit before, the places, and what the longest term needs behind the last of them. */
  const window = 1 + BLOCK + longest;

  let end = 0;
  const reserve = (bytes: number): number => {
    const address = end;
    end += (bytes + 7) & ~7;
    return address;
  };
  const textAt = reserve((window + BEHIND) * 2);
  const toFrontAt = reserve(256 * 16);
  const sievedAt = reserve((BLOCK + BEHIND) * 2);
  const candidatesAt = reserve((BLOCK + BEHIND) * 8);
  const hitsAt = reserve((ROOM_FOR_HITS + nested) * 8);
  const { filter, sixes, codes, classes, cells, ends, units, wordStarts } = tables;
  const placed = [filter, sixes, codes, classes, cells, ends, units, offsets, wordStarts].map((table) => ({
    table,
    address: reserve(table.byteLength),
  }));
  makeRoom(memory, end);
  for (const { table, address } of placed)
    new Uint8Array(memory.buffer, address, table.byteLength).set(
      new Uint8Array(table.buffer, table.byteOffset, table.byteLength),
    );
  scanner.placeTables(...placed.map(({ address }) => address));
  scanner.placeBuffers(textAt, toFrontAt, sievedAt, candidatesAt, hitsAt, ROOM_FOR_HITS);
  scanner.configure(tables.indexBits, tables.sixShift);

  const textThere = new Uint16Array(memory.buffer, textAt, window);
  const textBytes = Buffer.from(memory.buffer, textAt, window * 2);
  const hits = new Uint32Array(memory.buffer, hitsAt, (ROOM_FOR_HITS + nested) * 2);
  return (text, found) => {
    for (let from = 0; from < text.length; from += BLOCK) {
      const before = from === 0 ? 0 : 1;
      const [first, last] = [from - before, Math.min(text.length, from + BLOCK + longest)];
      if (typeof text === 'string') textBytes.write(text.slice(first, last), 'utf16le');
      else textThere.set(text.subarray(first, last));
      scanner.sift(before, before + Math.min(BLOCK, text.length - from));
      for (let count = ROOM_FOR_HITS + 1; count > ROOM_FOR_HITS;) {
        count = scanner.walk(last - first);
        for (let at = 0; at < 2 * count; at += 2) found(first + hits[at]!, hits[at + 1]!);
      }
    }
  };
}
