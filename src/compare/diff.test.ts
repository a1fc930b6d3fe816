import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reading } from '../model/index.js';
import { type Salience, compareReadings } from './diff.js';

function reading(over: Partial<Reading>): Reading {
  return {
    reader: 'test',
    verdict: { class: 'live', rule: 'test' },
    identity: { key: 'url:x' },
    charset: { name: 'utf-8', reason: 'test' },
    language: 'zh',
    title: '通知',
    text: '通知\n各会员单位：\n境外企业求购无人机探测器30台。请于五月底前联系。',
    links: { attachments: [], images: [] },
    fields: {},
    problems: [],
    ...over,
  };
}

test('nothing changed is nothing, whatever the spaces', () => {
  assert.deepEqual(
    compareReadings(
      reading({}),
      reading({ text: '各会员单位： \n境外企业求购无人机探测器30台。\n请于五月底前联系。' }),
    ),
    [],
  );
});

test('a changed number is one change with its words, and the title is told once', () => {
  const after = reading({
    title: '补充通知',
    text: '补充通知\n各会员单位：\n境外企业求购无人机探测器50台。请于五月底前联系。',
  });
  const changes = compareReadings(reading({}), after);
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ['title', 'text'],
  );
  const text = changes[1]!;
  assert.equal(text.before, '境外企业求购无人机探测器30台。');
  assert.deepEqual(
    text.edits.filter(({ op }) => op !== 'keep'),
    [
      { op: 'remove', text: '30' },
      { op: 'add', text: '50' },
    ],
  );
});

test('a country edited out weighs more than a rephrased closing', () => {
  const salient: Salience = (text) => (text.includes('俄罗斯') ? [{ kind: 'place', id: 'ru' }] : []);
  const before = reading({ text: '俄罗斯企业求购设备。欢迎报名。' });
  const after = reading({ text: '境外企业求购设备。欢迎踊跃报名。' });
  const changes = compareReadings(before, after, { salient });
  assert.ok(changes.length >= 1);
  assert.ok(changes[0]!.before.includes('俄罗斯'));
  assert.ok(changes[0]!.severity >= 80);
});

test('attachments, images, accounts and technical facts are told apart', () => {
  const after = reading({
    links: { attachments: [{ url: 'https://a/b.pdf', name: '附件' }], images: ['https://a/1.png'] },
    account: { name: '云浮市贸促会' },
    verdict: { class: 'live', rule: 'other' },
  });
  assert.deepEqual(
    compareReadings(reading({}), after)
      .map(({ kind }) => kind)
      .sort(),
    ['account', 'attachment', 'image', 'technical'],
  );
});

test('one country for another comes before all, where a longer change names nothing', () => {
  const names: Record<string, string> = { 俄罗斯: 'ru', 哈萨克斯坦: 'kz' };
  const salient: Salience = (text) =>
    Object.entries(names).flatMap(([name, id]) => (text.includes(name) ? [{ kind: 'place', id }] : []));
  const before = reading({ text: '俄罗斯企业求购设备。欢迎各有关单位报名，名额有限。' });
  const after = reading({ text: '哈萨克斯坦企业求购设备。报名已经截止，感谢各单位的关心与支持，有事请电话联系。' });
  const [first] = compareReadings(before, after, { salient });
  assert.deepEqual(first!.severity, 85);
  const words = first!.edits.filter(({ op }) => op !== 'keep').map(({ text }) => text);
  assert.ok(words.includes('俄罗斯') && words.includes('哈萨克斯坦'), 'whole words');
});

test('numbers that count by themselves are no change; the same numbers elsewhere are', () => {
  const counting = new Set(['浏览次数：#次。']);
  const before = reading({ text: '求购探测器30台。浏览次数：128次。' });
  assert.deepEqual(compareReadings(before, reading({ text: '求购探测器30台。浏览次数：131次。' }), { counting }), []);
  assert.equal(compareReadings(before, reading({ text: '求购探测器50台。浏览次数：131次。' }), { counting }).length, 1);
  assert.equal(
    compareReadings(before, reading({ text: '求购探测器30台。浏览次数已经不再公布。' }), { counting }).length,
    1,
  );
});
