import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { needShared } from '../../model/testing/shared.js';
import { corpus, makeShelf } from './testing/shelf.js';

test('the relations of the story once the sentences of the form are known as such', (t) => {
  const notices = needShared(t, 'data/copies/story/notices.jsonl');
  const relations = needShared(t, 'data/copies/story/relations.json');
  if (notices === undefined || relations === undefined) return;
  const texts = new Map(
    readFileSync(notices, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; text: string })
      .map(({ id, text }) => [id, text]),
  );
  const shelf = makeShelf();
  const numbers = new Map<string, number>();
  for (const [id, text] of texts) if (id !== 'orig') numbers.set(id, shelf.add(text));
  // Other notices on the form of the sibling, of forty accounts.
  const form = texts.get('sibling')!.split('\n');
  for (let id = 0; id < 40; id++) {
    const body = corpus.notice(id, { language: 'zh', quote: false }).text.slice(60, 400);
    shelf.add([`关于${body.slice(0, 9)}的通知`, ...form.slice(1, 4), body, ...form.slice(5)].join('\n'));
  }
  const { found, boilerplate } = shelf.ask(texts.get('orig')!);
  assert.equal(boilerplate.length, 2, 'how the form begins, and how it ends');
  const expected: Record<string, { ofThis: string; ofOther: string } | undefined> = {
    city: { ofThis: 'copy', ofOther: 'copy' },
    trad: { ofThis: 'copy', ofOther: 'copy' },
    hk: { ofThis: 'copy', ofOther: 'copy' },
    news: { ofThis: 'shared-passage', ofOther: 'shared-passage' },
    table: { ofThis: 'copy', ofOther: 'copy' },
    obfuscated: { ofThis: 'shared-passage', ofOther: 'copy' },
    rewrite: { ofThis: 'copy', ofOther: 'copy' },
    ru: undefined,
    en: undefined,
    other: undefined,
  };
  for (const [id, relation] of Object.entries(expected))
    assert.deepEqual(found.find(({ document }) => document === numbers.get(id))?.relation, relation, id);
  const known = JSON.parse(readFileSync(relations, 'utf8')) as {
    relations: { b: string; sharedOfThis: number; sharedOfOther: number }[];
  };
  for (const { b, sharedOfThis, sharedOfOther } of known.relations) {
    const there = found.find(({ document }) => document === numbers.get(b));
    if (!there) continue;
    assert.ok(Math.abs(there.sharedOfThis - sharedOfThis) < 0.04, `${b}: ${there.sharedOfThis} of this`);
    assert.ok(Math.abs(there.sharedOfOther - sharedOfOther) < 0.04, `${b}: ${there.sharedOfOther} of other`);
  }
  const all = shelf.ask(texts.get('orig')!, { throughBoilerplate: true, limit: 100 }).found;
  const forms = all.filter(({ isOnlyBoilerplate }) => isOnlyBoilerplate);
  assert.ok(forms.some(({ document }) => document === numbers.get('sibling')));
  assert.ok(forms.length > 30, 'whoever asks gets all that stands on the form');
  for (const { relation, boilerplate: shared, document } of forms) {
    assert.deepEqual(relation, { ofThis: 'shared-passage', ofOther: 'shared-passage' }, String(document));
    assert.ok(shared.length > 0 && shared.every(({ holders }) => holders >= 20));
  }
  assert.deepEqual(all.slice(-forms.length), forms, 'below the others');
});
