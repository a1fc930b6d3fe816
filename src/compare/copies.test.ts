import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { needShared } from '../model/testing/shared.js';
import { fingerprints, fingerprintsOfFolded } from './fingerprint.js';
import { judgeCopy, sharedPassages } from './passages.js';

const MINIMUM = { minimumShare: 0.5 };

test('fingerprints equal the published vectors', (t) => {
  const file = needShared(t, 'data/copies/fingerprint-vectors.json');
  if (file === undefined) return;
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
    cases: { what: string; folded: string; fingerprints: [number, string][] }[];
  };
  assert.ok(vectors.cases.length >= 10);
  const parameters = { cjk: { window: 8, gram: 1 }, letters: { window: 20, gram: 13 } };
  for (const { what, folded, fingerprints: expected } of vectors.cases) {
    const got = fingerprintsOfFolded(folded, parameters).map(({ at, value }) => [
      at,
      value.toString(16).padStart(8, '0'),
    ]);
    assert.deepEqual(got, expected, what);
  }
});

test('the relations of the story: copies, passages, nothing', (t) => {
  const notices = needShared(t, 'data/copies/story/notices.jsonl');
  const relations = needShared(t, 'data/copies/story/relations.json');
  if (notices === undefined || relations === undefined) return;
  const texts = new Map(
    readFileSync(notices, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; text: string })
      .map(({ id, text }) => [id, text]),
  );
  // Boilerplate is not discounted yet, so a table or a sibling that holds it is judged as the file says "before that".
  const expected: Record<string, string | undefined> = {
    city: 'copy',
    trad: 'copy',
    hk: 'copy',
    news: 'shared-passage',
    table: 'shared-passage',
    obfuscated: 'shared-passage',
    sibling: 'shared-passage',
    rewrite: 'copy',
    ru: undefined,
    en: undefined,
    other: undefined,
  };
  const known = JSON.parse(readFileSync(relations, 'utf8')) as {
    relations: { b: string; sharedOfThis: number; sharedOfOther: number }[];
  };
  for (const { b, sharedOfThis, sharedOfOther } of known.relations) {
    const shared = sharedPassages(texts.get('orig')!, texts.get(b)!);
    assert.ok(Math.abs(shared.sharedOfThis - sharedOfThis) < 0.04, `${b}: ${shared.sharedOfThis} of this`);
    assert.ok(Math.abs(shared.sharedOfOther - sharedOfOther) < 0.04, `${b}: ${shared.sharedOfOther} of other`);
    assert.equal(judgeCopy(shared, MINIMUM)?.ofThis, expected[b], b);
    if (b === 'table' || b === 'obfuscated') assert.equal(judgeCopy(shared, MINIMUM)?.ofOther, 'copy', b);
  }
});

test('passages point at equal text in both originals', () => {
  const a = '通知：境外企业求购「无人机」探测器和抑制器，请有意向的会员单位于五月底前与秘书处联系。';
  const b = `转发。${a.replace('「无人机」', '無人機')}特此通知`;
  const { passages, sharedOfThis } = sharedPassages(a, b);
  assert.equal(sharedOfThis, 1);
  const letters = (text: string): string =>
    text
      .replace(/[\p{P}\s]/gu, '')
      .replace('無', '无')
      .replace('機', '机');
  for (const { thisStart, thisEnd, otherStart, otherEnd } of passages) {
    assert.equal(letters(a.slice(thisStart, thisEnd)), letters(b.slice(otherStart, otherEnd)));
  }
});

test('any text put inside another is found whole, and a page of one repeated clause ends', () => {
  const words = fc.array(fc.constantFrom('无人机探测器', '询价函', '会员单位', '联系人', '报价', '三十台', '本周五'), {
    minLength: 12,
    maxLength: 60,
  });
  fc.assert(
    fc.property(words, fc.string({ maxLength: 40 }), (parts, around) => {
      const inner = parts.join('');
      const shared = sharedPassages(inner, `${around}${inner}${around}`);
      assert.ok(shared.sharedOfThis > 0.97, String(shared.sharedOfThis));
      assert.equal(judgeCopy(shared, MINIMUM)?.ofThis, 'copy');
    }),
    { numRuns: 60 },
  );
  const clause = '欢迎有意向的企业踊跃报名参加。'.repeat(3_000);
  assert.equal(sharedPassages(clause, clause).sharedOfThis, 1);
});

test('script variants and look-alike letters do not hide a copy', () => {
  assert.deepEqual(
    fingerprints('境外企業求購無人機探測器和抑制器請有意向的會員單位'),
    fingerprints('境外企业求购无人机探测器和抑制器请有意向的会员单位'),
  );
});

test('short and unrelated texts say nothing', () => {
  assert.equal(judgeCopy(sharedPassages('无人机', '无人机'), MINIMUM), undefined);
  assert.equal(judgeCopy(sharedPassages('', '无人机探测器'), MINIMUM), undefined);
});
