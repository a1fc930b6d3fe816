import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { instant, resolveSettings } from '../src/model/index.js';
import { loadCatalogue } from '../src/recognise/index.js';
import { loadSourceKinds } from '../src/source/index.js';
import { listEvents, listNotices, listSources, openForCheck, openStore, plannedChecks } from '../src/store/index.js';
import { type Parts, derive, fsck, recordSource } from '../src/watch/index.js';
import { HOUR, isRemoval } from '../src/watch/testing/faults.js';
import { jsonLines, storeDir } from './support/cli.js';
import type { DayWorker } from './support/day-worker.js';
import { startFaultServer } from './support/fault-server.js';

/** The whole of it is 2,000 notices, in ten minutes or more: ASPOSTED_TEST_DAY_NOTICES=2000 ASPOSTED_TEST_DAY_SECONDS=900. */
const NOTICES = Number(process.env['ASPOSTED_TEST_DAY_NOTICES'] ?? 100);
const SECONDS = Number(process.env['ASPOSTED_TEST_DAY_SECONDS'] ?? 45);
const KILLS = Number(process.env['ASPOSTED_TEST_DAY_KILLS'] ?? 6);
const WORKERS = 3;
const BEGIN = Date.parse('2024-05-22T00:00:00Z');
const SPEED = (24 * HOUR) / (SECONDS * 1_000);

interface Line {
  checked: number;
  broken: string[];
  rss: number;
}

test(`a day of ${NOTICES} notices with faults, ${WORKERS} workers, one killed ${KILLS} times: nothing lost, nothing twice`, async (t) => {
  const dir = storeDir(t);
  const began = Date.now() + 3_000;
  const now = (): number => Math.max(0, Date.now() - began) * SPEED;
  const world = await startFaultServer(t, { notices: NOTICES, now, seed: 20_240_522 });
  const told: string[] = [];
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
  const rest = {
    settings: resolveSettings(),
    catalogue: await loadCatalogue(),
    kinds: await loadSourceKinds(),
    software: 'test',
    progress: () => undefined,
  };
  const parts: Parts = {
    store,
    clock,
    fetcher: { fetch: () => Promise.reject(new Error('not here')), close: () => Promise.resolve() },
    ...rest,
  };
  for (const { url, wechat } of world.lists) {
    const options = wechat ? { url } : { url, mode: 'list', path: '/content/' };
    await recordSource(parts, { kind: wechat ? 'feed' : 'website', name: url, options, everyMs: 2 * HOUR });
  }
  const said: Line[] = [];
  const problems: string[] = [];
  const given: DayWorker = {
    dir,
    begin: BEGIN,
    started: began,
    speed: SPEED,
    resolve: world.resolve,
    webhook: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
  };
  const killed = new WeakSet<ChildProcess>();
  const begin = (): ChildProcess => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('support/day-worker.ts', import.meta.url)), JSON.stringify(given)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(...(jsonLines(text) as unknown as Line[])));
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
  const workers = Array.from({ length: WORKERS }, begin);
  for (let count = 0; count < KILLS; count++) {
    await sleep((SECONDS * 1_000) / (KILLS + 1));
    const at = 1 + (count % (WORKERS - 1)); // the first one lives all day: its memory is watched
    kill(workers[at]!);
    workers[at] = begin();
  }
  await sleep(Math.max(0, began + SECONDS * 1_000 - Date.now()));
  for (const worker of workers) kill(worker);
  await sleep(500);

  await derive(parts); // what the killed ones put on record and did not make
  const { database } = store;
  const notices = await listNotices(database);
  const checks = said.reduce((sum, { checked }) => sum + checked, 0);
  t.diagnostic(
    `${notices.length} notices, ${checks} checks told of, ${world.requests()} requests, ${told.length} alerts, at most ${Math.round(Math.max(...said.map(({ rss }) => rss)) / 1e6)} MB a worker`,
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
  assert.ok(instant(clock.now()) > instant(new Date(BEGIN + 23 * HOUR)));

  const under = await openForCheck({ dir });
  try {
    const { problems: wrongRows, notChecked } = await fsck(under, parts, { repair: false });
    assert.deepEqual([wrongRows, notChecked], [[], []]);
  } finally {
    await under.close();
  }
});
