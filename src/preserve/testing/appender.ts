/** Appends records for ever and prints each index once it is acknowledged: the victim of the kill -9 test. */
import { join } from 'node:path';
import { loadOrCreateLogKey, openFolderVault, openRecordLog } from '../index.js';

const dir = process.argv[2]!;
const vault = await openFolderVault(join(dir, 'vault'));
const signer = await loadOrCreateLogKey(join(dir, 'keys'), 'log.test/own');
const log = await openRecordLog({
  dir: join(dir, 'log'),
  vault,
  signer,
  origin: 'log.test/own',
  lease: (work) => work(),
});
for (;;) {
  const event = `V-${process.pid}-${Math.random()}`;
  const [logged] = await log.append([
    {
      type: 'delivery',
      v: 1,
      at: '2024-05-22T03:00:00.000Z',
      channel: 'test',
      event,
      outcome: 'delivered',
      detail: '',
    },
  ]);
  process.stdout.write(`${logged!.index} ${event}\n`);
}
