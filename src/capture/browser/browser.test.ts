import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { type IncomingMessage, type RequestListener, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import test, { type TestContext } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import type { CaptureResult, Exchange } from '../../model/index.js';
import { skipOrFail } from '../../model/testing/shared.js';
import { readCapture } from '../../read/index.js';
import { makeAuthority } from '../authority.js';
import { type FetcherOptions, createFetcher } from '../fetcher.js';
import { instantClock } from '../testing/servers.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

function chromium(t: TestContext): string | undefined {
  if (CHROMIUM === undefined) skipOrFail(t, 'no Chromium is installed: on Debian, apt-get install chromium');
  return CHROMIUM;
}

interface Answer {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}
type Pages = Record<string, Answer | ((request: IncomingMessage) => Answer)>;

/** A server of these pages; `asked` lists the paths it saw. */
async function site(
  t: TestContext,
  pages: Pages,
  tls?: { key: string; cert: string },
): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const page = pages[request.url!] ?? { status: 404, body: 'nothing here' };
    const {
      status = 200,
      type = 'text/html; charset=utf-8',
      headers = {},
      body = '',
    } = typeof page === 'function' ? page(request) : page;
    request.resume();
    response.writeHead(status, { 'Content-Type': type, ...headers });
    response.end(body);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

function render(url: string, options: Partial<FetcherOptions> = {}): Promise<CaptureResult> {
  const fetcher = createFetcher({
    clock: instantClock(),
    allow: ['127.0.0.0/8'],
    delayMs: 0,
    ...options,
    browser: { chromium: CHROMIUM!, ...options.browser },
  });
  return fetcher.fetch(url, { browser: 'required' });
}

interface Info {
  format: string;
  endedAt: string;
  tried: { what: string; outcome: string; detail?: Record<string, number> }[];
  counts: Record<string, number>;
  failed: { url: string; code: string; message: string }[];
}

const resource = ({ resources }: CaptureResult, kind: string): Buffer =>
  Buffer.from(resources!.find(({ url }) => url.startsWith(`urn:${kind}:`))!.bytes);
const infoOf = (capture: CaptureResult): Info => JSON.parse(resource(capture, 'pageinfo').toString()) as Info;
const textOf = (capture: CaptureResult): string => resource(capture, 'textFinal').toString();
const pathOf = ({ url }: Exchange): string => new URL(url).pathname;
const pathsOf = ({ exchanges }: CaptureResult): string[] => exchanges.map(pathOf);

/** A picture of one colour, `side` by `side`. */
function png(side: number): Buffer {
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    let crc = 0xffffffff;
    for (const byte of body) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(side * (side + 1)));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

test('a page is kept with what it asked for: bytes as sent, the page last, picture, print and rendered text', async (t) => {
  if (!chromium(t)) return;
  const script = 'document.getElementById("late").textContent = "写给会员";';
  const page = `<!doctype html><title>通知</title><link rel="icon" href="data:,"><p id="late"></p><p>原文</p><img src="/a.png"><script src="/s.js"></script>`;
  const { port } = await site(t, {
    '/from': { status: 302, headers: { Location: '/notice' } },
    '/notice': { body: page, headers: { 'X-Odd': 'a  b' } },
    '/a.png': { type: 'image/png', body: png(8) },
    '/s.js': { type: 'text/javascript', body: gzipSync(script), headers: { 'Content-Encoding': 'gzip' } },
  });
  const capture = await render(`http://127.0.0.1:${port}/from`);
  assert.deepEqual(pathsOf(capture).slice(-2), ['/from', '/notice']);
  assert.deepEqual(pathsOf(capture).slice(0, -2).sort(), ['/a.png', '/s.js']);
  assert.equal(capture.finalUrl, `http://127.0.0.1:${port}/notice`);
  const last = capture.exchanges.at(-1)!;
  assert.equal(Buffer.from(last.body).toString(), page);
  assert.match(
    Buffer.from(last.responseBytes).toString(),
    /^HTTP\/1\.1 200 OK\r\nContent-Type: [^\r]+\r\nX-Odd: a {2}b\r\n/,
  );
  const packed = capture.exchanges.find((each) => pathOf(each) === '/s.js')!;
  assert.ok(Buffer.from(packed.responseBytes).includes(gzipSync(script)), 'as it came, still packed');
  assert.match(Buffer.from(last.requestBytes).toString('latin1'), /User-Agent: Mozilla.* AsPosted\/0\.1/);
  assert.match(textOf(capture), /写给会员\s+原文/);
  assert.equal(resource(capture, 'fullPage').subarray(1, 4).toString(), 'PNG');
  assert.equal(resource(capture, 'pdf').subarray(0, 5).toString(), '%PDF-');
  const info = infoOf(capture);
  assert.equal(info.format, 'asposted-pageinfo/1');
  assert.deepEqual(info.failed, []);
  const numbers = info.tried.filter(({ detail }) => detail).map(({ what }) => what);
  assert.deepEqual(numbers, ['call late images', 'scroll', 'call late images again', 'picture']);
  assert.deepEqual(
    info.tried.filter(({ outcome }) => outcome !== 'done'),
    [],
  );
  const { version, ...facts } = capture.browser!;
  assert.match(version, /^\d+\./);
  assert.deepEqual(facts, {
    name: 'chromium',
    requests: 4,
    bytes: capture.exchanges.reduce((sum, each) => sum + each.responseBytes.length, 0),
    failed: 0,
  });
});

test('frames, workers, preflights and beacons are the page’s as well, whoever answers them', async (t) => {
  if (!chromium(t)) return;
  const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'x-a' };
  const { port } = await site(t, {
    '/': {
      body: `<!doctype html><p>x</p><iframe src="http://other.example/frame"></iframe><script>
        document.cookie = 'seen=1';
        fetch('http://other.example/api', { method: 'POST', headers: { 'x-a': '1' }, body: 'asked' });
        navigator.sendBeacon('/beacon', 'b'); new Worker('/worker.js'); fetch('/again');
      </script>`,
    },
    '/frame': { body: '<img src="/in-frame.png">' },
    '/in-frame.png': { type: 'image/png', body: png(8) },
    '/api': { headers: cors },
    '/beacon': {},
    '/again': {},
    '/worker.js': { type: 'text/javascript', body: 'fetch("/from-worker")' },
    '/from-worker': {},
  });
  const resolve = ['notice', 'other'].map((name) => `${name}.example:80:127.0.0.1:${port}`);
  const capture = await render('http://notice.example/', { allow: [], resolve });
  const lines = capture.exchanges.map(
    ({ requestBytes, url }) => `${Buffer.from(requestBytes).toString().split(' ')[0]} ${url}`,
  );
  for (const line of [
    'GET http://other.example/frame',
    'GET http://other.example/in-frame.png',
    'OPTIONS http://other.example/api',
    'POST http://other.example/api',
    'POST http://notice.example/beacon',
    'GET http://notice.example/worker.js',
    'GET http://notice.example/from-worker',
  ])
    assert.ok(lines.includes(line), line);
  assert.equal(lines.at(-1), 'GET http://notice.example/');
  const sent = (path: string): string =>
    Buffer.from(capture.exchanges.find((each) => pathOf(each) === path)!.requestBytes).toString();
  assert.doesNotMatch(sent('/'), /^cookie:/im);
  assert.match(sent('/again'), /^cookie: seen=1/im, 'of this visit, and gone with it');
});

test('late images are called for: by scrolling, by the browser’s attribute, by data-src', async (t) => {
  if (!chromium(t)) return;
  const image = { type: 'image/png', body: png(8) };
  const { port, asked } = await site(t, {
    '/': {
      body: `<!doctype html><p style="height:9000px">x</p><img loading="lazy" src="/lazy.png"><img data-src="/wechat.png"><div id="end">.</div>
        <script>new IntersectionObserver((seen, self) => { if (seen.some((each) => each.isIntersecting)) { self.disconnect(); const i = new Image(); i.src = '/seen.png'; document.body.append(i); } }).observe(document.getElementById('end'));</script>`,
    },
    '/lazy.png': image,
    '/wechat.png': image,
    '/seen.png': image,
  });
  const capture = await render(`http://127.0.0.1:${port}/`);
  for (const path of ['/lazy.png', '/wechat.png', '/seen.png']) {
    assert.ok(asked.includes(`GET ${path}`), path);
    assert.ok(pathsOf(capture).includes(path), path);
  }
  const detail = (what: string): Record<string, number> =>
    infoOf(capture).tried.find((each) => each.what === what)!.detail!;
  assert.deepEqual(detail('call late images'), { lazy: 1, copied: 1 });
  assert.ok(detail('scroll')['scrolls']! > 5);
  assert.equal(detail('scroll')['end'], 1);
});

test('a script cannot reach private addresses, past the proxy over UDP, or hide behind a service worker', async (t) => {
  if (!chromium(t)) return;
  const udp = createSocket('udp4');
  let packets = 0;
  udp.on('message', () => (packets += 1));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  t.after(() => udp.close());
  const { port, asked } = await site(t, {
    '/': {
      body: `<!doctype html><title>x</title><p id="out"></p><script>
        const say = (text) => (document.getElementById('out').textContent += text + ';');
        const gone = (name) => () => say(name + ' failed');
        fetch('http://169.254.169.254/latest/').catch(gone('metadata'));
        fetch('http://10.1.2.3/').catch(gone('network'));
        fetch('http://[::1]:' + location.port + '/v6').catch(gone('loopback'));
        new WebSocket('ws://' + location.host + '/socket').onerror = gone('socket');
        const workers = async () => say((await navigator.serviceWorker.getRegistrations()).length + ' workers');
        ServiceWorkerContainer.prototype.register.call(navigator.serviceWorker, '/sw.js').then(workers, workers);
        const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${udp.address().port}' }] });
        peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
      </script>`,
    },
    '/sw.js': {
      type: 'text/javascript',
      body: 'self.addEventListener("fetch", (e) => e.respondWith(new Response("made up")));',
    },
  });
  const capture = await render(`http://127.0.0.1:${port}/`);
  const { failed } = infoOf(capture);
  const code = (part: string): string | undefined => failed.find(({ url }) => url.includes(part))?.code;
  assert.deepEqual(
    [code('169.254.169.254'), code('10.1.2.3'), code('[::1]')],
    ['ADDRESS_REFUSED', 'ADDRESS_REFUSED', 'ADDRESS_REFUSED'],
  );
  assert.ok(capture.browser!.failed >= 3);
  for (const each of ['metadata failed', 'network failed', 'loopback failed', 'socket failed', '0 workers'])
    assert.ok(textOf(capture).includes(each), each);
  assert.deepEqual(pathsOf(capture), ['/'], 'no refused request has an exchange');
  assert.ok(!asked.includes('GET /sw.js') && !asked.includes('GET /socket'));
  assert.equal(packets, 0, 'nothing went past the proxy');
});

test('the browser’s own traffic is refused or kept out of the record, and counted', async (t) => {
  if (!chromium(t)) return;
  const { port, asked } = await site(t, { '/': { body: '<!doctype html><p>x</p>' } });
  const capture = await render(`http://127.0.0.1:${port}/`);
  const { counts, failed } = infoOf(capture);
  const hosts = [...capture.exchanges.map(({ url }) => url), ...failed.map(({ url }) => url)].map(
    (url) => new URL(url).host,
  );
  assert.deepEqual([...new Set(hosts)], [`127.0.0.1:${port}`]);
  // The icon of a site is the browser's wish, not the page's.
  assert.ok(counts['backgroundDropped']! >= asked.filter((each) => each === 'GET /favicon.ico').length);
  assert.deepEqual(pathsOf(capture), ['/']);
});

test('a platform’s verification page is where it ends: nothing is clicked, and the reader calls it blocked', async (t) => {
  if (!chromium(t)) return;
  const { port, asked } = await site(t, {
    '/s/abc': { status: 302, headers: { Location: '/mp/wappoc_appmsgcaptcha?poc_token=x' } },
    '/mp/wappoc_appmsgcaptcha?poc_token=x': {
      body: '<!doctype html><p>环境异常</p><a href="/verified" id="js_verify">去验证</a>',
    },
  });
  const capture = await render('http://mp.weixin.qq.com/s/abc', {
    allow: [],
    resolve: [`mp.weixin.qq.com:80:127.0.0.1:${port}`],
  });
  assert.match(capture.finalUrl, /\/mp\/wappoc_appmsgcaptcha/);
  const { status, headers, body } = capture.exchanges.at(-1)!;
  const { requestedUrl, finalUrl } = capture;
  const { verdict } = readCapture({ requestedUrl, finalUrl, status, headers, body });
  assert.deepEqual([verdict.class, 'kind' in verdict && verdict.kind], ['blocked', 'verification']);
  assert.ok(!asked.includes('GET /verified'));
});

test('TLS: our CA is accepted where it is given; a page or a part of it with another certificate is not had', async (t) => {
  if (!chromium(t)) return;
  const [trusted, other] = [makeAuthority(), makeAuthority('somebody else')];
  const wrong = await site(t, { '/part.png': { type: 'image/png', body: png(8) } }, other.issue(['cdn.example']));
  const right = await site(
    t,
    { '/': { body: '<!doctype html><p>ok</p><img src="https://cdn.example/part.png">' } },
    trusted.issue(['notice.example']),
  );
  const resolve = [`notice.example:443:127.0.0.1:${right.port}`, `cdn.example:443:127.0.0.1:${wrong.port}`];
  const capture = await render('https://notice.example/', { allow: [], resolve, ca: trusted.certificate });
  const last = capture.exchanges.at(-1)!;
  assert.match(last.tls!.chain[0]!, /BEGIN CERTIFICATE/);
  assert.match(textOf(capture), /ok/);
  assert.deepEqual(
    infoOf(capture).failed.map(({ code }) => code),
    ['TLS_FAILED'],
  );
  assert.deepEqual(wrong.asked, []);
  await assert.rejects(render('https://notice.example/', { allow: [], resolve }), { code: 'TLS_FAILED' });
});

test('a page that a script sends elsewhere ends there; what cannot be had leaves the last that could', async (t) => {
  if (!chromium(t)) return;
  const { port } = await site(t, {
    '/on': { body: '<!doctype html><script>location.replace("/there")</script>' },
    '/there': { body: '<!doctype html><title>there</title><p>arrived</p><script>fetch("/there")</script>' },
    '/inside': { body: '<!doctype html><p>before</p><script>location.replace("http://169.254.169.254/")</script>' },
    '/file': { type: 'application/octet-stream', headers: { 'Content-Disposition': 'attachment' }, body: 'file' },
  });
  const there = await render(`http://127.0.0.1:${port}/on`);
  assert.equal(there.finalUrl, `http://127.0.0.1:${port}/there`);
  assert.deepEqual(pathsOf(there), ['/there', '/on', '/there']);
  assert.match(
    Buffer.from(there.exchanges.at(-1)!.requestBytes).toString(),
    /upgrade-insecure-requests/i,
    'the page, not the script’s fetch',
  );
  const inside = await render(`http://127.0.0.1:${port}/inside`);
  assert.deepEqual(pathsOf(inside), ['/inside']);
  assert.deepEqual(
    infoOf(inside).failed.map(({ code }) => code),
    ['ADDRESS_REFUSED'],
  );
  assert.equal(inside.resources!.length, 1, 'no picture of our own refusal');
  const file = await render(`http://127.0.0.1:${port}/file`);
  assert.equal(Buffer.from(file.exchanges.at(-1)!.body).toString(), 'file');
});

test('requests end at the limit, a page that never rests at the time, and both are said', async (t) => {
  if (!chromium(t)) return;
  const { port, asked } = await site(t, {
    '/many': {
      body: `<!doctype html><script>for (let n = 0; n < 30; n++) fetch('/x?' + n).catch(() => undefined);</script>`,
    },
    '/busy': { body: '<!doctype html><p>x</p><script>setTimeout(() => { for (;;); }, 0)</script>' },
  });
  const many = await render(`http://127.0.0.1:${port}/many`, { browser: { maxRequests: 10 } });
  assert.equal(many.exchanges.length + infoOf(many).counts['backgroundDropped']!, 10);
  assert.ok(infoOf(many).counts['overLimit']! >= 20);
  assert.ok(asked.length <= 10);
  const busy = await render(`http://127.0.0.1:${port}/busy`, { browser: { pageMs: 8_000 } });
  assert.deepEqual(pathsOf(busy), ['/busy']);
  assert.ok(infoOf(busy).tried.some(({ outcome }) => outcome === 'timeout'));
  assert.ok(infoOf(busy).tried.some(({ outcome }) => outcome === 'skipped'));
});

test('an address that cannot be had fails as it does without a browser', async (t) => {
  if (!chromium(t)) return;
  await assert.rejects(render('http://169.254.169.254/'), { code: 'ADDRESS_REFUSED' });
  await assert.rejects(render('http://127.0.0.1:1024/'), { code: 'CONNECT_FAILED', retry: 'later' });
});

test('without a browser: required is one clear error, wanted makes the plain capture and says what is missing', async (t) => {
  const { port } = await site(t, { '/': { body: '<p>x</p>' } });
  const address = `http://127.0.0.1:${port}/`;
  const bare = { clock: instantClock(), allow: ['127.0.0.0/8'], delayMs: 0 };
  for (const [browser, message] of [
    [{ path: '' }, /no browser was found/],
    [{ chromium: '/nonexistent/chromium' }, /capture\.chromium names \/nonexistent\/chromium/],
  ] as const)
    await assert.rejects(createFetcher({ ...bare, browser }).fetch(address, { browser: 'required' }), {
      code: 'NO_BROWSER',
      retry: 'never',
      message,
    });
  const plain = await createFetcher({ ...bare, browser: {} }).fetch(address, { browser: 'wanted' });
  assert.deepEqual(plain.missing, ['browser']);
  assert.deepEqual([plain.exchanges.length, plain.browser, plain.resources], [1, undefined, undefined]);
});

test('a browser that does not start is an error to try again', async (t) => {
  const { port } = await site(t, {});
  const fetcher = createFetcher({
    clock: instantClock(),
    allow: ['127.0.0.0/8'],
    browser: { chromium: process.execPath },
  });
  await assert.rejects(fetcher.fetch(`http://127.0.0.1:${port}/`, { browser: 'required' }), {
    code: 'BROWSER_FAILED',
    retry: 'later',
  });
});

test('an interrupt closes the browser and is told as one', async (t) => {
  if (!chromium(t)) return;
  const controller = new AbortController();
  const { port } = await site(t, {
    '/': () => {
      controller.abort();
      return { body: '<p>x</p>' };
    },
  });
  const fetcher = createFetcher({ clock: instantClock(), allow: ['127.0.0.0/8'], browser: { chromium: CHROMIUM! } });
  await assert.rejects(fetcher.fetch(`http://127.0.0.1:${port}/`, { browser: 'required', signal: controller.signal }), {
    code: 'INTERRUPTED',
  });
});
