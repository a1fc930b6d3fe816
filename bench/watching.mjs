// What watching costs: checks, the schedule that workers share, reading a long page, telling an edit. One JSON line a claim.
// Ratios are against peers in the same run, where they are on the PATH; they are installed beside, for the bench only.
// Run: npm run build
//      python3 -m venv a && a/bin/pip install urlwatch==2.29 webchanges==3.37.0
//      python3 -m venv b && b/bin/pip install changedetection.io==0.60.10
//      PATH=a/bin:b/bin:$PATH node bench/watching.mjs [SECTION…]
// Sections: checks, schedule, read, early, diff. PAGES=DIR: real pages (wechat/live, gov-cn) instead of made ones; SCALE=0.01: a try.
// checks, schedule and the memory of peers need Linux (/proc).
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createFetcher } from '../dist/capture/index.js';
import { compareReadings } from '../dist/compare/index.js';
import { articleBegins, readCapture } from '../dist/read/index.js';
import { openStore } from '../dist/store/index.js';

const print = (claim, values) => console.log(JSON.stringify({ bench: 'watching', claim, ...values }));
const round = (value, digits = 1) => Number(value.toFixed(digits));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const scale = Number(process.env.SCALE ?? 1);
const scaled = (count) => Math.max(20, Math.round(count * scale));
const child = fileURLToPath(new URL('watching-child.mjs', import.meta.url));
const LANES = 4;

async function inFolder(work) {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A process of watching-child.mjs; `next` gives its answers one by one. */
function start(dir, role, options) {
  const file = join(dir, `${role}-${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(file, JSON.stringify(options));
  const running = spawn(process.execPath, [child, role, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${role} ended without an answer`);
    return JSON.parse(value);
  };
  return { next, stdin: running.stdin, kill: () => running.kill() };
}

const run = (dir, role, options) => start(dir, role, options).next();

// --- checks ----------------------------------------------------------------

/** Real pages of about these lengths, where they are. */
const REAL = { small: 'gov-cn/zyyfy.html.gz', middle: 'gov-cn/shanxi.html.gz', long: 'wechat/live/article-01.html.gz' };
const MADE = { small: 37_000, middle: 94_000, long: 3_000_000 };
/** So many addresses: few enough of the long pages for the slowest of the peers. */
const ADDRESSES = { small: 300, middle: 300, long: 30 };

async function checks(dir) {
  const pages = process.env.PAGES ?? '';
  const files = pages === '' ? {} : Object.fromEntries(Object.entries(REAL).map(([n, path]) => [n, join(pages, path)]));
  const server = start(dir, 'serve', { ports: LANES, files });
  const { ports } = await server.next();
  const addresses = (count, path) =>
    Array.from({ length: count }, (_, n) => `http://127.0.0.1:${ports[n % ports.length]}/${path}/${n}`);
  const served = async () => Number(await (await fetch(`http://127.0.0.1:${ports[0]}/count`)).text());
  try {
    const looked = [];
    for (const [size, bytes] of Object.entries(MADE)) {
      const count = scaled(ADDRESSES[size]);
      const real = existsSync(files[size] ?? '');
      const urls = addresses(count, real ? `page/${size}` : `made/${bytes}`);
      const page = `${real ? 'real' : 'made'} page of ${bytes / 1000} KB`;
      looked.push({ dir, urls, page, served, own: await looksOf(dir, { urls, page }) });
    }
    for (const [size, bytes] of Object.entries(MADE))
      await checksOf(dir, addresses(scaled(ADDRESSES[size]), `made/${bytes}`), bytes);
    await memory(dir, addresses(scaled(3_000), 'made/37000'));
    for (const each of looked) for (const peer of PEERS) await besides(peer, each);
  } finally {
    server.kill();
  }
}

async function looksOf(dir, { urls, page }) {
  const { seconds, cpuSeconds, classes, peakRssMb } = await run(dir, 'looks', { dir, urls, lanes: LANES, warm: 50 });
  const own = { checksPerSecond: urls.length / seconds, peakRssMb };
  print(`look at a ${page}: fetch, read, classify, judge`, {
    ...{ addresses: urls.length, lanes: LANES, checksPerSecond: round(own.checksPerSecond) },
    ...{ cpuMsPerCheck: round((cpuSeconds / urls.length) * 1000, 2), peakRssMb, classes },
  });
  return own;
}

/** With a store: what is new is kept as evidence, with its WARC, its record in the log and its rows. */
async function checksOf(dir, urls, bytes) {
  const store = join(dir, `store-${bytes}`);
  mkdirSync(store);
  const { first, later, ...rest } = await run(dir, 'checks', { dir: store, urls, lanes: LANES });
  print(`check a made page of ${bytes / 1000} KB with a store`, {
    ...{ addresses: urls.length, lanes: LANES, firstLooksPerSecond: round(urls.length / first.seconds) },
    ...{ laterLooksPerSecond: round(urls.length / later.seconds), ...rest },
  });
  rmSync(store, { recursive: true, force: true });
}

/** The process that looks holds one page a lane, and no watch: those are rows of the store. */
async function memory(dir, urls) {
  const tenth = urls.slice(0, Math.ceil(urls.length / 10));
  const few = await run(dir, 'looks', { dir, urls: tenth, lanes: LANES, warm: 0 });
  const many = await run(dir, 'looks', { dir, urls, lanes: LANES, warm: 0 });
  print('memory of the process that looks, made pages of 37 KB', {
    ...{ addresses: [few.checks, many.checks], idleMb: few.idleMb, peakRssMb: [few.peakRssMb, many.peakRssMb] },
  });
}

const onPath = (name) => process.env.PATH.split(delimiter).some((folder) => existsSync(join(folder, name)));

/** A command until it ends, or until `until` is done: how long, and its most memory at any time. */
async function watched(command, args, { dir, env = {}, until }) {
  const began = process.hrtime.bigint();
  const options = { cwd: dir, stdio: 'ignore', env: { ...process.env, HOME: dir, ...env } };
  const running = spawn(command, args, options);
  const ended = new Promise((done, failed) => running.on('error', failed).on('close', done));
  let peakKb = 0;
  const look = () => {
    try {
      const status = readFileSync(`/proc/${running.pid}/status`, 'utf8');
      peakKb = Math.max(peakKb, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    } catch {
      // It ended between two looks.
    }
  };
  const timer = setInterval(look, 20);
  let result;
  try {
    if (until) {
      result = await Promise.race([until(), ended.then((code) => Promise.reject(new Error(`it ended with ${code}`)))]);
      look();
      running.kill();
    }
    const code = await ended;
    if (!until && code !== 0) throw new Error(`${command} ended with ${code}`);
  } finally {
    running.kill();
    clearInterval(timer);
  }
  return { result, seconds: Number(process.hrtime.bigint() - began) / 1e9, peakRssMb: Math.round(peakKb / 1024) };
}

/** A program that is run for one round: filled by a first one, measured by the second; and one without any job. */
function rounds(name, args, filter = '') {
  return {
    name: filter === '' ? name : `${name}, text only`,
    command: name,
    measure: async ({ dir, urls, served }) => {
      const jobs = urls.map((url) => `url: ${url}\n${filter}`).join('---\n');
      writeFileSync(join(dir, 'jobs.yaml'), jobs);
      writeFileSync(join(dir, 'none.yaml'), `url: ${urls[0]}\nenabled: false\n`);
      const go = (file, base) => watched(name, args(file, base), { dir });
      await go('none.yaml', 'none.db');
      const { seconds: startSeconds } = await go('none.yaml', 'none.db');
      await go('jobs.yaml', 'jobs.db');
      const before = await served();
      const { seconds, peakRssMb } = await go('jobs.yaml', 'jobs.db');
      if ((await served()) - before < urls.length) throw new Error(`${name} did not ask for every page`);
      return { seconds, startSeconds, peakRssMb };
    },
  };
}

/** Its server with all watches: what it checks by itself first is not measured; then all again when asked, up to the last request. */
async function changedetection({ dir, urls, served }) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = { ALLOW_IANA_RESTRICTED_ADDRESSES: 'true', DISABLE_VERSION_CHECK: 'true' };
  const args = ['-h', '127.0.0.1', '-p', String(port), '-d', join(dir, 'cdio'), '-C', '-u', urls[0]];
  const until = async () => {
    const began = Date.now();
    const before = await served();
    const file = join(dir, 'cdio', 'changedetection.json');
    const api = async (path, init = {}) => {
      const { api_access_token: key } = JSON.parse(readFileSync(file, 'utf8')).settings.application;
      const headers = { 'x-api-key': key, 'content-type': 'text/plain' };
      return (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, { ...init, headers })).json();
    };
    while (!(await api('systeminfo').catch(() => undefined))) await sleep(100);
    const startSeconds = (Date.now() - began) / 1000;
    await api('import', { method: 'POST', body: urls.slice(1).join('\n') });
    const reached = async (count, limitMs) => {
      for (const deadline = Date.now() + limitMs; (await served()) < count; await sleep(50))
        if (Date.now() > deadline) throw new Error(`changedetection.io asked for ${(await served()) - before} pages`);
    };
    await reached(before + urls.length, 60_000);
    await sleep(3_000);
    const again = process.hrtime.bigint();
    const from = await served();
    await api('watch?recheck_all=1');
    await reached(from + urls.length, 60_000);
    return { startSeconds, seconds: Number(process.hrtime.bigint() - again) / 1e9 };
  };
  const { result, peakRssMb } = await watched('changedetection.io', args, { dir, env, until });
  return { ...result, peakRssMb };
}

const URLWATCH = (jobs, base) => ['--urls', jobs, '--config', 'u.yaml', '--hooks', 'u.py', '--cache', `u-${base}`];
const WEBCHANGES = (jobs, base) => ['--jobs', jobs, '--config', 'w.yaml', '--hooks', 'w.py', '--database', `w-${base}`];
const PEERS = [
  rounds('urlwatch', URLWATCH),
  rounds('urlwatch', URLWATCH, 'filter:\n  - html2text:\n      method: re\n'),
  rounds('webchanges', WEBCHANGES),
  { name: 'changedetection.io', command: 'changedetection.io', measure: changedetection },
];

async function besides({ name, command, measure }, { dir, urls, own, page, served }) {
  const claim = `look at a ${page}, beside ${name}`;
  if (!onPath(command)) return print(claim, { peer: 'not installed' });
  const folder = mkdtempSync(join(dir, 'peer-'));
  try {
    const { seconds, startSeconds, peakRssMb } = await measure({ dir: folder, urls, served });
    const peerChecksPerSecond = urls.length / seconds;
    print(claim, {
      ...{ addresses: urls.length, peerChecksPerSecond: round(peerChecksPerSecond), peerPeakRssMb: peakRssMb },
      ...{ peerStartSeconds: round(startSeconds, 2), ratio: round(own.checksPerSecond / peerChecksPerSecond) },
      ...{ targetRatio: 10, memoryRatio: round(own.peakRssMb / peakRssMb, 2), targetMemoryRatio: 0.2 },
    });
  } catch (error) {
    print(claim, { peer: `not measured: ${error.message}` });
  }
  rmSync(folder, { recursive: true, force: true });
}

// --- schedule --------------------------------------------------------------

const NOW = '2024-05-22T03:00:00.000Z';

/** Half of the rows are due. Hosts are alike, or one of them has half of all rows. */
async function schedule(dir, { rows, share, hosts, workers, most, atOnce, skewed = false }) {
  const folder = join(dir, 'store');
  const store = await openStore({ dir: folder, create: true });
  await store.database.query(
    `insert into schedule (id, kind, host, url, source_id, rank, next_check, burst_check, why)
     select 'N-' || n, 'notice', host, 'https://' || host || '/' || n, null, 2,
       to_char(timestamp '2024-05-22 03:00' + ((hashint4(n) & 2147483647) % 2000 - 1000) * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), null, 'bench'
     from generate_series(1, ${rows}) n,
       lateral (select 'h' || case when ${skewed} and n % 2 = 0 then 0 else (n / 2) % ${hosts} end || '.example' as host) h`,
  );
  await store.database.query('insert into turn (host) select distinct host from schedule');
  await store.database.query('vacuum analyze');
  const options = { dir: folder, now: NOW, nextCheck: '2024-05-22T07:00:00.000Z', rows: share / workers, most };
  const started = Array.from({ length: workers }, (_, n) =>
    start(dir, 'work', { ...options, hosts: atOnce, worker: `w${n}` }),
  );
  for (const { next } of started) await next();
  for (const { stdin } of started) stdin.write('go\n');
  const done = await Promise.all(started.map(({ next }) => next()));
  for (const { stdin } of started) stdin.end();
  const taken = done.flatMap((each) => each.taken);
  const seconds = (Math.max(...done.map((each) => each.ended)) - Math.min(...done.map((each) => each.began))) / 1000;
  const spent = (name) => Math.round(done.reduce((sum, { spentMs }) => sum + spentMs[name], 0) / workers);
  print(`pick and plan anew out of ${rows} rows${skewed ? ', half of them of one host' : ''}`, {
    ...{
      hosts,
      workers,
      processes: workers,
      most,
      hostsAtOnce: atOnce,
      done: taken.length,
      seconds: round(seconds, 2),
    },
    ...{ takenTwice: taken.length - new Set(taken).size, rowsPerSecond: Math.round(taken.length / seconds) },
    ...{ target: 10_000, msOfAWorker: { pick: spent('pick'), save: spent('save'), release: spent('release') } },
    peakRssMbOfAWorker: Math.max(...done.map((each) => each.peakRssMb)),
  });
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

// --- read, diff ------------------------------------------------------------

async function read(dir) {
  const pages = process.env.PAGES;
  if (pages === undefined) return print('read long pages', { skipped: 'PAGES is not given' });
  const names = ['article-01', 'article-02-edited', 'share-01', 'text-post-01-captureA', 'text-post-01-captureB'];
  const files = names.map((name) => join(pages, 'wechat', 'live', `${name}.html.gz`));
  const rounds = Math.max(2, Math.round(40 * scale));
  const { pages: count, cpuSeconds, seconds, meanMb, peakRssMb } = await run(dir, 'read', { files, rounds });
  print('read and classify long pages of WeChat', {
    ...{ pages: count, meanMb: round(meanMb, 2), pagesPerSecond: round(count / seconds) },
    ...{ pagesPerCpuSecond: round(count / cpuSeconds), target: 60, peakRssMb, targetRssMb: 150 },
  });
}

/** Packed pages, sent a packet at a time: how much of each came before it was clear that the article stands. */
async function early() {
  const pages = process.env.PAGES;
  if (pages === undefined) return print('leave a page early', { skipped: 'PAGES is not given' });
  const folder = join(pages, 'wechat', 'live');
  const bodies = readdirSync(folder).map((name) => gzipSync(gunzipSync(readFileSync(join(folder, name)))));
  const server = createServer((request, response) => {
    const body = bodies[Number(request.url.slice(1))];
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Encoding': 'gzip' });
    let at = 0;
    const next = () => {
      if (response.destroyed) return;
      if (at >= body.length) return response.end();
      response.write(body.subarray(at, (at += 1_400)), () => setImmediate(next));
    };
    next();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  const clock = { now: () => new Date(), sleep };
  const fetcher = createFetcher({ clock, allow: ['127.0.0.0/8'], delayMs: 0 });
  const came = [];
  for (const n of bodies.keys()) {
    const { exchanges } = await fetcher.fetch(`http://127.0.0.1:${port}/${n}`, { enough: articleBegins() });
    came.push(exchanges[0].enoughAfter ?? bodies[n].length);
  }
  server.close();
  const sum = (list) => list.reduce((total, each) => total + each, 0);
  print('leave a WeChat page once it shows that the article stands', {
    ...{ pages: bodies.length, packedBytes: sum(bodies.map(({ length }) => length)), bytesThatCame: sum(came) },
    ...{ most: Math.max(...came), ratio: round(sum(bodies.map(({ length }) => length)) / sum(came)), target: 40 },
  });
}

/** Sentences of 20 to 60 characters that are not alike, some of them edited by one character. */
async function diff(characters, edits) {
  let state = 7;
  const next = (below) => ((state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8) % below;
  const words =
    '通知 无人机 探测器 干扰 采购 国外 企业 会员 单位 报名 参加 联系 方式 附件 请于 六月 之前 将 产品 说明书 报送 我会 秘书处'.split(
      ' ',
    );
  const before = [];
  for (let length = 0; length < characters;) {
    let sentence = '';
    for (const wanted = 20 + next(40); sentence.length < wanted;) sentence += words[next(words.length)];
    before.push(`${sentence}。`);
    length += sentence.length + 1;
  }
  const after = [...before];
  for (let n = 0; n < edits; n++) {
    const at = Math.floor((n * after.length) / edits);
    const place = next(after[at].length - 1);
    after[at] = `${after[at].slice(0, place)}改${after[at].slice(place + 1)}`;
  }
  const reading = (list) =>
    readCapture({
      ...{ requestedUrl: 'https://a.example/1', finalUrl: 'https://a.example/1', status: 200 },
      headers: [['Content-Type', 'text/plain; charset=utf-8']],
      body: Buffer.from(list.join('\n')),
    });
  const [one, two] = [reading(before), reading(after)];
  const times = [];
  let changes;
  for (let n = 0; n < 11; n++) {
    const began = performance.now();
    changes = compareReadings(one, two);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  print('tell the edits of a Chinese text', {
    ...{ characters: one.text.length, edits, changes: changes.length, medianMs: round(times[5]) },
    ...{ slowestMs: round(times[10]), ...(characters === 50_000 ? { targetMs: 104 } : {}) },
  });
}

const SECTIONS = {
  checks: () => inFolder(checks),
  schedule: async () => {
    const common = { rows: scaled(1_000_000), hosts: 2_000, workers: 4 };
    const share = scaled(200_000);
    await inFolder((dir) => schedule(dir, { ...common, share, most: 2_000, atOnce: 20 }));
    await inFolder((dir) => schedule(dir, { ...common, share, most: 2_000, atOnce: 20, skewed: true }));
    await inFolder((dir) => schedule(dir, { ...common, share: scaled(2_000), most: 20, atOnce: 1 }));
  },
  read: () => inFolder(read),
  early,
  diff: async () => {
    await diff(50_000, 250);
    await diff(200_000, 1_000);
  },
};

const wanted = process.argv.slice(2);
for (const [name, section] of Object.entries(SECTIONS))
  if (wanted.length === 0 || wanted.includes(name)) await section();
