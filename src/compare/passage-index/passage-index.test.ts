import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kernel } from '../kernel/index.js';
import { EDIT_KINDS, KINDS, makeRandom, suits } from '../testing/corpus.js';
import { corpus, makeShelf, original, withBackground } from './testing/shelf.js';

describe('copies of every kind among other notices', () => {
  const shelf = withBackground(makeShelf(), 500);
  const russian = corpus.notice(4, { language: 'ru', stream: 9, quote: false });
  for (const kind of EDIT_KINDS)
    test(kind, () => {
      for (const notice of [original, russian]) {
        if (!suits(kind, notice.language)) continue;
        const copy = shelf.add(corpus.plant(kind, notice, makeRandom(41)).text);
        const there = shelf
          .ask(notice.text, { limit: 200, throughBoilerplate: true })
          .found.find(({ document }) => document === copy);
        if (kind === 'scatter20' && notice === russian) continue;
        assert.ok(there, notice.language);
        if (KINDS[kind].label === 'copy') assert.equal(there.relation.ofThis, 'copy');
        const [here, other] = [kernel().sketch(notice.text).units, shelf.texts[copy]!.units];
        for (let run = 0; run < there.runs.length; run += 3) {
          const [a, b, length] = there.runs.subarray(run, run + 3) as unknown as [number, number, number];
          assert.deepEqual(here.slice(a, a + length), other.slice(b, b + length), 'runs are equal text');
        }
      }
    });
});

test('what is held already is said on insert, and only what is new is indexed', () => {
  const shelf = withBackground(makeShelf(), 50);
  const first = shelf.add(original.text);
  const whole = shelf.last();
  assert.ok(whole.postings > 50);
  shelf.add(corpus.plant('edit5', original, makeRandom(1)).text);
  const { found, references, postings } = shelf.last();
  assert.equal(found[0]!.document, first);
  assert.deepEqual(found[0]!.relation, { ofThis: 'copy', ofOther: 'copy' });
  assert.ok(references >= 1);
  assert.ok(postings < whole.postings / 2, `${postings} of ${whole.postings}`);
  shelf.add(original.text);
  assert.equal(shelf.last().postings, 0);
  assert.equal(shelf.last().found[0]!.isSameText, true);
});

test('what was put together of two notices is found as a whole, though it holds no passage of its own', () => {
  const shelf = makeShelf();
  const [a, b] = [1, 2].map((id) => corpus.notice(id, { language: 'zh', stream: 9, quote: false }).text);
  shelf.add(a!);
  shelf.add(b!);
  const digest = shelf.add(`${a!}\n${b!}`);
  shelf.add(`${a!}\n${b!}`);
  assert.equal(shelf.last().found[0]!.document, digest);
  assert.equal(shelf.last().found[0]!.isSameText, true);
  assert.notEqual(shelf.last().found[0]!.via, undefined);
});

test('a revision is no copy of its own notice, and leads to those of the others', () => {
  const shelf = makeShelf();
  const first = shelf.add(original.text, { source: 1, group: 1 });
  const copy = shelf.add(corpus.plant('edit2', original, makeRandom(1)).text, { source: 2, group: 2 });
  const revised = corpus.plant('edit10', original, makeRandom(2)).text;
  shelf.add(revised, { source: 1, group: 1 });
  const found = shelf.last().found.map(({ document }) => document);
  assert.ok(!found.includes(first));
  const { found: asked } = shelf.ask(revised, { group: 1 });
  assert.deepEqual(
    asked.map(({ document }) => document),
    [copy],
  );
});

test('documents are inserted in order', () => {
  const { index, texts, add } = makeShelf();
  add(original.text);
  assert.throws(
    () => index.insert({ document: 3, source: 0, group: 3, sketch: texts[0]! }),
    /document 3 is not the next one, 1/,
  );
});

describe('what is removed', () => {
  for (const frozen of [false, true])
    test(`is never found again, and those found through it still are${frozen ? ', from segments too' : ''}`, () => {
      const shelf = withBackground(makeShelf({ freezeAfter: { postings: 1e9, documents: frozen ? 60 : 1e9 } }), 100);
      const kinds = ['edit2', 'edit15', 'excerpt50', 'trad', 'reorder'] as const;
      const first = shelf.add(original.text);
      const copies = corpus.mass(original, kinds, 40).map(({ text }) => shelf.add(text));
      const isNamed = (document: number, asked: string): boolean =>
        shelf.ask(asked, { limit: 500, throughBoilerplate: true }).found.some((each) => each.document === document);
      // One after the other, so that those who take the place of the removed are removed as well.
      for (const [at, gone] of [first, ...copies].entries()) {
        shelf.index.remove(gone);
        shelf.index.remove(gone);
        if (at % 8) continue;
        assert.ok(!isNamed(gone, original.text));
        const missed = copies.slice(at).filter((copy) => !isNamed(copy, original.text));
        assert.deepEqual(missed, [], `${at + 1} removed`);
      }
      shelf.index.compact();
      assert.deepEqual(
        [first, ...copies].filter((gone) => isNamed(gone, original.text)),
        [],
      );
      assert.equal(shelf.index.segments.length, 1);
    });
});

test('a text that is gone is not shown, and those it leads to are', () => {
  const shelf = makeShelf();
  const first = shelf.add(original.text);
  const copy = shelf.add(original.text);
  shelf.texts[first] = undefined as never;
  assert.deepEqual(
    shelf.ask(original.text).found.map(({ document }) => document),
    [copy],
  );
});
