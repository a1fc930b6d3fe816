/** Many terms at once: every occurrence of each of them in one pass over a text (facts/copies §20 to §24). */
import { type WasmModule, loadWasmModule } from '../web-assembly.js';
import { type Found, type Scan, makeScan } from './scan.js';
import { type SoughtTerm, buildTables } from './tables.js';
import { makeWasmScan } from './wasm.js';
import { SCAN_MODULE } from './wasm-module.js';

export { isWordUnit, unitsOf } from './tables.js';
export type { Found, SoughtTerm };

export interface Terms {
  /**
   * Calls `found` for every occurrence, overlapping ones too, in the order of where they begin and then of their length.
   * A string is taken unit by unit: surrogate pairs are two, and nothing is folded. `found` must not scan with the same
   * terms. Time grows with the text, and with the length of the terms where they nearly match everywhere; memory does
   * not grow, except in plain JavaScript by the units of a string.
   */
  readonly scan: Scan;
}

let module: WasmModule | undefined;

/**
 * Makes the tables for `scan`: once for a list of terms, about 5 µs each.
 * Throws a RangeError where a term is empty or stands there twice, with or without `wordStart`.
 *
 * @example
 * const terms = compileTerms(['无人机', '机', { text: 'drone', wordStart: true }]);
 * terms.scan('无人机 drones, overdrone', (start, term) => { … }); // (0, 0), (2, 1), (4, 2)
 */
export function compileTerms(terms: readonly (string | SoughtTerm)[]): Terms {
  const tables = buildTables(terms);
  if (SCAN_MODULE !== undefined) module ??= loadWasmModule(SCAN_MODULE);
  return { scan: module ? makeWasmScan(tables, module) : makeScan(tables) };
}
