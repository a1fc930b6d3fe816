import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Path inside the shared real-data folder, or undefined when this machine has none. */
export function sharedPath(relative: string): string | undefined {
  for (const base of [process.env['ASPOSTED_SHARED'], join(root, '..', 'shared')]) {
    if (base && existsSync(join(base, relative))) return join(base, relative);
  }
  return undefined;
}

/** For tests on real pages: skips with a plain sentence where the data is absent, and fails where CI must have it. */
export function needShared(t: TestContext, relative: string): string | undefined {
  const path = sharedPath(relative);
  if (path) return path;
  const sentence = `${relative} not found: set ASPOSTED_SHARED or lay the shared folder beside the project`;
  skipOrFail(t, sentence);
  return undefined;
}

/** What a test needs is not there: said plainly and skipped, and a failure in CI, where everything must be there. */
export function skipOrFail(t: Pick<TestContext, 'skip'>, sentence: string): void {
  if (process.env['CI']) throw new Error(sentence);
  t.skip(sentence);
}
