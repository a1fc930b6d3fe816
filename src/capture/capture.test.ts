import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { AsPostedError, type Fetcher } from '../model/index.js';
import { makeAuthority } from './authority.js';
import { type FetcherOptions, createFetcher, parseAllow, parseResolve } from './index.js';
import { makeGuard } from './address-guard.js';
import { instantClock, rawServer, say, tlsServer, type Answer } from './testing/servers.js';

function fetcher(options: Partial<FetcherOptions> = {}): Fetcher {
  return createFetcher({ clock: instantClock(), allow: ['127.0.0.0/8'], delayMs: 0, ...options });
}

async function get(
  t: TestContext,
  answer: Answer,
  options: Partial<FetcherOptions> = {},
): Promise<Awaited<ReturnType<Fetcher['fetch']>>> {
  const port = await rawServer(t, answer);
  return fetcher(options).fetch(`http://127.0.0.1:${port}/notice?a=1#top`);
}

const rejects = async (work: Promise<unknown>, code: string, words: RegExp): Promise<void> => {
  await assert.rejects(
    work,
    (error: AsPostedError) => error instanceof AsPostedError && error.code === code && words.test(error.message),
    code,
  );
};

test('bytes are kept as sent: order, case and repeats of headers, chunks, trailers', async (t) => {
  const answer =
    'HTTP/1.1 200 OK\r\nset-Cookie: a=1\r\nX-Odd:   b  \r\nSet-Cookie: c=,,,2\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n0\r\nX-T: 1\r\n\r\n';
  const { exchanges } = await get(t, say('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n', answer));
  const [only] = exchanges;
  assert.equal(Buffer.from(only!.responseBytes).toString(), answer);
  assert.equal(Buffer.from(only!.body).toString(), 'hello');
  assert.match(Buffer.from(only!.interimBytes!).toString(), /^HTTP\/1\.1 103/);
  assert.deepEqual(
    only!.headers.map(([name]) => name),
    ['set-Cookie', 'X-Odd', 'Set-Cookie', 'Transfer-Encoding'],
  );
  assert.match(
    Buffer.from(only!.requestBytes).toString(),
    /^GET \/notice\?a=1 HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nUser-Agent: AsPosted/,
  );
  assert.doesNotMatch(Buffer.from(only!.requestBytes).toString(), /cookie|referer|authorization/i);
});

test('compressed bodies are decoded on a copy; what lies in the record stays compressed', async (t) => {
  for (const [coding, packed] of [
    ['gzip', gzipSync('通知')],
    ['br', brotliCompressSync('通知')],
  ] as const) {
    const { exchanges } = await get(
      t,
      say(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${packed.length}\r\n\r\n`, packed),
    );
    assert.equal(Buffer.from(exchanges[0]!.body).toString(), '通知');
    assert.ok(Buffer.from(exchanges[0]!.responseBytes).includes(packed));
  }
});

test('a damaged body is one clear error; a short one is kept and marked as cut', async (t) => {
  const packed = gzipSync('x'.repeat(5_000));
  const cut = packed.subarray(0, 20);
  await rejects(
    get(t, say(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${cut.length}\r\n\r\n`, cut)),
    'BAD_ENCODING',
    /gzip but is damaged or cut off/,
  );
  const { exchanges } = await get(t, say('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
  assert.equal(exchanges[0]!.truncated, 'disconnect');
});

test('endless bodies and headers stop at the limit; of the body what came is kept', async (t) => {
  let sent = 0;
  const endless: Answer = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const more = (): void => {
      while (!socket.destroyed && socket.write(Buffer.alloc(65_536))) sent += 65_536;
    };
    socket.on('drain', more);
    more();
  };
  const { exchanges } = await get(t, endless, { maxBytes: 1_000_000 });
  const [only] = exchanges;
  assert.deepEqual([only!.truncated, only!.responseBytes.length - 19, only!.body.length], ['length', 1e6, 1e6]);
  assert.ok(sent < 20_000_000, `${sent} bytes were taken`);
  const headers: Answer = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    for (let n = 0; n < 9_000; n++) socket.write(`X-${n}: ${'y'.repeat(40)}\r\n`);
  };
  await rejects(get(t, headers), 'TOO_LARGE', /headers/);
});

test('redirects are followed by hand, a few of them, and each is guarded like a first address', async (t) => {
  let port = 0;
  port = await rawServer(t, (socket, request) => {
    const path = request.split(' ')[1]!;
    if (path === '/a') say('HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n')(socket, request);
    else if (path === '/b') say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')(socket, request);
    else if (path === '/private')
      say('HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n')(
        socket,
        request,
      );
    else if (path === '/file')
      say('HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n')(socket, request);
    else say(`HTTP/1.1 302 Found\r\nLocation: /loop${path}\r\nContent-Length: 0\r\n\r\n`)(socket, request);
  });
  const base = `http://127.0.0.1:${port}`;
  const result = await fetcher().fetch(`${base}/a`);
  assert.deepEqual([result.finalUrl, result.exchanges.map(({ status }) => status)], [`${base}/b`, [302, 200]]);
  await rejects(fetcher().fetch(`${base}/x`), 'TOO_MANY_REDIRECTS', /more than 5 times/);
  await rejects(fetcher().fetch(`${base}/private`), 'ADDRESS_REFUSED', /169\.254\.169\.254/);
  await rejects(fetcher().fetch(`${base}/file`), 'BAD_REDIRECT', /file:/);
});

test('private addresses are refused, written out or through DNS, unless the operator allows them', async () => {
  const closed = fetcher({ allow: [] });
  for (const address of [
    'http://127.0.0.1/',
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://192.168.1.1/',
    'http://[fd00::1]/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://[64:ff9b::7f00:1]/',
  ]) {
    await rejects(closed.fetch(address), 'ADDRESS_REFUSED', /not a public address/);
  }
  await rejects(
    fetcher({ allow: [], lookup: async () => ['127.0.0.1'] }).fetch('http://rebinding.example/'),
    'ADDRESS_REFUSED',
    /rebinding\.example is at 127\.0\.0\.1/,
  );
  await rejects(
    fetcher({ lookup: () => Promise.reject(new Error('ENOTFOUND')) }).fetch('http://nowhere.example/'),
    'DNS_FAILED',
    /nowhere\.example/,
  );
  assert.throws(() => parseAllow(['all']), { code: 'BAD_SETTING' });
});

test('no address that is not global unicast passes the guard (property)', () => {
  const guard = makeGuard([]);
  const octet = fc.nat(255);
  fc.assert(
    fc.property(
      fc.constantFrom('10', '127', '0', '169.254', '192.168', '224', '240', '255'),
      octet,
      octet,
      octet,
      (prefix, a, b, c) => {
        const address = [...prefix.split('.'), a, b, c].slice(0, 4).join('.');
        assert.equal(guard.allows(address), false, address);
        assert.equal(guard.allows(`::ffff:${address}`), false, address);
      },
    ),
  );
});

test('schemes we do not speak, and addresses with a password, are refused in words', async () => {
  for (const address of [
    'ftp://example.org/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'notice',
    'https://user:pw@example.org/',
  ]) {
    await assert.rejects(fetcher().fetch(address), { code: 'BAD_SCHEME' });
  }
});

test('TLS is verified: an unknown CA is refused, ours is accepted when given, for the right name only', async (t) => {
  const authority = makeAuthority();
  const port = await tlsServer(
    t,
    authority.issue(['notice.example']),
    say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  );
  const resolve = [`notice.example:443:127.0.0.1:${port}`, `other.example:443:127.0.0.1:${port}`];
  await rejects(
    fetcher({ resolve, allow: [] }).fetch('https://notice.example/'),
    'TLS_FAILED',
    /certificate of notice\.example was not accepted/,
  );
  const trusting = fetcher({ resolve, allow: [], ca: authority.certificate });
  const { exchanges } = await trusting.fetch('https://notice.example/');
  assert.equal(Buffer.from(exchanges[0]!.body).toString(), 'ok');
  assert.match(exchanges[0]!.tls!.protocol, /^TLSv1\.[23]$/);
  assert.match(exchanges[0]!.tls!.chain[0]!, /BEGIN CERTIFICATE/);
  await rejects(trusting.fetch('https://other.example/'), 'TLS_FAILED', /other\.example/);
  const perSource = fetcher({ resolve, allow: [] });
  assert.equal((await perSource.fetch('https://notice.example/', { ca: authority.certificate })).exchanges.length, 1);
});

test('what is no HTTP, and a connection closed without a word, are errors of the site', async (t) => {
  await rejects(get(t, say('SSH-2.0-OpenSSH\r\n\r\n')), 'BAD_HTTP', /does not answer in HTTP/);
  await rejects(get(t, say('')), 'CONNECT_FAILED', /without an answer/);
  await rejects(get(t, say('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')), 'BAD_HTTP', /chunk/);
  await rejects(fetcher().fetch('http://127.0.0.1:1/'), 'CONNECT_FAILED', /could not be reached/);
});

test('requests to one host wait their turn; what the host asks for wins', async (t) => {
  const clock = instantClock();
  let calls = 0;
  const port = await rawServer(t, (socket, request) => {
    calls += 1;
    say(
      calls === 2
        ? 'HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n'
        : 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    )(socket, request);
  });
  const polite = fetcher({ clock, delayMs: 2_000 });
  const address = `http://127.0.0.1:${port}/`;
  await Promise.all([polite.fetch(address), polite.fetch(address)]);
  await polite.fetch(address);
  assert.equal(clock.slept.length, 2);
  assert.ok(clock.slept[0]! > 1_900 && clock.slept[0]! <= 2_000);
  assert.ok(clock.slept[1]! > 29_000 && clock.slept[1]! <= 30_000);
});

test('a host that asks for an hour is put off, not waited for', async (t) => {
  const port = await rawServer(t, say('HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n'));
  const polite = fetcher();
  await polite.fetch(`http://127.0.0.1:${port}/`);
  await assert.rejects(polite.fetch(`http://127.0.0.1:${port}/`), { code: 'RATE_LIMITED', retry: 'later' });
});

test('robots.txt rules discovery: obeyed when there, absent when 404, closed when broken', async (t) => {
  const serve = (robots: string) =>
    rawServer(t, (socket, request) => {
      say(request.startsWith('GET /robots.txt') ? robots : 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')(
        socket,
        request,
      );
    });
  const body = 'User-agent: *\nDisallow: /secret';
  const open = await serve(
    `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const own = fetcher();
  await own.fetch(`http://127.0.0.1:${open}/list`, { obeyRobots: true });
  await assert.rejects(own.fetch(`http://127.0.0.1:${open}/secret/x`, { obeyRobots: true }), {
    code: 'ROBOTS_REFUSED',
  });
  await own.fetch(`http://127.0.0.1:${open}/secret/x`);
  const none = await serve('HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n');
  await own.fetch(`http://127.0.0.1:${none}/x`, { obeyRobots: true });
  const broken = await serve('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n');
  await assert.rejects(own.fetch(`http://127.0.0.1:${broken}/x`, { obeyRobots: true }), { code: 'ROBOTS_REFUSED' });
});

test('the mapping of hosts is read as written, and refused when it is not', () => {
  assert.deepEqual(parseResolve(['a.example:443:127.0.0.1:8443', 'b.example:80:[::1]:8080']), [
    { host: 'a.example', port: 443, address: '127.0.0.1', toPort: 8443 },
    { host: 'b.example', port: 80, address: '::1', toPort: 8080 },
  ]);
  assert.throws(() => parseResolve(['a.example:127.0.0.1']), { code: 'BAD_SETTING' });
});

test('a question asked by POST stands in the request as it was sent; its redirects are not followed', async (t) => {
  const body = Buffer.from('{"query":"无人机"}');
  const asked: string[] = [];
  const port = await rawServer(t, (socket, request) => {
    asked.push(request);
    const answer = request.includes('/moved')
      ? 'HTTP/1.1 302 Found\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n'
      : 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
    say(answer)(socket, request);
  });
  const post = { body, contentType: 'application/json' };
  const { exchanges } = await fetcher().fetch(`http://127.0.0.1:${port}/search`, { post });
  const sent = Buffer.from(exchanges[0]!.requestBytes).toString();
  assert.match(sent, /^POST \/search HTTP\/1\.1\r\n/);
  assert.match(
    sent,
    /\r\nContent-Type: application\/json\r\nContent-Length: 21\r\nConnection: close\r\n\r\n\{"query":"无人机"\}$/,
  );
  for (const options of [{ post }, { follow: false } as const]) {
    const moved = await fetcher().fetch(`http://127.0.0.1:${port}/moved`, options);
    assert.equal(moved.exchanges.length, 1);
    assert.equal(moved.exchanges[0]!.status, 302);
  }
  assert.equal(asked.length, 3, 'nobody asked for /else');
});
