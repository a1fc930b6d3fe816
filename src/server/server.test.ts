import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Hono } from 'hono';
import { check, recordSource } from '../watch/index.js';
import { articleOf, openTestParts, pageOf } from '../watch/testing/parts.js';
import { findAddress } from '../store/index.js';
import { verifyFile } from '../verify/index.js';
import { createApi, createApp, openApiDocument, startServer } from './index.js';

const parts = await openTestParts();
after(() => parts.dispose());
const ARTICLE = 'https://mp.weixin.qq.com/s/dddddddddddddddddddddd';
const HOSTILE = 'https://www.example.gov.cn/content/post_666.html';
const GOODS =
  '采购内容：无人机探测器（商品名BoriTone、AsselLabs、Bulat）、无人机抑制器、通信频段干扰器，请有供货能力的企业联系我会秘书处。';
const EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(1)> \u202Egnp.exe \u0007';
/** The keys, from our own origin; no page has another. */
const OWN_SCRIPT = '<script src="/keys.js" defer></script>';
let app: Hono;
let notice = '';
let exhibit = '';

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json(): Record<string, unknown>;
}

async function get(path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Answer> {
  const response = await app.request(`http://127.0.0.1:4270${path}`, {
    ...init,
    headers: { host: '127.0.0.1:4270', ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as Record<string, unknown>,
  };
}

before(async () => {
  app = createApp(parts);
  parts.pages.set(
    ARTICLE,
    articleOf('国外企业采购无人机设备通知', [GOODS], 2_247_483_111, { account: '广东省对俄贸易促进会' }),
  );
  const escaped = EVIL.replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  parts.pages.set(HOSTILE, pageOf(escaped, [`${escaped} 这是一则恶意页面，内容里带有脚本和控制字符，用来检查转义。`]));
  await recordSource(parts, {
    kind: 'website',
    name: '<b>list</b>',
    options: { url: 'https://x.example/' },
    everyMs: 1_000,
  });
  for (const url of [ARTICLE, HOSTILE]) await check(parts, { url });
  notice = (await findAddress(parts.store.database, ARTICLE))!.noticeId;
  const [first] = (await get(`/api/v1/notices/${notice}`)).json()['exhibits'] as string[];
  exhibit = first!;
});

test('every list answers with a page of documents, in order, and goes on where the last one ended', async () => {
  for (const list of [
    'notices',
    'changes',
    'removals',
    'copies',
    'follows',
    'projects',
    'mentions',
    'matches',
    'flags',
    'claims',
    'sources',
    'events',
    'cases',
  ]) {
    const answer = await get(`/api/v1/${list}`);
    assert.equal(answer.status, 200, list);
    assert.ok(Array.isArray(answer.json()['items']), list);
  }
  const first = (await get('/api/v1/mentions?limit=2')).json() as { items: unknown[]; next: number };
  const second = (await get(`/api/v1/mentions?limit=2&after=${first.next}`)).json() as { items: unknown[] };
  assert.equal(first.items.length, 2);
  assert.notDeepEqual(first.items, second.items);
});

test('who posts after whom, a lineage and a project come as the documents of the commands', async () => {
  const at = (n: number): string => `https://h${n}.example.gov.cn/content/post_${n}.html`;
  const name = '滨江市应急管理局无人机探测设备采购项目';
  const body = ['项目编号：BJZC-2024-013。', '有供货能力的生产企业请于6月7日前将产品说明书和营业执照复印件报送我局。'];
  parts.pages.set(at(1), pageOf(`${name}招标公告`, body, '2024-05-20 10:30'));
  parts.pages.set(at(2), pageOf(`${name}中标公告`, body, '2024-05-21 10:30'));
  for (const n of [1, 2]) await check(parts, { url: at(n) });
  const [one, two] = await Promise.all([1, 2].map(async (n) => (await findAddress(parts.store.database, at(n)))!.noticeId)); // prettier-ignore
  const items = async (path: string): Promise<Record<string, unknown>[]> =>
    (await get(path)).json()['items'] as Record<string, unknown>[];
  const [pair] = await items('/api/v1/follows');
  assert.deepEqual([pair!['type'], pair!['a'], pair!['b']], ['follows', 'h1.example.gov.cn', 'h2.example.gov.cn']);
  assert.deepEqual(await items('/api/v1/follows?presence=removed'), [], 'of the notices chosen');
  const [project] = await items(`/api/v1/projects?notice=${one!}`);
  const stages = (project!['notices'] as { notice: string; stage: string }[]).map((each) => [each.notice, each.stage]);
  assert.deepEqual([project!['type'], stages], ['project', [[one, 'call'], [two, 'award']]]); // prettier-ignore
  assert.deepEqual((await get(`/api/v1/notices/${two!}`)).json()['project'], project, 'and with the notice');
  const lineage = (await get(`/api/v1/notices/${two!}/lineage`)).json();
  assert.deepEqual([lineage['type'], lineage['notice'], lineage['coverage']], ['lineage', two, { partners: 1, further: 0 }]); // prettier-ignore
  assert.deepEqual((lineage['entries'] as { notice: string }[]).map((each) => each.notice), [one, two]); // prettier-ignore
  assert.equal((await get('/api/v1/notices/N-ZZZZZZ/lineage')).status, 404);
});

test('one notice, one exhibit and its WARC: as a document, and as a file that no browser opens', async () => {
  const found = (await get(`/api/v1/notices/${notice.slice(0, 7)}`)).json();
  assert.deepEqual([found['type'], found['id'], found['title']], ['notice', notice, '国外企业采购无人机设备通知']);
  const shown = (await get(`/api/v1/exhibits/${exhibit}`)).json();
  assert.equal(shown['notice'], notice);
  const warc = await get(`/api/v1/exhibits/${exhibit}/warc`);
  assert.equal(warc.status, 200);
  assert.match(warc.headers.get('content-disposition')!, /^attachment; filename="E-[0-9A-Z]+\.warc\.gz"$/);
  assert.equal(warc.headers.get('x-content-type-options'), 'nosniff');
});

test('a bundle over HTTP verifies; one that would tell who made it is refused, with the place and without the value', async () => {
  const response = await app.request(`http://127.0.0.1:4270/api/v1/exhibits/${exhibit}/bundle`, {
    headers: { host: '127.0.0.1:4270' },
  });
  const bundle = new Uint8Array(await response.arrayBuffer());
  assert.match(response.headers.get('content-disposition')!, /^attachment; filename="E-[0-9A-Z]+\.zip"$/);
  assert.equal((await verifyFile(bundle)).verdict, 'ok');
  const url = `https://mp.weixin.qq.com/s/${'l'.repeat(22)}`;
  const { body } = articleOf('登录时的页面', [GOODS], 2_247_483_999);
  parts.pages.set(url, {
    body: String(body).replace('idx:', "is_login: '1' * 1, pass_ticket: 'vX3kq9Zp2Q7dTq', idx:"),
  });
  await check(parts, { url });
  const { noticeId } = (await findAddress(parts.store.database, url))!;
  const [leaking] = (await get(`/api/v1/notices/${noticeId}`)).json()['exhibits'] as string[];
  const refused = await get(`/api/v1/exhibits/${leaking!}/bundle`);
  assert.deepEqual([refused.status, refused.json()['code']], [400, 'BAD_INPUT']);
  assert.match(String(refused.json()['detail']), new RegExp(`${leaking!}:2 \\(response\\), body at \\d+: pass_ticket`));
  assert.doesNotMatch(refused.text, /vX3kq/);
});

test('screening and recognition answer over HTTP as on the command line', async () => {
  const screening = (await get('/api/v1/screen?name=3MX&on=2024-05-22')).json();
  assert.deepEqual([screening['type'], screening['query'], screening['on']], ['screening', '3MX', '2024-05-22']);
  const body = JSON.stringify({ text: GOODS, on: '2024-05-22' });
  const recognition = await get('/api/v1/recognise', { 'content-type': 'application/json' }, { method: 'POST', body });
  const mentions = recognition.json()['mentions'] as { id: string }[];
  assert.ok(mentions.some(({ id }) => id === 'bulat') && mentions.some(({ id }) => id === 'drone_jammer'));
});

test('bad questions get a problem document with a code, never a stack', async () => {
  for (const [path, status, code] of [
    ['/api/v1/notices/N-ZZZZZZ', 404, 'NOT_FOUND'],
    ['/api/v1/notices/nonsense', 404, 'NOT_FOUND'],
    ['/api/v1/notices?presence=gone', 400, 'USAGE'],
    ['/api/v1/notices?limit=0', 400, 'USAGE'],
    ['/api/v1/screen?on=2024-05-22', 400, 'USAGE'],
    ['/api/v1/nothing', 404, 'NOT_FOUND'],
    ['/notices/N-ZZZZZZ', 404, 'NOT_FOUND'],
    ["/api/v1/notices/N-1' or '1'='1", 404, 'NOT_FOUND'],
    ['/api/v1/notices?since=nonsense', 400, 'USAGE'],
    ['/api/v1/notices?presense=removed', 400, 'USAGE'],
    ['/api/v1/claims?since=2024-05-22', 400, 'USAGE'],
    ['/api/v1/screen?name=x&on=2024-13-40', 400, 'USAGE'],
    ['/api/v1/notices?source=S-ZZZZZZ', 404, 'NOT_FOUND'],
  ] as const) {
    const answer = await get(encodeURI(path));
    assert.deepEqual([answer.status, answer.json()['title']], [status, code], path);
    assert.match(answer.headers.get('content-type')!, /application\/problem\+json/);
    assert.doesNotMatch(answer.text, /node_modules|\bat \w+ \(/);
  }
});

test('page text cannot become markup, and control characters are shown', async () => {
  const id = (await findAddress(parts.store.database, HOSTILE))!.noticeId;
  for (const path of ['/', `/notices/${id}`, '/sources']) {
    const text = (await get(path)).text.replace(OWN_SCRIPT, '');
    assert.doesNotMatch(text, /<script|<img|<b>list|onerror=alert\(1\)>(?!&)/, path);
    assert.doesNotMatch(text, /[\u202e\u0007]/, path);
  }
  assert.match((await get(`/notices/${id}`)).text, /\\u202e/);
});

test('pages: one heading, landmarks, language marked on Chinese, findings in words, a twin in JSON, no script but the keys, no way out', async () => {
  for (const path of [
    '/',
    `/notices/${notice}`,
    '/cases',
    '/sources',
    '/lists',
    '/?presence=removed',
    '/?search=bulat',
  ]) {
    const { status, text, headers } = await get(path);
    assert.equal(status, 200, path);
    assert.equal(text.match(/<h1[ >]/g)?.length, 1, path);
    assert.match(text, /<main id="main">[\s\S]*<\/main>/);
    assert.match(headers.get('content-security-policy')!, /default-src 'none'; script-src 'self';/);
    assert.doesNotMatch(text.replace(OWN_SCRIPT, ''), /<script|https?:\/\/(?!127)/, `${path} links elsewhere`);
  }
  const inbox = (await get('/')).text;
  assert.match(inbox, /<a href="\/notices\/N-[0-9A-Z]+" lang="zh-Hans">国外企业采购无人机设备通知<\/a>/);
  assert.match(inbox, /Goods named: (?:<span lang="en">[^<]*<\/span>; )*<span lang="en">Drone detector/);
  assert.match(inbox, /Standing/);
  const shown = (await get(`/notices/${notice}`)).text;
  assert.match(shown, /<mark class="goods" title="goods: Drone detector">无人机探测器<\/mark>/);
  assert.match(shown, /asposted verify/);
  assert.doesNotMatch(shown.toLowerCase(), /suspicious|guilty|cleared|controlled goods/);
  assert.doesNotMatch((await get('/?search=nothing-like-this')).text, /class="notice /);
});

test('another name for this machine is refused, so that no page elsewhere can read the case files', async () => {
  for (const host of ['evil.example', 'evil.example:4270', '192.168.1.5:4270', ''])
    assert.equal((await get('/', { host })).status, 421, host);
  const refused = await get('/', { host: 'evil.example' });
  assert.deepEqual(
    [refused.json()['code'], refused.headers.get('x-content-type-options')],
    ['ADDRESS_REFUSED', 'nosniff'],
  );
  for (const host of ['localhost:4270', 'LOCALHOST', '127.0.0.1', '[::1]:4270'])
    assert.equal((await get('/', { host })).status, 200, host);
});

test('only loopback addresses are listened on, and a taken port is said in words', async () => {
  for (const listen of ['0.0.0.0:4270', '192.168.1.5:80', 'example.org:80', '[::]:80', '4270', '127.0.0.1:99999']) {
    await assert.rejects(startServer(parts, { listen }), { code: 'USAGE' }, listen);
  }
  const serving = await startServer(parts, { listen: '127.0.0.1:0' });
  const answer = await fetch(`${serving.address}/healthz`);
  assert.equal(await answer.text(), 'ok\n');
  assert.equal((await fetch(`${serving.address}/readyz`)).status, 200);
  await assert.rejects(startServer(parts, { listen: serving.address.replace('http://', '') }), /listens on .* already/);
  await serving.close();
});

test('the OpenAPI document names every route of the API', async () => {
  const document = (await get('/api/openapi.json')).json() as { openapi: string; paths: Record<string, unknown> };
  assert.equal(document.openapi, '3.1.0');
  const api = createApi(parts);
  assert.deepEqual(document, JSON.parse(JSON.stringify(openApiDocument())), 'served as made, and made without a store');
  const routes = [
    ...new Set(api.routes.filter(({ method }) => method !== 'ALL').map(({ path }) => path.replace(/:(\w+)/g, '{$1}'))),
  ];
  assert.deepEqual(Object.keys(document.paths).sort(), routes.sort());
  assert.ok(routes.length >= 18);
});

test('the events come as Atom and as RSS', async () => {
  for (const name of ['atom', 'rss']) {
    const { text, headers } = await get(`/events.${name}`);
    assert.match(headers.get('content-type')!, new RegExp(name));
    assert.match(text, /New notice: 国外企业采购无人机设备通知/);
    assert.doesNotMatch(
      text,
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/,
      'XML forbids them: one title would end the feed',
    );
  }
});

test('a time with an offset is the same moment: nothing seen since is left out', async () => {
  const seen = (await get(`/api/v1/notices/${notice}`)).json()['firstSeen'] as string;
  const there = (await get(`/api/v1/notices?since=${seen}`)).json()['items'] as unknown[];
  const shanghai = new Date(Date.parse(seen) + 8 * 3_600_000).toISOString().replace('Z', '%2B08:00');
  assert.ok(there.length > 0);
  assert.deepEqual((await get(`/api/v1/notices?since=${shanghai}`)).json()['items'], there);
  assert.deepEqual((await get('/api/v1/notices?since=2099-01-01')).json()['items'], []);
});

test('a body that is no JSON, says it is none, or has no end is refused with a word for each', async () => {
  const post = (body: string, type?: string): Promise<Answer> =>
    get('/api/v1/recognise', type === undefined ? {} : { 'content-type': type }, { method: 'POST', body });
  for (const [body, type, status, code] of [
    ['{"text":"x"}', 'text/plain', 415, 'USAGE'],
    ['{"text":"x"}', undefined, 415, 'USAGE'],
    ['text=x', 'application/x-www-form-urlencoded', 415, 'USAGE'],
    ['{"text":', 'application/json', 400, 'BAD_INPUT'],
    ['{}', 'application/json', 400, 'USAGE'],
    ['{"text":"x","on":"2024-02-30"}', 'application/json', 400, 'USAGE'],
    [JSON.stringify({ text: 'a'.repeat(7_000_000) }), 'application/json', 413, 'TOO_LARGE'],
  ] as const) {
    const answer = await post(body, type);
    assert.deepEqual([answer.status, answer.json()['code']], [status, code], `${body.slice(0, 40)} ${type}`);
  }
  const told = await post('{"text":"дрон","language":"uk"}', 'application/json; charset=utf-8');
  assert.equal(told.json()['language'], 'uk');
});

test('not ready is said with 503, and what was not foreseen is told to the operator without quoting a page', async (t) => {
  t.mock.method(parts.store.log, 'checkpoint', () => Promise.reject(new Error('secret words of a page')));
  const lines = t.mock.method(parts, 'progress', (): void => undefined);
  const answer = await get('/readyz');
  assert.deepEqual([answer.status, answer.json()['retry']], [503, 'later']);
  const broken = await get('/api/v1/log/checkpoint');
  assert.deepEqual([broken.status, broken.json()['code']], [500, 'UNEXPECTED']);
  assert.deepEqual(
    lines.mock.calls.map(({ arguments: [line] }) => line as unknown),
    ['serve: Error in GET /api/v1/log/checkpoint'],
  );
  assert.doesNotMatch(answer.text + broken.text, /secret/);
});

test('a stop signal closes the server, and closing again does no harm', async () => {
  const stop = new AbortController();
  const serving = await startServer(parts, { listen: '127.0.0.1:0', signal: stop.signal });
  assert.equal((await fetch(`${serving.address}/healthz`)).status, 200);
  stop.abort();
  await assert.rejects(fetch(`${serving.address}/healthz`), 'the signal alone is enough');
  await serving.close();
  await serving.close();
  await assert.rejects(startServer(parts, { listen: '127.0.0.1:0', signal: stop.signal }), { code: 'INTERRUPTED' });
});

test('/metrics: counts of what is there, each look once however often it is asked', async () => {
  const { database, log } = parts.store;
  const counted = async (): Promise<Map<string, number>> => {
    const { status, text, headers } = await get('/metrics');
    assert.deepEqual([status, headers.get('content-type')], [200, 'text/plain; version=0.0.4; charset=utf-8']);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  };
  const looks = async (): Promise<number> =>
    [...(await counted())].reduce((sum, [name, n]) => sum + (name.startsWith('asposted_checks_total{') ? n : 0), 0);
  const rows = async (): Promise<number> =>
    (await database.query<{ n: number }>('select count(*)::int as n from observation'))[0]!.n;
  assert.equal(await looks(), await rows());
  assert.equal(await looks(), await rows(), 'asked again, nothing is counted twice');
  await check(parts, { url: ARTICLE });
  const after = await counted();
  assert.equal(await looks(), await rows(), 'and a new look once');
  assert.equal(after.get('asposted_log_entries'), await log.size());
  const [{ n: standing } = { n: -1 }] = await database.query<{ n: number }>(
    "select count(*)::int as n from notice where presence = 'standing'",
  );
  assert.equal(after.get('asposted_notices{presence="standing"}'), standing);
  assert.ok(after.get('asposted_log_checkpoint_age_seconds')! >= 0);
});
