/** A log with a vault and a key of its own in a folder, as a store has them, without a database. */
import { join } from 'node:path';
import type { Vault } from '../../model/index.js';
import { type OpenRecordLog, loadOrCreateLogKey, openFolderVault, openRecordLog } from '../index.js';

export async function openTestLog(dir: string, origin = 'log.test/own'): Promise<{ log: OpenRecordLog; vault: Vault }> {
  const signer = await loadOrCreateLogKey(join(dir, 'keys'), origin);
  const vault = await openFolderVault(join(dir, 'vault'));
  return { vault, log: await openRecordLog({ dir: join(dir, 'log'), vault, signer, origin, lease: (work) => work() }) };
}
