/**
 * The whole store read, every broken thing named (ARCHITECTURE, “Two kinds of data”): what is *seen* is never touched, what is
 * *made* can be made again. One thing that is broken keeps nothing else from being looked at.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AsPostedError, type SeenRecord, type Sha256, type Vault, asError } from '../model/index.js';
import { type LogInspection, type Problem, closeKey, inspectLog, tilePath, writeWhole } from '../preserve/index.js';
import type { StoreUnderCheck } from '../store/index.js';
import { isFailed, verifyExhibitBytes } from '../verify/index.js';
import type { Parts } from './parts.js';
import { checkRows } from './fsck-rows.js';

export interface FsckReport {
  entries: number;
  exhibits: number;
  /** Everything that is wrong now, one sentence each. */
  problems: string[];
  /** Those of them that are evidence: exit 5. */
  damaged: string[];
  /** Those of them that can be made again with `repair`. */
  made: string[];
  /** What was wrong and has been made again. */
  repaired: string[];
  /** Vault objects no record names: harmless, never deleted. */
  unreferenced: { objects: number; bytes: number };
  /** Files of writes that were cut off; the vault’s go by themselves. */
  leftovers: number;
  /** What could not be looked at, and why. */
  notChecked: string[];
}

export interface FsckOptions {
  /** Make again what is made. */
  repair: boolean;
  signal?: AbortSignal;
}

/** Throws INTERRUPTED, and what keeps a repair from being written. */
export async function fsck(
  store: StoreUnderCheck,
  parts: Omit<Parts, 'store'>,
  { repair, signal }: FsckOptions,
): Promise<FsckReport> {
  const run = new Run(parts.progress, signal);
  await checkKeys(run, store, repair);
  const log = await checkLog(run, store, repair);
  const referenced = await checkRecords(run, store, log);
  const unreferenced = await checkUnreferenced(run, store.vault, referenced);
  const notChecked = await checkRows(store, parts, { run, repair });
  if (run.hasSeen) notChecked.push('whether objects are named by entries that cannot be read');
  const { entries, exhibits, repaired } = run;
  const left = { problems: run.all(), damaged: run.all('seen'), made: run.all('made') };
  return { entries, exhibits, ...left, repaired, unreferenced, leftovers: await leftoversOf(store.dir), notChecked };
}

/** What a run has found so far. */
export class Run {
  readonly problems: Problem[] = [];
  readonly repaired: string[] = [];
  entries = 0;
  exhibits = 0;
  private readonly tell: (line: string) => void;
  private readonly signal: AbortSignal | undefined;

  constructor(tell: (line: string) => void, signal: AbortSignal | undefined) {
    this.tell = tell;
    this.signal = signal;
  }

  /** Between two steps: says how far it is, and stops when asked to. */
  step(line: string): void {
    if (this.signal?.aborted) throw new AsPostedError({ code: 'INTERRUPTED', message: 'interrupted', retry: 'now' });
    this.tell(`fsck: ${line}`);
  }

  /** Problems that were repaired are told as such; the others stand. */
  settle(found: readonly Problem[], repaired: boolean): void {
    if (repaired) this.repaired.push(...found.map(({ what }) => what));
    else this.problems.push(...found);
  }

  all(wanted?: Problem['kind']): string[] {
    return this.problems.filter(({ kind }) => wanted === undefined || kind === wanted).map(({ what }) => what);
  }

  get hasSeen(): boolean {
    return this.all('seen').length > 0;
  }
}

async function checkKeys(run: Run, { keys }: StoreUnderCheck, repair: boolean): Promise<void> {
  run.step('keys');
  if (repair) for (const path of keys.open) await closeKey(path);
  run.settle(
    keys.problems.filter(({ kind }) => kind === 'seen'),
    false,
  );
  run.settle(
    keys.problems.filter(({ kind }) => kind === 'made'),
    repair,
  );
}

/** Hash tiles are remade as the signed root says; afterwards the log is looked at again. */
async function checkLog(run: Run, store: StoreUnderCheck, repair: boolean): Promise<LogInspection> {
  run.step('log');
  const dir = join(store.dir, 'log');
  const folder = { dir, origin: store.origin, vkey: store.keys.signer?.vkey };
  let log = await inspectLog(folder);
  if (repair && log.remake.length > 0) {
    const before = log.problems;
    await store.lease(async () => {
      for (const { level, n, width, bytes } of log.remake) await writeTile(tilePath(dir, level, n, width), bytes);
    });
    log = await inspectLog(folder);
    const still = new Set(log.problems.map(({ what }) => what));
    run.settle(
      before.filter(({ what }) => !still.has(what)),
      true,
    );
  }
  run.settle(log.problems, false);
  run.entries = log.size;
  return log;
}

async function writeTile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(path, bytes);
  } catch (thrown) {
    throw asError(thrown, { code: 'STORE_FAILED', message: `${path} could not be written` });
  }
}

/** Every record that can be reached, and every object it names. Gives the names of all of them. */
async function checkRecords(run: Run, { vault }: StoreUnderCheck, log: LogInspection): Promise<Set<string>> {
  const referenced = new Set<string>();
  for await (const { index, leaf } of log.leaves()) {
    if (index % 100 === 0) run.step(`entry ${index} of ${log.size}`);
    if (!leaf) {
      run.problems.push({ kind: 'seen', what: `log entry ${index}: it is not a leaf of this format` });
      continue;
    }
    if (leaf.type === 'exhibit') run.exhibits += 1;
    referenced.add(leaf.record);
    const what = await problemOf(vault, leaf.record, referenced);
    if (what !== undefined) run.problems.push({ kind: 'seen', what: `log entry ${index}: ${what}` });
  }
  return referenced;
}

async function problemOf(vault: Vault, hash: Sha256, referenced: Set<string>): Promise<string | undefined> {
  try {
    const record = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await vault.get(hash))) as SeenRecord;
    const objects = record.type === 'listVersion' ? Object.values(record.objects) : [];
    for (const object of record.type === 'exhibit' ? [record.warc.sha256] : objects) referenced.add(object);
    for (const object of objects) await lengthOf(vault.open(object));
    if (record.type === 'exhibit') await verifyExhibitBytes(vault.open(record.warc.sha256), record);
    return undefined;
  } catch (error) {
    if (isFailed(error)) return `${error.claim.claim}: ${error.claim.detail}`;
    return asError(error, { code: 'VAULT_CORRUPT', message: `the vault's object ${hash} cannot be read as a record` })
      .message;
  }
}

/** The vault says at the end whether the bytes have their hash. */
async function lengthOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const piece of bytes) length += piece.length;
  return length;
}

/** A crash between object and record leaves one; it is read all the same: the same bytes, captured again, would rest on it. */
async function checkUnreferenced(
  run: Run,
  vault: Vault,
  referenced: ReadonlySet<string>,
): Promise<FsckReport['unreferenced']> {
  run.step('objects nobody refers to');
  const found = { objects: 0, bytes: 0 };
  for await (const hash of vault.list()) {
    if (referenced.has(hash)) continue;
    found.objects += 1;
    try {
      found.bytes += await lengthOf(vault.open(hash));
    } catch (error) {
      const { message } = asError(error, {
        code: 'VAULT_CORRUPT',
        message: `the vault's object ${hash} cannot be read`,
      });
      run.problems.push({ kind: 'seen', what: `${message}; no record refers to it: move it away` });
    }
  }
  return found;
}

async function leftoversOf(dir: string): Promise<number> {
  let count = 0;
  for (const folder of ['vault/incoming', 'log', 'keys']) {
    const names = await readdir(join(dir, folder), { recursive: true }).catch(() => []);
    count += names.filter((name) => name.endsWith('.part')).length;
  }
  return count;
}
