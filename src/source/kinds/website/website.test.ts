import assert from 'node:assert/strict';
import test from 'node:test';
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
