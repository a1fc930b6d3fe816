// `npm run interop`: what other programs say of what we write. Installs them into a temporary folder from PyPI, the Go module proxy
// and npm; each that cannot be had here is named and not counted. Needs python3, go, openssl and Chromium for the full round.
//
//   py-wacz      validates an exported package
//   warcio       checks the digests of its WARCs (bodies sent without chunks: warcio hashes the raw chunks)
//   tessera fsck reads our tiles, entry bundles and checkpoint over HTTP
//   litewitness  cosigns our checkpoints over loopback
//   ReplayWeb.page replays the package in Chromium
//
// The RFC 3161 side runs with every test: `openssl ts` makes our test stamps and `openssl ts -verify` is held against our verdicts.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'asposted-interop-'));
const keep = process.argv.includes('--keep');
let failed = 0;

const WORDS = '国外企业采购无人机探测器通知';
const PAGE = `<!doctype html><html><head><meta charset="utf-8"><title>${WORDS}</title></head><body><h1>${WORDS}</h1><p>${'求购无人机探测器。'.repeat(20)}</p></body></html>`;

const run = (command, args, options = {}) => spawnSync(command, args, { cwd: dir, encoding: 'utf8', ...options });
const asposted = (...args) =>
  run(process.execPath, [join(root, 'dist/cli/main.js'), ...args, '--store', join(dir, 'store')], {
    env: { ...process.env, ASPOSTED_CAPTURE_ALLOW: '127.0.0.0/8' },
  });

function say(peer, verdict, detail = '') {
  console.log(`${verdict.padEnd(8)} ${peer}${detail === '' ? '' : `: ${detail}`}`);
  if (verdict === 'FAILED') failed += 1;
}

/** Serves what `answer` gives for a path; undefined is 404. */
async function serve(answer) {
  const server = createServer((request, response) => {
    const found = answer(decodeURIComponent(new URL(request.url, 'http://x').pathname), request);
    response.writeHead(found ? (found.status ?? 200) : 404, found?.headers ?? {});
    response.end(found?.body ?? '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const TYPES = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8', '.wacz': 'application/wacz' };

/** A folder, with ranges, as a player of packages asks for them. */
function folder(base) {
  return (path, request) => {
    const file = join(base, normalize(path));
    if (!file.startsWith(base) || !existsSync(file) || !statSync(file).isFile()) return undefined;
    const bytes = readFileSync(file);
    const headers = { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'accept-ranges': 'bytes' };
    const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
    if (!range) return { body: bytes, headers: { ...headers, 'content-length': bytes.length } };
    const from = range[1] === '' ? bytes.length - Number(range[2]) : Number(range[1]);
    const to = range[1] === '' || range[2] === '' ? bytes.length - 1 : Math.min(Number(range[2]), bytes.length - 1);
    const body = bytes.subarray(from, to + 1);
    return {
      status: 206,
      body,
      headers: { ...headers, 'content-length': body.length, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
    };
  };
}

async function evidence() {
  const site = await serve((path) =>
    path === '/moved'
      ? { status: 302, headers: { location: '/notice', 'content-length': 0 } }
      : {
          body: PAGE,
          headers: { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(PAGE) },
        },
  );
  asposted('init', join(dir, 'store'));
  // The server of the page is this process: the command must not block it.
  const { spawn } = await import('node:child_process');
  await new Promise((done) => {
    const child = spawn(
      process.execPath,
      [join(root, 'dist/cli/main.js'), 'capture', `${site.address}/moved`, '--store', join(dir, 'store')],
      {
        env: { ...process.env, ASPOSTED_CAPTURE_ALLOW: '127.0.0.0/8' },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    child.once('exit', done);
  });
  const notice = JSON.parse(asposted('list', 'notices', '--json').stdout.split('\n')[0]);
  const exported = asposted('export', notice.id, '-o', join(dir, 'notice.wacz'));
  if (exported.status !== 0) throw new Error(exported.stderr);
  writeFileSync(join(dir, 'key'), asposted('log', 'key').stdout);
  site.close();
  return { page: `${site.address}/notice` };
}

function python() {
  const venv = join(dir, 'python');
  if (run('python3', ['-m', 'venv', venv]).status !== 0)
    return say('py-wacz, warcio', 'not run', 'no python3 with venv');
  const pip = run(join(venv, 'bin/pip'), ['install', '-q', 'wacz', 'warcio']);
  if (pip.status !== 0) return say('py-wacz, warcio', 'not run', 'they cannot be installed');
  const validated = run(join(venv, 'bin/wacz'), ['validate', '-f', 'notice.wacz']);
  say('py-wacz validate', validated.status === 0 ? 'ok' : 'FAILED', validated.stdout.trim().split('\n').at(-1));
  const unzip = 'import zipfile,sys; zipfile.ZipFile("notice.wacz").extractall("unpacked")';
  execFileSync(join(venv, 'bin/python'), ['-c', unzip], { cwd: dir });
  for (const name of readdirSync(join(dir, 'unpacked/archive'))) {
    const checked = run(join(venv, 'bin/warcio'), ['check', '-v', join('unpacked/archive', name)]);
    const bad = /digest failed/.test(checked.stdout);
    const passed = checked.stdout.match(/digest pass/g)?.length ?? 0;
    say('warcio check', checked.status === 0 && !bad ? 'ok' : 'FAILED', `${passed} records with right digests`);
  }
}

async function tessera() {
  const installed = run('go', ['install', 'github.com/transparency-dev/tessera/cmd/fsck@latest'], {
    env: { ...process.env, GOBIN: dir, GOFLAGS: '-mod=mod' },
  });
  if (installed.status !== 0) return say('tessera fsck', 'not run', 'it cannot be built here');
  const log = await serve(folder(join(dir, 'store/log')));
  const { spawn } = await import('node:child_process');
  const output = [];
  const code = await new Promise((done) => {
    const child = spawn(
      join(dir, 'fsck'),
      [`--storage_url=${log.address}/`, `--public_key=${join(dir, 'key')}`, '--ui=false', '-logtostderr'],
      { cwd: dir },
    );
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)));
    child.once('exit', done);
  });
  log.close();
  say(
    'tessera fsck',
    code === 0 ? 'ok' : 'FAILED',
    code === 0 ? 'every tile and entry leads to the checkpoint' : output.join('').slice(-400),
  );
}

/** litewitness keeps its logs in SQLite; the command that registers one cannot be built outside its repository, so that is done here. */
const REGISTER = `import sqlite3,sys
with sqlite3.connect(sys.argv[1]) as db:
    db.execute("INSERT INTO log(origin, tree_size, tree_hash) VALUES (?, 0, ?)", (sys.argv[2], sys.argv[4]))
    db.execute("INSERT INTO key(origin, key) VALUES (?, ?)", (sys.argv[2], sys.argv[3]))
`;
const EMPTY_TREE = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

async function witness() {
  const name = 'litewitness (torchwood 0.6.1)';
  // Later versions ask for a newer Go.
  const installed = run('go', ['install', 'filippo.io/torchwood/cmd/litewitness@v0.6.1'], {
    env: { ...process.env, GOBIN: dir, GOFLAGS: '-mod=mod' },
  });
  if (installed.status !== 0) return say(name, 'not run', 'it cannot be built here');
  if (run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', 'wkey']).status !== 0)
    return say(name, 'not run', 'no ssh-keygen');
  const { spawn } = await import('node:child_process');
  const socket = join(dir, 'agent.sock');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { cwd: dir, stdio: 'ignore' });
  const port = 20_000 + (process.pid % 20_000);
  let server;
  try {
    await waitFor(() => existsSync(socket));
    run('ssh-add', ['-q', 'wkey'], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    const fingerprint = run('ssh-keygen', ['-l', '-f', 'wkey.pub']).stdout.split(' ')[1];
    const flags = [
      '-name',
      'lw.test/witness',
      '-key',
      fingerprint,
      '-ssh-agent',
      socket,
      '-db',
      'lw.db',
      '-listen',
      `127.0.0.1:${port}`,
    ];
    let output = '';
    server = spawn(join(dir, 'litewitness'), flags, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
    server.stderr.on('data', (text) => (output += text));
    await waitFor(() => /msg=listening/.test(output));
    const vkey = /vkey=(\S+)/.exec(output)[1];
    const logKey = readFileSync(join(dir, 'key'), 'utf8').trim();
    run('python3', ['-c', REGISTER, 'lw.db', logKey.split('+')[0], logKey, EMPTY_TREE]);
    const policy = `log ${logKey}\nwitness lw ${vkey} http://127.0.0.1:${port}\nquorum lw\n`;
    writeFileSync(join(dir, 'policy'), policy);
    const outcomes = [];
    for (let round = 0; round < 2; round++) {
      const asked = asposted('log', 'witness', '--policy', join(dir, 'policy'));
      outcomes.push(asked.status);
      asposted('case', 'new', `round ${round}`); // an entry more, so that the next checkpoint is another
    }
    const right = outcomes.every((status) => status === 0);
    say(name, right ? 'ok' : 'FAILED', right ? 'it cosigns two checkpoints of one log' : `exit ${outcomes.join(', ')}`);
  } finally {
    server?.kill();
    agent.kill();
  }
}

async function waitFor(condition) {
  for (let tries = 0; tries < 200 && !condition(); tries++) await new Promise((done) => setTimeout(done, 50));
}

async function replay({ page }) {
  const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );
  if (!chromium) return say('ReplayWeb.page', 'not run', 'no Chromium');
  // Packed, not installed: its dependencies are bundled in the two files a site serves. AGPL-3; nothing of it is ours or shipped.
  if (run('npm', ['pack', '--silent', 'replaywebpage@2.5.3']).status !== 0)
    return say('ReplayWeb.page', 'not run', 'it cannot be fetched');
  execFileSync('tar', ['xzf', readdirSync(dir).find((name) => name.endsWith('.tgz'))], { cwd: dir });
  writeFileSync(
    join(dir, 'index.html'),
    `<!doctype html><script src="/package/ui.js"></script><replay-web-page source="/notice.wacz" url="${page}" replayBase="/package/" style="height:600px;display:block"></replay-web-page>`,
  );
  const site = await serve(folder(dir));
  const { chromium: driver } = await import('playwright-core');
  const browser = await driver.launch({
    executablePath: chromium,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const tab = await browser.newPage();
    await tab.goto(`${site.address}/index.html`);
    const until = Date.now() + 60_000;
    let seen = '';
    while (Date.now() < until && !seen.includes(WORDS)) {
      const texts = await Promise.all(
        tab.frames().map((frame) => frame.evaluate('document.body ? document.body.innerText : ""').catch(() => '')),
      );
      seen = texts.slice(1).join('\n');
      await new Promise((done) => setTimeout(done, 500));
    }
    say(
      'ReplayWeb.page 2.5.3',
      seen.includes(WORDS) ? 'ok' : 'FAILED',
      seen.includes(WORDS) ? 'it replays the page' : 'the page does not appear',
    );
  } finally {
    await browser.close();
    site.close();
  }
}

try {
  const facts = await evidence();
  python();
  await tessera();
  await witness();
  await replay(facts);
} finally {
  if (!keep) rmSync(dir, { recursive: true, force: true });
  else console.log(dir);
}
process.exit(failed === 0 ? 0 : 1);
