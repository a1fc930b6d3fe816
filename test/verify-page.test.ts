/** The static page, opened from disk without a network, says of every bundle what the command says of it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeEvidence } from '../src/dossier/testing/bundles.js';
import { needShared } from '../src/model/testing/shared.js';
import type { Verification } from '../src/verify/index.js';
import { GENESIS_HEADER, GENESIS_PROOF, GENESIS_TX } from '../src/verify/testing/ots.js';
import { openBrowser } from './support/browser.js';
import { asposted } from './support/cli.js';

const PAGE = fileURLToPath(new URL('../dist/verify.html', import.meta.url));

interface Bundle {
  name: string;
  bytes: Uint8Array;
  good: boolean;
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = copy[at]! ^ 1;
  return copy;
}

/** 15 that hold and 15 that do not: ours of every kind, and the packages of the worked examples. */
async function bundles(shared: string): Promise<{ all: Bundle[]; trust: string }> {
  const one = await makeEvidence();
  const many = await makeEvidence(12);
  const good = (name: string, bytes: Uint8Array): Bundle => ({ name, bytes, good: true });
  const bad = (name: string, bytes: Uint8Array): Bundle => ({ name, bytes, good: false });
  const own = (name: string, isGood: boolean): Bundle => ({
    ...{ name, bytes: readFileSync(join(shared, 'own/wacz', name)), good: isGood },
  });
  const signed = join(shared, 'wacz/py-wacz/valid_signed_example_1.wacz');
  const all = [
    good('exhibit.zip', one.exhibit),
    good('exhibits.zip', many.exhibit),
    good('dossier.zip', one.dossier),
    good('dossiers.zip', many.dossier),
    good('package.wacz', one.wacz),
    good('packages.wacz', many.wacz),
    good('capture.warc.gz', one.warc),
    good('checkpoint', one.checkpoint),
    good('entry.tlog-proof', one.proof),
    good('entries.tlog-proof', many.proof),
    own('good-unsigned.wacz', true),
    own('good-domain.wacz', true),
    good('signed.wacz', readFileSync(signed)),
    good('signed too.wacz', readFileSync(join(shared, 'wacz/py-wacz/valid_example_2.wacz'))),
    good('last.warc.gz', many.warc),
    bad('changed exhibit.zip', changed(one.exhibit, 400)),
    bad('changed exhibits.zip', changed(many.exhibit, many.exhibit.length >> 1)),
    bad('cut dossier.zip', one.dossier.subarray(0, -100)),
    bad('longer dossier.zip', Buffer.concat([one.dossier, Buffer.from('x')])),
    bad('changed package.wacz', changed(one.wacz, one.wacz.length - 600)),
    bad('changed packages.wacz', changed(many.wacz, many.wacz.length >> 1)),
    bad('changed.warc.gz', changed(one.warc, 100)),
    bad('changed checkpoint', changed(one.checkpoint, 30)),
    bad('changed.tlog-proof', changed(one.proof, 60)),
    ...['bad-crc', 'bad-domain-leaf-as-ca', 'bad-domain-stamp-over-raw', 'bad-signature-bit', 'bad-traversal'].map(
      (name) => own(`${name}.wacz`, false),
    ),
    own('bad-record-digest.wacz', false),
  ];
  const { domainRoots, timestampRoots } = JSON.parse(
    readFileSync(join(shared, 'own/wacz/test-trust.json'), 'utf8'),
  ) as Record<'domainRoots' | 'timestampRoots', { sha256: string }[]>;
  const trust = [
    ...new Set([...one.trust, ...many.trust]),
    ...domainRoots.map(({ sha256 }) => `domain sha256:${sha256}`),
    ...timestampRoots.map(({ sha256 }) => `tsa sha256:${sha256}`),
    ...['good-unsigned.wacz', 'good-anonymous.wacz'].map(() => '# the packages of others are signed by nobody we know'),
  ].join('\n');
  return { all, trust };
}

test('30 bundles, 15 of them bad: page and command give the same verdicts, claim by claim', async (t) => {
  const shared = needShared(t, 'data/evidence');
  if (shared === undefined) return;
  const browser = await openBrowser(t);
  if (!browser) return;
  const dir = mkdtempSync(join(tmpdir(), 'asposted-verify-page-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const { all, trust } = await bundles(shared);
  assert.deepEqual([all.length, all.filter(({ good }) => good).length], [30, 15]);
  writeFileSync(join(dir, 'trusted'), `${trust}\n`);

  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const [asked, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const address = pathToFileURL(PAGE).href;
  await page.goto(address);
  await page.locator('summary').first().click();
  await page.locator('#trust').fill(trust);
  for (const { name, bytes } of all) writeFileSync(join(dir, name), bytes);
  await page.locator('#files').setInputFiles(all.map(({ name }) => join(dir, name)));
  await page.locator('#status', { hasText: 'Done.' }).waitFor({ timeout: 120_000 });
  const shown = await page.locator('article pre').allTextContents();
  const results = new Map(shown.map((text) => JSON.parse(text) as Verification).map((each) => [each.file, each]));

  for (const { name, good } of all) {
    const ran = await asposted(['verify', join(dir, name), '--trust', join(dir, 'trusted'), '--json']);
    const command = JSON.parse(ran.stdout) as Verification;
    const inPage = results.get(name)!;
    t.diagnostic(`${name.padEnd(34)} command ${command.verdict.padEnd(8)} page ${inPage.verdict}`);
    assert.deepEqual([inPage.verdict, inPage.claims], [command.verdict, command.claims], name);
    // Packages that nobody signed, or somebody we do not trust, are `unknown` when asked for with a list of trusted keys.
    assert.equal(command.verdict === 'failed', !good, name);
    assert.equal(ran.code, { ok: 0, failed: 5, unknown: 6 }[command.verdict]);
  }
  assert.deepEqual([...new Set(asked)], [address], 'nothing was asked for but the page itself');
  assert.deepEqual(complaints, []);
});

test('a time stamp dropped together with its data: page and command say the same', async (t) => {
  const browser = await openBrowser(t);
  if (!browser) return;
  const dir = mkdtempSync(join(tmpdir(), 'asposted-verify-stamp-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const [proof, data, trust] = [join(dir, 'first.bin.ots'), join(dir, 'first.bin'), join(dir, 'blocks')];
  writeFileSync(proof, GENESIS_PROOF);
  writeFileSync(data, GENESIS_TX);
  const line = `bitcoin 0 ${GENESIS_HEADER.toString('hex')}`;
  writeFileSync(trust, `${line}\n`);
  const page = await browser.newPage();
  await page.goto(pathToFileURL(PAGE).href);
  await page.locator('summary').first().click();
  const inPage = async (files: string[], trusted: string): Promise<Verification> => {
    await page.locator('#trust').fill(trusted);
    await page.evaluate("document.getElementById('results').textContent = ''");
    await page.locator('#files').setInputFiles(files);
    await page.locator('article pre').waitFor({ state: 'attached' });
    return JSON.parse((await page.locator('article pre').textContent())!) as Verification;
  };
  for (const [files, options, code] of [
    [[proof, data], ['--of', data, '--trust', trust], 0],
    [[proof, data], ['--of', data], 6],
    [[proof], ['--trust', trust], 6],
    [[proof, trust], ['--of', trust, '--trust', trust], 5],
  ] as const) {
    const ran = await asposted(['verify', proof, ...options, '--json']);
    const command = JSON.parse(ran.stdout) as Verification;
    assert.equal(ran.code, code, ran.stdout);
    const shown = await inPage([...files], options.includes('--trust') ? line : '');
    assert.deepEqual([shown.verdict, shown.claims], [command.verdict, command.claims]);
  }
});

test('a hostile name or detail is shown as text, and a key that is none is said', async (t) => {
  const browser = await openBrowser(t);
  if (!browser) return;
  const page = await browser.newPage();
  await page.goto(pathToFileURL(PAGE).href);
  const name = '<img src=x onerror=document.title=1>.zip';
  await page
    .locator('#files')
    .setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from('PK\x03\x04<script>') });
  await page.locator('#status', { hasText: 'Done.' }).waitFor();
  assert.equal(await page.locator('article h2').textContent(), name);
  assert.equal(await page.locator('article').getAttribute('data-verdict'), 'failed');
  assert.equal(await page.title(), 'Check evidence – As Posted');
  await page.locator('summary').first().click();
  await page.locator('#trust').fill('no key');
  await page.locator('#files').setInputFiles({ name: 'x', mimeType: 'text/plain', buffer: Buffer.from('words') });
  await page.getByText('holds a line that is no log key: no key').waitFor();
});
