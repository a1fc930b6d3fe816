/** One worker of the watch under a clock that runs fast: rounds without end, until somebody kills it. It says a JSON line a round. */
import { setTimeout as wait } from 'node:timers/promises';
import { type AsPostedError, type Clock, resolveSettings } from '../../src/model/index.js';
import { createFetcher } from '../../src/capture/index.js';
import { channelSettings } from '../../src/alert/load.js';
import { loadCatalogue } from '../../src/recognise/index.js';
import { loadSourceKinds } from '../../src/source/index.js';
import { openStore } from '../../src/store/index.js';
import { watchRound } from '../../src/watch/index.js';

/** What a test gives a worker: where it works, and how its clock runs. */
export interface DayWorker {
  dir: string;
  /** What the clock says at `started`, and how much faster than the world's it runs. */
  begin: number;
  started: number;
  speed: number;
  resolve: readonly string[];
  webhook: string;
}

const { dir, begin, started, speed, resolve, webhook } = JSON.parse(process.argv[2]!) as DayWorker;
const clock: Clock = {
  now: () => new Date(begin + (Date.now() - started) * speed),
  sleep: (ms) => wait(ms / speed),
};
const settings = resolveSettings({
  extensions: await channelSettings(),
  flags: { 'alert.webhook': webhook, 'watch.lease': '4s', 'watch.lanes': '4' },
});
const store = await openStore({ dir });
const parts = {
  store,
  clock,
  settings,
  catalogue: await loadCatalogue(),
  kinds: await loadSourceKinds(),
  software: 'asposted test',
  progress: () => undefined,
  fetcher: createFetcher({
    clock: { now: () => new Date(), sleep: (ms: number) => wait(ms) },
    ...{ allow: ['127.0.0.0/8'], resolve, delayMs: 0, timeoutMs: 400 },
  }),
};
for (;;) {
  const { checked, sources, failures } = await watchRound(parts).catch((error: unknown) => {
    if ((error as AsPostedError).code !== 'STORE_LOCKED') throw error; // it stood still for longer than its lease, and begins anew
    return { checked: 0, sources: 0, failures: [] as Awaited<ReturnType<typeof watchRound>>['failures'] };
  });
  const broken = failures
    .filter(({ error }) => ['STORE_FAILED', 'BUG'].includes(error.code))
    .map(({ error }) => error.message);
  console.log(JSON.stringify({ checked, sources, broken, rss: process.memoryUsage.rss() }));
  await wait(100);
}
