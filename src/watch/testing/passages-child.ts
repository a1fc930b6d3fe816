/** Takes in a notice and writes the passage index down, and dies at the moment it is told: a victim of kill -9. */
import { readFileSync, writeSync } from 'node:fs';
import { instant, resolveSettings } from '../../model/index.js';
import { openStore } from '../../store/open.js';
import type { Parts } from '../parts.js';
import { loadPassages, savePassages } from '../passages.js';
import { check } from '../pipeline.js';
import { countMoments } from './dying.js';
import { type FakePage, captureOf, testClock } from './parts.js';

export interface Errand {
  dir: string;
  databaseUrl: string;
  /** File of it as JSON. */
  catalogue: string;
  url: string;
  page: FakePage;
  /** Or only the files are made. */
  isTakenIn: boolean;
  dieAt: number;
}

const tell = (words: string): void => void writeSync(1, `${words}\n`);

const moments = countMoments('/made/passages-', tell);

process.once('message', (errand: Errand) => void run(errand));

async function run({ dir, databaseUrl, catalogue, url, page, isTakenIn, dieAt }: Errand): Promise<void> {
  const clock = testClock(Date.parse('2024-05-23T03:00:00Z'));
  const parts: Parts = {
    store: await openStore({ dir, databaseUrl }),
    fetcher: { fetch: async () => captureOf(url, page, instant(clock.now())), close: async () => undefined },
    clock,
    settings: resolveSettings(),
    catalogue: JSON.parse(readFileSync(catalogue, 'utf8')) as Parts['catalogue'],
    kinds: [],
    software: 'asposted test',
    progress: () => undefined,
  };
  moments.arm(dieAt);
  if (isTakenIn) await check(parts, { url });
  await parts.store.database.withLock('derive', async () => {
    await loadPassages(parts, { canWrite: true });
    await savePassages(parts, { least: 1 });
  });
  process.exit();
}
