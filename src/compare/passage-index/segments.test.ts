import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeRandom } from '../testing/corpus.js';
import { type Segment, mergeFound, openSegment } from './index.js';
import { PlacingRoom, keyTable, keysOf, placeAll, sortedOrder } from './key-table.js';
import { mergeSegments } from './segment.js';
import { type Shelf, corpus, makeShelf } from './testing/shelf.js';

const TEXTS = (() => {
  const texts: string[] = [];
  const random = makeRandom(17);
  for (let id = 0; id < 160; id++) {
    const notice = corpus.notice(id % 40);
    texts.push(id < 40 ? notice.text : corpus.plant(id % 3 ? 'edit10' : 'excerpt25', notice, random).text);
  }
  return texts;
})();
const SMALL = { postings: 2_000, documents: 1_000 };

function filled(texts: readonly string[], freezeAfter = SMALL): Shelf {
  const shelf = makeShelf({ freezeAfter });
  for (const [at, text] of texts.entries()) shelf.add(text, { source: at % 50 });
  return shelf;
}

const bytesOf = ({ bytes }: Segment): Buffer => Buffer.from(bytes);
const answersOf = (shelf: Shelf): unknown[] => TEXTS.map((text, at) => shelf.ask(text, { group: at, limit: 50 }));

test('rows are found under their keys, however few bits the directory has', () => {
  const keys = fc.array(fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 0xffffffff })), { maxLength: 300 });
  fc.assert(
    fc.property(keys, fc.nat(0xffffffff), (list, absent) => {
      const unsorted = Uint32Array.from(list);
      const sorted = sortedOrder(unsorted).map((row) => unsorted[row]!);
      assert.deepEqual(sorted, Uint32Array.from(unsorted).sort());
      const table = keyTable(sorted);
      assert.deepEqual(keysOf(table), sorted);
      const asked = Uint32Array.from([...list, absent]);
      const rows = new Uint32Array(2 * asked.length);
      const all = { keys: asked, count: asked.length, most: 1_000, room: new PlacingRoom() };
      placeAll(table, all, { rows, from: 0, step: 2 });
      for (const [at, key] of asked.entries()) {
        const first = sorted.indexOf(key);
        const expected = first < 0 ? [0, 0] : [first, sorted.lastIndexOf(key) + 1];
        assert.deepEqual([...rows.subarray(2 * at, 2 * at + 2)], expected);
      }
    }),
  );
});

test('the same inserts in the same order give the same bytes', () => {
  const [one, other] = [filled(TEXTS), filled(TEXTS)];
  const [here, there] = [one.index.freeze(), other.index.freeze()];
  assert.ok(here.length > 1);
  assert.deepEqual(here.map(bytesOf), there.map(bytesOf));
});

test('an index opened from its segments answers as the one that made them, and so do all segments in one', () => {
  const shelf = filled(TEXTS);
  const answers = answersOf(shelf);
  const segments = shelf.index.freeze();
  assert.deepEqual(answersOf(shelf), answers, 'frozen');
  const copies = segments.map((segment) => openSegment(new Uint8Array(bytesOf(segment)).buffer)!);
  const opened = makeShelf({ segments: copies }, shelf.texts);
  assert.equal(opened.index.documents, TEXTS.length);
  assert.deepEqual(answersOf(opened), answers, 'opened');
  const one = makeShelf({ segments: [mergeSegments(segments)] }, shelf.texts);
  assert.deepEqual(answersOf(one), answers, 'merged');
  shelf.index.compact();
  assert.equal(shelf.index.segments.length, 1);
  assert.deepEqual(answersOf(shelf), answers, 'compacted');
});

test('when a freeze comes and what is merged changes no answer, and no later insert', () => {
  const whole = filled(TEXTS, { postings: 1e9, documents: 1e9 });
  const expected = answersOf(whole);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.boolean(), (documents, isReopened) => {
      let shelf = makeShelf({ freezeAfter: { postings: 1e9, documents } });
      for (const [at, text] of TEXTS.entries()) {
        if (isReopened && at === 100) {
          const segments = shelf.index.freeze();
          shelf = makeShelf({ segments, freezeAfter: { postings: 1e9, documents } }, shelf.texts);
        }
        shelf.add(text, { source: at % 50 });
      }
      assert.deepEqual(answersOf(shelf), expected);
    }),
    { numRuns: 6 },
  );
});

test('bytes of another version, cut or changed ones are not opened', () => {
  const bytes = bytesOf(filled(TEXTS.slice(0, 20)).index.freeze()[0]!);
  const open = (changed: Buffer): Segment | undefined => openSegment(new Uint8Array(changed).buffer);
  assert.ok(open(bytes));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = Buffer.from(bytes);
      changed[at]! ^= by;
      assert.equal(open(changed), undefined);
    }),
  );
  for (const length of [0, 3, 8, 40, bytes.length - 8, bytes.length - 1])
    assert.equal(open(bytes.subarray(0, length)), undefined, String(length));
  assert.equal(open(Buffer.concat([bytes, Buffer.alloc(8)])), undefined);
  const later = Buffer.from(bytes.toString('latin1').replace('"fold":', '"fOld":'), 'latin1');
  assert.equal(open(later), undefined);
});

test('answers of two indexes over different documents are put together', () => {
  const [even, odd] = [0, 1].map((rest) => filled(TEXTS.filter((_, at) => at % 2 === rest)));
  const text = TEXTS[7]!;
  const [here, there] = [even!, odd!].map((shelf, rest) =>
    shelf.ask(text).found.map((each) => ({ ...each, document: each.document * 2 + rest })),
  );
  const both = mergeFound([here!, there!], 10);
  assert.ok(both.length > 0 && both.length <= 10);
  assert.equal(both[0]!.document, 7);
  const copies = both.map(({ relation }) => relation.ofThis === 'copy');
  assert.deepEqual(copies, [...copies].sort().reverse());
});
