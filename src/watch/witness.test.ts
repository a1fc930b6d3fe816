import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { serviceCaller } from '../capture/index.js';
import type { SeenRecord } from '../model/index.js';
import {
  type OpenRecordLog,
  type Post,
  loadOrCreateLogKey,
  openFolderVault,
  openRecordLog,
} from '../preserve/index.js';
import { type TestWitness, startWitness, witnessLine } from '../preserve/testing/witness.js';
import { splitNote, utf8, verifyFile } from '../verify/index.js';
import { askWitnesses } from './witness.js';

const ORIGIN = 'log.test/witnessed';

const call = serviceCaller({ allow: ['127.0.0.0/8'] });
const post: Post = async (url, body) => {
  const { status, type, bytes } = await call(url, Buffer.from(body));
  return { status, type, body: Buffer.from(bytes).toString('utf8') };
};

function record(n: number): SeenRecord {
  const at = '2024-05-22T03:00:00.000Z';
  return { type: 'delivery', v: 1, at, channel: 'test', event: `V-${n}`, outcome: 'delivered', detail: '' };
}

async function openLog(dir: string): Promise<OpenRecordLog> {
  const signer = await loadOrCreateLogKey(join(dir, 'keys'), ORIGIN);
  const vault = await openFolderVault(join(dir, 'vault'));
  return openRecordLog({ dir: join(dir, 'log'), vault, signer, origin: ORIGIN, lease: (work) => work() });
}

interface Setting {
  dir: string;
  log: OpenRecordLog;
  one: TestWitness;
  two: TestWitness;
  policy: string;
}

async function setting(t: TestContext): Promise<Setting> {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-witness-'));
  const log = await openLog(dir);
  const one = await startWitness('one.test/witness', 11, [log.vkey]);
  const two = await startWitness('two.test/witness', 12, [log.vkey]);
  t.after(async () => {
    await Promise.all([one.close(), two.close()]);
    await rm(dir, { recursive: true });
  });
  const policy = `log ${log.vkey}\n${witnessLine('one', one)}${witnessLine('two', two)}group both all one two\nquorum both\n`;
  return { dir, log, one, two, policy };
}

test('witnesses sign what continues what they saw, and proofs carry their signatures', async (t) => {
  const { log, policy, two } = await setting(t);
  let n = 0;
  for (const count of [1, 3, 300, 1]) {
    await log.append(Array.from({ length: count }, () => record(n++)));
    const round = await askWitnesses(log, policy, post);
    assert.deepEqual(
      [round.size, round.quorumMet, round.outcomes.map(({ outcome }) => outcome)],
      [n, true, ['cosigned', 'cosigned']],
    );
  }
  assert.equal((await askWitnesses(log, policy, post)).quorumMet, true, 'the same checkpoint again');
  assert.equal(splitNote((await log.witnessed())!)!.signatures.length, 3, 'one line a key');
  const proof = utf8(await log.prove(2));
  assert.equal((await verifyFile(proof, { policy })).verdict, 'ok');
  await log.check();

  await log.append([record(n++)]);
  await two.close();
  const round = await askWitnesses(log, policy, post);
  assert.deepEqual(
    [round.quorumMet, round.outcomes.map(({ outcome }) => outcome)],
    [false, ['cosigned', 'unreachable']],
  );
  assert.equal(
    splitNote((await log.witnessed())!)!.text.split('\n')[1],
    String(n - 1),
    'the quorum’s checkpoint stays',
  );
  const newest = await verifyFile(utf8(await log.prove(n - 1)), { policy });
  assert.equal(newest.verdict, 'unknown', 'no witness has seen the newest entry yet');
});

test('a witness that has seen more, or another history, is an alarm', async (t) => {
  const { dir, log, policy } = await setting(t);
  await log.append([record(0), record(1)]);
  const copy = await mkdtemp(join(tmpdir(), 'asposted-witness-'));
  t.after(() => rm(copy, { recursive: true }));
  await cp(dir, copy, { recursive: true }); // a backup, restored after the log went on
  await log.append([record(2), record(3)]);
  await askWitnesses(log, policy, post);
  const restored = await openLog(copy);
  const behind = await askWitnesses(restored, policy, post);
  assert.deepEqual(
    behind.outcomes.map(({ outcome }) => outcome),
    ['fork', 'fork'],
  );
  await restored.append([record(7), record(8), record(9)]);
  const forked = await askWitnesses(restored, policy, post);
  assert.deepEqual([forked.quorumMet, forked.outcomes.map(({ outcome }) => outcome)], [false, ['fork', 'fork']]);
  assert.equal(await restored.witnessed(), undefined, 'nothing is kept of it');
});

test('whatever a witness answers, it is told by name and nothing false is kept', async (t) => {
  const { log, policy, one, two } = await setting(t);
  await log.append([record(0)]);
  const answers: [number, string, string][] = [
    [404, '', 'unregistered'],
    [403, '', 'unregistered'],
    [422, '', 'fork'],
    [500, '', 'refused'],
    [200, '', 'refused'],
    [200, '— one.test/witness AAAAAAAAAAA=\n', 'refused'],
    [200, 'x'.repeat(60_000), 'refused'],
    [200, 'x'.repeat(70_000), 'unreachable'],
    [409, 'many\n', 'refused'],
    [409, '99\n', 'fork'],
  ];
  for (const [status, body, outcome] of answers) {
    one.answerNext = { status, body };
    two.answerNext = { status: 404, body: '' };
    const round = await askWitnesses(log, policy, post);
    assert.equal(round.outcomes[0]!.outcome, outcome, `${status} ${body.slice(0, 20)}`);
  }
  assert.equal(await log.witnessed(), undefined);
  const guarded = serviceCaller();
  const refused = await askWitnesses(log, policy, async (url, body) => {
    const { status, type, bytes } = await guarded(url, Buffer.from(body));
    return { status, type, body: Buffer.from(bytes).toString('utf8') };
  });
  assert.match(refused.outcomes[0]!.detail, /not a public address/, 'private ranges only when the operator says so');
});
