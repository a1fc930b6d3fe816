import { AsPostedError, type NoticeId, type Presence, parseId, percent } from '../../model/index.js';
import type { MayBeTranslation, ProjectRow, SameFileRow, TranslationOptions } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { type Row, fullId, need, printRows } from '../output.js';
import { givenText } from '../texts.js';

export default defineCommand({
  name: 'copies',
  summary: 'Find notices that share passages with one, or with a text you paste.',
  usage: ['ID|FILE|- [--formulae] [--translations]', 'ID --lineage'],
  description:
    'Says which passages, how much of each, and whether the other still stands; apart from these, notices in another language that may be a translation, with what stands in both; and the notices of the same project (call, change, award), and those that hold the same attached file or picture, which need share no words. Offsets are those of `show ID --reading N`. --lineage puts a notice and its copies in the order of what the pages claim: how far behind the first, whether each stands, and what was changed on the way. That one was posted later does not say from whom it was taken.',
  examples: ['asposted copies N-7F3K2', 'asposted copies N-7F3K2 --lineage', 'pbpaste | asposted copies -'],
  flags: {
    lineage: { kind: 'switch', help: 'Who posted first, who after, who still has it, what was changed on the way.' },
    formulae: {
      kind: 'switch',
      help: 'Name all who hold no more of it than text that many sources carry (else a few).',
    },
    translations: {
      kind: 'switch',
      help: 'Look for what may be a translation however many notices there are (else up to 50,000).',
    },
  },
  run: async (context) => {
    const word = need(context.parsed.words[0], 'a notice or a text', 'copies ID|FILE|-');
    if (context.parsed.has('lineage')) return printLineage(context, word);
    const { rows, translations, project, sameFiles } = await (parseId(word)?.kind === 'N'
      ? ofNotice(context, word)
      : ofText(context, word));
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
    await printTranslations(context, translations);
    await printProject(context, project);
    await printSameFiles(context, sameFiles);
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

interface Answer {
  rows: Row[];
  /** Undefined: not looked for. */
  translations: Row[] | undefined;
  /** Of a notice that shares its project with others. */
  project?: { of: NoticeId; row: ProjectRow } | undefined;
  sameFiles?: { of: NoticeId; rows: SameFileRow[] };
}

async function ofNotice(context: Context, word: string): Promise<Answer> {
  const parts = await context.open({ offline: true });
  const { database } = parts.store;
  const [{ noticePresence }, { copyRowsOf, projectOf, sameFilesOf, translationsOfNotice }] = await Promise.all([
    import('../../store/index.js'),
    import('../../watch/index.js'),
  ]);
  const notice = (await fullId(database, word, 'N')) as NoticeId;
  const rows = await copyRowsOf(parts, notice, formulaeOf(context));
  const found = await translationsOfNotice(parts, notice, asked(context, rows));
  const row = await projectOf(database, notice);
  return {
    rows,
    translations: found && (await shown(found, { notice }, (id) => noticePresence(database, id))),
    project: row && { of: notice, row },
    sameFiles: { of: notice, rows: await sameFilesOf(database, notice) },
  };
}

async function ofText(context: Context, word: string): Promise<Answer> {
  const [parts, given] = await Promise.all([context.open({ offline: true }), givenText(context, word)]);
  const { database } = parts.store;
  const [{ copiesOfText, translationsOfText, withPresence }, { noticePresence }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../store/index.js'),
  ]);
  const copies = await withPresence(parts, await copiesOfText(parts, given.text, formulaeOf(context)));
  const rows = copies.map(({ notice: _, ...row }) => ({ ...row, text: given.name }));
  const found = await translationsOfText(parts, given, asked(context, rows));
  const text = given.name;
  return { rows, translations: found && (await shown(found, { text }, (id) => noticePresence(database, id))) };
}

const formulaeOf = ({ parsed }: Context): { formulae: boolean } => ({ formulae: parsed.has('formulae') });

const asked = (context: Context, copies: readonly Row[]): TranslationOptions => ({
  exclude: copies.map((row) => row['other'] as NoticeId),
  anyway: context.parsed.has('translations'),
});

const shown = (
  found: readonly MayBeTranslation[],
  subject: { notice: string } | { text: string },
  presenceOf: (id: string) => Promise<Presence | undefined>,
): Promise<Row[]> =>
  Promise.all(
    found.map(async ({ relation, ...each }) => ({
      type: 'translation',
      relation,
      ...subject,
      ...each,
      otherPresence: await presenceOf(each.other),
    })),
  );

/** A block of its own: these share no words, and only a reader of both languages can say what they are. */
async function printTranslations(context: Context, translations: readonly Row[] | undefined): Promise<void> {
  if (!translations) {
    context.err('Translations were not looked for among so many notices; --translations looks for them.');
    return;
  }
  if (!context.json && translations.length > 0) context.out('\nMay be a translation\n');
  await printRows(context, translations, {
    header: ['notice', 'language', 'the other is', 'by chance', 'in both'],
    cells: (row) => [
      row['other'] as string,
      row['otherLanguage'] as string,
      row['otherPresence'] as string,
      Number(row['chance']).toExponential(0),
      (row['anchors'] as MayBeTranslation['anchors'])
        .map(({ ofThis, ofOther }) => (ofThis.text === ofOther.text ? ofThis.text : `${ofThis.text} = ${ofOther.text}`))
        .join(', '),
    ],
    empty: 'Nothing in another language may be a translation of it.',
  });
}

/** A block of its own: call, change and award need share no words. */
async function printProject(context: Context, project: Answer['project']): Promise<void> {
  if (!project) return;
  const { of, row } = project;
  if (context.json) context.out(JSON.stringify({ ...row, notice: of }));
  else context.out(`\n${(await import('../project-text.js')).projectText(row, of)}`);
}

async function printSameFiles(context: Context, sameFiles: Answer['sameFiles']): Promise<void> {
  if (!sameFiles || sameFiles.rows.length === 0) return;
  const { of, rows } = sameFiles;
  if (context.json) for (const row of rows) context.out(JSON.stringify({ ...row, notice: of }));
  else context.out(`\n${(await import('../same-files-text.js')).sameFilesText(rows)}`);
}
