import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { NoticeId } from '../model/index.js';
import { findAddress, loadObservations, plannedChecks, showNotice } from '../store/index.js';
import { check, watchRound } from './index.js';
import { DELETED, articleOf, openTestParts, pageOf, sameAsRebuilt } from './testing/parts.js';

const HOUR = 3_600_000;
const parts = await openTestParts();
after(() => parts.dispose());
const { pages, clock, store } = parts;

const noticeAt = async (url: string): Promise<NoticeId> => (await findAddress(store.database, url))!.noticeId;
type Seen = Awaited<ReturnType<typeof loadObservations>>[number]['record'];
const looksAt = async (url: string): Promise<Seen[]> =>
  (await loadObservations(store.database, await noticeAt(url))).map(({ record }) => record);
const shown = async (url: string): Promise<NonNullable<Awaited<ReturnType<typeof showNotice>>>> =>
  (await showNotice(store.database, await noticeAt(url)))!;
/** Rounds until the clock is so much further. */
async function watchFor(hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed += 0.5) {
    clock.advance(HOUR / 2);
    await watchRound(parts);
  }
}
const article = (n: number): string => `https://mp.weixin.qq.com/s/${String(n).repeat(22)}`;
const words = (n: number): string[] => [`第${n}次征集：请各单位于六月七日前报送产品说明书，联系方式见附件。`];

test('a WeChat article that stands is left at its beginning; after a day, four days and news it is read whole', async () => {
  const url = article(1);
  pages.set(url, articleOf('关于征集企业的通知', words(1), 101));
  await check(parts, { url });
  await watchFor(20);
  const [first, ...later] = await looksAt(url);
  assert.equal(first?.leftAfter, undefined);
  assert.ok(later.length >= 4);
  for (const { leftAfter, status, rule, exhibit, textHash, payload } of later)
    assert.deepEqual(
      [leftAfter! > 100, status, rule, exhibit, textHash, payload],
      [true, 200, 'wechat-article-begins', undefined, undefined, undefined],
    );
  const standing = await shown(url);
  assert.deepEqual([standing.presence, standing.exhibits.length], ['standing', 1]);
  assert.equal(standing.lastSeen, later.at(-1)!.at);
  pages.set(
    url,
    articleOf('关于征集企业的通知', ['更正：征集活动取消，已报名的单位将另行通知，给您带来不便敬请谅解。'], 101),
  );
  await watchFor(8);
  assert.equal((await shown(url)).revisions, 2, 'the edit is seen when the notice is a day old');
  const [row] = await plannedChecks(store.database, { most: 1 });
  assert.match(row!.why, /6 times as often: it was edited/);
  const seen = (await looksAt(url)).length;
  await watchFor(5);
  const hurried = (await looksAt(url)).slice(seen);
  assert.ok(
    hurried.length >= 5 && hurried.every(({ leftAfter }) => leftAfter === undefined),
    'after news each look is whole',
  );
});

test('what stands in its place is read whole in the same look, and confirmed as ever', async () => {
  const url = article(2);
  pages.set(url, articleOf('关于征集供应商的通知', words(2), 102));
  await check(parts, { url });
  await watchFor(8);
  pages.set(url, DELETED);
  await watchFor(6);
  const notice = await shown(url);
  assert.equal(notice.presence, 'removed');
  assert.equal(notice.exhibits.length, 3, 'the article, and twice the page that says who removed it');
});

test('a server is asked whether its answer is still the same, and asked for all of it where it is not', async () => {
  const url = 'https://etag.example.gov.cn/content/post_1.html';
  const page = { ...pageOf('关于征集单位的通知', words(3)), headers: [['ETag', '"a1"']] as const };
  pages.set(url, page);
  await check(parts, { url });
  await watchFor(10);
  const [first, ...later] = await looksAt(url);
  assert.deepEqual(first!.validators, { etag: '"a1"' });
  assert.ok(later.length >= 2);
  for (const { status, unchanged, exhibit, textHash, payload, validators } of later)
    assert.deepEqual(
      [status, unchanged, exhibit, textHash, payload, validators],
      [304, true, first!.exhibit, first!.textHash, undefined, { etag: '"a1"' }],
    );
  pages.set(url, {
    ...pageOf('关于征集单位的通知', ['更正：征集时间延长至七月一日，其他事项不变。']),
    headers: [['ETag', '"a2"']],
  });
  await watchFor(5);
  assert.equal((await shown(url)).revisions, 2);
  pages.set(url, { status: 404, body: '<html><body>not found</body></html>' });
  await watchFor(5);
  assert.equal((await shown(url)).presence, 'suspected');
});

test('a server that says so without being asked, or to a look at everything, is not believed', async () => {
  const url = 'https://etag2.example.gov.cn/content/post_1.html';
  pages.set(url, { ...pageOf('关于征集机构的通知', words(4)), headers: [['ETag', '"b1"']] });
  await check(parts, { url });
  await watchRound(parts, { all: true });
  assert.deepEqual(
    (await looksAt(url)).map(({ status }) => status),
    [200, 200],
  );
  pages.set(url, { status: 304, body: '' });
  await check(parts, { url });
  assert.notEqual((await looksAt(url)).at(-1)!.concluded, 'live');
});

test('with watch.whole at nothing every look is whole', async () => {
  const own = await openTestParts({ settings: { 'watch.whole': 0 } });
  try {
    const url = article(5);
    own.pages.set(url, articleOf('关于征集产品的通知', words(5), 105));
    await check(own, { url });
    own.clock.advance(5 * HOUR);
    await watchRound(own);
    const looks = await loadObservations(own.store.database, (await findAddress(own.store.database, url))!.noticeId);
    assert.deepEqual(
      looks.map(({ record }) => record.leftAfter),
      [undefined, undefined],
    );
  } finally {
    await own.dispose();
  }
});

test('what was made look by look is what the log makes', async () => {
  assert.ok((await sameAsRebuilt(parts)) > 40);
});
