/**
 * A worker of the watch: any number of them, on any number of machines, share one store. What a worker takes is its own until it
 * lets go, or until nothing was heard of it for `watch.lease`.
 */
import { randomBytes } from 'node:crypto';
import { AsPostedError } from '../model/index.js';
import { beatWorker, leaveWorker } from '../store/index.js';
import type { Parts } from './parts.js';

export interface Worker {
  id: string;
  /** Throws where it was taken for dead (a machine that slept): what it had may be another's by now. */
  check(): void;
  leave(): Promise<void>;
}

/** `settings.watch.lease` is counted by the clock of the machine here and of the database there, never by a clock of day. */
export async function joinWorkers({ store, settings }: Pick<Parts, 'store' | 'settings'>): Promise<Worker> {
  const id = randomBytes(8).toString('hex');
  const leaseMs = settings['watch.lease'];
  let heard = performance.now();
  let lost = false;
  if (!(await beatWorker(store.database, { worker: id, leaseMs, first: true }))) throw lostError();
  const beat = async (): Promise<void> => {
    const asked = performance.now();
    if (await beatWorker(store.database, { worker: id, leaseMs })) heard = asked;
    else lost = true;
  };
  // A beat that fails is made up for by the next one, or the lease runs out, which `check` sees.
  const timer = setInterval(() => void beat().catch(() => undefined), leaseMs / 4);
  timer.unref();
  return {
    id,
    check: () => {
      if (lost || performance.now() - heard >= leaseMs) throw lostError();
    },
    leave: async () => {
      clearInterval(timer);
      await leaveWorker(store.database, id);
    },
  };
}

function lostError(): AsPostedError {
  return new AsPostedError({
    code: 'STORE_LOCKED',
    retry: 'later',
    message: 'this worker was away for so long that others took over what it had',
    hint: 'The next round goes on; give watch.lease a longer time if this machine often stands still.',
  });
}
