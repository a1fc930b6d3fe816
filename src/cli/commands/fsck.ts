import { AsPostedError, type Sha256 } from '../../model/index.js';
import type { Parts } from '../../watch/index.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';

export default defineCommand({
  name: 'fsck',
  summary: 'Check the whole store: every log entry, every record, every capture.',
  usage: [''],
  description:
    'Recomputes the log from its leaves, reads every record and every WARC, checks every digest, and holds every kept time stamp against its checkpoint. Exit 5 when anything does not have its hash.',
  examples: ['asposted fsck'],
  run: async (context) => {
    const parts = await context.open({ leaveRows: true });
    const { stampProblems } = await import('../../preserve/index.js');
    const { size } = await parts.store.log.check();
    const problems: string[] = [];
    let exhibits = 0;
    for await (const { index, leaf } of parts.store.log.leaves(0)) {
      if (context.signal.aborted)
        throw new AsPostedError({ code: 'INTERRUPTED', message: 'interrupted', retry: 'now' });
      if (leaf.type === 'exhibit') exhibits += 1;
      problems.push(...(await problemsOf(parts, index, leaf.record)));
    }
    problems.push(...(await stampProblems(parts.store.log)));
    if (context.json) context.out(JSON.stringify({ type: 'fsck', entries: size, exhibits, problems }));
    else
      context.out(
        `${size} log entries, ${exhibits} exhibits, ${problems.length} problems${problems.map((each) => `\n${each}`).join('')}`,
      );
    return problems.length > 0 ? EXIT.verificationFailed : EXIT.done;
  },
});

/** The vault says at the end whether the bytes have their hash. */
async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = bytes[Symbol.asyncIterator]();
  while (!(await pieces.next()).done);
}

async function problemsOf({ store }: Parts, index: number, hash: Sha256): Promise<string[]> {
  const { verifyExhibitBytes, isFailed } = await import('../../verify/index.js');
  try {
    const record = await store.readRecord(hash);
    if (record.type === 'listVersion')
      for (const object of Object.values(record.objects)) await drain(store.vault.open(object));
    if (record.type === 'exhibit') await verifyExhibitBytes(store.vault.open(record.warc.sha256), record);
    return [];
  } catch (error) {
    if (error instanceof AsPostedError) return [`log entry ${index}: ${error.message}`];
    if (isFailed(error)) return [`log entry ${index}: ${error.claim.claim}: ${error.claim.detail}`];
    throw error;
  }
}
