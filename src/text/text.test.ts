import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { needShared } from '../model/testing/shared.js';
import { fold, foldTable, onWordBoundaries, originalSpan, skeleton } from './index.js';

test('every pair of the field folds to the same or to different text, as it must', (t) => {
  const path = needShared(t, 'data/copies/fold-pairs.tsv');
  if (path === undefined) return;
  const unescape = (text: string): string =>
    text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  assert.ok(rows.length >= 40);
  for (const row of rows) {
    const [a = '', b = '', expect, why] = row.split('\t');
    assert.equal(fold(unescape(a)).text === fold(unescape(b)).text, expect === 'same', `${a} ${b}: ${why!}`);
  }
});

test('folding twice gives what folding once gave', () => {
  const table = foldTable();
  const wrong = [...table].filter((unit) => unit !== 0 && table[unit] !== unit);
  assert.deepEqual(wrong, []);
});

test('every folded span leads back to the original (property)', () => {
  const letters = fc.string({
    unit: fc.constantFrom('无', '人', '機', 'Ｂ', ' ', '\u200b', '🚁', '𠮷', 'й', '\u0306', 'З', 'x', '，', '𝐃'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(letters, (text) => {
      for (const folded of [fold(text), skeleton(text)]) {
        assert.equal(folded.pos.length, folded.text.length);
        for (let at = 1; at < folded.pos.length; at++) assert.ok(folded.pos[at]! > folded.pos[at - 1]!);
      }
      const folded = fold(text);
      if (folded.text.length > 0) {
        const { start, end } = originalSpan(text, folded, 0, folded.text.length);
        assert.equal(fold(text.slice(start, end)).text, folded.text);
      }
    }),
  );
});

test('short Chinese terms count only on word boundaries', () => {
  const at = (text: string, term: string): boolean =>
    onWordBoundaries(text, text.indexOf(term), text.indexOf(term) + term.length);
  assert.equal(at('职工提取住房公积金账户内存储余额', '内存'), false);
  assert.equal(at('干扰机电设备和通信信号系统', '干扰机'), false);
  assert.equal(at('建筑层数控制在三层以下', '数控'), false);
  assert.equal(at('采购无人机和探测器一批', '探测器'), true);
});
