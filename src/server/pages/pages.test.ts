import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { DELETED, articleOf, openTestParts, pageOf } from '../../watch/testing/parts.js';
import { check } from '../../watch/index.js';
import { type ListVersionRow, findAddress, listNotices, showNotice } from '../../store/index.js';
import { createApp } from '../index.js';
import type { CaseReport } from '../../case/index.js';
import { casePage } from './cases.js';
import { candidates, rules } from './findings.js';
import { inboxPage } from './inbox.js';
import { markedText } from './marks.js';

const parts = await openTestParts();
after(() => parts.dispose());
const { database } = parts.store;
const app = createApp(parts);
const CALL = '采购内容：无人机探测器、无人机抑制器、通信频段干扰器，请有供货能力的企业联系我会秘书处。';

async function page(path: string): Promise<string> {
  const response = await app.request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } });
  assert.equal(response.status, 200, path);
  return response.text();
}

const idOf = async (url: string): Promise<string> => (await findAddress(database, url))!.noticeId;
const marksIn = (text: string): string[] =>
  [...text.matchAll(/<mark class="goods"[^>]*>([^<]*)<\/mark>/g)].map((match) => match[1]!);

test('marks stay on their words when a later capture differs in layout only', async () => {
  const url = 'https://www.example.gov.cn/content/layout.html';
  parts.pages.set(url, pageOf('采购通知', [`各会员企业：现将有关需求转发如下。${CALL}`]));
  await check(parts, { url });
  parts.clock.advance(3_600_000);
  parts.pages.set(url, pageOf('采购通知', ['各会员企业：现将有关需求转发如下。', CALL]));
  await check(parts, { url });
  const notice = (await showNotice(database, await idOf(url)))!;
  assert.deepEqual([notice.revisions, notice.exhibits.length], [1, 2], 'two captures, one revision');
  const goods = notice.mentions.filter(({ kind }) => kind === 'goods').map(({ text }) => text);
  assert.deepEqual(marksIn(await page(`/notices/${notice.id}`)), goods);
});

test('goods that an edit took out are not marked in the text that stands', async () => {
  const url = 'https://www.example.gov.cn/content/edited.html';
  parts.pages.set(url, pageOf('通知', [`请各企业报名。${CALL}`]));
  await check(parts, { url });
  parts.clock.advance(3_600_000);
  parts.pages.set(url, pageOf('通知', ['请各企业报名，欢迎各会员单位踊跃参加本次活动，详情请咨询。']));
  await check(parts, { url });
  const text = await page(`/notices/${await idOf(url)}`);
  assert.deepEqual(marksIn(text), []);
  assert.match(text, /<del><span class="hidden">removed: <\/span>/);
  assert.match(text, /Revisions: readings that differ in substance/);
});

test('a removed notice names the account of its standing copy also when only removals are shown', async () => {
  const long = `各会员企业：我会近日收到国外企业来函，拟通过我会在省内寻找有供货能力的生产厂家。${CALL}供货企业应为在本省注册的生产型企业，能够提供产品说明书。`;
  const [first, second] = ['a', 'b'].map((each) => `https://mp.weixin.qq.com/s/${each.repeat(22)}`);
  parts.pages.set(first!, articleOf('采购无人机设备通知', [long], 1, { account: '某省促进会' }));
  parts.pages.set(second!, articleOf('转发：采购无人机设备通知', [long], 2, { account: '某市促进会' }));
  for (const url of [first!, second!]) await check(parts, { url });
  parts.pages.set(first!, DELETED);
  for (let look = 0; look < 3; look++) {
    parts.clock.advance(86_400_000);
    await check(parts, { url: first! });
  }
  for (const path of ['/?presence=removed', '/notices?presence=removed']) {
    const text = await page(path);
    assert.match(text, /Removed by its publisher<\/strong>: <q lang="zh-Hans">该内容已被发布者删除<\/q>/, path);
    assert.match(text, /A copy stands:\s*<a href="[^"]*" lang="zh-Hans">某市促进会<\/a>\s*\(\d+ % of this notice\)/);
    assert.equal(text.match(/<li class="notice /g)?.length, 1, 'the filter holds under either address');
    assert.match(text, /href="\/api\/v1\/notices\?presence=removed"/, 'the twin in JSON is filtered alike');
  }
});

test('"not found" names the lists and their day; where none was held nothing was asked, and the page says that', async () => {
  const notice = (await showNotice(database, await idOf('https://www.example.gov.cn/content/layout.html')))!;
  assert.deepEqual(notice.matches, []);
  const version = (publishedAt: string) =>
    ({ record: { list: 'us_ofac_sdn', publishedAt } }) as unknown as ListVersionRow;
  const said = async (...days: string[]): Promise<string> => (await candidates(notice, days.map(version))).toString();
  assert.match(await said(), /No list of that day or before is held, so no name was asked/);
  assert.match(await said('2099-01-01'), /so no name was asked/, 'a later version cannot speak for that day');
  assert.match(
    await said('2024-01-01', '2024-05-20', '2099-01-01'),
    /found on the lists of 2024-05-22: us_ofac_sdn \(version of 2024-05-20\)/,
  );
});

test('rules name goods in words, and a day without any rule in force is said, not shown as an empty table', async () => {
  const notice = (await showNotice(database, await idOf('https://www.example.gov.cn/content/layout.html')))!;
  const shown = String(await rules(notice, parts.catalogue));
  assert.match(shown, /Drone jammer/);
  const later = { ...notice, rules: notice.rules.map((rule) => ({ ...rule, inForce: false })) };
  assert.match(String(await rules(later, parts.catalogue)), /None of the rules known here was in force on the day/);
});

test('the list of notices comes in pages that keep the filter', async () => {
  const [one] = await listNotices(database);
  const many = Array.from({ length: 150 }, (_, at) => ({ ...one!, id: `N-${String(at).padStart(10, '0')}` }));
  const at = async (after: number): Promise<string> =>
    String(await inboxPage(many, parts.catalogue, { presence: one!.presence, search: '"<b>', after }));
  assert.match(await at(0), /value="&quot;&lt;b&gt;"/);
  const all = async (after: number): Promise<string> =>
    String(await inboxPage(many, parts.catalogue, { presence: one!.presence, search: '', after }));
  const [first, second, beyond] = [await all(0), await all(100), await all(1_000)];
  assert.match(first, /1–100 of 150 notices/);
  assert.match(first, new RegExp(`href="/\\?presence=${one!.presence}&amp;search=&amp;after=100">Older notices`));
  assert.equal(second.match(/<li class="notice /g)?.length, 50);
  assert.match(second, /after=0">Newer notices/);
  assert.doesNotMatch(second, /Older notices/);
  assert.match(beyond, /None here; 150 notices before/);
});

test('an empty store says what to do next', async () => {
  const text = String(await inboxPage([], parts.catalogue, { presence: '', search: '', after: 0 }));
  assert.match(text, /asposted source add/);
  assert.match(text, /asposted demo/);
});

test('inside a mark, too, markup is text and control characters are shown; marks never nest or run over the end', async () => {
  const text = 'a<b>\u202Ec</b> d';
  const mention = (start: number, end: number) => ({ kind: 'goods', id: 'x"y', text: '', start, end }) as const;
  const shown = String(await markedText(text, [mention(1, 6), mention(2, 3), mention(11, 99)], ({ id }) => id));
  assert.equal(shown, 'a<mark class="goods" title="goods: x&quot;y">&lt;b&gt;\\u202ec</mark>&lt;/b&gt; d');
});

test('a case sets both sides beside each other by name, links real exhibits only, and shows what people typed as text', async () => {
  const [one] = await listNotices(database);
  const claim = { id: 'C-1', at: '2024-06-05T00:00:00.000Z', speaker: 'an official', logIndex: 7 };
  const report = {
    ...{
      id: 'K-1',
      title: '<b>case</b>',
      by: 'me',
      at: '2024-06-06T00:00:00.000Z',
      statements: [],
      timeline: [],
      exhibits: [],
    },
    claims: [
      { ...claim, words: 'buyers are elsewhere \u202E<script>', exhibit: 'E-ABC' },
      { ...claim, id: 'C-2', words: 'improper', exhibit: 'javascript:x' },
    ],
    contradictions: [{ rule: 'TS-02', title: 'another country', between: ['C-1', one!.id], detail: 'claim: kz' }],
    noticeList: [one!],
  } as unknown as CaseReport;
  const text = String(await casePage(report));
  assert.match(text, /<blockquote>\s*<span lang="en">an official: “buyers are elsewhere \\u202e&lt;script&gt;”/);
  assert.match(text, new RegExp(`<a href="/notices/${one!.id}"><span lang="zh-Hans">${one!.title!}</span></a>`));
  assert.match(text, /<a class="id" href="\/exhibits\/E-ABC">E-ABC<\/a>/);
  assert.match(text, /<span class="id">javascript:x<\/span>/);
  assert.doesNotMatch(text, /<script|<b>case|\u202e/);
  assert.equal(text.match(/<h1[ >]/g)?.length, 1);
});
