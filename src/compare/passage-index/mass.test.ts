import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EditKind } from '../testing/corpus.js';
import { makeRandom } from '../testing/corpus.js';
import { type Shelf, corpus, makeShelf, original, withBackground } from './testing/shelf.js';

const COPIES = 120;
const BACKGROUND = 300;

function massOf(kinds: readonly EditKind[]): { shelf: Shelf; copies: number[]; first: number } {
  const shelf = withBackground(makeShelf(), BACKGROUND);
  const first = shelf.add(original.text);
  const copies = corpus.mass(original, kinds, COPIES).map(({ text }) => shelf.add(text));
  return { shelf, copies, first };
}

/** All that the answer names, reference by reference. */
function namedBy(shelf: Shelf, text: string, throughBoilerplate = false): Set<number> {
  const { found } = shelf.ask(text, { limit: 1_000, throughBoilerplate });
  return new Set(found.map(({ document }) => document));
}

describe('a notice that was copied everywhere: every copy is found', () => {
  const rows: [string, EditKind[]][] = [
    ['with 2 % edits each', ['edit2']],
    ['with 10 %', ['edit10']],
    ['with 15 %', ['edit15']],
    ['with 30 %', ['edit30']],
    [
      'in ten different manners',
      ['exact', 'edit5', 'scatter5', 'trad', 'tradTW', 'fullwidth', 'obfusc', 'reorder', 'tablecut', 'punct_edit10'],
    ],
  ];
  for (const [what, kinds] of rows)
    test(what, () => {
      const { shelf, copies, first } = massOf(kinds);
      const named = namedBy(shelf, original.text, false);
      assert.deepEqual(
        copies.filter((copy) => !named.has(copy)),
        [],
      );
      assert.ok(named.has(first));
      const { found } = shelf.ask(original.text, { limit: 1_000 });
      for (const { document, relation } of found) if (copies.includes(document)) assert.equal(relation.ofThis, 'copy');
    });
});

describe('a passage that was quoted everywhere: every page is found', () => {
  for (const [what, kind] of [
    ['half of the notice', 'excerpt50'],
    ['a quarter', 'excerpt25'],
    ['120 characters', 'excerpt120c'],
  ] as const)
    test(what, () => {
      const { shelf, copies } = massOf([kind]);
      const named = namedBy(shelf, original.text, true);
      const missed = copies.filter((copy) => !named.has(copy));
      assert.deepEqual(missed, [], `${missed.length} of ${COPIES}`);
    });
});

test('any 60 characters of it lead to it', () => {
  const { shelf, first } = massOf(['edit2']);
  for (let at = 0; at + 60 <= original.text.length; at += 60) {
    const named = namedBy(shelf, original.text.slice(at, at + 60), true);
    assert.ok(named.has(first), String(at));
    assert.ok(named.size > COPIES * 0.7, `${named.size} copies hold most of it`);
  }
});

test('sixty characters of its own lead to the one copy that has them', () => {
  const { shelf } = massOf(['edit2']);
  for (let id = 0; id < 20; id++) {
    const { text, own } = corpus.appendix(original, 60, makeRandom(3, id));
    const copy = shelf.add(text);
    assert.ok(namedBy(shelf, text.slice(own.start, own.end), true).has(copy), String(id));
  }
});
