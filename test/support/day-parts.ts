/** What works through a day that runs fast: the same parts for the workers that are killed and for the test that looks afterwards. */
import { setTimeout as wait } from 'node:timers/promises';
import { channelSettings } from '../../src/alert/load.js';
import { createFetcher } from '../../src/capture/index.js';
import { type Clock, resolveSettings } from '../../src/model/index.js';
import { loadCatalogue } from '../../src/recognise/index.js';
import { loadSourceKinds } from '../../src/source/index.js';
import type { Store } from '../../src/store/index.js';
import type { Parts, RoundResult } from '../../src/watch/index.js';

export interface DayParts {
  resolve: readonly string[];
  webhook: string;
}

export async function dayParts(store: Store, clock: Clock, { resolve, webhook }: DayParts): Promise<Parts> {
  return {
    store,
    clock,
    settings: resolveSettings({
      extensions: await channelSettings(),
      flags: { 'alert.webhook': webhook, 'watch.lease': '4s', 'watch.lanes': '4' },
    }),
    catalogue: await loadCatalogue(),
    kinds: await loadSourceKinds(),
    software: 'asposted test',
    progress: () => undefined,
    fetcher: createFetcher({
      clock: { now: () => new Date(), sleep: (ms: number) => wait(ms) },
      ...{ allow: ['127.0.0.0/8'], resolve, delayMs: 0, timeoutMs: 400 },
    }),
  };
}

/** Failures that are ours, not the world's. */
export const brokenIn = ({ failures }: Pick<RoundResult, 'failures'>): string[] =>
  failures.filter(({ error }) => ['STORE_FAILED', 'BUG'].includes(error.code)).map(({ error }) => error.message);
