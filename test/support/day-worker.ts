/** One worker of the watch under a clock that runs fast: rounds without end, until somebody kills it. It says a JSON line a round. */
import { setTimeout as wait } from 'node:timers/promises';
import type { AsPostedError, Clock } from '../../src/model/index.js';
import { openStore } from '../../src/store/index.js';
import { type RoundResult, watchRound } from '../../src/watch/index.js';
import { type DayParts, brokenIn, dayParts } from './day-parts.js';

/** What a test gives a worker: where it works, and how its clock runs. */
export interface DayWorker extends DayParts {
  dir: string;
  /** What the clock says at `started`, and how much faster than the world's it runs. */
  begin: number;
  started: number;
  speed: number;
}

// Asked only how long it takes to begin.
if (process.argv[2] === 'begin') process.exit(0);

const { dir, begin, started, speed, ...world } = JSON.parse(process.argv[2]!) as DayWorker;
const clock: Clock = {
  now: () => new Date(begin + (Date.now() - started) * speed),
  sleep: (ms) => wait(ms / speed),
};
const parts = await dayParts(await openStore({ dir }), clock, world);
const nothing: Pick<RoundResult, 'checked' | 'sources' | 'failures'> = { checked: 0, sources: 0, failures: [] };
for (;;) {
  const round = await watchRound(parts).catch((error: unknown) => {
    if ((error as AsPostedError).code !== 'STORE_LOCKED') throw error; // it stood still for longer than its lease, and begins anew
    return nothing;
  });
  const { checked, sources } = round;
  console.log(JSON.stringify({ checked, sources, broken: brokenIn(round), rss: process.memoryUsage.rss() }));
  await wait(100);
}
