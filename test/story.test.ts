import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { tmpdir } from 'node:os';
import type { Fact } from '../src/demo/facts.js';
import type { Flag } from '../src/model/index.js';
import { type Ran, asposted } from './support/cli.js';

interface Demo {
  store: string;
  case: string;
  provincial: string;
  yunfu: string;
  facts: Fact[];
  dossier: { file: string; verdict: string };
}

const dir = mkdtempSync(join(tmpdir(), 'asposted-story-'));
const store = join(dir, 'demo');
let demo: Demo;
let told = '';
const run = (args: readonly string[]): Promise<Ran> => asposted(args, { store });
const facts = (kind: string): Fact[] => demo.facts.filter(({ fact }) => fact === kind);

before(async () => {
  const ran = await asposted(['demo', '--store', store, '--json']);
  assert.equal(ran.code, 0, ran.stderr);
  told = ran.stderr;
  demo = JSON.parse(ran.stdout) as Demo;
});
after(() => {
  rmSync(dir, { recursive: true, force: true });
});

test('the demo says what the product is, tells what it does, and says that its pages are reconstructions', () => {
  assert.match(told, /^As Posted keeps public notices/);
  assert.match(told, /reconstructions/);
  assert.match(told, /Suspected, not yet removed/);
});

test('posted: account, date and title', () => {
  const [fact] = facts('posted');
  assert.deepEqual(
    [fact!.details['account'], fact!.details['published'], fact!.details['title'], fact!.details['kind']],
    ['广东省对俄贸易促进会', '2024-05-22T10:30:00+08:00', '国外企业采购无人机设备通知', 'call-for-goods'],
  );
});

test('goods with their families, and trade names with their spellings', () => {
  const families = facts('goods').map(({ details }) => details['family']);
  for (const family of ['drone_detector', 'drone_jammer', 'comms_jammer']) assert.ok(families.includes(family), family);
  const names = facts('trade-name').map(({ details }) => [details['id'], details['inNotice'], details['inNews']]);
  assert.deepEqual(names, [
    ['boristone', ['BoriTone'], ['BorisTone']],
    ['assel_labs', ['AsselLabs'], ['Assel Labs']],
    ['bulat', ['Bulat'], ['Bulat']],
  ]);
});

test('the maker of Bulat on OFAC’s list as of the day of the notice', () => {
  const [fact, ...more] = facts('maker-listed');
  assert.equal(more.length, 0);
  const { tradeName, maker, list, entry, from, on } = fact!.details;
  assert.deepEqual(
    [tradeName, maker, list, entry, from, on],
    ['bulat', '3MX', 'us_ofac_sdn', '47713', '2024-02-23', '2024-05-22'],
  );
  assert.match(fact!.record, /^L-/);
});

test('removed by its publisher, with last seen, first missing and confirmed in that order', () => {
  const [fact] = facts('removed');
  const { actor, words, lastSeen, firstMissing, confirmed } = fact!.details as Record<string, string>;
  assert.deepEqual([actor, words], ['publisher', '该内容已被发布者删除']);
  assert.ok(lastSeen! < firstMissing! && firstMissing! < confirmed!);
  assert.ok(Date.parse(confirmed!) - Date.parse(firstMissing!) >= 3_000, 'the waiting time was waited, not skipped');
});

test('the copy that still stands, with the passages it shares', () => {
  const [fact] = facts('copy-standing');
  const { account, sharedOfThis, passages } = fact!.details as {
    account: string;
    sharedOfThis: number;
    passages: unknown[];
  };
  assert.equal(account, '云浮市国际贸易促进会');
  assert.ok(sharedOfThis > 0.8 && passages.length > 0);
});

test('flags that only watching raises: removed, posted elsewhere, still standing there, with the words', async () => {
  const id = String(facts('posted')[0]!.details['notice']);
  const { flags } = JSON.parse((await run(['show', id, '--json'])).stdout) as { flags: Flag[] };
  const of = (flag: string): Flag | undefined => flags.find((each) => each.id === flag);
  assert.equal(of('N-01')?.detail, 'removed: 该内容已被发布者删除');
  for (const each of ['N-02', 'N-13'])
    assert.ok((of(each)?.words[0]?.text ?? '').startsWith('国外企业采购无人机设备通知'), each);
});

test('overseeing body; the rules of that day with the missing parameter; the later rule apart', () => {
  assert.equal(facts('overseeing-body')[0]?.details['body'], '广东省商务厅');
  const instruments = facts('rule').map(({ details }) => String(details['instrument']));
  assert.ok(
    instruments.some((each) => each.includes('No. 27 of 2023')) &&
      instruments.some((each) => each.includes('No. 28 of 2023')),
  );
  assert.ok(!instruments.some((each) => each.includes('No. 31 of 2024')));
  const jammer = facts('rule').find(({ details }) => details['entry'] === 'CN-2023-27-cuas-jammer')!;
  assert.deepEqual(
    [jammer.details['missing'], jammer.details['from'], jammer.details['to']],
    [['jamming_range_km'], '2023-09-01', '2024-09-01'],
  );
  assert.ok(facts('later-rule').some(({ details }) => String(details['instrument']).includes('No. 31 of 2024')));
});

test('two explanations, who gave them, that they conflict; what the association says its work is; who was asked', () => {
  const said = facts('claim').map(({ details }) => [
    details['outlet'],
    details['speaksFor'],
    details['about'],
    /improper|Kazakhstan/.exec(String(details['words']))?.[0],
  ]);
  assert.deepEqual(
    said.map((each) => each[3]),
    ['improper', 'Kazakhstan'],
  );
  assert.ok(
    said.every(
      ([outlet, speaksFor, about]) => outlet === 'CNN' && /Association/.test(String(speaksFor)) && about === 'posting',
    ),
  );
  assert.deepEqual(
    facts('conflict')
      .map(({ details }) => details['rule'])
      .sort(),
    ['N-10', 'TS-02'],
  );
  assert.match(facts('work')[0]!.what, /经贸往来/);
  assert.equal(facts('asked').length, 2);
});

test('every row names a record of the store, and its place in the log is that record’s', async () => {
  for (const { fact, record, exhibit, logIndex } of demo.facts) {
    assert.ok(record !== '' && logIndex !== null && exhibit !== null, fact);
    const shown = await run(['show', record, '--json']);
    assert.equal(shown.code, 0, `${fact}: ${shown.stderr}`);
    assert.equal((JSON.parse(shown.stdout) as { logIndex: number }).logIndex, logIndex, fact);
  }
});

test('the dossier verifies anywhere; with one byte changed it fails and says where', async () => {
  const { file } = demo.dossier;
  const whole = await asposted(['verify', file, '--json']);
  assert.deepEqual([whole.code, (JSON.parse(whole.stdout) as { verdict: string }).verdict], [0, 'ok']);
  const bytes = readFileSync(file);
  const changed = join(dir, 'changed.zip');
  for (const at of [200, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2), bytes.length - 40]) {
    const copy = Buffer.from(bytes);
    copy[at]! ^= 1;
    writeFileSync(changed, copy);
    assert.equal((await asposted(['verify', changed])).code, 5, `byte ${at}`);
  }
  const strange = join(dir, 'strange.key');
  writeFileSync(strange, 'example.org/log+a1b2c3d4+AAAA\n');
  assert.equal((await asposted(['verify', file, '--trust', strange])).code, 2);
});

test('the database may be lost: after a rebuild every list is the same', async () => {
  const lists = [
    'notices',
    'changes',
    'removals',
    'copies',
    'mentions',
    'matches',
    'flags',
    'claims',
    'sources',
    'events',
    'cases',
  ];
  const all = async (): Promise<string[]> => {
    const out: string[] = [];
    for (const list of lists) out.push((await run(['list', list, '--json'])).stdout);
    out.push((await run(['case', 'timeline', demo.case, '--json'])).stdout);
    return out;
  };
  const kept = await all();
  assert.ok(kept[0]!.includes('removed'));
  rmSync(join(store, 'pg'), { recursive: true });
  assert.equal((await run(['rebuild'])).code, 0);
  for (const [at, text] of (await all()).entries()) assert.equal(text, kept[at], lists[at] ?? 'timeline');
});

test('no process is left behind, and no socket', () => {
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  assert.deepEqual(
    stdout.split('\n').filter((line) => line.includes(store)),
    [],
  );
});
