import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { listEvents, listNotices, listSources, openForCheck, openStore, plannedChecks } from '../src/store/index.js';
import { derive, fsck, recordSource, watchRound } from '../src/watch/index.js';
import { HOUR, isRemoval } from '../src/watch/testing/faults.js';
import { jsonLines, storeDir } from './support/cli.js';
import { brokenIn, dayParts } from './support/day-parts.js';
import type { DayWorker } from './support/day-worker.js';
import { startFaultServer } from './support/fault-server.js';

/**
 * A day in seconds, in which workers are killed, and then its aftermath without hurry, in which all that happened must be found:
 * how much of the day is seen depends on the machine, what is known in the end does not. The whole of it is 2,000 notices:
 * ASPOSTED_TEST_DAY_NOTICES=2000 ASPOSTED_TEST_DAY_SECONDS=900 ASPOSTED_TEST_DAY_KILLS=40.
 */
const NOTICES = Number(process.env['ASPOSTED_TEST_DAY_NOTICES'] ?? 100);
const SECONDS = Number(process.env['ASPOSTED_TEST_DAY_SECONDS'] ?? 30);
const KILLS = Number(process.env['ASPOSTED_TEST_DAY_KILLS'] ?? 5);
const WORKERS = 3;
const BEGIN = Date.parse('2024-05-22T00:00:00Z');
const WORKER = fileURLToPath(new URL('support/day-worker.ts', import.meta.url));
/** So long a worker takes to begin on a machine that does nothing else; where it takes longer, the day does. */
const BEGINS_MS = 1_500;

/** When it is looked what became of it all: a suspicion takes ten minutes to be confirmed, or a day; a host that refused one is left alone. */
const HOURS_AFTER = [1, 2, 3, 6, 12, 20, 27, 34, ...(NOTICES > 500 ? [35, 36, 37, 38] : [])];

interface Line {
  checked: number;
  broken: string[];
  rss: number;
}

function beginMs(): Promise<number> {
  const before = Date.now();
  return new Promise((resolve, reject) => {
    spawn(process.execPath, ['--import', 'tsx', WORKER, 'begin'], { stdio: 'inherit' })
      .on('error', reject)
      .on('exit', () => {
        resolve(Date.now() - before);
      });
  });
}

test(`a day of ${NOTICES} notices with faults, ${WORKERS} workers, one killed ${KILLS} times: nothing lost, nothing twice`, async (t) => {
  const dir = storeDir(t);
  const seconds = SECONDS * Math.max(1, (await beginMs()) / BEGINS_MS);
  t.diagnostic(`the day takes ${Math.round(seconds)} seconds`);
  const speed = (24 * HOUR) / (seconds * 1_000);
  const began = Date.now() + 3_000;
  let after = 0;
  const now = (): number => Math.min(24 * HOUR, Math.max(0, Date.now() - began) * speed) + after;
  const world = await startFaultServer(t, { notices: NOTICES, begin: BEGIN, now, seed: 20_240_522 });
  const told: string[] = [];
  const firstRss: number[] = [];
  const hook = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const alone = JSON.parse(body) as { id: string; event: string; events?: { id: string; event: string }[] };
      // A digest tells of many. Copies are of what stands last, and go with it.
      told.push(...(alone.events ?? [alone]).filter(({ event }) => event !== 'copy').map(({ id }) => id));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    hook.closeAllConnections();
    hook.close();
  });
  const store = await openStore({ dir, create: true });
  t.after(() => store.close());
  const clock = { now: () => new Date(BEGIN + now()), sleep: (ms: number) => sleep(ms).then(() => undefined) };
  const webhook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  const parts = await dayParts(store, clock, { resolve: world.resolve, webhook });
  for (const { url, wechat } of world.lists) {
    const options = wechat ? { url } : { url, mode: 'list', path: '/content/' };
    await recordSource(parts, { kind: wechat ? 'feed' : 'website', name: url, options, everyMs: 2 * HOUR });
  }
  const said: Line[] = [];
  const problems: string[] = [];
  const given: DayWorker = { dir, begin: BEGIN, started: began, speed, resolve: world.resolve, webhook };
  const killed = new WeakSet<ChildProcess>();
  const begin = (): ChildProcess => {
    const child = spawn(process.execPath, ['--import', 'tsx', WORKER, JSON.stringify(given)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = jsonLines(text) as unknown as Line[];
      said.push(...lines);
      if (child === workers[0]) firstRss.push(...lines.map(({ rss }) => rss));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => problems.push(text));
    child.on('exit', (code) => {
      if (!killed.has(child)) problems.push(`a worker ended by itself (${code})`);
    });
    return child;
  };
  const kill = (child: ChildProcess): void => {
    killed.add(child);
    child.kill('SIGKILL');
  };
  const workers: ChildProcess[] = [];
  while (workers.length < WORKERS) workers.push(begin());
  for (let count = 0; count < KILLS; count++) {
    await sleep((seconds * 1_000) / (KILLS + 1));
    const at = 1 + (count % (WORKERS - 1)); // the first one lives all day
    kill(workers[at]!);
    workers[at] = begin();
  }
  await sleep(Math.max(0, began + seconds * 1_000 - Date.now()));
  for (const worker of workers) kill(worker);
  await sleep(500);

  await derive(parts); // what the killed ones put on record and did not make
  const { database } = store;
  const byDay = said.reduce((sum, { checked }) => sum + checked, 0);
  t.diagnostic(`by day ${byDay} checks told of, ${world.requests()} requests, ${told.length} alerts`);
  const every = Math.max(1, Math.floor(firstRss.length / 20));
  const megabytes = firstRss.filter((_, at) => at % every === 0).map((rss) => Math.round(rss / 1e6));
  t.diagnostic(`the worker that lived all day: ${megabytes.join(' ')} MB`);
  if (SECONDS >= 300) {
    const mean = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;
    const at = (share: number): number => Math.floor(firstRss.length * share);
    const [early, late] = [mean(firstRss.slice(at(0.2), at(0.4))), mean(firstRss.slice(at(0.8)))];
    assert.ok(late < early * 1.25, `${early} bytes early in the day, ${late} at its end`);
  }
  const later = { checked: 0, failed: [] as string[] };
  for (const hours of HOURS_AFTER) {
    after = hours * HOUR;
    for (let round = 0; round < 20; round++) {
      const result = await watchRound(parts);
      const { checked, sources } = result;
      later.checked += checked;
      later.failed.push(...brokenIn(result));
      if (checked + sources === 0) break;
    }
  }
  assert.deepEqual(later.failed, []);
  const notices = await listNotices(database);
  t.diagnostic(
    `${notices.length} notices, ${byDay + later.checked} checks told of, ${world.requests()} requests, ${told.length} alerts`,
  );
  assert.deepEqual([...problems, ...said.flatMap(({ broken }) => broken)].slice(0, 5), []);
  assert.equal(world.atOnce(), 1, 'no host was asked by two at once');
  const all = world.sites.flatMap((site) => site.notices.map((each) => ({ site, each })));
  const known = new Map(notices.map((notice) => [notice.url, notice]));
  const named = await database.query<{ url: string }>(
    "select distinct jsonb_array_elements(body -> 'named') ->> 'url' as url from observation where notice_id is null and body ? 'named'",
  );
  const waiting = new Set(
    (await plannedChecks(database, { most: 100_000 })).filter(({ kind }) => kind === 'address').map(({ url }) => url),
  );
  const lost = named.filter(({ url }) => !known.has(url) && !waiting.has(url));
  assert.deepEqual(lost, [], 'what was named was looked at, or is still to be');
  t.diagnostic(`${named.length} of ${all.length} were named, ${waiting.size} of them wait`);
  assert.ok(named.length > all.length / 2 && known.size > all.length / 2);
  const wrong = all.filter(
    ({ site, each }) =>
      known.get(each.url)?.presence === 'removed' && !(isRemoval(each) && site.fate !== 'everything 404'),
  );
  assert.deepEqual(
    wrong.map(({ each }) => `${each.fate} ${each.url}`),
    [],
  );

  const gone = all.filter(
    ({ site, each }) => site.fate === 'sound' && each.definite && isRemoval(each) && each.from < 24 * HOUR,
  );
  const seen = gone.filter(({ each }) => (known.get(each.url)?.lastSeen ?? null) !== null);
  const missed = seen.filter(({ each }) => known.get(each.url)?.presence !== 'removed');
  assert.deepEqual(
    missed.map(({ each }) => `${each.fate} ${each.url}: ${known.get(each.url)?.presence}`),
    [],
  );
  t.diagnostic(
    `${gone.length} were removed with a word of it, ${seen.length} of them were seen before, and are called removed`,
  );
  // How many were seen in time depends on the machine; that there were any does not.
  assert.ok(seen.length > 0 && told.length >= seen.length);

  const events = (await listEvents(database)).filter(({ event }) => event !== 'notice');
  const ids = new Set(events.map(({ id }) => id));
  const untrue = told.filter((id) => !ids.has(id));
  assert.deepEqual(untrue, [], 'only what happened was told');
  const again = told.length - new Set(told).size;
  t.diagnostic(`${again} told again, after a kill between the telling and its record`);
  assert.ok(again <= KILLS * 20, 'under the same id, and only what one message held');
  const rows = await database.query<{ n: number }>(
    'select count(*)::int as n from delivery group by event_id, channel having count(*) > 1',
  );
  assert.deepEqual(rows, []);
  const turns = await database.query<{ notice_id: string; type: string }>(
    "select notice_id, type from event where type = 'removal' group by notice_id, type having count(*) > 1",
  );
  assert.deepEqual(turns, [], 'one alert a turn');
  assert.ok((await listSources(database)).every(({ lastRun }) => lastRun !== null));

  const under = await openForCheck({ dir });
  try {
    const { problems: wrongRows, notChecked } = await fsck(under, parts, { repair: false });
    assert.deepEqual([wrongRows, notChecked], [[], []]);
  } finally {
    await under.close();
  }
});
