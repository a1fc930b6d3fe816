/**
 * The whole way of a reporter, twice: with a pointer, and with nothing but a keyboard. From the first start to a dossier that is checked
 * on a machine without a network.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Download, Locator, Page } from 'playwright-core';
import { readZip } from '../src/verify/index.js';
import { openBrowser } from './support/browser.js';
import { asposted, storeDir } from './support/cli.js';
import { serve } from './support/serve.js';

/** How somebody uses a page. */
interface Hand {
  name: 'mouse' | 'keyboard';
  /** Links, buttons, boxes, what folds. */
  use(page: Page, what: Locator): Promise<void>;
  write(page: Page, field: Locator, text: string): Promise<void>;
  /** Hands a file to the page that checks evidence. */
  give(page: Page, file: string): Promise<void>;
}

const MOUSE: Hand = {
  name: 'mouse',
  use: (_, what) => what.click(),
  write: async (_, field, text) => {
    await field.click();
    await field.pressSequentially(text);
  },
  give: async (page, file) => {
    const bytes = readFileSync(file).toString('base64');
    const data = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File([Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0))], '${file.split('/').at(-1)!}')); return data; })()`,
    );
    await page.locator('#drop').dispatchEvent('dragover', { dataTransfer: data });
    await page.locator('#drop').dispatchEvent('drop', { dataTransfer: data });
  },
};

/** More than any page has to step over. */
const MOST_TABS = 400;

/** On, from wherever one is, until it has the focus: what cannot be reached like this cannot be used by many. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  await what.waitFor({ state: 'attached' });
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if ((await what.and(page.locator(':focus')).count()) > 0) {
      const isSeen = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle !== 'none'`);
      assert.equal(isSeen, true, `${String(what)} shows that it has the focus`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`${String(what)} is not reached by Tab`);
}

const KEYBOARD: Hand = {
  name: 'keyboard',
  use: async (page, what) => {
    await tabTo(page, what);
    await page.keyboard.press('Enter');
  },
  write: async (page, field, text) => {
    await tabTo(page, field);
    await page.keyboard.type(text);
  },
  give: async (page, file) => {
    // Listened for from before: a chooser that opens while nobody listens is the system's own.
    const chooser = page.waitForEvent('filechooser');
    await tabTo(page, page.locator('#files'));
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(file);
  },
};

async function downloaded(page: Page, dir: string, does: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([page.waitForEvent('download'), does()]);
  const file = join(dir, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

/** The verdict of the page that checks evidence, as it stands there for a reader. */
async function verdictIn(page: Page, hand: Hand, file: string): Promise<string> {
  await hand.give(page, file);
  await page.locator('#status', { hasText: 'Done.' }).waitFor({ timeout: 60_000 });
  return page.locator('article').first().innerText();
}

/** The name of the file, then the verdict. */
const VERIFIED = /^[\w-]+\.zip\s+verified\n/;

interface Walk {
  address: string;
  dir: string;
  title: string;
}

async function walk(page: Page, hand: Hand, { address, dir, title }: Walk): Promise<string> {
  const link = (name: string | RegExp): Locator => page.getByRole('link', { name }).first();
  const see = async (words: RegExp): Promise<void> => {
    await page.locator('main', { hasText: words }).waitFor();
  };
  await page.goto(`${address}/`);
  await see(/Removed by its publisher[\s\S]*A copy stands/);
  await hand.use(page, page.locator('li.notice h2 a').first());
  await see(/Two checks at least/);
  const notice = /N-[0-9A-Z]+/.exec(page.url())![0];
  await hand.use(page, link(/^Side by side, who posted first/));
  await page.waitForURL(/\/copies$/);
  await see(/云浮市国际贸易促进会/);
  await hand.use(page, page.locator(`main a[href="/notices/${notice}"]`).first());
  await page.waitForURL(new RegExp(`/notices/${notice}$`));
  await hand.use(page, page.locator('main a.id[href^="/exhibits/"]').first());
  await see(/What this does not prove/);
  const bundle = await downloaded(page, dir, () => hand.use(page, link('bundle with proofs')));
  await hand.use(page, link('the page that checks evidence'));
  await page.waitForURL(/\/verify$/);
  assert.match(await verdictIn(page, hand, bundle), VERIFIED);

  await page.goto(`${address}/`);
  await hand.use(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Cases' }));
  await hand.write(page, page.getByLabel('Title'), title);
  await hand.write(page, page.getByLabel(/^Notices, by their ids/), notice);
  await hand.use(page, page.getByRole('button', { name: 'Open it' }));
  await see(/The case is opened/);
  await hand.use(page, page.locator('summary', { hasText: 'Add a claim' }));
  const claim = page.locator('details[open]');
  await hand.write(page, claim.getByLabel('Who said it'), 'an official');
  await hand.write(page, claim.getByLabel('The words, as they were said'), 'The posting was improper.');
  await hand.use(page, claim.getByRole('button'));
  await see(/The claim is on record/);
  await hand.use(page, link(/^Dossier:/));
  await see(/Nothing was found in it that would tell/);
  return downloaded(page, dir, () => hand.use(page, page.getByRole('button', { name: 'Download it' })));
}

/** As on the machine of somebody who was sent it: unpacked, with the network off. */
async function checkedElsewhere(browser: Browser, hand: Hand, { dir, title }: Walk, dossier: string): Promise<void> {
  const folder = mkdtempSync(join(dir, 'unpacked-'));
  for (const { path, bytes } of await readZip(readFileSync(dossier))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const page = await (await browser.newContext({ offline: true })).newPage();
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  assert.match(await page.innerText('main'), new RegExp(title));
  assert.match(await page.innerText('main'), /The posting was improper\./);
  await hand.use(page, page.locator('a[href="verify.html"]').first());
  await page.waitForURL(/verify\.html$/);
  assert.match(await verdictIn(page, hand, dossier), VERIFIED);
}

test('from the first start to a dossier that others check: with a pointer, and with the keyboard alone', async (t) => {
  const browser = await openBrowser(t);
  if (!browser) return;
  const dir = mkdtempSync(join(tmpdir(), 'asposted-walk-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const first = await browser.newPage();
  await first.goto(`${await serve(t, storeDir(t))}/`);
  assert.match(await first.innerText('main'), /see the story As Posted was made for: asposted demo/);
  const store = join(dir, 'demo');
  const played = await asposted(['demo', '--store', store]);
  assert.equal(played.code, 0, played.stderr);
  const address = await serve(t, store);
  for (const hand of [MOUSE, KEYBOARD]) {
    const at: Walk = { address, dir, title: `Walked by ${hand.name}` };
    const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const dossier = await walk(page, hand, at);
    assert.deepEqual(complaints, [], hand.name);
    await checkedElsewhere(browser, hand, at, dossier);
    const command = await asposted(['verify', dossier]);
    assert.equal(command.code, 0, command.stdout);
  }
});
