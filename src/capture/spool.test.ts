/** Long bodies: kept in a file without a name, written and verified without being held. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type CaptureResult, type Exchange, type FetchOptions, releaseCapture } from '../model/index.js';
import { streamWarc, writeWarc } from '../preserve/index.js';
import { type WarcRecord, readWarc, sha256Hex, verifyFile } from '../verify/index.js';
import { READING_BYTES, createFetcher, parseHttpResponse } from './index.js';
import { SPOOL_ABOVE, SpoolFolder } from './spool.js';
import { type Answer, instantClock, rawServer, say } from './testing/servers.js';

const FACTS = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'test', robots: 'classic' };

function noise(length: number): Buffer {
  let state = 1;
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24;
  return bytes;
}

interface Setting {
  dir: string;
  fetch: (path: string, options?: FetchOptions) => Promise<CaptureResult>;
}

function settingOf(t: TestContext, port: number, limits: { timeoutMs?: number; maxBytes?: number } = {}): Setting {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-spool-'));
  const spoolDir = join(dir, 'spool');
  const fetcher = createFetcher({
    clock: instantClock(),
    allow: ['127.0.0.0/8'],
    delayMs: 0,
    maxBytes: 50_000_000,
    spoolDir,
    ...limits,
  });
  t.after(async () => {
    await fetcher.close();
    rmSync(dir, { recursive: true });
  });
  return {
    dir: spoolDir,
    fetch: (path, options = { spool: true }) => fetcher.fetch(`http://127.0.0.1:${port}${path}`, options),
  };
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function recordsOf(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<WarcRecord[]> {
  const records: WarcRecord[] = [];
  for await (const record of readWarc(bytes)) records.push(record);
  return records;
}

function chunkedAnswer(body: Buffer, size: number): Answer {
  const parts: (string | Uint8Array)[] = ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'];
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    parts.push(`${piece.length.toString(16)}\r\n`, piece, '\r\n');
  }
  return say(...parts, '0\r\n\r\n');
}

test('a long body leaves memory, without a name, and comes back byte for byte', async (t) => {
  const body = noise(SPOOL_ABOVE * 2);
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`;
  const { dir, fetch } = settingOf(t, await rawServer(t, say(head, body)));
  const capture = await fetch('/long');
  const [{ spool, responseBytes, body: copy }] = capture.exchanges as [Exchange];
  assert.deepEqual(readdirSync(dir), [], 'a kill leaves nothing behind');
  assert.deepEqual(await collect(spool!.open()), Buffer.concat([Buffer.from(head), body]));
  assert.deepEqual(await collect(spool!.open()), Buffer.concat([Buffer.from(head), body]), 'as often as wanted');
  assert.ok(responseBytes.length < SPOOL_ABOVE + 200_000 && Buffer.from(responseBytes).toString().startsWith(head));
  assert.deepEqual(Buffer.from(copy), body);
  await releaseCapture(capture);
  await releaseCapture(capture);
  await assert.rejects(collect(spool!.open()), { code: 'BAD_INPUT' });
  const short = await fetch('/long', {});
  assert.equal(short.exchanges[0]!.spool, undefined, 'only for those who will let go of it');
});

test('a spooled capture is the same WARC as one in memory, and both kinds of reading agree', async (t) => {
  const body = noise(SPOOL_ABOVE + 1_000_000);
  const { fetch } = settingOf(t, await rawServer(t, chunkedAnswer(body, 300_000)));
  const { exchanges, ...rest } = await fetch('/long');
  const [spooled] = exchanges as [Exchange];
  const { spool, ...own } = spooled;
  const held = { ...rest, exchanges: [{ ...own, responseBytes: await collect(spool!.open()) }] };
  const written = writeWarc(held, FACTS);
  const streamed = await streamWarc({ ...rest, exchanges }, FACTS);
  const bytes = await collect(streamed.bytes);
  assert.deepEqual(gunzipSync(bytes), gunzipSync(written.bytes));
  assert.deepEqual(streamed.payload, { sha256: sha256Hex(body), length: body.length });
  assert.deepEqual(streamed.payload, written.payload);
  assert.equal(bytes[9], 0xff);
  assert.deepEqual(await collect((await streamWarc(held, FACTS)).bytes), Buffer.from(written.bytes), 'what is held');
  const records = await recordsOf(bytes);
  assert.deepEqual(records.map(({ blockDigest, payloadDigest }) => [blockDigest, payloadDigest])[1], ['ok', 'ok']);
  assert.throws(() => writeWarc({ ...rest, exchanges }, FACTS), { code: 'BAD_INPUT' });
  await releaseCapture({ exchanges });
});

test('of a body longer than anybody reads, the first part is read, now and from the WARC', async (t) => {
  const body = Buffer.concat([Buffer.from('%PDF-'), noise(20_000_000)]);
  const packed = gzipSync(body, { level: 1 });
  for (const [headers, sent] of [
    ['', body],
    ['Content-Encoding: gzip\r\n', packed],
  ] as const) {
    const head = `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${sent.length}\r\n\r\n`;
    const { fetch } = settingOf(t, await rawServer(t, say(head, sent)));
    const capture = await fetch('/long');
    const [exchange] = capture.exchanges as [Exchange];
    assert.deepEqual([exchange.truncated, exchange.partial, exchange.body.length], [undefined, true, READING_BYTES]);
    const bytes = await collect((await streamWarc(capture, FACTS)).bytes);
    const [, response] = await recordsOf(bytes);
    assert.deepEqual([response!.partial, response!.payloadDigest, response!.payloadLength], [true, 'ok', sent.length]);
    assert.equal(response!.payloadSha256, sha256Hex(sent));
    const again = await parseHttpResponse(response!.block, { cut: true });
    assert.deepEqual(Buffer.from(again.body), Buffer.from(exchange.body));
    bytes[bytes.length >> 1]! ^= 1;
    const { verdict } = await verifyFile(bytes);
    assert.equal(verdict, 'failed');
    await releaseCapture(capture);
  }
});

test('a long body that is cut, by any limit, is spooled and says so', async (t) => {
  const half = noise(SPOOL_ABOVE + 500_000);
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n';
  const stall: Answer = (socket) => {
    socket.write(head);
    socket.write(half);
  };
  for (const [answer, limits, cut] of [
    [say(head, half), {}, 'disconnect'],
    [stall, { timeoutMs: 1_500 }, 'time'],
    [stall, { maxBytes: SPOOL_ABOVE + 1 }, 'length'],
  ] as const) {
    const { fetch } = settingOf(t, await rawServer(t, answer), limits);
    const capture = await fetch('/long');
    const [exchange] = capture.exchanges as [Exchange];
    assert.equal(exchange.truncated, cut);
    const streamed = await streamWarc(capture, FACTS);
    const [, response] = await recordsOf(streamed.bytes);
    assert.deepEqual([response!.blockDigest, response!.payloadDigest], ['ok', 'absent'], cut);
    assert.equal(response!.blockLength, exchange.spool!.length);
    assert.deepEqual(
      [response!.payloadSha256, response!.payloadLength],
      [streamed.payload.sha256, streamed.payload.length],
    );
    await releaseCapture(capture);
  }
});

test('a fetch that fails lets go of what it spooled on the way', async (t) => {
  const body = noise(SPOOL_ABOVE + 1);
  const redirect = `HTTP/1.1 302 Found\r\nLocation: /broken\r\nContent-Length: ${body.length}\r\n\r\n`;
  const broken = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  const answer: Answer = (socket, request) => {
    if (request.startsWith('GET /long')) say(redirect, body)(socket, request);
    else say(broken, `${body.length.toString(16)}\r\n`, body, 'no end of a chunk')(socket, request);
  };
  const { fetch } = settingOf(t, await rawServer(t, answer));
  await assert.rejects(fetch('/long'), { code: 'BAD_HTTP' });
  assert.equal(openFiles(), 0);
});

/** Descriptors of deleted spool files, where the system tells. */
function openFiles(): number {
  if (!existsSync('/proc/self/fd')) return 0;
  const target = (fd: string): string => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ''; // closed meanwhile
    }
  };
  return readdirSync('/proc/self/fd').filter((fd) => target(fd).includes('.spool')).length;
}

test('names that a killed process left are cleared; other files are not ours', () => {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-spool-'));
  const spools = new SpoolFolder(dir);
  writeFileSync(join(dir, 'asposted-0123456789abcdef.spool'), 'left');
  writeFileSync(join(dir, 'mine.spool'), 'mine');
  const spool = spools.create();
  assert.deepEqual(readdirSync(dir), ['mine.spool']);
  spools.close();
  assert.throws(() => {
    spool.write(Buffer.from('x'));
  });
  rmSync(dir, { recursive: true });
  mkdirSync(join(dir, 'sub'), { recursive: true });
  writeFileSync(join(dir, 'file'), '');
  assert.throws(() => new SpoolFolder(join(dir, 'file')).create(), { code: 'STORE_FAILED' });
  rmSync(dir, { recursive: true });
});
