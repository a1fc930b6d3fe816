// What evidence costs: WARC writing and reading, the log, proofs over a log of ten million entries. One JSON line a claim.
// Ratios are against a peer in the same run; the peer of WARC writing is warcio.js, installed beside for the bench only.
// Run: npm run build && npm install --no-save warcio@2.4.11 @harvard-lil/js-wacz@0.1.6 && node bench/evidence.mjs [SECTION…]
// Sections: warc, warc-stream, wacz, verify, log, proofs.
import { execFile, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildBundle } from '../dist/dossier/bundle.js';
import {
  openFolderVault,
  openRecordLog,
  packWacz,
  packageSignerOf,
  signerOf,
  writeWarc,
} from '../dist/preserve/index.js';
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

/** Ends with the exit code; resource use is in what the process prints. */
const ended = (child) => new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));

function recordOf({ requestedUrl: url, finalUrl, exchanges }, { bytes, payload }, at) {
  const warc = { sha256: sha256Hex(bytes), length: bytes.length };
  const made = { type: 'exhibit', v: 1, at, url, finalUrl, status: 200, mediaType: 'text/html', software: 'bench' };
  return { ...made, warc, payload: { sha256: payload.sha256, length: payload.length ?? exchanges[0].body.length } };
}

/** One bundle of many captures, on disk, and the WARC files in it one behind the other. */
async function bigBundle(dir, total, size) {
  const vault = await openFolderVault(join(dir, 'vault'));
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey, 'bench.test/log');
  const log = await openRecordLog({
    ...{ dir: join(dir, 'log'), vault, signer, origin: 'bench.test/log' },
    lease: (work) => work(),
  });
  const at = '2024-05-22T03:00:00.000Z';
  const warcs = createWriteStream(join(dir, 'all.warc.gz'));
  const records = [];
  for (let seed = 0, made = 0; made < total; seed++) {
    const one = capture(size, seed);
    const written = writeWarc(one, { recordedAt: at, software: 'bench', robots: 'classic' });
    await vault.put(written.bytes);
    warcs.write(written.bytes);
    records.push(recordOf(one, written, at));
    made += written.bytes.length;
  }
  await new Promise((resolve) => warcs.end(resolve));
  const logged = await log.append(records);
  const publication = { rules: 'not-published' };
  const parts = { kind: 'exhibit', title: 'bench', created: new Date(at), records: logged, log, vault, files: [] };
  writeFileSync(join(dir, 'bundle.zip'), await buildBundle({ ...parts, publication }));
}

async function verifyBundles(total, size) {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
  await bigBundle(dir, total, size);
  const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const command = [process.execPath, ['--input-type=module', '-e', VERIFY, cli, join(dir, 'bundle.zip')]];
  const pipe = () => {
    const gunzip = spawn('gunzip', ['-c', join(dir, 'all.warc.gz')], { stdio: ['ignore', 'pipe', 'inherit'] });
    return ended(spawn('sha256sum', [], { stdio: [gunzip.stdout, 'ignore', 'inherit'] }));
  };
  const [peers, owns] = [[], []];
  let figures;
  for (let round = 0; round < 3; round++) {
    peers.push(await seconds(pipe));
    owns.push(
      await seconds(async () => {
        const { stdout } = await promisify(execFile)(...command, { maxBuffer: 1 << 26 });
        figures = JSON.parse(stdout.trim().split('\n').at(-1));
      }),
    );
  }
  const { size: bytes } = statSync(join(dir, 'bundle.zip'));
  const [own, peer] = [Math.min(...owns), Math.min(...peers)];
  print(`verify a bundle of ${size / 1e6} MB captures, against gunzip -c | sha256sum`, {
    ...{ megabytes: round(bytes / 1e6), exitCode: figures.exitCode, peakRssMb: figures.peakRssMb },
    ...{ seconds: round(own, 2), peerSeconds: round(peer, 2), ratio: round(own / peer, 2), targetRatio: 1.5 },
  });
  rmSync(dir, { recursive: true });
}

/** The command as a user runs it, and how much memory it took. */
const VERIFY = `
const [cli, file] = process.argv.slice(1);
process.argv = [process.execPath, cli, 'verify', file, '--json'];
process.on('exit', (exitCode) => {
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log('\\n' + JSON.stringify({ exitCode, peakRssMb }));
});
await import(cli);
`;

/** The same WARC files from disk to a package on disk. */
async function wacz(total, size) {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
  mkdirSync(join(dir, 'in'));
  const at = '2024-05-22T03:00:00.000Z';
  for (let seed = 0; seed < total / size; seed++) {
    const { bytes } = writeWarc(capture(size, seed), { recordedAt: at, software: 'bench', robots: 'classic' });
    writeFileSync(join(dir, 'in', `${seed}.warc.gz`), bytes);
  }
  const names = readdirSync(join(dir, 'in'));
  const megabytes = names.reduce((sum, name) => sum + statSync(join(dir, 'in', name)).size, 0) / 1e6;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const own = await seconds(async () => {
    const warcs = names.map((name) => ({ name, bytes: readFileSync(join(dir, 'in', name)) }));
    const pages = names.map((name) => ({ url: `https://example.org/${parseInt(name)}`, ts: at }));
    const parts = { warcs, pages, created: at, title: 'bench', software: 'bench', sign: packageSignerOf(privateKey) };
    writeFileSync(join(dir, 'own.wacz'), await packWacz(parts));
  });
  const peer = await jsWacz(dir);
  print(`pack a WACZ of ${size / 1e6} MB captures and check it`, {
    ...{ megabytes: round(megabytes), seconds: round(own, 2) },
    ...(peer === undefined
      ? { peer: 'js-wacz is not installed' }
      : { peerSeconds: round(peer, 2), ratioToJsWacz: round(peer / own, 2), targetRatio: 5 }),
  });
  rmSync(dir, { recursive: true });
}

async function jsWacz(dir) {
  const peer = await import('@harvard-lil/js-wacz').catch(() => undefined);
  if (!peer) return undefined;
  return seconds(() => {
    const archive = new peer.WACZ({ input: join(dir, 'in', '*.warc.gz'), output: join(dir, 'peer.wacz') });
    return archive.process(false);
  });
}

const SECTIONS = {
  warc: async () => {
    await warc(200_000_000, 20_000);
    await warc(200_000_000, 1_000_000);
  },
  'warc-stream': () => warcStream([50_000_000, 500_000_000]),
  wacz: async () => {
    await wacz(20_000_000, 20_000);
    await wacz(200_000_000, 1_000_000);
  },
  verify: async () => {
    await verifyBundles(1_000_000_000, 10_000_000);
    await verifyBundles(100_000_000, 100_000);
  },
  log: () => append(100_000, 1_000),
  proofs: () => proofs(10_000_000, 1_000),
};

const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(SECTIONS)) if (wanted.length === 0 || wanted.includes(name)) await run();
