/** Appends records for ever and prints each index once it is acknowledged: the victim of the kill -9 test. */
import { openTestLog } from './log.js';

const { log } = await openTestLog(process.argv[2]!);
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
