import { AsPostedError, type NoticeId, parseId, percent } from '../../model/index.js';
import type { Parts, TextRelation } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, printRows } from '../output.js';
import { givenText } from '../texts.js';

export default defineCommand({
  name: 'copies',
  summary: 'Find notices that share passages with one, or with a text you paste.',
  usage: ['ID|FILE|-', 'ID --lineage'],
  description:
    'Says which passages, how much of each, and whether the other still stands. Offsets are those of `show ID --reading N`. --lineage puts a notice and its copies in the order of what the pages claim: how far behind the first, whether each stands, and what was changed on the way. That one was posted later does not say from whom it was taken.',
  examples: ['asposted copies N-7F3K2', 'asposted copies N-7F3K2 --lineage', 'pbpaste | asposted copies -'],
  flags: {
    lineage: { kind: 'switch', help: 'Who posted first, who after, who still has it, what was changed on the way.' },
  },
  run: async (context) => {
    const word = need(context.parsed.words[0], 'a notice or a text', 'copies ID|FILE|-');
    if (context.parsed.has('lineage')) return printLineage(context, word);
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

async function printLineage(context: Context, word: string): Promise<number> {
  if (parseId(word)?.kind !== 'N')
    throw new AsPostedError({
      code: 'USAGE',
      message: '--lineage is of a notice of the store, not of a text',
      hint: '`asposted copies FILE` finds the notices that share passages with a text.',
    });
  const parts = await context.open({ offline: true });
  const [id, { lineageOfNotice }, { lineageText }] = await Promise.all([
    fullId(parts.store.database, word, 'N'),
    import('../../watch/index.js'),
    import('../lineage-text.js'),
  ]);
  const lineage = await lineageOfNotice(parts, id as NoticeId);
  context.out(context.json ? JSON.stringify({ type: 'lineage', ...lineage }) : lineageText(lineage));
  return EXIT.done;
}

async function ofNotice(context: Context, word: string): Promise<Record<string, unknown>[]> {
  const parts = await context.open({ offline: true });
  const { database } = parts.store;
  const [{ listCopies }, { furtherHolders }] = await Promise.all([
    import('../../store/index.js'),
    import('../../watch/index.js'),
  ]);
  const id = (await fullId(database, word, 'N')) as NoticeId;
  const rows = await listCopies(database, { notice: id });
  const known = rows.map((row) => row['other'] as NoticeId);
  return [...rows, ...(await withPresence(parts, await furtherHolders(parts, id, known)))];
}

async function ofText(context: Context, word: string): Promise<Record<string, unknown>[]> {
  const [parts, given] = await Promise.all([context.open({ offline: true }), givenText(context, word)]);
  const { copiesOfText } = await import('../../watch/index.js');
  const found = await withPresence(parts, await copiesOfText(parts, given.text));
  return found.map(({ notice: _, ...row }) => ({ ...row, text: given.name }));
}

async function withPresence(parts: Parts, found: readonly TextRelation[]): Promise<Record<string, unknown>[]> {
  const { noticePresence } = await import('../../store/index.js');
  return Promise.all(
    found.map(async (copy) => ({
      type: 'copy',
      ...copy,
      otherPresence: await noticePresence(parts.store.database, copy.other),
    })),
  );
}
