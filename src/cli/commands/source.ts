import { AsPostedError, type SourceRecord, parseDuration } from '../../model/index.js';
import type { OptionTable } from '../../source/index.js';
import type { SourceDocument } from '../../store/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, printRows } from '../output.js';
import { checkScheme } from '../../source/scheme.js';
import { choose, sourceDocument } from '../source-choice.js';

const EVERY = '6h';

export default defineCommand({
  name: 'source',
  summary: 'Add, list, test, pause, resume, remove, export and import the sources that are watched.',
  usage: [
    'add URL|FILE…|- [--kind KIND] [--name NAME] [--every 6h] [--set key=value]…',
    'list',
    'test URL|FILE|ID [--first]',
    'pause ID · resume ID · remove ID',
    'kinds',
    'export [--format opml|csv|json] [-o FILE]',
    'import FILE|-',
  ],
  description:
    'A source names addresses of notices; each notice is then checked on its own, whether the source still names it or not. Removing a source stops asking it and never deletes evidence. `test` shows what a source would name, and what would be read of its first address; nothing is stored.',
  examples: [
    'asposted source add https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw --name "a notice"',
    'asposted source add articles.txt',
    'asposted source add - --name "from a chat" < pasted.txt',
    'asposted source add https://www.example.gov.cn/list.html --set path=/content/post_ --every 2h',
  ],
  flags: {
    kind: { kind: 'value', placeholder: 'KIND', help: 'wechat, website, feed …; without it the kind that is surest.' },
    name: { kind: 'value', placeholder: 'NAME', help: 'What you call it.' },
    every: { kind: 'value', placeholder: 'TIME', help: `How often it is asked for new addresses; default ${EVERY}.` },
    format: {
      kind: 'value',
      placeholder: 'FORMAT',
      help: 'export: opml (for feed readers too), csv or json; else by the name of the file, else opml.',
    },
    o: { kind: 'value', placeholder: 'FILE', help: 'export: the file to write; standard output without it.' },
    first: { kind: 'switch', help: 'test: show what would be read of the first address only, not the list.' },
    set: { kind: 'values', placeholder: 'KEY=VALUE', help: 'An option of the kind; `source kinds` lists them.' },
  },
  run: async (context) => {
    const [verb = 'list', ...words] = context.parsed.words;
    switch (verb) {
      case 'add':
        return add(context, words);
      case 'list':
        return list(context);
      case 'test':
        return (await import('../source-test.js')).testSource(context, words);
      case 'kinds':
        return kinds(context);
      case 'export':
        return (await import('../source-exchange.js')).exportSources(context);
      case 'import':
        return (await import('../source-exchange.js')).importSources(context, words, everyOf(context));
      case 'pause':
        return setState(context, words, 'paused');
      case 'resume':
        return setState(context, words, 'active');
      case 'remove':
        return setState(context, words, 'removed');
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: `source has no verb ${verb}`,
          hint: 'It has add, list, test, pause, resume, remove, kinds, export, import.',
        });
    }
  },
});

function everyOf(context: Context): number {
  const text = context.parsed.value('every') ?? EVERY;
  const everyMs = parseDuration(text);
  if (everyMs !== undefined) return everyMs;
  throw new AsPostedError({ code: 'USAGE', message: `--every wants a duration such as 6h, not ${text}` });
}

async function add(context: Context, words: readonly string[]): Promise<number> {
  const everyMs = everyOf(context);
  const parts = await context.open({ create: true });
  const { kind, options, name } = await choose(context, parts.kinds, words);
  checkScheme(options);
  const { recordSource } = await import('../../watch/index.js');
  const id = await recordSource(parts, { kind: kind.kind, name, options, everyMs });
  if (context.json) context.out(JSON.stringify(await sourceDocument(parts, id)));
  else context.out(`${id}  ${kind.kind}  ${name}`);
  context.err('next: asposted watch --once');
  return EXIT.done;
}

async function list(context: Context): Promise<number> {
  const { listSources } = await import('../../store/index.js');
  const { store } = await context.open({ offline: true });
  await printRows(
    context,
    (await listSources(store.database)).map((each) => ({ ...each })),
    SOURCE_COLUMNS,
  );
  return EXIT.done;
}

export const SOURCE_COLUMNS = {
  header: ['source', 'kind', 'state', 'notices', 'last asked', 'health', 'name'],
  cells: (row: Readonly<Record<string, unknown>>) => {
    const source = row as unknown as SourceDocument;
    const health = source.lastRun === null ? 'not asked yet' : (source.lastProblem ?? 'well');
    return [source.id, source.kind, source.state, source.notices, source.lastRun, health, source.name];
  },
  empty: 'No sources yet. Add one: asposted source add URL',
};

async function kinds(context: Context): Promise<number> {
  const { COMMON_OPTIONS, loadSourceKinds } = await import('../../source/index.js');
  for (const kind of await loadSourceKinds()) {
    const { title, description, needs, options } = kind;
    if (context.json)
      context.out(
        JSON.stringify({
          type: 'sourceKind',
          kind: kind.kind,
          title,
          description,
          needs,
          options: { ...options, ...COMMON_OPTIONS },
        }),
      );
    else context.out(`${kind.kind}: ${title}\n${description}\n${optionLines({ ...options, ...COMMON_OPTIONS })}\n`);
  }
  return EXIT.done;
}

function optionLines(options: OptionTable): string {
  return Object.entries(options)
    .map(
      ([name, { help, example, required }]) =>
        `  --set ${name}=…  ${required ? '(needed) ' : ''}${help}${example === undefined ? '' : ` Example: ${example}`}`,
    )
    .join('\n');
}

async function setState(context: Context, words: readonly string[], state: SourceRecord['state']): Promise<number> {
  const parts = await context.open();
  const id = await fullId(parts.store.database, need(words[0], 'a source', 'source pause|resume|remove ID'), 'S');
  const { setSourceState } = await import('../../watch/index.js');
  const name = await setSourceState(parts, id, state);
  if (context.json) context.out(JSON.stringify(await sourceDocument(parts, id)));
  else context.out(`${id}  ${state}  ${name}`);
  return EXIT.done;
}
