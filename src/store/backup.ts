/**
 * Copies of what was seen, to a folder and back. The copy has the layout of a store without what can be made again, so it is one as
 * soon as the rows are made. It may be taken while others write: what a checkpoint covers is whole before that checkpoint is signed, so
 * the checkpoint is read first and written last (facts/evidence, C2SP tlog-tiles: entries, then tiles, then the checkpoint).
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, lstat, mkdir, open, readFile, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { AsPostedError } from '../model/index.js';
import { writeWhole } from '../preserve/index.js';

/** Made again, or of no use to anybody else: the database and its socket, what was in the middle of being written or sent. */
const LEFT_OUT = new Set(['pg', 'pg.making', 'run', 'spool', 'made', 'alerts', 'vault', 'log', 'format']);

/** How far a file's time may lie behind ours: coarse clocks of file systems. */
const CLOCK_STEPS_MS = 5_000;

export interface BackupReport {
  /** Objects that were copied, and those that lay there already. */
  copied: number;
  present: number;
  /** Bytes that were copied, of objects. */
  bytes: number;
  /** Objects whose bytes are not those of their name, in the folder that was read. They are not copied; an earlier copy stays. */
  damaged: string[];
}

export interface BackupOptions {
  signal?: AbortSignal;
  /** Told after each thousand objects. */
  progress?: (objects: number) => void;
  /** Runs its work while nobody writes to the log, so that keys and checkpoint fit each other. */
  alone?: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Brings `target` to the state of the store in `source`: files that are there already are read no second time. Throws BAD_INPUT where
 * the target holds something else than a copy of this store, or one folder lies in the other; NO_STORE where there is nothing to copy.
 */
export async function copyStore(source: string, target: string, options: BackupOptions = {}): Promise<BackupReport> {
  const alone = options.alone ?? ((work) => work());
  if (!existsSync(join(source, 'format')))
    throw new AsPostedError({ code: 'NO_STORE', message: `there is no store in ${source}` });
  await checkTarget(source, target);
  await mkdir(target, { recursive: true, mode: 0o700 });
  // Most of the log while others write; then, while they wait, what was written meanwhile: a checkpoint needs the partial tiles of its size.
  const [log, logCopy, began] = [join(source, 'log'), join(target, 'log'), Date.now() - CLOCK_STEPS_MS];
  const own = { except: join(log, 'checkpoint') };
  await copyFolder(log, logCopy, own);
  const checkpoint = await alone(async () => {
    await copyFolder(log, logCopy, { ...own, since: began });
    await copyRest(source, target);
    return readIfThere(join(log, 'checkpoint'));
  });
  const report = await copyObjects(join(source, 'vault', 'objects'), join(target, 'vault', 'objects'), options);
  if (checkpoint !== undefined) await writeWhole(join(target, 'log', 'checkpoint'), checkpoint);
  // Last: it says that the rest is there.
  await writeWhole(join(target, 'format'), await readFile(join(source, 'format')));
  return report;
}

async function checkTarget(source: string, target: string): Promise<void> {
  const [from, to] = [await realpath(source), await resolved(target)];
  if (`${from}${sep}`.startsWith(`${to}${sep}`) || `${to}${sep}`.startsWith(`${from}${sep}`))
    throw new AsPostedError({ code: 'BAD_INPUT', message: `${target} and ${source} lie in each other` });
  const held = existsSync(target) ? await readdir(target) : [];
  if (held.length === 0) return;
  const [mine, theirs] = await Promise.all([source, target].map((dir) => readIfThere(join(dir, 'origin'))));
  if (theirs !== undefined && mine?.equals(theirs) === true) return;
  const message =
    theirs === undefined
      ? `${target} is not empty and holds no copy of a store`
      : `${target} holds a copy of another store: ${theirs.toString('utf8').trim()}`;
  throw new AsPostedError({ code: 'BAD_INPUT', message, hint: 'Name an empty folder, or the one of the copy before.' });
}

/** The real place of a path whose last parts need not be there yet. */
async function resolved(path: string): Promise<string> {
  if (existsSync(path) || dirname(path) === path) return realpath(path);
  return join(await resolved(dirname(path)), path.slice(dirname(path).length));
}

/** Keys, settings, accounts, published dossiers, and whatever later versions put beside them. */
async function copyRest(source: string, target: string): Promise<void> {
  for (const name of (await readdir(source)).sort()) {
    if (LEFT_OUT.has(name)) continue;
    const from = join(source, name);
    const found = await lstat(from);
    if (found.isDirectory()) await copyFolder(from, join(target, name));
    else if (found.isFile()) await copyChanged(from, join(target, name));
  }
}

interface Narrowed {
  /** The path of one file that is left out. */
  except?: string;
  /** Only files that were written at or after it, by the clock of the disk. */
  since?: number;
}

async function copyFolder(source: string, target: string, narrowed: Narrowed = {}): Promise<void> {
  const { except, since = 0 } = narrowed;
  const entries = await readdir(source, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  await mkdir(target, { recursive: true, mode: 0o700 });
  for (const entry of entries) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (from === except || entry.name.endsWith('.part')) continue;
    if (entry.isDirectory()) await copyFolder(from, to, narrowed);
    else if (entry.isFile() && (since === 0 || (await changedAt(from)) >= since)) await copyChanged(from, to);
  }
}

/** When it was last written; for one that is gone, never. */
const changedAt = (path: string): Promise<number> =>
  lstat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

async function copyChanged(from: string, to: string): Promise<void> {
  // A partial tile goes as soon as a fuller one is there.
  const [bytes, held] = [await readIfThere(from), await readIfThere(to)];
  if (bytes === undefined || held?.equals(bytes) === true) return;
  await writeWhole(to, bytes, (await lstat(from)).mode & 0o777);
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
}

async function copyObjects(source: string, target: string, { signal, progress }: BackupOptions): Promise<BackupReport> {
  const report: BackupReport = { copied: 0, present: 0, bytes: 0, damaged: [] };
  for (const folder of (await readdir(source)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) {
    await mkdir(join(target, folder), { recursive: true, mode: 0o700 });
    const held = new Set(await readdir(join(target, folder)));
    for (const name of (await readdir(join(source, folder))).filter((each) => /^[0-9a-f]{62}$/.test(each)).sort()) {
      if (signal?.aborted)
        throw new AsPostedError({ code: 'INTERRUPTED', message: 'stopped; what was copied stays', retry: 'now' });
      const bytes = held.has(name) ? undefined : await copyObject(join(source, folder, name), target, folder, name);
      if (bytes !== undefined && bytes < 0) report.damaged.push(folder + name);
      else if (bytes === undefined) report.present += 1;
      else [report.copied, report.bytes] = [report.copied + 1, report.bytes + bytes];
      if ((report.copied + report.present) % 1_000 === 0) progress?.(report.copied + report.present);
    }
  }
  return report;
}

/** How many bytes were copied, or -1 when they are not those that the name says. */
async function copyObject(from: string, target: string, folder: string, name: string): Promise<number> {
  const part = join(target, folder, `${name}.${randomBytes(6).toString('hex')}.part`);
  try {
    await copyFile(from, part);
    const file = await open(part, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    // Of the copy, not of what was read: a disk that writes something else is found too.
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of createReadStream(part)) {
      hash.update(piece as Buffer);
      bytes += (piece as Buffer).length;
    }
    if (hash.digest('hex') !== folder + name) return -1;
    await rename(part, join(target, folder, name));
    return bytes;
  } finally {
    await rm(part, { force: true });
  }
}
