/** A database folder that is there already: a test run makes one (scripts/test.mjs), and the stores of its tests begin as copies of it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts the run's cluster where the store in `dir` will look for its own. Without one (a single file run by hand) the store makes its
 * own, as for users; tests of a first start must not call this.
 */
export function placeCluster(dir: string): void {
  const made = process.env['ASPOSTED_TEST_CLUSTER'] ?? '';
  if (made === '' || existsSync(join(dir, 'pg'))) return;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  execFileSync('cp', ['-Rp', made, join(dir, 'pg')]);
}
