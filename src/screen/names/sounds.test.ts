import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { edits, tableEdits } from './sounds.js';

test('letters of difference, a swap of neighbours being one', () => {
  for (const [a, b, count] of [
    ['trimix', 'trimix', 0],
    ['trimix', 'tirmix', 1],
    ['trimix', 'trymixx', 2],
    ['ab', '', 2],
    ['тримикс', 'трамикс', 1],
  ] as const)
    assert.equal(edits(a, b, 3), count, `${a} ${b}`);
  assert.equal(edits('trimix', 'bulat', 2), 3, 'one more than the most that is counted');
});

test('in bits as in a table, for words of any length and any most (property)', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 6 }), (a, b, most) => {
      if (Math.abs(a.length - b.length) > most) return edits(a, b, most) === most + 1;
      return edits(a, b, most) === tableEdits(a, b, most);
    }),
    { numRuns: 5_000 },
  );
});
