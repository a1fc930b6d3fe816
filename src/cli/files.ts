import { open, rename, rm } from 'node:fs/promises';
import { asError } from '../model/index.js';

/** Whole or not at all: a bundle cut by a full disk must not lie about as if it were one. */
export async function writeOut(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    const file = await open(part, 'w', 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (thrown) {
    await rm(part, { force: true });
    const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC';
    throw asError(thrown, {
      code: full ? 'VAULT_FULL' : 'BAD_INPUT',
      message: `${path} could not be written`,
      hint: full
        ? 'Free some space and try again; the store is untouched.'
        : 'Check that the folder exists and may be written to.',
    });
  }
}
