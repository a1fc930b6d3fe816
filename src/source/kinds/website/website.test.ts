import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../../../model/testing/shared.js';
import { conformanceSuite } from '../../testing/conformance.js';
import website, { parseGkmlpt } from './index.js';

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

test('the disclosure platform’s JSON list: whole or an error', (t) => {
  const folder = needShared(t, 'data/watching/made/gkmlpt');
  if (folder === undefined) return;
  const read = (name: string): ReturnType<typeof parseGkmlpt> =>
    parseGkmlpt(readFileSync(join(folder, name), 'utf8'), 'http://www.example.gov.cn/swj/gkmlpt/api/all/0');
  const first = read('list-t0.json');
  assert.ok(first.length >= 3);
  assert.deepEqual(first[0], {
    url: 'http://www.example.gov.cn/swj/gkmlpt/content/3/3255/post_3255424.html',
    title: '关于召开外贸企业座谈会的通知',
    published: '2026-07-09T16:00:00.000Z',
  });
  assert.ok(read('list-t1-rolled.json').length > 0);
  assert.throws(() => read('list-t1-truncated.json'), { code: 'BAD_LIST_PAGE' });
  assert.throws(() => parseGkmlpt('{"total":3}', 'http://x.example/'), { code: 'BAD_LIST_PAGE' });
});
