import { asError } from '../model/index.js';
import { writeWhole } from '../preserve/index.js';

/** A bundle cut by a full disk must not lie about as if it were one. */
export async function writeOut(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(path, bytes, 0o644);
  } catch (thrown) {
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
