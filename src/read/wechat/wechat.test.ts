import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { AsPostedError, type Reading } from '../../model/index.js';
import { needShared } from '../../model/testing/shared.js';
import { articleBegins, readCapture } from '../index.js';
import { jsDecode, readAssignment } from './cgi-data.js';
import { identityFromUrl, keyFromUrl } from './identity.js';
import { noticeMeaning } from './notice-texts.js';

const ADDRESS = 'https://mp.weixin.qq.com/s/abcdefghijklmnopqrstuv';

function read(body: Uint8Array | string, more: { url?: string; finalUrl?: string; status?: number } = {}): Reading {
  const url = more.url ?? ADDRESS;
  return readCapture({
    requestedUrl: url,
    finalUrl: more.finalUrl ?? url,
    status: more.status ?? 200,
    headers: [['Content-Type', 'text/html; charset=UTF-8']],
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  });
}

interface Expected {
  verdict: string;
  title?: string;
  account?: { name: string; userName: string; alias?: string | null; biz: string; bio?: string } | string;
  mid?: string;
  idx?: string;
  sn?: string;
  publishedUnix?: number;
  modifiedUnix?: number | null;
  serverTimeUnix?: number;
  copyrightStat?: number;
  itemShowType?: number;
  link?: string;
  reprint?: { account: string; biz: string; mid: string; idx: string } | null;
  images?: number;
  loggedInCapture?: boolean;
  paid?: boolean;
  body?: { charsWithoutSpace: number; startsWithoutSpace: string; endsWithoutSpace: string };
  noticeTitle?: string;
  noticeDetail?: string;
  actor?: string;
  delReasonId?: string;
  userName?: string;
}

test('every real page gets the class and the fields its own data state', (t) => {
  const folder = needShared(t, 'data/watching/wechat');
  if (folder === undefined) return;
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>;
  assert.ok(Object.keys(expected).length >= 19);
  for (const [name, want] of Object.entries(expected)) {
    const bytes = readFileSync(join(folder, name));
    const reading = read(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    if (want.verdict === 'live') assertLive(name, reading, want);
    else assertNotice(name, reading, want);
  }
});

function assertLive(name: string, reading: Reading, want: Expected): void {
  assert.equal(reading.verdict.class, 'live', name);
  assert.equal(reading.title, want.title, name);
  const account = want.account as Exclude<Expected['account'], string | undefined>;
  assert.equal(reading.account?.name, account.name, name);
  assert.equal(reading.account.id, account.userName, name);
  if (account.alias) assert.equal(reading.account.alias, account.alias, name);
  if (account.bio !== undefined) assert.equal(reading.account.bio, account.bio, name);
  assert.equal(Date.parse(reading.published!) / 1000, want.publishedUnix, name);
  assert.match(reading.published!, /\+08:00$/, name);
  const number = Buffer.from(account.biz, 'base64').toString();
  assert.deepEqual(reading.identity, { key: `wechat:${number}:${want.mid!}:${want.idx!}` }, name);
  assert.equal(reading.fields['biz'], account.biz, name);
  if (want.sn !== undefined) assert.equal(reading.fields['sn'], want.sn, name);
  if (want.link !== undefined) assert.equal(reading.links.own, want.link, name);
  if (want.serverTimeUnix !== undefined)
    assert.equal(Date.parse(reading.serverTime!) / 1000, want.serverTimeUnix, name);
  if (want.copyrightStat !== undefined) assert.equal(Number(reading.fields['copyrightStat']), want.copyrightStat, name);
  if (want.modifiedUnix === null) assert.equal(reading.modified, undefined, name);
  else if (want.modifiedUnix !== undefined) assert.equal(Date.parse(reading.modified!) / 1000, want.modifiedUnix, name);
  if (want.reprint) {
    assert.equal(reading.links.original?.account?.name, want.reprint.account, name);
    assert.equal(
      reading.links.original.key,
      `wechat:${Buffer.from(want.reprint.biz, 'base64').toString()}:${want.reprint.mid}:${want.reprint.idx}`,
      name,
    );
  }
  if (want.images !== undefined)
    assert.ok(reading.links.images.length >= want.images, `${name}: ${reading.links.images.length} images`);
  if (want.loggedInCapture !== undefined) assert.equal(reading.leaksObserver ?? false, want.loggedInCapture, name);
  if (want.body) {
    const text = reading.text.replace(/\s/g, '');
    assert.ok(text.startsWith(want.body.startsWithoutSpace), `${name} starts ${text.slice(0, 60)}`);
    assert.ok(text.endsWith(want.body.endsWithoutSpace), `${name} ends ${text.slice(-60)}`);
    assert.ok(
      Math.abs(Array.from(text).length - want.body.charsWithoutSpace) <= want.body.charsWithoutSpace * 0.01,
      `${name}: ${text.length} of ${want.body.charsWithoutSpace}`,
    );
  }
}

function assertNotice(name: string, reading: Reading, want: Expected): void {
  const { verdict } = reading;
  switch (want.verdict) {
    case 'removed':
      assert.equal(verdict.class, 'notice', name);
      assert.deepEqual([verdict.actor, verdict.words, verdict.scope], [want.actor, want.noticeTitle, 'notice'], name);
      if (want.noticeDetail !== undefined) assert.equal(verdict.detail, want.noticeDetail, name);
      if (want.delReasonId !== undefined) assert.equal(verdict.reasonId, want.delReasonId, name);
      if (want.userName !== undefined)
        assert.deepEqual(verdict.account, { id: want.userName, name: want.account }, name);
      return;
    case 'suspended':
      assert.deepEqual([verdict.class, 'kind' in verdict && verdict.kind], ['unknown', 'suspended'], name);
      return;
    case 'bad-link':
      // Both are links that are no removal; "wrong address" is told apart, as it counts once the address led to the page.
      assert.deepEqual(
        [verdict.class, 'kind' in verdict && verdict.kind],
        ['unknown', name.includes('param-error') ? 'malformed' : 'link'],
        name,
      );
      return;
    case 'blocked':
      assert.deepEqual([verdict.class, 'kind' in verdict && verdict.kind], ['blocked', 'verification'], name);
      return;
    default:
      assert.deepEqual(
        [want.verdict, verdict.class, verdict.rule],
        ['account-page', 'unknown', 'wechat-account-page'],
        name,
      );
  }
}

test('that an article stands shows in its first 30 KB, and on no page in its place', (t) => {
  const folder = needShared(t, 'data/watching/wechat');
  if (folder === undefined) return;
  for (const kind of ['live', 'removed', 'made', 'account-pages']) {
    for (const name of readdirSync(join(folder, kind))) {
      const bytes = readFileSync(join(folder, kind, name));
      const page = name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      const look = articleBegins();
      let [said, at] = ['more', 0];
      for (; said === 'more' && at < page.length; at += 1_400) said = look(page.subarray(at, at + 1_400));
      assert.equal(said, kind === 'live' ? 'enough' : 'more', name);
      if (kind === 'live') assert.ok(at < 30_000, `${name}: ${at}`);
    }
  }
});

test('a title without words, after a closed tag or far down says nothing', () => {
  const said = (html: string): string => articleBegins()(Buffer.from(html));
  assert.equal(said('<meta property="og:title" content="通知" />'), 'enough');
  assert.equal(said('<meta property="og:title" content=" " /><meta content="x">'), 'more');
  assert.equal(said('<meta property="og:title"><p content="x">'), 'more');
  assert.equal(said('<p>property="og:title" content="x"</p>'), 'more');
  assert.equal(said(`${' '.repeat(66_000)}<meta property="og:title" content="x" />`), 'whole');
  assert.equal(said(`<meta ${' content="'.repeat(5_000)} property="og:title"`), 'more');
});

test('a live article that quotes three notices in title and body stays live', () => {
  const quoted = '该内容已被发布者删除 环境异常 此内容因违规无法查看';
  const page = `<html><body id="activity-detail"><i class="weui-icon-warn"></i><div id="js_article"><h1 id="activity-name">${quoted}</h1>
    <div id="js_content"><p>${quoted}</p><p>页面显示“去验证”。</p></div></div><script>var biz = ""||"MjM5ODMzMDMyMw==";var mid="5";var idx="1";</script></body></html>`;
  const reading = read(page);
  assert.deepEqual(
    [reading.verdict.class, reading.title, reading.identity.key],
    ['live', quoted, 'wechat:2398330323:5:1'],
  );
});

test('the same words as a page of their own are a removal; on a page of unknown make they prove nothing', () => {
  const notice =
    '<html><body><div class="weui-msg"><div class="weui-msg__title warn">\n 该内容已被发布者删除 \n</div></div></body></html>';
  assert.equal(read(notice).verdict.class, 'notice');
  assert.equal(read('<html><body><p>该内容已被发布者删除</p></body></html>').verdict.class, 'unknown');
});

test('an article frame with neither title nor words nor pictures is unknown, never live', () => {
  assert.equal(
    read('<html><body><div id="js_article"><div id="js_content"></div></div></body></html>').verdict.class,
    'unknown',
  );
});

test('a redirect to verification is blocked whatever the page says; errors of the server are down', () => {
  const finalUrl = 'https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x';
  assert.equal(read('<html></html>', { finalUrl }).verdict.class, 'blocked');
  assert.equal(read('<html></html>', { status: 502 }).verdict.class, 'down');
  assert.equal(read('<html></html>', { status: 429 }).verdict.class, 'blocked');
});

test('account notices are told from article notices, in either spelling of the word account', () => {
  for (const text of [
    '此帐号已被屏蔽, 内容无法查看',
    '此账号已被屏蔽，内容无法查看',
    '此账号已自主注销，内容无法查看',
  ]) {
    assert.equal(noticeMeaning(text)?.meaning.as, 'account', text);
  }
  assert.equal(noticeMeaning('本文讨论：该内容已被发布者删除'), undefined, 'only the beginning of the element counts');
});

test('data is read without being run: calls, members and prototype keys are refused field by field', () => {
  const script = `try { window.cgiDataNew = { title: JsDecode('a\\x22b \\\\x26amp; c'), mid: '12' * 1, bad: alert(1), __proto__: { polluted: 1 },
    worse: (function(){ while(true){} })(), nested: { ok: 'x', no: document.cookie }, list: ['1' * 1, 'two'], either: '' || 'second', neg: -3 } } catch (e) {}`;
  const { data, unreadable } = readAssignment([script], 'cgiDataNew');
  assert.deepEqual(
    { ...data, nested: { ...(data!['nested'] as object) } },
    { title: 'a"b &amp; c', mid: 12, nested: { ok: 'x' }, list: [1, 'two'], either: 'second', neg: -3 },
  );
  assert.deepEqual(unreadable, ['bad', 'worse', 'nested.no']);
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

test('JsDecode undoes the escapes in the order the page does', () => {
  assert.equal(jsDecode('\\x5cx22 \\x3cb\\x3e \\x26amp;'), '" <b> &amp;');
});

test('one article has one key whatever its address, and drops what only tracks the reader', () => {
  const long =
    'https://mp.weixin.qq.com/s?__biz=MjM5ODMzMDMyMw==&amp;mid=5&amp;idx=1&sn=30a0&chksm=aa&scene=27#wechat_redirect';
  assert.deepEqual(keyFromUrl(long), { biz: 'MjM5ODMzMDMyMw==', mid: '5', idx: '1', sn: '30a0' });
  assert.deepEqual(identityFromUrl('http://mp.weixin.qq.com/s?__biz=MjM5ODMzMDMyMw==&appmsgid=5&itemidx=1&sign=x'), {
    key: 'wechat:2398330323:5:1',
  });
  assert.equal(identityFromUrl('https://mp.weixin.qq.com/s/abc?scene=1').provisional, true);
  assert.equal(
    identityFromUrl('https://mp.weixin.qq.com/s?__biz=../../etc&mid=1&idx=1').provisional,
    true,
    'a biz that is no number is no key',
  );
});

test('mutated and random pages end, and throw nothing but our own error (property)', () => {
  const page = `<html><body><div id="js_article"><h1 id="activity-name">t</h1><div id="js_content"><p>x</p></div></div><script>window.cgiDataNew = { title: JsDecode('x'), a: [1,{b:'c'}] }</script></body></html>`;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(page.length), fc.string({ maxLength: 12 })), { maxLength: 12 }),
      fc.uint8Array({ maxLength: 200 }),
      (cuts, tail) => {
        let text = page;
        for (const [at, piece] of cuts) text = text.slice(0, at) + piece + text.slice(at + piece.length);
        for (const body of [new TextEncoder().encode(text), tail]) {
          try {
            read(body);
          } catch (error) {
            assert.ok(error instanceof AsPostedError, String(error));
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a saved notice served from elsewhere is known by its element and words; another site in the same style is a page', () => {
  const elsewhere = 'http://127.0.0.1:8080/saved.html';
  const saved = read('<html><body><div class="mesg-block"><p>该内容暂时无法查看</p></div></body></html>', {
    url: elsewhere,
  });
  assert.deepEqual([saved.verdict.class, 'kind' in saved.verdict && saved.verdict.kind], ['unknown', 'suspended']);
  const other = read(
    `<html><head><title>报名成功</title></head><body><h2 class="weui-msg__title">报名成功</h2><p>${'感谢您参加本次对接会。'.repeat(20)}</p></body></html>`,
    { url: elsewhere },
  );
  assert.equal(other.verdict.class, 'live');
});
