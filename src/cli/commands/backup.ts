import { resolve } from 'node:path';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { need } from '../output.js';

export default defineCommand({
  name: 'backup',
  summary: 'Copy everything that cannot be made again to a folder; again, only what is new.',
  usage: ['FOLDER'],
  description:
    'Copies log, vault, keys, settings, accounts and published dossiers; the database is made again from them (`asposted restore`). Others may go on writing meanwhile. Each object is checked against its hash on the way; one that is broken is named, not copied, and an earlier copy of it stays (exit 5). The folder holds the keys of the log: keep it as you keep the store.',
  examples: ['asposted backup /mnt/backup/asposted'],
  run: async (context) => {
    const target = resolve(need(context.parsed.words[0], 'a folder', 'backup FOLDER'));
    const { store } = await context.open({ offline: true, leaveRows: true });
    const { copyStore } = await import('../../store/index.js');
    const report = await copyStore(store.dir, target, {
      signal: context.signal,
      alone: (work) => store.database.withLock('log', work),
      progress: (objects) => {
        if (process.stderr.isTTY) context.err(`${objects} objects`);
      },
    });
    const { copied, present, bytes, damaged } = report;
    context.out(
      context.json
        ? JSON.stringify({ type: 'backup', folder: target, ...report })
        : [
            `${target}: ${copied} objects copied, ${bytes} bytes; ${present} were there`,
            ...damaged.map((hash) => `broken in the store, not copied: ${hash}`),
          ].join('\n'),
    );
    if (damaged.length > 0) context.err('next: asposted fsck   (names what rests on them)');
    return damaged.length > 0 ? EXIT.verificationFailed : EXIT.done;
  },
});
