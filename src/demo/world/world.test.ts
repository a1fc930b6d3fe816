import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import test, { after } from 'node:test';
import { createFetcher } from '../../capture/index.js';
import { judgeCopy, sharedPassages } from '../../compare/index.js';
import type { Reading, Recognition } from '../../model/index.js';
import { readCapture, readingText } from '../../read/index.js';
import { loadCatalogue, recognise } from '../../recognise/index.js';
import { listKind, parseListState } from '../../screen/index.js';
import { HOSTS, type PageState, startWorld } from './index.js';
import { SDN_STATES } from './ofac.js';
import { ordinaryArticle } from './ordinary-articles.js';
import { CLAIMS, GOVERNMENT, MARK, NEWS } from './texts.js';

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

/** As the press quoted it (facts/goods §2), written out again so that a slip in the page is seen. */
const GOODS_AS_QUOTED =
  '探测器、干扰发生器、无人机探测器(商品名BoriTone、AsselLabs、Bulat)或其它类似技术产品、无人机抑制器、通信频段干扰器、干扰发生器';

function recognised(reading: Reading): Recognition {
  return recognise({ text: readingText(reading), language: reading.language, on: '2024-05-22' }, catalogue);
}

const ids = ({ mentions }: Recognition, kind: string): string[] =>
  [...new Set(mentions.filter((each) => each.kind === kind).map(({ id }) => id))].sort();

test('both notices are WeChat articles with their own account, time and identity, and call for the same goods', async () => {
  const expected = {
    [addresses.provincial]: ['国外企业采购无人机设备通知', '广东省对俄贸易促进会', '2024-05-22T10:30:00+08:00'],
    [addresses.yunfu]: ['转发：国外企业采购无人机设备通知', '云浮市国际贸易促进会', '2024-05-30T09:00:00+08:00'],
  };
  for (const [url, stated] of Object.entries(expected)) {
    const [first, second] = [await fetched(url), await fetched(url)];
    assert.equal(first.reading.verdict.class, 'live');
    const { title, account, published, text, problems } = first.reading;
    assert.deepEqual([[title, account?.name, published], problems], [stated, []]);
    assert.ok(text.includes(GOODS_AS_QUOTED) && text.length > 200);
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
  const expected: [PageState, string, string?, string?][] = [
    ['deleted', 'notice', 'publisher', 'notice'],
    ['violation', 'notice', 'platform', 'notice'],
    ['account-blocked', 'notice', 'platform', 'account'],
    ['verification', 'blocked'],
    ['throttled', 'blocked'],
    ['outage', 'down'],
    ['missing', 'gone'],
    ['live', 'live'],
  ];
  for (const [state, ...judged] of expected) {
    world.set(addresses.more[0]!, state);
    const { verdict } = (await fetched(addresses.more[0]!)).reading;
    const { actor, scope } = verdict.class === 'notice' ? verdict : {};
    assert.deepEqual([verdict.class, actor, scope], [judged[0], judged[1], judged[2]], state);
  }
});

test('a takedown names the account and the reason; a throttled answer says when to come back', async () => {
  const url = addresses.more[2]!;
  world.set(url, 'violation');
  const { verdict } = (await fetched(url)).reading;
  assert.ok(verdict.class === 'notice');
  assert.deepEqual([verdict.account, verdict.reasonId], [{ id: 'gh_000000000002', name: '陶瓷商会' }, '20004']);
  world.set(url, 'throttled');
  const { exchanges } = await createFetcher({ clock, resolve: world.resolve, ca: world.ca, delayMs: 0 }).fetch(url);
  const { status, headers } = exchanges.at(-1)!;
  assert.deepEqual([status, headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]], [429, '1']);
});

test('an edit changes the words and nothing else, whatever characters it holds', async () => {
  const url = addresses.more[1]!;
  const before = (await fetched(url)).reading;
  for (const [from, to] of [
    ['会员', '同行'],
    ['阅读', '<b>"参考"</b> & \'留存\' \\ 一份'],
  ] as const) {
    world.edit(url, { from, to });
    const later = (await fetched(url)).reading;
    assert.equal(later.text, before.text.replaceAll('会员', '同行').replace('阅读', from === '阅读' ? to : '阅读'));
    assert.deepEqual([later.title, later.problems], [before.title, []]);
  }
});

test('a cue that could have no effect is an error', () => {
  assert.throws(() => {
    world.set(`https://${HOSTS.wechat}/s/no-such-article`, 'missing');
  }, /no page/);
  assert.throws(() => {
    world.set(addresses.news, 'deleted');
  }, /no WeChat article/);
  assert.throws(() => {
    world.edit(addresses.govList, { from: 'a', to: 'b' });
  }, /no words/);
});

test('ordinary articles are copies of nothing, and no goods of the story stand in them', () => {
  const texts = Array.from({ length: 60 }, (_, n) => ordinaryArticle(n * 5).paragraphs.join('\n'));
  for (const [at, text] of texts.entries()) {
    for (const other of texts.slice(at + 1))
      assert.equal(judgeCopy(sharedPassages(text, other), { minimumShare: 0.5 }), undefined, `${text}\n${other}`);
    const { mentions, documentKind } = recognise({ text, language: 'zh', on: '2024-05-22' }, catalogue);
    assert.deepEqual(
      [documentKind, mentions.filter(({ kind }) => kind === 'goods' || kind === 'tradeName')],
      ['unknown', []],
    );
  }
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
  assert.deepEqual(
    [gbk.title, gbk.text.trim(), gbk.account?.name, gbk.published],
    [other.title, GOVERNMENT.other.paragraphs.join('\n'), '广东省商务厅', '2024-05-13T15:00:00+08:00'],
  );
  const index = (await fetched(`https://${HOSTS.government}${GOVERNMENT.indexPath}`)).body.toString();
  assert.match(index, /window\._CONFIG = \{"SID":"2","TREE":\[/);
});

test('every host lets robots in', async () => {
  for (const host of Object.values(HOSTS)) {
    const { body } = await fetched(`https://${host}/robots.txt`);
    assert.equal(body.toString(), 'User-agent: *\nAllow: /\n', host);
  }
});

test('the words of every claim stand in the page they are said to stand in', async () => {
  const news = (await fetched(addresses.news)).reading;
  assert.equal(news.published, '2024-06-05T08:00:00+00:00');
  for (const { words } of [CLAIMS.improper, CLAIMS.kazakhstan, CLAIMS.overseen, CLAIMS.comment])
    assert.ok(news.text.includes(words) && !words.includes('\n'), words);
  const own = (await fetched(addresses.provincial)).reading;
  assert.ok(own.account?.bio?.includes(CLAIMS.work.words));
  assert.ok((await fetched(addresses.govNotice)).reading.text.includes(CLAIMS.work.words));
});

test('every page says that it is a reconstruction, and none of its text does', async () => {
  const { provincial, yunfu, govNotice, news, more } = addresses;
  const gbk = `https://${HOSTS.government}${GOVERNMENT.other.path}`;
  for (const url of [provincial, yunfu, govNotice, news, gbk]) {
    const { body, marked, reading } = await fetched(url);
    assert.equal(marked, 'As Posted demo');
    const page = new TextDecoder(url === gbk ? 'gb18030' : 'utf-8').decode(body);
    assert.ok(isMarked(page), url);
    assert.ok(!reading.text.includes('演示重建'), url);
  }
  for (const state of [
    'deleted',
    'violation',
    'account-blocked',
    'verification',
    'throttled',
    'outage',
    'missing',
  ] as const) {
    world.set(more[0]!, state);
    assert.ok(isMarked((await fetched(more[0]!)).body.toString()), state);
  }
});

/** Comment, meta tag and banner. */
function isMarked(page: string): boolean {
  return [`<!-- ${MARK} -->`, `content="${MARK}"`, `<div class="reconstruction-mark">${MARK}</div>`].every((mark) =>
    page.includes(mark),
  );
}

test('requests are on record in their order', async () => {
  const before = world.requests.length;
  await fetched(addresses.news);
  await fetched(addresses.govList);
  const seen = world.requests.slice(before);
  assert.deepEqual(
    seen.map(({ host, path }) => [host, path]),
    [
      [HOSTS.news, NEWS.path],
      [HOSTS.government, GOVERNMENT.listPath],
    ],
  );
  assert.ok(seen[0]!.at <= seen[1]!.at);
});

test('closing leaves nothing open, not even a connection that never spoke', async () => {
  const own = await startWorld();
  const port = Number(own.resolve[0]!.split(':').at(-1));
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const gone = once(socket, 'close');
  socket.resume().on('error', () => undefined);
  await own.close();
  await gone;
  const late = connect(port, '127.0.0.1');
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNREFUSED');
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
  for (const { main, alt, add } of SDN_STATES)
    for (const file of [main, alt, add]) {
      assert.equal(file.at(-1), 0x1a);
      assert.ok(!/[^\r]\n/.test(Buffer.from(file).toString('latin1')), 'CRLF throughout');
    }
  const fetcher = createFetcher({ clock, resolve: world.resolve, ca: world.ca, delayMs: 0 });
  const { exchanges } = await fetcher.fetch(kind.addresses['main']!);
  assert.deepEqual(Buffer.from(exchanges[0]!.body), Buffer.from(SDN_STATES.at(-1)!.main));
  const modified = exchanges[0]!.headers.find(([name]) => name.toLowerCase() === 'last-modified')?.[1];
  assert.match(modified ?? '', /^Tue, 21 May 2024/);
});
