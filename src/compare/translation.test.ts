import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { needShared } from '../model/testing/shared.js';
import { createAnchorIndex } from './anchor-index.js';
import { anchorsOf } from './anchors.js';
import { makeCorpus, makeRandom } from './testing/corpus.js';
import { translatedPair } from './testing/translations.js';
import { translationScore } from './translation.js';

const POOLS = { sentences: { zh: 8_000, ru: 4_000 }, words: { zh: 6_000, ru: 4_000 }, statutes: 20 };
const keys = (text: string, ...rest: [Parameters<typeof anchorsOf>[1]?]): string[] =>
  anchorsOf(text, ...rest).map(({ key }) => key);
const share = (count: number, of: number): number => count / of;

test('numbers, measures and dates are the same in four languages', () => {
  const said = [
    '四十五日内交付３０台，覆盖5.8吉赫，距离3公里，预算120万元，于2024年六月七日前',
    'в течение 45 дней 30 шт., 5,8 ГГц, 3 км, 1 200 000 юаней, до 7 июня 2024 года',
    'протягом 45 днів 30 шт., 5,8 ГГц, 3 км, 1,2 млн юанів, до 7 червня 2024 року',
    'within 45 days 30 pieces, 5800 MHz, 3,000 m, 1,200,000 yuan, by June 7, 2024',
  ];
  const expected = ['date:--06-07', 'date:2024-06-07', 'measure:3000 m', 'measure:5800 MHz', 'number:1200000', 'number:30', 'number:45']; // prettier-ignore
  for (const text of said) for (const key of expected) assert.ok(keys(text).includes(key), `${key} of ${text}`);
});

test('what is no number or date is none', () => {
  assert.deepEqual(keys('万一千万注意，第3条，二三人，Q 7'), []);
  assert.deepEqual(
    keys('2月31日之后的32月1日').filter((key) => key === 'date:--32-01'),
    [],
  );
  assert.ok(!keys('v1.7.22').some((key) => key.startsWith('number')));
  assert.deepEqual(keys('1.7.22'), []);
});

test('words in Latin letters are anchors where they are foreign, names where they are not', () => {
  assert.deepEqual(keys('参考型号为“Halden Q7”'), ['latin:halden', 'latin:halden q7', 'latin:q7', 'name:hldn']);
  assert.ok(keys('образец «Halden Q7»').includes('latin:halden q7'));
  const english = keys('the reference model Halden Q7 is named in it');
  assert.ok(english.includes('latin:halden q7'));
  assert.ok(!english.some((key) => /reference|named/.test(key)));
});

test('names by their consonants: Cyrillic, Ukrainian, and Chinese read aloud in two ways', () => {
  const skeletons = (text: string): string[] => keys(text).filter((key) => key.startsWith('name:'));
  assert.deepEqual(skeletons('Хальден'), skeletons('Halden'));
  assert.deepEqual(skeletons('місто Харків'), skeletons('город Харьков'));
  assert.deepEqual(skeletons('Гончаренко, Україна')[0], 'name:hnch');
  assert.ok(skeletons('滨江省').includes(skeletons('провинция Биньцзян')[0]!));
  assert.ok(skeletons('滨江省').includes(skeletons('Binjiang')[0]!));
  assert.ok(skeletons('型号“青松三号”').includes(skeletons('образец «Циньсун-3»')[0]!));
});

test('ids of mentions are anchors where they are the same in every language', () => {
  const mention = { text: '无人机抑制器', start: 4, end: 10 };
  const found = anchorsOf('求购一批无人机抑制器', [
    { ...mention, kind: 'goods', id: 'drone_jammer' },
    { ...mention, kind: 'organisation', id: '云桥市工业协会', text: '云桥市工业协会' },
    { ...mention, kind: 'quantity', id: '=30 pieces' },
  ]);
  assert.deepEqual(found, [{ kind: 'mention', key: 'goods:drone_jammer', ...mention }]);
});

test('offsets are those of the text, and every anchor is there once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('30台', ' 2,4 ГГц ', 'Halden Q7 ', '四十五', '滨江省', 'Киев ', '6月7日', ' 7 June 2024 ', '，', '\ud83d', '1 000 000 '), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const found = anchorsOf(text);
      assert.equal(new Set(found.map(({ key }) => key)).size, found.length);
      for (const each of found) assert.equal(text.slice(each.start, each.end), each.text);
    }),
  ); // prettier-ignore
});

test('hostile texts end: digits, capitals, dates and quotation marks without end', () => {
  for (const part of [
    '9',
    '1,',
    '12 ',
    '“青',
    'Aa',
    'Абв',
    '2024年1月1日',
    '1.1.2024 ',
    '零',
    '省',
    '01 mar ',
    'A1-',
  ]) {
    const found = anchorsOf(part.repeat(60_000));
    assert.ok(found.length < 60_000, part);
    translationScore(found, found, [{ documents: 10, of: () => 1 }]);
  }
  const many = anchorsOf(Array.from({ length: 20_000 }, (_, at) => `${at}7`).join('、'));
  assert.ok(translationScore(many, many, [{ documents: 10, of: () => 1 }]).mayBe, 'a list of prices');
});

/** Notices of both languages around whatever is sought. */
function background(count: number): {
  index: ReturnType<typeof createAnchorIndex>;
  corpus: ReturnType<typeof makeCorpus>;
} {
  const corpus = makeCorpus({ seed: 3, pools: POOLS });
  const index = createAnchorIndex();
  for (let id = 0; id < count; id++) {
    const { text, language } = corpus.notice(id, id % 2 === 0 ? {} : { language: 'ru' });
    index.add(`background ${id}`, anchorsOf(text), language);
  }
  return { index, corpus };
}

test('the story: the Russian and the English rendering are found first, nothing else is', (t) => {
  const file = needShared(t, 'data/copies/story/notices.jsonl');
  if (file === undefined) return;
  const notices = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; lang: string; text: string });
  const { index } = background(1_000);
  const anchors = new Map(notices.map(({ id, text }) => [id, anchorsOf(text)]));
  for (const { id, lang } of notices) index.add(id, anchors.get(id)!, lang);
  const lang = new Map(notices.map((each) => [each.id, each.lang]));
  const orig = anchors.get('orig')!;
  const found = index.lookup(orig, { language: 'zh', exclude: 'orig' });
  assert.deepEqual(found.slice(0, 2).map(({ id }) => id).sort(), ['en', 'ru']); // prettier-ignore
  assert.ok((found[2]?.score ?? 0) < found[1]!.score / 2);
  for (const [a, b, mayBe] of [
    ['orig', 'ru', true],
    ['orig', 'en', true],
    ['ru', 'en', true],
    ['orig', 'other', false],
    ['orig', 'sibling', false],
    ['other', 'ru', false],
  ] as const) {
    const score = translationScore(anchors.get(a)!, anchors.get(b)!, index.between(lang.get(a)!, lang.get(b)!));
    assert.equal(score.mayBe, mayBe, `${a}, ${b}: ${score.score}`);
  }
  const { anchors: shared, chance } = translationScore(orig, anchors.get('ru')!, index.between('zh', 'ru'));
  assert.ok(chance < 1e-9);
  const named = shared.map(({ key }) => key);
  for (const key of ['number:30', 'number:45', 'measure:2400 MHz', 'measure:5800 MHz', 'date:2023-05-22', 'date:--06-07'])
    assert.ok(named.includes(key), key); // prettier-ignore
  assert.deepEqual(
    named.filter((key) => key.startsWith('latin:')),
    ['latin:halden q7'],
    'one place, not three',
  );
  for (const { ofThis } of shared) assert.equal(notices[0]!.text.slice(ofThis.start, ofThis.end), ofThis.text);
});

test('planted translations among notices with numbers of their own; nothing is said of the others', () => {
  const { index, corpus } = background(2_000);
  const pairs = Array.from({ length: 60 }, (_, id) => {
    const { zh, ru } = translatedPair(corpus, id, { facts: 8, kept: 0.9, random: makeRandom(1, id) });
    return { zh: anchorsOf(zh), ru: anchorsOf(ru) };
  });
  pairs.forEach(({ ru }, at) => {
    index.add(`pair ${at}`, ru, 'ru');
  });
  let [first, said] = [0, 0];
  pairs.forEach(({ zh, ru }, at) => {
    if (index.lookup(zh, { language: 'zh' })[0]?.id === `pair ${at}`) first += 1;
    const [score, turned] = [
      translationScore(zh, ru, index.between('zh', 'ru')),
      translationScore(ru, zh, index.between('ru', 'zh')),
    ];
    assert.equal(turned.mayBe, score.mayBe, 'from either side');
    if (score.mayBe) said += 1;
  });
  assert.ok(share(first, 60) >= 0.95, `first: ${first} of 60`);
  assert.ok(share(said, 60) >= 0.9, `said: ${said} of 60`);
  let wrong = 0;
  pairs.forEach(({ zh }, at) => {
    pairs.forEach(({ ru }, other) => {
      if (at !== other && translationScore(zh, ru, index.between('zh', 'ru')).mayBe) wrong += 1;
    });
  });
  assert.ok(wrong <= 3, `${wrong} of ${60 * 59}`);
});

test('years and days alone are no lead, however rare', () => {
  const rare = [{ documents: 100_000, of: () => 1 }];
  const years = anchorsOf('1987、1991、1994、2003年');
  assert.equal(translationScore(years, years, rare).anchors.length, 4);
  assert.ok(!translationScore(years, years, rare).mayBe);
  const two = anchorsOf('48213、51.77');
  assert.ok(!translationScore(two, two, rare).mayBe, 'two are not three');
});

test('a small store does not take what is common for rare', () => {
  const small = [{ documents: 2, of: () => 1 }];
  const common = anchorsOf('10、20、30、50、100，2024');
  assert.ok(!translationScore(common, common, small).mayBe);
});

test('the index: frequencies count every holder, holders beyond the bound are not kept', () => {
  const index = createAnchorIndex({ holders: 3 });
  const anchors = anchorsOf('48213、51.77、Halden Q7、滨江省');
  for (let id = 0; id < 6_000; id++) index.add(String(id), anchorsOf(`${id}4821、${id % 2}77`), 'ru');
  for (const id of ['a', 'b', 'c']) index.add(id, anchors, 'ru');
  index.add('own', anchors, 'zh');
  assert.equal(index.documents, 6_004);
  const [ofRu, ofZh] = index.between('ru', 'zh');
  assert.equal(ofRu!.documents, 6_003);
  assert.equal(ofRu!.of('number:077'), 3_000);
  assert.equal(ofRu!.of('latin:halden'), 3);
  assert.equal(ofZh!.of('latin:halden'), 1);
  assert.equal(index.lookup(anchors, { language: 'zh' }).length, 3);
  index.add('d', anchors, 'ru');
  assert.deepEqual(index.lookup(anchors, { language: 'zh' }), [], 'four holders are beyond the bound');
  const wide = createAnchorIndex();
  for (const id of ['a', 'b']) wide.add(id, anchors, 'ru');
  wide.add('own', anchors, 'zh');
  assert.deepEqual(wide.lookup(anchors, { language: 'zh' }).map(({ id }) => id), ['a', 'b']); // prettier-ignore
  assert.deepEqual(wide.lookup(anchors, { language: 'zh', exclude: 'a' }).map(({ id }) => id), ['b']); // prettier-ignore
  assert.deepEqual(wide.lookup(anchors, { language: 'uk', most: 1 }).map(({ id }) => id), ['a']); // prettier-ignore
});

test('a notice that was copied a thousand times does not lose its translation', () => {
  const { index, corpus } = background(400);
  const { zh, ru } = translatedPair(corpus, 1, { facts: 8, kept: 1, random: makeRandom(4) });
  const [ofZh, ofRu] = [anchorsOf(zh), anchorsOf(ru)];
  for (let copy = 0; copy < 1_200; copy++) index.add(`copy ${copy}`, ofZh, 'zh');
  index.add('translation', ofRu, 'ru');
  assert.equal(index.lookup(ofZh, { language: 'zh' })[0]?.id, 'translation');
  assert.ok(translationScore(ofZh, ofRu, index.between('zh', 'ru')).mayBe, 'said from either side');
});
