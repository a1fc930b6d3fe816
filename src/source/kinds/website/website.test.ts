import assert from 'node:assert/strict';
import test from 'node:test';
import { AsPostedError } from '../../../model/index.js';
import { checkOptions } from '../../index.js';
import { conformanceSuite } from '../../testing/conformance.js';
import { toolsSaying } from '../../testing/tools.js';
import website from './index.js';

const LIST = `<!DOCTYPE html><html><head><title>通知公告</title></head><body><ul>
<li><a href="/content/post_1001.html">关于征集企业的通知（一）</a><span>2024-05-22</span></li>
<li><a href="/content/post_1002.html">关于征集企业的通知（二）</a></li>
<li><a href="/content/post_1002.html#top">关于征集企业的通知（二）</a></li>
<li><a href="/about.html">关于我们的联系方式说明</a></li><li><a href="https://elsewhere.example/content/post_1.html">别处的通知与公告列表</a></li></ul>
<p>${'云浮市对外贸易促进会通知公告栏目说明。'.repeat(40)}</p></body></html>`;

conformanceSuite(website, {
  options: (url) => ({ url, mode: 'list' }),
  path: '/list.html',
  good: { body: LIST, type: 'text/html; charset=utf-8', addresses: 2 },
});

const discover = (
  body: string,
  options: Record<string, string> = {},
): ReturnType<ReturnType<typeof website.make>['discover']> =>
  website
    .make(
      { url: 'https://news.example.cn/list.html', ...options },
      toolsSaying(() => body, { type: 'text/html' }),
    )
    .discover();

test('a date beside the link is the item’s, in the zone of the site; one in the address comes next, one in the title last', async () => {
  const { addresses } = await discover(`<html><body><ul>
    <li><a href="/a/content/post_1.html">关于2023年5月1日放假安排的通知</a><span>2024-05-22 10:30</span></li>
    <li><a href="/zw/202404/t20240417_974894.shtml">关于2023年5月1日放假安排的通知</a></li>
    <li><a href="/a/content/post_3.html">关于2023年5月1日放假安排的通知</a></li>
    <li><a href="/a/content/post_4.html" title="关于组织企业参加国际展览会的通知">关于组织企业参…</a></li></ul></body></html>`);
  assert.deepEqual(
    addresses.map(({ published }) => published),
    ['2024-05-22T10:30:00+08:00', '2024-04-17T00:00:00+08:00', '2023-05-01T00:00:00+08:00', undefined],
  );
  assert.equal(addresses[3]!.title, '关于组织企业参加国际展览会的通知');
});

test('sources of the disclosure platform that were added as web sites go on', async () => {
  const { addresses } = await discover(
    '{"articles":[{"url":"/gkmlpt/content/1/1/post_1.html","title":"t"}],"total":1}',
  );
  assert.deepEqual(addresses, [{ url: 'https://news.example.cn/gkmlpt/content/1/1/post_1.html', title: 't' }]);
});

const row = (n: number): string =>
  `<li class="item"><h3>通知 ${n}</h3><time datetime="2024-05-0${n}T10:00:00+08:00">${n}天前</time><a class="more" href="/read?id=${n}">详情</a><a href="/tag">标签</a></li>`;
const listOf = (rows: string, next = ''): string =>
  `<!DOCTYPE html><html><head><title>通知公告</title></head><body><ul>${rows}</ul>${next}<p>${'栏目说明。'.repeat(80)}</p></body></html>`;
const ROWS = { rows: 'li.item', link: 'a.more', title: 'h3', date: 'time@datetime' };

conformanceSuite(website, {
  options: (url) => ({ url, ...ROWS, next: 'a.next', pages: '2' }),
  path: '/list.html',
  good: { body: listOf(row(1) + row(2)), type: 'text/html; charset=utf-8', addresses: 2 },
});

test('rows, links, titles and dates by selector; rows without a link are told', async () => {
  const { addresses, problems } = await discover(listOf(`${row(1)}<li class="item">广告</li>${row(2)}`), ROWS);
  assert.deepEqual(addresses, [
    { url: 'https://news.example.cn/read?id=1', title: '通知 1', published: '2024-05-01T10:00:00+08:00' },
    { url: 'https://news.example.cn/read?id=2', title: '通知 2', published: '2024-05-02T10:00:00+08:00' },
  ]);
  assert.deepEqual(problems, ['1 rows of page 1 have no link (li.item)']);
  const cards = '<div class="card" data-go="/read/7">七</div><div class="card" data-go="javascript:x()">八</div>';
  const own = await discover(listOf(cards), { rows: 'div.card', link: '@data-go', title: '@class' });
  assert.deepEqual(own.addresses, [{ url: 'https://news.example.cn/read/7', title: 'card' }]);
  await assert.rejects(discover(listOf(''), ROWS), { code: 'BAD_LIST_PAGE' }, 'no row is not an empty list');
  await assert.rejects(discover(listOf(row(1)), { ...ROWS, path: '/else' }), { code: 'BAD_LIST_PAGE' });
});

const paged = (
  pages: Readonly<Record<string, string | number>>,
  options: Record<string, string> = {},
): ReturnType<typeof discover> =>
  website
    .make(
      { url: 'https://news.example.cn/list', ...ROWS, next: 'a.next', pages: '9', ...options },
      toolsSaying((url) => pages[url.slice('https://news.example.cn'.length)] ?? 404, { type: 'text/html' }),
    )
    .discover();
const to = (href: string): string => `<a class="next" href="${href}">下一页</a>`;

test('pages are followed to the end or as many as asked; the last may link to itself or nowhere', async () => {
  const pages = {
    '/list': listOf(row(1) + row(2), to('/list?p=2#top')),
    '/list?p=2': listOf(row(2) + row(3), to('?p=3')),
  };
  for (const last of [to('?p=3'), to('javascript:void(0)'), to('#'), '']) {
    const { addresses, problems } = await paged({ ...pages, '/list?p=3': listOf(row(4), last) });
    assert.deepEqual([addresses.map(({ url }) => url.slice(-1)), problems], [['1', '2', '3', '4'], []], last);
  }
  assert.equal((await paged(pages, { pages: '2' })).addresses.length, 3);
  const wrong = await paged(pages, { next: 'a.nex' });
  assert.deepEqual([wrong.addresses.length, wrong.problems.length], [2, 1], 'a selector that fits nothing is told');
});

test('a later page that is missing, empty or an outage, another host and a circle are errors, never a shorter list', async () => {
  const first = listOf(row(1), to('/list?p=2'));
  for (const second of [
    404,
    503,
    listOf(''),
    listOf(row(2)).slice(0, -60),
    '<html><body><h1>Технические работы</h1></body></html>',
    listOf(row(2), to('/list')),
    listOf(row(2), to('https://elsewhere.example/list')),
  ])
    await assert.rejects(paged({ '/list': first, '/list?p=2': second }), /list/, String(second).slice(0, 200));
});

test('options that cannot work are refused before anything is stored, and named', () => {
  const check = (options: Record<string, string>): unknown =>
    checkOptions(website, { url: 'https://x.example/', ...options });
  for (const [options, message] of [
    [{ rows: 'li:foo' }, /rows is no CSS selector/],
    [{ rows: 'li >' }, /rows is no CSS selector/],
    [{ rows: 'li@class' }, /rows is no CSS selector/],
    [{ rows: ' ' }, /rows is no CSS selector/],
    [{ rows: 'li', link: 'a[' }, /link is no CSS selector/],
    [{ rows: 'li', title: 'h3..x' }, /title is no CSS selector/],
    [{ rows: 'li', date: 'time@1' }, /date is no CSS selector/],
    [{ date: 'time@datetime' }, /rows is not given/],
    [{ next: ':nope', pages: '2' }, /next is no CSS selector/],
    [{ next: '@href' }, /next is no CSS selector/],
    [{ pages: '2' }, /pages needs next/],
    [{ next: 'a', pages: '0' }, /from 1 to 50/],
    [{ next: 'a', pages: '51' }, /from 1 to 50/],
    [{ next: 'a', pages: '1.5' }, /from 1 to 50/],
    [{ rows: 'li', mode: 'page' }, /mode is page/],
    [{ mode: 'pages' }, /one of page, list/],
  ] as const)
    assert.throws(
      () => check(options),
      (error: unknown) => error instanceof AsPostedError && error.code === 'USAGE' && message.test(error.message),
      JSON.stringify(options),
    );
  check({
    rows: 'ul > li:not(.ad), tr[data-x="a@b.."]',
    link: '@data-href',
    date: 'time@datetime',
    next: 'a.next@href',
    pages: '3',
  });
});
