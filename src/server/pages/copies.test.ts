import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import fc from 'fast-check';
import type { Passage } from '../../model/index.js';
import { openTestParts, pageOf } from '../../watch/testing/parts.js';
import { check } from '../../watch/index.js';
import { findAddress } from '../../store/index.js';
import { createApp } from '../index.js';
import { besideRows, stretchHtml } from './beside.js';

const parts = await openTestParts();
after(() => parts.dispose());
const { database } = parts.store;
const app = createApp(parts);
const ask = (path: string): Response | Promise<Response> =>
  app.request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } });
const idOf = async (url: string): Promise<string> => (await findAddress(database, url))!.noticeId;

const CALL =
  '各会员企业：我会近日收到国外企业来函，拟通过我会在省内寻找有供货能力的生产厂家。采购内容：无人机探测器、无人机抑制器、通信频段干扰器。供货企业应为在本省注册的生产型企业，能够提供产品说明书。';
const [ONE, TWO, ALONE] = ['one', 'two', 'alone'].map((each) => `https://www.${each}.example.gov.cn/content/a.html`);
parts.pages.set(ONE!, pageOf('采购无人机设备通知', [`${CALL}联系电话：0766-8812345。`]));
parts.pages.set(
  TWO!,
  pageOf('=转发&lt;script&gt;alert(1)&lt;/script&gt;', [`${CALL}联系电话：0766-7754321。`], '2024-05-23 09:00'),
);
parts.pages.set(ALONE!, pageOf('放假通知', ['根据上级安排，五月一日至五日放假，请妥善安排工作。']));
for (const url of [ONE!, TWO!, ALONE!]) await check(parts, { url });

test('the copies of a notice say how much of each is shared, who posted first, which stand and when that was checked', async () => {
  const text = await (await ask(`/notices/${await idOf(ONE!)}/copies`)).text();
  assert.match(text, /1 copy; 2 known to stand, this one counted/, 'two words, no score');
  assert.match(text, /\d+ % of this notice stands in it; \d+ % of it stands\s+here\./, 'shares of each side');
  assert.match(text, /By what the pages claim:\s+this notice,/, 'the earlier date on the page is the first');
  assert.match(text, /Standing; checked 2024-05-22 \d\d:\d\d UTC/, 'state and the time of the last look');
  assert.equal(text.match(/<h1[ >]/g)?.length, 1, 'one heading of the page');
});

test('what differs comes title first, then the telephone, each side in its own column and language', async () => {
  const text = await (await ask(`/notices/${await idOf(TWO!)}/copies`)).text();
  const [title, phone] = [text.indexOf('<td>title</td>'), text.indexOf('<td>contact</td>')];
  assert.ok(title > 0 && phone > title, 'title, then contact');
  const row = text.slice(phone, text.indexOf('</tr>', phone));
  assert.ok(row.indexOf('7754321') > 0 && row.indexOf('7754321') < row.indexOf('8812345'), `here before there: ${row}`);
  assert.match(text, /<span lang="zh-Hans">各会员企业：/, 'shared words carry their language');
  assert.match(
    text,
    /<mark class="differs"><span class="hidden" lang="en">only (?:here|there): <\/span>/,
    'not by colour alone',
  );
});

test('a title of markup stays text, and as a cell it is no formula', async () => {
  const id = await idOf(ONE!);
  const text = await (await ask(`/notices/${id}/copies`)).text();
  assert.doesNotMatch(
    text.replace('<script src="/keys.js" defer></script>', ''),
    /<script/,
    'no script of a page comes through',
  );
  assert.match(text, /=转发&lt;script&gt;/, 'it is shown as it was written');
  const answer = await ask(`/notices/${id}/copies.csv`);
  assert.equal(answer.headers.get('content-disposition'), `attachment; filename="copies-${id}.csv"`, 'a file');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf], 'UTF-8 with its mark');
  assert.match(new TextDecoder().decode(bytes), /,'=转发<script>/, 'a formula is made text');
});

test('a notice that shares nothing says so, and an unknown one is not found', async () => {
  const text = await (await ask(`/notices/${await idOf(ALONE!)}/copies`)).text();
  assert.match(text, /No other notice of this store shares a passage with it/, 'the empty screen is a sentence');
  assert.equal((await ask('/notices/N-ZZZZZZZZZZ/copies')).status, 404, 'no such notice');
});

test('beside each other every letter of both texts stands once, whatever the passages are', () => {
  const place = fc.nat(40);
  const passage = fc.record({ thisStart: place, thisEnd: place, otherStart: place, otherEnd: place });
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), fc.array(passage), (a, b, found) => {
      const passages: Passage[] = found.map((each) => ({
        thisStart: Math.min(each.thisStart, each.thisEnd),
        thisEnd: Math.max(each.thisStart, each.thisEnd),
        otherStart: Math.min(each.otherStart, each.otherEnd),
        otherEnd: Math.max(each.otherStart, each.otherEnd),
      }));
      const rows = besideRows(a, b, passages);
      assert.equal(rows.map(({ here }) => a.slice(here.start, here.end)).join(''), a, 'this text in its order');
      const inOrder = rows.map(({ there }) => there).sort((x, y) => x.start - y.start || x.end - y.end);
      assert.equal(inOrder.map(({ start, end }) => b.slice(start, end)).join(''), b, 'the other, each part once');
    }),
  );
});

test('a formula is told in words, and markup inside it is text', async () => {
  const told = [{ start: 2, end: 5, class: 'formula' as const, says: 'formula of 14 sources:' }];
  assert.equal(
    String(await stretchHtml('ab<b>\u202Ec', { start: 0, end: 7 }, told)),
    '<span lang="en">ab<mark class="formula"><span class="hidden" lang="en">formula of 14 sources: </span>&lt;b&gt;</mark>\\u202ec</span>',
  );
});
