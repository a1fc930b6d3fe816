/** One round of watching: sources that are due, then notices that are due, then what there is to tell. */
import { type AsPostedError, type FetchOptions, type Presence, asError, instant } from '../model/index.js';
import {
  type DueRow,
  type SourceDocument,
  copyPartners,
  dueNotices,
  findAddress,
  firstUrl,
  listSources,
  noticePresence,
  sourceOfNotice,
} from '../store/index.js';
import { discover, fetchOptionsOf } from './discover.js';
import type { Parts } from './parts.js';
import type { CheckContext } from './keep.js';
import { check, tell } from './pipeline.js';

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

export async function watchRound(parts: Parts, { all = false, signal }: RoundOptions = {}): Promise<RoundResult> {
  const result: RoundResult = { sources: 0, found: 0, checked: 0, classes: {}, turned: [], failures: [], delivered: 0 };
  const checkedNow = new Set<string>();
  const sources = (await listSources(parts.store.database)).filter(({ state }) => state === 'active');
  const missing: DueRow[] = [];
  for (const source of sources) {
    if (signal?.aborted) return result;
    if (all || isDue(source, parts.clock.now())) missing.push(...(await runSource(parts, source, result, checkedNow)));
  }
  const byId = new Map(sources.map((source) => [source.id, source]));
  const due = await dueNotices(parts.store.database, all ? null : instant(parts.clock.now()));
  for (const each of [...missing, ...due]) {
    if (signal?.aborted) return result;
    if (!checkedNow.has(each.id)) await checkNotice(parts, each, { result, checkedNow, byId });
  }
  const told = await tell(parts);
  result.delivered = told.delivered;
  result.failures.push(...told.failed.map((error) => ({ what: 'alerts', error })));
  return result;
}

function isDue(source: SourceDocument, now: Date): boolean {
  return source.lastRun === null || Date.parse(source.lastRun) + source.everyMs <= now.getTime();
}

/** Checks what is new; returns what is gone from between others of the list. */
async function runSource(
  parts: Parts,
  source: SourceDocument,
  result: RoundResult,
  checkedNow: Set<string>,
): Promise<DueRow[]> {
  result.sources += 1;
  parts.progress(`source ${source.name}: asking for addresses`);
  const { fresh, missing, found, failure } = await discover(parts, source);
  if (failure) result.failures.push({ what: `source ${source.name}`, error: failure });
  result.found += found;
  if (fresh.length === 0) return missing;
  const fetchOptions = await fetchOptionsOf(source.options);
  for (const url of fresh) {
    parts.progress(`source ${source.name}: ${url}`);
    const checked = await check(parts, { url, context: { source: source.key as never }, fetchOptions });
    count(result, url, checked.look);
    const known = await findAddress(parts.store.database, url);
    if (known) checkedNow.add(known.noticeId);
  }
  return missing;
}

interface RoundState {
  result: RoundResult;
  checkedNow: Set<string>;
  byId: Map<string, SourceDocument>;
}

async function checkNotice(parts: Parts, due: DueRow, state: RoundState): Promise<void> {
  const { database } = parts.store;
  state.checkedNow.add(due.id);
  const source = state.byId.get((await sourceOfNotice(database, due.id)) ?? '');
  const context = { noticeKey: due.key, ...(source ? { source: source.key as never } : {}) };
  parts.progress(`checking ${due.url}`);
  let fetchOptions: FetchOptions;
  try {
    fetchOptions = await fetchOptionsOf(source?.options ?? {});
  } catch (thrown) {
    // A setting of one source: its notices cannot be checked, the others can.
    const message = `${due.url} was not checked`;
    state.result.failures.push({ what: due.url, error: asError(thrown, { code: 'BAD_SETTING', message }) });
    return;
  }
  const { look } = await check(parts, { url: due.url, context, fetchOptions });
  count(state.result, due.url, look);
  if (look.verdict.class === 'moved')
    await followMove(parts, look.verdict.to, { url: due.url, context, fetchOptions, state });
  const now = await noticePresence(database, due.id);
  if (now === undefined || now === due.presence) return;
  state.result.turned.push({ notice: due.id, from: due.presence, to: now });
  // "Still standing at …" needs a fresh look, not the index (facts/copies §11).
  if (now === 'removed') await recheckCopies(parts, due.id, state);
}

interface Move {
  url: string;
  context: CheckContext;
  fetchOptions: FetchOptions;
  state: RoundState;
}

/** Where the platform says it moved to is watched from then on, as a notice of its own; within the platform only, as the page is anybody's. */
async function followMove(parts: Parts, to: string, { url, context, fetchOptions, state }: Move): Promise<void> {
  if (!URL.canParse(to, url)) return;
  const target = new URL(to, url);
  if (target.host !== new URL(url).host || (await findAddress(parts.store.database, target.href))) return;
  parts.progress(`moved: ${target.href}`);
  const { source } = context;
  const { look } = await check(parts, { url: target.href, context: source ? { source } : {}, fetchOptions });
  count(state.result, target.href, look);
}

async function recheckCopies(parts: Parts, removed: string, state: RoundState): Promise<void> {
  for (const copy of await copyPartners(parts.store.database, removed)) {
    if (state.checkedNow.has(copy)) continue;
    const address = await firstUrl(parts.store.database, copy);
    const presence = await noticePresence(parts.store.database, copy);
    if (!address || presence === undefined) continue;
    await checkNotice(parts, { id: copy, url: address.url, key: address.noticeKey, presence }, state);
  }
}

function count(result: RoundResult, url: string, look: { verdict: { class: string }; failure?: AsPostedError }): void {
  result.checked += 1;
  result.classes[look.verdict.class] = (result.classes[look.verdict.class] ?? 0) + 1;
  if (look.failure) result.failures.push({ what: url, error: look.failure });
}
