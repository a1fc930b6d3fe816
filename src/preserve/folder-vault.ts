import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AsPostedError, type Sha256, type Vault, asSha256, isSha256 } from '../model/index.js';
import { sha256Hex } from '../verify/index.js';

/** The file operations the vault uses, handed in so that a test can stand for a full disk. */
export interface VaultFiles {
  /** Writes and fsyncs a new file; must leave nothing behind when it throws. */
  writeNew(path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
}

export const diskFiles: VaultFiles = {
  writeNew: async (path, bytes) => {
    const file = await open(path, 'wx', 0o444);
    try {
      await writeFile(file, bytes);
      await file.sync();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    await file.close();
  },
};

/** A file that nobody wrote to for so long belongs to a process that was killed. */
const ABANDONED_MS = 3_600_000;

/**
 * A folder of objects named by their SHA-256: `objects/ab/cdef…`. An object is there whole or not at all: it is written
 * under another name, synced, and renamed; names come from hashes only, so nothing fetched ever becomes a path.
 */
export async function openFolderVault(dir: string, files: VaultFiles = diskFiles): Promise<Vault> {
  const objects = join(dir, 'objects');
  const incoming = join(dir, 'incoming');
  for (const folder of [objects, incoming]) await mkdir(folder, { recursive: true, mode: 0o700 });
  await clearAbandoned(incoming);
  const pathOf = (hash: Sha256): string => {
    if (!isSha256(hash)) throw new AsPostedError({ code: 'BAD_INPUT', message: 'an object name is not a SHA-256' });
    return join(objects, hash.slice(0, 2), hash.slice(2));
  };
  return {
    put: async (bytes) => {
      const hash = sha256Hex(bytes);
      const path = pathOf(hash);
      if (!(await exists(path))) await store({ incoming, pathOf, files }, bytes, () => hash);
      return hash;
    },
    putStream: async (source) => {
      const hash = createHash('sha256');
      let length = 0;
      const counted = (async function* () {
        for await (const piece of source) {
          hash.update(piece);
          length += piece.length;
          yield piece;
        }
      })();
      const name = await store({ incoming, pathOf, files }, counted, () => asSha256(hash.digest('hex')));
      return { hash: name, length };
    },
    get: async (hash) => {
      const bytes = await readFile(pathOf(hash)).catch((cause: unknown) => {
        throw readError(hash, cause);
      });
      if (sha256Hex(bytes) !== hash) throw corrupt(hash);
      return bytes;
    },
    open: async function* (hash) {
      const path = pathOf(hash);
      const digest = createHash('sha256');
      try {
        for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 })) {
          digest.update(piece as Buffer);
          yield piece as Buffer;
        }
      } catch (cause) {
        throw readError(hash, cause);
      }
      if (digest.digest('hex') !== hash) throw corrupt(hash);
    },
    has: (hash) => exists(pathOf(hash)),
    list: async function* () {
      for (const folder of (await readdir(objects)).sort()) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue;
        for (const name of (await readdir(join(objects, folder))).sort())
          if (isSha256(folder + name)) yield (folder + name) as Sha256;
      }
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

function readError(hash: Sha256, cause: unknown): unknown {
  if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') return cause;
  return new AsPostedError({ code: 'NOT_FOUND', message: `the vault has no object ${hash}`, cause });
}

function corrupt(hash: Sha256): AsPostedError {
  return new AsPostedError({
    code: 'VAULT_CORRUPT',
    message: `the vault's object ${hash} no longer has that hash`,
    hint: 'Restore the file from a backup; `asposted fsck` names everything that is broken.',
  });
}

interface Shelf {
  incoming: string;
  pathOf: (hash: Sha256) => string;
  files: VaultFiles;
}

/** The name is asked for once the bytes are written: of a stream it is not known before. */
async function store(
  { incoming, pathOf, files }: Shelf,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  nameOf: () => Sha256,
): Promise<Sha256> {
  const part = join(incoming, `${randomBytes(8).toString('hex')}.part`);
  try {
    await files.writeNew(part, bytes);
    const name = nameOf();
    const path = pathOf(name);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Written once: one that is there already has the same bytes.
    await ((await exists(path)) ? rm(part) : rename(part, path));
    await syncFolder(folder);
    await syncFolder(dirname(folder));
    return name;
  } catch (cause) {
    await rm(part, { force: true });
    throw cause instanceof AsPostedError ? cause : writeError(part, cause);
  }
}

async function clearAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const written = await stat(path).catch(() => undefined); // another process finished with it meanwhile
    if (written && Date.now() - written.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
  }
}

/** A name is durable only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function writeError(path: string, cause: unknown): AsPostedError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AsPostedError({
      code: 'VAULT_FULL',
      retry: 'later',
      message: `there is no space left to write ${path}`,
      hint: 'Free some space and run the command again; everything acknowledged so far is kept.',
      cause,
    });
  }
  return new AsPostedError({ code: 'STORE_FAILED', retry: 'later', message: `${path} could not be written`, cause });
}
