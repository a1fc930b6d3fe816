import { AsPostedError, type Change } from '../../model/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need } from '../output.js';
import { printable } from '../printable.js';

export default defineCommand({
  name: 'compare',
  summary: 'Show what changed between two revisions of a notice.',
  usage: ['ID [--from R] [--to R]'],
  description: 'Without --from and --to: the last revision against the one before it.',
  examples: ['asposted compare N-7F3K2', 'asposted compare N-7F3K2 --from 1 --to 3'],
  flags: {
    from: { kind: 'value', placeholder: 'R', help: 'Revision to start from.' },
    to: { kind: 'value', placeholder: 'R', help: 'Revision to end with.' },
  },
  run: async (context) => {
    const { store, catalogue } = await context.open({ offline: true });
    const id = await fullId(store.database, need(context.parsed.words[0], 'a notice', 'compare ID'), 'N');
    const [{ showNotice, exhibitsOf }, { compareReadings }, { namedIn }] = await Promise.all([
      import('../../store/index.js'),
      import('../../compare/index.js'),
      import('../../recognise/index.js'),
    ]);
    const { revisionList } = (await showNotice(store.database, id))!;
    const to = pick(context, 'to', revisionList.length, revisionList.length);
    const from = pick(context, 'from', Math.max(1, to - 1), revisionList.length);
    const exhibits = await exhibitsOf(store.database, id);
    const readingOf = (revision: number) =>
      exhibits.find((each) => each.id === revisionList[revision - 1]?.exhibit)!.reading;
    const after = readingOf(to);
    const salient = namedIn(catalogue, { language: after.language, on: revisionList[to - 1]!.recognition.on });
    const changes = from === to ? [] : compareReadings(readingOf(from), after, { salient });
    if (context.json)
      for (const change of changes) context.out(JSON.stringify({ type: 'change', notice: id, from, to, ...change }));
    else if (changes.length === 0)
      context.err(
        revisionList.length === 1
          ? `${id} has one revision: it was not edited since it was first captured.`
          : 'Nothing differs in substance.',
      );
    else context.out(changes.map(changeText).join('\n'));
    return EXIT.done;
  },
});

function pick({ parsed }: Context, flag: string, otherwise: number, most: number): number {
  const given = parsed.value(flag);
  const revision = given === undefined ? otherwise : Number(given);
  if (Number.isInteger(revision) && revision >= 1 && revision <= most) return revision;
  throw new AsPostedError({
    code: 'USAGE',
    message: `--${flag} wants a revision from 1 to ${most}, not ${given ?? String(revision)}`,
  });
}

/** `[-removed-]` and `{+added+}`, readable without colour. */
function changeText({ kind, edits }: Change): string {
  const words = edits.map(({ op, text }) => (op === 'keep' ? text : op === 'remove' ? `[-${text}-]` : `{+${text}+}`));
  return `${kind}: ${printable(words.join(''))}`;
}
