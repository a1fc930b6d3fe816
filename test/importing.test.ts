/** `import` as users run it: folders, exit codes, and what the world is told of the machine it ran on: nothing. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { type Ran, asposted, storeDir } from './support/cli.js';

const page = (title: string): string =>
  `<!DOCTYPE html>\n<!-- saved from url=(0034)https://www.example.gov.cn/${title} -->\n<html><head><title>${title}</title></head><body><article><p>${'征集企业参加采购，请于六月一日前报名。'.repeat(30)}</p></article></body></html>`;

test('import: a folder becomes exhibits with names and no paths; 3 when a file of it is refused; the bundle says it was handed in', async (t) => {
  const store = storeDir(t);
  const dir = mkdtempSync(join(tmpdir(), 'asposted-handed-in-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  mkdirSync(join(dir, 'sub/one_files'), { recursive: true });
  writeFileSync(join(dir, 'sub/one.html'), page('one'));
  writeFileSync(join(dir, 'sub/one_files/frame.html'), page('frame'));
  writeFileSync(join(dir, '.hidden.html'), page('hidden'));
  writeFileSync(join(dir, 'two.html'), page('two'));
  writeFileSync(join(dir, 'three.pdf'), '%PDF-1.7\n\0');
  const run = (...args: string[]): Promise<Ran> => asposted(args, { store });

  const whole = await run('import', dir, '--json');
  assert.equal(whole.code, 0, whole.stderr);
  assert.deepEqual(
    whole.rows().map((row) => [row['file'], row['title'] ?? null, (row['imported'] as { address: string }).address]),
    [
      ['one.html', 'one', 'saved-from'],
      ['three.pdf', null, 'none'],
      ['two.html', 'two', 'saved-from'],
    ],
  );
  writeFileSync(join(dir, 'broken.warc'), 'WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nx');
  const partly = await run('import', dir);
  assert.equal(partly.code, 3);
  assert.match(partly.stderr, /broken\.warc: WARC record at byte 0/);
  assert.match(partly.stderr, /two\.html: 1 documents were imported before/);
  assert.equal((await run('import', join(dir, 'broken.warc'))).code, 5);
  assert.equal((await run('import', join(dir, 'nothing'))).code, 2);
  assert.equal((await run('import')).code, 2);

  const [first] = whole.rows();
  const shown = await run('show', String(first!['exhibit']));
  assert.match(shown.stdout, /^imported +20/m);
  assert.match(shown.stdout, /^from +one\.html \(html\); this program did not fetch it$/m);
  assert.match((await run('list', 'removals')).stdout + (await run('list', 'removals')).stderr, /No removal/);
  const out = join(dir, 'one.zip');
  assert.equal((await run('export', String(first!['exhibit']), '-o', out)).code, 0);
  const verified = await run('verify', out);
  assert.match(
    verified.stdout,
    /This observer was handed these bytes in one\.html, said to be from https:\/\/www\.example\.gov\.cn\/one/,
  );
  const said = [whole.stdout, shown.stdout, (await run('show', '--json', String(first!['exhibit']))).stdout].join('\n');
  assert.ok(!said.includes('asposted-handed-in-'), 'no folder of this machine');
});
