/** One thread that answers questions over an index it shares with the others. */
import { parentPort, workerData } from 'node:worker_threads';
import { openScreener } from '../screen/index.js';
import type { Question } from './screening-threads.js';

const screener = openScreener(workerData as SharedArrayBuffer)!;

parentPort!.on('message', ({ batch, questions }: { batch: number; questions: readonly Question[] }) => {
  parentPort!.postMessage({
    batch,
    answers: questions.map(({ query, on, lists }) => screener.screen(query, on, lists)),
  });
});
