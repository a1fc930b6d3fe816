import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Language, Recognition } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { addToCatalogue } from './catalogue.js';
import { validBin, validEdrpou } from '../text/index.js';
import { type Catalogue, loadCatalogue, readCatalogue, recognise, validInn, validOgrn, validUscc } from './index.js';

const catalogue = await loadCatalogue();
const core = new Set(catalogue.families.filter(({ priority }) => priority === 'core').map(({ id }) => id));

function read(text: string, language: Language = 'zh', on = '2024-05-22'): Recognition {
  return recognise({ text, language, on }, catalogue);
}
const ids = ({ mentions }: Recognition, kind: string): string[] =>
  [...new Set(mentions.filter((each) => each.kind === kind).map(({ id }) => id))].sort();
const coreIds = (text: string, language: Language = 'zh'): string[] =>
  ids(read(text, language), 'goods').filter((id) => core.has(id));

const SEED =
  '国外企业采购无人机设备通知\n探测器、干扰发生器、无人机探测器（商品名BoriTone、AsselLabs、Bulat）或其它类似技术产品、无人机抑制器、通信频段干扰器、干扰发生器';
const SEED_EN =
  'interference generators, drone detectors (trade names BorisTone, Assel Labs and Bulat) or other similar technology solutions, drone suppressors, and communication band jammers';

test('the catalogue holds the six core families, forty others, 125 trade names, and the countries of the world', () => {
  assert.deepEqual([...core].sort(), [
    'comms_jammer',
    'counter_uas_system',
    'drone_detector',
    'drone_jammer',
    'gnss_jammer_spoofer',
    'jammer_gun',
  ]);
  assert.ok(catalogue.families.filter(({ id, terms }) => !core.has(id) && Object.keys(terms).length > 0).length >= 40);
  assert.ok(catalogue.tradeNames.length >= 125);
  const { countries, cities } = catalogue.places;
  assert.ok(Object.keys(countries).length >= 195 && Object.keys(cities).length >= 200);
  for (const [id, names] of [...Object.entries(countries), ...Object.entries(cities)])
    for (const language of ['zh', 'ru', 'uk', 'en'] as const)
      assert.ok((names[language] ?? []).length > 0, `${id} has no name in ${language}`);
  for (const [id, { country }] of Object.entries(cities)) assert.ok(Object.hasOwn(countries, country), id);
});

test('the seed notice, in Chinese and in English: families, trade names in every spelling, and its kind', () => {
  for (const [text, language] of [
    [SEED, 'zh'],
    [SEED_EN, 'en'],
  ] as const) {
    const result = read(text, language);
    assert.deepEqual(
      ids(result, 'goods').filter((id) => core.has(id)),
      ['comms_jammer', 'drone_detector', 'drone_jammer'],
    );
    assert.deepEqual(ids(result, 'tradeName'), ['assel_labs', 'boristone', 'bulat']);
    assert.deepEqual(result.mentions.find(({ id }) => id === 'bulat')?.maker?.name, '3MX');
    const flags = result.flags.map(({ id }) => id);
    for (const id of ['N-04', 'N-05', 'N-08', 'N-11']) assert.ok(flags.includes(id), `${language} ${id}`);
  }
  assert.equal(read(SEED).documentKind, 'call-for-goods');
  for (const spelling of ['BorisTone', 'BoriTone', 'Boristone', 'ВоrisТоne'])
    assert.deepEqual(ids(read(`无人机探测器（${spelling}）`), 'tradeName'), ['boristone'], spelling);
  for (const spelling of ['Assel Labs', 'AsselLabs', 'Asel Labs', 'ASEL LABS', 'асель лабс'])
    assert.deepEqual(ids(read(`无人机探测器（${spelling}）`), 'tradeName'), ['assel_labs'], spelling);
  for (const spelling of ['Bulat', 'Булат', 'БУЛАТ V.4'])
    assert.deepEqual(ids(read(`无人机探测器（${spelling}）`), 'tradeName'), ['bulat'], spelling);
});

test('hidden wording is seen through: traditional characters, full width, spaces and marks inside words', () => {
  for (const text of ['無人機抑制器', '无 人 机 抑 制 器', '无·人·机·抑·制·器', '无人机\u200b抑制器', '无人机🚁抑制器'])
    assert.deepEqual(coreIds(text), ['drone_jammer'], text);
  assert.deepEqual(coreIds('我们有无人机，抑制器是化学品'), [], 'a term is not put together across a comma');
});

test('Russian and Ukrainian words count in their inflected forms', () => {
  for (const text of [
    'закупка подавителя БПЛА',
    'подавители дронов',
    'антидроновых ружей не нужно, нужен комплекс РЭБ',
  ])
    assert.ok(coreIds(text, 'ru').includes('drone_jammer'), text);
  assert.ok(coreIds('потребность: детекторов дронов 5 шт', 'ru').includes('drone_detector'));
  assert.ok(coreIds('засоби РЕБ для підрозділу', 'uk').includes('drone_jammer'));
});

test('positives of the field: all families named are found', (t) => {
  const path = needShared(t, 'data/goods/positives.json');
  if (path === undefined) return;
  const cases = JSON.parse(readFileSync(path, 'utf8')) as {
    id: string;
    lang: Language;
    text: string;
    families: string[];
  }[];
  const missed = cases.flatMap(({ id, lang, text, families }) => {
    const found = ids(read(text, lang), 'goods');
    return families.filter((family) => !found.includes(family)).map((family) => `${id} ${family}: ${text}`);
  });
  assert.deepEqual(missed, []);
});

test('traps of the field raise no core family', (t) => {
  const path = needShared(t, 'data/goods/traps.json');
  if (path === undefined) return;
  const cases = JSON.parse(readFileSync(path, 'utf8')) as { id: string; lang: Language; text: string; trap: string }[];
  const alarms = cases.flatMap(({ id, lang, text, trap }) => {
    const found = coreIds(text, lang);
    return found.length === 0 ? [] : [`${id} ${found.join()}: ${text} (${trap})`];
  });
  assert.deepEqual(alarms, []);
});

test('ordinary notices and laws raise no core family; official rules that name the goods come out as rules or statements', (t) => {
  const folder = needShared(t, 'data/goods/corpus');
  if (folder === undefined) return;
  const lines = (name: string): Record<string, string>[] =>
    readFileSync(join(folder, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
  const textOf = (row: Record<string, string>): string =>
    `${row['title'] ?? ''}\n${row['text'] ?? row['content'] ?? row['sentence'] ?? ''}`;
  for (const name of ['zh_ggzy_notices.jsonl', 'zh_law_sentences.jsonl']) {
    const alarms = lines(name).filter((row) => coreIds(textOf(row)).length > 0);
    assert.deepEqual(alarms.map(textOf), [], name);
  }
  const official = lines('zh_mofcom_official_documents.jsonl').map((row) => ({
    text: textOf(row),
    result: read(textOf(row)),
  }));
  const named = official.filter(({ result }) => ids(result, 'goods').some((id) => core.has(id)));
  assert.ok(named.length >= 1);
  for (const { text, result } of named)
    assert.ok(
      ['policy', 'law', 'statement', 'news', 'unknown'].includes(result.documentKind),
      `${result.documentKind}: ${text.slice(0, 80)}`,
    );
});

test('parameters are read with operator, value and unit, and bounds stay bounds', (t) => {
  const path = needShared(t, 'data/goods/parameters.json');
  if (path === undefined) return;
  const cases = JSON.parse(readFileSync(path, 'utf8')) as {
    text: string;
    parameter: string;
    op: string;
    value: number;
  }[];
  for (const { text, parameter, op, value } of cases) {
    const found = read(text, /[а-я]/i.test(text) ? 'ru' : 'zh').mentions.find(
      ({ value: each }) => each?.parameter === parameter,
    )?.value;
    assert.deepEqual([found?.operator, found?.number], [op, value], text);
  }
});

test('rules are those in force on the day of the notice; later ones stand apart (worked example of the field)', () => {
  const entries = (on: string): { now: string[]; later: string[]; missing: string[] } => {
    const { rules } = read(SEED, 'zh', on);
    const cn = rules.filter(({ regime }) => regime === 'cn');
    return {
      now: [
        ...new Set(cn.filter(({ inForce }) => inForce).map(({ entry }) => entry.split('-').slice(0, 3).join('-'))),
      ].sort(),
      later: [
        ...new Set(cn.filter(({ inForce }) => !inForce).map(({ entry }) => entry.split('-').slice(0, 3).join('-'))),
      ].sort(),
      missing: [
        ...new Set(
          cn.filter(({ inForce, family }) => inForce && family === 'drone_jammer').flatMap(({ missing: each }) => each),
        ),
      ],
    };
  };
  const day = entries('2024-05-22');
  assert.ok(day.now.includes('CN-2023-27') && day.now.includes('CN-2023-28'), day.now.join());
  assert.ok(!day.now.includes('CN-2024-31') && day.later.includes('CN-2024-31'));
  assert.deepEqual(day.missing, ['jamming_range_km']);
  const after = entries('2024-09-02').now;
  assert.ok(after.includes('CN-2024-31') && !after.includes('CN-2023-27'));
  assert.ok(entries('2024-12-02').now.includes('CN-UL-0A903.a'));
  assert.ok(!entries('2023-08-31').now.some((entry) => entry.startsWith('CN-2023')));
});

test('a body that oversees another is read with its role; a poster that is a go-between is flagged', () => {
  const result = recognise(
    {
      text: '广东省对俄贸易促进会成立于2023年，业务主管单位：广东省商务厅，采购无人机抑制器。',
      language: 'zh',
      on: '2024-05-22',
      account: { name: '广东省对俄贸易促进会' },
    },
    catalogue,
  );
  assert.equal(result.mentions.find(({ role }) => role === 'overseeing-body')?.text, '广东省商务厅');
  assert.ok(result.mentions.some(({ kind, text }) => kind === 'organisation' && text === '广东省对俄贸易促进会'));
  assert.ok(result.flags.some(({ id, words }) => id === 'N-06' && words[0]?.text === '广东省对俄贸易促进会'));
  const english = read('The association, set up in 2023, is overseen by the Guangdong commerce department.', 'en');
  assert.equal(english.mentions.find(({ role }) => role === 'overseeing-body')?.text, 'Guangdong commerce department');
});

test('organisations, places, dates, money, contacts and checked numbers in four languages', () => {
  const ru = read(
    'ООО «3МХ», ИНН 7802942873, ОГРН 1237800084235, Санкт-Петербург; цена 882 000 руб., до 09.08.2024, тел. +7 (812) 123-45-67, info@example.ru',
    'ru',
  );
  assert.deepEqual(ids(ru, 'identifier'), ['inn:7802942873', 'ogrn:1237800084235']);
  assert.ok(ids(ru, 'organisation').includes('ООО «3МХ»'));
  assert.deepEqual(
    [ids(ru, 'date'), ids(ru, 'email'), ids(ru, 'price')],
    [['2024-08-09'], ['info@example.ru'], ['882000 RUB']],
  );
  assert.ok(ids(ru, 'place').includes('ru:st-petersburg'));
  assert.ok(ids(read('买家在哈萨克斯坦，不在俄罗斯'), 'place').join() === 'kz,ru');
  assert.deepEqual(ids(read('The buyers are in Kazakhstan.', 'en'), 'place'), ['kz']);
  assert.deepEqual(ids(read('покупатели находятся в Казахстане', 'ru'), 'place'), ['kz']);
});

test('dates without a year, from the day of writing and in Chinese numerals; deadlines where the text says so', () => {
  const dates = (text: string, published = '2024-05-22'): [string, string, string | undefined][] =>
    recognise({ text, language: 'zh', on: '2030-01-01', ...(published === '' ? {} : { published }) }, catalogue)
      .mentions.filter(({ kind }) => kind === 'date')
      .map(({ text: words, id, role }) => [words, id, role]);
  assert.deepEqual(dates('二〇二四年五月二十二日发布，请于六月七日前报送，截止时间：2024年6月10日17:00。'), [
    ['二〇二四年五月二十二日', '2024-05-22', undefined],
    ['六月七日', '2024-06-07', 'deadline'],
    ['2024年6月10日', '2024-06-10', 'deadline'],
  ]);
  assert.deepEqual(dates('定于1月15日举行', '2024-12-20'), [['1月15日', '2025-01-15', undefined]]);
  assert.deepEqual(dates('12月30日已发布', '2024-01-05'), [['12月30日', '2023-12-30', undefined]]);
  assert.deepEqual(dates('请于3天内报名，5个工作日内答复，昨日发布'), [
    ['3天内', '2024-05-25', undefined],
    ['昨日', '2024-05-21', undefined],
  ]);
  assert.deepEqual(dates('2月30日、13月1日、十三月四十日'), []);
  assert.deepEqual(dates('本月28日；через 10 дней, в течение 5 рабочих дней, 3 days ago'), [
    ['本月28日', '2024-05-28', undefined],
    ['через 10 дней', '2024-06-01', undefined],
    ['3 days ago', '2024-05-19', undefined],
  ]);
  // Nobody says when it was written: the day that the rules are asked for is not it.
  assert.deepEqual(dates('请于六月七日前报送，昨日发布，3天内，2月29日、2月30日', ''), [
    ['六月七日', '--06-07', 'deadline'],
    ['2月29日', '--02-29', undefined],
  ]);
  assert.deepEqual(
    dates(
      'Срок подачи заявок до 15 июня 2024 года. Термін подання пропозицій до 20 червня 2024. Bids due by 30 June 2024. Вчера.',
    ),
    [
      ['15 июня 2024', '2024-06-15', 'deadline'],
      ['20 червня 2024', '2024-06-20', 'deadline'],
      ['30 June 2024', '2024-06-30', 'deadline'],
      ['Вчера', '2024-05-21', undefined],
    ],
  );
});

test('bands listed with one unit, money with its sign before, and who is to get the goods where the text says so', () => {
  const found = (text: string, kind: string, language: Language = 'zh'): unknown[] =>
    read(text, language)
      .mentions.filter((each) => each.kind === kind)
      .map(({ text: words, id, role }) => (role === undefined ? [words, id] : [words, id, role]));
  assert.deepEqual(found('工作频段433/868/915 MHz，2.4、5.8GHz', 'frequency'), [
    ['433', '=433 MHz'],
    ['868', '=868 MHz'],
    ['915 MHz', '=915 MHz'],
    ['2.4', '=2400 MHz'],
    ['5.8GHz', '=5800 MHz'],
  ]);
  assert.deepEqual(found('预算USD 3,000，另付¥12.5万，2 000 000 тенге, €500', 'price'), [
    ['USD 3,000', '3000 USD'],
    ['¥12.5万', '125000 CNY'],
    ['2 000 000 тенге', '2000000 KZT'],
    ['€500', '500 EUR'],
  ]);
  assert.deepEqual(found('最终用户在哈萨克斯坦，出口至俄罗斯，韩国企业参会', 'place').slice(0, 2), [
    ['哈萨克斯坦', 'kz', 'destination'],
    ['俄罗斯', 'ru', 'destination'],
  ]);
  assert.deepEqual(found('Конечный пользователь: ООО «Ромашка», посредник: ТОО «Тюльпан»', 'organisation', 'ru'), [
    ['ООО «Ромашка»', 'ООО «Ромашка»', 'end-user'],
    ['ТОО «Тюльпан»', 'ТОО «Тюльпан»', 'intermediary'],
  ]);
});

test('places in everyday words are none, and the longest name wins', () => {
  const places = (text: string, language: Language = 'zh'): string => ids(read(text, language), 'place').join();
  assert.equal(places('内蒙古自治区、印度尼西亚、南苏丹、几内亚比绍'), 'cn:inner-mongolia,gw,id,ss');
  assert.equal(places('上海地区'), 'cn:shanghai');
  assert.equal(places('Того же дня. Данные о самолётах, чехлы, бутан. Самолет. Чехлы.', 'ru'), '');
  assert.equal(places('Мали кошти, Суми коштів, Малі підприємства', 'uk'), '');
  assert.equal(places('из Маньчжурии в Забайкальск, через Хоргос', 'ru'), 'cn:khorgos,cn:manzhouli,ru:zabaikalsk');
  assert.equal(places('до Харкова й Одеси', 'uk'), 'ua:kharkiv,ua:odesa');
});

test('the ration of food is no radio', () => {
  assert.deepEqual(ids(read('рационы питания; Рацион', 'ru'), 'goods'), []);
  assert.deepEqual(ids(read('закупка раций и рации', 'ru'), 'goods'), ['handheld_radio']);
});

test('check digits: real numbers hold, one changed digit does not', () => {
  assert.ok(validInn('7802942873') && !validInn('7802942874'));
  assert.ok(validOgrn('1237800084235') && !validOgrn('1237800084236'));
  assert.ok(validUscc('91350100M000100Y43') && !validUscc('91350100M000100Y44'));
  assert.ok(validEdrpou('14360570') && validEdrpou('42795490') && !validEdrpou('14360571'));
  assert.ok(validBin('971240001315') && !validBin('971240001316'));
});

test('spans are exact, and no text makes it throw (property)', () => {
  const pieces = fc.constantFrom(
    '无人机',
    '抑制器',
    '，',
    ' ',
    '\n',
    'Bulat',
    'РЭБ',
    'подавитель БПЛА',
    '5',
    ' km',
    '公司',
    '促进会',
    '🚁',
    '\u0000',
    '２０２４年5月22日',
    'drone detectors',
    '业务主管单位：',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      for (const each of read(text).mentions) assert.equal(text.slice(each.start, each.end), each.text);
    }),
    { numRuns: 300 },
  );
});

test('the shipped catalogue names a source for every term, a reason for every shared one, and holds no pattern', () => {
  const places = new Map<string, string[]>();
  for (const family of catalogue.families)
    for (const [language, terms] of Object.entries(family.terms))
      for (const { term, source, added, shared } of terms) {
        assert.ok(Object.hasOwn(catalogue.sources, source), `${term}: ${source}`);
        assert.match(added, /^\d{4}-\d{2}-\d{2}$/);
        places.set(`${language} ${term.toLowerCase()}`, [
          ...(places.get(`${language} ${term.toLowerCase()}`) ?? []),
          shared ?? '',
        ]);
      }
  for (const [term, reasons] of places) assert.ok(reasons.length === 1 || reasons.every((each) => each !== ''), term);
  const words = [
    ...catalogue.families.flatMap(({ terms }) => Object.values(terms).flatMap((each) => each.map(({ term }) => term))),
    ...catalogue.flags.flatMap(({ terms }) =>
      Object.values(terms)
        .flat()
        .map((each) => (typeof each === 'string' ? each : each.term)),
    ),
    ...catalogue.tradeNames.flatMap(({ name, variants = [] }) => [name, ...variants]),
  ];
  for (const word of words) assert.doesNotMatch(word, /[\\[\]{}^$*|]/, word);
});

test('every family has words in the four languages, or says why it has none', () => {
  for (const { id, terms, gaps = {} } of catalogue.families)
    for (const language of ['zh', 'ru', 'uk', 'en'] as const) {
      const some = (terms[language] ?? []).length > 0;
      assert.notEqual(some, Object.hasOwn(gaps, language), `${id} ${language}: words, or the reason for none`);
    }
});

test('nothing of any kind stands in the catalogue without source and day, nor with the signs of a pattern', () => {
  const { families, tradeNames, rules, flags, organisations, places, sources } = catalogue;
  const entries: { source: string; added: string }[] = [
    ...families.flatMap(({ terms }) => Object.values(terms).flat()),
    ...[...tradeNames, ...rules, ...flags, organisations, places],
  ];
  for (const each of entries) {
    assert.ok(each.source !== '' && each.source !== 'none', JSON.stringify(each).slice(0, 80));
    assert.match(each.added, /^\d{4}-\d{2}-\d{2}$/);
  }
  for (const [key, { what, nature }] of Object.entries(sources)) assert.ok(what !== '' && nature !== '', key);
  const words = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : Object.entries(value ?? {}).flatMap(([key, each]) =>
          ['source', 'added', 'country'].includes(key) ? [] : words(each),
        );
  for (const word of [...words(organisations), ...words(places)]) assert.doesNotMatch(word, /[\\[\]{}^$*|?+]/, word);
});

test('entries of one’s own stand on top of the shipped ones, and replace none', () => {
  const term = { term: 'глушитель коптеров', strength: 'strong', match: 'lemma', source: 'desk', added: '2026-11-27' };
  const own = (more: Record<string, unknown> = {}): Catalogue =>
    addToCatalogue(
      catalogue,
      new Map<string, unknown>([
        ['families/drone_jammer.yaml', { id: 'drone_jammer', terms: { ru: [term] } }],
        ['sources.yaml', { desk: { what: 'our notes', at: '', nature: 'own' } }],
        [
          'flags.yaml',
          [{ id: 'X-01', title: 'Asks for cash', source: 'own', added: '2026-11-27', terms: { en: ['cash only'] } }],
        ],
        ...Object.entries(more),
      ]),
      'sha256:own',
    );
  const made = own();
  assert.equal(made.families.length, catalogue.families.length);
  assert.match(made.version, /with sha256:own$/);
  const found = recognise({ text: 'Требуются глушители коптеров, cash only.', language: 'ru', on: '2024-05-22' }, made);
  assert.deepEqual(
    found.mentions.filter(({ kind }) => kind === 'goods').map(({ id, text }) => [id, text]),
    [['drone_jammer', 'глушители коптеров']],
  );
  assert.deepEqual(
    found.flags.filter(({ id }) => id === 'X-01').map(({ id, words }) => [id, words.map(({ text }) => text)]),
    [['X-01', ['cash only']]],
  );
  const refused = (name: string, value: unknown, message: RegExp): void => {
    assert.throws(() => own({ [name]: value }), { code: 'BAD_CATALOGUE', message });
  };
  refused('families.yaml', {}, /families\.yaml: it is no file of a catalogue/);
  refused('flags.yaml', [{ ...catalogue.flags[0] }], /stands there twice/);
  refused('trade-names.yaml', [{ ...catalogue.tradeNames[0] }], /boristone stands there twice/);
  refused('sources.yaml', { 'seed-zh': {} }, /seed-zh is there already/);
  refused(
    'families/radar.yaml',
    { id: 'radar', terms: { ru: [{ ...term, term: 'иное слово', source: 'nobody' }] } },
    /there is no source nobody/,
  );
  refused('families/radar.yaml', { id: 'radar', terms: { ru: [term] } }, /also stands in drone_jammer/);
  refused('places.yaml', { transshipment: ['mn'] }, /places\.yaml: source and added/);
  refused('organisations.yaml', { source: 'our desk', goBetweens: ['клуб'] }, /organisations\.yaml: source and added/);
  refused('families/new.yaml', { id: 'new', priority: 'broad', terms: {}, gaps: { uk: '' } }, /gaps: uk/);
  refused(
    'families/new.yaml',
    { id: 'new', priority: 'broad', names: {}, terms: { ru: [{ ...term, added: 'today' }] } },
    /added/,
  );
});

test('an error in a catalogue file is named with file and line', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-catalogue-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  cpSync(fileURLToPath(new URL('../../catalogue', import.meta.url)), dir, { recursive: true });
  writeFileSync(join(dir, 'flags.yaml'), '- { id: N-03,\n  title: "open\n');
  await assert.rejects(
    readCatalogue(dir),
    (error: Error & { code: string }) => error.code === 'BAD_CATALOGUE' && /flags\.yaml, line \d/.test(error.message),
  );
  writeFileSync(join(dir, 'flags.yaml'), '[]');
  writeFileSync(
    join(dir, 'families', 'uav.yaml'),
    'id: uav\npriority: core\nnames: {}\nterms: { zh: [{ term: 无人机, strength: certain, match: phrase, source: x, added: "2026-01-01" }] }',
  );
  await assert.rejects(readCatalogue(dir), /families\/uav\.yaml: zh term "无人机": strength must be strong or weak/);
});
