// Compiles src/text/terms/wasm/scan.ts and writes the module that carries it, in base64 (argument: the file; else into dist/).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')), 'bin', 'asc.js');
const out = process.argv[2] ?? join(root, 'dist', 'text', 'terms', 'wasm-module.js');
const folder = join(root, 'src', 'text', 'terms', 'wasm');

const dir = mkdtempSync(join(tmpdir(), 'asposted-asc-'));
const binary = join(dir, 'scan.wasm');
const { status, stderr } = spawnSync(
  process.execPath,
  [compiler, 'scan.ts', '--config', 'asconfig.json', '--outFile', binary],
  { cwd: folder, stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8' },
);
// That its optimiser could go on is nothing to tell a newcomer in the first line.
process.stderr.write(stderr.replace(/^Last converge was suboptimal\.\r?\n/gm, ''));
if (status === 0) {
  const base64 = readFileSync(binary).toString('base64');
  writeFileSync(
    out,
    `// Made by scripts/build-term-scan.mjs of wasm/scan.ts.\nexport const SCAN_MODULE = '${base64}';\n`,
  );
}
rmSync(dir, { recursive: true });
process.exit(status ?? 1);
