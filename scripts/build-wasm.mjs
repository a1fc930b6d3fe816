// Compiles what is written in AssemblyScript and writes, for each, the module that carries it, in base64: all of them into dist/,
// or the one named by the first argument into the file named by the second.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = {
  terms: { source: 'text/terms/wasm/scan.ts', constant: 'SCAN_MODULE' },
  copies: { source: 'compare/kernel/wasm/kernel.ts', constant: 'KERNEL_MODULE' },
};

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')), 'bin', 'asc.js');

function compile({ source, constant }, out) {
  const folder = join(root, 'src', dirname(source));
  const dir = mkdtempSync(join(tmpdir(), 'asposted-asc-'));
  const binary = join(dir, 'module.wasm');
  const { status, stderr } = spawnSync(
    process.execPath,
    [compiler, basename(source), '--config', join(root, 'scripts', 'asconfig.json'), '--outFile', binary],
    { cwd: folder, stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8' },
  );
  // That its optimiser could go on is nothing to tell a newcomer in the first line.
  process.stderr.write(stderr.replace(/^Last converge was suboptimal\.\r?\n/gm, ''));
  if (status === 0) {
    const base64 = readFileSync(binary).toString('base64');
    writeFileSync(
      out,
      `// Made by scripts/build-wasm.mjs of wasm/${basename(source)}.\nexport const ${constant} = '${base64}';\n`,
    );
  }
  rmSync(dir, { recursive: true });
  if (status !== 0) process.exit(status ?? 1);
}

const [name, file] = process.argv.slice(2);
if (name !== undefined) compile(MODULES[name], file);
else
  for (const module of Object.values(MODULES))
    compile(module, join(root, 'dist', dirname(dirname(module.source)), 'wasm-module.js'));
