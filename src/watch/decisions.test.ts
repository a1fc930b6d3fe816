import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { decisionRecord } from '../case/index.js';
import { asSha256, instant } from '../model/index.js';
import { newestState, printedOf } from '../screen/index.js';
import { type MatchRow, findAddress, listEvents, listMatches, undelivered } from '../store/index.js';
import { addListVersion, check, decidedScreening, derive, loadListed, loadScreener, sha256 } from './index.js';
import { articleOf, openTestParts, sameAsRebuilt } from './testing/parts.js';

const LIST = 'us_ofac_sdn';
const NULL = '-0- ';
const row = (entry: string, name: string, remarks = NULL): string =>
  [entry, `"${name}"`, NULL, '"TEST"', NULL, NULL, NULL, NULL, NULL, NULL, NULL, `"${remarks}"`].join(',');
const OTHER = row('36', 'AEROCARIBBEAN AIRLINES');
const ALPHA = row('41', 'ALPHA OMEGON WORKS');

const parts = await openTestParts();
after(() => parts.dispose());
const { store } = parts;

const add = async (publishedAt: string, ...rows: string[]): Promise<void> => {
  parts.clock.advance(1_000);
  const main = Buffer.from([...rows, '\x1a'].join('\r\n'));
  await addListVersion(parts, { list: LIST, files: { main }, publishedAt, origin: 'test', allowShrink: true });
};
const post = async (account: string, mid: number): Promise<string> => {
  const url = `https://mp.weixin.qq.com/s/${String(mid).padStart(22, 'b')}`;
  parts.pages.set(url, articleOf('采购通知', ['采购零件，请有供货能力的企业于月底前报价。'], mid, { account }));
  parts.clock.advance(1_000);
  await check(parts, { url });
  return (await findAddress(store.database, url))!.noticeId;
};
const decide = async (verdict: string, about: { notice?: string; name: string }, entry = '41'): Promise<void> => {
  parts.clock.advance(1_000);
  const state = newestState((await loadListed(parts)).statesOf(`${LIST} ${entry}`))!;
  const said = { by: 'reporter', why: 'other tax number', verdict, list: LIST, entry, ...about };
  const content = asSha256(sha256(printedOf(state)));
  await store.log.append([decisionRecord({ ...said, content, at: instant(parts.clock.now()) })]);
  await derive(parts);
};
const matches = async (): Promise<MatchRow[]> => (await listMatches(store.database)) as unknown as MatchRow[];
const decisions = async (): Promise<unknown[]> =>
  (await matches()).map(({ decision }) => [decision?.verdict, decision?.stale]);
const pending = async (): Promise<unknown[]> =>
  (await undelivered(store.database, 'toy', ['match', 'unmatched'])).map(({ event, body }) => [
    event,
    body['turn'] ?? 'own',
    body['entry'],
  ]);

test('a decision is shown with the match, hides it from alerts and from no answer, and a changed entry is told again', async () => {
  await add('2024-05-01', OTHER, ALPHA);
  const notice = await post('Alpha Omegon Works', 2_247_480_001);
  assert.deepEqual(await decisions(), [[undefined, undefined]]);
  assert.deepEqual(await pending(), [['match', 'own', '41']]);
  await decide('different', { notice, name: '  alpha  OMEGON works' });
  assert.deepEqual(await decisions(), [['different', undefined]]);
  const [{ decision }] = (await matches()) as [MatchRow];
  assert.deepEqual([decision?.by, decision?.why], ['reporter', 'other tax number']);
  assert.deepEqual(await pending(), [], 'nobody is told of it');
  assert.equal((await listEvents(store.database, { notice })).filter(({ event }) => event === 'match').length, 1);
  await add('2024-05-10', row('36', 'AEROCARIBBEAN AIRLINES LTD'), ALPHA);
  assert.deepEqual(await decisions(), [['different', undefined]], 'the entry itself is as it was');
  await sameAsRebuilt(parts);
  await add('2024-05-11', OTHER, row('41', 'ALPHA OMEGON WORKS', 'Linked To: SOMEBODY WORKS.'));
  assert.deepEqual(await decisions(), [['different', true]], 'the entry is another than it was then');
  assert.ok(
    (await pending()).some((each) => JSON.stringify(each) === '["match","changed","41"]'),
    'which is told',
  );
  await sameAsRebuilt(parts);
});

test('the newest decision rules; what was told of an entry that changed stays told', async () => {
  const [{ notice }] = (await listMatches(store.database)) as unknown as [{ notice: string }];
  await decide('same', { notice, name: 'Alpha Omegon Works' });
  assert.deepEqual(await decisions(), [['same', undefined]]);
  const events = await listEvents(store.database, { notice });
  assert.equal(events.filter(({ body }) => body['turn'] === 'changed').length, 1);
  await decide('unsure', { notice: 'N-0000000000', name: 'Alpha Omegon Works' });
  assert.deepEqual(await decisions(), [['same', undefined]], 'of another notice');
  await sameAsRebuilt(parts);
});

test('a notice that is called another’s is named in what a list tells, and nobody is told for it alone', async () => {
  const [one, two] = [
    await post('Betatron Omegon Plant', 2_247_480_002),
    await post('Betatron Omegon Plant', 2_247_480_003),
  ];
  await add('2024-06-01', OTHER, row('42', 'BETATRON OMEGON PLANT'));
  await decide('different', { notice: one, name: 'Betatron Omegon Plant' }, '42');
  const told = async (): Promise<unknown[]> =>
    (await listEvents(store.database))
      .filter(({ body }) => body['entry'] === '42')
      .map(({ body }) => [(body['notices'] as string[]).length, body['decidedDifferent'], body['hidden']]);
  assert.deepEqual(await told(), [[2, [one], undefined]]);
  await decide('different', { notice: two, name: 'Betatron Omegon Plant' }, '42');
  assert.deepEqual(await told(), [[2, [one, two].sort(), true]]);
  assert.ok(!(await pending()).some((each) => JSON.stringify(each).includes('"42"')), 'nobody is told');
  await sameAsRebuilt(parts);
});

test('a name that is typed in has decisions of its own, whatever was decided of notices', async () => {
  const ask = async (name: string): Promise<unknown> => {
    const screening = (await loadScreener(parts)).screen({ name }, '2024-06-02');
    const { matches: found } = await decidedScreening(parts, screening);
    return found.map(({ entry, decision }) => [entry, decision?.verdict, decision?.stale]);
  };
  assert.deepEqual(await ask('Betatron Omegon Plant'), [['42', undefined, undefined]]);
  await decide('unsure', { name: 'Betatron Omegon Plant' }, '42');
  assert.deepEqual(await ask('BETATRON  omegon plant'), [['42', 'unsure', undefined]]);
  await add('2024-06-02', OTHER, row('42', 'BETATRON OMEGON PLANT', 'Tax ID No. 7802942873 (Russia).'));
  assert.deepEqual(await ask('Betatron Omegon Plant'), [['42', 'unsure', true]]);
  await sameAsRebuilt(parts);
});

test('a decision needs a reason, a name and a verdict that there is', () => {
  const said = {
    name: 'x',
    by: 'y',
    list: LIST,
    entry: '1',
    at: instant(new Date()),
    content: asSha256('0'.repeat(64)),
  };
  assert.throws(() => decisionRecord({ ...said, verdict: 'maybe', why: 'z' }), /same, different, unsure, not maybe/);
  assert.throws(() => decisionRecord({ ...said, verdict: 'same', why: ' ' }), /a reason must have/);
});
