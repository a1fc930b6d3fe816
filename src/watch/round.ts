/** One round of watching: sources that are due, then addresses and notices that are due, then what there is to tell. */
import {
  type AsPostedError,
  type FetchOptions,
  type NoticeId,
  type Presence,
  asError,
  instant,
} from '../model/index.js';
import {
  type DueRow,
  type ScheduledKind,
  findAddress,
  hostPausedUntil,
  letRowsGo,
  looksAtHost,
  noticePresence,
  pickDue,
  releaseAll,
  scheduledIds,
  sourceById,
  takeOne,
} from '../store/index.js';
import { holdersOf } from './copies.js';
import { discover, fetchOptionsOf } from './discover.js';
import type { Parts } from './parts.js';
import type { CheckContext } from './keep.js';
import { check, tell } from './pipeline.js';
import { shorterLook } from './shorter.js';
import { type Worker, joinWorkers } from './worker.js';

export interface RoundOptions {
  /** Everything, whether due or not. */
  all?: boolean;
  signal?: AbortSignal;
}

export interface RoundResult {
  sources: number;
  found: number;
  checked: number;
  classes: Record<string, number>;
  /** Notices whose presence changed, with what it was and is. */
  turned: { notice: string; from: Presence | 'new'; to: Presence }[];
  failures: { what: string; error: AsPostedError }[];
  delivered: number;
}

interface Round {
  parts: Parts;
  worker: Worker;
  result: RoundResult;
  /** Looked at in this round. */
  done: Set<string>;
  signal: AbortSignal | undefined;
  /** Everything is looked at, and whole. */
  all: boolean;
  /** What falls due later is the next round's: a round comes to an end however much there is. */
  begun: string;
  shared: {
    /** When events were told last. */
    toldAt: number;
    /** Sources that are being asked: what they name is this round's. */
    asking: Set<Promise<unknown>>;
    /** Gone from between others of their lists: looked at in this round, whichever lane has the turn at their host by then. */
    missing: Set<string>;
  };
}

/** Of one host at a time, so that others may take what comes next. */
const AT_ONCE = 20;

export async function watchRound(parts: Parts, { all = false, signal }: RoundOptions = {}): Promise<RoundResult> {
  const result: RoundResult = { sources: 0, found: 0, checked: 0, classes: {}, turned: [], failures: [], delivered: 0 };
  const worker = await joinWorkers(parts);
  const round: Round = {
    parts,
    worker,
    result,
    done: new Set(),
    signal,
    all,
    begun: instant(parts.clock.now()),
    shared: { toldAt: parts.clock.now().getTime(), asking: new Set(), missing: new Set() },
  };
  try {
    await (all ? everything(round) : inLanes(round));
  } finally {
    await worker.leave();
  }
  if (!signal?.aborted) await tellNow(round);
  return result;
}

async function tellNow(round: Round): Promise<void> {
  const { parts, result, shared } = round;
  shared.toldAt = parts.clock.now().getTime();
  const told = await tell(parts);
  result.delivered += told.delivered;
  result.failures.push(...told.failed.map((error) => ({ what: 'alerts', error })));
}

async function everything(round: Round): Promise<void> {
  const ids = (kind: ScheduledKind): Promise<string[]> => scheduledIds(round.parts.store.database, [kind]);
  const missing: string[] = [];
  for (const id of await ids('source')) {
    const row = await take(round, id);
    if (row) missing.push(...(await askSource(round, row)));
  }
  for (const id of missing) await byId(round, id);
  // Addresses first: the notices they turn out to be were then looked at.
  for (const id of await ids('address')) await byId(round, id);
  for (const id of await ids('notice')) await byId(round, id);
}

/** Gives what is gone from between others of its list. */
async function askSource({ parts, result, done, worker }: Round, { id }: DueRow): Promise<string[]> {
  done.add(id);
  return letGoAfter(parts, [id], async () => {
    const source = await sourceById(parts.store.database, id);
    if (source?.state !== 'active') return [];
    worker.check();
    result.sources += 1;
    parts.progress(`source ${source.name}: asking for addresses`);
    const { missing, found, failure } = await discover(parts, source);
    if (failure) result.failures.push({ what: `source ${source.name}`, error: failure });
    result.found += found;
    return missing;
  });
}

async function letGoAfter<T>({ store }: Parts, ids: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await letRowsGo(store.database, ids);
  }
}

/** Several hosts at a time: what makes looks slow is the pause between two at one host. */
async function inLanes(round: Round): Promise<void> {
  const lanes = Math.max(1, Math.floor(round.parts.settings['watch.lanes']));
  const stop = new AbortController();
  const signal = round.signal ? AbortSignal.any([round.signal, stop.signal]) : stop.signal;
  const lane = async (worker: Worker): Promise<void> => {
    try {
      await lookAtDue({ ...round, worker, signal });
    } catch (error) {
      stop.abort(); // a full disk or a lost database is everybody's: the others end after the look they are at
      throw error;
    }
  };
  const others = Array.from({ length: lanes - 1 }, async () => {
    const worker = await joinWorkers(round.parts);
    await lane(worker).finally(() => worker.leave());
  });
  const ended = await Promise.allSettled([lane(round.worker), ...others]);
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

const DAY_MS = 24 * 3_600_000;

/** News does not wait for the end of a long round. */
const TELL_EVERY_MS = 60_000;

/** Sources before notices, as what is new may be gone soon. */
async function lookAtDue(round: Round): Promise<void> {
  const { parts, shared } = round;
  for (;;) {
    const [source] = await pick(round, { sources: true, most: 1 });
    if (source) {
      await askShared(round, source);
      continue;
    }
    await lookAtMissing(round);
    const rows = await pick(round, { sources: false, most: AT_ONCE });
    if (rows.length > 0) await lookAtRows(round, rows);
    else if (shared.asking.size > 0) await Promise.race(shared.asking);
    else return;
    if (parts.clock.now().getTime() - shared.toldAt >= TELL_EVERY_MS) await tellNow(round);
  }
}

async function askShared(round: Round, source: DueRow): Promise<void> {
  const { asking, missing } = round.shared;
  const asked = askSource(round, source);
  const ended = asked.catch(() => undefined); // this lane hears of it, the others only wait for it
  asking.add(ended);
  try {
    for (const id of await asked) missing.add(id);
  } finally {
    asking.delete(ended);
  }
}

/** The turn at a host may be another lane's: that one comes by here when it has done with it. */
async function lookAtMissing(round: Round): Promise<void> {
  const { missing } = round.shared;
  for (const id of missing) {
    const row = await take(round, id);
    if (!row) continue;
    missing.delete(id);
    await letGoAfter(round.parts, [id], () => checkRow(round, row));
  }
}

async function lookAtRows(round: Round, rows: readonly DueRow[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await letGoAfter(round.parts, ids, async () => {
    for (const row of rows) {
      // What else is due there is the next round's, even if a clock that falls back picks it again.
      if ((await isPaused(round, row)) || (await isSpent(round, row))) {
        for (const id of ids) round.done.add(id);
        return;
      }
      await checkRow(round, row);
    }
  });
}

/** So many looks a day, and no more: whoever set that knows the host. */
async function isSpent({ parts }: Round, { url }: DueRow): Promise<boolean> {
  const most = parts.settings['watch.budget'];
  if (most <= 0) return false;
  const from = instant(new Date(parts.clock.now().getTime() - DAY_MS));
  return (await looksAtHost(parts.store.database, { host: new URL(url).host, from })) >= most;
}

/** It refused, or does not answer. */
async function isPaused({ parts }: Round, { url }: DueRow): Promise<boolean> {
  const until = await hostPausedUntil(parts.store.database, new URL(url).host);
  return until !== undefined && until > instant(parts.clock.now());
}

/** What was looked at is passed over: one that is due again at once is the next round's. */
async function pick(
  { parts, worker, signal, done, begun }: Round,
  want: { sources: boolean; most: number },
): Promise<DueRow[]> {
  const { database } = parts.store;
  if (signal?.aborted) return [];
  worker.check();
  await releaseAll(database, worker.id);
  return pickDue(database, { worker: worker.id, now: begun, not: [...done], ...want });
}

async function take({ parts, worker, signal, done }: Round, id: string): Promise<DueRow | undefined> {
  if (signal?.aborted || done.has(id)) return undefined;
  await releaseAll(parts.store.database, worker.id);
  return takeOne(parts.store.database, { worker: worker.id, id });
}

async function byId(round: Round, id: string): Promise<void> {
  const row = await take(round, id);
  if (row) await letGoAfter(round.parts, [id], () => checkRow(round, row));
}

async function checkRow(round: Round, due: DueRow): Promise<void> {
  const { parts, result, done, worker, signal } = round;
  if (signal?.aborted || done.has(due.id)) return;
  const { database } = parts.store;
  worker.check();
  done.add(due.id);
  const source = due.sourceId === null ? undefined : await sourceById(database, due.sourceId);
  const context = {
    ...(due.key === null ? {} : { noticeKey: due.key }),
    ...(source ? { source: source.key as never } : {}),
  };
  parts.progress(`${source && due.kind === 'address' ? `source ${source.name}:` : 'checking'} ${due.url}`);
  let fetchOptions: FetchOptions;
  try {
    fetchOptions = await fetchOptionsOf(source?.options ?? {});
  } catch (thrown) {
    // A setting of one source: its notices cannot be checked, the others can.
    const message = `${due.url} was not checked`;
    result.failures.push({ what: due.url, error: asError(thrown, { code: 'BAD_SETTING', message }) });
    return;
  }
  // A browser renders the whole page or none.
  const mayBeShort = due.kind === 'notice' && !due.whole && !round.all && fetchOptions.browser === undefined;
  const shorter = mayBeShort ? await shorterLook(parts, due) : undefined;
  const { look } = await check(parts, { url: due.url, context, fetchOptions, shorter });
  count(result, due.url, look);
  if (look.verdict.class === 'moved') await followMove(round, look.verdict.to, { url: due.url, context, fetchOptions });
  const id = due.kind === 'address' ? (await findAddress(database, due.url))?.noticeId : due.id;
  if (id === undefined) return;
  done.add(id);
  const now = await noticePresence(database, id);
  if (due.presence === null || now === undefined || now === due.presence) return;
  result.turned.push({ notice: id, from: due.presence, to: now });
  // "Still standing at …" needs a fresh look, not the index (facts/copies §11).
  if (now === 'removed') await recheckCopies(round, id);
}

interface Move {
  url: string;
  context: CheckContext;
  fetchOptions: FetchOptions;
}

/** Where the platform says it moved to is watched from then on, as a notice of its own; within the platform only, as the page is anybody's. */
async function followMove({ parts, result }: Round, to: string, { url, context, fetchOptions }: Move): Promise<void> {
  if (!URL.canParse(to, url)) return;
  const target = new URL(to, url);
  if (target.host !== new URL(url).host || (await findAddress(parts.store.database, target.href))) return;
  parts.progress(`moved: ${target.href}`);
  const { source } = context;
  const { look } = await check(parts, { url: target.href, context: source ? { source } : {}, fetchOptions });
  count(result, target.href, look);
}

async function recheckCopies(round: Round, removed: string): Promise<void> {
  const { parts, worker, done, signal } = round;
  for (const copy of await holdersOf(parts, removed as NoticeId)) {
    if (done.has(copy) || signal?.aborted) continue;
    // Beside what this worker is at: nothing of that is let go of.
    const row = await takeOne(parts.store.database, { worker: worker.id, id: copy });
    if (row) await letGoAfter(parts, [copy], () => checkRow(round, row));
  }
}

function count(result: RoundResult, url: string, look: { verdict: { class: string }; failure?: AsPostedError }): void {
  result.checked += 1;
  result.classes[look.verdict.class] = (result.classes[look.verdict.class] ?? 0) + 1;
  if (look.failure) result.failures.push({ what: url, error: look.failure });
}
