import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { asposted } from './support/cli.js';

const golden = (name: string): string => fileURLToPath(new URL(`golden/${name}`, import.meta.url));

/** What people read is compared letter for letter. `UPDATE_GOLDEN=1 npm test golden` writes it anew; look at the difference. */
function assertGolden(name: string, text: string): void {
  const path = golden(name);
  // The catalogue's version changes with every term; the rest should not.
  const stable = text.replace(/sha256:[0-9a-f]{16}/g, 'sha256:…');
  if (process.env['UPDATE_GOLDEN']) writeFileSync(path, stable);
  assert.ok(existsSync(path), `${name} is missing: UPDATE_GOLDEN=1`);
  assert.equal(stable, readFileSync(path, 'utf8'));
}

test('the seed notice, as `recognise` prints it', async () => {
  const { code, stdout } = await asposted(['recognise', golden('seed-notice.txt'), '--on', '2024-05-22']);
  assert.equal(code, 0);
  assertGolden('recognise.txt', stdout);
});

test('a screening, as `screen` prints it: found, not found, and not screened', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-golden-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const NULL = '-0- ';
  const rest = Array.from({ length: 7 }, () => NULL);
  const row = [
    `47713`,
    '"LIMITED LIABILITY COMPANY TRIMIX"',
    NULL,
    '"RUSSIA-EO14024"',
    ...rest,
    `"Tax ID No. 7802942873 (Russia); a.k.a. '3MX'."`,
  ];
  writeFileSync(join(dir, 'SDN.CSV'), [row.join(','), '\x1a'].join('\r\n'));
  const store = join(dir, 'store');
  assert.equal(
    (await asposted(['lists', 'add', 'us_ofac_sdn', join(dir, 'SDN.CSV'), '--published', '2024-02-23'], { store }))
      .code,
    0,
  );
  const asked: string[] = [];
  for (const [name, on] of [
    ['ООО «3МХ»', '2024-03-01'],
    ['BorisTone', '2024-05-22'],
    ['3MX', '2024-02-22'],
  ] as const) {
    asked.push((await asposted(['screen', name, '--on', on], { store })).stdout);
  }
  assertGolden('screen.txt', asked.join('\n'));
});

test('the overview', async () => {
  assertGolden('help.txt', (await asposted([])).stdout);
});
