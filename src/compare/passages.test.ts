import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isLittleLeft, judgeCopy } from './passages.js';

const judged = (
  shared: { ofThis: number; covered: number },
  { plain, covered, left, whole }: { plain: number; covered: number; left: number; whole: number },
): string | undefined =>
  judgeCopy(
    {
      ...{ sharedOfThis: shared.ofThis, sharedOfOther: 0, covered: shared.covered, longestChain: 40 },
      discounted: {
        ...{ sharedOfThis: plain, sharedOfOther: 0, covered },
        ...{ plainOfThis: left, plainOfOther: Infinity, wholeOfThis: whole, wholeOfOther: Infinity },
      },
    },
    { minimumShare: 0.5 },
  )?.ofThis;

describe('what formulae leave of a notice', () => {
  test('is little under 30 characters, and under 100 where that is less than a quarter of it', () => {
    assert.deepEqual(
      [
        [29, 40],
        [99, 1_000],
        [99, 300],
        [100, 1_000],
      ].map(([left, whole]) => isLittleLeft(left!, whole!)),
      [true, true, false, false],
    );
  });

  test('makes a copy where half of it stands in the other', () => {
    assert.equal(judged({ ofThis: 0.3, covered: 300 }, { plain: 0.6, covered: 200, left: 330, whole: 1_000 }), 'copy');
  });

  test('makes none where it is one sentence of a page of formulae, unless half of the page is there too', () => {
    const sentence = { plain: 0.7, covered: 45, left: 64, whole: 1_000 };
    assert.equal(judged({ ofThis: 0.05, covered: 45 }, sentence), 'shared-passage');
    assert.equal(judged({ ofThis: 0.6, covered: 600 }, sentence), 'copy');
  });

  test('may be nothing: the page is copied where nearly all of it is there', () => {
    const nothing = { plain: 0, covered: 0, left: 0, whole: 400 };
    assert.equal(judged({ ofThis: 0.95, covered: 380 }, nothing), 'copy');
    assert.equal(judged({ ofThis: 0.6, covered: 240 }, nothing), 'shared-passage');
  });
});
