import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import type { NoticeId } from '../model/index.js';
import { listCopies, listNotices, openStore } from '../store/index.js';
import { makeCorpus } from '../compare/testing/corpus.js';
import { makeRandom } from '../compare/testing/random.js';
import { holdersOf } from './copies.js';
import { check, copiesOfText, derive, lineageOfNotice } from './index.js';
import { forgetPassages, loadPassages, savePassages } from './passages.js';
import { articleOf, openTestParts, sameAsRebuilt } from './testing/parts.js';

const corpus = makeCorpus({
  seed: 11,
  pools: { sentences: { zh: 4_000, ru: 400 }, words: { zh: 3_000, ru: 1_000 }, statutes: 4 },
});
const parts = await openTestParts();
after(() => parts.dispose());
const folder = join(parts.store.dir, 'made', `passages-${parts.store.schema}`);

let mid = 2_247_490_000;
const post = async (text: string, account = `账号${mid % 7}`): Promise<string> => {
  const url = `https://mp.weixin.qq.com/s/${String(++mid).padStart(22, 'b')}`;
  parts.clock.advance(1_000);
  const lines = text.split('\n').filter((line) => line !== '');
  parts.pages.set(url, articleOf('通知', lines, mid, { account }));
  await check(parts, { url });
  return url;
};
const idOf = async (url: string): Promise<NoticeId> =>
  (await listNotices(parts.store.database)).find((each) => each['url'] === url)!['id'] as NoticeId;

const original = corpus.notice(5, { language: 'zh' });
const random = makeRandom(3);
const copies = corpus.mass(original, ['edit15', 'excerpt50', 'trad', 'edit10'], 110);
/** The others come at once: each that comes alone has all before it made anew. */
const ONE_BY_ONE = 20;
let whole = '';

test('a notice that was posted everywhere in words of each one’s own: every one of them finds all others', async () => {
  whole = await post(original.text, '第一');
  const urls = [whole];
  for (const { text } of copies.slice(0, ONE_BY_ONE)) urls.push(await post(text));
  urls.push(...(await Promise.all(copies.slice(ONE_BY_ONE, -1).map(({ text }) => post(text)))));
  urls.push(await post(copies.at(-1)!.text));
  for (const url of [whole, urls[50]!, urls.at(-1)!]) {
    const found = await holdersOf(parts, await idOf(url));
    assert.ok(found.length >= 108, `${found.length} of 110 hold passages of ${url}`);
  }
  const rows = await listCopies(parts.store.database, { notice: await idOf(urls.at(-1)!) });
  assert.equal(rows.length, 100, 'the rows keep the nearest');
  const { coverage, entries } = await lineageOfNotice(parts, await idOf(urls.at(-1)!));
  assert.deepEqual([coverage.partners, entries.length], [100, 101], 'the lineage is of the rows');
  assert.ok(coverage.further >= 8, `${coverage.further} further ones are counted`);
  assert.equal(coverage.furtherIsLeast, undefined, 'and these are all');
});

test('a pasted piece finds who holds it, with places in both texts as they are written', async () => {
  const piece = original.text.slice(200, 420);
  const found = await copiesOfText(parts, `转发：\n${piece}`);
  assert.ok(found.length >= 50, `${found.length} hold it`);
  const id = await idOf(whole);
  const { passages } = found.find(({ other }) => other === id)!;
  for (const { thisStart, thisEnd } of passages)
    assert.ok(
      original.text.includes(`转发：\n${piece}`.slice(thisStart, thisEnd)),
      'the words of a passage are those of the original',
    );
  assert.deepEqual(await copiesOfText(parts, '完全没有关系的一句话，说的是今天的天气很好。'), []);
  const named = new Set((await copiesOfText(parts, piece, { formulae: true })).map(({ other }) => other));
  assert.ok(
    found.every(({ other }) => named.has(other)),
    'who asks for holders of formulae too gets these and more',
  );
});

test('whatever becomes of the files, the answers are the same, and so are the rows', async () => {
  const piece = original.text.slice(100, 500);
  const answers = async (): Promise<unknown> => {
    forgetPassages(parts.store);
    const found = await copiesOfText(parts, piece);
    return found.map(({ other, passages, relation }) => [other, passages, relation]);
  };
  await loadPassages(parts, { canWrite: true });
  await savePassages(parts, { least: 1 });
  const expected = await answers();
  const [segment] = readdirSync(folder).filter((name) => name.endsWith('.segment'));
  const files = { segment: join(folder, segment!), texts: join(folder, 'texts'), ends: join(folder, 'ends') };
  const flip = (path: string): void => {
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(path, bytes);
  };
  const faults: Record<string, () => void> = {
    'a segment with a flipped bit': () => {
      flip(files.segment);
    },
    'a segment cut short': () => {
      truncateSync(files.segment, 100);
    },
    'no segment': () => {
      rmSync(files.segment, { force: true });
    },
    'texts cut short': () => {
      truncateSync(files.texts, 1_001);
    },
    'texts longer than was noted': () => {
      appendFileSync(files.texts, 'crash');
    },
    'ends cut in the middle of one': () => {
      truncateSync(files.ends, 83);
    },
    'a manifest of nothing': () => {
      writeFileSync(join(folder, 'manifest.json'), '{');
    },
    'no manifest': () => {
      rmSync(join(folder, 'manifest.json'), { force: true });
    },
    'no files at all': () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const [what, fault] of Object.entries(faults)) {
    forgetPassages(parts.store);
    fault();
    assert.deepEqual(await answers(), expected, what);
  }
  await post(corpus.plant('edit5', original, random).text);
  await sameAsRebuilt(parts);
  assert.ok(
    (await copiesOfText(parts, piece)).length > (expected as unknown[]).length,
    'the newest is found, and written files go on',
  );
  assert.ok(
    !readdirSync(join(parts.store.dir, 'made')).some((name) => name.includes('fsck')),
    'the check leaves nothing',
  );
});

test('who has the store open sees what another process takes in', async () => {
  const store = await openStore({ dir: parts.store.dir });
  try {
    const reader = { ...parts, store };
    const text = corpus.notice(77, { language: 'zh' }).text;
    const before = await copiesOfText(reader, text);
    await post(text);
    await derive(parts);
    const [first] = await copiesOfText(reader, text);
    assert.ok(!before.some(({ other }) => other === first!.other), 'it was not there before');
    assert.deepEqual([first!.relation, first!.sharedOfThis], ['copy', 1]);
  } finally {
    await store.close();
  }
});

test('a text that is missing from the rows is an error with a way out, not an endless search for it', async () => {
  const own = await openTestParts();
  try {
    const url = 'https://mp.weixin.qq.com/s/cccccccccccccccccccccc';
    own.pages.set(url, articleOf('通知', [original.text], 2_247_480_999));
    await check(own, { url });
    await own.store.database.query('update document set number = 1');
    forgetPassages(own.store);
    await assert.rejects(copiesOfText(own, original.text), /text 0 of the store is missing/);
  } finally {
    await own.dispose();
  }
});
