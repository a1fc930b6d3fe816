import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { brokenUp, percent, visible, wordsAround } from './index.js';

test('no text can hold a control or direction character once it is shown (property)', () => {
  assert.equal(visible('a\u202Egnp.exe\u0007\n\u200f'), 'a\\u202egnp.exe\\u0007\n\\u200f');
  assert.equal(visible('通知：Дрон'), '通知：Дрон');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(visible(text), /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u);
    }),
  );
});

test('an address is shown so that no program makes a link of it', () => {
  assert.equal(brokenUp('https://a.example/x'), 'https : //a.example/x');
  assert.equal(percent(0.957), '96 %');
});

test('what stands around a find begins and ends with whole words, and is cut anywhere where there are no blanks', () => {
  const text = 'A vanished notice of foreign buyers and of drone detectors';
  const start = text.indexOf('buyers');
  const span = { start, end: start + 6 };
  assert.deepEqual(wordsAround(text, span, [14, 10]), { before: 'of foreign ', after: ' and of' });
  assert.deepEqual(wordsAround(text, span, [100, 100]), { before: text.slice(0, start), after: text.slice(span.end) });
  assert.deepEqual(wordsAround('采购无人机探测器一批', { start: 2, end: 5 }, [1, 2]), { before: '购', after: '探测' });
  assert.deepEqual(wordsAround('x'.repeat(100), { start: 50, end: 51 }, [10, 10]), {
    before: 'x'.repeat(10),
    after: 'x'.repeat(10),
  });
});
