import assert from 'node:assert/strict';
import test from 'node:test';
import { fold } from '../text/index.js';
import { loadCatalogue, recognise } from './index.js';
import { type Hits, givenText } from './lexicon.js';
import { type Entry, TermFinder, foldedText } from './terms.js';

const catalogue = await loadCatalogue();

const found = (text: string, entry: Pick<Entry<string>, 'term' | 'match' | 'language'>): string[] =>
  new TermFinder([{ ...entry, of: '' }]).find(foldedText(text)).map(({ start, end }) => text.slice(start, end));

test('an English word counts whole, with its plural, in any case, and beside Han', () => {
  const jammer = { term: 'drone jammer', match: 'word', language: 'en' } as const;
  assert.deepEqual(found('drone jammers, DRONE-JAMMER, drone  jammer', jammer), [
    ...['drone jammers', 'DRONE-JAMMER', 'drone  jammer'],
  ]);
  assert.deepEqual(found('采购drone jammer设备', jammer), ['drone jammer']);
  assert.deepEqual(found('drone jammering, overdrone jammer, drone; jammer, drone\n\n\n\njammer', jammer), []);
});

test('Russian and Ukrainian words count in their cases, capitals as they stand', () => {
  const one = (term: string, language: 'ru' | 'uk') => ({ term, match: 'lemma', language }) as const;
  assert.deepEqual(found('подавителями дронов, подавитель дрона', one('подавитель дрон', 'ru')), [
    ...['подавителями дронов', 'подавитель дрона'],
  ]);
  assert.deepEqual(found('підсилювачі й підсилювачами', one('підсилювач', 'uk')), ['підсилювачі', 'підсилювачами']);
  assert.deepEqual(found('рацион и операция', one('рация', 'ru')), []);
  const acronym = { term: 'РЭБ', match: 'acronym', language: 'ru' } as const;
  assert.deepEqual(found('РЭБ, рэб, РЭБовский, требования, (РЭБ)', acronym), ['РЭБ', 'РЭБ']);
});

test('what is hidden by spelling is met: apart, one letter a line, in look-alike letters, full width, with soft hyphens', () => {
  const name = { term: 'BorisTone', match: 'name', language: 'en' } as const;
  for (const text of [
    'BorisTone',
    'B o r i s T o n e',
    'Boris-Tone',
    'Boris\u00adTone',
    'ＢｏｒｉｓＴｏｎｅ',
    'ВоrisТоne',
    '𝐁𝐨𝐫𝐢𝐬𝐓𝐨𝐧𝐞',
    'Boris\u200bTone',
  ])
    assert.deepEqual(found(`(${text})`, name), [text], text);
  assert.deepEqual(found('Boris. Tone, Boris, tone', name), []);
  assert.deepEqual(found('CBorisTone BorisTones BorisTone2', name), []);
  const han = { term: '无人机抑制器', match: 'phrase', language: 'zh' } as const;
  for (const text of ['無人機抑制器', '无·人·机·抑·制·器', '无\n人\n机\n抑\n制\n器', '无人机🚁抑制器'])
    assert.deepEqual(found(`采购${text}一批`, han), [text], text);
  assert.deepEqual(found('无人机\n抑制器，无人机《抑制器》', han), [], 'lines and titles are parted');
});

test('a word that is wholly of another alphabet is another word; one of two alphabets is said to be', () => {
  assert.deepEqual(found('рос, poc', { term: 'рос', match: 'lemma', language: 'ru' }), ['рос']);
  assert.deepEqual(found('рос, poc', { term: 'poc', match: 'word', language: 'en' }), ['poc']);
  const { mentions } = recognise({ text: '无人机探测器（Вulat、Bulat）', language: 'zh', on: '2024-05-22' }, catalogue);
  const names = mentions.filter(({ kind }) => kind === 'tradeName');
  assert.deepEqual(
    names.map(({ text, why }) => [text, why?.lookAlikes ?? false]),
    [
      ['Вulat', true],
      ['Bulat', false],
    ],
  );
});

test('places count in their exact cases, with a capital, and not inside a longer word', () => {
  const places = (text: string, language: 'zh' | 'ru' | 'uk' | 'en'): string[] =>
    recognise({ text, language, on: '2024-05-22' }, catalogue)
      .mentions.filter(({ kind }) => kind === 'place')
      .map(({ id }) => id);
  assert.deepEqual(places('Россией, на Украине, Казахстану, в Южной Корее', 'ru'), ['ru', 'ua', 'kz', 'kr']);
  assert.deepEqual(places('Россети, грузы и Грузы, сироп, Индиго', 'ru'), []);
  assert.deepEqual(places('Росії, Україною, у Вʼєтнамі', 'uk'), ['ru', 'ua', 'vn']);
  assert.deepEqual(places('turkey and Turkey, US and us', 'en'), ['tr', 'us']);
  assert.deepEqual(places('华泰国际，泰国企业，北京时间9点，《法》（国内）', 'zh'), ['th']);
});

// --- fuzzing ---------------------------------------------------------------

const TABLES = ['term', 'split', 'name', 'place', 'flag', 'word', 'cue', 'organisation'] as const;

/** Letters of the span against those of the term, without the code that found it: words in order, each by all but its ending. */
function isOf(span: string, term: string): boolean {
  const [is, wanted] = [fold(span).text, fold(term).text];
  if (is === wanted || is === `${wanted}s` || is === `${wanted}es`) return true;
  const words = term.split(/[\s-]+/).map((word) => fold(word).text);
  let at = 0;
  for (const word of words) {
    // No ending that is taken off is longer than three letters, none that is met longer than four.
    const least = word.slice(0, Math.max(Math.min(3, word.length), word.length - 3));
    if (!is.startsWith(least, at)) return false;
    const next = words[words.indexOf(word) + 1];
    at += least.length;
    if (next === undefined) return is.length - at <= 7;
    const begins = next.slice(0, Math.min(3, next.length));
    const found = is.indexOf(begins, at);
    if (found < 0 || found - at > 7) return false;
    at = found;
  }
  return true;
}

/** mulberry32: the same texts on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ODD = ['\u00ad', '\u200b', '·', ' ', '-', '🚁', '\n', '，', '\u0301', '\ud800', '. ', 'ё', '、'];
const LIKE: Readonly<Record<string, string>> = {
  ...{ a: 'а', e: 'е', o: 'о', B: 'В', T: 'Т', 机: '機', 无: '無', 干: '幹' },
  n: 'ｎ',
  s: 'ｓ',
};

/** Before a release: 100,000. */
const TEXTS = Number(process.env['ASPOSTED_TEST_TEXTS'] ?? 25_000);

test(`${TEXTS} texts of disguised terms: what a span folds to is its term, and mentions are the text at their place`, (t) => {
  const next = random(20_241_127);
  const pick = <Each>(list: readonly Each[]): Each => list[Math.floor(next() * list.length)]!;
  const terms = [
    ...catalogue.families.flatMap((family) =>
      Object.values(family.terms).flatMap((each) => each.map(({ term }) => term)),
    ),
    ...catalogue.tradeNames.flatMap(({ name, variants = [] }) => [name, ...variants]),
    ...Object.values(catalogue.places.countries).flatMap((names) => Object.values(names).flat()),
    ...Object.values(catalogue.organisations.suffixes).flat(),
  ];
  const disguised = (term: string): string =>
    Array.from(term, (letter) => {
      const dice = next();
      if (dice < 0.06) return letter + pick(ODD);
      return dice < 0.12 ? (LIKE[letter] ?? letter) : letter;
    }).join('');
  let hits = 0;
  for (let count = 0; count < TEXTS; count++) {
    const text = Array.from(
      { length: 3 },
      () => (next() < 0.8 ? disguised(pick(terms)) : pick(ODD)) + pick(['', ' ', '，', '器', 'а', '5 km']),
    ).join('');
    const given = givenText(text, catalogue);
    for (const table of TABLES)
      for (const { start, end, term } of given.hits[table] as Hits['place']) {
        hits += 1;
        assert.ok(
          isOf(text.slice(start, end), term),
          `${JSON.stringify(text)}: ${JSON.stringify(text.slice(start, end))} is no ${term}`,
        );
      }
    if (count % 20 !== 0) continue;
    for (const each of recognise({ text, language: 'zh', on: '2024-05-22', published: '2024-05-22' }, catalogue)
      .mentions)
      assert.equal(text.slice(each.start, each.end), each.text);
  }
  t.diagnostic(`${hits} spans`);
  assert.ok(hits > TEXTS);
});
