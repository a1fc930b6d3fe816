import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Scan, makeScan } from '../scan.js';
import { type SoughtTerm, buildTables } from '../tables.js';
import { loadScanModule, makeWasmScan } from '../wasm.js';

export type MakeScan = (terms: readonly (string | SoughtTerm)[]) => Scan;

/** Both engines of the product, the WebAssembly compiled from its source as the build does it. */
export async function makeEngines(): Promise<Record<'javascript' | 'webAssembly', MakeScan>> {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-scan-'));
  try {
    const file = join(dir, 'wasm-module.mjs');
    const script = fileURLToPath(new URL('../../../../scripts/build-term-scan.mjs', import.meta.url));
    const { status } = spawnSync(process.execPath, [script, file], { stdio: 'inherit' });
    if (status !== 0) throw new Error('wasm/scan.ts does not compile');
    const { SCAN_MODULE } = (await import(pathToFileURL(file).href)) as { SCAN_MODULE: string };
    const module = loadScanModule(SCAN_MODULE)!;
    return {
      javascript: (terms) => makeScan(buildTables(terms)),
      webAssembly: (terms) => makeWasmScan(buildTables(terms), module),
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}
