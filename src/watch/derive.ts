/**
 * From the log to *made* rows. Records are indexed in log order; then every notice they touch is made anew from all its
 * records. `rebuild` is the same function run on empty tables, so it cannot give other answers.
 */
import {
  type ExhibitRecord,
  type NoticeId,
  type ObservationRecord,
  type PageVerdict,
  type Reading,
  type SeenRecord,
  idFromHash,
} from '../model/index.js';
import { readCapture, readingText, visibleText } from '../read/index.js';
import {
  type Database,
  type FileRow,
  type Indexed,
  type MadeEvent,
  type Queryable,
  type Rescreened,
  accountRemovals,
  appliedSize,
  currentPolicy,
  dirtyAccount,
  dirtyIds,
  dirtyTurns,
  findAddress,
  findExhibitByHash,
  insertCase,
  insertClaim,
  insertDecision,
  insertDelivery,
  insertExhibit,
  insertFiles,
  insertListVersion,
  insertObservation,
  insertPolicy,
  insertRecord,
  insertStatement,
  insertTriage,
  learnAddresses,
  learnCounting,
  listTurns,
  markDirty,
  markEditedDirty,
  markMadeDirty,
  mustRemake,
  noteDiscovery,
  putEvent,
  resetDatabase,
  saveAccountEvents,
  saveListEvents,
  setExhibitVerdict,
  sourceById,
  unschedule,
  undirty,
  upsertSource,
} from '../store/index.js';
import { PRESENCE_DEFAULTS, besideControls } from '../compare/index.js';
import { nameKey } from '../screen/index.js';
import { accountEvents, silenceOf } from './events.js';
import { sha256 } from './keep.js';
import { filesIn } from './kept-files.js';
import { listEvents } from './list-turns.js';
import { loadListed, refreshLists } from './lists.js';
import { dropIndexFiles } from './screening-index.js';
import { recordedVerdict } from './look.js';
import { makeNotice } from './make.js';
import type { Parts } from './parts.js';
import { forgetPassages, savePassages, takeInText } from './passages.js';
import { addressId, planHost, planNamed, planSource } from './plan.js';
import { withRecordedPolicy } from './policy.js';
import { readInputOf } from './replay.js';

export interface Derived {
  /** For each list that changed, how many notices were asked again. */
  rescreened: Rescreened[];
}

interface Running {
  now: Promise<Derived>;
  next?: Promise<Derived>;
}

const RUNNING = new WeakMap<Parts['store'], Running>();

/**
 * Brings the rows up to the log's size. Safe to call at any time, by several processes: one does the work, the others wait. Within a
 * process all who wait are served by one further run, as the one that is under way may have read the log's size before them.
 */
export function derive(parts: Parts): Promise<Derived> {
  const running = RUNNING.get(parts.store);
  if (running) return (running.next ??= running.now.catch(() => undefined).then(() => start(parts))); // its own caller hears of its failure
  return start(parts);
}

function start(parts: Parts): Promise<Derived> {
  const running: Running = { now: deriveOnce(parts) };
  RUNNING.set(parts.store, running);
  const ended = (): void => {
    if (!running.next) RUNNING.delete(parts.store);
  };
  running.now.then(ended, ended);
  return running.now;
}

async function deriveOnce(parts: Parts): Promise<Derived> {
  return parts.store.database.withLock('derive', async () => {
    if (await mustRemake(parts.store.database)) await dropMade(parts);
    const rescreened = await indexNewRecords(parts);
    await savePassages(parts);
    await makeDirtyNotices(parts);
    return { rescreened };
  });
}

/** Throws away everything made and makes it again from vault and log. */
export async function rebuild(parts: Parts): Promise<{ records: number }> {
  await parts.store.database.withLock('derive', () => dropMade(parts));
  await derive(parts);
  return { records: await parts.store.log.size() };
}

async function dropMade({ store }: Parts): Promise<void> {
  await resetDatabase(store.database, store.schema);
  forgetPassages(store);
  await dropIndexFiles(store.dir);
}

async function indexNewRecords(parts: Parts): Promise<Rescreened[]> {
  const { database, log } = parts.store;
  for await (const { index, leaf } of log.leaves(await appliedSize(database))) {
    await indexRecord(parts, { index, hash: leaf.record, record: await parts.store.readRecord(leaf.record) });
  }
  return refreshLists(parts);
}

async function indexRecord(parts: Parts, indexed: Indexed): Promise<void> {
  const read = indexed.record.type === 'exhibit' ? await readExhibit(parts, indexed.record) : undefined;
  try {
    await parts.store.database.transaction((db) => indexInto(parts, db, indexed, read));
  } catch (error) {
    forgetPassages(parts.store); // it may have taken in what the rows did not
    throw error;
  }
}

async function indexInto(parts: Parts, db: Queryable, indexed: Indexed, read: ReadExhibit | undefined): Promise<void> {
  await insertRecord(db, indexed);
  const { record } = indexed;
  const of = <R extends SeenRecord>(narrowed: R): Indexed<R> => ({ ...indexed, record: narrowed });
  switch (record.type) {
    case 'source':
      await upsertSource(db, of(record));
      return markDirty(db, [idFromHash('S', record.key)]);
    case 'exhibit':
      return indexExhibit(parts, db, of(record), read!);
    case 'observation':
      return indexObservation(db, of(record));
    case 'listVersion':
      return insertListVersion(db, of(record));
    case 'case':
      await insertCase(db, of(record));
      return markMadeDirty(db, record.notices); // what is cited is looked at oftener
    case 'claim':
      return insertClaim(db, of(record));
    case 'statement':
      await insertStatement(db, of(record));
      return record.kind === 'added' ? markMadeDirty(db, record.about ?? []) : undefined;
    case 'decision':
      await insertDecision(db, of(record), nameKey(record.name));
      return record.notice === undefined ? undefined : markMadeDirty(db, [record.notice]);
    case 'triage':
      return insertTriage(db, of(record));
    case 'delivery':
      return insertDelivery(db, of(record));
    case 'policy':
      return insertPolicy(db, of(record));
    case 'key':
      return; // nothing is made of it: the log itself reads it (preserve/log-keys.ts)
  }
}

interface ReadExhibit {
  reading: Reading;
  files: FileRow[];
}

async function readExhibit({ store: { vault } }: Parts, record: ExhibitRecord): Promise<ReadExhibit> {
  const open = (): ReturnType<typeof vault.open> => vault.open(record.warc.sha256);
  const reading = readCapture(await readInputOf(open(), record));
  return { reading, files: await filesIn(open, record, reading) };
}

async function indexExhibit(
  parts: Parts,
  db: Queryable,
  each: Indexed<ExhibitRecord>,
  { reading, files }: ReadExhibit,
): Promise<void> {
  const { record } = each;
  const identity = await identityOf(db, record.url, reading);
  const noticeId = noticeIdOf(identity.key);
  // Where a page that is gone sends us is some other page's address: its front page would be this notice from then on.
  const { own } = reading.links;
  const led = reading.verdict.class === 'live' ? [record.finalUrl, ...(own === undefined ? [] : [own])] : [];
  const urls = [record.url, ...led];
  await learnAddresses(db, { urls, identity, noticeId, index: each.index });
  const text = readingText(reading);
  await insertExhibit(db, { ...each, noticeId, reading, text, textHash: sha256(visibleText(reading)) });
  const exhibitId = idFromHash('E', each.hash);
  await insertFiles(db, exhibitId, files);
  if (reading.verdict.class === 'live')
    await takeInText(parts, db, { exhibitId, noticeId, text, account: reading.account, url: record.url });
  await markDirty(db, [noticeId]);
}

/** A page that still names itself tells the key; a notice in its place, or a 404, belongs to whatever stood at that address. */
async function identityOf(db: Queryable, url: string, reading: Reading): Promise<Reading['identity']> {
  if (reading.verdict.class === 'live' && !reading.identity.provisional) return reading.identity;
  const known = await findAddress(db, url);
  return known ? { key: known.noticeKey, provisional: known.provisional } : { ...reading.identity, provisional: true };
}

export function noticeIdOf(key: string): NoticeId {
  return idFromHash('N', sha256(`notice\n${key}`));
}

async function indexObservation(db: Queryable, each: Indexed<ObservationRecord>): Promise<void> {
  const { record } = each;
  await planHost(db, record);
  if (record.role === 'discovery') {
    await insertObservation(db, { ...each, noticeId: null, verdict: recordedVerdict(record.concluded, record.rule) });
    if (record.source) {
      await noteAsked(db, record.source, record);
      await markDirty(db, [idFromHash('S', record.source)]);
    }
    await planNamed(db, record);
    return;
  }
  await unschedule(db, [addressId(record.url)]);
  const known = await findAddress(db, record.url);
  const key = known?.noticeKey ?? record.noticeKey ?? `url:${record.url}`;
  const noticeId = noticeIdOf(key);
  if (!known) {
    const identity = { key, provisional: record.noticeKey === undefined };
    await learnAddresses(db, { urls: [record.url], identity, noticeId, index: each.index });
  }
  await insertObservation(db, { ...each, noticeId, verdict: await judge(db, record) });
  await markDirty(db, [noticeId]);
  await learnCounts(db, record, noticeId);
}

/** Told by the thresholds that were on record by then: what comes later, another interval too, unsays nothing. */
async function noteAsked(db: Queryable, key: string, record: ObservationRecord): Promise<void> {
  const source = await noteDiscovery(db, key, record);
  const policy = await currentPolicy(db);
  const least = policy?.['watch.unreachable'] ?? PRESENCE_DEFAULTS.unreachableAfter;
  const silence = source && silenceOf(source, record, least);
  if (silence) await putEvent(db, silence);
}

async function learnCounts(db: Queryable, { url, controls }: ObservationRecord, notice: NoticeId): Promise<void> {
  const shapes = controls?.flatMap(({ counting = [] }) => counting) ?? [];
  if (shapes.length === 0) return;
  const { host } = new URL(url);
  if (await learnCounting(db, { host, notice, shapes })) await markEditedDirty(db, host);
}

/**
 * The verdict of today's reader over the bytes, beside the controls of the check; what was concluded then only where no bytes were
 * kept. The exhibit carries it from then on: whoever asks what a page stood as asks its exhibit.
 */
async function judge(db: Queryable, record: ObservationRecord): Promise<PageVerdict> {
  const exhibit = record.exhibit && (await findExhibitByHash(db, record.exhibit));
  if (!exhibit) return besideControls(recordedVerdict(record.concluded, record.rule), record);
  const verdict = besideControls(exhibit.reading.verdict, record);
  if (verdict !== exhibit.reading.verdict) await setExhibitVerdict(db, exhibit.hash, verdict);
  return verdict;
}

async function makeDirtyNotices(parts: Parts): Promise<void> {
  const { database } = parts.store;
  let due = await dirtyIds(database);
  if (due.length === 0) return;
  const listed = await loadListed(parts);
  const making = await withRecordedPolicy(parts);
  while (due.length > 0) {
    for (const id of due) {
      const [account, entry] = [dirtyAccount(id), dirtyTurns(id)];
      if (account !== undefined) await makeAccount(database, account);
      else if (entry !== undefined) await makeListEvents(database, entry);
      else if (id.startsWith('S-')) await replanSource(database, id);
      else await makeNotice(making, listed, id as NoticeId);
    }
    // Making one notice may touch the copies of others, which then are due; their second making changes nothing more. Accounts
    // and entries of lists are due after their notices: their events are made of all of them.
    due = await dirtyIds(database);
  }
}

async function makeAccount(database: Database, account: string): Promise<void> {
  const events = accountEvents(account, await accountRemovals(database, account));
  await saveAccountEvents(database, { account, events });
}

async function makeListEvents(database: Database, key: string): Promise<void> {
  const events = listEvents(await listTurns(database, key));
  await saveListEvents(database, { key, events: events as Omit<MadeEvent, 'other'>[] });
}

async function replanSource(database: Database, id: string): Promise<void> {
  const source = await sourceById(database, id);
  await database.transaction(async (db) => {
    if (source) await planSource(db, source);
    await undirty(db, id);
  });
}
