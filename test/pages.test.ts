import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { chromium } from 'playwright-core';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from './support/chromium.js';
import { MAIN, asposted } from './support/cli.js';
import { skipOrFail } from '../src/model/testing/shared.js';

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
  if (CHROMIUM === undefined) {
    skipOrFail(t, 'no Chromium is installed: on Debian, apt-get install chromium');
    return;
  }
  const dir = mkdtempSync(join(tmpdir(), 'asposted-pages-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const store = join(dir, 'demo');
  assert.equal((await asposted(['demo', '--store', store])).code, 0);
  const address = await serve(t, store);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
  t.after(() => browser.close());
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
});
