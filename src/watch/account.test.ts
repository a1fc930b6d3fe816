import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { NoticeId } from '../model/index.js';
import { findAddress, listEvents, listRemovals, showNotice } from '../store/index.js';
import { deliverEvents } from './deliver.js';
import { check, rebuild } from './index.js';
import { type FakePage, articleOf, openTestParts, sameAsRebuilt } from './testing/parts.js';

const HOUR = 3_600_000;
const parts = await openTestParts();
after(() => parts.dispose());
const { pages, clock, store } = parts;

const insteadOf = (words: string): FakePage => ({
  body: `<!doctype html><html><head><title></title></head><body><div class="weui-msg"><h2 class="weui-msg__title">${words}</h2></div></body></html>`,
});
const BLOCKED = insteadOf('此帐号已被屏蔽, 内容无法查看');
const CLOSED = insteadOf('此帐号已自主注销，内容无法查看');
const TAKEN_DOWN = insteadOf('此内容因违规无法查看');

let count = 0;

/** Articles of one account that stand; of no account whose id the page tells, without one. */
async function articles(many: number, account?: string): Promise<string[]> {
  const urls: string[] = [];
  for (let n = 0; n < many; n++) {
    const mid = 2247480000 + ++count;
    const url = `https://mp.weixin.qq.com/s/${String(count).padStart(22, 'a')}`;
    const { body } = articleOf(
      `通知 ${mid}`,
      [`第${mid}号通知的正文，各有关企业请于本月底前报名参加。`.repeat(3)],
      mid,
    );
    pages.set(url, { body: String(body).replace('gh_0123456789ab', account ?? '') });
    await check(parts, { url });
    urls.push(url);
  }
  return urls;
}

/** Looked at twice, far enough apart. */
async function become(urls: readonly string[], page: (url: string) => FakePage): Promise<void> {
  for (const url of urls) pages.set(url, page(url));
  for (let look = 0; look < 2; look++) {
    clock.advance(HOUR);
    for (const url of urls) await check(parts, { url });
  }
}

const idOf = async (url: string): Promise<NoticeId> => (await findAddress(store.database, url))!.noticeId;

async function toldOf(urls: readonly string[], types = ['account', 'removal']): Promise<string[]> {
  const ids = await Promise.all(urls.map(idOf));
  return (await listEvents(store.database))
    .filter(({ event, body }) => types.includes(event) && ids.includes(body['notice'] as NoticeId))
    .map(({ event }) => event);
}

test('articles gone with their account are one event, and each of them is removed with the page’s own words', async () => {
  const urls = await articles(4, 'gh_00000000000a');
  await become(urls.slice(0, 3), () => BLOCKED);
  assert.deepEqual(await toldOf(urls), ['account']);
  await become(urls.slice(3), () => BLOCKED);
  assert.deepEqual(await toldOf(urls), ['account'], 'a fourth one, found later, is no news');
  for (const url of urls) {
    const { id, presence, removal, why } = (await showNotice(store.database, await idOf(url)))!;
    assert.deepEqual([presence, removal?.actor, removal?.scope], ['removed', 'platform', 'account']);
    assert.match(removal!.words, /此帐号已被屏蔽/);
    assert.match(why[0]!.text, /met the same definite notice/);
    assert.equal((await listRemovals(store.database, { notice: id })).length, 1);
  }
  const event = (await listEvents(store.database)).find(
    ({ body }) => body['account'] === '某促进会' && body['removal'],
  )!;
  const first = await idOf(urls[0]!);
  assert.deepEqual([event.event, event.body['title'], event.body['notice']], ['account', '某促进会', first]);
});

test('an account that came back and is blocked again is told again, once', async () => {
  const urls = await articles(3, 'gh_00000000000b');
  const stood = new Map(urls.map((url) => [url, pages.get(url) as FakePage]));
  await become(urls, () => BLOCKED);
  await become(urls.slice(0, 2), (url) => stood.get(url)!);
  assert.deepEqual(await toldOf(urls, ['account', 'returned']), ['account', 'returned', 'returned']);
  await become(urls.slice(0, 2), () => BLOCKED);
  assert.deepEqual(await toldOf(urls), ['account', 'account'], 'though the third was never seen to be back');
});

test('words of another kind are another event, and a takedown of one article is its own', async () => {
  const urls = await articles(4, 'gh_00000000000c');
  await become(urls.slice(0, 1), () => TAKEN_DOWN);
  await become(urls.slice(1, 3), () => BLOCKED);
  await become(urls.slice(3), () => CLOSED);
  assert.deepEqual(await toldOf(urls), ['removal', 'account', 'account']);
});

test('where no page tells the account, each removal is told by itself', async () => {
  const urls = await articles(2);
  await become(urls, () => BLOCKED);
  assert.deepEqual(await toldOf(urls), ['removal', 'removal']);
  const gone = 'https://mp.weixin.qq.com/s/zzzzzzzzzzzzzzzzzzzzzz';
  await become([gone], () => BLOCKED);
  assert.deepEqual(await toldOf([gone]), ['removal'], 'gone before anybody looked');
});

test('the rows are those a rebuild makes, and nothing is told a second time', async () => {
  await sameAsRebuilt(parts);
  const only = { 'alert.webhook': 'http://127.0.0.1:9/', 'alert.events': ['account'] };
  const sent: string[] = [];
  const telling = { ...parts, settings: { ...parts.settings, ...only } };
  const channel = {
    kind: 'webhook',
    title: 'kept',
    description: '',
    settings: { 'alert.webhook': { kind: 'text' as const, default: '', help: '' } },
    make: () => ({
      send: ({ id }: { id: string }) => {
        sent.push(id);
        return Promise.resolve({ outcome: 'delivered' as const, detail: 'HTTP 204' });
      },
    }),
  };
  await deliverEvents(telling, [channel]);
  assert.equal(new Set(sent).size, 5);
  const before = await listEvents(store.database);
  await rebuild(parts);
  assert.deepEqual(await listEvents(store.database), before);
  await deliverEvents(telling, [channel]);
  assert.equal(sent.length, 5);
});
