/** The system's Chromium for tests of what people see in it. */
import type { TestContext } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { skipOrFail } from '../../src/model/testing/shared.js';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from './chromium.js';

/** Undefined, with the test skipped (in CI: failed), where there is none; closed after the test. */
export async function openBrowser(t: TestContext): Promise<Browser | undefined> {
  if (CHROMIUM === undefined) {
    skipOrFail(t, 'no Chromium is installed: on Debian, apt-get install chromium');
    return undefined;
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
  t.after(() => browser.close());
  return browser;
}
