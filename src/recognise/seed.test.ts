/** The notice of 22 May 2024, as quoted in Chinese and English, and rendered into Russian and Ukrainian: one reading. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Language, Recognition } from '../model/index.js';
import { loadCatalogue, recognise } from './index.js';

const catalogue = await loadCatalogue();
const core = new Set(catalogue.families.filter(({ priority }) => priority === 'core').map(({ id }) => id));

const SEEDS: readonly (readonly [Language, (boristone: string, assel: string, bulat: string) => string])[] = [
  [
    'zh',
    (a, b, c) =>
      `国外企业采购无人机设备通知\n探测器、干扰发生器、无人机探测器（商品名${a}、${b}、${c}）或其它类似技术产品、无人机抑制器、通信频段干扰器、干扰发生器`,
  ],
  [
    'en',
    (a, b, c) =>
      `Notice on drone equipment sought by foreign companies\ninterference generators, drone detectors (trade names ${a}, ${b} and ${c}) or other similar technology solutions, drone suppressors, and communication band jammers`,
  ],
  [
    'ru',
    (a, b, c) =>
      `Уведомление о закупке зарубежными предприятиями оборудования для беспилотников\nДетекторы, генераторы помех, детекторы дронов (торговые наименования ${a}, ${b}, ${c}) или иная аналогичная техника, подавители дронов, подавители диапазона связи, генераторы помех`,
  ],
  [
    'uk',
    (a, b, c) =>
      `Повідомлення про закупівлю іноземними підприємствами обладнання для безпілотників\nДетектори, генератори завад, детектори дронів (торговельні назви ${a}, ${b}, ${c}) або інша подібна техніка, подавлювачі дронів, подавлювачі діапазону зв’язку, генератори завад`,
  ],
];

const ids = ({ mentions }: Recognition, kind: string): string[] =>
  [...new Set(mentions.filter((each) => each.kind === kind).map(({ id }) => id))].sort();
const read = (text: string, language: Language, on: string): Recognition =>
  recognise({ text, language, on, published: on }, catalogue);

/** What the rules say of the families that make an alarm. */
const view = ({ rules }: Recognition): string[] =>
  rules
    .filter(({ family }) => core.has(family))
    .map(({ entry, family, state, missing }) => `${family} ${entry} ${state}: ${missing.join(', ')}`);

test('the same families, the same names under every spelling, the same kind, and the same rules in four languages', () => {
  const spellings = [
    ['BorisTone', 'Assel Labs', 'Bulat'],
    ['BoriTone', 'AsselLabs', '«Булат»'],
    ['Boristone', 'Asel Labs', 'БУЛАТ V.4'],
    ['ВоrisТоne', 'ASEL LABS', 'B u l a t'],
    ['BORISTONE', 'асель лабс', 'Булат v4'],
    ['Ｂｏｒｉｓｔｏｎｅ', 'Assel-Labs', 'Bu\u00adlat'],
  ] as const;
  for (const on of ['2023-08-31', '2024-05-22', '2024-09-02', '2024-12-02']) {
    const [zh] = SEEDS[0]!;
    const rules = view(read(SEEDS[0]![1]('BoriTone', 'AsselLabs', 'Bulat'), zh, on));
    assert.ok(rules.length > 0);
    for (const [language, seed] of SEEDS)
      for (const [a, b, c] of spellings) {
        const result = read(seed(a, b, c), language, on);
        const what = `${language} ${on} ${a} ${b} ${c}`;
        assert.deepEqual(
          ids(result, 'goods').filter((id) => core.has(id)),
          ['comms_jammer', 'drone_detector', 'drone_jammer'],
          what,
        );
        // Five letters apart are also five words: what is so short is not put together.
        const names = c === 'B u l a t' ? ['assel_labs', 'boristone'] : ['assel_labs', 'boristone', 'bulat'];
        assert.deepEqual(ids(result, 'tradeName'), names, what);
        assert.equal(result.documentKind, 'call-for-goods', what);
        assert.deepEqual(view(result), rules, what);
        for (const flag of ['N-03', 'N-04', 'N-05', 'N-08'])
          assert.ok(
            result.flags.some(({ id }) => id === flag),
            `${what}: ${flag}`,
          );
      }
  }
});

test('what differs between the days is the rules', () => {
  const [, seed] = SEEDS[0]!;
  const days = ['2023-08-31', '2024-05-22', '2024-09-02', '2024-12-02'];
  const views = days.map((on) =>
    read(seed('BoriTone', 'AsselLabs', 'Bulat'), 'zh', on)
      .rules.filter(({ regime, family, inForce }) => regime === 'cn' && core.has(family) && inForce)
      .map(({ entry }) => entry),
  );
  assert.deepEqual(views, [
    [],
    ['CN-2023-27-cuas-jammer'],
    ['CN-2024-31-cuas-jammer'],
    ['CN-2024-31-cuas-jammer', 'CN-UL-0A903.a'],
  ]);
});
