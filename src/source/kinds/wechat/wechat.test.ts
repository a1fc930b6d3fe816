import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../../../model/testing/shared.js';
import { conformanceSuite } from '../../testing/conformance.js';
import { AsPostedError } from '../../../model/index.js';
import { checkOptions } from '../../index.js';
import { type Said, toolsSaying } from '../../testing/tools.js';
import { articlesIn, articlesInFile } from './addresses.js';
import { parseAlbum } from './album.js';
import wechat from './index.js';

const item = (n: number): object => ({
  msgid: String(n),
  itemidx: '1',
  title: `通知 ${n}`,
  create_time: '1716346800',
  url: `http://mp.weixin.qq.com/s?__biz=MzAw&mid=${n}&idx=1&sn=0&chksm=a`,
});
const ALBUM = JSON.stringify({
  base_resp: { ret: 0 },
  getalbum_resp: { article_list: [item(1), item(2), item(3)], continue_flag: '0' },
});

conformanceSuite(wechat, {
  host: 'mp.weixin.qq.com',
  path: '/mp/appmsgalbum?__biz=MzAw&action=getalbum&album_id=1',
  options: (url) => ({ url }),
  good: { body: ALBUM, type: 'application/json', addresses: 3 },
});

test('addresses are found in pasted text, CSV and chat exports, and kept as received', () => {
  const text = `5/22 10:31 张三: 看这个 https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw，已经删了
"id","url"\n1,"https://mp.weixin.qq.com/s?__biz=MzIy&amp;mid=1&amp;idx=1&amp;sn=ab&amp;chksm=cd#rd"
https://www.example.org/s/not-wechat`;
  assert.deepEqual(
    articlesIn(text).map(({ url }) => url),
    [
      'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw',
      'https://mp.weixin.qq.com/s?__biz=MzIy&mid=1&idx=1&sn=ab&chksm=cd#rd',
    ],
  );
});

test('album answers: a single item is read, the end is the end, a login wall is a refusal', (t) => {
  const folder = needShared(t, 'data/watching/made/wechat-album');
  if (folder === undefined) return;
  const read = (name: string): ReturnType<typeof parseAlbum> =>
    parseAlbum(readFileSync(join(folder, name), 'utf8'), 'album');
  assert.equal(read('page1.json').items.length, 2);
  assert.equal(read('page2-single-object.json').items.length, 1);
  assert.deepEqual(read('end-empty.json'), { items: [], more: false });
  assert.throws(() => read('refused.json'), { code: 'RATE_LIMITED' });
});

const found = (text: string): string[] => articlesIn(text).map(({ url }) => url);
const long = (mid: number, more = '&chksm=cd'): string =>
  `https://mp.weixin.qq.com/s?__biz=MjM5ODMzMDMyMw==&mid=${mid}&idx=1&sn=ab${more}`;

test('addresses in pages, JSON and messages: unescaped up to three times, letter for letter, nothing of the text around', () => {
  const escaped = long(1).replaceAll('&', '&amp;');
  for (const text of [
    escaped,
    escaped.replaceAll('&', '&amp;'),
    escaped.replaceAll('&', '&amp;').replaceAll('&', '&amp;'),
    `<a href='${escaped}'>x</a>`,
    JSON.stringify({ text: [{ type: 'link', text: long(1) }] }),
    JSON.stringify({ url: long(1) })
      .replaceAll('/', '\\/')
      .replaceAll('&', '\\u0026'),
    `<msg><appmsg><url><![CDATA[${long(1)}]]></url></appmsg></msg>`,
    `&quot;${escaped}&quot;,&quot;x&quot;`,
    `（${long(1)}），看！`,
    `看 ${long(1)}.`,
    `"${long(1)}\\n转发"`,
  ])
    assert.deepEqual(found(text), [long(1)], text);
  const four = long(1).replaceAll('&', '&amp;amp;amp;amp;');
  assert.notDeepEqual(found(four), [long(1)], 'no page escapes more often: it is left alone');
});

test('one for each article: by biz, mid and idx, short ones by token; an address that is answered before one that is not', () => {
  const bare = long(1, '#rd');
  const old = 'http://mp.weixin.qq.com/mp/appmsg/show?__biz=MjM5ODMzMDMyMw==&appmsgid=2&itemidx=1&sign=x';
  const short = 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw';
  assert.deepEqual(
    found([bare, long(1), long(1, '&scene=1&chksm=ef'), old, short, `${short}?scene=1`, long(3)].join('\n')),
    [long(1), old, short, long(3)],
  );
});

test('what names the reader is dropped: from files, pasted text, options and albums', async () => {
  const leaky = long(1, '&chksm=cd&key=a1b2&uin=MTIz&pass_ticket=p%2Fq&exportkey=e&scene=1');
  assert.deepEqual(found(leaky), [long(1, '&chksm=cd&scene=1')]);
  assert.deepEqual(checkOptions(wechat, { url: [leaky] }), { url: [long(1, '&chksm=cd&scene=1')] });
  const { addresses } = await wechat.make({ url: [leaky] }, toolsSaying({})).discover();
  assert.deepEqual(addresses, [{ url: long(1, '&chksm=cd&scene=1') }]);
  const tools = toolsSaying(() => ALBUM);
  await wechat
    .make({ url: ['https://mp.weixin.qq.com/mp/appmsgalbum?album_id=1&key=a1b2&uin=MTIz'] }, tools)
    .discover();
  assert.doesNotMatch(tools.asked[0]!.url, /key=|uin=/);
});

test('tables: columns for title, day and account are used; a broken table loses no address', async () => {
  const table = `公众号,标题,发布时间,链接\n云浮商会,"通知, 一",2024-05-22 10:30,${long(1)}\n云浮商会,二,1716346800,${long(2)}\n,,,"x"\n`;
  const { addresses, account } = await articlesInFile(table);
  assert.equal(account, '云浮商会');
  assert.deepEqual(addresses, [
    { url: long(1), title: '通知, 一', published: '2024-05-22T10:30:00+08:00' },
    { url: long(2), title: '二', published: '2024-05-22T03:00:00.000Z' },
  ]);
  const tabs = await articlesInFile(`title\taccount\turl\nA\tx\t${long(1)}\nB\ty\t${long(2)}`);
  assert.deepEqual([tabs.account, tabs.addresses[1]], [undefined, { url: long(2), title: 'B' }]);
  const broken = await articlesInFile(`title,url\n"A,${long(1)}\n"B""",${long(2)}\n"`);
  assert.equal(broken.addresses.length, 2);
  const proto = await articlesInFile(`title,__proto__,constructor\nA,${long(1)},x`);
  assert.deepEqual(proto.addresses, [{ url: long(1), title: 'A' }]);
});

test('a file of anything: a text without addresses is an error, an empty one an answer', async () => {
  const of = (text: string): ReturnType<ReturnType<typeof wechat.make>['discover']> =>
    wechat.make({ file: 'a.txt' }, { ...toolsSaying({}), readFile: async () => text }).discover();
  assert.deepEqual(await of(' \n'), { addresses: [], problems: [] });
  await assert.rejects(of('没有地址'), { code: 'BAD_LIST_PAGE' });
  const { problems } = await of(`${long(1, '')} https://mp.weixin.qq.com/s?src=11&timestamp=1&ver=1&signature=x`);
  assert.equal(problems.length, 2, 'refused and passing addresses are told');
});

test('hostile text is searched in one pass', { timeout: 60_000 }, async () => {
  for (const piece of [
    'https://mp.weixin.qq.com/s?',
    '&amp;',
    '\\/',
    '"',
    'a,',
    'https://mp.weixin.qq.com/s?&quot;',
    '...',
  ])
    await articlesInFile(`title,url\n${piece.repeat(200_000)}`);
});

const albumPage = (items: unknown, more: string): string =>
  JSON.stringify({ base_resp: { ret: 0 }, getalbum_resp: { article_list: items, continue_flag: more } });
const askAlbum = (answer: (from: string | null) => Said): ReturnType<ReturnType<typeof wechat.make>['discover']> =>
  wechat
    .make(
      { url: ['https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzAw&album_id=1#wechat_redirect'] },
      toolsSaying((url) => answer(new URL(url).searchParams.get('begin_msgid'))),
    )
    .discover();

test('the made-up album, asked as the platform is', async (t) => {
  const folder = needShared(t, 'data/watching/made/wechat-album');
  if (folder === undefined) return;
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const first = JSON.parse(read('page1.json')) as { getalbum_resp: { article_list: { msgid: string }[] } };
  const last = first.getalbum_resp.article_list.at(-1)!.msgid;
  const { addresses, problems } = await askAlbum((from) =>
    read(from === null ? 'page1.json' : from === last ? 'page2-single-object.json' : 'end-empty.json'),
  );
  assert.deepEqual([addresses.length, problems], [3, []]);
  assert.equal(addresses[0]!.published, '2024-05-22T11:00:00+08:00');
  await assert.rejects(
    askAlbum((from) => read(from === null ? 'page1.json' : 'refused.json')),
    { code: 'RATE_LIMITED' },
  );
});

test('an album that repeats the boundary goes on; one that goes in a circle, is cut or is of another shape is an error', async () => {
  const twice = await askAlbum((from) =>
    from === null ? albumPage([item(1), item(2)], '1') : albumPage([item(2), item(3)], '0'),
  );
  assert.equal(twice.addresses.length, 3);
  for (const answer of [
    albumPage([item(1)], '1'),
    albumPage([], '1'),
    albumPage([{ ...item(1), url: '' }], '0'),
    albumPage([{ ...item(1), url: 7 }], '0'),
    albumPage([{ ...item(1), url: 'https://elsewhere.example/s/aaaaaaaaaaaa' }], '0'),
    albumPage(['x'], '0'),
    'null',
    '[]',
    '{"base_resp":null}',
    ALBUM.slice(0, -9),
    '<html></html>',
  ])
    await assert.rejects(
      askAlbum(() => answer),
      { code: 'BAD_LIST_PAGE' },
      answer,
    );
  const odd = await askAlbum(() => albumPage({ ...item(1), create_time: 'soon', title: null }, '0'));
  assert.equal(odd.addresses[0]!.published, undefined);
});

test('feeds of bridges: the article behind each item, wherever the bridge puts it', async () => {
  const rss = (...items: string[]): string =>
    `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>http://reader.example/</link><description>d</description>${items.join('')}</channel></rss>`;
  const entry = (link: string, rest = ''): string =>
    `<item><title>通知</title><link>${link}</link><pubDate>Wed, 22 May 2024 02:30:00 GMT</pubDate>${rest}</item>`;
  const short = 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw';
  const ask = (body: string): ReturnType<ReturnType<typeof wechat.make>['discover']> =>
    wechat
      .make(
        { url: ['http://reader.example/feeds/MP_WXS_3223096120.rss'] },
        toolsSaying(() => body, { type: 'text/xml' }),
      )
      .discover();
  const { addresses, problems } = await ask(
    rss(
      entry(short),
      entry(
        'http://reader.example/a/1',
        `<description>&lt;a href="${long(1).replaceAll('&', '&amp;amp;')}"&gt;x&lt;/a&gt;</description>`,
      ),
      entry('http://reader.example/a/2'),
    ),
  );
  assert.deepEqual(
    addresses.map(({ url, title }) => [url, title]),
    [
      [short, '通知'],
      [long(1), '通知'],
    ],
  );
  assert.deepEqual(problems, ['1 items of the feed are no WeChat articles']);
  assert.deepEqual((await ask(rss())).addresses, []);
  await assert.rejects(ask(rss(entry('http://reader.example/a/2'))), { code: 'BAD_LIST_PAGE' });
  await assert.rejects(ask('<html><body>502</body></html>'), { code: 'BAD_FEED' });
});

test('pages that want a login, and nothing at all, are refused when the source is added', () => {
  for (const options of [{}, { url: 'https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=x' }])
    assert.throws(
      () => checkOptions(wechat, options),
      (error: unknown) => error instanceof AsPostedError && error.code === 'USAGE',
    );
});
