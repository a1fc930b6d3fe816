/** What the forms share: places, numbers, cells of several values, rows put together. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { AsPostedError } from '../../model/index.js';
import { plain } from '../history.js';
import { Collected } from './collect.js';
import { placeCode } from './places.js';
import { RowMaker } from './row.js';
import { manyOf } from './uk.js';
import { readXmlList } from './xml-list.js';
import { textAt } from './xml.js';

test('a word that every object knows is no country', () => {
  for (const word of ['constructor', '__proto__', 'toString', 'valueOf']) assert.equal(placeCode(word), null, word);
  assert.equal(placeCode('Russian Federation'), 'ru');
});

test('only a cell that begins with (1) is numbered', () => {
  assert.deepEqual(manyOf('(1) Panama (2) Gabon'), ['Panama', 'Gabon']);
  assert.deepEqual(manyOf('a|b | '), ['a', 'b']);
  assert.deepEqual(manyOf('12 (34) 56'), ['12 (34) 56']);
  assert.deepEqual(manyOf(''), []);
});

test('a reader that loses a record is refused: what it lost must not read as delisted', () => {
  const collected = new Collected('the list', 'csv');
  for (const id of ['1', '2']) {
    collected.met();
    collected.add(new RowMaker(id, 'Person').name(`Ivan ${id}`));
  }
  collected.met();
  assert.throws(() => collected.done(), /was not read whole: of 3 records 2 are accounted for/);
});

test('the first word of a file on its own day counts', () => {
  const text = '<list><day>2024-01-01</day><entry><id>1</id></entry><day>2024-01-02</day></list>';
  const options = { file: 'the list', limits: { record: 1_000 }, root: 'list', records: ['entry'] };
  const { publishedAt, form } = readXmlList(Buffer.from(text), {
    ...options,
    add: (node, collected) => {
      collected.add(new RowMaker(textAt(node, 'id'), 'Person').name('Ivan'));
    },
    facts: (name, day) => (name === 'day' ? { publishedAt: day } : undefined),
  });
  assert.deepEqual([publishedAt, form], ['2024-01-01', 'xml']);
  assert.throws(
    () => readXmlList(Buffer.from('<other/>'), { ...options, add: () => undefined }),
    (thrown: unknown) => thrown instanceof AsPostedError && /root other/.test(thrown.message),
  );
});

test('a packed bomb is refused when it is larger than all lists, in one sentence', () => {
  const piece = gzipSync(Buffer.alloc(10_000_000));
  const bomb = Buffer.concat(Array.from({ length: 41 }, () => piece));
  assert.ok(bomb.length < 500_000, 'small outside');
  assert.throws(
    () => plain(bomb),
    (thrown: unknown) =>
      thrown instanceof AsPostedError && thrown.code === 'BAD_LIST' && /unpack to more than/.test(thrown.message),
  );
});
