/** Appends records and changes the key for ever, and prints size and root of each checkpoint: a victim of kill -9. */
import { join } from 'node:path';
import { loadOrCreateLogKey, openFolderVault, openRecordLog } from '../index.js';

const dir = process.argv[2]!;
const at = '2024-05-22T03:00:00.000Z';
const vault = await openFolderVault(join(dir, 'vault'));
const signer = await loadOrCreateLogKey(join(dir, 'keys'), 'log.test/own');
const log = await openRecordLog({
  dir: join(dir, 'log'),
  vault,
  signer,
  origin: 'log.test/own',
  lease: (work) => work(),
});
for (let n = 0; ; n++) {
  const event = `V-${process.pid}-${n}`;
  await log.append([{ type: 'delivery', v: 1, at, channel: 'test', event, outcome: 'delivered', detail: '' }]);
  if (n % 2 === 1) await log.rotateKey({ at, compromised: n % 8 === 5 });
  if (n % 4 === 3) await log.retireKeys({ at });
  process.stdout.write(`${(await log.checkpoint()).split('\n').slice(1, 3).join(' ')}\n`);
}
