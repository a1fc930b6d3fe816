// One process of bench/watching.mjs, by its role; so that memory and work of each are its own. Answers are JSON lines on stdout.
// Run by watching.mjs: node bench/watching-child.mjs ROLE FILE-OF-OPTIONS
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const answer = (values) => process.stdout.write(`${JSON.stringify(values)}\n`);
const peakRssMb = () => Math.round(process.resourceUsage().maxRSS / 1024);
const rssMb = () => Math.round(process.memoryUsage.rss() / 1e6);
const clock = { now: () => new Date(), sleep: (ms) => new Promise((done) => setTimeout(done, ms)) };

/** Everything of a list in a few lanes, one request at a time in each, as `watch.lanes` does it. */
async function inLanes(list, lanes, work) {
  const waiting = list.values();
  const lane = async () => {
    for (const each of waiting) await work(each);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function timed(work) {
  const [began, used] = [process.hrtime.bigint(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: Number(process.hrtime.bigint() - began) / 1e9, cpuSeconds: (user + system) / 1e6 };
}

let served = 0;

/** Answers until it is ended, and says how often it did at `/count`. `/made/BYTES/N`: a page of that length with words of its own; `/page/NAME/N`: a file, the same for each N. */
async function serve({ ports, files }) {
  const pages = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, pageBytes(file)]));
  const servers = Array.from({ length: ports }, () =>
    createServer((request, response) => {
      const [, kind, name, n] = request.url.split('/');
      if (kind === 'count') return response.end(String(served));
      if (kind === 'page' || kind === 'made') served += 1;
      const body = kind === 'page' ? pages[name] : kind === 'made' ? madePage(Number(name), Number(n)) : undefined;
      response.writeHead(body ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(body ?? 'not here');
    }),
  );
  for (const server of servers) await new Promise((done) => server.listen(0, '127.0.0.1', done));
  answer({ ports: servers.map((server) => server.address().port) });
}

function pageBytes(file) {
  const bytes = readFileSync(file);
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** An ordinary page: 1,500 characters that no other page has, the rest menus and script. */
function madePage(length, n) {
  let state = n + 1;
  const next = (below) => ((state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8) % below;
  const sentence = () => `${String.fromCharCode(...Array.from({ length: 29 }, () => 0x4e00 + next(8_000)))}。`;
  const paragraphs = Array.from({ length: 10 }, () => `<p>${Array.from({ length: 5 }, sentence).join('')}</p>`).join(
    '',
  );
  const title = `关于第${n}次对接会的通知`;
  const start = `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="2024-05-22 10:30"></head><body>`;
  const end = `<div id="zoom">${paragraphs}</div></body></html>`;
  const menu = '<li><a href="/list/index.html" class="item">通知公告</a></li>';
  const room = length - Buffer.byteLength(start) - Buffer.byteLength(end);
  const items = Math.min(200, Math.floor(room / 2 / Buffer.byteLength(menu)));
  const script = `<script>${'var a=0;'.repeat(Math.max(0, Math.floor((room - items * Buffer.byteLength(menu) - 30) / 8)))}</script>`;
  return `${start}<ul>${menu.repeat(items)}</ul>${script}${end}`;
}

const fetcherOf = async (dir) => {
  const { createFetcher } = await import('../dist/capture/index.js');
  return createFetcher({ clock, allow: ['127.0.0.0/8'], delayMs: 0, spoolDir: join(dir, 'spool') });
};

/** As `look` looks: fetch, read, classify, and fold the verdict into the presence of each notice. */
async function looks({ dir, urls, lanes, warm }) {
  const { look, letGo } = await import('../dist/watch/look.js');
  const { judgePresence, PRESENCE_DEFAULTS } = await import('../dist/compare/index.js');
  const fetcher = await fetcherOf(dir);
  const classes = {};
  const one = async (url) => {
    const seen = await look({ fetcher, clock }, url);
    const { at, verdict } = seen;
    const { class: found } = verdict;
    judgePresence([{ id: url, at, class: found, verdict, freshConnection: true }], PRESENCE_DEFAULTS);
    classes[found] = (classes[found] ?? 0) + 1;
    await letGo(seen);
  };
  const idleMb = rssMb();
  await inLanes(urls.slice(0, warm), lanes, one);
  for (const name of Object.keys(classes)) delete classes[name];
  const took = await timed(() => inLanes(urls, lanes, one));
  await fetcher.close();
  answer({ ...took, checks: urls.length, classes, idleMb, peakRssMb: peakRssMb() });
}

/** The whole of `check` with a store: the first look at each, which keeps it, and a second, which finds it as it was. */
async function checks({ dir, urls, lanes }) {
  const [{ check }, { openStore }, { loadCatalogue }, { resolveSettings }] = await Promise.all([
    import('../dist/watch/index.js'),
    import('../dist/store/index.js'),
    import('../dist/recognise/index.js'),
    import('../dist/model/index.js'),
  ]);
  const store = await openStore({ dir, create: true });
  const fetcher = await fetcherOf(dir);
  const settings = resolveSettings();
  const catalogue = await loadCatalogue();
  const parts = { store, fetcher, clock, settings, catalogue, kinds: [], software: 'bench', progress: () => undefined };
  const classes = {};
  const one = async (url) => {
    const { look } = await check(parts, { url });
    classes[look.verdict.class] = (classes[look.verdict.class] ?? 0) + 1;
  };
  const first = await timed(() => inLanes(urls, lanes, one));
  const later = await timed(() => inLanes(urls, lanes, one));
  const databaseMb = postgresMb(dir);
  await fetcher.close();
  await store.close();
  answer({ first, later, checks: urls.length, classes, peakRssMb: peakRssMb(), databaseMb });
}

/** What the embedded server and its processes take now, shared memory counted once; undefined where the system does not say. */
function postgresMb(dir) {
  try {
    const [pid] = readFileSync(join(dir, 'pg', 'postmaster.pid'), 'utf8').split('\n');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    const share = (each) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8'))[1]);
    return Math.round([pid, ...children].reduce((sum, each) => sum + share(each), 0) / 1024);
  } catch {
    return undefined;
  }
}

/** One worker: picks what is due, plans it anew, lets go of it, until it has done its share. */
async function work({ dir, worker, now, rows: share, most, hosts, nextCheck }) {
  const { beatWorker, letRowsGo, openStore, pickDue, releaseAll, saveSchedule } =
    await import('../dist/store/index.js');
  const store = await openStore({ dir });
  const { database } = store;
  await beatWorker(database, { worker, leaseMs: 600_000, first: true });
  answer({ ready: true });
  await new Promise((done) => process.stdin.once('data', done));
  const taken = [];
  const spent = { pick: 0, save: 0, release: 0 };
  const part = async (name, doing) => {
    const began = performance.now();
    const result = await doing();
    spent[name] += performance.now() - began;
    return result;
  };
  let empty = 0;
  const began = Date.now();
  while (taken.length < share && empty < 100) {
    const due = await part('pick', () => pickDue(database, { worker, now, most, hosts, sources: false }));
    if (due.length === 0) {
      empty += 1;
      await clock.sleep(5);
      continue;
    }
    taken.push(...due.map(({ id }) => id));
    const planned = due.map(({ id, kind, url, sourceId }) => ({
      ...{ id, kind, url, sourceId, host: new URL(url).host, rank: 2, nextCheck, why: 'bench', whole: true },
    }));
    await part('save', () => saveSchedule(database, planned));
    await part('release', async () => {
      const ids = due.map(({ id }) => id);
      await letRowsGo(database, ids);
      await releaseAll(database, worker);
    });
  }
  const ended = Date.now();
  await store.close();
  for (const name of Object.keys(spent)) spent[name] = Math.round(spent[name]);
  answer({ began, ended, spentMs: spent, peakRssMb: peakRssMb(), taken });
}

async function read({ files, rounds }) {
  const { readCapture } = await import('../dist/read/index.js');
  const bodies = files.map(pageBytes);
  const one = (body) => {
    const finalUrl = 'https://mp.weixin.qq.com/s/abcdefghijklmnopqrstuv';
    const headers = [['Content-Type', 'text/html; charset=utf-8']];
    const { verdict, text } = readCapture({ requestedUrl: finalUrl, finalUrl, status: 200, headers, body });
    if (verdict.class !== 'live' || text.length === 0) throw new Error(`read as ${verdict.class}, ${verdict.rule}`);
  };
  for (const body of bodies) one(body);
  const before = peakRssMb();
  const took = await timed(async () => {
    for (let round = 0; round < rounds; round++) for (const body of bodies) one(body);
  });
  const bytes = bodies.reduce((sum, { length }) => sum + length, 0);
  const pages = rounds * bodies.length;
  answer({ ...took, pages, meanMb: bytes / bodies.length / 1e6, warmPeakMb: before, peakRssMb: peakRssMb() });
}

const ROLES = { serve, looks, checks, work, read };
const [role, file] = process.argv.slice(2);
await ROLES[role](JSON.parse(readFileSync(file, 'utf8')));
