// `npm test`: builds, looks for what the tests need beside Node, and runs every test with Node's own runner.
// With arguments: only the files whose path contains one of them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });

const NEEDS = [
  {
    what: 'Chromium (the test of the pages)',
    packages: ['chromium', 'fonts-noto-cjk'],
    isThere: () => ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(existsSync),
  },
  {
    what: 'a PostgreSQL server (the test of ASPOSTED_DATABASE_URL)',
    packages: ['postgresql'],
    isThere: () => existsSync('/usr/lib/postgresql'),
  },
  {
    what: 'openssl (certificates made by somebody else)',
    packages: ['openssl'],
    isThere: () => run('openssl', ['version'], { stdio: 'ignore' }).status === 0,
  },
];

function provide() {
  const missing = NEEDS.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;
  const canInstall = process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get');
  for (const { what } of missing) console.error(`${canInstall ? 'installing' : 'missing'}: ${what}`);
  if (!canInstall) {
    console.error('Tests that need them say so and skip; in CI a skip is a failure.');
    return;
  }
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  run('apt-get', ['update', '-qq'], quiet);
  run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...missing.flatMap(({ packages }) => packages)],
    quiet,
  );
}

const sources = ['src', 'test']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.ts') && !/[\\/]wasm[\\/]/.test(name));

/** All sources once: compiled by each test file for itself they took a good part of the whole time. */
async function compile() {
  const { build } = await import('esbuild');
  const outdir = join(root, 'node_modules', '.cache', 'tests');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: sources,
    outdir,
    outbase: root,
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    tsconfigRaw: readFileSync(join(root, 'tsconfig.json'), 'utf8'),
  });
}

function testFiles() {
  const wanted = process.argv.slice(2);
  return sources
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => wanted.length === 0 || wanted.some((each) => name.includes(each)))
    .sort();
}

provide();
const built = run(process.execPath, ['scripts/build.mjs']);
if (built.status !== 0) process.exit(built.status ?? 1);
const files = testFiles();
if (files.length === 0) {
  console.error('no test file has such a name');
  process.exit(1);
}
await compile();
// Two at a time: each of the larger ones starts a database of its own.
const { status } = run(process.execPath, [
  '--enable-source-maps',
  '--import',
  new URL('compiled.mjs', import.meta.url).href,
  '--test',
  '--test-concurrency=2',
  '--test-reporter=spec',
  ...files,
]);
process.exit(status ?? 1);
