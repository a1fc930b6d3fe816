import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { needShared } from '../../model/testing/shared.js';
import { fold } from '../../text/index.js';
import { fingerprintsOfFolded } from '../fingerprint.js';
import { sharedPassages } from '../passages.js';
import { type CorpusNotice, EDIT_KINDS, KINDS, makeCorpus, makeRandom, suits } from './corpus.js';

const SMALL = { sentences: { zh: 8_000, ru: 4_000 }, words: { zh: 6_000, ru: 4_000 }, statutes: 20 };
const corpus = makeCorpus({ seed: 5, pools: SMALL });
const folded = (text: string): string => fold(text).text;
const slice = ({ text }: { text: string }, { start, end }: { start: number; end: number }): string =>
  text.slice(start, end);

test('the kinds are those of the recipe', (t) => {
  const file = needShared(t, 'data/copies/edit-kinds.json');
  if (file === undefined) return;
  const { kinds } = JSON.parse(readFileSync(file, 'utf8')) as { kinds: { kind: string; label: string }[] };
  assert.deepEqual(
    kinds.map(({ kind, label }) => [kind, label]),
    EDIT_KINDS.map((kind) => [kind, KINDS[kind].label]),
  );
});

test('a notice is a function of seed and number, whatever was asked before', () => {
  const again = makeCorpus({ seed: 5, pools: SMALL });
  const [late, early] = [again.notice(900), again.notice(3)];
  assert.deepEqual(corpus.notice(3), early);
  assert.deepEqual(corpus.notice(900), late);
  assert.notEqual(makeCorpus({ seed: 6, pools: SMALL }).notice(3).text, early.text);
  assert.notEqual(corpus.notice(3, { stream: 1 }).text, early.text);
});

test('lengths, languages, quotations and fingerprints have the figures of the recipe', () => {
  const all = Array.from({ length: 1_500 }, (_, id) => corpus.notice(id));
  const mean = (of: (notice: CorpusNotice) => number): number =>
    all.reduce((sum, notice) => sum + of(notice), 0) / all.length;
  const within = (value: number, low: number, high: number, what: string): void => {
    assert.ok(value >= low && value <= high, `${what}: ${value}`);
  };
  within(
    mean(({ text }) => text.length),
    1_200,
    1_400,
    'units',
  );
  within(
    mean(({ text }) => folded(text).length),
    1_030,
    1_230,
    'folded units',
  );
  within(
    mean(({ language }) => (language === 'ru' ? 1 : 0)),
    0.09,
    0.15,
    'Russian',
  );
  within(
    mean(({ spans }) => (spans.some(({ what }) => what === 'quote') ? 1 : 0)),
    0.07,
    0.13,
    'quoting',
  );
  const chosen = all.slice(0, 200).map(({ text }) => folded(text));
  const density = chosen.reduce((sum, text) => sum + fingerprintsOfFolded(text).length, 0) / chosen.join('').length;
  within(density, 0.118, 0.13, 'density');
  assert.equal(new Set(all.map(({ language, template }) => `${language}${template}`)).size, 85);
});

test('spans of a notice are what they are called: the same words in every notice of a form', () => {
  const form = { language: 'zh', template: 7 } as const;
  const [first, second] = [corpus.sibling(1, form), corpus.sibling(2, form)];
  const [of, ofOther] = [first, second].map((notice) =>
    notice.spans.map((span) => `${span.what} ${slice(notice, span)}`),
  );
  assert.deepEqual(of, ofOther);
  assert.ok(of!.length > 0);
  const { sharedOfThis } = sharedPassages(first.text, second.text);
  assert.ok(sharedOfThis > 0.02 && sharedOfThis < 0.6, String(sharedOfThis));
  const quoting = corpus.notice(1, { quote: true, language: 'ru' });
  const quote = quoting.spans.find(({ what }) => what === 'quote')!;
  assert.ok(quote.end - quote.start >= 80 && quote.end - quote.start < 400);
});

test('every kind: spans hold equal text once folded, in order of the copy, and nothing else is of the original', () => {
  for (const language of ['zh', 'ru'] as const) {
    const original = corpus.notice(42, { language });
    for (const kind of EDIT_KINDS) {
      if (!suits(kind, language)) {
        assert.throws(() => corpus.plant(kind, original, makeRandom(1)), /not for ru/);
        continue;
      }
      const { text, spans } = corpus.plant(kind, original, makeRandom(9, EDIT_KINDS.indexOf(kind)));
      assert.deepEqual(corpus.plant(kind, original, makeRandom(9, EDIT_KINDS.indexOf(kind))).text, text);
      assert.ok(spans.length > 0, kind);
      let end = 0;
      for (const { aStart, aEnd, bStart, bEnd } of spans) {
        assert.ok(bStart >= end && bEnd > bStart && aEnd > aStart, kind);
        end = bEnd;
        const [a, b] = [folded(original.text.slice(aStart, aEnd)), folded(text.slice(bStart, bEnd))];
        // The words of Taiwan are other words.
        if (!/^trad(?:TW|_edit5)$/.test(kind)) assert.equal(b, a, kind);
        else assert.ok(Math.abs(a.length - b.length) <= a.length * 0.2, kind);
      }
      const covered = spans.reduce((sum, { aStart, aEnd }) => sum + aEnd - aStart, 0) / original.text.length;
      if (KINDS[kind].label === 'copy') assert.ok(covered > 0.6, `${kind}: ${covered}`);
      else assert.ok(covered < 0.56, `${kind}: ${covered}`);
    }
  }
});

test('as much is changed as the recipe changes: an insertion costs the original one unit', () => {
  const covered = (kind: 'edit5' | 'edit30' | 'scatter20'): number => {
    const shares = Array.from({ length: 30 }, (_, id) => {
      const original = corpus.notice(id);
      const { spans } = corpus.plant(kind, original, makeRandom(2, id));
      return spans.reduce((sum, { aStart, aEnd }) => sum + aEnd - aStart, 0) / original.text.length;
    });
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  };
  for (const [kind, share] of [
    ['edit5', 0.95],
    ['edit30', 0.81],
    ['scatter20', 0.8],
  ] as const) {
    const found = covered(kind);
    assert.ok(Math.abs(found - share) < 0.04, `${kind}: ${found}`);
  }
});

test('negatives share what they say and no more', () => {
  for (const language of ['zh', 'ru'] as const) {
    const random = makeRandom(3);
    const same = corpus.negative('same_template', language, random);
    assert.equal(same.a.template, same.b.template);
    assert.notEqual(same.a.text, same.b.text);
    const none = corpus.negative('unrelated', language, random);
    assert.notEqual(none.a.template, none.b.template);
    const { a, b, spans } = corpus.negative('shared_sentence', language, random);
    assert.notEqual(a.template, b.template);
    assert.equal(spans.length, 1);
    const { aStart, aEnd, bStart, bEnd } = spans[0]!;
    assert.ok(aEnd - aStart >= (language === 'zh' ? 35 : 80));
    assert.equal(a.text.slice(aStart, aEnd), b.text.slice(bStart, bEnd));
    for (const { start, end, what } of a.spans) if (what === 'footer') assert.ok(end <= aStart || start >= aEnd);
  }
});

test('one notice republished many times: each copy has edits of its own', () => {
  const original = corpus.notice(11, { language: 'zh' });
  const copies = corpus.mass(original, ['edit10', 'excerpt50', 'trad'], 30);
  assert.equal(new Set(copies.map(({ text }) => text)).size, 21);
  assert.deepEqual(corpus.mass(original, ['edit10', 'excerpt50', 'trad'], 30), copies);
  const { text, own, spans } = corpus.appendix(original, 60, makeRandom(1));
  assert.equal(own.end - own.start, 60);
  assert.equal(own.end, text.length);
  assert.equal(text.slice(0, spans[0]!.bEnd), original.text);
});
