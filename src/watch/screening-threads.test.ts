import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { type ListEntry, type Screening, asSha256 } from '../model/index.js';
import { createScreener, openPacked, openScreener, packScreener } from '../screen/index.js';
import { dropIndexFiles, readIndexFile, writeIndexFile } from './screening-index.js';
import { type Question, openScreeningThreads, screenMany } from './screening-threads.js';

const listed = (number: number, of: Partial<ListEntry> & Pick<ListEntry, 'name'>): ListEntry => ({
  list: number % 2 === 0 ? 'even' : 'odd', entry: String(number), schema: 'LegalEntity', aliases: [], identifiers: [], countries: [],
  addresses: [], programs: [], remarks: '', from: '2020-01-01', to: null, fromIsBound: false, ...of,
}); // prettier-ignore

const FIRST = 'Иван Пётр Сергей Bulat Anna Chen Osama أسامة Wolf Ludwig'.split(' ');
const LAST = 'Иванов Сидорова Petrov Trimix Zhang 王伟 Al-Kuni O’Brien Nordwind 3МХ'.split(' ');
const NAMES = FIRST.flatMap((first) => LAST.map((last) => `${first} ${last}`));

const ENTRIES: ListEntry[] = [
  ...NAMES.map((name, at) => listed(at, { name, schema: at % 3 === 0 ? 'Person' : 'LegalEntity' })),
  listed(1_000, {
    name: 'LIMITED LIABILITY COMPANY TRIMIX', from: '2024-02-23', countries: ['ru'],
    aliases: [{ name: '3MX', weak: true, kind: 'weak' }, { name: 'ООО ‘ТРИМИКС’', weak: false, kind: 'aka' }],
    identifiers: [{ type: 'inn', value: '7802942873' }],
    remarks: 'Trimix makes the drone detectors Bulat, which a department of the ministry has tested and uses in its exercises; Linked To: NORDWIND HOLDING',
  }),
]; // prettier-ignore
const VERSIONS = ['even', 'odd'].map((list) => ({
  list,
  publishedAt: '2020-01-01',
  sha256: asSha256('a'.repeat(64)),
  entries: 100,
}));

const QUESTIONS: Question[] = [
  ...NAMES.flatMap((name) => [
    { query: { name }, on: '2024-05-22' },
    { query: { name: name.toUpperCase().replace('V', 'W'), schema: 'Person' as const }, on: '2024-05-22' },
  ]),
  ...['Trimix LLC', 'Тримикс', '3МХ', 'Bulat', 'ИНН 7802942873', '', '\ud800'].flatMap((name) =>
    ['2024-02-22', '2024-02-23'].map((on) => ({ query: { name }, on, lists: ['even'] })),
  ),
];

/** The worker as it stands here, not as it was built. */
const entry = new URL(
  `data:text/javascript,${encodeURIComponent(
    `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
     register();
     await import(${JSON.stringify(new URL('./screening-worker.ts', import.meta.url).href)});`,
  )}`,
);

const collected = async (answers: AsyncIterable<Screening>): Promise<Screening[]> => {
  const all: Screening[] = [];
  for await (const answer of answers) all.push(answer);
  return all;
};

test('one thread, several, and bytes opened again answer alike, in the order of the questions', async () => {
  const direct = createScreener(ENTRIES, VERSIONS);
  const expected = QUESTIONS.map(({ query, on, lists }) => direct.screen(query, on, lists));
  assert.ok(
    expected.filter(({ matches }) => matches.length > 0).length > QUESTIONS.length / 2,
    'most questions must find something, or equality says little',
  );
  const shared = packScreener(ENTRIES, VERSIONS);
  const opened = openScreener(shared)!;
  assert.deepEqual(
    QUESTIONS.map(({ query, on, lists }) => opened.screen(query, on, lists)),
    expected,
  );
  for (const count of [1, 3]) {
    const threads = openScreeningThreads(shared, { count, entry });
    try {
      assert.deepEqual(await collected(threads.screen(QUESTIONS)), expected, `${count} threads`);
    } finally {
      await threads.close();
    }
  }
});

test('many are answered like few', async () => {
  const shared = packScreener(ENTRIES, VERSIONS);
  const screener = openScreener(shared)!;
  const many = [...QUESTIONS, ...QUESTIONS];
  assert.deepEqual(
    await collected(screenMany({ screener, shared }, many)),
    many.map(({ query, on, lists }) => screener.screen(query, on, lists)),
  );
});

test('the order of entries changes neither answers nor their order', () => {
  const [there, back] = [createScreener(ENTRIES, VERSIONS), createScreener([...ENTRIES].reverse(), VERSIONS)];
  for (const { query, on, lists } of QUESTIONS)
    assert.deepEqual(there.screen(query, on, lists), back.screen(query, on, lists));
});

test('what is packed is read back whole', () => {
  assert.deepEqual(openPacked(packScreener(ENTRIES, VERSIONS))!.entries(), ENTRIES);
});

test('bytes that are no index of this version are not opened', () => {
  assert.equal(openScreener(new SharedArrayBuffer(0)), undefined);
  assert.equal(openScreener(new SharedArrayBuffer(100)), undefined);
});

test('who asks after the end is told, and nothing hangs', async () => {
  const threads = openScreeningThreads(packScreener(ENTRIES.slice(0, 5), VERSIONS), { count: 1, entry });
  await threads.close();
  await assert.rejects(collected(threads.screen(QUESTIONS)), { code: 'INTERRUPTED' });
});

test('the index of a store: kept, read back, and made anew when a bit is wrong', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-index-'));
  t.after(() => rm(dir, { recursive: true }));
  const told: string[] = [];
  const tell = (line: string): unknown => told.push(line);
  const shared = packScreener(ENTRIES, VERSIONS);
  assert.equal(await readIndexFile(dir, 'key', tell), undefined);
  await writeIndexFile(dir, 'older', { shared, tell });
  await writeIndexFile(dir, 'key', { shared, tell });
  assert.deepEqual(Buffer.from((await readIndexFile(dir, 'key', tell))!), Buffer.from(shared));
  assert.equal(await readIndexFile(dir, 'older', tell), undefined, 'one is kept');
  assert.deepEqual(told, [], 'that a file is not there yet is no news');
  const [name] = await readdir(join(dir, 'made'));
  const path = join(dir, 'made', name!);
  const bytes = await readFile(path);
  for (const bad of [bytes.subarray(0, 40), bytes.subarray(0, -1), flipped(bytes, 5_000)]) {
    await writeFile(path, bad);
    assert.equal(await readIndexFile(dir, 'key', tell), undefined);
  }
  assert.equal(told.length, 3, told.join('\n'));
  await dropIndexFiles(dir);
  assert.equal(await readIndexFile(dir, 'key', tell), undefined);
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1;
  return copy;
}
