import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CopyRelation, NoticeId, Passage, Presence } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { fold } from '../text/index.js';
import { type Alteration, type Named, alterationsBetween } from './alterations.js';
import { type Posting, lineageOf } from './lineage.js';
import { sharedPassages } from './passages.js';
import { orderOf, publishedMoment } from './posting-time.js';
import { sourcePairs } from './source-pairs.js';

const id = (name: string): NoticeId => `N-${name}` as NoticeId;
const HOUR = 3_600_000;

function posting(name: string, published?: string, of: Partial<Posting> = {}): Posting {
  const seen = { source: name, firstSeen: '2024-06-01T00:00:00.000Z', presence: 'standing' as Presence };
  return { notice: id(name), ...seen, ...(published !== undefined && { published }), ...of };
}

function relation(notice: string, other: string, of: Partial<CopyRelation> = {}): CopyRelation {
  const shares = { sharedOfThis: 1, sharedOfOther: 1, passages: [], firstWords: { ofThis: '', ofOther: '' } };
  return { relation: 'copy', relationOfOther: 'copy', notice: id(notice), other: id(other), ...shares, ...of };
}

const between = (a: string, b: string, mentions: { a?: Named[]; b?: Named[] } = {}): Alteration[] => {
  const side = (text: string, named: Named[] | undefined): { text: string; mentions?: Named[] } => ({
    text,
    ...(named && { mentions: named }),
  });
  return alterationsBetween(side(a, mentions.a), side(b, mentions.b), sharedPassages(a, b).passages);
};

test('a day holds all its hours, a minute all its seconds, and what is no time is unknown', () => {
  const moment = (published?: string): ReturnType<typeof publishedMoment> => publishedMoment(posting('x', published));
  const order = (a?: string, b?: string): string => orderOf(moment(a), moment(b));
  assert.equal(order('2024-05-22T00:00:00+08:00', '2024-05-22T10:30:00+08:00'), 'same');
  assert.equal(order('2024-05-21T00:00:00+08:00', '2024-05-22T10:30:00+08:00'), 'before');
  assert.equal(order('2024-05-22T10:30:00+08:00', '2024-05-22T05:29:00+03:00'), 'after');
  assert.equal(order('2024-05-22T10:30:00+08:00', undefined), 'unknown');
  assert.equal(order('no time', '2024-05-22T10:30:00+08:00'), 'unknown');
});

test('copies in the order of what the pages claim, with what we saw beside it', () => {
  const postings = [
    posting('city', '2024-05-23T09:00:00+08:00', { firstSeen: '2024-05-23T02:00:00.000Z' }),
    posting('orig', '2024-05-22T10:30:00+08:00', {
      firstSeen: '2024-05-24T00:00:00.000Z',
      presence: 'removed',
      removedAt: '2024-05-25T00:00:00.000Z',
    }),
    posting('down', '2024-05-24T09:00:00+08:00', { presence: 'unreachable' }),
    posting('stranger', '2020-01-01T09:00:00+08:00'),
  ];
  const relations = [relation('orig', 'city'), relation('orig', 'down', { relation: 'shared-passage' })];
  const { entries, first, standing } = lineageOf(id('orig'), { postings, relations });
  assert.deepEqual(entries.map(({ notice }) => notice), [id('orig'), id('city'), id('down')]); // prettier-ignore
  assert.deepEqual(entries.map(({ stands }) => stands), ['no', 'yes', 'unknown']); // prettier-ignore
  assert.deepEqual(first, { byPublished: [id('orig')], bySeen: [id('city')], agree: 'no', undated: [] });
  assert.deepEqual(standing, [id('city')]);
  assert.deepEqual(entries[0]!.publishedLag, { leastMs: 0, mostMs: 0 });
  const lag = entries[1]!.publishedLag!;
  assert.ok(lag.leastMs <= 22.5 * HOUR && lag.mostMs >= 22.5 * HOUR && lag.mostMs - lag.leastMs <= HOUR);
  assert.equal(entries[0]!.seenLagMs, 22 * HOUR);
  assert.equal(entries[0]!.relation, undefined);
  assert.equal(entries[2]!.relation, 'shared-passage');
});

test('what is not known is not guessed', () => {
  const undated = lineageOf(id('a'), {
    postings: [posting('a'), posting('b', '2024-05-22T10:30:00+08:00')],
    relations: [relation('a', 'b')],
  });
  assert.equal(undated.first.agree, 'unknown');
  assert.deepEqual(undated.first.undated, [id('a')]);
  assert.deepEqual(undated.first.byPublished, [id('b')]);
  assert.equal(undated.entries.at(-1)!.notice, id('a'));
  assert.equal(undated.entries.at(-1)!.publishedLag, undefined);
  const none = lineageOf(id('a'), { postings: [posting('a'), posting('b')], relations: [relation('a', 'b')] });
  assert.deepEqual(none.first, { byPublished: [], bySeen: [id('a'), id('b')], agree: 'unknown', undated: [id('a'), id('b')] }); // prettier-ignore
  const oneDay = lineageOf(id('a'), {
    postings: [posting('a', '2024-05-22T00:00:00+08:00'), posting('b', '2024-05-22T10:30:00+08:00')],
    relations: [relation('a', 'b')],
  });
  assert.deepEqual(oneDay.first.byPublished, [id('a'), id('b')]);
  const alone = lineageOf(id('a'), { postings: [posting('a')], relations: [] });
  assert.equal(alone.entries.length, 1);
  assert.deepEqual(lineageOf(id('a'), { postings: [], relations: [] }).entries, []);
});

test('a page that claims a later time than it was seen at is told as such', () => {
  const { entries } = lineageOf(id('a'), {
    postings: [posting('a', '2024-06-03T10:00:00+08:00'), posting('b', '2024-05-22T10:30:00+08:00')],
    relations: [relation('a', 'b')],
  });
  assert.deepEqual(entries.map(({ claimsLaterThanSeen }) => claimsLaterThanSeen), [false, true]); // prettier-ignore
});

const NOTICE = '我会近日收到来函，称当地企业拟采购一批低空安防设备，希望寻找有供货能力的生产厂家。';
const REST = '报名企业请填写供货能力登记表，附营业执照复印件、产品说明书和第三方检测报告后报送。';

test('a changed date, number and foreign name are told from the gaps, in both originals', () => {
  const a = `${NOTICE}请于6月7日前报名，约30台，参考型号为Halden，${REST}`;
  const b = `${NOTICE}请于6月5日前报名，约50台，参考型号为Orwell，${REST}`;
  const changes = between(a, b);
  assert.deepEqual(changes.map(({ what }) => what), ['name', 'date', 'number']); // prettier-ignore
  const said = changes.flatMap(({ named }) => named.map(({ before, after }) => [before?.text, after?.text]));
  assert.deepEqual(said, [['Halden', 'Orwell'], ['6月7日', '6月5日'], ['30', '50']]); // prettier-ignore
  for (const { named } of changes)
    for (const { before, after } of named) {
      assert.equal(a.slice(before!.start, before!.end), before!.text);
      assert.equal(b.slice(after!.start, after!.end), after!.text);
    }
});

test('mentions that were handed in name what was changed: another country, a telephone left out', () => {
  const a = `${NOTICE}货物运往吉尔吉斯斯坦口岸仓库，联系电话13800001111，${REST}`;
  const b = `${NOTICE}货物运往境外口岸仓库，${REST}`;
  const named = (text: string, kind: string, word: string): Named => {
    const start = text.indexOf(word);
    return { kind, id: word, text: word, start, end: start + word.length };
  };
  const place = named(a, 'place', '吉尔吉斯斯坦');
  const phone = named(a, 'phone', '13800001111');
  const changes = between(a, b, { a: [phone, place], b: [] });
  assert.deepEqual(changes.map(({ what }) => what), ['contact', 'place']); // prettier-ignore
  assert.deepEqual(changes[0]!.named, [{ what: 'contact', before: phone }]);
  assert.deepEqual(changes[0]!.after!.text.length < 2, true);
  assert.deepEqual(changes[1]!.named[0]!.before, place);
  assert.equal(changes[1]!.after!.text, '境外');
});

test('what stands on both sides, and marks, are no change', () => {
  assert.deepEqual(between(`${NOTICE}${REST}`, `${NOTICE}\n　${REST.replaceAll('，', ', ')}`), []);
  assert.deepEqual(between(`${NOTICE}${REST}`, `${NOTICE.replace('设备', '設備')}${REST}`), []);
  assert.deepEqual(between(NOTICE, '完全不同的一段文字，没有任何相同之处。'), []);
});

test('turned round passages: a gap whose place is not known has one side only', () => {
  const middle = '交货地点为口岸仓库，运输方式由供货方建议，报价请分别列明出厂价和到岸价格。';
  const a = `${NOTICE}甲乙丙丁戊己庚。${middle}${REST}`;
  const b = `${REST}${NOTICE}子丑寅卯辰巳午。${middle}`;
  const changes = between(a, b);
  const inside = changes.filter(({ at }) => at === 'inside');
  const [gone] = inside.filter(({ before }) => before?.text.includes('甲乙丙丁'));
  assert.ok(gone!.after!.text.includes('子丑寅卯'), 'between the same two passages on both sides');
  fc.assert(
    fc.property(fc.shuffledSubarray([NOTICE, middle, REST, '甲乙丙丁戊己庚。'], { minLength: 1 }), (parts) => {
      const text = parts.join('');
      for (const { before, after } of between(a, text)) {
        if (before) assert.equal(a.slice(before.start, before.end), before.text);
        if (after) assert.equal(text.slice(after.start, after.end), after.text);
      }
    }),
  );
});

test('any passages, however they overlap, give spans of the texts and no more', () => {
  const end = fc.nat(60);
  const passage = fc
    .tuple(end, end, end, end)
    .map(([a, b, c, d]): Passage => ({ thisStart: Math.min(a, b), thisEnd: Math.max(a, b), otherStart: Math.min(c, d), otherEnd: Math.max(c, d) })); // prettier-ignore
  fc.assert(
    fc.property(fc.array(passage, { maxLength: 8 }), (passages) => {
      const [a, b] = [`${NOTICE}${REST}`.slice(0, 60), `${REST}${NOTICE}`.slice(0, 60)];
      for (const { before, after } of alterationsBetween({ text: a }, { text: b }, passages))
        for (const side of [before, after]) assert.ok(!side || (side.start >= 0 && side.start <= side.end && side.end <= 60)); // prettier-ignore
    }),
  );
});

test('the story: the city association changed its own name, the day and where to send it', (t) => {
  const file = needShared(t, 'data/copies/story/notices.jsonl');
  if (file === undefined) return;
  const texts = new Map(
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; text: string })
      .map(({ id: name, text }) => [id(name), text]),
  );
  const { passages } = sharedPassages(texts.get(id('city'))!, texts.get(id('orig'))!);
  const { entries, first } = lineageOf(id('city'), {
    postings: [posting('city', '2023-05-23T00:00:00+08:00'), posting('orig', '2023-05-22T00:00:00+08:00')],
    relations: [relation('city', 'orig', { passages })],
    sideOf: (notice) => ({ text: texts.get(notice)! }),
  });
  assert.deepEqual(first.byPublished, [id('orig')]);
  const { from, to, order, changes } = entries.find(({ altered }) => altered)!.altered!;
  assert.deepEqual([from, to, order], [id('orig'), id('city'), 'before']);
  const dates = changes.flatMap(({ named }) => named).filter(({ what }) => what === 'date');
  assert.ok(dates.some(({ before, after }) => before?.text === '6月7日' && after?.text === '6月5日'));
  assert.ok(changes.some(({ after }) => after?.text.includes('云桥市工业协会')));
  assert.ok(!changes.some(({ before }) => before?.text.includes('便携式无人机探测器')));
  for (const { before, after } of changes)
    assert.notEqual(fold(before?.text ?? '').text, fold(after?.text ?? '').text); // prettier-ignore
});

test('pairs of sources: who posts after whom, how often, how much later', () => {
  const postings: Posting[] = [];
  const relations: CopyRelation[] = [];
  for (let day = 1; day <= 8; day++) {
    const at = (hour: number): string =>
      `2024-0${day <= 4 ? 4 : 5}-0${day}T${String(hour).padStart(2, '0')}:15:00+08:00`;
    postings.push(posting(`p${day}`, at(9), { source: 'province' }), posting(`c${day}`, at(day === 8 ? 7 : 9 + day), { source: 'city' })); // prettier-ignore
    relations.push(relation(`p${day}`, `c${day}`), relation(`c${day}`, `p${day}`));
  }
  postings.push(posting('own', '2024-05-20T10:15:00+08:00', { source: 'city' }), posting('x', undefined, { source: 'city' })); // prettier-ignore
  postings.push(posting('day', '2024-05-01T00:00:00+08:00', { source: 'city' }));
  postings.push(posting('pday', '2024-05-01T10:15:00+08:00', { source: 'province' }));
  relations.push(relation('x', 'p1'), relation('day', 'pday'));
  relations.push(relation('own', 'p2', { relation: 'shared-passage', relationOfOther: 'shared-passage' }));
  relations.push(relation('p1', 'p2'), relation('p1', 'nowhere'));
  const [pair, ...others] = sourcePairs(postings, relations);
  assert.deepEqual(others, []);
  assert.deepEqual([pair!.a, pair!.b], ['city', 'province']);
  assert.equal(pair!.aAfterB.notices, 7);
  assert.equal(pair!.aAfterB.medianLagMs, 4 * HOUR);
  assert.ok(Math.abs(pair!.aAfterB.share - 7 / 11) < 1e-9);
  assert.deepEqual(pair!.aAfterB.months, [{ month: '2024-04', notices: 4 }, { month: '2024-05', notices: 3 }]); // prettier-ignore
  assert.equal(pair!.bAfterA.notices, 1);
  assert.equal(pair!.bAfterA.medianLagMs, 2 * HOUR);
  assert.equal(pair!.sameTime, 1);
  assert.equal(pair!.unknown, 1);
});

test('pairs of sources: each later notice counts once, against the nearest before it', () => {
  const postings = [
    posting('a1', '2024-05-01T10:15:00+08:00', { source: 'a' }),
    posting('a2', '2024-05-02T10:15:00+08:00', { source: 'a' }),
    posting('b1', '2024-05-02T11:15:00+08:00', { source: 'b' }),
  ];
  const [pair] = sourcePairs(postings, [relation('a1', 'b1'), relation('a2', 'b1')]);
  assert.deepEqual(pair!.bAfterA, { notices: 1, share: 1, medianLagMs: HOUR, months: [{ month: '2024-05', notices: 1 }] }); // prettier-ignore
  assert.deepEqual(pair!.aAfterB, { notices: 0, share: 0, medianLagMs: undefined, months: [] });
});
