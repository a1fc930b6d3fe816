import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reading } from '../model/index.js';
import { compareReadings } from './diff.js';

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
  const salient = (text: string): string[] => (text.includes('俄罗斯') ? ['place'] : []);
  const before = reading({ text: '俄罗斯企业求购设备。欢迎报名。' });
  const after = reading({ text: '境外企业求购设备。欢迎踊跃报名。' });
  const changes = compareReadings(before, after, salient);
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
