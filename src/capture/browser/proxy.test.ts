import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import test, { type TestContext } from 'node:test';
import { type TLSSocket, connect as connectTls } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { makeAuthority } from '../authority.js';
import { makeGuard, parseResolve } from '../address-guard.js';
import { dnsLookup } from '../exchange.js';
import { SpoolFolder } from '../spool.js';
import { type Answer, instantClock, rawServer, say, tlsServer } from '../testing/servers.js';
import { type CheckingProxy, startCheckingProxy, startRefusingProxy } from './proxy.js';

interface Wanted {
  allow?: string[];
  resolve?: string[];
  ca?: string;
  maxRequests?: number;
  maxTotalBytes?: number;
}

async function proxy(t: TestContext, wanted: Wanted = {}): Promise<CheckingProxy> {
  const { allow = ['127.0.0.0/8'], resolve = [], ca, maxRequests = 100, maxTotalBytes = 1e6 } = wanted;
  const started = await startCheckingProxy({
    tools: {
      clock: instantClock(),
      guard: makeGuard(allow),
      mappings: parseResolve(resolve),
      lookup: dnsLookup,
      spools: new SpoolFolder(tmpdir()),
      limits: { timeoutMs: 5_000, maxBytes: 100_000, maxRatio: 100, maxHeaderBytes: 10_000 },
    },
    limits: { maxRequests, maxTotalBytes },
    ...(ca === undefined ? {} : { ca }),
  });
  t.after(() => started.close());
  return started;
}

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** As a browser asks a proxy for plain HTTP: the whole address in the request line. */
function ask(through: string, url: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Got> {
  const { hostname, port } = new URL(through);
  return new Promise((resolve, reject) => {
    const options = { host: hostname, port, path: url, method, agent: false as const };
    const outgoing = requestHttp({ ...options, headers: { Host: new URL(url).host, ...headers } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        const status = answer.statusCode ?? 0;
        resolve({ status, headers: answer.headers, body: Buffer.concat(chunks).toString('latin1') });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** The socket behind CONNECT. */
function tunnel(through: string, target: string): Promise<Socket> {
  const { hostname, port } = new URL(through);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once('error', reject);
    socket.once('data', (line: Buffer) => {
      if (/^HTTP\/1\.1 200 /.test(line.toString())) resolve(socket);
      else reject(new Error(line.toString()));
    });
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  });
}

function everything(socket: Socket, send: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.once('error', reject);
    socket.once('close', () => {
      resolve(text);
    });
    socket.write(send);
  });
}

const codes = ({ visit }: CheckingProxy): (string | undefined)[] => visit.asked.map(({ error }) => error?.code);
const OK: Answer = say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

test('an answer is kept byte for byte, and the browser gets the same body and headers', async (t) => {
  const packed = gzipSync('hello');
  const head =
    'HTTP/1.1 200 Fine\r\nset-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Encoding: gzip\r\nNEL: {}\r\nTransfer-Encoding: chunked\r\n\r\n';
  let asked = '';
  const port = await rawServer(t, (socket, request) => {
    asked = request;
    say(head, `${packed.length.toString(16)};x=1\r\n`, packed, '\r\n0\r\nX-T: 1\r\n\r\n')(socket, request);
  });
  const own = await proxy(t);
  const got = await ask(own.url, `http://127.0.0.1:${port}/a?b=1`, {
    headers: { 'X-Odd': 'kept', Authorization: 'Basic eDp5', 'Accept-Encoding': 'zstd', TE: 'trailers' },
  });
  assert.equal(got.body, packed.toString('latin1'));
  assert.deepEqual(got.headers['set-cookie'], ['a=1', 'b=2']);
  assert.equal(got.headers['nel'], undefined, 'reports would be sent behind the page’s back');
  assert.equal(got.headers['asposted-exchange'], '0');
  const [{ exchange } = {}] = own.visit.asked;
  const whole = Buffer.concat([
    Buffer.from(head),
    Buffer.from(`${packed.length.toString(16)};x=1\r\n`),
    packed,
    Buffer.from('\r\n0\r\nX-T: 1\r\n\r\n'),
  ]);
  assert.deepEqual(Buffer.from(exchange!.responseBytes), whole);
  assert.equal(Buffer.from(exchange!.requestBytes).toString(), asked);
  assert.match(asked, /^GET \/a\?b=1 HTTP\/1\.1\r\nHost: [\s\S]*X-Odd: kept\r\n/);
  assert.match(asked, /Accept-Encoding: gzip, br, deflate\r\nConnection: close\r\n\r\n$/);
  assert.doesNotMatch(asked, /zstd|authorization|^te:/im);
});

test('HEAD has no body, POST carries one; other methods, protocols and service workers are not sent', async (t) => {
  const seen: string[] = [];
  const port = await rawServer(t, (socket, request) => {
    seen.push(request.split(' ')[0]!);
    say(
      request.startsWith('HEAD')
        ? 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n'
        : 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    )(socket, request);
  });
  const own = await proxy(t);
  const url = `http://127.0.0.1:${port}/`;
  const head = await ask(own.url, url, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '500', '']);
  assert.equal(own.visit.asked[0]!.exchange!.truncated, undefined);
  const post = await ask(own.url, url, { method: 'POST', body: 'a=1\r\n\r\n' });
  assert.equal(post.body, 'ok');
  assert.match(
    Buffer.from(own.visit.asked[1]!.exchange!.requestBytes).toString(),
    /Content-Length: 7\r\nConnection: close\r\n\r\na=1\r\n\r\n$/,
  );
  for (const other of [
    { method: 'DELETE' },
    { headers: { Upgrade: 'websocket', Connection: 'Upgrade' } },
    { headers: { 'Service-Worker': 'script' } },
  ])
    assert.equal((await ask(own.url, url, other)).status, 502);
  assert.deepEqual(codes(own).slice(2), ['REQUEST_REFUSED', 'REQUEST_REFUSED', 'REQUEST_REFUSED']);
  assert.deepEqual(seen, ['HEAD', 'POST']);
});

test('private addresses, dead hosts and what is no HTTP answer 502 and are noted with their code', async (t) => {
  const port = await rawServer(t, say('SSH-2.0\r\n\r\n'));
  const own = await proxy(t);
  for (const url of ['http://169.254.169.254/latest/', `http://127.0.0.1:${port}/`, 'http://127.0.0.1:1/'])
    assert.equal((await ask(own.url, url)).status, 502);
  assert.deepEqual(codes(own), ['ADDRESS_REFUSED', 'BAD_HTTP', 'CONNECT_FAILED']);
});

test('a body that was cut on its way is cut for the browser as well, and kept as far as it came', async (t) => {
  const port = await rawServer(t, say('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
  const own = await proxy(t);
  await assert.rejects(ask(own.url, `http://127.0.0.1:${port}/`), /aborted|hang up/);
  assert.equal(own.visit.asked[0]!.exchange!.truncated, 'disconnect');
});

test('inside TLS: the certificate is of our key, and the server’s is verified', async (t) => {
  const authority = makeAuthority();
  const pair = authority.issue(['notice.example']);
  const port = await tlsServer(t, pair, OK);
  const resolve = [`notice.example:443:127.0.0.1:${port}`];
  const get = async (own: CheckingProxy): Promise<string> => {
    const socket = await tunnel(own.url, 'notice.example:443');
    // The test checks the key itself, as the browser does.
    const inner: TLSSocket = connectTls({ socket, servername: 'notice.example', rejectUnauthorized: false });
    await new Promise((done) => inner.once('secureConnect', done));
    const key = inner.getPeerX509Certificate()!.publicKey.export({ type: 'spki', format: 'der' });
    assert.equal(createHash('sha256').update(key).digest('base64'), own.keyHash);
    return everything(inner, 'GET /n HTTP/1.1\r\nHost: notice.example\r\nConnection: close\r\n\r\n');
  };
  const trusting = await proxy(t, { resolve, allow: [], ca: authority.certificate });
  assert.match(await get(trusting), /^HTTP\/1\.1 200 [\s\S]*\r\n\r\nok$/);
  const [{ exchange, url } = {}] = trusting.visit.asked;
  assert.equal(url, 'https://notice.example/n');
  assert.match(exchange!.tls!.chain[0]!, /BEGIN CERTIFICATE/);
  const wary = await proxy(t, { resolve, allow: [] });
  assert.match(await get(wary), /^HTTP\/1\.1 502 /);
  assert.deepEqual(codes(wary), ['TLS_FAILED']);
});

test('plain HTTP inside a tunnel is checked like any other, a WebSocket is refused', async (t) => {
  const port = await rawServer(t, OK);
  const own = await proxy(t);
  const socket = await tunnel(own.url, `127.0.0.1:${port}`);
  assert.match(
    await everything(socket, `GET /x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    /\r\n\r\nok$/,
  );
  const web = await tunnel(own.url, `127.0.0.1:${port}`);
  const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Version: 13\r\n';
  assert.match(await everything(web, `GET /x HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n`), /^HTTP\/1\.1 502 /);
  assert.deepEqual(codes(own), [undefined, 'REQUEST_REFUSED']);
});

test('asked as if it were a server, the proxy answers nothing and goes nowhere', async (t) => {
  const own = await proxy(t);
  const { hostname, port } = new URL(own.url);
  const socket = connect({ host: hostname, port: Number(port) });
  assert.match(await everything(socket, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 502 /);
  assert.deepEqual(own.visit.asked, []);
  // Through itself to itself: the request inside has no full address either.
  assert.equal((await ask(own.url, `${own.url}/`)).status, 502);
});

test('what a page may ask for ends: requests, then bytes', async (t) => {
  const port = await rawServer(t, say('HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n', 'x'.repeat(2_000)));
  const url = `http://127.0.0.1:${port}/`;
  const few = await proxy(t, { maxRequests: 2 });
  const statuses = [];
  for (let n = 0; n < 4; n++) statuses.push((await ask(few.url, url)).status);
  assert.deepEqual(statuses, [200, 200, 502, 502]);
  assert.deepEqual([few.visit.asked.length, few.visit.overLimit], [2, 2]);
  const small = await proxy(t, { maxTotalBytes: 3_000 });
  assert.equal((await ask(small.url, url)).status, 200);
  assert.equal((await ask(small.url, url)).status, 502);
  assert.equal(small.visit.overLimit, 1);
});

test('the browser’s own errands end at the refusing proxy and are counted', async (t) => {
  const own = await startRefusingProxy();
  t.after(() => own.close());
  assert.equal((await ask(own.url, 'http://update.example/')).status, 403);
  await assert.rejects(tunnel(own.url, 'accounts.example:443'), /403/);
  assert.equal(own.count(), 2);
});
