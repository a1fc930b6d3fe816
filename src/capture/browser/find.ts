/** The Chromium of this machine and the library that drives it: both optional, both looked for only when a page is to be rendered. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { BrowserType } from 'playwright-core';
import { AsPostedError } from '../../model/index.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const HINT = 'Install Chromium (on Debian: apt-get install chromium), or set capture.chromium to its path.';

export interface WhereToLook {
  /** `capture.chromium`; empty to look on the path. */
  chromium?: string;
  /** The PATH variable. */
  path?: string;
}

/** Throws NO_BROWSER. */
export function findChromium({ chromium = '', path = '' }: WhereToLook): string {
  if (chromium !== '') {
    if (canRun(chromium)) return chromium;
    throw new AsPostedError({
      code: 'NO_BROWSER',
      message: `capture.chromium names ${chromium}, which is no program that can be run`,
      hint: HINT,
    });
  }
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
  if (found !== undefined) return found;
  throw new AsPostedError({
    code: 'NO_BROWSER',
    message: 'no browser was found to render the page with',
    hint: HINT,
  });
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // not there, or not ours to run: the same to us
  }
}

/** Throws NO_BROWSER where npm left the optional package out. */
export async function loadDriver(): Promise<BrowserType> {
  try {
    return (await import('playwright-core')).chromium;
  } catch (cause) {
    throw new AsPostedError({
      code: 'NO_BROWSER',
      message: 'the package playwright-core, which drives the browser, is not installed',
      hint: 'Install it beside asposted: npm install playwright-core (it downloads no browser).',
      cause,
    });
  }
}
