import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { Page } from 'playwright-core';
import { asposted } from './support/cli.js';
import { openBrowser } from './support/browser.js';
import { serve } from './support/serve.js';

/** One address of each page there is, of the story. */
async function everyPage(page: Page, address: string): Promise<string[]> {
  const linked = async (path: string, selector: string): Promise<string> => {
    await page.goto(`${address}${path}`);
    const href = await page.locator(selector).first().getAttribute('href');
    assert.ok(href, `${path} has a ${selector}`);
    return href;
  };
  const notice = await linked('/', 'li.notice h2 a');
  const exhibit = await linked(notice, 'a.id[href^="/exhibits/"]');
  const organisation = await linked('/search?q=%E4%BF%83%E8%BF%9B%E4%BC%9A', 'a[href^="/organisations/"]');
  const aCase = await linked('/cases', 'a[href^="/cases/K-"]');
  return [
    ...['/', '/removals', '/search', '/search?q=drone+jammer', '/sources', '/lists', '/cases', '/goods/drone_jammer'],
    ...['/trade-names/bulat', organisation, notice, `${notice}?script=romanised`, `${notice}?script=glossed`],
    ...[`${notice}?view=rendered`, `${notice}/copies`, exhibit],
    await linked('/sources', 'a[href^="/sources/S-"]'),
    ...[aCase, `${aCase}/dossier`],
  ];
}

/** What axe-core calls serious or critical, on every page, in both themes, wide and as on a phone. */
async function barriers(page: Page, address: string, paths: readonly string[]): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const violations = (): Promise<Violation[]> => page.evaluate<Violation[]>(AXE);
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(`${address}${path}`);
    await page.evaluate(axe); // by the debugger: the policy of the pages would not let it in
    for (const width of [1_280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const { id, impact, nodes } of await violations())
          found.push(`${path} ${width} ${colorScheme}: ${impact} ${id} at ${nodes.slice(0, 3).join(' | ')}`);
      }
    }
  }
  // That it would have been found: a picture without words.
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/icon.svg">')`);
  assert.deepEqual(
    (await violations()).map(({ id }) => id),
    ['image-alt'],
  );
  return found;
}

interface Violation {
  id: string;
  impact: string;
  nodes: string[];
}

/** The frame of an archived page is another origin's: it is sanitised, not designed. */
const AXE = `axe.run({ exclude: [['iframe.archived']] }, { iframes: false, resultTypes: ['violations'] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
  .map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html.slice(0, 160)) })))`;

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

  // Keys: silent while typing, off when switched off, whatever the page.
  await page.goto(`${address}/`);
  await page.keyboard.press('j');
  assert.equal(await page.evaluate('document.activeElement.closest("li.notice") !== null'), true, 'j chooses a notice');
  await page.keyboard.press('/');
  await page.keyboard.type('j?g s');
  assert.equal(await page.evaluate('document.activeElement.id + document.activeElement.value'), 'seekj?g s');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  assert.match(await page.locator('dialog').innerText(), /search[\s\S]*Keys of one letter work/);
  await page.getByLabel('Keys of one letter work').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  assert.equal(new URL(page.url()).pathname, '/', 'switched off');
  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByLabel('Keys of one letter work').check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.waitForURL(`${address}/sources`);

  // In the inbox a finding is judged once it is chosen, and stays chosen afterwards.
  const judged = page.locator('li.notice button[aria-pressed="true"]');
  await page.goto(`${address}/`);
  assert.equal(
    await page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'y', cancelable: true }))"),
    true,
    'nothing is chosen, so the key does nothing',
  );
  await page.keyboard.press('j');
  await page.keyboard.press('y');
  await page.waitForURL(/done=matters/);
  assert.deepEqual(await judged.allInnerTexts(), ['y: matters']);
  await page.keyboard.press('u');
  await page.waitForURL(/done=undone/);
  assert.equal(await judged.count(), 0);

  const paths = await everyPage(page, address);
  // Phone width: the page itself never scrolls sideways, wide tables scroll in a box of their own.
  await page.setViewportSize({ width: 320, height: 740 });
  for (const path of paths) {
    await page.goto(`${address}${path}`);
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 320, path);
  }
  await page.setViewportSize({ width: 1_280, height: 800 });
  assert.deepEqual(await barriers(page, address, paths), [], 'nothing keeps people out');
  assert.deepEqual(complaints, []);
  assert.deepEqual(
    asked.filter((url) => !url.startsWith(address) && new URL(url).hostname !== 'replay.localhost'),
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
