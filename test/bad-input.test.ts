import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import test, { type TestContext, after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { makeAuthority } from '../src/capture/authority.js';
import { type Ran, asposted, jsonLines } from './support/cli.js';
import { LOOPBACK, type Site, startSite } from './support/site.js';

/** One store for all bad days: what it held before must be there after each of them. */
const dir = mkdtempSync(join(tmpdir(), 'asposted-bad-'));
const store = join(dir, 'store');
const closing: (() => void)[] = [];
let site: Site;
let good = '';

const run = (args: readonly string[], env: Record<string, string> = LOOPBACK, input?: string): Promise<Ran> =>
  asposted(args, { store, env, ...(input === undefined ? {} : { input }) });

before(async () => {
  site = await startSite({ after: (done: () => void) => closing.push(done) });
  site.answers.set('/good', {
    body: '<!doctype html><html><head><title>Good</title></head><body><article><p>A notice that was kept before the bad days came.</p></article></body></html>',
  });
  const [row] = (await run(['capture', '--json', `${site.base}/good`])).rows();
  good = String(row!['exhibit']);
});
after(() => {
  for (const close of closing) close();
  rmSync(dir, { recursive: true, force: true });
});

/** One sentence, at most its cause and the next step, the right exit code; with --json the same as one object. */
function assertClear(ran: Ran, exit: number, words: RegExp): void {
  assert.equal(ran.code, exit, `exit ${String(ran.code)}: ${ran.stderr}`);
  assert.match(ran.stderr, words);
  assert.match(ran.stderr, /^asposted: [^\n]{10,400}\n(?:  because: [^\n]+\n){0,6}(?:  next: [^\n]+\n)?$/, ran.stderr);
  assert.doesNotMatch(ran.stderr, /\n\s+at |node:internal|undefined/);
}

async function assertNothingLost(): Promise<void> {
  const kept = (await run(['list', 'notices', '--json'])).rows().flatMap(({ exhibits }) => exhibits as string[]);
  assert.ok(kept.includes(good), 'the exhibit kept before is still there');
  const fsck = await run(['fsck', '--json']);
  assert.deepEqual([fsck.code, fsck.rows()[0]!['problems']], [0, []]);
}

async function serve(t: TestContext, make: () => Server): Promise<number> {
  const server = make();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

test('an unknown scheme', async () => {
  assertClear(await run(['capture', 'ftp://example.org/notice']), 2, /ftp: are not captured/);
  assertClear(await run(['source', 'add', 'gopher://example.org/']), 2, /gopher:/);
  assertClear(await run(['capture', 'notice']), 2, /is not an address/);
});

test('a private address without capture.allow', async () => {
  assertClear(await run(['capture', `${site.base}/good`], {}), 2, /127\.0\.0\.1, which is not a public address/);
  assertClear(await run(['capture', 'http://169.254.169.254/latest/meta-data/'], {}), 2, /169\.254\.169\.254/);
});

test('a certificate nobody vouches for', async (t) => {
  const { key, cert } = makeAuthority().issue(['notice.example']);
  const port = await serve(t, () => createTlsServer({ key, cert }, (socket) => socket.end()));
  const env = { ...LOOPBACK, ASPOSTED_CAPTURE_RESOLVE: `notice.example:443:127.0.0.1:${port}` };
  assertClear(
    await run(['capture', 'https://notice.example/'], env),
    7,
    /certificate of notice\.example was not accepted/,
  );
});

test('gzip that is cut off', async () => {
  const packed = gzipSync('x'.repeat(9_000));
  site.answers.set('/cut', {
    headers: { 'content-encoding': 'gzip', 'content-type': 'text/html' },
    body: packed.subarray(0, 25),
  });
  assertClear(await run(['capture', `${site.base}/cut`]), 1, /gzip but is damaged or cut off/);
});

test('a body of 2 GB, announced or not, is kept as far as the limit, says so, and does not fill the memory', async (t) => {
  const piece = Buffer.alloc(1 << 20, 'x');
  const port = await serve(t, () =>
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (request: Buffer) => {
        const announced = request.toString().startsWith('GET /announced');
        socket.write(
          `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n${announced ? 'Content-Length: 2147483648\r\n' : ''}\r\n`,
        );
        const more = (): void => {
          while (!socket.destroyed && socket.write(piece));
        };
        socket.on('drain', more);
        more();
      });
    }),
  );
  const small = { ...LOOPBACK, NODE_OPTIONS: '--max-old-space-size=256' };
  for (const path of ['announced', 'endless']) {
    const ran = await run(['capture', '--json', `http://127.0.0.1:${port}/${path}`], small);
    const { class: verdict, rule, truncated, exhibit } = ran.rows()[0]!;
    assert.deepEqual([ran.code, verdict, rule, truncated], [0, 'unknown', 'truncated-length', 'length'], path);
    const shown = await run(['show', String(exhibit)]);
    assert.match(shown.stdout, /HTTP 200, 12000000 bytes/);
    assert.match(shown.stdout, /cut +longer than capture\.maxBytes: kept as far as that/);
    assert.equal((await run(['verify', String(exhibit)])).code, 0);
  }
  await assertNothingLost();
});

test('redirects without end', async () => {
  site.answers.set('/loop', { status: 302, headers: { location: '/loop' }, body: '' });
  assertClear(await run(['capture', `${site.base}/loop`]), 1, /redirects more than 5 times/);
});

test('a feed that is an outage page: said once, counted as our trouble, and its notices go on', async () => {
  site.answers.set('/feed.xml', { body: '<html><body><h1>Технические работы</h1></body></html>' });
  assertClear(await run(['source', 'test', `${site.base}/feed.xml`, '--kind', 'feed']), 1, /feed/i);
  assert.equal((await run(['source', 'add', `${site.base}/feed.xml`, '--kind', 'feed', '--name', 'bad feed'])).code, 0);
  const round = await run(['watch', '--once', '--json']);
  assert.equal(round.code, 3);
  const failures = round.rows()[0]!['failures'] as { what: string; retry: string }[];
  assert.deepEqual(
    failures.map(({ what, retry }) => [what, retry]),
    [['source bad feed', 'later']],
  );
  const [source] = (await run(['list', 'sources', '--json'])).rows();
  assert.ok(source!['lastProblem']);
});

test('bytes that are no UTF-8 are kept as they are and read with a note', async () => {
  const body = Buffer.concat([
    Buffer.from('<!doctype html><html><head><meta charset="utf-8"><title>Odd</title></head><body><article><p>'),
    Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
    Buffer.from(` ${'words enough to read. '.repeat(10)}</p></article></body></html>`),
  ]);
  site.answers.set('/odd', { headers: { 'content-type': 'text/html; charset=utf-8' }, body });
  const ran = await run(['capture', '--json', `${site.base}/odd`]);
  assert.equal(ran.code, 0, ran.stderr);
  const [shown] = (await run(['show', String(ran.rows()[0]!['exhibit']), '--json'])).rows();
  const reading = shown!['reading'] as { text: string; problems: string[] };
  assert.match(reading.text, /words enough/);
  assert.ok(reading.problems.length > 0);
});

test('a catalogue with an error names the file and the line', async () => {
  const catalogue = join(dir, 'catalogue');
  cpSync(fileURLToPath(new URL('../catalogue', import.meta.url)), catalogue, { recursive: true });
  writeFileSync(join(catalogue, 'families', 'radar.yaml'), 'id: radar\nterms: {zh: [\n');
  assertClear(
    await run(['recognise', '-', '--catalogue', catalogue], {}, '雷达'),
    2,
    /families\/radar\.yaml, line \d+ is not valid YAML/,
  );
  writeFileSync(join(catalogue, 'families', 'radar.yaml'), 'id: radar\npriority: sometimes\n');
  assertClear(
    await run(['recognise', '-', '--catalogue', catalogue], {}, '雷达'),
    2,
    /families\/radar\.yaml: priority must be/,
  );
});

const NULL = '-0- ';
const row = (n: number): string =>
  [String(n), `"PLANT NUMBER ${n}"`, NULL, '"TEST"', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL].join(',');

test('a list cut in half is refused, and the last good version goes on ruling', async () => {
  const whole = [...Array.from({ length: 40 }, (_, n) => row(n + 1)), '\x1a'].join('\r\n');
  const [file, cut, short] = [join(dir, 'SDN.CSV'), join(dir, 'CUT.CSV'), join(dir, 'SHORT.CSV')];
  writeFileSync(file, whole);
  writeFileSync(cut, whole.slice(0, Math.floor(whole.length / 2)));
  writeFileSync(short, [...Array.from({ length: 20 }, (_, n) => row(n + 1)), '\x1a'].join('\r\n'));
  assert.equal((await run(['lists', 'add', 'us_ofac_sdn', file, '--published', '2024-05-01'])).code, 0);
  assertClear(await run(['lists', 'add', 'us_ofac_sdn', cut, '--published', '2024-05-02']), 1, /CUT|cut/);
  assertClear(
    await run(['lists', 'add', 'us_ofac_sdn', short, '--published', '2024-05-02']),
    1,
    /from 40 to 20 entries/,
  );
  const [status] = (await run(['lists', 'status', '--json'])).rows();
  assert.deepEqual([status!['versions'], status!['entries']], [1, 40]);
});

test('a store from a newer version is left alone', async () => {
  const newer = join(dir, 'newer');
  mkdirSync(newer);
  writeFileSync(join(newer, 'format'), '99\n');
  assertClear(await asposted(['list', 'notices'], { store: newer }), 1, /has format 99; this As Posted knows 1/);
  assertClear(await asposted(['list', 'notices'], { store: join(dir, 'nowhere') }), 8, /there is no store in/);
});

test('a full disk: one clear error, what was acknowledged stays, and it goes on when there is room', async (t) => {
  const vault = join(dir, 'small', 'vault');
  mkdirSync(vault, { recursive: true });
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', vault]).status !== 0) {
    t.diagnostic('no small file system can be mounted here; the stub of src/preserve/preserve.test.ts stands for it');
    return;
  }
  t.after(() => spawnSync('umount', ['-l', vault]));
  const small = join(dir, 'small');
  const capture = (urls: readonly string[]): Promise<Ran> =>
    asposted(['capture', '--json', ...urls], { store: small, env: LOOPBACK });
  const urls = Array.from({ length: 12 }, (_, n) => {
    const noise = Array.from({ length: 12_000 }, (_each, at) =>
      ((n * 7_919 + at * 104_729) % 99_991).toString(36),
    ).join(' ');
    site.answers.set(`/big/${n}`, {
      body: `<!doctype html><html><head><title>Big ${n}</title></head><body><article><p>${noise}</p></article></body></html>`,
    });
    return `${site.base}/big/${n}`;
  });
  const ran = await capture(urls);
  const kept = jsonLines(ran.stdout).map((each) => String(each['exhibit']));
  assert.ok(kept.length > 0 && kept.length < urls.length, `${kept.length} of ${urls.length} were kept`);
  const error = JSON.parse(ran.stderr.trim()) as Record<string, unknown>;
  assert.deepEqual([error['code'], error['retry'], ran.code], ['VAULT_FULL', 'later', 1]);
  assert.match(String(error['message']), /there is no space left/);
  spawnSync('mount', ['-o', 'remount,size=40m', vault]);
  assert.equal((await capture(urls)).code, 0);
  const all = (await asposted(['list', 'notices', '--json'], { store: small }))
    .rows()
    .flatMap(({ exhibits }) => exhibits as string[]);
  for (const exhibit of kept) assert.ok(all.includes(exhibit), `${exhibit} was acknowledged and is gone`);
  assert.equal((await asposted(['fsck'], { store: small })).code, 0);
});

test('two watches on one store: each takes what the other has not taken', async () => {
  let stop = (): void => undefined;
  let running = (): void => undefined;
  const started = new Promise<void>((resolve) => (running = resolve));
  const first = asposted(['watch', '--watch.pause', '100ms'], {
    store,
    env: LOOPBACK,
    started: (child) => {
      stop = () => child.kill('SIGINT');
      running();
    },
  });
  await started;
  const second = await run(['watch', '--once']);
  assert.ok(second.code === 0 || second.code === 3, second.stderr);
  stop();
  assert.equal((await first).code, 130);
  await assertNothingLost();
});

test('words that are no command, no flag and no setting', async () => {
  assertClear(await run(['captrue', 'x']), 2, /no command captrue/);
  assert.match((await run(['captrue'])).stderr, /Did you mean `asposted capture`/);
  assertClear(await run(['list', 'notices', '--presense', 'removed']), 2, /unknown flag --presense/);
  assertClear(
    await run(['list', 'notices'], { ASPOSTED_WATCH_CONFIRM_NOTICE: 'soon' }),
    2,
    /watch\.confirm\.notice from ASPOSTED_WATCH_CONFIRM_NOTICE/,
  );
  const json = await run(['show', 'N-ZZZZ', '--json']);
  assert.equal(json.code, 1);
  const error = JSON.parse(json.stderr.trim().split('\n').at(-1)!) as Record<string, unknown>;
  assert.deepEqual([error['type'], error['code'], error['retry'], error['exit']], ['error', 'NOT_FOUND', 'never', 1]);
});

test('after all of it nothing that was acknowledged is lost', async () => {
  assert.ok(existsSync(join(store, 'format')));
  await assertNothingLost();
});
