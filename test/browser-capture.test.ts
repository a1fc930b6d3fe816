/** Rendering in a browser, as a user runs it: what is kept, what it proves, and what happens where there is none. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { skipOrFail } from '../src/model/testing/shared.js';
import { readWarc, readZip } from '../src/verify/index.js';
import { type Ran, asposted } from './support/cli.js';
import { LOOPBACK, type Site, startSite } from './support/site.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const dir = mkdtempSync(join(tmpdir(), 'asposted-browser-'));
const store = join(dir, 'store');
const closing: (() => void)[] = [];
let site: Site;

const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  asposted(args, { store, env: { ...LOOPBACK, ...env } });

/** As on a machine without a browser. */
const BARE = { ASPOSTED_CAPTURE_CHROMIUM: join(dir, 'chromium') };

before(async () => {
  site = await startSite({ after: (done: () => void) => closing.push(done) });
  site.answers.set('/notice', {
    body: '<!doctype html><html><head><title>Notice</title></head><body><article><p>A notice that names drone detectors, as it came over the wire.</p><p id="late"></p></article><script src="/late.js"></script></body></html>',
  });
  site.answers.set('/late.js', {
    headers: { 'content-type': 'text/javascript' },
    body: 'document.getElementById("late").textContent = "Added by a script."',
  });
});
after(() => {
  for (const close of closing) close();
  rmSync(dir, { recursive: true, force: true });
});

test('capture --browser: the bundle holds bytes, picture, print and text, verifies anywhere, and is read as a plain one', async (t) => {
  if (CHROMIUM === undefined) {
    skipOrFail(t, 'no Chromium is installed: on Debian, apt-get install chromium');
    return;
  }
  const temporary = join(dir, 'temporary');
  mkdirSync(temporary);
  const env = { ASPOSTED_CAPTURE_CHROMIUM: CHROMIUM, TMPDIR: temporary };
  const ran = await run(['capture', '--json', '--browser', `${site.base}/notice`], env);
  assert.equal(ran.code, 0, ran.stderr);
  const [row] = ran.rows();
  const { name, requests, failed } = row!['browser'] as Record<string, unknown>;
  assert.deepEqual([row!['class'], name, requests, failed], ['live', 'chromium', 2, 0]);

  const file = join(dir, 'exhibit.zip');
  assert.equal((await run(['export', String(row!['exhibit']), '-o', file])).code, 0);
  const verified = await asposted(['verify', file, '--json']);
  assert.equal(verified.code, 0, verified.stdout);
  const warc = (await readZip(await readFile(file))).find(({ path }) => path.endsWith('.warc.gz'))!;
  const targets = [];
  for await (const { type, targetUri } of readWarc(warc.bytes)) if (type === 'resource') targets.push(targetUri);
  assert.deepEqual(
    targets,
    ['textFinal', 'fullPage', 'pdf', 'pageinfo'].map((kind) => `urn:${kind}:${site.base}/notice`),
  );

  const shown = await run(['show', String(row!['exhibit'])]);
  assert.match(shown.stdout, /^browser {3}chromium [\d.]+, 2 requests kept, 0 failed/m);
  const read = async (): Promise<string> => (await run(['show', String(row!['notice']), '--reading', '1'])).stdout;
  const reading = await read();
  assert.match(reading, /as it came over the wire/);
  assert.doesNotMatch(
    reading,
    /Added by a script/,
    'what the server sent is the notice; what scripts made of it lies beside it',
  );
  assert.equal((await run(['fsck'])).code, 0);
  assert.equal((await run(['rebuild'])).code, 0);
  assert.equal(await read(), reading);
  assert.deepEqual(readdirSync(temporary), [], 'the profile is gone with the browser');
});

test('without a browser --browser is one sentence with the next step, and nothing is fetched', async () => {
  const before = site.requests.length;
  for (const args of [
    ['--browser', `${site.base}/notice`],
    ['--capture.browser', 'on', `${site.base}/notice`],
  ]) {
    const ran = await run(['capture', ...args], BARE);
    assert.equal(ran.code, 2);
    assert.match(
      ran.stderr,
      /^asposted: capture\.chromium names \S+, which is no program that can be run\n {2}next: Install Chromium/,
    );
  }
  assert.equal(site.requests.length, before);
});

test('a source that wants a browser keeps the bytes where there is none, and the record says so', async () => {
  const bad = await run(['source', 'add', `${site.base}/notice`, '--set', 'browser=perhaps']);
  assert.equal(bad.code, 2);
  assert.match(bad.stderr, /browser of a website source is one of true, false/);
  const own = { ...BARE, ASPOSTED_STORE: join(dir, 'bare') };
  const page = ['source', 'add', `${site.base}/notice`, '--set', 'mode=page', '--set', 'browser=true'];
  assert.equal((await run(page, own)).code, 0);
  assert.equal((await run(['watch', '--once'], own)).code, 0);
  const [notice] = (await run(['list', 'notices', '--json'], own)).rows();
  const [exhibit] = notice!['exhibits'] as string[];
  const shown = JSON.parse((await run(['show', '--json', exhibit!], own)).stdout) as Record<string, unknown>;
  assert.deepEqual([shown['missing'], shown['browser']], [['browser'], undefined]);
  assert.match((await run(['show', exhibit!], own)).stdout, /^browser {3}wanted, and none was there/m);
});
