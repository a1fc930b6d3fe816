import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { AsPostedError, type ListEntry, type ListVersionRef, type Match, asSha256 } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { applyDiff } from './history.js';
import {
  type HistoryStep,
  type Screener,
  checkShrink,
  createScreener,
  entriesOn,
  foldVersion,
  gitBlobId,
  listKind,
  listKinds,
  parseListState,
  readListHistory,
} from './index.js';
import type { ListRow } from './list-kind.js';
import { partsOf } from './names/parts.js';
import { Replay, type Step, areThose } from './testing/replay.js';

const LIST = 'us_ofac_sdn';
const NULL = '-0- ';
const END = '\x1a';

interface Row {
  entry: string;
  name: string;
  type?: string;
  remarks?: string;
}

function sdn(rows: readonly Row[]): Uint8Array {
  const lines = rows.map(({ entry, name, type = NULL, remarks = NULL }) =>
    [entry, `"${name}"`, type, '"RUSSIA-EO14024"', NULL, NULL, NULL, NULL, NULL, NULL, NULL, remarks].join(','),
  );
  return Buffer.from([...lines, END].join('\r\n'));
}

const TRIMIX: Row = {
  entry: '47713',
  name: 'LIMITED LIABILITY COMPANY TRIMIX',
  remarks:
    '"Secondary sanctions risk: See Section 11 of Executive Order 14024.; Tax ID No. 7802942873 (Russia); Registration Number 1237800084235 (Russia); a.k.a. \'3MX\'."',
};
const OTHERS: Row[] = [
  { entry: '36', name: 'AEROCARIBBEAN AIRLINES' },
  { entry: '9001', name: 'PETROV, Bulat Akhatovich', type: '"individual"' },
  { entry: '9002', name: 'GENERAL TRADING COMPANY' },
];

interface State {
  publishedAt: string;
  main: Uint8Array;
  /** What it says, where it was read before. */
  rows?: readonly ListRow[];
}

async function screenerOf(states: readonly State[]): Promise<Screener> {
  const kind = await listKind(LIST);
  let entries: ListEntry[] = [];
  const versions: ListVersionRef[] = [];
  for (const { publishedAt, main, rows = parseListState(kind, { main }).rows } of states) {
    entries = foldVersion(entries, rows, { list: LIST, publishedAt });
    const sha256 = asSha256(createHash('sha256').update(main).digest('hex'));
    versions.push({ list: LIST, publishedAt, sha256, entries: rows.length });
  }
  return createScreener(entries, versions);
}

const STATES: State[] = [
  { publishedAt: '2024-02-20', main: sdn(OTHERS) },
  { publishedAt: '2024-02-23', main: sdn([...OTHERS, TRIMIX]) },
  { publishedAt: '2024-05-03', main: sdn([...OTHERS, TRIMIX]) },
];
const small = await screenerOf(STATES);
const ask = (name: string, on = '2024-05-22', screener = small): Match[] => screener.screen({ name }, on).matches;

test('every spelling of 3MX, in any mix of alphabets, leads to the entry that lists it', () => {
  for (const query of [
    '3MX',
    '3mx',
    'ООО «3МХ»',
    'ООО «3MX»',
    'ООО «3MХ»',
    '3MX LLC',
    '俄罗斯3MX公司',
    'Trimix LLC',
    'ООО «Тримикс»',
    'ТОВ «ТРІМІКС»',
  ]) {
    assert.deepEqual(
      ask(query).map(({ entry, from }) => [entry, from]),
      [['47713', '2024-02-23']],
      query,
    );
  }
  const [match] = ask('ООО «3МХ»');
  assert.equal(match?.matchedName, '3MX');
  assert.ok(
    match.why.some((reason) => reason.includes('look-alike letters')),
    match.why.join('; '),
  );
  assert.ok(match.nameEvidence < 0.9, 'a name of three letters that the list itself calls weak is no strong evidence');
});

test('a registration number finds its entry under its own name, with check digits; a wrong one finds nothing', () => {
  for (const [query, label] of [
    ['ИНН 7802942873', 'INN'],
    ['ОГРН 1237800084235', 'OGRN'],
  ] as const) {
    const [match] = ask(query);
    assert.deepEqual([match?.entry, match?.corroboration], ['47713', 0.98], query);
    assert.ok(match?.matchedName.startsWith(label), match?.matchedName);
  }
  assert.deepEqual(ask('ИНН 7802942874'), []);
});

test('the answer is that of the day asked: before, on and after the listing, and before any version held', () => {
  assert.deepEqual(ask('3MX', '2024-02-22'), []);
  assert.deepEqual(
    ask('3MX', '2024-02-23').map(({ entry }) => entry),
    ['47713'],
  );
  const early = small.screen({ name: '3MX' }, '2023-01-01');
  assert.deepEqual(early.matches, []);
  assert.match(early.lists[0]?.note ?? '', /no version held on or before 2023-01-01; the earliest is of 2024-02-20/);
  const late = small.screen({ name: '3MX' }, '2026-01-01');
  assert.match(late.lists[0]?.note ?? '', /newest version held is of 2024-05-03/);
  const named = small.screen({ name: '3MX' }, '2024-05-22', ['eu_fsf']);
  assert.deepEqual([named.matches, named.lists[0]?.note], [[], 'not screened: no version held']);
});

test('common words, legal forms and given names carry no match alone', () => {
  for (const query of [
    'BorisTone',
    'Assel Labs',
    '3M Company',
    'Trading LLC',
    'ООО',
    'Bulat',
    'Компания',
    '公司',
    '',
    '—',
  ]) {
    assert.deepEqual(
      ask(query).map(({ name }) => name),
      [],
      query,
    );
  }
});

test('an entry that leaves ends on that day, one that comes back is listed anew, a changed one keeps its beginning', async () => {
  const renamed = { ...TRIMIX, name: 'LIMITED LIABILITY COMPANY TRIMIKS PLUS' };
  const screener = await screenerOf([
    { publishedAt: '2024-01-01', main: sdn([...OTHERS, TRIMIX]) },
    { publishedAt: '2024-02-01', main: sdn([...OTHERS, renamed]) },
    { publishedAt: '2024-03-01', main: sdn(OTHERS) },
    { publishedAt: '2024-04-01', main: sdn([...OTHERS, TRIMIX]) },
  ]);
  const on = (day: string): unknown[] =>
    ask('ИНН 7802942873', day, screener).map(({ name, from, to }) => [name, from, to]);
  assert.deepEqual(on('2024-01-15'), [[TRIMIX.name, '2024-01-01', '2024-03-01']]);
  assert.deepEqual(on('2024-02-15'), [[renamed.name, '2024-01-01', '2024-03-01']]);
  assert.deepEqual(on('2024-03-15'), []);
  assert.deepEqual(on('2024-04-15'), [[TRIMIX.name, '2024-04-01', null]]);
});

test('folding states gives back each state: for every day the rows are those of its version (property)', async () => {
  const kind = await listKind(LIST);
  const row = fc.record({
    entry: fc.integer({ min: 1, max: 6 }).map(String),
    name: fc.constantFrom('ALPHA WORKS', 'BETA PLANT'),
  });
  const state = fc.uniqueArray(row, { selector: ({ entry }) => entry, minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(state, { minLength: 1, maxLength: 6 }), (states) => {
      let entries: ListEntry[] = [];
      const days = states.map((_, at) => `2024-01-0${at + 1}`);
      for (const [at, rows] of states.entries()) {
        entries = foldVersion(entries, parseListState(kind, { main: sdn(rows) }).rows, {
          list: LIST,
          publishedAt: days[at]!,
        });
      }
      for (const [at, rows] of states.entries()) {
        const there = entriesOn(entries, days[at]!).map(({ entry, name }) => `${entry} ${name}`);
        assert.deepEqual(there.sort(), rows.map(({ entry, name }) => `${entry} ${name}`).sort());
      }
    }),
  );
});

test('a list cut anywhere is refused, never read as a shorter list', async () => {
  const kind = await listKind(LIST);
  const whole = sdn([...OTHERS, TRIMIX]);
  for (let cut = 1; cut < whole.length - 3; cut += 7) {
    const bytes = whole.subarray(0, cut);
    const endsWithLine = bytes.at(-1) === 10;
    if (!endsWithLine) assert.throws(() => parseListState(kind, { main: bytes }), { code: 'BAD_LIST' }, String(cut));
  }
  assert.throws(() => parseListState(kind, { main: Buffer.from('<html>maintenance</html>\n') }), { code: 'BAD_LIST' });
  assert.throws(() => parseListState(kind, { main: Buffer.alloc(0) }), { code: 'BAD_LIST' });
  assert.throws(() => {
    checkShrink(LIST, 14_965, 0);
  }, /from 14965 to 0/);
  checkShrink(LIST, 14_965, 14_038);
});

test('the line end of the file alone may be missing: a file cut at a line end is caught by its count', () => {
  assert.throws(
    () => {
      checkShrink(LIST, 100, 89);
    },
    { code: 'LIST_SHRANK' },
  );
});

test('the real history of the SDN list: every state is that of its file, the empty one is refused, 3MX is listed on its day, and each state asks again only whom it concerns', async (t) => {
  const folder = needShared(t, 'data/screening/ofac');
  if (folder === undefined) return;
  const kind = await listKind(LIST);
  const base = readFileSync(join(folder, 'sdn_2021-08-20_before_first_diff.csv.gz'));
  const newest = gunzipSync(readFileSync(join(folder, 'sdn_2024-05-03.csv.gz')));
  const table = readFileSync(join(folder, 'sdn_history_states.csv'), 'utf8').trim().split('\n').slice(1);
  const ids = table.map((line) => line.split(','));
  const first = gunzipSync(base);
  const [baseRows, newestRows] = [first, newest].map((main) => parseListState(kind, { main }).rows) as [
    ListRow[],
    ListRow[],
  ];
  const names = twoHundredNames(baseRows, newestRows);
  const refused: string[] = [];
  const archive = readFileSync(join(folder, 'sdn_history.tar.gz'));
  const kept: State[] = [{ publishedAt: '2021-08-20', main: first, rows: baseRows }];
  const replay = new Replay(kind, names);
  replay.next(first, '2021-08-20');
  const steps: Pick<Step, 'states' | 'asked'>[] = [];
  let last: (HistoryStep & { rows: ListRow[] }) | undefined;
  for await (const step of readListHistory(base, archive, {
    onRefused: (file, why) => refused.push(`${file}: ${why}`),
  })) {
    const [, day, file, , , blob, count, added, removed, changed] = ids[steps.length]!;
    const { rows, inForce, entries, came, left, states, asked } = replay.next(step.content, step.publishedAt);
    assert.deepEqual(
      [gitBlobId(step.content), step.publishedAt, step.file, rows.length],
      [blob, day, file, Number(count)],
    );
    assert.ok(areThose(inForce, rows), `${step.file}: the entries in force are those of the file`);
    assert.deepEqual([came.length, left.length], [Number(added), Number(removed)], step.file);
    assert.ok(entries.size <= came.length + left.length + Number(changed), `${step.file}: ${entries.size} touched`);
    steps.push({ states, asked });
    if (steps.length === 307) assert.deepEqual(newestRows, rows, 'read anew, whole, it is the same');
    if (came.includes('47713'))
      assert.deepEqual([steps.length, step.publishedAt, came.length], [277, '2024-02-23', 553]);
    if (step.publishedAt >= '2024-02-15' && step.publishedAt <= '2024-03-01')
      kept.push({ publishedAt: step.publishedAt, main: step.content, rows });
    last = { ...step, rows };
  }
  assert.equal(steps.length, 307);
  assert.deepEqual(refused, ['2024-05-04-bbf4929.diff: it would leave 0 of 14965 lines']);
  assert.deepEqual(Buffer.from(last!.content), newest);
  assert.equal(replay.entries.find(({ entry }) => entry === '47713')?.from, '2024-02-23', 'the largest day');
  kept.push({ publishedAt: last!.publishedAt, main: last!.content, rows: last!.rows });
  assertGolden(await screenerOf(kept), t.name);
  assertAsked(replay, steps, (line) => {
    t.diagnostic(line);
  });
});

/** Of entries that left, that came, and that stood all the time: a notice each. */
function twoHundredNames(base: readonly ListRow[], newest: readonly ListRow[]): string[] {
  const [old, now] = [base, newest].map((rows) => new Set(rows.map(({ entry }) => entry))) as [
    Set<string>,
    Set<string>,
  ];
  const some = (rows: readonly ListRow[], count: number): string[] =>
    rows
      .filter((_, at) => at % Math.floor(rows.length / count) === 0)
      .slice(0, count)
      .map(({ name }) => name);
  return [
    ...some(
      base.filter(({ entry }) => !now.has(entry)),
      70,
    ),
    ...some(
      newest.filter(({ entry }) => !old.has(entry)),
      70,
    ),
    ...some(
      base.filter(({ entry }) => now.has(entry)),
      60,
    ),
  ];
}

/** Asked again is, state by state, whom one index of all states there ever were says that it concerns; and the sum is told. */
function assertAsked(
  replay: Replay,
  steps: readonly Pick<Step, 'states' | 'asked'>[],
  tell: (line: string) => void,
): void {
  const finds = replay.finds();
  assert.equal(finds.size, 200, 'every notice has a name of its own');
  let sum = 0;
  for (const [at, { states, asked }] of steps.entries()) {
    const concerned = [...finds].filter(([, found]) => [...found].some((state) => states.has(state)));
    assert.deepEqual([...asked].sort(), concerned.map(([name]) => name).sort(), `state ${at + 1}`);
    sum += asked.size;
  }
  assert.ok(sum >= 140, `each that came or left is asked again at least once: ${sum}`);
  assert.ok(sum < (steps.length * finds.size) / 50, `hardly any is asked again by a state: ${sum}`);
  tell(`${sum} of ${steps.length * finds.size} asked again`);
}

interface Golden {
  must_hit: { query: string; lists: string[] }[];
  must_not_hit: string[];
  as_of: { date: string; us_ofac_sdn: string }[];
}

/** The golden case of the facts: must-hit spellings, must-not-hit, and the table of days. */
function assertGolden(screener: Screener, where: string): void {
  const path = process.env['ASPOSTED_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', 'shared');
  const golden = JSON.parse(readFileSync(join(path, 'data/screening/golden/trimix-3mx-bulat.json'), 'utf8')) as Golden;
  for (const { query, lists } of golden.must_hit) {
    if (!lists.includes(LIST)) continue;
    assert.equal(ask(query, '2024-05-22', screener)[0]?.entry, '47713', `${where}: ${query}`);
  }
  for (const query of golden.must_not_hit) assert.deepEqual(ask(query, '2024-05-22', screener), [], query);
  for (const { date, us_ofac_sdn: expected } of golden.as_of) {
    assert.equal(ask('ИНН 7802942873', date, screener).length > 0, expected === 'listed', date);
  }
}

test('a diff that does not fit its base is an error of the list, whatever it holds (property)', () => {
  const base = Buffer.from('a\nb\nc\n');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('@@ -1,1 +1,1 @@', '@@ -9 +9 @@', '-a', '-b', '+x', '\\ No newline', ' c', ''), {
        maxLength: 8,
      }),
      (lines) => {
        try {
          applyDiff(base, Buffer.from(lines.join('\n')), 'x.diff');
        } catch (error) {
          assert.ok(error instanceof AsPostedError && error.code === 'BAD_LIST');
        }
      },
    ),
  );
  const none = async (): Promise<void> => {
    for await (const step of readListHistory(base, gzipSync(Buffer.alloc(1_024)))) assert.fail(step.file);
  };
  return assert.rejects(none, { code: 'BAD_LIST' });
});

test('names of any letters are cut without loss of time or sense (property)', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.boolean(), (name, person) => {
      for (const { token, readings } of partsOf(name, { person }).parts)
        assert.ok(token !== '' && readings.every(({ key }) => key !== ''), JSON.stringify({ token, readings }));
    }),
    {
      examples: [
        ['⺀', true],
        ['鎝', true],
      ],
    },
  );
});

test('every list says what it is, where it comes from and under which licence', async () => {
  const kinds = await listKinds();
  assert.ok(kinds.length >= 1);
  for (const { list, title, authority, licence, addresses } of kinds) {
    assert.match(list, /^(?:[a-z]{2}_[a-z0-9_]+|os|ftm|csv)$/);
    assert.ok(title.length > 5 && authority.length > 5 && licence.length > 5, list);
    for (const address of Object.values(addresses)) assert.match(address, /^https:\/\//);
  }
  await assert.rejects(listKind('nobody'), { code: 'NO_LIST' });
});
