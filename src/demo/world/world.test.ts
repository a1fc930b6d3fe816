import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { createFetcher } from '../../capture/index.js';
import { judgeCopy, sharedPassages } from '../../compare/index.js';
import type { Reading, Recognition } from '../../model/index.js';
import { readCapture, readingText } from '../../read/index.js';
import { loadCatalogue, recognise } from '../../recognise/index.js';
import { listKind, parseListState } from '../../screen/index.js';
import { type PageState, startWorld } from './index.js';
import { SDN_STATES } from './ofac.js';
import { CLAIMS, MARK } from './texts.js';

const catalogue = await loadCatalogue();
const world = await startWorld({ articles: 3 });
after(() => world.close());
const clock = { now: () => new Date(), sleep: async () => undefined };
const { addresses } = world;

/** A fetcher a page, so that one page's 429 does not put off the others. */
async function fetched(url: string): Promise<{ reading: Reading; body: Buffer; marked: string | undefined }> {
  const fetcher = createFetcher({ clock, resolve: world.resolve, ca: world.ca, delayMs: 0 });
  const { exchanges, requestedUrl, finalUrl } = await fetcher.fetch(url);
  const { status, headers, body } = exchanges.at(-1)!;
  const marked = headers.find(([name]) => name.toLowerCase() === 'x-reconstruction')?.[1];
  return { reading: readCapture({ requestedUrl, finalUrl, status, headers, body }), body: Buffer.from(body), marked };
}

function recognised(reading: Reading): Recognition {
  return recognise({ text: readingText(reading), language: reading.language, on: '2024-05-22' }, catalogue);
}

const ids = ({ mentions }: Recognition, kind: string): string[] =>
  [...new Set(mentions.filter((each) => each.kind === kind).map(({ id }) => id))].sort();

test('both notices are WeChat articles with their own account, time and identity, and call for the same goods', async () => {
  const expected = {
    [addresses.provincial]: ['广东省对俄贸易促进会', '2024-05-22T10:30:00+08:00'],
    [addresses.yunfu]: ['云浮市国际贸易促进会', '2024-05-30T09:00:00+08:00'],
  };
  for (const [url, [account, published]] of Object.entries(expected)) {
    const [first, second] = [await fetched(url), await fetched(url)];
    assert.equal(first.reading.verdict.class, 'live');
    assert.deepEqual([first.reading.account?.name, first.reading.published], [account, published]);
    assert.match(first.reading.identity.key, /^wechat:\d+:\d+:1$/);
    assert.equal(first.reading.leaksObserver, undefined);
    assert.notEqual(first.body.compare(second.body), 0, 'volatile parts differ');
    assert.deepEqual([second.reading.text, second.reading.identity], [first.reading.text, first.reading.identity]);
    const found = recognised(first.reading);
    assert.equal(found.documentKind, 'call-for-goods');
    for (const family of ['drone_detector', 'drone_jammer', 'comms_jammer'])
      assert.ok(ids(found, 'goods').includes(family), family);
    assert.deepEqual(ids(found, 'tradeName'), ['assel_labs', 'boristone', 'bulat']);
  }
});

test('the city page is a copy of the provincial one', async () => {
  const [a, b] = [await fetched(addresses.provincial), await fetched(addresses.yunfu)];
  const judged = judgeCopy(sharedPassages(a.reading.text, b.reading.text), { minimumShare: 0.5 });
  assert.deepEqual(judged, { ofThis: 'copy', ofOther: 'copy' });
});

test('every state of a page gives its class, and live brings it back', async () => {
  const expected: [PageState, string, string?][] = [
    ['deleted', 'notice', 'publisher'],
    ['violation', 'notice', 'platform'],
    ['account-blocked', 'notice', 'platform'],
    ['verification', 'blocked'],
    ['throttled', 'blocked'],
    ['outage', 'down'],
    ['missing', 'gone'],
    ['live', 'live'],
  ];
  for (const [state, kind, actor] of expected) {
    world.set(addresses.more[0]!, state);
    const { verdict } = (await fetched(addresses.more[0]!)).reading;
    assert.deepEqual([verdict.class, 'actor' in verdict ? verdict.actor : undefined], [kind, actor], state);
  }
});

test('an edit changes the words and nothing else', async () => {
  const url = addresses.more[1]!;
  const before = (await fetched(url)).reading;
  world.edit(url, { from: '展位', to: '席位' });
  const later = (await fetched(url)).reading;
  assert.ok(before.text.includes('展位') && !later.text.includes('展位') && later.text.includes('席位'));
  assert.equal(later.title, before.title);
});

test('the department’s list names its pages, one of them in GBK; the notice tells who oversees the association', async () => {
  const { reading } = await fetched(addresses.govNotice);
  assert.deepEqual(
    [reading.title, reading.published],
    ['关于广东省对俄贸易促进会成立的情况说明', '2023-11-15T09:20:00+08:00'],
  );
  const overseer = recognised(reading).mentions.find(({ role }) => role === 'overseeing-body');
  assert.equal(overseer?.text, '广东省商务厅');
  const list = JSON.parse((await fetched(addresses.govList)).body.toString()) as {
    articles: { url: string; title: string }[];
  };
  const other = list.articles.find(({ url }) => url !== addresses.govNotice)!;
  const gbk = (await fetched(other.url)).reading;
  assert.match(gbk.charset.name, /^gb/);
  assert.equal(gbk.title, other.title.replace('关于', '广东省商务厅关于'));
});

test('the words of every claim stand in the page they are said to stand in', async () => {
  const news = (await fetched(addresses.news)).reading;
  assert.equal(news.published, '2024-06-05T08:00:00+00:00');
  for (const { words } of [CLAIMS.improper, CLAIMS.kazakhstan, CLAIMS.comment])
    assert.ok(news.text.includes(words), words);
  const own = (await fetched(addresses.provincial)).reading;
  assert.ok(own.account?.bio?.includes(CLAIMS.work.words));
  assert.ok((await fetched(addresses.govNotice)).reading.text.includes(CLAIMS.work.words));
});

test('every page says that it is a reconstruction, and none of its text does', async () => {
  for (const url of [addresses.provincial, addresses.yunfu, addresses.govNotice, addresses.news]) {
    const { body, marked, reading } = await fetched(url);
    assert.equal(marked, 'As Posted demo');
    assert.ok(body.toString().includes(MARK), url);
    assert.ok(!reading.text.includes('演示重建'), url);
  }
});

test('the list excerpt has OFAC’s form: the entry of the story comes with the second state', async () => {
  const kind = await listKind('us_ofac_sdn');
  const held = SDN_STATES.map(({ publishedAt, main, alt, add }) => {
    const { rows, problems } = parseListState(kind, { main, alt, add });
    assert.deepEqual(problems, []);
    return [publishedAt, rows.some(({ entry }) => entry === '47713')];
  });
  assert.deepEqual(held, [
    ['2024-02-22', false],
    ['2024-02-23', true],
    ['2024-05-21', true],
  ]);
  const fetcher = createFetcher({ clock, resolve: world.resolve, ca: world.ca, delayMs: 0 });
  const { exchanges } = await fetcher.fetch(kind.addresses['main']!);
  assert.deepEqual(Buffer.from(exchanges[0]!.body), Buffer.from(SDN_STATES.at(-1)!.main));
});
