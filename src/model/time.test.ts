import assert from 'node:assert/strict';
import test from 'node:test';
import { isDay } from './time.js';

test('a day is one of the calendar', () => {
  for (const day of ['2024-02-29', '2024-05-22', '1999-12-31']) assert.equal(isDay(day), true, day);
  for (const text of [
    '2024-02-31',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-5-2',
    '22.05.2024',
    '',
    '2024-05-22T00:00',
  ])
    assert.equal(isDay(text), false, text);
});
