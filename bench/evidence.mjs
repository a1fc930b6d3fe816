// What evidence costs: WARC writing and reading, the log, proofs over a log of ten million entries. One JSON line a claim.
// Ratios are against a peer in the same run; the peer of WARC writing is warcio.js, installed beside for the bench only.
// Run: npm run build && npm install --no-save warcio@2.4.11 && node bench/evidence.mjs [SECTION…]
// Sections: warc, warc-stream, log, proofs.
import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openRecordLog, signerOf, writeWarc } from '../dist/preserve/index.js';
import { TileHashes } from '../dist/preserve/tiles.js';
import { inclusionProof, readWarc, sha256Hex } from '../dist/verify/index.js';

const print = (claim, values) => console.log(JSON.stringify({ bench: 'evidence', claim, ...values }));
const seconds = async (work) => {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
};
const round = (value, digits = 1) => Number(value.toFixed(digits));

/** Half words, half noise: compresses about as pages do. */
function body(bytes, seed) {
  const words = '通知 无人机 探测器 干扰 采购 国外企业 the association notice supplier detector '.split(' ');
  let state = seed + 1;
  const next = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0);
  let text = '';
  while (text.length < bytes) text += next() % 2 ? words[next() % words.length] : next().toString(36);
  return Buffer.from(text).subarray(0, bytes);
}

function capture(size, seed) {
  const content = body(size, seed);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${content.length}\r\n\r\n`;
  const url = `https://example.org/${seed}`;
  const startedAt = '2024-05-22T03:00:00.000Z';
  const requestBytes = Buffer.from(`GET /${seed} HTTP/1.1\r\nHost: example.org\r\n\r\n`);
  const responseBytes = Buffer.concat([Buffer.from(head), content]);
  const exchange = { url, startedAt, requestBytes, responseBytes, status: 200, headers: [], body: content };
  return { requestedUrl: url, finalUrl: url, exchanges: [{ ...exchange, durationMs: 1 }] };
}

async function warc(total, size) {
  const captures = Array.from({ length: Math.round(total / size) }, (_, seed) => capture(size, seed));
  const facts = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'bench', robots: 'classic' };
  let written;
  const own = await seconds(() => {
    written = captures.map((each) => writeWarc(each, facts).bytes);
  });
  const read = await seconds(async () => {
    for (const bytes of written)
      for await (const record of readWarc(bytes)) if (record.blockDigest === 'wrong') throw new Error('wrong digest');
  });
  const megabytes = total / 1e6;
  const peer = await warcio(captures);
  print(`write WARC, ${size / 1000} KB records, gzip 6`, {
    megabytes,
    mbPerSecond: round(megabytes / own),
    readAndCheckMbPerSecond: round(megabytes / read),
    ...(peer === undefined
      ? { peer: 'warcio.js is not installed' }
      : { peerMbPerSecond: round(megabytes / peer), ratioToWarcioJs: round(peer / own, 2) }),
  });
}

async function warcio(captures) {
  const peer = await import('warcio').catch(() => undefined);
  if (!peer) return undefined;
  return seconds(async () => {
    for (const { exchanges } of captures) {
      const [{ url, startedAt, body: content }] = exchanges;
      const record = await peer.WARCRecord.create(
        { url, date: startedAt, type: 'response', httpHeaders: { 'Content-Type': 'text/html; charset=utf-8' } },
        (async function* () {
          yield content;
        })(),
      );
      const serializer = new peer.WARCSerializer(record, { gzip: true });
      for await (const part of serializer) if (part.length === 0) throw new Error('empty');
    }
  });
}

/** The log alone: records go into a vault in memory, tiles and checkpoints to disk with their fsyncs. */
async function append(count, batch) {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
  const vault = { put: (bytes) => Promise.resolve(sha256Hex(bytes)) };
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey, 'bench.test/log');
  const log = await openRecordLog({ dir, vault, signer, origin: 'bench.test/log', lease: (work) => work() });
  let n = 0;
  const took = await seconds(async () => {
    while (n < count) {
      const records = Array.from({ length: batch }, () => ({
        type: 'delivery',
        v: 1,
        at: '2024-05-22T03:00:00.000Z',
        channel: 'bench',
        event: `V-${n++}`,
        outcome: 'delivered',
        detail: '',
      }));
      await log.append(records);
    }
  });
  rmSync(dir, { recursive: true });
  print('append to the log', { leaves: count, batch, leavesPerSecond: Math.round(count / took), target: 20_000 });
}

/** Tiles are made on demand and cached, as a server's page cache would hold them: what is measured is the proof. */
async function proofs(size, rounds) {
  const made = new Map();
  const hash = (text) => createHash('sha256').update(text).digest();
  const tile = (level, n, width) => {
    const key = `${level}/${n}`;
    let bytes = made.get(key);
    if (!bytes) {
      const parts = Array.from({ length: width }, (_, at) => hash(`${level}/${n * 256 + at}`));
      made.set(key, (bytes = Buffer.concat(parts)));
    }
    return Promise.resolve(bytes);
  };
  const prove = (at) => {
    const tiles = new TileHashes(tile, size);
    const index = (at * 2654435761) % size;
    return inclusionProof(index, size, (from, to) => tiles.subtree(from, to));
  };
  // Making the tiles is no part of a proof, nor is clearing up after it.
  for (let at = 0; at < rounds; at++) await prove(at);
  const times = [];
  for (let at = 0; at < rounds; at++) times.push((await seconds(() => prove(at))) * 1000);
  times.sort((a, b) => a - b);
  print('inclusion proof', {
    entries: size,
    p50Ms: round(times[Math.floor(rounds / 2)], 3),
    p99Ms: round(times[Math.floor(rounds * 0.99)], 3),
    targetP99Ms: 2,
  });
}

/** Long bodies, each in a process of its own: memory must not grow with them. */
async function warcStream(sizes) {
  const blocks = Array.from({ length: 32 }, (_, seed) => body(1_000_000, seed));
  const server = createServer((request, response) => {
    const size = Number(request.url.slice(1));
    response.writeHead(200, { 'Content-Type': 'application/pdf', 'Content-Length': size });
    const pieces = (function* () {
      // Every block differs from those before, or gzip would find them again.
      for (let at = 0; at < size; at += 1_000_000) {
        const block = blocks[(at / 1_000_000) % blocks.length];
        for (let n = 0; n < block.length; n += 64) block[n] = (block[n] * 31 + at / 1_000_000 + n) & 0xff;
        yield Buffer.from(block.subarray(0, size - at));
      }
    })();
    Readable.from(pieces).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const script = fileURLToPath(new URL('warc-stream.mjs', import.meta.url));
  const peaks = [];
  for (const size of sizes) {
    const url = `http://127.0.0.1:${server.address().port}/${size}`;
    const { stdout } = await promisify(execFile)(process.execPath, [script, url, String(size)]);
    const figures = JSON.parse(stdout);
    peaks.push(figures.peakRssMb);
    print('one long body: capture, write, verify, read again', { megabytes: size / 1e6, ...figures });
  }
  server.close();
  print('memory of a body ten times as long', { ratio: round(peaks.at(-1) / peaks[0], 2), target: 1.25 });
}

const SECTIONS = {
  warc: async () => {
    await warc(200_000_000, 20_000);
    await warc(200_000_000, 1_000_000);
  },
  'warc-stream': () => warcStream([50_000_000, 500_000_000]),
  log: () => append(100_000, 1_000),
  proofs: () => proofs(10_000_000, 1_000),
};

const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(SECTIONS)) if (wanted.length === 0 || wanted.includes(name)) await run();
