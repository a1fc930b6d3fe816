import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { asposted, storeDir } from './support/cli.js';
import { LOOPBACK, startSite } from './support/site.js';

const page = (title: string, body: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="2024-05-22 10:30"></head><body><h1>${title}</h1><div class="TRS_Editor">${body}</div></body></html>`;
const NOTICE = page(
  '关于征集无人机抑制器企业的通知',
  `<p>${'现征集具备供货能力的企业。'.repeat(30)}</p><p><a href="/files/1.pdf">附件.pdf</a></p>`,
);
const LIST = `<!DOCTYPE html><html><head><title>列表</title></head><body><ul><li><a href="/content/post_1.html">关于征集无人机抑制器企业的通知</a><span>2024-05-22</span></li><li><a href="/content/post_2.html">关于另一件事情的通知公告</a></li><li>广告</li></ul><p>${'栏目说明。'.repeat(80)}</p></body></html>`;

test('a list is shown with what would be read of its first address, a page by itself; nothing is stored', async (t) => {
  const site = await startSite(t);
  const store = storeDir(t, { bare: true });
  site.answers.set('/list.html', { body: LIST });
  site.answers.set('/content/post_1.html', { body: NOTICE });
  const run = (...args: string[]): ReturnType<typeof asposted> =>
    asposted(['source', 'test', ...args], { store, env: LOOPBACK });
  const list = await run(`${site.base}/list.html`, '--kind', 'website', '--set', 'rows=li', '--json');
  assert.equal(list.code, 0, list.stderr);
  assert.match(list.stderr, /1 rows of page 1 have no link/);
  const [one, two, preview] = list.rows();
  assert.deepEqual([one!['type'], two!['type'], preview!['type']], ['address', 'address', 'preview']);
  const { url, title, language, published, status, provisional } = preview!;
  assert.deepEqual([preview!['class'], language, status, provisional], ['live', 'zh', 200, false]);
  assert.deepEqual([url, title], [`${site.base}/content/post_1.html`, '关于征集无人机抑制器企业的通知']);
  assert.match(String(published), /^2024-05-22T10:30:00/);
  assert.deepEqual([preview!['documentKind'], preview!['attachments']], ['call-for-goods', 1]);
  assert.match(String(preview!['text']), /现征集/);
  assert.match(String(preview!['identity']), /^url:http/);
  assert.equal((preview!['charset'] as { name: string }).name, 'utf-8');
  const text = await run(`${site.base}/content/post_1.html`, '--kind', 'website', '--first');
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /^\nWhat would be read of http/);
  for (const name of ['verdict', 'title', 'published', 'language', 'charset', 'identity', 'attached', 'text'])
    assert.match(text.stdout, new RegExp(`^  ${name} `, 'm'), name);
  assert.ok(!existsSync(store));
});

test('what is refused, missing or hostile is shown as such', async (t) => {
  const site = await startSite(t);
  const store = storeDir(t);
  const run = (...args: string[]): ReturnType<typeof asposted> =>
    asposted(['source', 'test', ...args, '--kind', 'website'], { store, env: LOOPBACK });
  site.answers.set('/list.html', { body: LIST });
  const missing = await run(`${site.base}/list.html`);
  assert.equal(missing.code, 0);
  assert.match(missing.stdout, /verdict +gone \(/);
  site.answers.set('/evil', { body: page('a\u001b[31mb\u0007', '<p>x\u001b]0;owned\u0007y</p>'.repeat(40)) });
  const evil = await run(`${site.base}/evil`, '--set', 'mode=page');
  assert.doesNotMatch(evil.stdout, /[\u0007\u001b]/);
  const list = LIST.replace('/content/post_1.html', 'http://127.0.0.1:1/content/post_1.html');
  site.answers.set('/down.html', { body: list });
  const down = await run(`${site.base}/down.html`, '--set', 'rows=li');
  assert.equal(down.code, 3, 'the list answered, its first address did not');
  assert.match(down.stdout, /verdict +down/);
  assert.equal((await run(`${site.base}/down.html`, '--set', 'rows=li', '--first')).code, 7);
});

test('pasted addresses become a source; what names the reader is nowhere in the store', async (t) => {
  const store = storeDir(t);
  const article = 'https://mp.weixin.qq.com/s?__biz=MjM5ODMzMDMyMw==&mid=1&idx=1&sn=ab&chksm=cd';
  const pasted = `看 ${article}&amp;key=SECRETKEY&amp;uin=SECRETUIN，还有 https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw`;
  const run = (args: readonly string[], input = ''): ReturnType<typeof asposted> =>
    asposted(['source', ...args], { store, env: LOOPBACK, input });
  const added = await run(['add', '-', '--json'], pasted);
  assert.equal(added.code, 0, added.stderr);
  const [source] = added.rows();
  assert.deepEqual(source!['options'], { url: [article, 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw'] });
  const direct = await run(['add', `${article}&key=SECRETKEY`, '--json']);
  assert.doesNotMatch(direct.stdout + direct.stderr, /SECRET/);
  const files = readdirSync(store, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const objects = files.filter((each) => each.parentPath.includes('vault') || each.parentPath.includes('log'));
  assert.ok(objects.length > 2);
  for (const each of objects) assert.ok(!readFileSync(join(each.parentPath, each.name)).includes('SECRET'), each.name);
  assert.equal((await run(['add', '-'], 'nothing here')).code, 2);
  assert.equal((await run(['add', '-', '--kind', 'feed'], pasted)).code, 2);
});

test('the watch list goes out and comes in: known ones are not added twice, bad lines are named, the rest goes in', async (t) => {
  const [store, other] = [storeDir(t), storeDir(t)];
  const run = (in_: string, args: readonly string[], input = ''): ReturnType<typeof asposted> =>
    asposted(['source', ...args], { store: in_, env: LOOPBACK, input });
  const opml = `<opml version="2.0"><body><outline text="folder">
<outline type="rss" text="One\u0085" xmlUrl="https://x.example/one.xml"/>
<outline type="rss" text="Two" xmlUrl="ftp://x.example/two.xml"/>
<outline type="rss" text="One again" xmlUrl="https://x.example/one.xml"/></outline></body></opml>`;
  const first = await run(store, ['import', '-', '--every', '2h'], opml);
  assert.equal(first.code, 3, first.stderr);
  assert.match(first.stderr, /line 4: already known: One again\nline 3: .*ftp/);
  assert.match(first.stderr, /1 added, 1 already known, 1 not taken/);
  await run(store, ['add', 'https://y.example/list', '--name', 'site', '--set', 'rows=li, tr', '--set', 'path=/"x"']);
  const listed = (await run(store, ['list', '--json'])).rows();
  assert.deepEqual(
    listed.map(({ everyMs, name }) => [everyMs, name]),
    [
      [7_200_000, 'One'],
      [21_600_000, 'site'],
    ],
  );
  for (const format of ['opml', 'csv', 'json']) {
    const file = join(store, '..', `list.${format}`);
    assert.equal((await run(store, ['export', '-o', file])).code, 0);
    const again = await run(store, ['import', file, '--json']);
    assert.deepEqual([again.code, again.rows().map(({ type }) => type)], [0, ['known', 'known']], format);
    const there = await run(other, ['import', file]);
    assert.equal(there.code, 0, there.stderr);
  }
  const plain = (rows: Record<string, unknown>[]): unknown[] =>
    rows.map(({ id, key, kind, name, options, everyMs, state }) => [id, key, kind, name, options, everyMs, state]);
  assert.deepEqual(plain((await run(other, ['list', '--json'])).rows()).sort(), plain(listed).sort());
  assert.equal((await run(store, ['import', '-'], 'kind,url\nfeed,\nnope,https://x.example/\n')).code, 2);
  assert.equal((await run(store, ['export', '--format', 'xls'])).code, 2);
});
