/** Limits and the peer cut a body: what came is kept, says so, and is decoded as far as it goes. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { AsPostedError, type Exchange } from '../model/index.js';
import { readWarc } from '../verify/index.js';
import { writeWarc } from '../preserve/index.js';
import { type FetcherOptions, createFetcher, decodeContent } from './index.js';
import { type Answer, instantClock, rawServer, say } from './testing/servers.js';

async function get(t: TestContext, answer: Answer, options: Partial<FetcherOptions> = {}): Promise<Exchange> {
  const port = await rawServer(t, answer);
  const fetcher = createFetcher({ clock: instantClock(), allow: ['127.0.0.0/8'], delayMs: 0, ...options });
  return (await fetcher.fetch(`http://127.0.0.1:${port}/notice`)).exchanges[0]!;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** The response record of a WARC of this one exchange, its metadata beside it. */
async function recorded(exchange: Exchange): Promise<{ cut: string | undefined; digest: string; metadata: string }> {
  const { url } = exchange;
  const facts = { recordedAt: exchange.startedAt, software: 'test', robots: 'classic' };
  const { bytes } = writeWarc({ requestedUrl: url, finalUrl: url, exchanges: [exchange] }, facts);
  const records = [];
  for await (const record of readWarc(bytes)) records.push(record);
  const [, response, , metadata] = records;
  assert.deepEqual(Buffer.from(response!.block), Buffer.from(exchange.responseBytes));
  assert.equal(response!.blockDigest, 'ok');
  const cut = response!.headers.find(([name]) => name === 'WARC-Truncated')?.[1];
  return { cut, digest: response!.payloadDigest, metadata: text(metadata!.block) };
}

test('longer than the limit: announced, chunked or until the end of the connection', async (t) => {
  const body = 'x'.repeat(150_000);
  const heads = [
    `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`,
    'HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n',
    'HTTP/1.1 200 OK\r\n\r\n',
  ];
  for (const head of heads) {
    const exchange = await get(t, say(head, body), { maxBytes: 100_000 });
    assert.equal(text(exchange.responseBytes), head + body.slice(0, 100_000), head);
    assert.equal(exchange.body.length, 100_000);
    const { cut, digest, metadata } = await recorded(exchange);
    assert.deepEqual([cut, digest], ['length', 'absent'], 'no digest over a body that did not end');
    assert.match(metadata, /framing: not ended \(length\), no payload digest/);
  }
  const chunked = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const exchange = await get(t, say(chunked), { maxBytes: 100_000, maxHeaderBytes: 1_000 });
  assert.equal(exchange.truncated, 'length');
  assert.ok(chunked.startsWith(text(exchange.responseBytes)));
  assert.equal(exchange.body.length, 100_000, 'the copy for reading keeps the limit on the body alone');
});

test('a body of exactly the limit is whole', async (t) => {
  const body = 'x'.repeat(1_000);
  for (const head of ['HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n']) {
    const exchange = await get(t, say(head, body), { maxBytes: 1_000 });
    assert.deepEqual([exchange.truncated, exchange.partial, exchange.body.length], [undefined, undefined, 1_000]);
    assert.deepEqual((await recorded(exchange)).digest, 'ok');
  }
});

test('a server that drips is cut by the clock of the whole response, and what dripped is kept', async (t) => {
  const drip: Answer = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
    const timer = setInterval(() => socket.write('x'), 20);
    socket.once('close', () => {
      clearInterval(timer);
    });
  };
  const exchange = await get(t, drip, { timeoutMs: 300 });
  assert.match(text(exchange.body), /^x+$/);
  assert.equal(exchange.truncated, 'time');
  assert.equal((await recorded(exchange)).cut, 'time');
  // Before the final head there is nothing to keep.
  for (const begin of ['', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 200 OK\r\nX: '])
    await assert.rejects(
      get(t, (socket) => socket.write(begin), { timeoutMs: 200 }),
      { code: 'TIMEOUT', message: /within 0\.2 s/ },
      begin,
    );
});

test('a connection that ends or breaks in the middle', async (t) => {
  const half = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf';
  for (const answer of [
    say(half),
    say('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf'),
    say('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
  ]) {
    const exchange = await get(t, answer);
    assert.deepEqual([exchange.truncated, text(exchange.body)], ['disconnect', 'half']);
    const { cut, digest } = await recorded(exchange);
    assert.deepEqual([cut, digest], ['disconnect', 'absent']);
  }
  const reset: Answer = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\nhalf', () => {
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
  };
  const exchange = await get(t, reset);
  assert.deepEqual([exchange.truncated, text(exchange.body)], ['disconnect', 'half'], 'a reset is no end of a body');
  await assert.rejects(
    get(t, (socket) => socket.resetAndDestroy()),
    { code: 'CONNECT_FAILED' },
  );
});

test('of a cut compressed body, what can be decoded is read', async (t) => {
  const words = Array.from({ length: 20_000 }, (_, n) => `通知 ${n}`).join('\n');
  for (const [coding, packed] of [
    ['gzip', gzipSync(words)],
    ['br', brotliCompressSync(words)],
    ['deflate', deflateSync(words)],
    ['deflate', deflateRawSync(words)],
  ] as const) {
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${packed.length}\r\n\r\n`;
    const exchange = await get(t, say(head, packed.subarray(0, packed.length >> 1)));
    assert.equal(exchange.truncated, 'disconnect');
    assert.ok(exchange.body.length > 10_000 && words.startsWith(text(exchange.body).slice(0, 3_000)), coding);
  }
});

test('a decompression bomb is kept as sent and read as far as the limits allow', async (t) => {
  const bomb = gzipSync(Buffer.alloc(40_000_000));
  const twice = gzipSync(bomb);
  for (const [coding, packed, most] of [
    ['gzip', bomb, bomb.length * 100],
    ['gzip, gzip', twice, 1_000_000],
  ] as const) {
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${packed.length}\r\n\r\n`;
    const exchange = await get(t, say(head, packed));
    assert.deepEqual([exchange.truncated, exchange.partial], [undefined, true], 'nothing is missing of the message');
    assert.equal(exchange.body.length, most);
    const { cut, digest, metadata } = await recorded(exchange);
    assert.deepEqual([cut, digest], [undefined, 'ok']);
    assert.match(metadata, new RegExp(`bodyRead: ${most} bytes`));
  }
});

test('damaged encodings give our own error, whatever the bytes and the pieces (property)', async () => {
  const limits = { maxBytes: 100_000, maxRatio: 100 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 100 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('gzip', 'br', 'deflate', 'zstd', 'gzip, br', 'gzip, gzip, gzip, gzip'),
      fc.boolean(),
      async (payload, encoding, cut) => {
        const length = payload.reduce((sum, piece) => sum + piece.length, 0);
        try {
          await decodeContent({ payload, length, encoding, cut }, limits);
        } catch (error) {
          assert.ok(error instanceof AsPostedError);
        }
      },
    ),
  );
});
