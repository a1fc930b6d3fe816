import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext, after, before } from 'node:test';
import type { SeenRecord, Settings } from '../model/index.js';
import { skipOrFail } from '../model/testing/shared.js';
import { calendar } from '../preserve/testing/calendar.js';
import { type TestWitness, startWitness, witnessLine } from '../preserve/testing/witness.js';
import { listEvents } from '../store/index.js';
import { splitNote } from '../verify/index.js';
import { hasOpenssl } from '../verify/testing/tsa.js';
import type { Parts } from './parts.js';
import { tendLog } from './tend.js';
import { startAuthority } from './testing/authority.js';
import { type TestParts, openTestParts } from './testing/parts.js';

const MINUTE = 60_000;
const dir = mkdtempSync(join(tmpdir(), 'asposted-tend-'));
let store: TestParts;
let n = 0;

before(async () => {
  store = await openTestParts();
});
after(async () => {
  await store.dispose();
  rmSync(dir, { recursive: true });
});

const grow = (): Promise<unknown> => {
  const at = '2024-05-22T03:00:00.000Z';
  const record: SeenRecord = {
    ...{ type: 'delivery', v: 1, at, channel: 'test', event: `V-${n++}`, outcome: 'delivered', detail: '' },
  };
  return store.store.log.append([record]);
};

/** As another process with these settings would see the store: nothing is kept in memory. */
const partsWith = (settings: Partial<Settings>): Parts => ({
  ...store,
  settings: { ...store.settings, 'capture.allow': ['127.0.0.0/8'], ...settings },
});

async function witnessed(t: TestContext): Promise<{ parts: Parts; witness: TestWitness }> {
  const witness = await startWitness('one.test/witness', 11, [store.store.log.vkey]);
  t.after(() => witness.close());
  const path = join(dir, `${n}.policy`);
  writeFileSync(path, `log ${store.store.log.vkey}\n${witnessLine('one', witness)}quorum one\n`);
  return { parts: partsWith({ 'log.policy': path }), witness };
}

const newestIsCosigned = async (): Promise<boolean> => {
  const { log } = store.store;
  return splitNote((await log.witnessed()) ?? '')?.text === splitNote(await log.checkpoint())!.text;
};

test('without settings nobody is asked', async () => {
  await grow();
  const call = (): never => assert.fail('somebody was asked');
  assert.deepEqual(await tendLog(store, call), { warnings: [] });
});

test('witnesses are asked when the log has grown, and only then', async (t) => {
  const { parts } = await witnessed(t);
  await grow();
  assert.deepEqual(await tendLog(parts), { cosigned: n, warnings: [] });
  assert.ok(await newestIsCosigned());
  const call = (): never => assert.fail('it was asked again');
  assert.deepEqual(await tendLog(parts, call), { warnings: [] });
  await grow();
  assert.equal((await tendLog(parts)).cosigned, n);
});

test('a witness that is down fails nothing and is left alone for a while', async (t) => {
  const { parts, witness } = await witnessed(t);
  await grow();
  witness.answerNext = { status: 500, body: '' };
  const { cosigned, warnings } = await tendLog(parts);
  assert.equal(cosigned, undefined);
  assert.match(warnings.join('\n'), /witness one: refused .*\n.*quorum of .* is not met/);
  await grow();
  const call = (): never => assert.fail('it was asked too soon');
  assert.deepEqual(await tendLog(parts, call), { warnings: [] });
  store.clock.advance(14 * MINUTE);
  await tendLog(parts, call);
  store.clock.advance(1 * MINUTE);
  assert.equal((await tendLog(parts)).cosigned, n);
});

test('a policy that is missing, broken or of another log is told and fails nothing', async () => {
  await grow();
  const missing = await tendLog(partsWith({ 'log.policy': join(dir, 'none.policy') }));
  assert.match(missing.warnings[0]!, /witnesses: .*none\.policy/);
  const path = join(dir, 'bad.policy');
  writeFileSync(path, 'quorum nobody\n');
  assert.match((await tendLog(partsWith({ 'log.policy': path }))).warnings[0]!, /witnesses: line 1 of the policy/);
});

test('a witness that has seen another history is an alarm until it cosigns again, told as an event once', async (t) => {
  const { parts, witness } = await witnessed(t);
  store.clock.advance(60 * MINUTE);
  await grow();
  witness.answerNext = { status: 422, body: '' };
  const { warnings } = await tendLog(parts);
  assert.match(warnings.join('\n'), /ALARM: witness one has seen another history/);
  const calm = await tendLog(parts);
  assert.match(calm.warnings.join('\n'), /ALARM: witness one/, 'it stays while nobody is asked');
  const events = (await listEvents(store.store.database)).filter(({ event }) => event === 'fork');
  assert.equal(events.length, 1);
  assert.match(String(events[0]!.body['detail']), /does not continue/);
  store.clock.advance(15 * MINUTE);
  assert.deepEqual(await tendLog(parts), { cosigned: n, warnings: [] });
});

test('one process asks at a time', async (t) => {
  const { parts } = await witnessed(t);
  await grow();
  const release = await store.store.database.tryLock('tend');
  const call = (): never => assert.fail('it was asked beside another');
  assert.deepEqual(await tendLog(parts, call), { warnings: [] });
  await release!();
  assert.equal((await tendLog(parts)).cosigned, n);
});

test('a stamp is asked for when the last one is old and the log has grown; a dead authority is not hammered', async (t) => {
  if (!hasOpenssl()) {
    skipOrFail(t, 'the openssl command is not there');
    return;
  }
  const authority = await startAuthority();
  t.after(() => {
    authority.close();
  });
  const settings = { 'log.tsa': [authority.url], 'log.tsaRoots': [authority.root] };
  const parts = partsWith(settings);
  await grow();
  authority.down = true;
  assert.match((await tendLog(parts)).warnings.join(), /time-stamp authority 127\.0\.0\.1.*: refused/);
  await tendLog(parts);
  assert.equal(authority.asked, 1);
  authority.down = false;
  assert.deepEqual(await tendLog(partsWith({ ...settings, 'log.stampEvery': 0 })), { warnings: [] }, 'never by itself');
  store.clock.advance(15 * MINUTE);
  // The witnessed checkpoint comes first as long as it has no stamp.
  const { stamped, warnings } = await tendLog(parts);
  assert.deepEqual([warnings, stamped! <= n, authority.asked], [[], true, 2]);
  await grow();
  store.clock.advance(23 * 60 * MINUTE);
  await tendLog(parts);
  assert.equal(authority.asked, 2, 'the last stamp is not a day old');
  store.clock.advance(60 * MINUTE);
  assert.equal((await tendLog(parts)).stamped, n);
  store.clock.advance(48 * 60 * MINUTE);
  await tendLog(parts);
  assert.equal(authority.asked, 3, 'the log has not grown');
  rmSync(join(store.store.dir, 'tended.json'));
  await grow();
  store.clock.advance(Date.now() + 60 * MINUTE - store.clock.now().getTime());
  await tendLog(parts);
  assert.equal(authority.asked, 3, 'our note of it is lost: the time in the stamp tells, by the authority’s clock');
  store.clock.advance(24 * 60 * MINUTE);
  await tendLog(parts);
  assert.equal(authority.asked, 4);
});

test('calendars are asked with the stamp, and every hour for what they promised, until a block holds it', async (t) => {
  const it = await calendar(t);
  const parts = partsWith({ 'log.ots': [it.url] });
  const { stamps } = store.store.log;
  const finished = async (): Promise<number> => (await stamps.finished((await stamps.sizes()).at(-1)!)).length;
  await grow();
  store.clock.advance(48 * 60 * MINUTE);
  assert.deepEqual((await tendLog(parts)).warnings, []);
  assert.equal(await finished(), 0);
  it.ready = true;
  store.clock.advance(59 * MINUTE);
  await tendLog(parts);
  assert.equal(await finished(), 0, 'asked less than an hour ago');
  store.clock.advance(MINUTE);
  assert.deepEqual((await tendLog(parts)).warnings, []);
  assert.equal(await finished(), 1);
  const call = (): never => assert.fail('it was asked for what is finished');
  store.clock.advance(2 * 60 * MINUTE);
  assert.deepEqual(await tendLog(parts, call), { warnings: [] });
});
