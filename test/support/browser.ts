/** The system's Chromium for tests of what people see in it. */
import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { skipOrFail } from '../../src/model/testing/shared.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Undefined, with the test skipped (in CI: failed), where there is none; closed after the test. */
export async function openBrowser(t: TestContext): Promise<Browser | undefined> {
  if (CHROMIUM === undefined) {
    skipOrFail(t, 'no Chromium is installed: on Debian, apt-get install chromium');
    return undefined;
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  t.after(() => browser.close());
  return browser;
}
