// `npm test`: builds, looks for what the tests need beside Node, and runs every test with Node's own runner.
// With arguments: only the files whose path contains one of them.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

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

/**
 * One database folder for all: to make it takes a second of processor time, to copy it a twentieth, and a run opens a hundred and more
 * stores. It need not survive a power cut. Made by the product's own code; when that fails here, each store makes its own.
 */
async function cluster(folder) {
  const { startServer } = await import(new URL('../dist/store/engine/cluster.js', import.meta.url).href);
  const data = join(folder, 'pg');
  try {
    const server = await startServer(data, join(folder, 'run'));
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
    appendFileSync(join(data, 'postgresql.conf'), 'fsync = off\nfull_page_writes = off\n');
    return data;
  } catch (error) {
    console.error(`no common database folder: ${error.message}`);
    return '';
  }
}

function testFiles() {
  const wanted = process.argv.slice(2);
  return sources
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => wanted.length === 0 || wanted.some((each) => name.includes(each)))
    .sort();
}

/** The longest first, so that no core waits for one at the end; each in a process of its own. */
const LONG = [
  ...[
    'test/real-pages',
    'test/crash',
    'test/watching',
    'test/watch-day',
    'test/story',
    'test/bad-input',
    'test/hostile',
    'test/xss',
  ],
  ...['src/dossier/mutation', 'test/lineage', 'src/screen/screen', 'src/capture/browser/browser', 'src/watch/watch'],
  ...[
    'src/watch/passages',
    'test/pages',
    'test/dossier',
    'test/backup',
    'src/watch/faults',
    'src/watch/fsck',
    'test/log-keys',
  ],
  ...['test/browser-capture', 'src/watch/passages-killed', 'src/watch/workers', 'src/recognise/hostile', 'test/lists'],
  ...['test/importing', 'src/preserve/preserve', 'src/compare/kernel/kernel', 'src/preserve/key-change'],
];
const lengthOf = (name) => LONG.indexOf(name.replaceAll('\\', '/').replace(/\.test\.ts$/, ''));

/** Folders whose tests open no store, and so start no database. */
const TOGETHER = /^src[\\/](?!(?:watch|server|cli|demo|store|case)[\\/])/;
/** Hooks of a whole file would be those of its group. */
const HAS_HOOKS = /^(?:test\.)?(?:before|beforeEach|after|afterEach)\(/m;
const GROUP_SIZE = 8;

/** Small files in one process, eight at a time: by themselves most of what they do is to load the same modules again. */
function grouped(files, folder) {
  const long = files.filter((name) => lengthOf(name) >= 0).sort((a, b) => lengthOf(a) - lengthOf(b));
  const small = files
    .filter((name) => TOGETHER.test(name) && !long.includes(name))
    .filter((name) => !HAS_HOOKS.test(readFileSync(join(root, name), 'utf8')));
  const groups = Array.from({ length: Math.ceil(small.length / GROUP_SIZE) }, (_, at) => {
    const path = join(folder, `group-${at + 1}.mjs`);
    const names = small.slice(at * GROUP_SIZE, (at + 1) * GROUP_SIZE);
    const lines = names.map((name) => `import ${JSON.stringify(pathToFileURL(join(root, name)).href)};\n`);
    writeFileSync(path, lines.join(''));
    return path;
  });
  return [...long, ...files.filter((name) => !long.includes(name) && !small.includes(name)), ...groups];
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
const folder = mkdtempSync(join(tmpdir(), 'asposted-run-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
// Three at a time: most wait now and then for a process or a server of their own, and each of the larger ones starts a database.
const { status } = run(
  process.execPath,
  [
    '--enable-source-maps',
    '--import',
    new URL('compiled.mjs', import.meta.url).href,
    join(root, 'scripts', 'run-tests.mjs'),
    '3',
    ...grouped(files, folder).map((name) => resolve(root, name)),
  ],
  { env: { ...process.env, ASPOSTED_TEST_CLUSTER: await cluster(folder) } },
);
process.exit(status ?? 1);
