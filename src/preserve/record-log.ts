/**
 * The append-only log of seen records (facts/evidence §11, §20). One leaf a record: its type, time and hash; the record
 * itself lies in the vault. Order of an append, and what a crash leaves at each point:
 *
 *   1. records into the vault      → objects nobody refers to yet: harmless
 *   2. entry bundles, hash tiles   → files beyond the checkpoint's size: ignored, overwritten by the next append
 *   3. checkpoint, signed          → in `checkpoint.part`: whoever opens or appends next puts it in force, so that no size is signed twice
 *   4. checkpoint, by rename       → acknowledged: from here on the records are in the log
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  AsPostedError,
  type LogLeaf,
  type LoggedRecord,
  type RecordLog,
  type SeenRecord,
  type Sha256,
  type Vault,
} from '../model/index.js';
import {
  type Checkpoint,
  canonicalJson,
  consistencyProof,
  equalBytes,
  formatCheckpoint,
  formatProof,
  inclusionProof,
  leafHash,
  openCheckpoint,
  parseCanonical,
  parseCheckpoint,
  parseKey,
  fromUtf8,
  rootOf,
  splitNote,
  utf8,
} from '../verify/index.js';
import { syncFolder, writeError } from './folder-vault.js';
import {
  type KeyChangeOrder,
  type KeyChangePlan,
  type RetireOrder,
  firstUnread,
  isUnsettled,
  planRetirement,
  planRotation,
  statementsFrom,
} from './key-change.js';
import { GroupCommit } from './group-commit.js';
import { type NoteSigner, signAll } from './keys.js';
import { LogKeys } from './log-keys.js';
import { StampFolder } from './stamps.js';
import { mergeSignatures } from './witness.js';
import { writeWhole } from './write-whole.js';
import { TileHashes, WIDTH, planAppend, tilePath, unpackEntries } from './tiles.js';

export interface RecordLogOptions {
  dir: string;
  vault: Vault;
  signer: NoteSigner;
  origin: string;
  /** Runs work while no other process can append: a lock that a killed process lets go of. */
  lease: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface OpenRecordLog extends RecordLog {
  /** The newest key. */
  readonly vkey: string;
  origin: string;
  /** All keys of the log, and its statements about them. */
  readonly keys: LogKeys;
  /** Has a new key sign from now on; the older ones sign beside it until `retireKeys`, unless the last one was compromised. */
  rotateKey(order: KeyChangeOrder): Promise<LoggedRecord[]>;
  /** Ends the time of every older key. Throws BAD_INPUT when none signs any more. */
  retireKeys(order: RetireOrder): Promise<LoggedRecord[]>;
  /** A `tlog-proof` file for one leaf against a checkpoint of this log, by default `checkpointFor(index)`; its `extra` is the leaf. */
  prove(index: number, checkpoint?: string): Promise<string>;
  /** Outside time stamps over checkpoints of this log. */
  readonly stamps: StampFolder;
  /**
   * The checkpoint to prove an entry against: the newest one witnesses have cosigned if it reaches that far, else the
   * earliest that has a time stamp, else the newest.
   */
  checkpointFor(index: number): Promise<string>;
  /** Hashes that show that the tree of `newer` entries continues the one of `older`. */
  consistency(older: number, newer: number): Promise<Uint8Array[]>;
  /** The newest checkpoint with cosignatures, if there is one. */
  witnessed(): Promise<string | undefined>;
  /** Keeps a cosigned checkpoint of this log. Throws LOG_CORRUPT when it is not one the tiles lead to. */
  keepWitnessed(note: string): Promise<void>;
  leaf(index: number): Promise<LogLeaf>;
  /** Signs any short text as a note with the log's key (manifests of bundles). */
  sign(text: string): string;
  /** Reads every tile and bundle and recomputes the root: what `fsck` runs. Throws LOG_CORRUPT naming the first broken file. */
  check(): Promise<{ size: number }>;
}

/** A record that lies in the vault and not yet in the log. */
interface Stored {
  record: SeenRecord;
  hash: Sha256;
}

interface Head {
  note: string;
  size: number;
  root: Uint8Array;
}

export async function openRecordLog(options: RecordLogOptions): Promise<OpenRecordLog> {
  const { dir } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const log = new FolderLog(options);
  await log.settleLeft();
  await log.checkEdge();
  return log;
}

class FolderLog implements OpenRecordLog {
  readonly origin: string;
  readonly keys: LogKeys;
  readonly stamps: StampFolder;
  private readonly options: RecordLogOptions;

  constructor(options: RecordLogOptions) {
    this.options = options;
    const { signer, origin } = options;
    this.keys = signer instanceof LogKeys ? signer : new LogKeys(origin, signer);
    this.origin = origin;
    this.stamps = new StampFolder(options.dir);
  }

  get vkey(): string {
    return this.keys.vkey;
  }

  private get checkpointPath(): string {
    return join(this.options.dir, 'checkpoint');
  }

  private async head(): Promise<Head> {
    const { origin } = this.options;
    if (!existsSync(this.checkpointPath)) {
      const root = rootOf([]);
      return { note: this.keys.signCheckpoint(formatCheckpoint(origin, 0, root)), size: 0, root };
    }
    const note = await readFile(this.checkpointPath, 'utf8');
    const { size, root } = this.open(note);
    return { note, size, root };
  }

  private readonly read = async (level: number | 'entries', n: number, width: number): Promise<Uint8Array> => {
    const path = tilePath(this.options.dir, level, n, width);
    const exact = await readFile(path).catch(() => undefined);
    // A partial tile goes once the full one is there: a reader that holds an older checkpoint takes its beginning.
    const bytes = exact ?? (await readFile(tilePath(this.options.dir, level, n, WIDTH)).catch(() => undefined));
    if (!bytes) throw logCorrupt(path, 'the file is missing');
    if (level === 'entries') return bytes;
    if (bytes.length !== (exact ? width : WIDTH) * 32) throw logCorrupt(path, 'the file has the wrong size');
    return bytes.subarray(0, width * 32);
  };

  private async entries(n: number, width: number): Promise<Uint8Array[]> {
    const bytes = await this.read('entries', n, width);
    const entries = unpackEntries(bytes, width) ?? unpackEntries(bytes, WIDTH)?.slice(0, width);
    if (!entries)
      throw logCorrupt(
        tilePath(this.options.dir, 'entries', n, width),
        'the bundle does not hold the entries it should',
      );
    return entries;
  }

  /** The right edge only: every tile on the way to the newest root, and the newest bundle. `check` reads all. */
  async checkEdge(): Promise<void> {
    const { size, root } = await this.head();
    if (size === 0) return;
    if (!equalBytes(await new TileHashes(this.read, size).root(), root))
      throw logCorrupt(this.checkpointPath, 'the tiles do not lead to the root that was signed');
    await this.lastEntries(size);
  }

  private async lastEntries(size: number): Promise<Uint8Array[]> {
    const width = size % WIDTH;
    return width === 0 ? [] : this.entries(Math.floor(size / WIDTH), width);
  }

  async append(records: readonly SeenRecord[]): Promise<LoggedRecord[]> {
    if (records.length === 0) return [];
    return this.group.add(await this.stored(records));
  }

  private async stored(records: readonly SeenRecord[]): Promise<Stored[]> {
    const stored: Stored[] = [];
    for (const record of records)
      stored.push({ record, hash: await this.options.vault.put(utf8(canonicalJson(record))) });
    return stored;
  }

  /** Everybody in this process who waits for the lease goes into one batch. */
  private readonly group = new GroupCommit<Stored, LoggedRecord>((take) =>
    this.options.lease(async () => {
      await this.putInOrder();
      return this.integrate(take(), (text) => this.keys.signCheckpoint(text));
    }),
  );

  private async integrate(stored: readonly Stored[], sign: (text: string) => string): Promise<LoggedRecord[]> {
    const head = await this.head();
    const old = new TileHashes(this.read, head.size);
    const leaves = stored.map(({ record, hash }) => utf8(canonicalJson(leafOf(record, hash))));
    const plan = await planAppend(old, await this.lastEntries(head.size), leaves);
    // All durable before the checkpoint is signed; among themselves in any order.
    await Promise.all(
      plan.writes.map(({ level, n, width, bytes }) => this.write(tilePath(this.options.dir, level, n, width), bytes)),
    );
    await this.write(this.checkpointPath, utf8(sign(formatCheckpoint(this.origin, plan.size, plan.root))));
    for (const { level, n, width } of plan.writes) {
      if (width === WIDTH)
        await rm(`${tilePath(this.options.dir, level, n, WIDTH)}.p`, { recursive: true, force: true });
    }
    return stored.map((each, at) => ({ ...each, index: head.size + at }));
  }

  rotateKey(order: KeyChangeOrder): Promise<LoggedRecord[]> {
    return this.changeKeys(order, (tree) => planRotation(this.keys, tree, order));
  }

  retireKeys(order: RetireOrder): Promise<LoggedRecord[]> {
    return this.changeKeys(order, async (tree) => planRetirement(this.keys, tree, order));
  }

  private changeKeys({ done }: RetireOrder, plan: (tree: Head) => Promise<KeyChangePlan>): Promise<LoggedRecord[]> {
    return this.options.lease(async () => {
      await this.putInOrder();
      const { records, signers } = await plan(await this.head());
      const stored = await this.stored(records);
      done?.('stored');
      const logged = await this.integrate(stored, (text) => signAll(text, signers));
      done?.('logged');
      await this.settle(done);
      return logged;
    });
  }

  /** Under the lease, before anything is signed: what a process that died left, and what another one changed. */
  private async putInOrder(): Promise<void> {
    this.keys.refresh();
    await this.adoptSigned();
    if (isUnsettled(this.keys, await this.signedHead())) await this.settle();
  }

  /**
   * Finishes what a process that died left: a change of keys that was logged, a checkpoint that was signed. Whoever asks the
   * log what it holds must not learn of its last entries only after an append of their own.
   */
  async settleLeft(): Promise<void> {
    this.keys.refresh();
    if (!isUnsettled(this.keys, await this.signedHead()) && !(await this.signedAhead())) return;
    await this.options.lease(() => this.putInOrder());
  }

  private async signedHead(): Promise<string | undefined> {
    return existsSync(this.checkpointPath) ? this.checkpoint() : undefined;
  }

  private async settle(done?: (step: string) => void): Promise<void> {
    await this.keys.settle(await this.statementsFrom(firstUnread(this.keys)), done);
  }

  private statementsFrom(from: number): ReturnType<typeof statementsFrom> {
    const read = (hash: Sha256): Promise<Uint8Array> => this.options.vault.get(hash);
    return statementsFrom({ leaves: (first) => this.leaves(first), read }, from);
  }

  /**
   * A checkpoint that was signed but not yet renamed when its process died is put in force, not replaced: a log must never
   * sign two trees of one size. Its tiles were durable before it was signed. A torn one counts as far as its lines are whole;
   * with none there is no signature that verifies.
   */
  private async adoptSigned(): Promise<void> {
    const ahead = await this.signedAhead();
    if (!ahead) return;
    const { part, note, torn, signed } = ahead;
    if (!equalBytes(await new TileHashes(this.read, signed.size).root(), signed.root))
      throw logCorrupt(part, 'a checkpoint was signed whose tiles are not there');
    if (torn) return this.write(this.checkpointPath, utf8(note));
    await rename(part, this.checkpointPath);
    await syncFolder(this.options.dir);
  }

  /** A signed checkpoint that is not in force: left by a process that died, or about to be renamed by one that holds the lease. */
  private async signedAhead(): Promise<{ part: string; note: string; torn: boolean; signed: Checkpoint } | undefined> {
    const part = `${this.checkpointPath}.part`;
    const written = existsSync(part) ? await readFile(part, 'utf8').catch(goneMeanwhile) : undefined;
    if (written === undefined) return undefined;
    const note = written.slice(0, written.lastIndexOf('\n') + 1);
    const signed = this.opened(note);
    if (!signed || signed.size <= (await this.size())) return undefined;
    return { part, note, torn: note !== written, signed };
  }

  private async write(path: string, bytes: Uint8Array): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeWhole(path, bytes);
    } catch (cause) {
      throw writeError(path, cause);
    }
  }

  sign(text: string): string {
    return this.keys.sign(text);
  }

  async size(): Promise<number> {
    return (await this.head()).size;
  }

  async checkpoint(): Promise<string> {
    return (await this.head()).note;
  }

  async *leaves(from: number): AsyncGenerator<{ index: number; leaf: LogLeaf }> {
    const { size } = await this.head();
    for (let n = Math.floor(from / WIDTH); n * WIDTH < size; n++) {
      const entries = await this.entries(n, Math.min(WIDTH, size - n * WIDTH));
      for (const [at, entry] of entries.entries()) {
        const index = n * WIDTH + at;
        if (index >= from) yield { index, leaf: parseLeaf(entry, index) };
      }
    }
  }

  async leaf(index: number): Promise<LogLeaf> {
    const size = await this.size();
    if (!Number.isSafeInteger(index) || index < 0 || index >= size)
      throw new AsPostedError({ code: 'NOT_FOUND', message: `the log has no entry ${index}` });
    const n = Math.floor(index / WIDTH);
    const entries = await this.entries(n, Math.min(WIDTH, size - n * WIDTH));
    return parseLeaf(entries[index % WIDTH]!, index);
  }

  async prove(index: number, checkpoint?: string): Promise<string> {
    const leaf = await this.leaf(index);
    const note = checkpoint ?? (await this.checkpointFor(index));
    const { size } = this.open(note);
    const tiles = new TileHashes(this.read, size);
    const hashes = await inclusionProof(index, size, (from, to) => tiles.subtree(from, to));
    return formatProof({ extra: leafBytes(leaf), index, hashes, checkpoint: note });
  }

  async checkpointFor(index: number): Promise<string> {
    const witnessed = await this.witnessed();
    if (witnessed !== undefined && this.open(witnessed).size > index) return this.byNewest(witnessed);
    const stamped = await this.stamps.firstOver(index);
    if (stamped === undefined) return this.checkpoint();
    const note = await this.stamps.checkpoint(stamped);
    return this.byNewest(note, join(this.options.dir, 'stamped', String(stamped), 'checkpoint'));
  }

  /** An older checkpoint of this log, signed by its newest key as well: the tree is looked at first. */
  private async byNewest(note: string, path?: string): Promise<string> {
    const { size, root } = this.open(note, path);
    const { text } = splitNote(note)!;
    this.keys.refresh();
    if (openCheckpoint(note, [parseKey(this.vkey)!], this.origin)) return note;
    if (size > (await this.size()) || !equalBytes(await new TileHashes(this.read, size).root(), root))
      throw logCorrupt(path ?? this.checkpointPath, 'a checkpoint kept there is not one of this log');
    return mergeSignatures(note, this.keys.newest.sign(text).slice(text.length + 1));
  }

  async consistency(older: number, newer: number): Promise<Uint8Array[]> {
    const tiles = new TileHashes(this.read, newer);
    return consistencyProof(older, newer, (from, to) => tiles.subtree(from, to));
  }

  private get witnessedPath(): string {
    return join(this.options.dir, 'witnessed');
  }

  async witnessed(): Promise<string | undefined> {
    if (!existsSync(this.witnessedPath)) return undefined;
    const note = await readFile(this.witnessedPath, 'utf8');
    this.open(note, this.witnessedPath);
    return note;
  }

  async keepWitnessed(note: string): Promise<void> {
    const { size, root } = this.open(note);
    if (size > (await this.size()) || !equalBytes(await new TileHashes(this.read, size).root(), root))
      throw logCorrupt(this.witnessedPath, 'the cosigned checkpoint is not one of this log');
    await this.write(this.witnessedPath, utf8(note));
  }

  /** A checkpoint signed by a key of this log, in that key’s time. Another process may have changed the key. */
  private open(note: string, path = this.checkpointPath): Checkpoint {
    const checkpoint = this.opened(note) ?? (this.keys.refresh(), this.opened(note));
    if (!checkpoint) throw logCorrupt(path, 'the checkpoint is not signed by this log’s key');
    return checkpoint;
  }

  private opened(note: string): Checkpoint | undefined {
    const claimed = parseCheckpoint(splitNote(note)?.text ?? '');
    return claimed && openCheckpoint(note, this.keys.keysFor(claimed.size), this.origin);
  }

  async check(): Promise<{ size: number }> {
    const { size, root } = await this.head();
    const tiles = new TileHashes(this.read, size);
    for (let n = 0; n * WIDTH < size; n++) {
      const width = Math.min(WIDTH, size - n * WIDTH);
      const hashes = await tiles.tile(0, n);
      const entries = await this.entries(n, width);
      const wrong = entries.findIndex((entry, at) => !equalBytes(leafHash(entry), hashes[at]!));
      if (wrong >= 0)
        throw logCorrupt(
          tilePath(this.options.dir, 0, n, width),
          `entry ${n * WIDTH + wrong} does not have the hash in its tile`,
        );
    }
    // Roots from level 0 alone, so that a wrong tile of a higher level cannot hide.
    const whole = size === 0 ? await tiles.root() : await rootFromLeaves(tiles, size);
    if (!equalBytes(whole, root) || !equalBytes(await tiles.root(), root))
      throw logCorrupt(this.checkpointPath, 'the entries do not lead to the root that was signed');
    await this.checkKeys();
    const witnessed = await this.witnessed();
    if (witnessed !== undefined) {
      const seen = this.open(witnessed);
      if (seen.size > size || !equalBytes(await new TileHashes(this.read, seen.size).root(), seen.root))
        throw logCorrupt(this.witnessedPath, 'witnesses have seen another history of this log');
    }
    return { size };
  }

  private async checkKeys(): Promise<void> {
    const notes = (await this.statementsFrom(0)).map(({ note }) => note);
    if (notes.join('') !== this.keys.statements.map(({ note }) => note).join(''))
      throw logCorrupt('keys/log.notes', 'the statements about keys are not those in the log');
  }
}

async function rootFromLeaves(tiles: TileHashes, size: number): Promise<Uint8Array> {
  const leaves: Uint8Array[] = [];
  for (let n = 0; n * WIDTH < size; n++) leaves.push(...(await tiles.tile(0, n)));
  return rootOf(leaves);
}

export function leafOf(record: SeenRecord, hash: Sha256): LogLeaf {
  return { v: 1, type: record.type, at: record.at, record: hash };
}

export function leafBytes(leaf: LogLeaf): Uint8Array {
  return utf8(canonicalJson(leaf));
}

function parseLeaf(entry: Uint8Array, index: number): LogLeaf {
  const text = fromUtf8(entry);
  const leaf = text === undefined ? undefined : (parseCanonical(text) as Partial<LogLeaf> | undefined);
  if (leaf?.v !== 1 || typeof leaf.record !== 'string' || typeof leaf.type !== 'string')
    throw logCorrupt(`entry ${index}`, 'it is not a leaf of this format');
  return leaf as LogLeaf;
}

/** Renamed by the process that wrote it. */
function goneMeanwhile(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

function logCorrupt(where: string, why: string, cause?: unknown): AsPostedError {
  return new AsPostedError({
    code: 'LOG_CORRUPT',
    message: `the log is damaged at ${where}: ${why}`,
    hint: 'Restore the log folder from a backup; nothing is written to a damaged log.',
    cause,
  });
}
