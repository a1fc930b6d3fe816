/**
 * Many names on all cores: threads over one index in shared memory. The answers are those of one thread, in the order of
 * the questions; how many threads there are changes how long it takes and nothing else.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AsPostedError, type Day, type Screening, type ScreeningQuery } from '../model/index.js';
import type { Listed } from './lists.js';

export interface Question {
  query: ScreeningQuery;
  on: Day;
  lists?: readonly string[];
}

export interface ScreeningThreads {
  readonly count: number;
  /** One answer a question, in their order; memory holds a few batches, however many there are. */
  screen(questions: AsyncIterable<Question> | Iterable<Question>): AsyncGenerator<Screening>;
  /** Threads keep the process alive until then. */
  close(): Promise<void>;
}

const BATCH = 64;
/** A thread has its next batch at hand when it is done with one. */
const AHEAD = 2;

interface Waiting {
  resolve: (answers: Screening[]) => void;
  reject: (error: Error) => void;
}

export interface ThreadOptions {
  /** As many as there are processors. */
  count?: number;
  /** What a thread runs: `screening-worker`, as it was built. */
  entry?: URL;
}

/** `shared`: what `packScreener` made. `screen` throws INTERRUPTED when a thread dies. */
export function openScreeningThreads(
  shared: SharedArrayBuffer,
  { count = availableParallelism(), entry = new URL('./screening-worker.js', import.meta.url) }: ThreadOptions = {},
): ScreeningThreads {
  const waiting = new Map<number, Waiting>();
  let ended: Error | undefined;
  const failed = (error: unknown): void => {
    const told = (ended ??= new AsPostedError({
      code: 'INTERRUPTED',
      message: 'a thread that was screening names ended',
      hint: 'Run the command again; nothing was lost.',
      retry: 'now',
      cause: error,
    }));
    for (const { reject } of waiting.values()) reject(told);
    waiting.clear();
  };
  const workers = Array.from({ length: Math.max(1, count) }, () => {
    const worker = new Worker(entry, { workerData: shared });
    worker.on('message', ({ batch, answers }: { batch: number; answers: Screening[] }) => {
      waiting.get(batch)?.resolve(answers);
      waiting.delete(batch);
    });
    worker.on('error', failed);
    return worker;
  });
  let sent = 0;
  const ask = (questions: readonly Question[]): Promise<Screening[]> => {
    if (ended) return Promise.reject(ended);
    const batch = sent++;
    return new Promise((resolve, reject) => {
      waiting.set(batch, { resolve, reject });
      workers[batch % workers.length]!.postMessage({ batch, questions });
    });
  };
  return {
    count: workers.length,
    async *screen(questions) {
      const asked: Promise<Screening[]>[] = [];
      try {
        for await (const batch of batches(questions)) {
          asked.push(ask(batch));
          if (asked.length > AHEAD * workers.length) yield* await asked.shift()!;
        }
        while (asked.length > 0) yield* await asked.shift()!;
      } finally {
        // Whoever stops listening leaves answers under way; their failure is nobody's any more.
        for (const each of asked) each.catch(() => undefined);
      }
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
      failed(new Error('closed'));
    },
  };
}

/** So many are answered before threads would be ready and warm. */
const FEW = 2_048;
/** A thread begins cold, with a third of the speed it comes to: two of them are no faster than one that goes on. */
const WORTH_THREADS = 3;

const answerOf = (screener: Listed['screener'], { query, on, lists }: Question): Screening =>
  screener.screen(query, on, lists);

/** One by one: each answer is there before the next question is read. */
export async function* screenHere(
  { screener }: Pick<Listed, 'screener'>,
  questions: AsyncIterable<Question> | Iterable<Question>,
): AsyncGenerator<Screening> {
  for await (const question of questions) yield answerOf(screener, question);
}

/** On threads when there are many and there is more than one processor; else here. The answers are the same. */
export async function* screenMany(
  { screener, shared }: Pick<Listed, 'screener' | 'shared'>,
  questions: AsyncIterable<Question> | Iterable<Question>,
): AsyncGenerator<Screening> {
  if (availableParallelism() < WORTH_THREADS || !import.meta.url.endsWith('.js')) {
    yield* screenHere({ screener }, questions);
    return;
  }
  const rest = iteratorOf(questions);
  for (let at = 0; at < FEW; at++) {
    const next = await rest.next();
    if (next.done) return;
    yield answerOf(screener, next.value);
  }
  const first = await rest.next();
  if (first.done) return;
  const threads = openScreeningThreads(shared);
  try {
    yield* threads.screen(after(first.value, rest));
  } finally {
    await threads.close();
  }
}

const iteratorOf = (
  items: AsyncIterable<Question> | Iterable<Question>,
): AsyncIterator<Question> | Iterator<Question> =>
  Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();

async function* after(first: Question, rest: AsyncIterator<Question> | Iterator<Question>): AsyncGenerator<Question> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* batches(questions: AsyncIterable<Question> | Iterable<Question>): AsyncGenerator<Question[]> {
  let batch: Question[] = [];
  for await (const question of questions) {
    batch.push(question);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
