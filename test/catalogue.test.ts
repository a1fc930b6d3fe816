import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { asposted } from './support/cli.js';

test('the catalogue is shown, and a folder of one’s own is checked and used, without a store', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-own-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const store = join(dir, 'no-store');
  const own = join(dir, 'own');
  mkdirSync(join(own, 'families'), { recursive: true });
  writeFileSync(join(own, 'sources.yaml'), 'desk: { what: "our notes", at: "", nature: own }\n');
  const family = (term: string): void => {
    writeFileSync(join(own, 'families', 'drone_jammer.yaml'), `id: drone_jammer\nterms:\n  ru:\n    - ${term}\n`);
  };
  family('{ term: "глушитель коптеров", strength: strong, match: lemma, source: desk, added: "2026-11-27" }');

  const families = (await asposted(['catalogue', 'list', '--json'], { store })).rows();
  assert.ok(families.length >= 38 && families.every(({ type }) => type === 'family'));
  const shown = await asposted(['catalogue', 'show', 'drone_jammer'], { store });
  assert.match(shown.stdout, /干扰发生器 {2}strong.*notice text as quoted in Chinese/);
  assert.match(shown.stdout, /rule {2}CN-2023-27/);
  assert.equal((await asposted(['catalogue', 'show', 'nothing'], { store })).code, 1);

  const checked = await asposted(['catalogue', 'check', own], { store });
  assert.deepEqual([checked.code, checked.stderr], [0, '']);
  assert.match(checked.stdout, /is right: \d+ families/);
  const text = { store, input: 'Закупаем глушители коптеров.' };
  const goods = async (env: Record<string, string>): Promise<unknown[]> => {
    const [row] = (await asposted(['recognise', '-', '--json'], { ...text, env })).rows();
    return (row!['mentions'] as { kind: string; id: string }[])
      .filter(({ kind }) => kind === 'goods')
      .map(({ id }) => id);
  };
  assert.deepEqual(await goods({}), []);
  assert.deepEqual(await goods({ ASPOSTED_RECOGNISE_CATALOGUE: own }), ['drone_jammer']);

  family('{ term: "глушитель коптеров", strength: sure, match: lemma, source: desk, added: "2026-11-27" }');
  const refused = await asposted(['catalogue', 'check', own], { store });
  assert.equal(refused.code, 2);
  assert.match(
    refused.stderr,
    /families\/drone_jammer\.yaml: ru term "глушитель коптеров": strength must be strong or weak/,
  );
});
