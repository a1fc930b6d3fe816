import assert from 'node:assert/strict';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { skipOrFail } from '../src/model/testing/shared.js';
import { startServer } from '../src/server/index.js';
import { findAddress, showNotice } from '../src/store/index.js';
import { check } from '../src/watch/index.js';
import { type TestParts, openTestParts } from '../src/watch/testing/parts.js';
import { HOSTILE, type Hostile, armed } from './hostile/documents.js';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from './support/chromium.js';
import { type Watched, inLanes, watched } from './support/watched.js';

/** A server the documents call: what reaches it was fetched. Under /raw/N it serves them as they are. */
async function startCanary(t: TestContext): Promise<{ base: string; hits: string[] }> {
  const hits: string[] = [];
  let base = '';
  const server: Server = createServer((request, response) => {
    const raw = /^\/raw\/(\d+)$/.exec(request.url ?? '')?.[1];
    if (raw === undefined) {
      hits.push(request.url ?? '');
      response.writeHead(204).end();
      return;
    }
    const each = HOSTILE[Number(raw)]!;
    response.writeHead(200, { 'content-type': each.type ?? 'text/html; charset=utf-8' }).end(armed(each, base));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, hits };
}

interface Kept {
  hostile: Hostile;
  notice: string;
  exhibit: string;
}

async function keepAll(parts: TestParts, canary: string): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const [number, hostile] of HOSTILE.entries()) {
    const url = `https://www.example.gov.cn/content/post_${number}.html?x="><script>alert(1)</script>`;
    const { type, headers } = hostile;
    parts.pages.set(url, {
      body: armed(hostile, canary),
      ...(type === undefined ? {} : { type }),
      ...(headers === undefined ? {} : { headers }),
    });
    await check(parts, { url, context: { keepAlways: true } });
    const { noticeId } = (await findAddress(parts.store.database, url))!;
    const { exhibits } = (await showNotice(parts.store.database, noticeId))!;
    kept.push({ hostile, notice: noticeId, exhibit: exhibits[0]! });
  }
  return kept;
}

/** The same documents without our care: if nothing of them acts here, this test shows nothing. */
async function actsRaw(browser: Browser, canary: string): Promise<number> {
  let acting = 0;
  const context = await browser.newContext({ acceptDownloads: false });
  await inLanes([...HOSTILE.keys()], async (take) => {
    for (let number = take(); number !== undefined; number = take()) {
      const { page, acts, requests } = await watched(context);
      await page.goto(`${canary}/raw/${number}`, { waitUntil: 'load', timeout: 2_000 }).catch(() => undefined); // some lead elsewhere at once
      await page.waitForTimeout(150);
      if (acts.length > 0 || requests.length > 1) acting += 1;
      await page.close();
    }
  });
  await context.close();
  return acting;
}

interface Places {
  address: string;
  replay: string;
}

/** Opens the notice, the exhibit with its frame, and the archived page alone; throws for anything a page without rights does not do. */
async function lookAt(
  { page, acts, requests }: Watched,
  { hostile, notice, exhibit }: Kept,
  at: Places,
): Promise<void> {
  const alone = `${at.replay}/exhibits/${exhibit}`;
  const framed = `${at.address}/exhibits/${exhibit}`;
  const places = [[`${at.address}/notices/${notice}`], [framed, alone], [alone]];
  for (const frames of places) {
    const [place = ''] = frames;
    const name = `${hostile.name} at ${place}`;
    const answer = await page.goto(place, { waitUntil: 'load' });
    assert.equal(answer?.status(), 200, name);
    assert.deepEqual(
      page.frames().map((each) => each.url()),
      frames,
      `${name}: nothing was led elsewhere, and no frame was added`,
    );
    assert.notEqual(await page.title(), 'ran', name);
    if (place === alone) assertInert(await answer.text(), name);
    assert.deepEqual(acts.splice(0), [], name);
    assert.deepEqual(
      requests
        .splice(0)
        .filter((url) => ![`${at.address}/`, `${at.replay}/`, 'data:image/'].some((own) => url.startsWith(own))),
      [],
      name,
    );
  }
}

test(
  'hostile pages put as exhibits act nowhere: not on our pages, not in the frame, not opened alone',
  {
    timeout: 600_000,
  },
  async (t) => {
    if (CHROMIUM === undefined) {
      skipOrFail(t, 'no Chromium is installed: on Debian, apt-get install chromium');
      return;
    }
    assert.ok(HOSTILE.length >= 40);
    const canary = await startCanary(t);
    const parts = await openTestParts();
    t.after(() => parts.dispose());
    const kept = await keepAll(parts, canary.base);
    const serving = await startServer(parts, { listen: '127.0.0.1:0' });
    t.after(() => serving.close());
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
    t.after(() => browser.close());
    const acting = await actsRaw(browser, canary.base);
    assert.ok(acting >= 32, `only ${acting} of the documents act at all`);
    assert.ok(canary.hits.length > 0);
    t.diagnostic(`${HOSTILE.length} documents; ${acting} act when they are opened as they are`);
    canary.hits.length = 0;

    const context = await browser.newContext();
    await inLanes(kept, async (take) => {
      const lane = await watched(context);
      for (let each = take(); each; each = take()) await lookAt(lane, each, serving);
      await lane.page.goto(`${serving.address}/`, { waitUntil: 'load' });
      await lane.page.waitForTimeout(300);
      assert.deepEqual(lane.acts, [], 'the list of all notices, and whatever came late');
    });
    assert.deepEqual(canary.hits, [], 'nobody was told that we look');
    assert.equal((await context.cookies()).length, 0, 'the frame’s origin and ours hold no cookies');
  },
);

/** What the browser was given: no element that acts, no attribute that is not ours, no address but of our own pictures. */
function assertInert(document: string, name: string): void {
  const body = document.slice(document.indexOf('<body>'));
  assert.doesNotMatch(
    body,
    /<(?:script|style|svg|math|iframe|object|embed|form|input|template|noscript|link|meta|base|video|audio|a|textarea|select)[\s>/]/i,
    name,
  );
  for (const [tag] of body.matchAll(/<[a-z][^>]*>/gi)) {
    const bare = tag.replaceAll(/"[^"]*"/g, '""');
    assert.match(
      bare,
      /^<[a-z]+\d?(?: (?:lang|dir|colspan|rowspan|width|height|align|start|title|style|src|alt|class|role)="")*>$/,
      `${name}: ${tag.slice(0, 200)}`,
    );
    for (const [, src] of tag.matchAll(/ src="([^"]*)"/g))
      assert.match(src!, /^data:image\/(?:png|jpeg|gif|webp);base64,/, name);
    for (const [, style] of tag.matchAll(/ style="([^"]*)"/g))
      assert.doesNotMatch(style!, /url|@|expression|binding|behavior|position|\\|\/\*/i, name);
  }
}

test('the two origins answer to their own names only, and archived pages to frames of ours only', async (t) => {
  const parts = await openTestParts();
  t.after(() => parts.dispose());
  const url = 'https://www.example.gov.cn/content/post_1.html';
  parts.pages.set(url, { body: '<html><title>通知</title><body><p>无人机</p></body></html>' });
  await check(parts, { url });
  const { noticeId } = (await findAddress(parts.store.database, url))!;
  const exhibit = (await showNotice(parts.store.database, noticeId))!.exhibits[0]!;
  const serving = await startServer(parts, { listen: '127.0.0.1:0' });
  t.after(() => serving.close());
  const port = new URL(serving.replay).port;
  assert.equal(new URL(serving.replay).hostname, 'replay.localhost');
  const ask = (
    path: string,
    headers: Record<string, string>,
    at = `http://127.0.0.1:${port}`,
  ): Promise<{ status: number; headers: Headers }> => rawGet(`${at}${path}`, headers);
  const own = { host: `replay.localhost:${port}` };
  const page = await ask(`/exhibits/${exhibit}`, own);
  assert.equal(page.status, 200);
  const policy = page.headers.get('content-security-policy')!;
  assert.match(
    policy,
    /^sandbox; default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; font-src data:; media-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors http:\/\/127\.0\.0\.1:\d+ http:\/\/localhost:\d+$/,
  );
  for (const [name, value] of [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['x-dns-prefetch-control', 'off'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['cache-control', 'no-store'],
  ] as const)
    assert.equal(page.headers.get(name), value);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'evil.example', `evil.replay.localhost:${port}`])
    assert.equal((await ask(`/exhibits/${exhibit}`, { host })).status, 421, host);
  for (const dest of ['script', 'image', 'empty', 'object', 'embed'])
    assert.equal((await ask(`/exhibits/${exhibit}`, { ...own, 'sec-fetch-dest': dest })).status, 403, dest);
  for (const path of ['/', '/api/v1/notices', '/api/openapi.json', `/exhibits/${exhibit}/warc`, `/notices/${noticeId}`])
    assert.equal((await ask(path, own)).status, 404, `${path} is not on the origin of archived pages`);
  assert.equal(
    (await ask('/', { host: `replay.localhost:${new URL(serving.address).port}` }, serving.address)).status,
    421,
    'nor does the app answer to its name',
  );
  const app = await ask(`/exhibits/${exhibit}`, {}, serving.address);
  assert.match(app.headers.get('content-security-policy')!, new RegExp(`; frame-src ${serving.replay}$`));
  const body = await ask(`/api/v1/exhibits/${exhibit}/body`, {}, serving.address);
  assert.deepEqual(
    [body.headers.get('content-type'), body.headers.get('content-disposition')],
    ['application/octet-stream', `attachment; filename="${exhibit}.body"`],
  );
  for (const replay of [
    '127.0.0.1:4271',
    'localhost:4271',
    'replay.example:4271',
    'replay.localhost',
    'replay.localhost:99999',
  ])
    await assert.rejects(startServer(parts, { listen: '127.0.0.1:0', replay }), { code: 'USAGE' }, replay);
});

/** `fetch` does not let a Host header through. */
async function rawGet(url: string, headers: Record<string, string>): Promise<{ status: number; headers: Headers }> {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      response.resume();
      const found = new Headers(
        Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]),
      );
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: found });
      });
    }).on('error', reject);
  });
}
