import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { AsPostedError } from '../../model/index.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { need } from '../output.js';

export default defineCommand({
  name: 'restore',
  summary: 'Make a store from a copy that `backup` made.',
  usage: ['FOLDER'],
  description:
    'The store of --store or ASPOSTED_STORE must not be there yet. The copy is left as it is, each object is checked against its hash, and the rows are made again. The log goes on where the copy ends: when the lost store had signed later checkpoints, anybody who holds one sees two histories. `asposted log checkpoint` says what the restored one covers; compare it with the newest bundle or witness before you go on.',
  examples: ['asposted restore /mnt/backup/asposted --store ./evidence && asposted fsck --store ./evidence'],
  run: async (context) => {
    const from = resolve(need(context.parsed.words[0], 'a folder', 'restore FOLDER'));
    const { storeDir } = context;
    if (existsSync(storeDir) && readdirSync(storeDir).length > 0)
      throw new AsPostedError({
        code: 'BAD_INPUT',
        message: `${storeDir} is not empty`,
        hint: 'Name a folder that is not there yet with --store; nothing is ever written over a store.',
      });
    const { copyStore } = await import('../../store/index.js');
    const { damaged } = await copyStore(from, storeDir, { signal: context.signal });
    if (damaged.length > 0) {
      for (const hash of damaged) context.err(`broken in the copy: ${hash}`);
      throw new AsPostedError({
        code: 'VAULT_CORRUPT',
        message: `${damaged.length} objects of ${from} are not what their names say`,
        hint: `What could be copied is in ${storeDir}. Bring these from another copy into its vault/objects, then asposted rebuild.`,
      });
    }
    const parts = await context.open({ leaveRows: true });
    const { rebuild } = await import('../../watch/index.js');
    const { records } = await rebuild(parts);
    const entries = await parts.store.log.size();
    context.out(
      context.json
        ? JSON.stringify({ type: 'restore', store: storeDir, origin: parts.store.log.origin, entries, records })
        : `${storeDir}: ${entries} log entries of ${parts.store.log.origin}, rows made again from ${records} records`,
    );
    context.err(
      'next: asposted fsck, and asposted log checkpoint   (nobody may hold a later one of this log: see asposted help restore)',
    );
    return EXIT.done;
  },
});
