import assert from 'node:assert/strict';
import test from 'node:test';
import { packPart, unpackPart } from './part-store.js';
import { partsOf } from './parts.js';

const NAMES = [
  'ООО «3МХ» Tехно',
  '深圳金星光电科技有限公司',
  '王小明',
  'Десятый Подшипниковый Завод им. Н.Н. Петрова',
  'Сергей Иванович Петров',
  'أسامة الكوني ابراهيم',
  'K. Ludwig-Wolf, 15 GmbH',
  'Ναυτιλιακή 東京',
  'НИИ Прибой No. 7, Namibia',
];

test('a word is read back as it was: every field, for words of every kind and script', () => {
  const parts = NAMES.flatMap((name) => [true, false].flatMap((person) => partsOf(name, { person }).parts));
  assert.ok(new Set(parts.map(({ class: kind }) => kind)).size >= 6, 'of most classes');
  assert.ok(new Set(parts.map(({ script }) => script)).size === 5, 'of all scripts');
  for (const part of parts) {
    const read = unpackPart(packPart(part), 7);
    assert.deepEqual(read, { ...part, word: 7 });
    assert.deepEqual(Object.keys(read).sort(), Object.keys(part).sort(), 'of one shape');
  }
});
