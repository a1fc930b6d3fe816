import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { type NoticeId, instant } from '../model/index.js';
import { findAddress, listEvents, plannedChecks, showNotice } from '../store/index.js';
import { check } from './index.js';
import { captureOf, openTestParts, pageOf, sameAsRebuilt } from './testing/parts.js';

const HOUR = 3_600_000;
const parts = await openTestParts();
after(() => parts.dispose());
const { pages, clock, store, fetched } = parts;

const noticeAt = async (url: string): Promise<NoticeId> => (await findAddress(store.database, url))!.noticeId;
const shown = async (url: string): Promise<NonNullable<Awaited<ReturnType<typeof showNotice>>>> =>
  (await showNotice(store.database, await noticeAt(url)))!;
const told = async (url: string): Promise<string[]> =>
  (await listEvents(store.database, { notice: await noticeAt(url) })).map(({ event }) => event);
const BODY = [
  '广东省对俄贸易促进会近日收到俄罗斯企业来函，拟采购一批设备，现将有关需求通知如下。',
  '有供货能力的生产企业请于6月7日前将产品说明书和报价报送我会秘书处，联系方式见附件。',
];
/** A page that says something else each time it is asked. */
const changing = (title: string, paragraphs: () => string[]): ReturnType<typeof pageOf> => ({
  get body() {
    return pageOf(title, paragraphs()).body;
  },
});

test('a text that a second look does not find is no edit, and is looked at again soon; one that stays is', async () => {
  const url = 'https://flicker.example.gov.cn/content/post_1.html';
  pages.set(url, pageOf('采购通知', BODY));
  await check(parts, { url });
  let looks = 0;
  pages.set(
    url,
    changing('采购通知', () => (looks++ === 0 ? [...BODY, '本页面由缓存服务器提供，内容可能不是最新的。'] : BODY)),
  );
  clock.advance(5 * HOUR);
  await check(parts, { url });
  assert.equal((await shown(url)).revisions, 1);
  const id = await noticeAt(url);
  const plan = (await plannedChecks(store.database, { most: 10 })).find((each) => each.id === id)!;
  assert.equal(plan.why, 'an edit is to be confirmed');
  assert.equal(Date.parse(plan.nextCheck) - clock.now().getTime() < 11 * 60_000, true);
  clock.advance(11 * 60_000);
  await check(parts, { url });
  assert.deepEqual([(await shown(url)).revisions, (await told(url)).includes('change')], [1, false]);
  pages.set(url, pageOf('采购通知', [BODY[0]!.replace('俄罗斯', '哈萨克斯坦'), BODY[1]!]));
  clock.advance(5 * HOUR);
  await check(parts, { url });
  const { changes, revisions } = await shown(url);
  assert.equal(revisions, 2);
  assert.equal(changes[0]!.severity, 85, 'one country for another');
  assert.ok((await told(url)).includes('change'));
});

test('what counts by itself is learnt, and no number of the notice is', async () => {
  const url = 'https://counts.example.gov.cn/content/post_1.html';
  let visitors = 100;
  let wanted = 30;
  pages.set(
    url,
    changing('采购通知', () => [
      BODY[0]!,
      `求购无人机探测器${wanted}台。`,
      BODY[1]!,
      `您是第${(visitors += 7)}位访问者。`,
    ]),
  );
  for (let n = 0; n < 4; n++) {
    await check(parts, { url });
    clock.advance(5 * HOUR);
  }
  assert.equal((await shown(url)).revisions, 1);
  wanted = 50;
  await check(parts, { url });
  const { revisions, changes } = await shown(url);
  assert.equal(revisions, 2);
  assert.deepEqual(
    changes.map(({ before, after }) => [before, after]),
    [['求购无人机探测器30台。', '求购无人机探测器50台。']],
  );
});

test('a site that is made over is one event, and its notices keep their revisions; an edit on the same day is told', async () => {
  const urls = [1, 2, 3, 4, 5].map((n) => `https://over.example.gov.cn/content/post_${n}.html`);
  const text = (url: string): string[] => [
    `${BODY[0]!}编号${url.at(-6)!}。`,
    `第${url.at(-6)!}号需求见附件，请按要求填写。`,
    BODY[1]!,
  ];
  const header = '欢迎访问新版网站，旧版网站将于年底关闭。';
  for (const url of urls) pages.set(url, pageOf(`通知${url.at(-6)!}`, text(url)));
  for (const url of urls) await check(parts, { url });
  clock.advance(5 * HOUR);
  for (const url of urls) pages.set(url, pageOf(`通知${url.at(-6)!}`, [header, ...text(url)]));
  const edited = urls[4]!;
  pages.set(edited, pageOf('通知5', [header, ...text(edited).map((each) => each.replace('俄罗斯', '境外'))]));
  for (const url of urls) {
    await check(parts, { url });
    clock.advance(HOUR / 10);
  }
  for (const url of urls.slice(0, 4)) {
    const { revisions, changes } = await shown(url);
    assert.deepEqual([revisions, changes.map(({ kind }) => kind)], [1, ['template']], url);
  }
  const events = (await listEvents(store.database)).filter(({ body }) => body['host'] === 'over.example.gov.cn');
  assert.deepEqual(
    events.map(({ event }) => event),
    ['redesign'],
  );
  assert.equal((await shown(edited)).revisions, 2);
  assert.ok((await told(edited)).includes('change'));
});

test('a control is asked as the page was: with the certificates and the name of its source', async () => {
  const url = 'https://own.example.gov.cn/content/post_1.html';
  pages.set(url, pageOf('采购通知', BODY));
  const asked: unknown[] = [];
  const fetcher = {
    ...parts.fetcher,
    fetch: (address: string, options = {}) => {
      asked.push((options as { userAgent?: string }).userAgent);
      return parts.fetcher.fetch(address, options);
    },
  };
  const fetchOptions = { userAgent: 'Own/1' };
  await check({ ...parts, fetcher }, { url, fetchOptions });
  pages.delete(url);
  clock.advance(HOUR);
  await check({ ...parts, fetcher }, { url, fetchOptions });
  assert.ok(asked.length > 2);
  assert.deepEqual(new Set(asked), new Set(['Own/1']));
});

test('a page that sends us to the front page keeps its own address, and does not become the front page', async () => {
  const url = 'https://zz.example.gov.cn/content/post_1.html';
  const home = pageOf('商务局', ['政务公开', '通知公告']);
  const away = {
    ...parts.fetcher,
    fetch: async () => ({ ...captureOf(url, home, instant(clock.now())), finalUrl: 'https://zz.example.gov.cn/' }),
  };
  clock.advance(1);
  await check({ ...parts, fetcher: away }, { url });
  assert.equal((await shown(url)).url, url);
  assert.equal(await findAddress(store.database, 'https://zz.example.gov.cn/'), undefined);
});

test('what was made look by look is what the log makes', async () => {
  await sameAsRebuilt(parts);
  assert.ok(fetched.length > 30);
});
