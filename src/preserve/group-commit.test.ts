import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { SeenRecord } from '../model/index.js';
import { GroupCommit } from './group-commit.js';
import { openFolderVault, openRecordLog, signerOf } from './index.js';

test('fifty appends at once are a few batches, each answered with its own places', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-group-'));
  t.after(() => rm(dir, { recursive: true }));
  const vault = await openFolderVault(join(dir, 'vault'));
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey, 'log.test/own');
  let leases = 0;
  const lease = <T>(work: () => Promise<T>): Promise<T> => {
    leases += 1;
    return work();
  };
  const log = await openRecordLog({ dir: join(dir, 'log'), vault, signer, origin: 'log.test/own', lease });
  const record = (event: string): SeenRecord => {
    const at = '2024-05-22T03:00:00.000Z';
    return { type: 'delivery', v: 1, at, channel: 'test', event, outcome: 'delivered', detail: '' };
  };
  const logged = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const own = await log.append([record(`V-${n}-a`), record(`V-${n}-b`)]);
      assert.ok((await log.size()) > own[1]!.index, 'acknowledged only when the checkpoint holds it');
      return own;
    }),
  );
  assert.ok(leases < 25, `${leases} leases and checkpoints`);
  for (const [n, own] of logged.entries()) {
    const [one, two] = own as [(typeof own)[0], (typeof own)[0]];
    assert.deepEqual([own.length, two.index], [2, one.index + 1]);
    assert.deepEqual([one.record, two.record], [record(`V-${n}-a`), record(`V-${n}-b`)]);
    assert.equal((await log.leaf(one.index)).record, one.hash);
  }
  assert.equal(new Set(logged.flat().map(({ index }) => index)).size, 100);
  assert.deepEqual(await log.check(), { size: 100 });
});

test('who waited is told when the batch fails, and the next one goes on', async () => {
  let fail = 0;
  const group = new GroupCommit<number, number>(async (take) => {
    await Promise.resolve();
    if (fail === 1) throw new Error('no lease');
    const items = take();
    if (fail === 2) throw new Error('the disk is full');
    return items.map((item) => item * 10);
  });
  const three = (): Promise<PromiseSettledResult<number[]>[]> =>
    Promise.allSettled([group.add([1]), group.add([2, 3]), group.add([4])]);
  for (fail of [1, 2]) {
    const outcomes = await three();
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
  }
  fail = 0;
  const fine = await three();
  assert.deepEqual(
    fine.map((each) => (each.status === 'fulfilled' ? each.value : [])),
    [[10], [20, 30], [40]],
  );
});

test('a batch has a bound, and a longer append still goes in whole', async () => {
  const batches: number[] = [];
  const group = new GroupCommit<number, number>(async (take) => {
    await Promise.resolve();
    const items = take();
    batches.push(items.length);
    return items;
  });
  const sizes = [5_000, 4_000, 96, 1, 4_096];
  const out = await Promise.all(sizes.map((size) => group.add(Array.from({ length: size }, (_, n) => n))));
  assert.deepEqual(
    out.map(({ length }) => length),
    sizes,
  );
  assert.deepEqual(batches, [5_000, 4_096, 1, 4_096]);
});
