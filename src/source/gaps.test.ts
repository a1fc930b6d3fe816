import assert from 'node:assert/strict';
import test from 'node:test';
import { listKey, missingBetween } from './gaps.js';

const list = (...ids: number[]): { url: string }[] =>
  ids.map((id) => ({ url: `http://www.a.gov.cn/content/post_${id}.html` }));
const gone = (before: number[], now: number[]): number[] =>
  missingBetween(list(...before), list(...now)).map(({ url }) => Number(/post_(\d+)/.exec(url)![1]));

test('gone from between newer and older ones is missing; off the edge is nothing', () => {
  assert.deepEqual(gone([9, 8, 7, 6], [9, 7, 6]), [8]);
  assert.deepEqual(gone([9, 8, 7, 6], [11, 10, 9, 8]), [], 'rolled off');
  assert.deepEqual(gone([9, 8, 7, 6], [8, 7, 6]), [], 'the newest has no newer neighbour');
  assert.deepEqual(gone([9, 8, 7, 6], []), []);
  assert.deepEqual(gone([9, 8, 7, 6], [20, 19, 18]), [], 'another list altogether');
  assert.deepEqual(gone([], [9, 8]), []);
  assert.deepEqual(gone([9, 8, 7, 6, 5], [10, 9, 5]), [8, 7, 6]);
});

test('an old notice pinned to the top makes nothing missing', () => {
  const years = Array.from({ length: 100 }, (_, n) => 200 - n);
  assert.deepEqual(gone([...years, 3], [3, 202, 201, ...years.slice(0, 18)]), []);
  assert.deepEqual(gone([...years, 3], [3, 202, 201, 200, 198, 197]), [199], 'and hides nothing');
});

test('one item under several addresses is one', () => {
  const same = [
    'http://www.a.gov.cn/x/index.html',
    'https://a.gov.cn/x/',
    'https://a.gov.cn/x/index.shtml;jsessionid=1F',
    `https://a.gov.cn/WZWSRE${Buffer.from('/x/index.html').toString('base64')}`,
  ];
  assert.deepEqual([...new Set(same.map(listKey))], ['a.gov.cn/x/']);
  assert.notEqual(listKey('https://a.gov.cn/x/?id=1'), listKey('https://a.gov.cn/x/?id=2'));
});
