// `npm run build`: TypeScript to dist/, the catalogue compiled beside it, and the static page that checks evidence. Nothing is fetched.
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const run = (script, ...args) => {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
run(require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json');
run('scripts/build-wasm.mjs');
run('scripts/build-catalogue.mjs');
run('scripts/build-verify-page.mjs');
run('scripts/build-keys.mjs');
chmodSync(new URL('../dist/cli/main.js', import.meta.url), 0o755);
