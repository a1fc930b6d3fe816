import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { after } from 'node:test';
import { type CaptureResult, type Flag, type NoticeId, instant } from '../model/index.js';
import { verifyExhibitBytes } from '../verify/index.js';
import {
  listChanges,
  listCopies,
  listEvents,
  listFlags,
  listMatches,
  listMentions,
  listNotices,
  listRemovals,
  listSources,
  findAddress,
  latestReading,
  loadExhibits,
  showNotice,
} from '../store/index.js';
import { addListVersion, check, rebuild, recordSource, watchRound } from './index.js';
import { deliverEvents } from './deliver.js';
import { readInputOf } from './replay.js';
import { DELETED, type FakePage, articleOf, captureOf, openTestParts, pageOf, sameAsRebuilt } from './testing/parts.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const parts = await openTestParts();
after(() => parts.dispose());
const { pages, clock, store } = parts;

const TEXT = [
  '广东省对俄贸易促进会近日收到国外企业来函，拟通过我会采购一批无人机设备，现将有关需求通知如下。',
  '采购内容：探测器、干扰发生器、无人机探测器（商品名BoriTone、AsselLabs、Bulat）或其它类似技术产品、无人机抑制器、通信频段干扰器。',
  '有供货能力的生产企业请于6月7日前将产品说明书和报价报送我会秘书处，我会将汇总后转达国外企业，由双方自行洽谈。',
];
let count = 0;
const fresh = (host = 'www.example.gov.cn'): string => `https://${host}/content/post_${1_000 + ++count}.html`;

async function noticeAt(url: string): Promise<NoticeId> {
  return (await findAddress(store.database, url))!.noticeId;
}
const presence = async (url: string): Promise<string> =>
  (await showNotice(store.database, await noticeAt(url)))!.presence;

test('an unchanged page makes no second exhibit; an edited one makes a revision and tells it once', async () => {
  const url = fresh();
  pages.set(url, pageOf('关于采购的通知', TEXT));
  await check(parts, { url });
  await check(parts, { url });
  const id = await noticeAt(url);
  const before = (await showNotice(store.database, id))!;
  assert.deepEqual([before.exhibits.length, before.observations.length, before.revisions], [1, 2, 1]);
  pages.set(url, pageOf('关于采购的通知', [TEXT[0]!, TEXT[1]!.replace('Bulat', 'Halden'), TEXT[2]!]));
  clock.advance(HOUR);
  await check(parts, { url });
  await check(parts, { url });
  const later = (await showNotice(store.database, id))!;
  assert.deepEqual([later.exhibits.length, later.revisions], [2, 2]);
  assert.ok(later.changes.some(({ before: was, after: is }) => was.includes('Bulat') && is.includes('Halden')));
  const events = await listEvents(store.database, { notice: id });
  assert.deepEqual(
    events.map(({ event }) => event).filter((event) => event !== 'match' && event !== 'copy'),
    ['notice', 'change'],
  );
  assert.ok(
    later.mentions.some(({ id: name, revision }) => name === 'bulat' && revision === 1),
    'a name edited out was still posted',
  );
  const edited = later.flags.find(({ id: flag }) => flag === 'N-01');
  assert.ok(
    edited?.words.some(({ text }) => text.includes('Halden')),
    'what the edit put there, where it stands',
  );
});

test('a page seen in a browser for the first time is kept with its picture, and read from what the server sent', async () => {
  const url = fresh();
  const page = pageOf('关于采购的通知', TEXT);
  const fetch = async (): Promise<CaptureResult> => {
    clock.advance(1);
    const at = instant(clock.now());
    const capture = captureOf(url, page, at);
    const script: FakePage = { type: 'text/javascript', body: 'document.title = "x"' };
    const text = { url: `urn:textFinal:${url}`, type: 'text/plain; charset=utf-8', at, bytes: Buffer.from('seen') };
    return {
      ...capture,
      exchanges: [...captureOf(`${url}/app.js`, script, at).exchanges, ...capture.exchanges],
      browser: { name: 'chromium', version: '1', requests: 2, bytes: 9, failed: 0 },
      resources: [text],
    };
  };
  pages.set(url, page);
  await check(parts, { url });
  const rendering = { ...parts, fetcher: { ...parts.fetcher, fetch } };
  await check(rendering, { url });
  await check(rendering, { url });
  await check(parts, { url });
  const notice = (await showNotice(store.database, await noticeAt(url)))!;
  assert.deepEqual([notice.exhibits.length, notice.revisions], [2, 1], 'the same words, and one picture of them');
  const [, { record } = assert.fail()] = await loadExhibits(store.database, await noticeAt(url));
  assert.deepEqual([record.browser?.requests, record.mediaType], [2, 'text/html'], 'of the page, not of its script');
  const warc = await store.vault.get(record.warc.sha256);
  assert.equal((await verifyExhibitBytes(warc, record)).verdict, 'ok');
  assert.equal(Buffer.from((await readInputOf(warc, record)).body).toString(), page.body);
});

test('one definite notice is a suspicion, a second one far enough apart is a removal, told once with the page’s own words', async () => {
  const url = 'https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa';
  pages.set(url, articleOf('国外企业采购无人机设备通知', TEXT, 2247483649));
  await check(parts, { url });
  pages.set(url, DELETED);
  clock.advance(HOUR);
  await check(parts, { url });
  assert.equal(await presence(url), 'suspected');
  clock.advance(MINUTE);
  await check(parts, { url });
  assert.equal(await presence(url), 'suspected', 'a minute later is too soon');
  clock.advance(10 * MINUTE);
  await check(parts, { url });
  await check(parts, { url });
  const notice = (await showNotice(store.database, await noticeAt(url)))!;
  assert.equal(notice.presence, 'removed');
  assert.deepEqual([notice.removal?.actor, notice.removal?.words], ['publisher', '该内容已被发布者删除']);
  const { lastSeen, firstMissing, confirmed } = notice.removal!;
  assert.deepEqual([lastSeen, firstMissing, confirmed], [lastSeen, firstMissing, confirmed].sort());
  assert.equal(
    (await listEvents(store.database, { notice: notice.id })).filter(({ event }) => event === 'removal').length,
    1,
  );
  assert.ok(
    notice.why.every(({ observations }) => observations.length > 0),
    'every reason names what it rests on',
  );
  const listed = (await listRemovals(store.database, { notice: notice.id })) as { words: string }[];
  assert.equal(listed[0]?.words, '该内容已被发布者删除');
  assert.equal(notice.flags.find(({ id }) => id === 'N-01')?.detail, 'removed: 该内容已被发布者删除');
});

test('being blocked, down, unreadable or refused never counts as removed, however often', async () => {
  const url = fresh();
  pages.set(url, pageOf('一个通知', TEXT));
  await check(parts, { url });
  for (const trouble of [
    { status: 403, body: '<html><body>no</body></html>' },
    'TIMEOUT',
    { status: 502, body: 'bad gateway' },
    'CONNECT_FAILED',
    'RATE_LIMITED',
    'TLS_FAILED',
  ] as const) {
    pages.set(url, trouble);
    for (let n = 0; n < 4; n++) {
      clock.advance(30 * HOUR);
      await check(parts, { url });
    }
    assert.notEqual(await presence(url), 'removed', JSON.stringify(trouble));
  }
  assert.equal(await presence(url), 'unreachable');
  pages.set(url, pageOf('一个通知', TEXT));
  await check(parts, { url });
  assert.equal(await presence(url), 'standing');
});

test('a page that is cut is kept once, whatever cut it, and never counts as removed', async () => {
  const url = fresh();
  pages.set(url, pageOf('一个通知', TEXT));
  await check(parts, { url });
  const cut = { ...pageOf('一个通知', TEXT.slice(0, 1)), truncated: 'length' } as const;
  const exhibits: unknown[] = [];
  for (const page of [
    cut,
    cut,
    { ...DELETED, truncated: 'time' } as const,
    { status: 404, body: '<html><body>404 not found', truncated: 'disconnect' } as const,
    { status: 410, body: '', truncated: 'disconnect' } as const,
  ]) {
    pages.set(url, page);
    clock.advance(30 * HOUR);
    const { look, logged } = await check(parts, { url });
    assert.deepEqual([look.verdict.class, look.verdict.rule], ['unknown', `truncated-${page.truncated}`]);
    exhibits.push(...logged.flatMap(({ record }) => (record.type === 'exhibit' ? [record.truncated] : [])));
  }
  assert.notEqual(await presence(url), 'removed');
  assert.deepEqual(exhibits, ['length', 'time', 'disconnect', 'disconnect']);
});

test('a 404 alone is believed after a day, three looks, and only while a neighbour of the same host stands', async () => {
  const [url, neighbour] = [fresh('www.alone.example'), fresh('www.alone.example')];
  pages.set(url, pageOf('甲通知', TEXT));
  await check(parts, { url });
  pages.delete(url);
  for (let n = 0; n < 5; n++) {
    clock.advance(13 * HOUR);
    await check(parts, { url });
  }
  assert.equal(await presence(url), 'suspected', 'without a control nothing is confirmed');
  pages.set(
    neighbour,
    pageOf('乙通知', ['与此无关的另一个通知，内容是关于召开外贸企业座谈会的安排，请各单位准时参加。']),
  );
  await check(parts, { url: neighbour });
  for (const expected of ['suspected', 'suspected', 'removed']) {
    clock.advance(13 * HOUR);
    await check(parts, { url });
    assert.equal(await presence(url), expected);
  }
});

test('the only notice of a host that is watched has the first page of the host for a control', async () => {
  const url = fresh('www.only.example');
  pages.set(url, pageOf('甲通知', TEXT));
  await check(parts, { url });
  pages.delete(url);
  pages.set('https://www.only.example/', pageOf('某协会', ['欢迎访问某协会网站，这里有协会的新闻、通知和会员名录。']));
  for (const expected of ['suspected', 'suspected', 'removed']) {
    clock.advance(13 * HOUR);
    await check(parts, { url });
    assert.equal(await presence(url), expected);
  }
});

test('a text that any address of the host gives is no edit and no notice, and comes and goes without a word', async () => {
  const url = fresh('www.template.example');
  pages.set(url, pageOf('甲通知', TEXT));
  await check(parts, { url });
  const shell = pageOf('某市人民政府', ['本站正在升级，请稍后再来。'.repeat(60)]);
  pages.set(url, shell);
  parts.anyAddress = shell;
  clock.advance(HOUR);
  const { look } = await check(parts, { url });
  assert.deepEqual([look.verdict.class, look.verdict.rule], ['gone', 'text-of-any-address']);
  delete parts.anyAddress;
  const notice = (await showNotice(store.database, await noticeAt(url)))!;
  assert.deepEqual([notice.presence, notice.revisions, notice.title], ['suspected', 1, '甲通知']);
  pages.set(url, pageOf('甲通知', TEXT));
  clock.advance(HOUR);
  await check(parts, { url });
  assert.equal(await presence(url), 'standing');
});

test('a page whose text any address gives is shown as missing wherever its exhibit is, and kept once it is removed no more', async () => {
  const url = fresh('www.shell.example');
  pages.set(url, pageOf('甲通知', TEXT));
  await check(parts, { url });
  const shell = pageOf('某市人民政府', ['本站正在升级，请稍后再来。'.repeat(60)]);
  pages.set(url, shell);
  parts.anyAddress = shell;
  pages.set('https://www.shell.example/', pageOf('某市商务局', ['商务局的首页，有通知公告、政务公开和办事服务。']));
  for (const expected of ['suspected', 'suspected', 'removed', 'removed', 'removed']) {
    clock.advance(13 * HOUR);
    await check(parts, { url });
    assert.equal(await presence(url), expected);
  }
  delete parts.anyAddress;
  const id = await noticeAt(url);
  const notice = (await showNotice(store.database, id))!;
  assert.deepEqual(
    notice.exhibitList.map((each) => each.class),
    ['live', 'gone', 'gone', 'gone'],
  );
  assert.equal((await latestReading(store.database, id))?.title, '甲通知');
});

test('notices of one host that go missing together are one event, and none of them is called removed', async () => {
  const urls = Array.from({ length: 8 }, () => fresh('www.redesign.example'));
  for (const url of urls) {
    pages.set(url, pageOf(`通知 ${url}`, [...TEXT, url]));
    await check(parts, { url });
  }
  for (const url of urls.slice(0, 7)) pages.delete(url);
  for (let day = 0; day < 20; day++) {
    clock.advance(26 * HOUR);
    if (day === 2) pages.delete(urls[7]!);
    for (const url of urls) await check(parts, { url });
  }
  for (const url of urls.slice(0, 7)) assert.equal(await presence(url), 'suspected', url);
  assert.equal(await presence(urls[7]!), 'removed', 'it went alone, days later, and has been missing for two weeks');
  const events = await listEvents(store.database);
  const ofHost = events.filter(({ event, body }) => event === 'host' && body['host'] === 'www.redesign.example');
  assert.equal(ofHost.length, 1, JSON.stringify(ofHost));
});

test('after our clock fell back, what was seen last is still what counts', async () => {
  const url = `https://mp.weixin.qq.com/s/${'q'.repeat(22)}`;
  pages.set(url, articleOf('钟表倒退前的通知', TEXT, 2247483999));
  await check(parts, { url });
  clock.advance(-5 * HOUR);
  try {
    pages.set(url, DELETED);
    await check(parts, { url });
    assert.equal(await presence(url), 'suspected');
    clock.advance(11 * MINUTE);
    await check(parts, { url });
    assert.equal(await presence(url), 'removed');
    const { nextCheck } = (await showNotice(store.database, await noticeAt(url)))!;
    const wait = Date.parse(nextCheck!) - clock.now().getTime();
    assert.ok(wait > 0 && wait < 5 * HOUR, 'counted from the last look, not from the latest hour');
  } finally {
    clock.advance(5 * HOUR);
  }
});

test('an article whose account moved is followed to where the platform says it went, and no further', async () => {
  const [url, to] = [`https://mp.weixin.qq.com/s/${'o'.repeat(22)}`, `https://mp.weixin.qq.com/s/${'p'.repeat(22)}`];
  const movedTo = (target: string): FakePage => ({
    body: `<html><body><div class="weui-msg"><h2 class="weui-msg__title">该公众号已迁移</h2></div><script>var transferTargetLink = '${target}';</script></body></html>`,
  });
  pages.set(url, articleOf('迁移前的通知', TEXT, 2247483777));
  pages.set(to, articleOf('迁移前的通知', TEXT, 2247483888));
  await check(parts, { url });
  pages.set(url, movedTo('https://www.elsewhere.example/page'));
  clock.advance(HOUR);
  await watchRound(parts, { all: true });
  assert.ok(!parts.fetched.includes('https://www.elsewhere.example/page'), 'an address of another host is anybody’s');
  pages.set(url, movedTo(to));
  clock.advance(HOUR);
  await watchRound(parts, { all: true });
  assert.equal(await presence(url), 'moved');
  assert.equal(await presence(to), 'standing');
});

test('a short link met while it was down becomes the notice its page names, with its history', async () => {
  const url = 'https://mp.weixin.qq.com/s/bbbbbbbbbbbbbbbbbbbbbb';
  pages.set(url, 'TIMEOUT');
  await check(parts, { url });
  const provisional = await noticeAt(url);
  pages.set(url, articleOf('短链通知', TEXT, 2247483650));
  clock.advance(HOUR);
  await check(parts, { url });
  const notice = (await showNotice(store.database, await noticeAt(url)))!;
  assert.match(notice.key, /^wechat:\d+:2247483650:1$/);
  assert.notEqual(notice.id, provisional);
  assert.deepEqual(
    notice.observations.map((each) => each.class),
    ['down', 'live'],
  );
  assert.equal(await showNotice(store.database, provisional), undefined);
});

test('copies are found from both sides, whichever came first, and each says whether the other stands', async () => {
  const [first, second] = [fresh('a.example.gov.cn'), fresh('b.example.gov.cn')];
  const own =
    '云港市商务局为落实外贸稳增长工作部署，现征集有实力的农产品出口企业参加秋季对接会，会议时间地点另行通知。请各县区于月底前推荐企业名单，并附营业执照和出口资质证明，逾期不予受理。';
  pages.set(first, pageOf('征集通知', [own]));
  pages.set(second, pageOf('转发：征集通知', ['各会员企业：', own, '特此转发。'], '2024-05-30 09:00'));
  await check(parts, { url: first });
  await check(parts, { url: second });
  const [a, b] = [await noticeAt(first), await noticeAt(second)];
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const copies = (await listCopies(store.database, { notice: one })) as {
      other: string;
      relation: string;
      otherPresence: string;
    }[];
    assert.deepEqual(
      copies.map((each) => [each.other, each.relation, each.otherPresence]),
      [[other, 'copy', 'standing']],
    );
  }
  const flags = (await listFlags(store.database, { notice: a })) as unknown as Flag[];
  assert.ok(flags.some(({ id, words }) => id === 'N-13' && words.length > 0));
  assert.ok(!flags.some(({ id }) => id === 'N-02'), 'nothing is gone');
});

test('a declared repost is one from both sides, whichever was captured first and however little they share', async () => {
  const text = '关于组织参加秋季家具展览会的安排，展位费用由企业自理，报名材料与去年相同，请于月底前报送。';
  for (const [n, order] of [
    ['repost', 'original'],
    ['original', 'repost'],
  ].entries()) {
    const mids = { original: 2_247_484_000 + n, repost: 2_247_484_100 + n };
    const urls = {
      original: `https://mp.weixin.qq.com/s/eeeeeeeeeeeeeeeeeeeee${n}`,
      repost: `https://mp.weixin.qq.com/s/fffffffffffffffffffff${n}`,
    };
    pages.set(urls.original, articleOf(`家具展${n}`, [text], mids.original));
    pages.set(
      urls.repost,
      articleOf(`转载${n}`, ['请看原文。'], mids.repost, { account: '另一商会', originalMid: mids.original }),
    );
    for (const each of order) await check(parts, { url: urls[each as 'original' | 'repost'] });
    const [original, repost] = [await noticeAt(urls.original), await noticeAt(urls.repost)];
    for (const [one, other] of [
      [original, repost],
      [repost, original],
    ] as const) {
      const copies = (await showNotice(store.database, one))!.copies.filter(({ notice }) => notice === other);
      assert.deepEqual(
        copies.map(({ relation }) => relation),
        ['declared-repost'],
        order.join(', then '),
      );
    }
    const told = (await listEvents(store.database)).filter(
      ({ event, body }) =>
        event === 'copy' &&
        [body['notice'], body['other']].every((each) => [original, repost].includes(each as NoticeId)),
    );
    assert.equal(told.length, 2, 'told once of each');
  }
});

const NULL = '-0- ';
const row = (entry: string, name: string, remarks = NULL): string =>
  [entry, `"${name}"`, NULL, '"RUSSIA-EO14024"', NULL, NULL, NULL, NULL, NULL, NULL, NULL, remarks].join(',');
const sdn = (...rows: string[]): Uint8Array => Buffer.from([...rows, '\x1a'].join('\r\n'));

test('a list that comes later, or in the wrong order, screens every notice anew as of its own day', async () => {
  const trimix = row('47713', 'LIMITED LIABILITY COMPANY TRIMIX', '"a.k.a. \'3MX\'."');
  const other = row('36', 'AEROCARIBBEAN AIRLINES');
  const add = (publishedAt: string, main: Uint8Array): ReturnType<typeof addListVersion> =>
    addListVersion(parts, { list: 'us_ofac_sdn', files: { main }, publishedAt, origin: 'test' });
  assert.equal((await add('2024-02-23', sdn(other, trimix))).isNew, true);
  assert.equal((await add('2024-02-23', sdn(other, trimix))).isNew, false);
  await add('2024-02-20', sdn(other));
  const matches = (await listMatches(store.database)) as { entry: string; from: string; via?: string; on: string }[];
  assert.ok(
    matches.some(
      ({ entry, from, via }) => entry === '47713' && from === '2024-02-23' && /maker of Bulat/.test(via ?? ''),
    ),
  );
  await assert.rejects(add('2024-06-01', sdn()), { code: 'BAD_LIST' });
  const many = Array.from({ length: 30 }, (_, n) => row(String(100 + n), `PLANT NUMBER ${n}`));
  await add('2024-03-01', sdn(other, trimix, ...many));
  await assert.rejects(add('2024-04-01', sdn(other, trimix)), { code: 'LIST_SHRANK' });
});

test('a source that dies goes on being asked, and its notices go on being checked', async () => {
  const [list, known] = ['https://dead.example.gov.cn/list.html', fresh('dead.example.gov.cn')];
  const link = `<a href="${known}">关于征集企业参加对接会的通知</a>`;
  pages.set(list, {
    body: `<!doctype html><html><head><title>通知公告</title></head><body><ul><li>${link}</li></ul><p>${'栏目说明文字。'.repeat(60)}</p></body></html>`,
  });
  pages.set(
    known,
    pageOf('对接会通知', ['关于征集企业参加对接会的通知正文，请各单位按时报名参加，联系方式见附件，谢谢配合。']),
  );
  await recordSource(parts, { kind: 'website', name: 'dead', options: { url: list, mode: 'list' }, everyMs: HOUR });
  const first = await watchRound(parts);
  assert.equal(first.found, 1);
  pages.set(list, 'TIMEOUT');
  clock.advance(5 * HOUR);
  const second = await watchRound(parts);
  assert.ok(second.failures.some(({ what }) => what === 'source dead'));
  assert.ok(parts.fetched.slice(-40).includes(known), 'the notice itself was checked');
  const source = (await listSources(store.database)).find(({ name }) => name === 'dead')!;
  assert.ok(source.lastProblem !== null && source.lastGood !== null && source.lastGood < source.lastRun!);
  assert.equal(await presence(known), 'standing');
});

/** Everything the public interface tells. */
async function everything(): Promise<string> {
  const db = store.database;
  const lists = [listNotices, listChanges, listRemovals, listCopies, listMentions, listMatches, listFlags, listEvents];
  const rows = await Promise.all(lists.map((list) => list(db)));
  const details = await Promise.all((await listNotices(db)).map(({ id }) => showNotice(db, id)));
  return JSON.stringify([...rows, await listSources(db), details]);
}

test('a verdict keeps the thresholds it was given under, whoever makes it again and with which settings', async () => {
  const url = 'https://mp.weixin.qq.com/s/cccccccccccccccccccccc';
  const hasty = { ...parts, settings: { ...parts.settings, 'watch.confirm.notice': 1_000 } };
  pages.set(
    url,
    articleOf('将被删除的通知', ['这是一则关于外贸企业座谈会的通知，请各单位准时参加，谢谢配合。'], 2247483777),
  );
  await check(hasty, { url });
  pages.set(url, DELETED);
  await check(hasty, { url });
  clock.advance(2_000);
  await check(hasty, { url });
  assert.equal(await presence(url), 'removed', 'confirmed after a second, as was on record then');
  await rebuild(parts);
  assert.equal(await presence(url), 'removed');
  const other = fresh();
  pages.set(other, pageOf('再来一则', ['又一则与此无关的通知，内容是关于举办政策宣讲会的安排，请各单位准时参加。']));
  await check(parts, { url: other });
  assert.equal(await presence(url), 'removed', 'new thresholds judge new checks');
});

test('rows that came one by one are, each of them, the rows a rebuild makes', async () => {
  const entries = await sameAsRebuilt(parts);
  assert.ok(entries > 50, `${entries} entries`);
});

test('each event reaches the webhook once, also after a rebuild, which gives the very same answers', async (t) => {
  const got: string[] = [];
  const server = createServer((request, response) => {
    got.push(String(request.headers['idempotency-key']));
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const telling = { ...parts, settings: { ...parts.settings, 'alert.webhook': url } };
  await deliverEvents(telling);
  const told = got.length;
  assert.ok(told > 5);
  assert.equal(new Set(got).size, told);
  const before = await everything();
  await rebuild(parts);
  assert.equal(await everything(), before);
  await deliverEvents(telling);
  assert.equal(got.length, told);
});
