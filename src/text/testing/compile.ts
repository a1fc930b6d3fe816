import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type WasmModule, loadWasmModule } from '../web-assembly.js';

const script = fileURLToPath(new URL('../../../scripts/build-wasm.mjs', import.meta.url));

/** A module of scripts/build-wasm.mjs, compiled from its source as the build does it. */
export async function compileModule(name: string): Promise<WasmModule> {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-wasm-'));
  try {
    const file = join(dir, 'wasm-module.mjs');
    const { status } = spawnSync(process.execPath, [script, name, file], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`${name} does not compile`);
    const [base64] = Object.values((await import(pathToFileURL(file).href)) as Record<string, string>);
    return loadWasmModule(base64!)!;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
