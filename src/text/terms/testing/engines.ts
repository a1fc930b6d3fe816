import { compileModule } from '../../testing/compile.js';
import { type Scan, makeScan } from '../scan.js';
import { type SoughtTerm, buildTables } from '../tables.js';
import { makeWasmScan } from '../wasm.js';

export type MakeScan = (terms: readonly (string | SoughtTerm)[]) => Scan;

/** Both engines of the product. */
export async function makeEngines(): Promise<Record<'javascript' | 'webAssembly', MakeScan>> {
  const module = await compileModule('terms');
  return {
    javascript: (terms) => makeScan(buildTables(terms)),
    webAssembly: (terms) => makeWasmScan(buildTables(terms), module),
  };
}
