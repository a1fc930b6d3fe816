import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';

const root = fileURLToPath(new URL('..', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'asposted-package-'));
const installed = join(dir, 'node_modules', 'asposted');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
  version: string;
  dependencies: Record<string, string>;
};

/** What `npm install asposted` would put there: the files npm packs, and the packages it depends on beside them. */
before(() => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
  ) as [{ files: { path: string }[] }];
  mkdirSync(installed, { recursive: true });
  for (const { path } of packed.files) cpSync(join(root, path), join(installed, path));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(dir, 'node_modules', name));
  }
});
after(() => {
  rmSync(dir, { recursive: true, force: true });
});

test('the package holds what it runs on and none of its tests', () => {
  for (const path of [
    'dist/cli/main.js',
    'dist/catalogue.json',
    'catalogue/trade-names.yaml',
    'web/style.css',
    'docs/format.md',
    'LICENSE',
    'NOTICE',
    'CHANGELOG.md',
    'README.md',
  ])
    assert.ok(existsSync(join(installed, path)), path);
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    files.filter((path) => /\.test\.|testing|^src|^test/.test(path)),
    [],
  );
});

test('what is written in AssemblyScript is shipped compiled, not as the plain JavaScript it falls back to', () => {
  for (const [folder, constant] of [
    ['text/terms', 'SCAN_MODULE'],
    ['compare/kernel', 'KERNEL_MODULE'],
  ] as const) {
    const code = readFileSync(join(installed, 'dist', folder, 'wasm-module.js'), 'utf8');
    assert.match(code, new RegExp(`${constant} = 'AGFzb[A-Za-z0-9+/=]{1000,13000}'`));
  }
});

test('every subpath can be imported from the packed files, and brings its types', () => {
  const subpaths = Object.keys(manifest.exports).filter((path) => path !== './package.json');
  const script = `for (const path of ${JSON.stringify(subpaths)}) { const names = Object.keys(await import('asposted/' + path.slice(2))); if (names.length === 0) throw new Error(path); }`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: dir, encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stderr);
  for (const path of subpaths)
    assert.ok(existsSync(join(installed, (manifest.exports[path] as { types: string }).types)), path);
});

test('the installed command runs from anywhere: version, and a recognition with the catalogue it brought', () => {
  const main = join(installed, 'dist', 'cli', 'main.js');
  const version = spawnSync(process.execPath, [main, '--version'], { cwd: tmpdir(), encoding: 'utf8' });
  assert.equal(version.stdout, `asposted ${manifest.version}\n`);
  const ran = spawnSync(process.execPath, [main, 'recognise', '-', '--json'], {
    cwd: tmpdir(),
    encoding: 'utf8',
    input: '采购无人机抑制器',
  });
  assert.ok(ran.stdout.includes('"drone_jammer"'), ran.stderr);
});

test('publint has no complaint', async () => {
  const { messages } = await publint({ pkgDir: root, strict: true });
  assert.deepEqual(
    messages.map(({ code, path }) => `${code} ${path.join('.')}`),
    [],
  );
});

test('no dependency is under a licence we do not take', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; license?: string }>;
  };
  const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);
  assert.ok(shipped.length > 20);
  for (const [path, { license }] of shipped)
    assert.match(
      license ?? '',
      /^(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|PostgreSQL|\(?MIT OR |MIT AND )/,
      path,
    );
});
