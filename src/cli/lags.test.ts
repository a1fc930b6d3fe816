import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lagWords } from './lags.js';

test('a lag says the least and the most it can be, and no more than is known', () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  const cases: [number, number, string][] = [
    [0, 0, '0'],
    [29 * minute, 31 * minute, '29–31 min'],
    [22.5 * hour - minute, 22.5 * hour + minute, '22–23 h'],
    [2 * hour, 2 * hour, '2 h'],
    [0, 2 * day, '0–48 h'],
    [2 * day, 4 * day, '2–4 d'],
    [-day, day, 'up to 24 h, or before'],
  ];
  for (const [leastMs, mostMs, words] of cases) assert.equal(lagWords({ leastMs, mostMs }), words);
});
