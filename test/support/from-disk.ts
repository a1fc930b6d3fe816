/** A page with its files in a folder, opened in the system's Chromium without a network, and all that it does there. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.js';

export interface OpenedPage {
  page: Page;
  /** Scripts of `src/model/testing/xss.ts` that ran, dialogs, requests for anything but the page, ways away from it. */
  happened: string[];
}

/** Undefined, with the test skipped (in CI: failed), where there is no browser. `files` holds `index.html`; `dir` is the caller's. */
export async function openFromDisk(
  t: TestContext,
  dir: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<OpenedPage | undefined> {
  const browser = await openBrowser(t);
  if (!browser) return undefined;
  const folder = mkdtempSync(join(dir, 'open-'));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const context = await browser.newContext({ offline: true, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const happened: string[] = [];
  const index = pathToFileURL(join(folder, 'index.html')).href;
  await page.exposeFunction('attemptRan', (what: unknown) => void happened.push(`ran ${String(what)}`));
  for (const name of ['alert', 'confirm', 'prompt', 'print'])
    await page.addInitScript(`window.${name} = (what) => window.attemptRan(what)`);
  page.on('dialog', (dialog) => (happened.push(`dialog ${dialog.message()}`), dialog.dismiss()));
  page.on('request', (request) => request.url() !== index && happened.push(`asked ${request.url().slice(0, 80)}`));
  page.on('framenavigated', (frame) => frame.url() !== index && happened.push(`went to ${frame.url().slice(0, 80)}`));
  page.on('popup', () => happened.push('opened another page'));
  await page.goto(index);
  await page.waitForTimeout(500);
  return { page, happened };
}
