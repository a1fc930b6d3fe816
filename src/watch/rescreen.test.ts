import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import fc from 'fast-check';
import { listEvents, listMatches } from '../store/index.js';
import { addListVersion, check } from './index.js';
import { articleOf, openTestParts, sameAsRebuilt } from './testing/parts.js';

const LIST = 'us_ofac_sdn';
const NULL = '-0- ';
const row = (entry: string, name: string, remarks = NULL): string =>
  [entry, `"${name}"`, NULL, '"TEST"', NULL, NULL, NULL, NULL, NULL, NULL, NULL, `"${remarks}"`].join(',');
const sdn = (rows: readonly string[]): Uint8Array => Buffer.from([...rows, '\x1a'].join('\r\n'));

const parts = await openTestParts();
after(() => parts.dispose());
const lines: string[] = [];
const listening = { ...parts, progress: (line: string) => lines.push(line) };

let mid = 2_247_483_000;
const post = async (account: string, text: string, day = '2024-05-22'): Promise<void> => {
  const url = `https://mp.weixin.qq.com/s/${String(++mid).padStart(22, 'a')}`;
  parts.clock.advance(1_000);
  const page = articleOf('采购通知', [text, '请有供货能力的企业于月底前报价。'], mid, { account });
  const time = Date.parse(`${day}T02:30:00Z`) / 1_000;
  parts.pages.set(url, { ...page, body: (page.body as string).replace('1716345000', String(time)) });
  await check(parts, { url });
};
/** Gives how many notices were asked again. */
const add = async (publishedAt: string, rows: readonly string[]): Promise<string | undefined> => {
  lines.length = 0;
  parts.clock.advance(1_000);
  await addListVersion(listening, {
    list: LIST,
    files: { main: sdn(rows) },
    publishedAt,
    origin: 'test',
    allowShrink: true,
  });
  return lines.find((line) => line.includes('asked again'));
};
const found = async (): Promise<string[]> =>
  ((await listMatches(parts.store.database)) as unknown as { query: string; entry: string; on: string; to: string }[])
    .map(({ query, entry, on, to }) => `${query} ${entry} ${on} ${to}`)
    .sort();

const BASE = [row('36', 'AEROCARIBBEAN AIRLINES'), row('37', 'SOMEBODY ELSE WORKS')];
const ALPHA = row('41', 'ALPHA OMEGON WORKS');
const TRIMIX = row('47713', 'LIMITED LIABILITY COMPANY TRIMIX', "a.k.a. '3MX'; Tax ID No. 7802942873 (Russia).");

test('only notices that a change of the list can concern are asked again, and how many is told', async () => {
  await post('Alpha Omegon Works', '采购无人机零件。', '2024-03-01');
  await post('Alpha Omegon Works', '采购其它零件。');
  await post('Somebody Else Works', '采购无人机探测器（商品名 Bulat）。');
  await post('广东省对俄贸易促进会', '采购苹果。');
  assert.equal(await add('2024-02-01', BASE), `${LIST}: 1 of 4 notices asked again`);
  assert.equal(await add('2024-02-02', BASE.toReversed()), `${LIST}: 0 of 4 notices asked again`, 'nothing changed');
  assert.equal(await add('2024-04-01', [...BASE, ALPHA]), `${LIST}: 2 of 4 notices asked again`);
  assert.deepEqual(await found(), ['Alpha Omegon Works 41 2024-05-22 null', 'Somebody Else Works 37 2024-05-22 null']);
  assert.equal(
    await add('2024-04-02', [...BASE, ALPHA, TRIMIX]),
    `${LIST}: 1 of 4 notices asked again`,
    'by the maker of what it names',
  );
  assert.equal(await add('2024-05-30', [...BASE, TRIMIX]), `${LIST}: 2 of 4 notices asked again`);
  assert.ok(
    (await found()).includes('Alpha Omegon Works 41 2024-05-22 2024-05-30'),
    'it ended after the day of the notice, and the match says so',
  );
  await sameAsRebuilt(parts);
});

interface Told {
  event: string;
  at: string;
  body: { entry: string; day?: string; query: string; notices?: string[]; on: string };
}
const told = async (): Promise<Told[]> =>
  ((await listEvents(parts.store.database)) as unknown as Told[]).filter(({ event }) => /match/.test(event));

test('a list that changes tells once for each entry which notices hold its name, older than the listing or not', async () => {
  const events = await told();
  const heads = events.map(({ event, body }) => [event, body.entry, body.day, body.notices?.length]);
  assert.deepEqual(heads, [
    ['match', '37', '2024-02-01', 1],
    ['match', '41', '2024-04-01', 2],
    ['match', '47713', '2024-04-02', 1],
    ['unmatched', '41', '2024-05-30', 2],
  ]);
  const [, made] = events as [Told, Told];
  const ofSecond = await listEvents(parts.store.database, { notice: made.body.notices![1]! });
  assert.ok(
    ofSecond.some(({ body }) => body['entry'] === '41'),
    'the event is one of each notice that it names',
  );
  const before = events.map(({ event, at, body }) => [event, at, body.entry]);
  await post('Alpha Omegon Works', '采购更多零件。', '2024-05-23');
  const after = await told();
  assert.deepEqual(
    after.filter(({ body }) => body.notices !== undefined).map(({ event, at, body }) => [event, at, body.entry]),
    before,
    'what comes in later changes nothing of what was told',
  );
  const own = after.filter(({ body }) => body.notices === undefined);
  assert.deepEqual(
    own.map(({ body }) => [body.entry, body.on]),
    [['41', '2024-05-23']],
    'a new notice tells of its own match, as of its own day',
  );
});

test('a version that holds nothing new of an entry is named by the matches of the days it rules, late or not', async () => {
  const versions = async (): Promise<Set<string>> => {
    const rows = (await listMatches(parts.store.database)) as unknown as { on: string; listVersion: string }[];
    return new Set(rows.filter(({ on }) => on === '2024-05-22').map(({ listVersion }) => listVersion));
  };
  const before = await versions();
  assert.equal(before.size, 1, 'one version rules the day');
  const same = [...BASE, ALPHA, TRIMIX].toReversed();
  assert.equal(await add('2024-05-01', same), `${LIST}: 0 of 5 notices asked again`);
  const between = await versions();
  assert.notDeepEqual(between, before, 'another file was in force on that day');
  await add('2024-06-30', [...BASE, TRIMIX].toReversed());
  assert.deepEqual(await versions(), between, 'what came after the day rules another');
  await sameAsRebuilt(parts);
});

test('whatever changes in whatever order, the rows are those of a rebuild (property)', async () => {
  const names = ['ALPHA OMEGON WORKS', 'OMEGON ALPHA PLANT', 'SOMEBODY ELSE WORKS', 'BETATRON PLANT', 'TRIMIX, OOO'];
  const remarks = ['x', "a.k.a. '3MX'.", "a.k.a. 'ALPHA OMEGON'.", 'Tax ID No. 7802942873 (Russia).'];
  const state = fc.uniqueArray(
    fc.record({
      entry: fc.constantFrom('41', '42', '43', '44'),
      name: fc.constantFrom(...names),
      remark: fc.constantFrom(...remarks),
    }),
    { selector: ({ entry }) => entry, maxLength: 4 },
  );
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2024-0${1 + (n % 7)}-${String(n).padStart(2, '0')}`);
  const steps = fc.sample(fc.record({ day, state, posts: fc.boolean(), name: fc.constantFrom(...names) }), {
    seed: 181,
    numRuns: 28,
  });
  const seen = new Set<string>();
  for (const [at, step] of steps.entries()) {
    if (step.posts)
      await post(step.name, at % 2 === 0 ? '采购无人机探测器（商品名 Bulat）。' : 'ИНН 7802942873。', step.day);
    await add(step.day, [...BASE, ...step.state.map(({ entry, name, remark }) => row(entry, name, remark))]);
    for (const each of await found()) seen.add(each);
    if (at % 7 === 6) await sameAsRebuilt(parts);
  }
  assert.ok(seen.size >= 12, `matches came and went in the course of it: ${seen.size}`);
});

test('a list that is newer than a notice tells of it by the publisher’s own dates, and never twice', async () => {
  const list = 'csv_dated';
  const map = Buffer.from("delimiter: ';'\nentry: Nr\nname: Name\nlistedOn: Since\n");
  const addDated = async (publishedAt: string, rows: readonly string[]): Promise<void> => {
    parts.clock.advance(1_000);
    const main = Buffer.from(['Nr;Name;Since', ...rows, ''].join('\n'));
    await addListVersion(listening, { list, files: { main, map }, publishedAt, origin: 'test', allowShrink: true });
  };
  const rows = async (): Promise<unknown[]> =>
    (await listMatches(parts.store.database))
      .filter((match) => match['list'] === list && match['entry'] === '1')
      .map(({ query, on, basis, listedOn, from }) => [query, on, basis, listedOn, from]);
  const turns = async (): Promise<unknown[]> =>
    (await told())
      .filter(({ body }) => (body as { list?: string }).list === list)
      .map(({ event, body }) => [event, body.day]);
  await post('Gammatron Omegon Plant', '采购无人机零件。', '2024-01-15');
  const dated = ['1;GAMMATRON OMEGON PLANT;2024-01-10', '2;SOMEBODY ELSE WORKS;2024-12-31'];
  await addDated('2025-01-01', dated);
  const early = [['Gammatron Omegon Plant', '2024-01-15', 'publisher', '2024-01-10', '2025-01-01']];
  assert.deepEqual(await rows(), early, 'listed by its own date; who was listed later is not');
  assert.deepEqual(
    (await turns()).filter((each) => JSON.stringify(each) === '["match","2025-01-01"]').length,
    2,
    'both stand in notices that are held, which the list tells once each',
  );
  await post('Gammatron Omegon Plant', '采购更多无人机零件。', '2024-01-20');
  assert.equal((await rows()).length, 2);
  assert.ok(
    (await turns()).some((each) => (each as unknown[])[1] === undefined),
    'a new notice tells of its own match',
  );
  await sameAsRebuilt(parts);
  await addDated('2024-01-18', ['2;SOMEBODY ELSE WORKS;2023-12-31']);
  assert.deepEqual(await rows(), [], 'the version that is the oldest now does not have it');
  await sameAsRebuilt(parts);
});
