/** Checkpoints taken up by calendars: a small one behind HTTP, whose blocks are made here for a target anybody can meet. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { serviceCaller } from '../capture/index.js';
import { buildBundle } from '../dossier/bundle.js';
import { makeEvidence } from '../dossier/testing/bundles.js';
import type { LoggedRecord, SeenRecord } from '../model/index.js';
import { type OpenRecordLog, mayAsk, stampProblems } from '../preserve/index.js';
import { openTestLog } from '../preserve/testing/log.js';
import { HEIGHT, PENDING, calendar, promise } from '../preserve/testing/calendar.js';
import { readOts, readZip, sha256Bytes, splitNote, toHex, utf8, verifyFile, verifyOts } from '../verify/index.js';
import { BITCOIN, EASY_TARGET, easyHeader, hex } from '../verify/testing/ots.js';
import { stampCheckpoint } from './stamp.js';
import { upgradeStamps } from './upgrade.js';

const ORIGIN = 'log.test/calendars';
const call = serviceCaller({ allow: ['127.0.0.0/8'] });
function record(n: number): SeenRecord {
  const at = '2024-05-22T03:00:00.000Z';
  return { type: 'delivery', v: 1, at, channel: 'test', event: `V-${n}`, outcome: 'delivered', detail: '' };
}

interface Setting {
  dir: string;
  log: OpenRecordLog;
  bundleOf: (records: readonly LoggedRecord[]) => Promise<Uint8Array>;
}

async function setting(t: TestContext): Promise<Setting> {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-calendars-'));
  t.after(() => rm(dir, { recursive: true }));
  const { log, vault } = await openTestLog(dir, ORIGIN);
  const created = new Date('2024-06-01T00:00:00Z');
  const bundleOf = (records: readonly LoggedRecord[]): Promise<Uint8Array> =>
    buildBundle({
      ...{ kind: 'exhibit', title: 'stamped', created, records, log, vault, files: [] },
      publication: { rules: 'not-published' },
    });
  return { dir, log, bundleOf };
}

const stampsIn = async (bundle: Uint8Array): Promise<string[]> =>
  (await readZip(bundle)).map(({ path }) => path).filter((path) => path.startsWith('log/stamps/'));

test('from promise to proof: stamped, upgraded once the block is there, packed, and verified against the block', async (t) => {
  const [one, two] = [await calendar(t), await calendar(t)];
  const { dir, log, bundleOf } = await setting(t);
  const records = await log.append([record(0), record(1), record(2)]);
  const round = await stampCheckpoint(log, { urls: [], calendars: [one.url, `${two.url}/`], anchors: [], call });
  assert.deepEqual(
    [round.size, round.calendars.map(({ outcome }) => outcome)],
    [3, ['promised', 'promised']],
    JSON.stringify(round.calendars),
  );
  assert.deepEqual([one.asked, two.asked], [['POST /digest 32'], ['POST /digest 32']]);
  const path = join(dir, 'log/stamped/3/1.ots');
  const first = await readFile(path);
  const data = utf8(splitNote(await log.checkpoint())!.text);
  assert.equal((await verifyOts({ proof: first, data })).code, 'pending');
  assert.equal((await readOts(first)).attestations.length, 2, 'one file for both');
  assert.equal(await log.stamps.firstOver(0), undefined, 'a promise is no stamp');
  assert.deepEqual(await stampsIn(await bundleOf(records)), [], 'and stands in no bundle');

  const named = [one.url, two.url];
  const early = await upgradeStamps(log, { named, call });
  assert.deepEqual(
    early.map(({ outcome, calendars }) => [outcome, calendars.map((each) => each.outcome)]),
    [['pending', ['not-yet', 'not-yet']]],
  );
  assert.deepEqual(await readFile(path), first, 'nothing was written');
  one.ready = true;
  const [late] = await upgradeStamps(log, { named, call });
  assert.deepEqual([late!.outcome, late!.blocks.map(({ height }) => height)], ['block', [HEIGHT]]);
  const header = one.headers.get(HEIGHT)!;
  assert.equal(
    late!.blocks[0]!.root,
    toHex(Uint8Array.from(header.subarray(36, 68)).reverse()),
    'as explorers show it',
  );
  const { attestations } = await readOts(await readFile(path));
  assert.deepEqual(
    attestations.map(({ kind }) => kind).sort(),
    ['bitcoin', 'pending', 'pending'],
    'nothing was taken away',
  );
  assert.deepEqual(await upgradeStamps(log, { named, call }), [], 'one block is enough');

  await log.append([record(3)]);
  const bundle = await bundleOf(records.slice(0, 1));
  assert.deepEqual(await stampsIn(bundle), ['log/stamps/1.ots']);
  const inside = (await readZip(bundle)).find(({ path: each }) => each === 'log/stamps/1.ots')!.bytes;
  assert.ok(
    !Buffer.from(inside).includes(PENDING, 0, 'hex') && !Buffer.from(inside).includes('127.0.0.1'),
    'no promise in it',
  );
  const bitcoin = new Map([[HEIGHT, header]]);
  const known = { trust: [log.vkey], bitcoin, bitcoinEasiest: EASY_TARGET };
  const checked = await verifyFile(bundle, known);
  assert.equal(checked.verdict, 'ok', JSON.stringify(checked.claims.filter(({ verdict }) => verdict !== 'ok')));
  const claimOf = ({ claims }: typeof checked): string => {
    const { claim, verdict, detail } = claims.find(({ by }) => by === 'OpenTimestamps proof')!;
    return `${verdict}: ${claim} | ${detail}`;
  };
  assert.match(claimOf(checked), /^ok: The checkpoint, and every record under it, existed before block 7 of Bitcoin/);
  const unheaded = await verifyFile(bundle, { trust: [log.vkey] });
  assert.equal(unheaded.verdict, 'unknown', 'nobody checked the block: 6, never 0');
  assert.match(
    claimOf(unheaded),
    new RegExp(`^unknown: .*Merkle root ${late!.blocks[0]!.root} of block 7.*\`bitcoin 7 `),
  );
  assert.ok(unheaded.claims.every(({ verdict, by }) => verdict === 'ok' || by === 'OpenTimestamps proof'));
  const other = await verifyFile(bundle, {
    ...known,
    bitcoin: new Map([[HEIGHT, easyHeader(sha256Bytes(utf8('x')))]]),
  });
  assert.equal(other.verdict, 'failed');
  const silent: number[] = [];
  for (let at = 0; at < bundle.length; at++) {
    const changed = Buffer.from(bundle);
    changed[at] = changed[at]! ^ (1 << (at % 8));
    if ((await verifyFile(changed, known)).verdict !== 'failed') silent.push(at);
  }
  assert.deepEqual(silent, [], 'every changed byte of such a bundle fails');
});

test('a WACZ package carries the proof as well, and says the same of it', async (t) => {
  const it = await calendar(t);
  it.ready = true;
  const { wacz, trust } = await makeEvidence(1, {
    stamp: async (log) => {
      await stampCheckpoint(log, { urls: [], calendars: [it.url], anchors: [], call });
      await upgradeStamps(log, { named: [it.url], call });
    },
  });
  assert.ok((await readZip(wacz)).some(({ path }) => path === 'stamps/1.ots'));
  const known = { name: 'x.wacz', trust, bitcoinEasiest: EASY_TARGET };
  const verdicts = async (bitcoin?: ReadonlyMap<number, Uint8Array>): Promise<string[]> => {
    const { verdict, claims } = await verifyFile(wacz, { ...known, ...(bitcoin ? { bitcoin } : {}) });
    return [verdict, claims.find(({ by }) => by === 'OpenTimestamps proof')!.verdict];
  };
  assert.deepEqual(await verdicts(it.headers), ['ok', 'ok']);
  assert.deepEqual(await verdicts(), ['unknown', 'unknown']);
  assert.deepEqual(await verdicts(new Map([[HEIGHT, easyHeader(sha256Bytes(utf8('x')))]])), ['failed', 'failed']);
});

test('whatever a calendar answers, nothing but a promise over this checkpoint is kept, and no answer spoils another’s', async (t) => {
  const [it, honest] = [await calendar(t), await calendar(t)];
  const { log } = await setting(t);
  await log.append([record(0)]);
  const far = `${'08'.repeat(255)} ${promise('https://a.example')}`;
  const answers: [string, { status: number; bytes: Uint8Array }, string][] = [
    ['an error', { status: 500, bytes: utf8('no') }, 'refused'],
    ['not found', { status: 404, bytes: utf8('no') }, 'refused'],
    ['nothing', { status: 200, bytes: new Uint8Array() }, 'refused'],
    ['noise', { status: 200, bytes: Buffer.alloc(500, 7) }, 'refused'],
    ['more than a timestamp', { status: 200, bytes: hex(`${promise(it.url)} 00`) }, 'refused'],
    ['a whole file', { status: 200, bytes: hex(`004f70656e54696d657374616d7073 ${promise(it.url)}`) }, 'refused'],
    ['a block for what is new', { status: 200, bytes: hex(`08 00 ${BITCOIN} 01 07`) }, 'refused'],
    ['something unknown only', { status: 200, bytes: hex('00 0102030405060708 00') }, 'refused'],
    [
      'five promises',
      { status: 200, bytes: hex(`${`ff ${promise('https://a.example')} `.repeat(4)}${promise('https://a.example')}`) },
      'refused',
    ],
    ['too much', { status: 200, bytes: Buffer.alloc(10_001) }, 'refused'],
    ['far too much', { status: 200, bytes: Buffer.alloc(100_000) }, 'unreachable'],
    ['what is too deep for a file', { status: 200, bytes: hex(far) }, 'refused'],
  ];
  for (const [what, next, outcome] of answers) {
    it.next = next;
    const round = await stampCheckpoint(log, { urls: [], calendars: [it.url], anchors: [], call });
    assert.equal(round.calendars[0]!.outcome, outcome, `${what}: ${round.calendars[0]!.detail}`);
  }
  assert.deepEqual(await log.stamps.proofs(1), []);
  const guarded = await stampCheckpoint(log, { urls: [], calendars: [it.url], anchors: [], call: serviceCaller() });
  assert.match(guarded.calendars[0]!.detail, /not a public address/);
  it.next = { status: 200, bytes: hex(far) };
  const both = await stampCheckpoint(log, { urls: [], calendars: [it.url, honest.url], anchors: [], call });
  assert.deepEqual(
    both.calendars.map(({ outcome }) => outcome),
    ['refused', 'promised'],
  );
  const [kept] = await log.stamps.proofs(1);
  assert.deepEqual(
    (await readOts(kept!.bytes)).attestations.map((each) => each.kind === 'pending' && each.uri),
    [honest.url],
  );
});

test('an upgrade asks only calendars on the list, keeps what is there when the answer is bad, and asks again', async (t) => {
  const it = await calendar(t);
  const { log } = await setting(t);
  await log.append([record(0)]);
  await stampCheckpoint(log, { urls: [], calendars: [it.url], anchors: [], call });
  const before = (await log.stamps.proofs(1))[0]!.bytes;
  it.ready = true;
  it.asked.length = 0;
  const [stranger] = await upgradeStamps(log, { named: [], call });
  assert.deepEqual([stranger!.outcome, it.asked], ['pending', []], 'a promise alone sends us nowhere');
  assert.match(stranger!.calendars[0]!.detail, /no calendar known here; name it in log\.ots/);
  for (const [what, next] of [
    ['noise', { status: 200, bytes: Buffer.alloc(40, 9) }],
    ['a promise again', { status: 200, bytes: hex(`08 ${promise('https://a.example')}`) }],
    ['an error', { status: 503, bytes: utf8('later') }],
  ] as const) {
    it.next = next;
    const [round] = await upgradeStamps(log, { named: [it.url], call });
    assert.equal(round!.outcome, 'pending', what);
    assert.deepEqual((await log.stamps.proofs(1))[0]!.bytes, before, what);
  }
  assert.equal((await upgradeStamps(log, { named: [it.url], call }))[0]!.outcome, 'block');
  const [grown] = await log.stamps.proofs(1);
  assert.equal(await log.stamps.replace(1, '1.ots', before), false, 'a proof is not replaced by one that proves less');
  assert.deepEqual((await log.stamps.proofs(1))[0]!.bytes, grown!.bytes);
});

test('which calendars may be asked', () => {
  for (const [address, may] of [
    ['https://alice.btc.calendar.opentimestamps.org', true],
    ['https://finney.calendar.eternitywall.com', true],
    ['https://btc.calendar.catallaxy.com/', true],
    ['http://alice.btc.calendar.opentimestamps.org', false],
    ['https://alice.btc.calendar.opentimestamps.org:8443', false],
    ['https://alice.btc.calendar.opentimestamps.org/x', false],
    ['https://calendar.opentimestamps.org', false],
    ['https://evil.example/.calendar.opentimestamps.org', false],
    ['https://xcalendar.catallaxy.com', false],
    ['https:alice.btc.calendar.opentimestamps.org', false],
    ['http://127.0.0.1:14788', false],
    ['nonsense', false],
  ] as const)
    assert.equal(mayAsk(address, ['https://own.example/']), may, address);
  assert.ok(mayAsk('https://own.example', ['https://own.example/']));
  assert.ok(!mayAsk('https://own.example/else', ['https://own.example/']));
});

test('kept stamps are read again: one that is not over its checkpoint is named, and so is a checkpoint of another history', async (t) => {
  const it = await calendar(t);
  const { dir, log } = await setting(t);
  await log.append([record(0), record(1)]);
  await stampCheckpoint(log, { urls: [], calendars: [it.url], anchors: [], call });
  await log.append([record(2)]);
  await stampCheckpoint(log, { urls: [], calendars: [it.url], anchors: [], call });
  assert.deepEqual(await stampProblems(log), []);
  const folder = join(dir, 'log/stamped');
  const [proof, note] = [await readFile(join(folder, '2/1.ots')), await readFile(join(folder, '2/checkpoint'))];
  await writeFile(join(folder, '3/2.ots'), proof);
  await writeFile(join(folder, '3/3.ots'), proof.subarray(1));
  await writeFile(join(folder, '3/1.tsr'), Buffer.from('30053003020102', 'hex'));
  const named = await stampProblems(log);
  assert.deepEqual(
    named.map((each) => each.split(':')[0]),
    [
      'log/stamped/3/1.tsr is no stamp over that checkpoint',
      'log/stamped/3/2.ots is no proof of that checkpoint',
      'log/stamped/3/3.ots is no proof of that checkpoint',
    ],
  );
  for (const changed of [
    Buffer.from(''),
    Buffer.from(note.toString().replace(/\n2\n/, '\n3\n')),
    flipped(note, 60),
    flipped(note, -10),
  ]) {
    await writeFile(join(folder, '2/checkpoint'), changed);
    assert.match((await stampProblems(log))[0]!, /^log\/stamped\/2\/checkpoint is not the checkpoint of 2 entries/);
  }
});

function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const place = at < 0 ? copy.length + at : at;
  copy[place] = copy[place]! ^ 1;
  return copy;
}
