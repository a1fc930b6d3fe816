import { AsPostedError, parseId } from '../../model/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, printRows } from '../output.js';

export default defineCommand({
  name: 'log',
  summary: 'The public log: its signed checkpoint, proofs, entries and key.',
  usage: ['checkpoint', 'prove INDEX|ID', 'entries [--from N]', 'key'],
  description: 'A leaf holds the type, time and hash of a record, and nothing else.',
  examples: ['asposted log checkpoint', 'asposted log prove E-4QK9 > exhibit.tlog-proof'],
  flags: { from: { kind: 'value', placeholder: 'N', help: 'entries: start there.' } },
  run: async (context) => {
    const [verb = 'checkpoint', word] = context.parsed.words;
    const parts = await context.open();
    const { log } = parts.store;
    switch (verb) {
      case 'checkpoint':
        context.out(await log.checkpoint());
        return EXIT.done;
      case 'key':
        context.out(log.vkey);
        return EXIT.done;
      case 'prove':
        context.out(await log.prove(await indexOf(parts, need(word, 'an index or an id', 'log prove INDEX|ID'))));
        return EXIT.done;
      case 'entries':
        return entries(context, parts);
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: `log has no verb ${verb}`,
          hint: 'It has checkpoint, prove, entries, key.',
        });
    }
  },
});

async function indexOf({ store }: Parts, word: string): Promise<number> {
  const parsed = parseId(word);
  if (!parsed) {
    const index = Number(word);
    if (Number.isSafeInteger(index) && index >= 0) return index;
    throw new AsPostedError({ code: 'USAGE', message: `${word} is neither an index nor an id` });
  }
  const { recordById } = await import('../../store/index.js');
  const place = await recordById(store.database, await fullId(store.database, word, 'EOSKCL'));
  return place!.logIndex;
}

async function entries(context: Context, { store }: Parts): Promise<number> {
  const from = Number(context.parsed.value('from') ?? 0);
  if (!Number.isSafeInteger(from) || from < 0)
    throw new AsPostedError({ code: 'USAGE', message: '--from wants an index' });
  const rows: Record<string, unknown>[] = [];
  for await (const { index, leaf } of store.log.leaves(from))
    rows.push({ index, ...leaf, type: 'entry', record: leaf.record, of: leaf.type });
  await printRows(context, rows, {
    header: ['index', 'type', 'when', 'record'],
    cells: (row) => [row['index'] as number, row['of'] as string, row['at'] as string, row['record'] as string],
    empty: 'The log holds nothing yet.',
  });
  return EXIT.done;
}
