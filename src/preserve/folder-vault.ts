import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AsPostedError, type Sha256, type Vault, isSha256 } from '../model/index.js';
import { sha256Hex } from '../verify/index.js';

/** The file operations the vault uses, handed in so that a test can stand for a full disk. */
export interface VaultFiles {
  /** Writes and fsyncs a new file; must leave nothing behind when it throws. */
  writeNew(path: string, bytes: Uint8Array): Promise<void>;
}

export const diskFiles: VaultFiles = {
  writeNew: async (path, bytes) => {
    const file = await open(path, 'wx', 0o444);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    await file.close();
  },
};

/**
 * A folder of objects named by their SHA-256: `objects/ab/cdef…`. An object is there whole or not at all: it is written
 * under another name, synced, and renamed; names come from hashes only, so nothing fetched ever becomes a path.
 */
export async function openFolderVault(dir: string, files: VaultFiles = diskFiles): Promise<Vault> {
  const objects = join(dir, 'objects');
  await mkdir(objects, { recursive: true, mode: 0o700 });
  const pathOf = (hash: Sha256): string => {
    if (!isSha256(hash)) throw new AsPostedError({ code: 'BAD_INPUT', message: 'an object name is not a SHA-256' });
    return join(objects, hash.slice(0, 2), hash.slice(2));
  };
  return {
    put: async (bytes) => {
      const hash = sha256Hex(bytes);
      const path = pathOf(hash);
      if (!(await exists(path))) await store(path, bytes, files);
      return hash;
    },
    get: async (hash) => {
      let bytes: Buffer;
      try {
        bytes = await readFile(pathOf(hash));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
        throw new AsPostedError({ code: 'NOT_FOUND', message: `the vault has no object ${hash}`, cause });
      }
      if (sha256Hex(bytes) !== hash) {
        throw new AsPostedError({
          code: 'VAULT_CORRUPT',
          message: `the vault's object ${hash} no longer has that hash`,
          hint: 'Restore the file from a backup; `asposted fsck` names everything that is broken.',
        });
      }
      return bytes;
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

async function store(path: string, bytes: Uint8Array, files: VaultFiles): Promise<void> {
  const folder = dirname(path);
  const part = join(folder, `${randomBytes(8).toString('hex')}.part`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await files.writeNew(part, bytes);
    await rename(part, path);
    await syncFolder(folder);
    await syncFolder(dirname(folder));
  } catch (cause) {
    await rm(part, { force: true });
    throw writeError(path, cause);
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
