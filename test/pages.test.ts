import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { MAIN, asposted } from './support/cli.js';
import { openBrowser } from './support/browser.js';

function serve(t: TestContext, store: string): Promise<string> {
  const child: ChildProcess = spawn(
    process.execPath,
    [MAIN, 'serve', '--no-watch', '--store', store, '--listen', '127.0.0.1:0', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.after(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
  });
  return new Promise((resolve) => {
    child.stdout!.once('data', (text: Buffer) => {
      resolve((JSON.parse(text.toString()) as { address: string }).address);
    });
  });
}

test('a reporter reads the story in a browser: what was removed, what it sought, who still has it, and the evidence', async (t) => {
  const browser = await openBrowser(t);
  if (!browser) return;
  const dir = mkdtempSync(join(tmpdir(), 'asposted-pages-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const store = join(dir, 'demo');
  assert.equal((await asposted(['demo', '--store', store])).code, 0);
  const address = await serve(t, store);
  const page = await browser.newPage();
  const [asked, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));

  await page.goto(`${address}/`);
  const first = page.locator('li.notice').first();
  assert.match(
    await first.innerText(),
    /Removed by its publisher: “?该内容已被发布者删除[\s\S]*A copy stands: 云浮市国际贸易促进会 \(9\d %/,
  );
  assert.match(
    await first.innerText(),
    /Goods named: .*Drone jammer[\s\S]*TRIMIX on us_ofac_sdn, in force since 2024-02-23/,
  );
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to content');

  await first.getByRole('link', { name: '国外企业采购无人机设备通知' }).click();
  await page.waitForURL(/\/notices\/N-/);
  assert.equal(await page.locator('h1').getAttribute('lang'), 'zh-Hans');
  const marks = await page.locator('.reading mark.goods').allInnerTexts();
  assert.ok(marks.includes('无人机抑制器') && marks.includes('无人机探测器'), marks.join(' '));
  assert.match(await page.locator('main').innerText(), /Two checks at least 3 s apart/);
  assert.match(await page.locator('main').innerText(), /No\. 27 of 2023[\s\S]*jamming_range_km/);
  await page.getByText('shared passages, side by side').click();
  assert.match(await page.locator('main').innerText(), /What it does not show/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'WARC' }).first().click(),
  ]);
  assert.match(download.suggestedFilename(), /^E-.+\.warc\.gz$/);
  const file = join(dir, 'exhibit.warc.gz');
  await download.saveAs(file);
  assert.equal((await asposted(['verify', file])).code, 0);

  await page.getByRole('link', { name: 'Cases' }).click();
  await page.getByRole('link', { name: /a notice that vanished/ }).click();
  assert.match(await page.locator('main').innerText(), /Different explanations of the same matter/);

  // Phone width: the page itself never scrolls sideways, wide tables scroll in a box of their own.
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/', '/cases', '/sources', '/lists']) {
    await page.goto(`${address}${path}`);
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 360, path);
  }
  assert.deepEqual(complaints, []);
  assert.deepEqual(
    asked.filter((url) => !url.startsWith(address)),
    [],
    'nothing is asked of anybody else',
  );

  await worksSignedIn(page, { address, store });
});

/** From the first account on nothing is shown without a login; what is put on record then carries the account's name. */
async function worksSignedIn(page: Page, { address, store }: { address: string; store: string }): Promise<void> {
  const password = 'several words in a row';
  const far = await asposted(['serve', '--no-watch', '--listen', '0.0.0.0:0', '--store', store]);
  assert.deepEqual([far.code, /no accounts yet/.test(far.stderr)], [2, true]);
  const added = await asposted(['people', 'add', 'Ann Lee', '--role', 'admin', '--stdin', '--store', store], {
    input: `${password}\n`,
  });
  assert.equal(added.code, 0, added.stderr);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${address}/?presence=removed`);
  assert.equal(await page.locator('h1').innerText(), 'Sign in');
  await page.getByLabel('Name').fill('Ann Lee');
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  assert.match(await page.getByRole('alert').innerText(), /not right/);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/presence=removed/);
  await page.getByRole('button', { name: 'n: noise' }).first().click();
  assert.match(await page.getByRole('status').first().innerText(), /Marked: noise/);
  await page.getByRole('button', { name: 'u: undo' }).first().click();
  await page.getByRole('link', { name: 'Cases' }).click();
  await page.getByRole('link', { name: /a notice that vanished/ }).click();
  await page.getByText('Add a note').click();
  await page.getByLabel('Note').fill('Called the association.');
  await page.getByRole('button', { name: 'Record the note' }).click();
  assert.match(await page.locator('main').innerText(), /Called the association\.\s+Ann Lee/);
  const caseId = /K-[0-9A-Z]+/.exec(page.url())![0];
  const exhibit = (await asposted(['list', 'notices', '--json', '--store', store])).rows()[0]!['exhibits'] as string[];
  const more = await asposted(['case', 'add', caseId, exhibit[0]!, 'see this', '--json', '--store', store]);
  assert.deepEqual([more.code, more.rows()[0]!['about']], [0, [exhibit[0]]], more.stderr);
  await page.reload();
  assert.match(await page.locator('main').innerText(), new RegExp(`Exhibit ${exhibit[0]!}; added`));
  for (const path of ['/', '/cases', '/people']) {
    await page.goto(`${address}${path}`);
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 360, path);
  }
  await page.goto(`${address}/notices`);
  await page.locator('li.notice a').first().click();
  await page.locator('a[href^="/exhibits/"]').first().click();
  await page.locator('iframe.archived').waitFor();
  const framed = page.frameLocator('iframe.archived').locator('.note');
  assert.match(await framed.innerText(), /Archived copy of/, 'the ticket lets it in');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${address}/cases`);
  assert.equal(await page.locator('h1').innerText(), 'Sign in');
}
