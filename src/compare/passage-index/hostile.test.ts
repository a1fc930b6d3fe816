import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeRandom } from '../testing/corpus.js';
import { corpus, makeShelf, original, withBackground } from './testing/shelf.js';

describe('who wants to hide something', () => {
  test('one source cannot make a notice look like a form, however often it publishes it', () => {
    const shelf = makeShelf();
    const held = shelf.add(original.text);
    const copy = shelf.add(corpus.plant('edit5', original, makeRandom(1)).text);
    for (let id = 0; id < 100; id++)
      shelf.add(corpus.plant('excerpt50', original, makeRandom(2, id)).text, { source: 9_999 });
    const { found, boilerplate } = shelf.ask(original.text, { group: held, limit: 200 });
    assert.deepEqual(boilerplate, []);
    assert.deepEqual(found.find(({ document }) => document === copy)?.relation, { ofThis: 'copy', ofOther: 'copy' });
  });

  test('copies of a notice on a hundred accounts do not make it a form either', () => {
    const shelf = makeShelf();
    const held = shelf.add(original.text);
    for (let id = 0; id < 100; id++)
      shelf.add(corpus.plant(id % 2 ? 'edit20' : 'tablecut', original, makeRandom(2, id)).text);
    const { found, boilerplate } = shelf.ask(original.text, { group: held, limit: 200 });
    assert.deepEqual(boilerplate, []);
    assert.equal(found.filter(({ relation }) => relation.ofThis === 'copy').length, 100);
  });

  test('a notice that a hundred accounts quote from is a copy where all of it stands', () => {
    const shelf = makeShelf();
    const held = shelf.add(original.text);
    for (let id = 0; id < 100; id++) shelf.add(corpus.plant('excerpt50', original, makeRandom(2, id)).text);
    const copy = shelf.add(original.text);
    const { found } = shelf.ask(original.text, { group: held, throughBoilerplate: true, limit: 200 });
    assert.equal(found.find(({ document }) => document === copy)?.relation.ofThis, 'copy');
    assert.equal(found.find(({ document }) => document === copy)?.isSameText, true);
  });
});

describe('notices of one form', () => {
  const form = { language: 'zh', template: original.template } as const;

  test('of many accounts are no copies of each other, and are said to stand on a form', () => {
    const shelf = makeShelf();
    for (let id = 0; id < 150; id++) shelf.add(corpus.sibling(id, form).text);
    for (let id = 60; id < 150; id++) {
      const { found, boilerplate } = shelf.ask(corpus.sibling(id, form).text, { group: id });
      assert.ok(boilerplate.length > 0);
      for (const { relation } of found)
        assert.deepEqual(relation, { ofThis: 'shared-passage', ofOther: 'shared-passage' });
    }
  });

  test('are named as a few examples where they hold nothing but formulae, all of them when asked for', () => {
    const shelf = makeShelf();
    for (let id = 0; id < 150; id++) shelf.add(corpus.sibling(id, form).text);
    const asked = corpus.sibling(500, form).text;
    const formulaOnly = (options: object): number =>
      shelf.ask(asked, { limit: 200, ...options }).found.filter(({ isOnlyBoilerplate }) => isOnlyBoilerplate).length;
    const examples = formulaOnly({});
    assert.ok(examples >= 1 && examples <= 10, `${examples} are named`);
    assert.ok(formulaOnly({ throughBoilerplate: true }) >= 100, 'all are');
  });

  test('a notice of nothing but what many carry is found with its copy', () => {
    const shelf = makeShelf();
    const pieces = Array.from({ length: 6 }, (_, at) =>
      corpus.notice(at, { stream: 4, language: 'zh' }).text.slice(60, 200),
    );
    // Each of them stands in notices of sixty accounts that are otherwise different, never two in one.
    for (let id = 0; id < 360; id++) {
      const own = corpus.notice(id, { stream: 5, language: 'zh' }).text;
      shelf.add(`${own.slice(0, 250)}\n${pieces[id % 6]!}\n${own.slice(250, 500)}`);
    }
    const text = pieces.join('\n');
    const first = shelf.add(text);
    const copy = shelf.add(text);
    const { found, boilerplate } = shelf.ask(text, { group: first });
    assert.ok(boilerplate.length > 0, 'its pieces are known as formulae');
    assert.equal(found.find(({ document }) => document === copy)?.isSameText, true);
  });

  test('come to an end, however many, and are listed page by page', () => {
    const shelf = makeShelf({ freezeAfter: { postings: 1e6, documents: 500 } });
    const count = 2_000;
    const sketches = Array.from({ length: 300 }, (_, id) => corpus.sibling(id, form).text);
    // Distinct bodies on one form: the middle is cut in two and turned round.
    for (let id = 0; id < count; id++) {
      const text = sketches[id % 300]!;
      const turn = 150 + ((id * 37) % 200);
      shelf.add(id < 300 ? text : text.slice(0, 100) + text.slice(turn) + text.slice(100, turn), { source: id % 700 });
    }
    for (let id = 0; id < 50; id++) shelf.ask(corpus.sibling(1_000 + id, form).text);
    const counts = shelf.texts.map(
      (_, document) => shelf.index.holdersOf({ document, start: 0, end: 1e6 }, { limit: 0 }).count,
    );
    const document = counts.indexOf(Math.max(...counts));
    const stretch = { document, start: 0, end: 1e6 };
    const all: number[] = [];
    for (let after = -1; ;) {
      const { count: whole, holders } = shelf.index.holdersOf(stretch, { after, limit: 70 });
      assert.equal(whole, counts[document]);
      if (holders.length === 0) break;
      all.push(...holders.map((each) => each.document));
      after = all.at(-1)!;
    }
    assert.equal(all.length, counts[document]);
    assert.equal(new Set(all).size, all.length);
  });
});

describe('negatives', () => {
  for (const kind of ['same_template', 'shared_sentence', 'unrelated'] as const)
    test(`${kind.replace('_', ' ')}: never a copy`, () => {
      const shelf = withBackground(makeShelf(), 400);
      const random = makeRandom(23);
      for (let pair = 0; pair < 40; pair++) {
        const { a, b } = corpus.negative(kind, pair % 5 ? 'zh' : 'ru', random);
        const document = shelf.add(b.text);
        const found = shelf.ask(a.text, { limit: 100 }).found.find((each) => each.document === document);
        if (kind === 'unrelated') assert.equal(found, undefined);
        else if (found) assert.deepEqual(found.relation, { ofThis: 'shared-passage', ofOther: 'shared-passage' });
      }
    });
});

describe('texts nobody would write', () => {
  const texts: [string, string][] = [
    ['a million equal characters', '测'.repeat(1_000_000)],
    ['a page of one repeated clause', '欢迎有意向的企业踊跃报名参加。'.repeat(3_000)],
    ['a page of one letter', 'a'.repeat(100_000)],
    ['lone surrogates', '\ud83d'.repeat(5_000) + '\ude81无人机探测器和抑制器询价函'.repeat(50)],
    ['nothing', ''],
    ['nothing that counts', '…—\n，。'.repeat(500)],
    ['one word', '无人机'],
  ];
  for (const [what, text] of texts)
    test(what, () => {
      const shelf = withBackground(makeShelf(), 20);
      shelf.add(text);
      shelf.add(text);
      shelf.add(`${original.text}\n${text.slice(0, 500)}`);
      const { found } = shelf.ask(text);
      if (text.length > 10_000) assert.ok(found.length > 0);
    });

  test('pages that share one clause among random words', () => {
    const shelf = makeShelf({ freezeAfter: { postings: 1e6, documents: 300 } });
    for (let id = 0; id < 900; id++)
      shelf.add(`${corpus.notice(id, { language: 'zh' }).text.slice(60, 90)}请于本周五前报名参加会议`, { source: 1 });
    assert.ok(shelf.ask('请于本周五前报名参加会议').found.length <= 20);
  });
});
