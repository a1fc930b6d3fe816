import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { needShared } from '../src/model/testing/shared.js';
import { type Ran, asposted, storeDir } from './support/cli.js';
import { LOOPBACK, type Site, startSite } from './support/site.js';

const bytesOf = (path: string): Buffer => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path));

async function prepared(
  t: TestContext,
): Promise<{ site: Site; run: (args: readonly string[], input?: string) => Promise<Ran>; store: string }> {
  const [site, store] = [await startSite(t), storeDir(t)];
  const run = (args: readonly string[], input?: string): Promise<Ran> =>
    asposted(args, { store, env: LOOPBACK, ...(input === undefined ? {} : { input }) });
  return { site, run, store };
}

interface Expected {
  verdict: string;
  title?: string;
  account?: { name: string; userName: string; biz: string } | string;
  mid?: string;
  idx?: string;
  publishedUnix?: number;
  noticeTitle?: string;
  actor?: string;
}

const CLASS: Record<string, string> = {
  live: 'live',
  removed: 'notice',
  suspended: 'unknown',
  'bad-link': 'unknown',
  blocked: 'blocked',
  'account-page': 'unknown',
};

test('capture gives every real WeChat page its class, and live ones the title, account, time and identity of their own data', async (t) => {
  const folder = needShared(t, 'data/watching/wechat');
  if (folder === undefined) return;
  const { site, run } = await prepared(t);
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>;
  for (const name of Object.keys(expected)) site.answers.set(`/${name}`, { body: bytesOf(join(folder, name)) });
  const names = Object.keys(expected);
  const ran = await run(['capture', '--json', '-'], names.map((name) => `${site.base}/${name}`).join('\n'));
  assert.equal(ran.code, 0, ran.stderr);
  const rows = ran.rows();
  assert.equal(rows.length, names.length);
  for (const [at, name] of names.entries()) {
    const [row, want] = [rows[at]!, expected[name]!];
    assert.equal(row['class'], CLASS[want.verdict], name);
    assert.ok(/^E-/.test(String(row['exhibit'])) && typeof row['logIndex'] === 'number', name);
    if (want.verdict === 'live') {
      const account = want.account as { name: string; userName: string; biz: string };
      assert.equal(row['title'], want.title, name);
      assert.deepEqual(row['account'], { id: account.userName, name: account.name }, name);
      assert.equal(Date.parse(String(row['published'])) / 1000, want.publishedUnix, name);
      assert.equal(
        row['identity'],
        `wechat:${Buffer.from(account.biz, 'base64').toString()}:${want.mid!}:${want.idx!}`,
        name,
      );
    } else if (want.noticeTitle !== undefined) assert.equal(row['words'], want.noticeTitle, name);
    if (want.actor !== undefined) assert.equal(row['actor'], want.actor, name);
  }
  // The same post captured twice is one notice with one revision: what differs is volatile.
  const notices = (await run(['list', 'notices', '--json'])).rows();
  const twice = notices.filter(({ exhibits }) => (exhibits as string[]).length === 2);
  assert.equal(twice.length, 1);
  assert.equal(twice[0]!['revisions'], 1);
  const fsck = await run(['fsck', '--json']);
  assert.deepEqual([fsck.code, fsck.rows()[0]!['problems']], [0, []]);
});

test('a real article that its publisher deletes: suspected, removed with the page’s words, and explained', async (t) => {
  const folder = needShared(t, 'data/watching/wechat');
  if (folder === undefined) return;
  const [site, store] = [await startSite(t), storeDir(t)];
  const env = { ...LOOPBACK, ASPOSTED_WATCH_CONFIRM_NOTICE: '300ms' };
  const run = (args: readonly string[]): Promise<Ran> => asposted(args, { store, env });
  site.answers.set('/s', { body: bytesOf(join(folder, 'live/article-01.html.gz')) });
  assert.equal((await run(['source', 'add', `${site.base}/s`, '--set', 'mode=page', '--name', 'one'])).code, 0);
  assert.equal((await run(['watch', '--once'])).code, 0);
  site.answers.set('/s', { body: bytesOf(join(folder, 'removed/deleted-by-publisher.zh.html')) });
  assert.equal((await run(['watch', '--once', '--all'])).code, 0);
  const [suspected] = (await run(['list', 'notices', '--json'])).rows();
  assert.equal(suspected!['presence'], 'suspected');
  await new Promise((resolve) => setTimeout(resolve, 400));
  const last = await run(['watch', '--once', '--all', '--fail-on', 'removals']);
  assert.equal(last.code, 4, last.stderr);
  const [removal] = (await run(['list', 'removals', '--json'])).rows();
  assert.deepEqual([removal!['actor'], removal!['words']], ['publisher', '该内容已被发布者删除']);
  const why = await run(['show', String(removal!['notice']), '--why']);
  assert.match(why.stdout, /is removed\.[\s\S]+same definite notice[\s\S]+rests on O-/);
  // An outage afterwards changes nothing, and the page coming back does.
  site.answers.set('/s', { status: 502, body: 'bad gateway' });
  await run(['watch', '--once', '--all']);
  assert.equal((await run(['list', 'removals', '--json'])).rows().length, 1);
  site.answers.set('/s', { body: bytesOf(join(folder, 'live/article-01.html.gz')) });
  await run(['watch', '--once', '--all']);
  assert.equal((await run(['list', 'removals', '--json'])).rows().length, 0);
});

interface GovExpected {
  pages: Record<string, { body: { startsWithoutSpace: string; endsWithoutSpace: string } }>;
}

test('Chinese government and news pages, in UTF-8 and in GBK, give the same main text', async (t) => {
  const folder = needShared(t, 'data/watching/gov-cn');
  if (folder === undefined) return;
  const { site, run } = await prepared(t);
  const { pages } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as GovExpected;
  const names = Object.keys(pages);
  for (const name of names) {
    const bytes = bytesOf(join(folder, name));
    site.answers.set(`/utf8/${name}`, { body: bytes });
    const gbk = iconv.encode(
      bytes
        .toString('utf8')
        .replace(/<meta[^>]+charset[^>]*>/gi, '')
        .replace(/<head[^>]*>/i, '$&<meta charset="gbk">'),
      'gb18030',
    );
    site.answers.set(`/gbk/${name}`, { headers: { 'content-type': 'text/html' }, body: gbk });
  }
  const urls = names.flatMap((name) => [`${site.base}/utf8/${name}`, `${site.base}/gbk/${name}`]);
  const rows = (await run(['capture', '--json', '-'], urls.join('\n'))).rows();
  assert.equal(rows.length, urls.length);
  for (const [at, name] of names.entries()) {
    const texts: string[] = [];
    for (const row of rows.slice(at * 2, at * 2 + 2)) {
      assert.equal(row['class'], 'live', name);
      const [shown] = (await run(['show', String(row['exhibit']), '--json'])).rows();
      const { text, charset } = shown!['reading'] as { text: string; charset: { name: string } };
      texts.push(text);
      assert.match(charset.name, texts.length === 1 ? /^utf-8$/ : /^gb(?:k|18030)$/, name);
    }
    const plain = texts[0]!.replace(/\s/g, '');
    assert.ok(plain.includes(pages[name]!.body.startsWithoutSpace.slice(0, 20)), `${name}: ${plain.slice(0, 80)}`);
    assert.equal(texts[1]!.replaceAll('?', ''), texts[0]!.replaceAll('?', ''), name);
  }
});

test('OCDS releases and feeds are sources and notices like any other', async (t) => {
  const ocds = needShared(t, 'data/watching/ocds');
  const eis = needShared(t, 'data/watching/eis');
  if (ocds === undefined || eis === undefined) return;
  const { site, run } = await prepared(t);
  for (const name of readdirSync(ocds))
    site.answers.set(`/ocds/${name}`, {
      headers: { 'content-type': 'application/json' },
      body: bytesOf(join(ocds, name)),
    });
  const captured = (
    await run([
      'capture',
      '--json',
      ...readdirSync(ocds)
        .sort()
        .map((name) => `${site.base}/ocds/${name}`),
    ])
  ).rows();
  for (const row of captured)
    assert.match(`${String(row['class'])} ${String(row['identity'])}`, /^live ocds:ocds-213czf-/);
  const feed = bytesOf(join(eis, 'real-eis-rss.xml')).toString('utf8').replaceAll('https://zakupki.gov.ru', site.base);
  site.answers.set('/feed.xml', { headers: { 'content-type': 'application/rss+xml' }, body: feed });
  const tested = await run(['source', 'test', `${site.base}/feed.xml`, '--kind', 'feed', '--json']);
  assert.equal(tested.rows().filter(({ type }) => type === 'address').length, 5, tested.stderr);
  assert.equal(tested.rows().length, 6, 'and what would be read of the first of them');
  site.answers.set('/outage.xml', { body: bytesOf(join(eis, 'html-error-page.xml')) });
  const outage = await run(['source', 'test', `${site.base}/outage.xml`, '--kind', 'feed']);
  assert.equal(outage.code, 1);
  assert.match(outage.stderr, /^asposted: .+\n/);
});

test('the SDN list with its history: import, status, diff, and answers as of any day', async (t) => {
  const folder = needShared(t, 'data/screening/ofac');
  if (folder === undefined) return;
  const { run } = await prepared(t);
  const added = await run([
    'lists',
    'add',
    'us_ofac_sdn',
    join(folder, 'sdn_2021-08-20_before_first_diff.csv.gz'),
    '--published',
    '2021-08-20',
    '--history',
    join(folder, 'sdn_history.tar.gz'),
    '--json',
  ]);
  assert.equal(added.code, 3, added.stderr);
  const [summary] = added.rows();
  assert.equal(summary!['states'], 308);
  assert.match(added.stderr, /refused 2024-05-04-bbf4929\.diff: it would leave 0 of 14965 lines/);
  const [status] = (await run(['lists', 'status', '--json'])).rows();
  assert.deepEqual([status!['versions'], status!['newest'], status!['entries']], [308, '2024-05-03', 14965]);
  const ask = async (name: string, on: string): Promise<Record<string, unknown>[]> =>
    (await run(['screen', name, '--on', on, '--json'])).rows()[0]!['matches'] as Record<string, unknown>[];
  assert.deepEqual(await ask('ООО «3МХ»', '2024-02-22'), []);
  const [match] = await ask('ООО «3МХ»', '2024-05-22');
  assert.deepEqual(
    [match!['list'], match!['entry'], match!['from'], match!['to']],
    ['us_ofac_sdn', '47713', '2024-02-23', null],
  );
  const diff = (
    await run(['lists', 'diff', 'us_ofac_sdn', '--from', '2024-02-22', '--to', '2024-02-23', '--json'])
  ).rows();
  assert.equal(diff.filter(({ what }) => what === 'added').length, 553);
  assert.ok(diff.some(({ entry, what }) => entry === '47713' && what === 'added'));
  const before = await run(['screen', '3MX', '--on', '2020-01-01', '--json', '--strict']);
  assert.equal(before.code, 10);
});
