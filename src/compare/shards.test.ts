import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import test, { after, describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kernel } from './kernel/index.js';
import type { Answer, Found, Inserted, Sketched } from './passage-index/index.js';
import { type Shelf, makeShelf } from './passage-index/testing/shelf.js';
import { type Shard, type Shards, createShards } from './shards.js';
import { makeCorpus, makeRandom } from './testing/corpus.js';
import type { ShardMessage } from './testing/shard.js';

const corpus = makeCorpus({
  seed: 23,
  pools: { sentences: { zh: 60_000, ru: 8_000 }, words: { zh: 10_000, ru: 8_000 }, statutes: 40 },
});
const ORIGINALS = 40;
const KINDS = ['edit10', 'excerpt50', 'trad', 'reorder'] as const;
/** Five accounts: nothing is a formula, so that counters, which each shard has of its own, make no difference. */
const SOURCES = 5;

/** Originals first, then copies of every kind: each copy of a notice lies in either half, away from its original or with it. */
const texts = (() => {
  const random = makeRandom(29);
  const originals = Array.from({ length: ORIGINALS }, (_, id) => corpus.notice(id, { quote: false, language: 'zh' }));
  const copies = KINDS.flatMap((kind) => originals.map((each) => corpus.plant(kind, each, random)));
  return [...originals, ...copies].map(({ text }) => text);
})();

const script = fileURLToPath(new URL('./testing/shard.ts', import.meta.url));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill();
});

/** Texts go to the process, which sketches them itself; sketches are here only to tell which text is meant. */
const textOf = new Map<Sketched, string>();
const sketchOf = (text: string): Sketched => {
  const sketch = kernel().sketch(text);
  textOf.set(sketch, text);
  return sketch;
};

function startShard(): Shard {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  children.push(child);
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  child.on('message', ({ id, answer }: { id: number; answer: never }) => {
    waiting.get(id)!.resolve(answer);
    waiting.delete(id);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the shard is gone'));
  });
  let next = 0;
  const ask = <T extends Answer>(message: Omit<ShardMessage, 'id'>): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      child.send({ id, ...message }, (error) => {
        if (error) reject(error);
      });
    });
  return {
    insert: ({ sketch, ...document }) => ask<Inserted>({ text: textOf.get(sketch)!, document }),
    lookup: (sketch, options) => ask({ text: textOf.get(sketch)!, options }),
  };
}

const whole: Shelf = makeShelf();
const shards: Shards = createShards([startShard(), startShard()]);
await Promise.all(
  texts.map(async (text, document) => {
    whole.add(text, { source: document % SOURCES });
    await shards.insert({ document, source: document % SOURCES, group: document, sketch: sketchOf(text) });
  }),
);

/** All but which reference led there: that hangs on who came before. */
const told = ({ via: _, ...found }: Found): unknown => found;

describe('two processes with half of the documents each', () => {
  test('answer as one index over all of them: the same documents, passages and shares in the same order', async () => {
    let found = 0;
    for (const [document, text] of texts.entries()) {
      const asked = { group: document, limit: 50 };
      const one = whole.ask(text, asked);
      const both = await shards.lookup(sketchOf(text), asked);
      assert.deepEqual(both.found.map(told), one.found.map(told), `text ${document}`);
      assert.deepEqual(both.boilerplate, one.boilerplate, 'no formulae');
      found += both.found.length;
    }
    assert.ok(found >= texts.length * KINDS.length * 0.9, `all find each other: ${found}`);
  });

  test('an answer is cut after it was put together, and says how many it left out', async () => {
    const [text] = texts;
    const all = await shards.lookup(sketchOf(text!), { group: 0, limit: 50 });
    const two = await shards.lookup(sketchOf(text!), { group: 0, limit: 2 });
    assert.deepEqual(two.found.map(told), all.found.slice(0, 2).map(told), 'the best of both');
    assert.ok(two.more >= 1, `${two.more} more`);
  });

  test('a shard that is gone makes an error, not half an answer', async () => {
    children[1]!.kill('SIGKILL');
    await assert.rejects(shards.lookup(sketchOf(texts[0]!)), 'the answer would look whole');
  });
});
