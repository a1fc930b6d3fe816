import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { type ListEntry, type ListVersionRef, type Match, asSha256 } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { type Screener, createScreener } from './index.js';
import { compareNames } from './names/compare-names.js';
import { ofacScore } from './names/ofac-score.js';
import { fatherOf, givenGroup } from './names/given.js';
import { cutHan, wadeGiles } from './names/han.js';
import { hanNumber } from './names/numbers.js';
import { partsOf } from './names/parts.js';

const entry = (of: Partial<ListEntry> & Pick<ListEntry, 'list' | 'entry' | 'name'>): ListEntry => ({
  schema: 'LegalEntity', aliases: [], identifiers: [], countries: [], addresses: [], programs: [], remarks: '', from: '2020-01-01', to: null,
  fromIsBound: false, ...of,
}); // prettier-ignore

const version = (list: string, publishedAt: string): ListVersionRef => ({
  list,
  publishedAt,
  sha256: asSha256('a'.repeat(64)),
  entries: 1,
});
const at = (query: string, candidate: string, schema = 'Company'): number =>
  compareNames(query, candidate, schema).score;

const ENTRIES: ListEntry[] = [
  entry({
    list: 'us_ofac_sdn', entry: '47713', name: 'LIMITED LIABILITY COMPANY TRIMIX', from: '2024-02-23', countries: ['ru'],
    aliases: [
      { name: 'OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTIU 3MKH', weak: false, kind: 'aka' },
      { name: '3MX', weak: true, kind: 'weak' },
    ],
    identifiers: [{ type: 'inn', value: '7802942873' }, { type: 'ogrn', value: '1237800084235' }],
  }),
  entry({
    list: 'eu_32014R0269', entry: 'I.ENTITIES/542', name: 'Limited Liability Company ‘TRIMIX’', from: '2025-02-24', countries: ['ru'],
    aliases: ['Общество с ограниченной ответственностью ‘ТРИМИКС’', 'LLC TRIMIX', 'LLC 3MX'].map((name) => ({ name, weak: false, kind: 'aka' })),
    identifiers: [{ type: 'inn', value: '7802942873' }, { type: 'ogrn', value: '1237800084235' }],
    remarks: 'Trimix is a company of the Russian Federation that makes the drone detectors Bulat, which a department of the ministry has tested and uses.',
  }),
  entry({ list: 'eu_32014R0269', entry: 'I.PERSONS/900', name: 'Bulat Akhatovich PETROV', schema: 'Person', remarks: 'DOB 04 Apr 1986' }),
  entry({ list: 'us_ofac_sdn', entry: '9', name: 'WEST LAKE OPTICAL TECHNOLOGY CO., LTD.', countries: ['cn'] }),
]; // prettier-ignore
const VERSIONS = ['us_ofac_sdn', 'eu_32014R0269'].flatMap((list) => [
  version(list, '2020-01-01'),
  version(list, '2025-02-24'),
]);
const screener = createScreener(ENTRIES, VERSIONS);
const ask = (name: string, on = '2025-03-01', from: Screener = screener): Match[] => from.screen({ name }, on).matches;

interface Golden {
  must_hit: { query: string; lists: string[] }[];
  must_mention: { query: string; list: string; entry: string }[];
  must_not_hit: string[];
  as_of: ({ date: string } & Record<string, string>)[];
}

test('the golden case: every spelling, the mention that is no listing, the names that meet nobody, the table of days', (t) => {
  const folder = needShared(t, 'data/screening/golden');
  if (folder === undefined) return;
  const golden = JSON.parse(readFileSync(join(folder, 'trimix-3mx-bulat.json'), 'utf8')) as Golden;
  for (const { query, lists } of golden.must_hit) {
    const hit = ask(query).filter((match) => match.class === 'listed');
    assert.deepEqual(
      lists.filter((list) => !hit.some((match) => match.list === list)),
      [],
      query,
    );
  }
  for (const { query, list, entry: id } of golden.must_mention) {
    const [first] = ask(query);
    assert.deepEqual([first?.class, first?.list, first?.entry], ['named-in-listing', list, id], query);
  }
  for (const query of golden.must_not_hit) assert.deepEqual(ask(query), [], query);
  for (const row of golden.as_of) {
    const listed = new Set(ask('ООО «Тримикс»', row.date).map(({ list }) => list));
    for (const list of ['us_ofac_sdn', 'eu_32014R0269'])
      assert.equal(listed.has(list), row[list] === 'listed', `${row.date} ${list}`);
  }
});

test('one name in the spellings of several alphabets', () => {
  for (const [query, candidate] of [
    ['Мікалай Уладзіміравіч Кавалёў', 'Nikolai Vladimirovich KOVALEV'],
    ['Юрій Євгенович Щукін', 'Yury Evgenyevich SHCHUKIN'],
    ['ЩукинЮрий Евгеньевич', 'SHCHUKIN Iurii'],
    ['محمد عبد الرحمن السعدي', 'Mohammed Abdul-Rahman AL-SAADI'],
    ['سیف الدین یوسفی', 'Saifuddin YOUSEFI'],
    ['王小明', 'WANG Xiaoming'],
    ['王小明', 'Wang Hsiao-ming'],
    ['Hsu Chih-ping', 'Xu Zhiping'],
    ['AnnaLena Kowalska', 'Anna Lena Kowalska'],
  ] as const)
    assert.ok(
      at(query, candidate, 'Person') >= 0.7,
      `${query} ~ ${candidate}: ${compareNames(query, candidate, 'Person').why.join('; ')}`,
    );
});

test('bodies are met by what their names mean, and numbers, kinds and brands that differ stand against it', () => {
  for (const [query, candidate] of [
    ['АО «Девятый подшипниковый завод»', 'JSC 9th Bearing Plant'],
    [
      'ФГУП «Научно-исследовательский институт полупроводникового машиностроения»',
      'Research Institute of Semiconductor Machine-Building',
    ],
    ['杭州西湖光学科技有限公司', 'Hangzhou Xihu Optical Technology Co., Ltd.'],
    ['OOO “Вeктор-M”', 'Vektor-M LLC'],
  ] as const)
    assert.ok(
      at(query, candidate) >= 0.7,
      `${query} ~ ${candidate}: ${compareNames(query, candidate, 'Company').why.join('; ')}`,
    );
  for (const [query, candidate] of [
    ['АО «Девятый подшипниковый завод»', 'JSC 4th Bearing Plant'],
    ['Alfa Trading Company', 'Zenit Trading Company'],
    ['杭州西湖光学科技有限公司', 'Hangzhou Donghu Textile Co., Ltd.'],
    ['Tulip Systems (France)', 'Tulip Systems (Germany)'],
  ] as const)
    assert.ok(at(query, candidate) < 0.85, `${query} ~ ${candidate}`);
});

test('a word left out is an omission, a word against another a contradiction', () => {
  const whole = 'Ivan Petrovich SMOLIN';
  const [left, other] = [at('Ivan Smolin', whole, 'Person'), at('Ivan Olegovich Smolin', whole, 'Person')];
  assert.ok(left >= 0.85 && other < 0.7, `${left} ${other}`);
  assert.ok(at('Salim bin Yusuf Al-Harbi', 'Yusuf bin Salim Al-Harbi', 'Person') < 0.7);
  assert.ok(at('Marina Sokolova', 'Maria Sokolova', 'Person') < 0.7);
});

test('corroboration is counted apart: number, country, date; what differs is said and is not hidden in the name', () => {
  const [same] = screener.screen(
    { name: 'Bulat Petrov', schema: 'Person', dates: ['1986-04-04'] },
    '2025-03-01',
  ).matches;
  const [differs] = screener.screen({ name: 'Bulat Petrov', schema: 'Person', dates: ['1970'] }, '2025-03-01').matches;
  assert.equal(same?.corroboration, 0.6);
  assert.deepEqual([differs?.corroboration, differs?.nameEvidence], [0, same?.nameEvidence]);
  assert.match(differs?.contradictions?.join() ?? '', /other dates/);
  assert.equal(
    screener.screen({ name: 'Bulat Petrov', schema: 'Person' }, '2025-03-01').matches[0]?.contradictions,
    undefined,
  );
});

test('the answer does not depend on the order of the entries (property)', () => {
  const queries = ['3MX', 'Тримикс', 'Bulat', 'West Lake Optics', 'Петров Булат'];
  const expected = queries.map((query) => ask(query));
  fc.assert(
    fc.property(fc.shuffledSubarray(ENTRIES, { minLength: ENTRIES.length }), (entries) => {
      assert.deepEqual(
        queries.map((query) => ask(query, '2025-03-01', createScreener(entries, VERSIONS))),
        expected,
      );
    }),
    { numRuns: 20 },
  );
});

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        'ООО',
        'bin',
        'abd',
        'al',
        '公司',
        'الله',
        '3MX',
        '44',
        'forty',
        'four',
        'А.',
        '/',
        '(',
        ' – ',
        'uddin',
        'LLC',
        '\ud800',
      ),
      { maxLength: 12 },
    )
    .map((words) => words.join(' ')),
);

test('any text is compared without an error, in 0..1, and equals itself when it has a word that names (property)', () => {
  fc.assert(
    fc.property(anyName, anyName, fc.constantFrom('Person', 'Company', 'LegalEntity'), (a, b, schema) => {
      const { score } = compareNames(a, b, schema);
      assert.ok(score >= 0 && score <= 1, String(score));
      assert.ok(ofacScore(a, [b]) >= 0);
      const person = schema === 'Person';
      const parts = partsOf(a, { person }).parts.filter(({ weight }) => weight > 0);
      const named =
        new Set(parts.map(({ token }) => token)).size === parts.length &&
        parts.some(({ class: kind }) => kind === 'brand');
      if (named && !/[/|:()（]/.test(a)) assert.ok(at(a, a, schema) >= 0.9, `${a} ${at(a, a, schema)}`);
    }),
  );
});

test('a query of any size is bounded, and says what was not compared', () => {
  for (const name of ['Иванов '.repeat(800_000), 'a b '.repeat(50_000), '\ud800\udc00\udfff'.repeat(100_000)]) {
    const { note, matches } = screener.screen({ name }, '2025-03-01');
    assert.match(note ?? '', /only the first 400 characters/);
    assert.deepEqual(matches, []);
  }
  assert.equal(screener.screen({ name: '3MX' }, '2025-03-01').note, undefined);
});

test('Chinese names are cut by place, trade and form; readings, patronymics and given names have their forms', () => {
  assert.deepEqual(cutHan('杭州西湖光学科技有限公司').map(({ kind, text }) => `${kind} ${text}`), [
    'place 杭州', 'brand 西湖', 'term 光学', 'term 科技', 'form 有限公司',
  ]); // prettier-ignore
  assert.deepEqual(['zhong', 'xiao', 'bo', 'shi', 'zi'].map(wadeGiles), ['chung', 'hsiao', 'po', 'shih', 'tzu']);
  assert.equal(givenGroup('микола'), givenGroup('nikolai'));
  assert.equal(givenGroup('николаевич'), -givenGroup('nikolai'));
  assert.equal(fatherOf('petrov'), undefined);
});

test("OFAC's own score: words in any order, nothing of other alphabets", () => {
  assert.equal(ofacScore('SMOLIN IVAN', ['SMOLIN, Ivan Petrovich']), 1);
  assert.equal(ofacScore('Иван Смолин', ['SMOLIN, Ivan Petrovich']), 0);
  assert.ok(ofacScore('SMOLYN IVAN', ['SMOLIN, Ivan']) > 0.9);
});

test('Han numbers are read by their digits, and a name has one group', () => {
  assert.deepEqual(['三一', '八一', '二〇二', '十', '十二', '二十', '二十三', '第十三', '十十'].map(hanNumber), [
    ...[31, 81, 202, 10, 12, 20, 23, 13, undefined],
  ]);
  assert.equal(givenGroup('katherine'), givenGroup('catherine'));
});
