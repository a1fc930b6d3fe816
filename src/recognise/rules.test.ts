import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Language, Mention, Recognition, RuleFinding } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { type RuleEntry, addToCatalogue } from './catalogue.js';
import { ASKED_FOR, loadCatalogue, recognise, ruleView } from './index.js';
import { codesNaming } from './rule-codes.js';
import { gapsOn } from './rule-words.js';
import { findRules } from './rules.js';
import { compareToThreshold } from './thresholds.js';

const catalogue = await loadCatalogue();
const SEED =
  '国外企业采购无人机设备通知\n探测器、干扰发生器、无人机探测器（商品名BoriTone、AsselLabs、Bulat）或其它类似技术产品、无人机抑制器、通信频段干扰器、干扰发生器';

const read = (text: string, language: Language = 'zh', on = '2024-05-22'): Recognition =>
  recognise({ text, language, on, onReason: ASKED_FOR }, catalogue);
const entry = (found: Recognition, id: string): RuleFinding | undefined =>
  found.rules.find((each) => each.entry === id);
const entries = (found: Recognition): string[] => [...new Set(found.rules.map((each) => each.entry))];

interface SharedEntry {
  id: string;
  regime: string;
  valid_from?: string;
  valid_to?: string;
  as_of?: string;
  suspended_from?: string;
  suspended_to?: string;
  families?: string[];
  parameters?: { name: string; op: string; value: unknown; unit: string }[];
  reference_hs?: string[];
  evidence: string;
  reference: string;
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** Entries that are kept in more than one piece here: the tiers of one list, the payloads of one paragraph. */
const IN_PIECES: Readonly<Record<string, RegExp>> = {
  'CHPL-2024-02-23': /^CHPL-2024-02-23-/,
  'CN-UL-9A012.c': /^CN-UL-9A012\.c\.\d$/,
};

test('every dated entry of the facts is in the catalogue: days, suspension, parameters, goods, evidence', (t) => {
  const path = needShared(t, 'data/goods/control_entries.json');
  if (path === undefined) return;
  const shared = (JSON.parse(readFileSync(path, 'utf8')) as { entries: SharedEntry[] }).entries;
  assert.equal(shared.length, 72);
  for (const each of shared) {
    const pieces = catalogue.rules.filter((rule) => IN_PIECES[each.id]?.test(rule.entry) ?? rule.entry === each.id);
    assert.ok(pieces.length > 0, each.id);
    const families = new Set(pieces.flatMap((piece) => piece.families));
    for (const family of each.families ?? []) assert.ok(families.has(family), `${each.id} ${family}`);
    for (const piece of pieces) {
      assert.equal(piece.from, each.valid_from, each.id);
      assert.equal(piece.to, each.valid_to && dayAfter(each.valid_to), each.id);
      assert.equal(piece.asOf, each.as_of, each.id);
      assert.equal(piece.regime, each.regime.toLowerCase());
      assert.equal(piece.evidence, each.evidence);
      const suspended = each.suspended_from && { from: each.suspended_from, to: dayAfter(each.suspended_to!) };
      assert.deepEqual(piece.suspended, suspended, each.id);
    }
    if (pieces.length > 1) continue;
    assert.equal(pieces[0]!.reference, each.reference);
    assert.deepEqual(pieces[0]!.hs ?? [], each.reference_hs ?? [], each.id);
    const has = new Set((pieces[0]!.parameters ?? []).map((p) => `${p.id} ${p.operator} ${p.value} ${p.unit}`));
    for (const { name, op, value, unit } of each.parameters ?? []) {
      const number = typeof value === 'number' ? has.has(`${name} ${op} ${value} ${unit}`) : false;
      const words = [...has].some((text) =>
        text.toLowerCase().startsWith(`${name} ${op} ${String(value)}`.toLowerCase()),
      );
      const same = [...has].some(
        (text) =>
          text.startsWith(`${name} ${op} `) && Number(text.split(' ').at(op === 'better than' ? 3 : 2)) === value,
      );
      assert.ok(number || words || same, `${each.id} ${name}`);
    }
  }
});

test('the Common High Priority List is there by tier with all its codes, and nothing else', (t) => {
  const path = needShared(t, 'data/goods/lists/chpl_50.csv');
  if (path === undefined) return;
  const rows = parse<{ hs6: string; tier: string }>(readFileSync(path, 'utf8'), { columns: true });
  const tiers = catalogue.rules.filter(({ regime }) => regime === 'chpl');
  assert.deepEqual(
    tiers.map((each) => each.entry.slice('CHPL-2024-02-23-'.length)),
    ['1', '2', '3.A', '3.B', '4.A', '4.B'],
  );
  for (const { entry: id, hs6 } of tiers)
    assert.deepEqual(
      hs6,
      rows.filter(({ tier }) => id.endsWith(`-${tier}`)).map((each) => each.hs6),
      id,
    );
  assert.equal(tiers.flatMap(({ hs6 = [] }) => hs6).length, 50);
  assert.ok(!tiers.some(({ hs6 = [] }) => hs6.includes('854370')), 'jammers are not on it');
});

test('what is not loaded is said in every answer, in the version of the day', () => {
  const limits = (on: string): string => read(SEED, 'zh', on).limits.join('\n');
  for (const gap of ['EU Annex I', '833/2014', 'Wassenaar list', 'military lists', 'UK assimilated', '15 CFR 746'])
    assert.match(limits('2024-05-22'), new RegExp(`Not loaded: [^\\n]*${gap}`), gap);
  assert.match(
    limits('2024-05-22'),
    /consolidated 2023-12-16\)[^\n]*expected from the shared Wassenaar scheme, its text not checked/,
  );
  assert.match(limits('2025-12-01'), /Not loaded: EU Annex I [^\n]*2025\/2003/);
  assert.match(limits('2023-08-31'), /Not loaded: EU Annex I [^\n]*which version stood on that day is not known here/);
  assert.match(limits('2024-05-22'), /US Commerce Control List of 2024-05-22: the text loaded is that of 2026-07-23/);
  assert.doesNotMatch(limits('2024-05-22'), /Rules loaded: [^\n]*\b(?:eu|uk|wassenaar)\b/);
});

const golden = fileURLToPath(new URL('testing/seed-rules.txt', import.meta.url));

/** `UPDATE_GOLDEN=1` writes it anew; look at the difference. */
test('the seed notice on four days: no Chinese counter-drone rule, No.27 and No.28, No.31, and the unified list too', () => {
  const days = ['2023-08-31', '2024-05-22', '2024-09-02', '2024-12-02'];
  const text = days
    .map(
      (on) =>
        `# ${on}\n${ruleView(read(SEED, 'zh', on), catalogue)
          .filter((line) => !/\(US-|under US-/.test(line))
          .join('\n')}\n`,
    )
    .join('\n');
  if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, text);
  assert.ok(existsSync(golden), 'UPDATE_GOLDEN=1');
  assert.equal(text, readFileSync(golden, 'utf8'));
  const now = (on: string): string[] =>
    [
      ...new Set(
        read(SEED, 'zh', on)
          .rules.filter(({ inForce, regime }) => inForce && regime === 'cn')
          .map((each) => each.entry),
      ),
    ].sort();
  assert.deepEqual(now('2023-08-31'), ['CN-2015-31-uav']);
  assert.deepEqual(now('2024-05-22'), [
    'CN-2015-31-uav',
    'CN-2023-27-cuas-jammer',
    'CN-2023-28-catchall',
    'CN-2023-28-uav',
  ]);
  assert.deepEqual(now('2024-09-02'), ['CN-2015-31-uav', 'CN-2024-31-catchall', 'CN-2024-31-cuas-jammer']);
  assert.deepEqual(now('2024-12-02'), [
    'CN-2015-31-uav',
    'CN-2024-31-catchall',
    'CN-2024-31-cuas-jammer',
    'CN-UL-0A903.a',
    'CN-UL-9A012.a',
    'CN-UL-9A501',
  ]);
});

test('what came later is told from both ends, with where it is said', () => {
  const found = read(SEED);
  const [later] = entry(found, 'CN-2023-27-cuas-jammer')!.supersededBy!;
  assert.deepEqual([later!.entry, later!.on], ['CN-2024-31-cuas-jammer', '2024-09-01']);
  assert.match(later!.source, /cn_mofcom_2024_no31\.md, article 9/);
  assert.equal(entry(found, 'CN-2024-31-cuas-jammer')!.replaces![0]!.entry, 'CN-2023-27-cuas-jammer');
  const said = ruleView(found, catalogue).at(-1)!;
  assert.equal(
    said,
    'Later rules: in force since 2024-09-01: No. 31 of 2024 replaces No. 27 of 2023 and No. 28 of 2023; in force since 2024-12-01: No. 51 of 2024.',
  );
  const own = (replaces: unknown): void => {
    const rule = { ...catalogue.rules[0], entry: 'OWN-1', families: [], replaces };
    addToCatalogue(catalogue, new Map([['rules/own.yaml', [rule]]]), 'own');
  };
  assert.throws(() => {
    own({ entries: ['NONE'], source: 'x' });
  }, /OWN-1: NONE is not there/);
  assert.throws(() => {
    own({ entries: ['CN-2015-31-uav'], source: 'x' });
  }, /did not end on the day/);
});

test('three states of a suspended announcement, computed at the day', () => {
  const state = (on: string): [string | undefined, boolean] => {
    const rule = read('采购3C901石墨负极材料。', 'zh', on).rules.find((each) => each.entry === 'CN-2025-58')!;
    return [rule.state, rule.inForce];
  };
  assert.deepEqual(state('2025-11-06'), ['not-yet', false]);
  assert.deepEqual(state('2025-11-07'), ['suspended', false]);
  assert.deepEqual(state('2026-11-10'), ['suspended', false]);
  assert.deepEqual(state('2026-11-11'), ['in-force', true]);
  for (const number of ['55', '56', '57', '58', '61', '62']) {
    const rule = catalogue.rules.find((each) => each.entry === `CN-2025-${number}`)!;
    assert.deepEqual(rule.suspended, { from: '2025-11-07', to: '2026-11-11' }, number);
  }
});

test('a day decides and nothing else: not before it began, not once it ended, not while suspended (property)', () => {
  const goods = catalogue.families.map(({ id }): Mention => ({ kind: 'goods', id, text: '', start: 0, end: 0 }));
  const day = fc.date({ min: new Date('2014-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
  const byId = new Map<string, RuleEntry>(catalogue.rules.map((each) => [each.entry, each]));
  fc.assert(
    fc.property(day, (date) => {
      const on = date.toISOString().slice(0, 10);
      for (const found of findRules({ goods, measures: [], codes: [] }, catalogue, on)) {
        const { from, to, asOf, suspended } = byId.get(found.entry)!;
        const isSuspended = suspended !== undefined && on >= suspended.from && on < suspended.to;
        assert.ok(to === undefined || on < to, `${found.entry} had ended`);
        assert.equal(found.inForce, (from ?? asOf!) <= on && !isSuspended, `${found.entry} on ${on}`);
        assert.equal(found.state === 'in-force', found.inForce && from !== undefined);
        assert.equal(found.state === 'suspended', isSuspended);
      }
    }),
    { numRuns: 300 },
  );
});

const jamming = (text: string, language: Language): (string | undefined)[] => {
  const [found] = entry(read(text, language), 'CN-2023-27-cuas-jammer')!.found;
  return [found?.relation, found?.says];
};

test('a number of the text beside the number of the entry: arithmetic, and strict', () => {
  const asks = 'the entry asks for more than 5 km';
  assert.deepEqual(jamming('Комплекс РЭБ «Панцирь». Дальность подавления до 5 000 м', 'ru'), [
    'does-not-meet',
    `claimed up to 5 km; ${asks}`,
  ]);
  assert.deepEqual(jamming('无人机抑制器，干扰距离≤5km', 'zh'), ['does-not-meet', `claimed up to 5 km; ${asks}`]);
  assert.deepEqual(jamming('无人机抑制器，干扰距离5km', 'zh'), ['does-not-meet', `claimed 5 km; ${asks}`]);
  assert.deepEqual(jamming('无人机抑制器，干扰距离≥5km', 'zh'), ['may-meet', `claimed at least 5 km; ${asks}`]);
  assert.deepEqual(jamming('无人机抑制器，干扰范围大于5千米', 'zh'), ['meets', `claimed more than 5 km; ${asks}`]);
  assert.deepEqual(jamming('无人机抑制器，干扰距离3-8公里', 'zh'), ['may-meet', `claimed 3 to 8 km; ${asks}`]);
  assert.deepEqual(jamming('无人机抑制器，干扰距离约8公里', 'zh'), ['not-comparable', `claimed about 8 km; ${asks}`]);
  const both = entry(read('干扰距离1.5公里的无人机反制枪，干扰距离6公里的无人机抑制器'), 'CN-2023-27-cuas-jammer')!;
  assert.deepEqual(
    both.found.map(({ relation }) => relation),
    ['does-not-meet', 'meets'],
    'each number on its own',
  );
  assert.deepEqual(both.missing, []);
});

test('what is not of one kind is not compared, and a name that is not stated is missing', () => {
  const asked = { id: 'jamming_range_km', operator: '>', value: '5', unit: 'km' };
  assert.equal(compareToThreshold({ number: 5800, unit: 'MHz', operator: '=' }, asked).relation, 'not-comparable');
  assert.equal(compareToThreshold({ number: 5001, unit: 'm', operator: '=' }, asked).relation, 'meets');
  const nij = { id: 'nij_level', operator: '<', value: 'III', unit: '' };
  assert.equal(compareToThreshold({ number: 3, unit: '', operator: '=' }, nij).relation, 'not-comparable');
  const ir = { id: 'wavelength_nm', operator: 'within', value: '780-30000', unit: 'nm' };
  assert.equal(compareToThreshold({ low: 8000, high: 14000, unit: 'nm', operator: '=' }, ir).relation, 'meets');
  assert.equal(compareToThreshold({ low: 400, high: 700, unit: 'nm', operator: '=' }, ir).relation, 'does-not-meet');
  assert.equal(compareToThreshold({ low: 0.4, high: 1.1, unit: 'um', operator: '=' }, ir).relation, 'may-meet');
  assert.deepEqual(entry(read('无人机抑制器', 'zh'), 'CN-2023-27-cuas-jammer')!.missing, ['jamming_range_km']);
});

test('thresholds are strict for every number, and the sets decide (property)', () => {
  const number = fc.integer({ min: 1, max: 40 }).map((each) => each / 4);
  const holds = (operator: string, value: number, limit: number): boolean =>
    operator === '>'
      ? value > limit
      : operator === '>='
        ? value >= limit
        : operator === '<'
          ? value < limit
          : value <= limit;
  const sign = fc.constantFrom('>', '>=', '<', '<=');
  fc.assert(
    fc.property(
      number,
      sign,
      number,
      fc.constantFrom<'=' | '>' | '>=' | '<' | '<='>('=', '>', '>=', '<', '<='),
      (limit, asks, value, claims) => {
        const asked = { id: 'x_km', operator: asks, value: String(limit), unit: 'km' };
        const { relation } = compareToThreshold({ number: value, unit: 'km', operator: claims }, asked);
        // Every value the claim allows, on a grid finer than the numbers.
        const allowed = Array.from({ length: 200 }, (_, at) => at / 8).filter((each) =>
          claims === '=' ? each === value : holds(claims, each, value),
        );
        const within = allowed.filter((each) => holds(asks, each, limit)).length;
        assert.equal(relation, within === 0 ? 'does-not-meet' : within === allowed.length ? 'meets' : 'may-meet');
      },
    ),
    { numRuns: 1000 },
  );
});

test('codes in the text lead to the entries that name them, with goods and without', () => {
  const chpl = entry(read('采购货物，HS编码：8542.31、853221', 'zh'), 'CHPL-2024-02-23-1')!;
  assert.deepEqual([chpl.family, chpl.codes![0]!.says], ['', 'the text names code 854231; 854231 is on the list']);
  assert.ok(entries(read('采购货物，HS编码：8542.31、853221')).includes('CHPL-2024-02-23-2'));
  const ten = entry(read('Код ТН ВЭД 8542 31 901 0', 'ru'), 'CHPL-2024-02-23-1')!;
  assert.equal(ten.codes![0]!.says, 'the text names code 8542319010, which stands under 854231; 854231 is on the list');
  const jammer = entry(read('参考海关商品编号：8543709960'), 'CN-2023-27-cuas-jammer')!;
  assert.match(jammer.codes![0]!.says, /8543709960, which the entry gives for reference/);
  const other = entry(read('Подавитель дронов, код ТН ВЭД 8543 70 900 0', 'ru'), 'CN-2023-27-cuas-jammer')!;
  assert.equal(other.family, 'drone_jammer');
  assert.match(
    other.codes![0]!.says,
    /agrees with the entry’s reference code 8543709960 in the six digits that all tariffs share/,
  );
  assert.ok(entries(read('Receivers under ECCN 5A001.b.5', 'en')).includes('US-5A001.b.5'));
  assert.ok(!entries(read('Receivers under ECCN 5A001.b.5', 'en')).includes('US-5A001.h'));
  assert.ok(entries(read('Товар по позиции 5А001.h', 'ru')).includes('US-5A001.h'), 'a Cyrillic letter in the code');
  assert.deepEqual(
    entries(read('管制编码0A903.a', 'zh', '2024-12-02')).filter((each) => each.startsWith('CN-')),
    ['CN-UL-0A903.a'],
  );
  const heading = entries(read('编码9A012', 'zh', '2024-12-02'));
  for (const id of ['CN-UL-9A012.a', 'CN-UL-9A012.c.1', 'US-9A012']) assert.ok(heading.includes(id), id);
  assert.deepEqual(
    entries(read('编码9A012.c.1', 'zh', '2024-12-02')).filter((each) => each.startsWith('CN-')),
    ['CN-UL-9A012.c.1'],
  );
  assert.ok(entries(read('USML XI(a)(4)(iii) items', 'en')).includes('US-USML-XI-a-4-iii'));
  assert.deepEqual(entries(read('model X5A001, part 3A002B, tel 85423100')), [], 'no code is named');
});

test('codes are read whole, in lists, and only where the text says what they are', () => {
  const codes = (text: string): string[] =>
    read(text)
      .mentions.filter(({ kind }) => kind === 'code')
      .map(({ id }) => id);
  assert.deepEqual(codes('（参考海关商品编号：8501200010、8501320010）'), ['hs:8501200010', 'hs:8501320010']);
  assert.deepEqual(codes('ТН ВЭД ЕАЭС 8543 70 900 0; HS 8543.70'), ['hs:8543709000', 'hs:854370']);
  assert.deepEqual(codes('ECCN 3A001.e.1.b, USML XI(a)(4)'), ['eccn:3A001.e.1.b', 'usml:XI(a)(4)']);
  assert.deepEqual(codes('customs clearance 20240522, months 123456, 854231'), []);
});

test('an entry of one’s own is checked: six digits, known operators, a gap without goods', () => {
  const own = (more: Record<string, unknown>): void => {
    const rule = { ...catalogue.rules[0], entry: 'OWN-1', ...more };
    addToCatalogue(catalogue, new Map([['rules/own.yaml', [rule]]]), 'own');
  };
  own({ hs6: ['854370'] });
  assert.throws(() => {
    own({ hs6: ['85437'] });
  }, /OWN-1: "85437" is not six digits/);
  assert.throws(() => {
    own({ parameters: [{ id: 'x', operator: '~', value: '1', unit: '' }] });
  }, /operator/);
  assert.throws(() => {
    own({ gap: { list: 'x', why: 'y' }, families: ['uav'] });
  }, /a gap needs list and why/);
  assert.throws(() => {
    own({ added: undefined });
  }, /added \(a day\) is required/);
});

test('where the day is not the notice’s own, that is said', () => {
  const first = (more: object): string =>
    recognise({ text: SEED, language: 'zh', on: '2024-05-22', ...more }, catalogue).limits[0]!;
  assert.equal(first({ onReason: ASKED_FOR }), 'Judged by the rules in force on 2024-05-22 (the day asked for).');
  assert.match(
    first({ onReason: 'date of the notice', published: '2024-05-22' }),
    /^Judged by the rules in force on 2024-05-22/,
  );
  assert.equal(
    first({ onReason: 'day of the first capture' }),
    'Date of the notice not established; rules shown for 2024-05-22 (day of the first capture).',
  );
});

test('of a list that is not loaded the version in force is named, in whatever order the versions stand', () => {
  const gap = (instrument: string, from?: string): RuleEntry =>
    ({
      gap: { list: 'A list', why: 'not at hand' },
      instrument,
      ...(from === undefined ? {} : { from }),
    }) as unknown as RuleEntry;
  const versions = [gap('third', '2030-01-01'), gap('first', '2020-01-01'), gap('second', '2024-01-01')];
  for (const rules of [versions, versions.toReversed()])
    assert.deepEqual(gapsOn({ rules }, '2024-05-22'), ['A list (second): not at hand']);
  assert.deepEqual(gapsOn({ rules: [gap('third', '2030-01-01'), gap('some')] }, '2024-05-22'), ['A list: not at hand']);
});

test('a code named in a text is met by the entry’s own code first, then by the narrowest that holds it', () => {
  const rule = { codes: ['9A012', '9A012.a', '9A012.a.1'], regime: 'us' } as unknown as RuleEntry;
  const said = (value: string): string[] => {
    const code = { kind: 'code', id: `eccn:${value}`, text: value, start: 0, end: value.length } as unknown as Mention;
    return codesNaming(rule, [code]).map(({ says }) => says);
  };
  assert.deepEqual(said('9A012.a.1'), ['the text names code 9A012.a.1']);
  assert.deepEqual(said('9A012.a.2'), ['the text names code 9A012.a.2, a part of 9A012.a']);
  assert.deepEqual(said('9A012'), ['the text names code 9A012']);
});
