import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { type Ran, asposted, jsonLines, storeDir } from './support/cli.js';
import { LOOPBACK, startSite } from './support/site.js';

/** Before a release: 25 kills over 300 pages. */
const KILLS = Number(process.env['ASPOSTED_TEST_KILLS'] ?? 9);
const PAGES = KILLS * 12;

/** A small fixed generator, so that a failure can be played again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Each page has words of its own: no two are copies. */
function page(n: number): string {
  const words = Array.from({ length: 40 }, (_, at) => ((n * 7_919 + at * 104_729) % 99_991).toString(36)).join(' ');
  return `<!doctype html><html><head><title>Notice ${n}</title></head><body><article><h1>Notice ${n}</h1><p>${words}</p></article></body></html>`;
}

test(`kill -9 at ${KILLS} random points of a capture run over ${PAGES} pages loses nothing acknowledged`, async (t) => {
  const [site, store] = [await startSite(t), storeDir(t)];
  const urls = Array.from({ length: PAGES }, (_, n) => `${site.base}/notice/${n}`);
  for (let n = 0; n < PAGES; n++) site.answers.set(`/notice/${n}`, { body: page(n) });
  const run = (args: readonly string[], more: Parameters<typeof asposted>[1] = {}): Promise<Ran> =>
    asposted(args, { store, env: LOOPBACK, ...more });
  const random = dice(20_240_522);
  const acknowledged = new Map<string, number>();
  const note = (text: string): void => {
    for (const row of jsonLines(text)) acknowledged.set(String(row['exhibit']), Number(row['logIndex']));
  };
  let killed = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // Between nothing and ten pages in, then a moment that may fall between any two steps of the next page.
    const [after, moment] = [Math.floor(random() * 10), random() * 40];
    let lines = 0;
    let stop = (): void => undefined;
    const ran = await run(['capture', '--new', '--json', '-'], {
      input: urls.join('\n'),
      started: (child) => {
        stop = () => void setTimeout(() => child.kill('SIGKILL'), moment);
        if (after === 0) setTimeout(stop, random() * 1_500);
      },
      onOutput: (text) => {
        lines += text.split('\n').length - 1;
        if (after > 0 && lines >= after) stop();
      },
    });
    if (ran.signal === 'SIGKILL') killed += 1;
    note(ran.stdout);
  }
  assert.ok(killed >= KILLS * 0.9, `${killed} runs were killed`);
  const last = await run(['capture', '--new', '--json', '-'], { input: urls.join('\n') });
  assert.equal(last.code, 0, last.stderr);
  note(last.stdout);
  const notices = (await run(['list', 'notices', '--json'])).rows();
  const kept = notices.flatMap(({ exhibits }) => exhibits as string[]);
  assert.equal(notices.length, PAGES, 'every page is a notice');
  assert.equal(kept.length, PAGES, 'none was captured twice');
  for (const exhibit of acknowledged.keys())
    assert.ok(kept.includes(exhibit), `${exhibit} was acknowledged and is gone`);
  const places = [...acknowledged.values()];
  assert.equal(new Set(places).size, places.length, 'no two exhibits share a place in the log');
  const fsck = await run(['fsck', '--json']);
  assert.deepEqual([fsck.code, fsck.rows()[0]!['problems'], fsck.rows()[0]!['exhibits']], [0, [], PAGES]);
  const before = (await run(['list', 'notices', '--json'])).stdout;
  assert.equal((await run(['rebuild'])).code, 0);
  assert.equal((await run(['list', 'notices', '--json'])).stdout, before, 'made again, the rows are the same');
});

/** Every process that works for this store: command, keeper, database server. */
function processesOf(store: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => existsSync(`/proc/${name}/cmdline`))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(store);
      } catch {
        return false; // it ended while we looked
      }
    })
    .map(Number);
}

test('kill -9 of the command, the keeper and the database server together: the next command goes on', async (t) => {
  if (!existsSync('/proc/self/cmdline')) {
    t.skip('this system has no /proc to find the processes by');
    return;
  }
  const [site, store] = [await startSite(t), storeDir(t)];
  const urls = Array.from({ length: 60 }, (_, n) => `${site.base}/notice/${n}`);
  for (let n = 0; n < urls.length; n++) site.answers.set(`/notice/${n}`, { body: page(n) });
  const run = (more: Parameters<typeof asposted>[1] = {}): Promise<Ran> =>
    asposted(['capture', '--new', '--json', '-'], { store, env: LOOPBACK, input: urls.join('\n'), ...more });
  const acknowledged: string[] = [];
  for (let kill = 0; kill < 6; kill++) {
    let lines = 0;
    const ran = await run({
      onOutput: (text) => {
        lines += text.split('\n').length - 1;
        if (lines < 5) return;
        for (const pid of processesOf(store)) spawnSync('kill', ['-9', String(pid)]);
      },
    });
    acknowledged.push(...jsonLines(ran.stdout).map((row) => String(row['exhibit'])));
  }
  const last = await run();
  assert.equal(last.code, 0, last.stderr);
  const kept = (await asposted(['list', 'notices', '--json'], { store }))
    .rows()
    .flatMap(({ exhibits }) => exhibits as string[]);
  assert.equal(kept.length, urls.length);
  for (const exhibit of acknowledged) assert.ok(kept.includes(exhibit), `${exhibit} was acknowledged and is gone`);
  assert.equal((await asposted(['fsck'], { store })).code, 0);
});

test('six commands at once on a store that is not there yet make one store, one key and one log', async (t) => {
  const [site, store] = [await startSite(t), storeDir(t)];
  for (let n = 0; n < 30; n++) site.answers.set(`/notice/${n}`, { body: page(n) });
  const ran = await Promise.all(
    Array.from({ length: 6 }, (_, k) =>
      asposted(['capture', '--json', ...Array.from({ length: 5 }, (_each, n) => `${site.base}/notice/${k * 5 + n}`)], {
        store,
        env: LOOPBACK,
      }),
    ),
  );
  for (const { code, stderr } of ran) assert.equal(code, 0, stderr);
  const places = ran.flatMap(({ stdout }) => jsonLines(stdout).map((row) => Number(row['logIndex'])));
  assert.equal(new Set(places).size, 30);
  assert.equal((await asposted(['list', 'notices', '--json'], { store })).rows().length, 30);
  const fsck = await asposted(['fsck', '--json'], { store });
  assert.deepEqual([fsck.code, fsck.rows()[0]!['exhibits'], fsck.rows()[0]!['problems']], [0, 30, []]);
});
