/**
 * The index of the lists as a file of the store, so that a command is ready in a fraction of the time it takes to make one.
 * It is made, like a row: whatever is wrong with it, it is made anew from the entries. Whole bytes are held against their
 * own hash, because a flipped bit here would be a wrong answer about somebody.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../preserve/index.js';

const FOLDER = 'made';
const HASH = 32;

/** What the code of the matcher is: another build reads names otherwise, and must not read this one's index. */
async function codeVersion(): Promise<string> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..');
  const hash = createHash('sha256');
  for (const stage of ['model', 'screen', 'text'])
    for (const name of (await readdir(join(folder, stage), { recursive: true })).sort()) {
      const { size, mtimeMs } = statSync(join(folder, stage, name));
      hash.update(`${stage}/${name} ${size} ${mtimeMs}\n`);
    }
  return hash.digest('hex');
}

const fileOf = async (key: string): Promise<string> =>
  `screening-${createHash('sha256')
    .update(`${await codeVersion()} ${key}`)
    .digest('hex')
    .slice(0, 24)}.index`;

/** The bytes that were kept under this key; undefined when there are none, or not these, which `tell` says. */
export async function readIndexFile(
  dir: string,
  key: string,
  tell: (line: string) => void,
): Promise<SharedArrayBuffer | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(join(dir, FOLDER, await fileOf(key)));
    const { size } = await file.stat();
    const shared = new SharedArrayBuffer(Math.max(0, size - HASH));
    const stated = Buffer.alloc(HASH);
    await readFully(file, Buffer.from(shared), 0);
    await readFully(file, stated, shared.byteLength);
    if (createHash('sha256').update(Buffer.from(shared)).digest().equals(stated)) return shared;
    throw new Error('its bytes do not have its hash');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      tell(`the index of the lists is made anew: ${(error as Error).message}`);
    return undefined;
  } finally {
    await file?.close();
  }
}

async function readFully(file: FileHandle, into: Buffer, from: number): Promise<void> {
  for (let at = 0; at < into.length;) {
    const { bytesRead } = await file.read(into, at, Math.min(into.length - at, 1 << 26), from + at);
    if (bytesRead === 0) throw new Error('the file is shorter than it was');
    at += bytesRead;
  }
}

/** Keeps the bytes, and nothing older. A store on a full or read-only disk goes on without, which `tell` says. */
export async function writeIndexFile(
  dir: string,
  key: string,
  { shared, tell }: { shared: SharedArrayBuffer; tell: (line: string) => void },
): Promise<void> {
  const bytes = Buffer.from(shared);
  const name = await fileOf(key);
  try {
    await mkdir(join(dir, FOLDER), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256').update(bytes).digest();
    await writeWhole(join(dir, FOLDER, name), Buffer.concat([bytes, hash]));
    for (const other of await readdir(join(dir, FOLDER)))
      if (other.startsWith('screening-') && other.endsWith('.index') && other !== name)
        await rm(join(dir, FOLDER, other), { force: true });
  } catch (error) {
    tell(`the index of the lists could not be kept, and is made again next time: ${(error as Error).message}`);
  }
}

/** A rebuild uses nothing that was made before. */
export async function dropIndexFiles(dir: string): Promise<void> {
  await rm(join(dir, FOLDER), { recursive: true, force: true });
}
