import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';

export default defineCommand({
  name: 'rebuild',
  summary: 'Make everything that is derived again, from vault and log.',
  usage: [''],
  description:
    'Drops every table and makes it again. The answers are the same: ids, findings, verdicts, timeline. Use it after an upgrade, or when the database was lost.',
  examples: ['asposted rebuild'],
  run: async (context) => {
    const parts = await context.open({ leaveRows: true });
    const { rebuild } = await import('../../watch/index.js');
    const { records } = await rebuild(parts);
    context.out(context.json ? JSON.stringify({ type: 'rebuild', records }) : `made again from ${records} records`);
    return EXIT.done;
  },
});
