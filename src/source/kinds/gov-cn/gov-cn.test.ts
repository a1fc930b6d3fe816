import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { needShared } from '../../../model/testing/shared.js';
import type { Discovery, FoundAddress, SourceTools } from '../../index.js';
import { conformanceSuite } from '../../testing/conformance.js';
import { type Said, toolsSaying } from '../../testing/tools.js';
import { articleOf, parseGovList } from './html-lists.js';
import govCn, { parseGkmlpt } from './index.js';

const LIST = 'http://www.example.gov.cn/swj/gkmlpt/api/all/21023';
const page = (n: number): string => `${LIST}?page=${n}&sid=200001`;
const article = (id: number, more: object = {}): object => ({
  id,
  title: `通知 ${id}`,
  date: 1_783_612_800 - id,
  url: `http://www.example.gov.cn/swj/gkmlpt/content/0/0/post_${id}.html`,
  ...more,
});
const answer = (total: number, ...ids: number[]): string =>
  JSON.stringify({ articles: ids.map((id) => article(id)), total });

conformanceSuite(govCn, {
  options: (url) => ({ url }),
  path: '/gkmlpt/api/all/0?page=1&sid=2',
  good: { body: answer(2, 1, 2), type: 'application/json', addresses: 2 },
});

interface Asking {
  type?: string;
  previous?: FoundAddress[];
  options?: Record<string, string | number>;
}

async function ask(
  url: string,
  answers: Record<string, Said>,
  asking: Asking = {},
): Promise<Discovery & { asked: string[] }> {
  const { type = 'application/json', previous, options = {} } = asking;
  const tools = toolsSaying(answers, { type });
  const given: SourceTools = previous ? { ...tools, previous } : tools;
  const discovery = await govCn.make({ url, ...options }, given).discover();
  return { ...discovery, asked: tools.asked.map((each) => each.url) };
}
const ids = ({ addresses }: Discovery): number[] => addresses.map(({ url }) => Number(/post_(\d+)/.exec(url)![1]));

test('two states of a list: what rolled off is nothing, what was withdrawn is one, a cut answer is an error', (t) => {
  const folder = needShared(t, 'data/watching/made/gkmlpt');
  if (folder === undefined) return;
  const said = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const before = parseGkmlpt(said('list-t0.json'), LIST);
  assert.deepEqual(before[0], {
    url: 'http://www.example.gov.cn/swj/gkmlpt/content/3/3255/post_3255424.html',
    title: '关于召开外贸企业座谈会的通知',
    published: '2026-07-10T00:00:00+08:00',
  });
  const now = (name: string): Promise<Discovery> => ask(page(1), { [page(1)]: said(name) }, { previous: before });
  return (async () => {
    const rolled = await now('list-t1-rolled.json');
    assert.deepEqual([rolled.addresses.length, rolled.missing], [4, []]);
    const withdrawn = await now('list-t1-withdrawn.json');
    assert.deepEqual(
      withdrawn.missing?.map(({ url }) => url),
      ['http://www.example.gov.cn/swj/gkmlpt/content/3/3255/post_3255423.html'],
    );
    await assert.rejects(now('list-t1-truncated.json'), { code: 'BAD_LIST_PAGE' });
  })();
});

test('pages are asked from the first on until one is not there, brings nothing new, or all is known', async () => {
  const three = { [page(1)]: answer(9, 9, 8, 7), [page(2)]: answer(9, 7, 6), [page(3)]: answer(9, 5) };
  const all = await ask(`${LIST}?page=0&sid=200001`, three, { options: { pages: 5 } });
  assert.deepEqual([ids(all), all.asked.length], [[9, 8, 7, 6, 5], 4], 'page 0 is page 1; 404 after it is the end');
  const few = await ask(page(1), three, { options: { pages: 2 } });
  assert.deepEqual(ids(few), [9, 8, 7, 6]);
  const same = await ask(page(1), { [page(1)]: answer(9, 9, 8), [page(2)]: answer(9, 9, 8) });
  assert.deepEqual([ids(same), same.asked.length], [[9, 8], 2]);
  const previous = [8, 7, 6].map((id) => ({ url: `https://example.gov.cn/swj/gkmlpt/content/0/0/post_${id}.html` }));
  const known = await ask(page(1), three, { previous });
  assert.deepEqual([ids(known), known.asked.length], [[9, 8, 7, 6], 2], 'the second page is known');
  await assert.rejects(ask(page(1), { [page(1)]: answer(9, 9), [page(2)]: 500 }), { code: 'HTTP_STATUS' });
  await assert.rejects(ask(page(1), { [page(1)]: 404 }), { code: 'HTTP_STATUS' });
});

test('an answer that names nothing though it counts some, or an article without an address, is an error', async () => {
  const said = (body: string): Promise<Discovery> => ask(page(1), { [page(1)]: body });
  assert.deepEqual((await said('{"articles":[],"total":0}')).addresses, []);
  for (const body of [
    '{"articles":[],"total":204}',
    '{"total":3}',
    '[]',
    '{"articles":["x"],"total":1}',
    '{"articles":[{"title":"t","url":"javascript:alert(1)"}],"total":1}',
    '{"articles":[{"title":"t"}],"total":1}',
  ])
    await assert.rejects(said(body), { code: 'BAD_LIST_PAGE' }, body);
  const [derived] = (await said('{"articles":[{"id":3255421,"title":"t","date":1e300}],"total":1}')).addresses;
  assert.deepEqual(derived, {
    url: 'http://www.example.gov.cn/swj/gkmlpt/content/3/3255/post_3255421.html',
    title: 't',
  });
  const repealed = JSON.stringify({ articles: [article(1, { is_abolished: 1 })], total: 1 });
  assert.match((await said(repealed)).problems.join(), /a status, not a removal/);
});

test('the entry page gives the number of the site, the address bar the column', async () => {
  const entry = 'http://www.example.gov.cn/swj/gkmlpt/index';
  const config = `<html><head></head><body><script>window._CONFIG = { SID: '200001', TREE: [] }</script></body></html>`;
  const found = await ask(`${entry}#21023`, { [entry]: config, [page(1)]: answer(1, 1) });
  assert.deepEqual([ids(found), found.asked], [[1], [entry, page(1)]]);
  await assert.rejects(ask(entry, { [entry]: '<html><body></body></html>' }), { code: 'BAD_LIST_PAGE' });
});

const TRS = (from: number, pages: number, current: number): string =>
  `<html><head><meta name="ColumnName" content="通知公告"><meta name="ArticleTitle" content=""></head><body><ul class="list">${[
    1, 2, 3,
  ]
    .map(
      (n) =>
        `<li><a href="./202405/t20240522_${from - n}.shtml">关于征集企业的通知（${from - n}）</a><span>2024-05-2${n}</span></li>`,
    )
    .join(
      '',
    )}</ul><p>${'某某市商务局通知公告栏目说明。'.repeat(40)}</p><script>createPageHTML(${pages}, ${current}, "index", "shtml");</script></body></html>`;
const HTML = { type: 'text/html; charset=utf-8' };

test('TRS lists: its script counts the pages; one of them that is not there is an error', async () => {
  const base = 'http://www.example.gov.cn/zwgk/tzgg/';
  const answers = {
    [base]: TRS(100, 3, 0),
    [`${base}index_1.shtml`]: TRS(97, 3, 1),
    [`${base}index_2.shtml`]: TRS(94, 3, 2),
  };
  const all = await ask(base, answers, { ...HTML, options: { pages: 9 } });
  assert.equal(all.addresses.length, 9);
  assert.deepEqual(all.addresses[0], {
    url: `${base}202405/t20240522_99.shtml`,
    title: '关于征集企业的通知（99）',
    published: '2024-05-21T00:00:00+08:00',
  });
  assert.equal((await ask(base, answers, { ...HTML, options: { pages: 1 } })).addresses.length, 3);
  await assert.rejects(ask(base, { [base]: answers[base] }, HTML), /page 2 of 3 is not there/);
  const previous = all.addresses;
  const without = TRS(100, 1, 0).replace(/<li>(?:(?!<li>).)*_98.*?<\/li>/, '');
  const later = await ask(base, { [base]: without }, { ...HTML, previous });
  assert.deepEqual(
    later.missing?.map(({ url }) => url),
    [`${base}202405/t20240522_98.shtml`],
  );
});

test('a page that the mandatory tags call an article is the notice; a list of nothing is an error', async () => {
  const url = 'http://www.example.gov.cn/a.html';
  const html = `<html><head><meta name="articletitle" content="关于采购的通知"><meta name="PubDate" content="2024-05-22 10:30"></head><body><p>${'正文内容。'.repeat(150)}</p></body></html>`;
  const { addresses } = await ask(url, { [url]: html }, HTML);
  assert.deepEqual(addresses, [{ url, title: '关于采购的通知', published: '2024-05-22T10:30:00+08:00' }]);
  await assert.rejects(ask(url, { [url]: html.replace('articletitle', 'x') }, HTML), { code: 'BAD_LIST_PAGE' });
});

test('ccgp: rows with title, date and buyer; search results; holes among its pages are told, a list without rows is an error', async () => {
  const base = 'http://www.ccgp.gov.cn/cggg/zygg/gkzb/';
  const row = (n: number): string =>
    `<li><a href="./202502/t20250221_${n}.htm" title="某单位无人机探测设备采购项目公开招标公告 ${n}">某单位无人机探测设备采购…</a> <em>2025-02-21</em><em>广东</em><em>某某局</em></li>`;
  const list = (...rows: number[]): string =>
    `<html><body><div class="vF_detail_relcontent_lst"><ul class="c_list_bid">${rows.map(row).join('')}</ul></div><p>${'中国政府采购网公告列表说明。'.repeat(40)}</p></body></html>`;
  const answers = { [`${base}index.htm`]: list(4, 3), [`${base}index_2.htm`]: list(2, 1) };
  const found = await ask(`${base}index.htm`, answers, HTML);
  assert.equal(found.addresses.length, 4);
  assert.deepEqual(found.addresses[0], {
    url: `${base}202502/t20250221_4.htm`,
    title: '某单位无人机探测设备采购项目公开招标公告 4',
    published: '2025-02-21T00:00:00+08:00',
  });
  assert.match(found.problems.join(), /pages 2 of the list are not there/);
  const search = parseGovList({
    url: 'http://search.ccgp.gov.cn/bxsearch?kw=x',
    text: '<html><body><ul class="vT-srch-result-list-bid"><li><a href="http://www.ccgp.gov.cn/cggg/dfgg/202608/t20260821_1.htm"> 干扰设备采购 </a><p>…</p><span>2026.08.21 23:46:51 | 采购人：某局</span></li></ul></body></html>',
  });
  assert.deepEqual(search[0]!.published, '2026-08-21T23:46:51+08:00');
  await assert.rejects(ask(`${base}index.htm`, { [`${base}index.htm`]: list().replace('c_list', 'x') }, HTML), {
    code: 'BAD_LIST_PAGE',
  });
});

test('real pages: the one with the mandatory tags is an article, the others are not', (t) => {
  const folder = needShared(t, 'data/watching/gov-cn');
  if (folder === undefined) return;
  const url = 'http://www.shanxi.gov.cn/yw/sxyw/201909/t20190918_693227.shtml';
  const text = (name: string): string => gunzipSync(readFileSync(join(folder, name))).toString();
  assert.deepEqual(articleOf({ url, text: text('shanxi.html.gz') }), {
    url,
    title: '山西品牌丝路行（南美站）正式启动',
    published: '2019-09-18T06:23:00+08:00',
  });
  for (const name of ['people', 'cjn', 'xinhuanet', 'sxmu'])
    assert.equal(articleOf({ url, text: text(`${name}.html.gz`) }), undefined, name);
});
