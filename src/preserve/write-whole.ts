import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './folder-vault.js';

/** Whole or not at all, durable on return: written beside, synced, renamed. Leaves nothing behind when it throws. */
export async function writeWhole(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeSynced(part, bytes, mode);
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * For what is made once and must never be replaced (the log's key, the store's name): when two commands make it at the
 * same moment, the first one's stays and both go on with it.
 */
export async function writeOnce(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  const part = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    await writeSynced(part, bytes, mode);
    await link(part, path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    await syncFolder(dirname(path));
  } finally {
    await rm(part, { force: true });
  }
}

async function writeSynced(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
