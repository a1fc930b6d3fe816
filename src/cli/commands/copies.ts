import { parseId, percent } from '../../model/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, printRows } from '../output.js';
import { givenText } from '../texts.js';

export default defineCommand({
  name: 'copies',
  summary: 'Find notices that share passages with one, or with a text you paste.',
  usage: ['ID|FILE|-'],
  description:
    'Says which passages, how much of each, and whether the other still stands. Offsets are those of `show ID --reading N`.',
  examples: ['asposted copies N-7F3K2', 'pbpaste | asposted copies -'],
  run: async (context) => {
    const word = need(context.parsed.words[0], 'a notice or a text', 'copies ID|FILE|-');
    const rows = parseId(word)?.kind === 'N' ? await ofNotice(context, word) : await ofText(context, word);
    await printRows(context, rows, {
      header: ['notice', 'relation', 'of this', 'of the other', 'the other is', 'passages'],
      cells: (row) => [
        row['other'] as string,
        row['relation'] as string,
        percent(Number(row['sharedOfThis'])),
        percent(Number(row['sharedOfOther'])),
        row['otherPresence'] as string,
        (row['passages'] as { thisStart: number; thisEnd: number }[])
          .map(({ thisStart, thisEnd }) => `${thisStart}–${thisEnd}`)
          .join(' '),
      ],
      empty: 'No notice of this store shares a passage with it.',
    });
    return EXIT.done;
  },
});

async function ofNotice(context: Context, word: string): Promise<Record<string, unknown>[]> {
  const { store } = await context.open({ offline: true });
  const { listCopies } = await import('../../store/index.js');
  return listCopies(store.database, { notice: await fullId(store.database, word, 'N') });
}

async function ofText(context: Context, word: string): Promise<Record<string, unknown>[]> {
  const [parts, given] = await Promise.all([context.open({ offline: true }), givenText(context, word)]);
  const [{ copiesOfText }, { noticePresence }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../store/index.js'),
  ]);
  const found = await copiesOfText(parts, given.text);
  return Promise.all(
    found.map(async ({ notice: _, ...copy }) => ({
      type: 'copy',
      text: given.name,
      ...copy,
      otherPresence: await noticePresence(parts.store.database, copy.other),
    })),
  );
}
