import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { brokenUp, percent, visible } from './index.js';

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
