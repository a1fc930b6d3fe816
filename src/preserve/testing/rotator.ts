/** Appends records and changes the key for ever, and prints size and root of each checkpoint: a victim of kill -9. */
import { openTestLog } from './log.js';

const { log } = await openTestLog(process.argv[2]!);
const at = '2024-05-22T03:00:00.000Z';
for (let n = 0; ; n++) {
  const event = `V-${process.pid}-${n}`;
  await log.append([{ type: 'delivery', v: 1, at, channel: 'test', event, outcome: 'delivered', detail: '' }]);
  if (n % 2 === 1) await log.rotateKey({ at, compromised: n % 8 === 5 });
  if (n % 4 === 3) await log.retireKeys({ at });
  process.stdout.write(`${(await log.checkpoint()).split('\n').slice(1, 3).join(' ')}\n`);
}
