/** `fsck` as users run it: what it prints, and the exit codes scripts go by. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { type Ran, asposted, storeDir } from './support/cli.js';
import { LOOPBACK, startSite } from './support/site.js';

test('fsck: 0 when all is right, 3 when only something made is wrong, 0 once repaired, 5 when evidence is', async (t) => {
  const store = storeDir(t);
  const site = await startSite(t);
  site.answers.set('/a', { body: '<!doctype html><title>通知</title><article><p>采购无人机抑制器。</p></article>' });
  const run = (...args: string[]): Promise<Ran> => asposted(args, { store, env: LOOPBACK });
  const [row] = (await run('capture', '--json', `${site.base}/a`)).rows();
  const told = async (): Promise<string[]> => {
    const [{ stdout: list }, { stdout: show }] = [
      await run('list', 'notices', '--json'),
      await run('show', String(row!['notice']), '--json'),
    ];
    return [list, show];
  };
  const before = await told();
  const clean = await run('fsck', '--json');
  assert.equal(clean.code, 0, clean.stderr);
  assert.deepEqual(clean.rows()[0], {
    ...{ type: 'fsck', entries: clean.rows()[0]!['entries'], exhibits: 1, problems: [], damaged: [], made: [] },
    ...{ repaired: [], unreferenced: { objects: 0, bytes: 0 }, leftovers: 0, notChecked: [] },
  });

  const tiles = join(store, 'log/tile/0/000.p');
  for (const name of readdirSync(tiles)) writeFileSync(join(tiles, name), 'x');
  assert.equal((await run('list', 'notices')).code, 5, 'no other command opens a log whose edge is broken');
  const found = await run('fsck');
  assert.equal(found.code, 3, found.stderr);
  assert.match(found.stdout, /log\/tile\/0\/000\.p\/\d+: the hash tile is missing .*\(can be repaired with --repair\)/);
  assert.match(found.stderr, /next: asposted fsck --repair/);
  const repaired = await run('fsck', '--repair');
  assert.equal(repaired.code, 0, repaired.stderr);
  assert.match(repaired.stdout, /, 0 problems\nrepaired: log\/tile/);
  assert.deepEqual(await told(), before);

  const objects = join(store, 'vault/objects');
  const warc = readdirSync(objects, { recursive: true, encoding: 'utf8' })
    .map((name) => join(objects, name))
    .find((path) => /[0-9a-f]{62}$/.test(path) && readFileSync(path)[0] === 0x1f)!;
  chmodSync(warc, 0o600);
  writeFileSync(warc, Buffer.concat([readFileSync(warc), Buffer.from('x')]));
  const broken = await run('fsck', '--repair', '--json');
  assert.equal(broken.code, 5);
  assert.deepEqual(broken.rows()[0]!['problems'], broken.rows()[0]!['damaged']);
  assert.match(String((broken.rows()[0]!['notChecked'] as string[])[0]), /^the database: /);
  assert.equal((await asposted(['fsck'], { store: join(store, 'none') })).code, 8);
});
