/**
 * The keys of a log on disk. Which of them signs what follows from the statements in the log (verify/key-statement.ts); the
 * folder holds the secrets and a copy of the statements, and is put in order from the log after a crash (key-change.ts).
 *
 *   keys/log.key         the newest key, made on first use
 *   keys/log-<n>.key     an older one that still signs beside it; gone once it is retired
 *   keys/log.next.key    a key that was made for a change that is not finished, or never began
 *   keys/log.notes       the statements, oldest first
 */
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { link, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AsPostedError, asError } from '../model/index.js';
import {
  type KeyChain,
  type KeyPeriod,
  type KeyStatement,
  type VerifierKey,
  addStatement,
  keyChain,
  parseKey,
  splitKeyStatements,
  utf8,
} from '../verify/index.js';
import { syncFolder } from './folder-vault.js';
import { type NoteSigner, createKeyFile, signAll, signerOf } from './keys.js';
import { writeWhole } from './write-whole.js';

const NEWEST = 'log.key';
const NEXT = 'log.next.key';
const NOTES = 'log.notes';
const EMPTY: KeyChain = { keys: [], statements: [] };

/**
 * The log's keys in `dir`; the first one is made when there is none, unless the log is there already: one that lost its key must
 * not get another unnoticed. The name of each is the log's origin.
 */
export async function loadOrCreateLogKey(dir: string, origin: string, { create = true } = {}): Promise<LogKeys> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const known = readdirSync(dir).some((name) => /^log(?:-\d+|\.next)?\.(?:key|notes)$/.test(name));
    if (!known && create) await createKeyFile(join(dir, NEWEST));
    return new LogKeys(origin, dir);
  } catch (thrown) {
    throw asError(thrown, {
      code: 'STORE_FAILED',
      message: `the log key ${join(dir, NEWEST)} cannot be read or made`,
      hint: 'Restore it from a backup: a log signed by another key is another log.',
    });
  }
}

export class LogKeys implements NoteSigner {
  readonly name: string;
  private readonly dir: string | undefined;
  private notes: string | undefined;
  private chain: KeyChain = EMPTY;
  private files = new Map<string, NoteSigner>();

  /** Without a folder: one key that never changes. */
  constructor(name: string, from: string | NoteSigner) {
    this.name = name;
    this.dir = typeof from === 'string' ? from : undefined;
    if (typeof from !== 'string') this.files.set(NEWEST, from);
    this.refresh();
  }

  /** Another process may have changed the key: read again before anything is signed, or called forged. */
  refresh(): void {
    const { dir } = this;
    if (dir === undefined) return;
    // Files may be renamed between two looks of one reading: then the next reading finds them.
    for (let tries = 3; tries > 0; tries--) {
      this.readFolder(dir);
      if (this.signer(this.vkey)) return;
    }
    throw damaged(join(dir, NEWEST), `it is not the key ${this.vkey} that the log names`);
  }

  private readFolder(dir: string): void {
    const notesPath = join(dir, NOTES);
    const notes = existsSync(notesPath) ? readFileSync(notesPath, 'utf8') : undefined;
    if (notes !== this.notes) {
      const chain = keyChain(splitKeyStatements(notes ?? ''), this.name);
      if (typeof chain === 'string') throw damaged(notesPath, chain);
      [this.notes, this.chain] = [notes, chain];
    }
    const names = readdirSync(dir).filter((name) => /^log(?:-\d+|\.next)?\.key$/.test(name));
    this.files = new Map(names.flatMap((name) => this.read(join(dir, name)).map((each) => [name, each] as const)));
  }

  private read(path: string): NoteSigner[] {
    try {
      return [signerOf(createPrivateKey(readFileSync(path)), this.name)];
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw asError(thrown, {
        code: 'STORE_FAILED',
        message: `the log key ${path} cannot be read`,
        hint: 'Restore it from a backup.',
      });
    }
  }

  /** The newest key. */
  get vkey(): string {
    const vkey = this.chain.keys.at(-1)?.key.text ?? this.files.get(NEWEST)?.vkey;
    if (vkey === undefined) throw damaged(join(this.dir ?? '', NEWEST), 'it is missing');
    return vkey;
  }

  signer(vkey: string): NoteSigner | undefined {
    return [...this.files.values()].find((each) => each.vkey === vkey);
  }

  get newest(): NoteSigner {
    return this.signer(this.vkey)!; // refresh has looked
  }

  /** The key of a change under way. */
  get next(): NoteSigner | undefined {
    const next = this.files.get(NEXT);
    return next && this.periods().every(({ key }) => key.text !== next.vkey) ? next : undefined;
  }

  /** Older keys that still sign, as far as their secrets are here. */
  get older(): NoteSigner[] {
    const active = this.periods()
      .slice(0, -1)
      .filter(({ ended }) => !ended);
    return active.map(({ key }) => this.signer(key.text)).filter((each) => each !== undefined);
  }

  /** Any short text, by the newest key. */
  sign(text: string): string {
    this.refresh();
    return this.newest.sign(text);
  }

  /** By the newest key, and by each older one until it is retired: readers who know only that one go on verifying. */
  signCheckpoint(text: string): string {
    return signAll(text, [this.newest, ...this.older]);
  }

  /** All keys, the first one first. */
  periods(): KeyPeriod[] {
    if (this.chain.keys.length > 0) return this.chain.keys;
    return [{ key: parseKey(this.files.get(NEWEST)?.vkey ?? '')!, from: 0 }];
  }

  /**
   * The keys that may have signed a checkpoint of this size. The newest one may sign older trees again, so that bundles need
   * one key only; one that has ended signed nothing beyond its last size.
   */
  keysFor(size: number): VerifierKey[] {
    const known = this.periods().filter(({ to = Infinity }) => size <= to);
    const { next } = this;
    return [...known.map(({ key }) => key), ...(next ? [parseKey(next.vkey)!] : [])];
  }

  get statements(): readonly KeyStatement[] {
    return this.chain.statements;
  }

  /** The copy of the statements was never made: of a store that an earlier version made, or restored in part. */
  get unread(): boolean {
    return this.dir !== undefined && this.notes === undefined;
  }

  /** The key for a change, durable before anything names it. One left by a change that came to nothing is used. */
  async makeNext(): Promise<NoteSigner> {
    if (this.dir === undefined) throw damaged('keys', 'this log has no folder of keys');
    await createKeyFile(join(this.dir, NEXT));
    this.refresh();
    return this.files.get(NEXT)!;
  }

  /**
   * Takes over what the log says and puts the files in order. Each step is whole, and doing it again changes nothing: the
   * statements first, for they say which file is which.
   */
  async settle(fresh: readonly KeyStatement[], done: (step: string) => void = () => undefined): Promise<void> {
    const { dir } = this;
    if (dir === undefined) return;
    const chain: KeyChain = {
      keys: this.chain.keys.map((each) => ({ ...each })),
      statements: [...this.chain.statements],
    };
    for (const statement of fresh) {
      const wrong = addStatement(chain, statement);
      if (wrong !== undefined) throw damaged(join(dir, NOTES), wrong);
    }
    const text = chain.statements.map(({ note }) => note).join('');
    if (text !== this.notes) await writeWhole(join(dir, NOTES), utf8(text));
    done('noted');
    this.refresh();
    await this.place(dir, done);
    this.refresh();
  }

  private async place(dir: string, done: (step: string) => void): Promise<void> {
    const periods = this.periods();
    const old = this.files.get(NEWEST);
    if (this.files.get(NEXT)?.vkey === this.vkey) {
      const at = periods.findIndex(({ key }) => key.text === old?.vkey);
      // Linked before the new one takes its name: at no moment is a key that still signs without a file.
      if (at >= 0 && !periods[at]!.ended)
        await link(join(dir, NEWEST), join(dir, `log-${at + 1}.key`)).catch((error: unknown) => {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        });
      await syncFolder(dir);
      done('linked');
      await rename(join(dir, NEXT), join(dir, NEWEST));
      await syncFolder(dir);
      done('placed');
    }
    for (const [name, { vkey }] of this.files) {
      const ended = periods.find(({ key }) => key.text === vkey)?.ended;
      if (ended && name !== NEWEST && name !== NEXT) await rm(join(dir, name), { force: true });
    }
    await syncFolder(dir);
  }

  /** Something of a finished change is still to be put in order. */
  get untidy(): boolean {
    const ended = (vkey: string): boolean => this.periods().some(({ key, ended: by }) => by && key.text === vkey);
    return [...this.files].some(([name, { vkey }]) => ended(vkey) || (name === NEXT && vkey === this.vkey));
  }
}

function damaged(path: string, why: string): AsPostedError {
  return new AsPostedError({
    code: 'STORE_FAILED',
    message: `the log’s keys cannot be used: ${path}: ${why}`,
    hint: 'Restore the folder keys from a backup: a log signed by another key is another log.',
  });
}
