import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AsPostedError, type SourceRecord, asSha256, idFromHash, instant, parseDuration } from '../../model/index.js';
import type { OptionTable, OptionValues, SourceKind } from '../../source/index.js';
import type { SourceDocument } from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { parsePairs } from '../arguments.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, printRows } from '../output.js';

const EVERY = '6h';

export default defineCommand({
  name: 'source',
  summary: 'Add, list, test, pause, resume and remove the sources that are watched.',
  usage: [
    'add URL|FILE… [--kind KIND] [--name NAME] [--every 6h] [--set key=value]…',
    'list',
    'test URL|FILE|ID',
    'pause ID · resume ID · remove ID',
    'kinds',
  ],
  description:
    'A source names addresses of notices; each notice is then checked on its own, whether the source still names it or not. Removing a source stops asking it and never deletes evidence.',
  examples: [
    'asposted source add https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw --name "a notice"',
    'asposted source add articles.txt',
    'asposted source add https://www.example.gov.cn/list.html --set path=/content/post_ --every 2h',
  ],
  flags: {
    kind: { kind: 'value', placeholder: 'KIND', help: 'wechat, website, feed …; without it the kind that is surest.' },
    name: { kind: 'value', placeholder: 'NAME', help: 'What you call it.' },
    every: { kind: 'value', placeholder: 'TIME', help: `How often it is asked for new addresses; default ${EVERY}.` },
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
        return probe(context, words);
      case 'kinds':
        return kinds(context);
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
          hint: 'It has add, list, test, pause, resume, remove, kinds.',
        });
    }
  },
});

interface Chosen {
  kind: SourceKind;
  options: OptionValues;
  name: string;
}

/** Addresses go to the kind's `url`, files to its `file`; a file is named in full, since a later round may run elsewhere. */
async function choose(context: Context, kindsKnown: readonly SourceKind[], words: readonly string[]): Promise<Chosen> {
  const first = need(words[0], 'an address or a file', 'source add URL|FILE…');
  const { checkOptions, chooseKind } = await import('../../source/index.js');
  const kind = chooseKind(kindsKnown, first, context.parsed.value('kind'));
  const files = words
    .filter((word) => !/^[a-z][a-z0-9+.-]*:/i.test(word) && existsSync(word))
    .map((word) => resolve(word));
  const urls = words.filter((word) => !files.includes(resolve(word)));
  const unknown = urls.find((word) => !URL.canParse(word));
  if (unknown !== undefined) {
    throw new AsPostedError({
      code: 'BAD_SCHEME',
      message: `${unknown} is neither a file nor an address`,
      hint: 'Give a full address beginning with https://, or the name of a file that exists.',
    });
  }
  const given: Record<string, unknown> = parsePairs(context.parsed.values('set'));
  if (urls.length > 0) given['url'] = kind.options['url']?.type === 'texts' ? urls : oneOf(kind, 'addresses', urls);
  if (files.length > 0) given['file'] = oneOf(kind, 'files', files);
  if (typeof given['ca'] === 'string') given['ca'] = resolve(given['ca']);
  return { kind, options: checkOptions(kind, given), name: context.parsed.value('name') ?? first };
}

function oneOf(kind: SourceKind, what: string, words: readonly string[]): string {
  if (words.length === 1) return words[0]!;
  throw new AsPostedError({
    code: 'USAGE',
    message: `a ${kind.kind} source takes one of its ${what}, not ${words.length}`,
    hint: 'Add a source for each.',
  });
}

async function add(context: Context, words: readonly string[]): Promise<number> {
  const everyText = context.parsed.value('every') ?? EVERY;
  const everyMs = parseDuration(everyText);
  if (everyMs === undefined)
    throw new AsPostedError({ code: 'USAGE', message: `--every wants a duration such as 6h, not ${everyText}` });
  const parts = await context.open({ create: true });
  const { kind, options, name } = await choose(context, parts.kinds, words);
  await checkScheme(options);
  const { recordSource } = await import('../../watch/index.js');
  const id = await recordSource(parts, { kind: kind.kind, name, options, everyMs });
  if (context.json) context.out(JSON.stringify(await sourceDocument(parts, id)));
  else context.out(`${id}  ${kind.kind}  ${name}`);
  context.err('next: asposted watch --once');
  return EXIT.done;
}

async function checkScheme(options: OptionValues): Promise<void> {
  for (const url of [options['url'] ?? []].flat()) {
    const { protocol } = new URL(String(url));
    if (protocol === 'https:' || protocol === 'http:') continue;
    throw new AsPostedError({
      code: 'BAD_SCHEME',
      message: `addresses of the kind ${protocol} are not watched`,
      hint: 'Give an address beginning with https:// or http://.',
    });
  }
}

async function sourceDocument(parts: Parts, id: string): Promise<SourceDocument> {
  const { listSources } = await import('../../store/index.js');
  return (await listSources(parts.store.database)).find((each) => each.id === id)!;
}

async function list(context: Context): Promise<number> {
  const { listSources } = await import('../../store/index.js');
  const { store } = await context.open();
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

/** What the source would name now; nothing is stored. */
async function probe(context: Context, words: readonly string[]): Promise<number> {
  const word = need(words[0], 'an address, a file or a source', 'source test URL|FILE|ID');
  const { discoverAddresses } = await import('../../watch/index.js');
  let asked: { kind: string; options: OptionValues; name: string };
  let parts: Pick<Parts, 'kinds' | 'fetcher' | 'clock' | 'secret'>;
  if (/^S-/i.test(word)) {
    const opened = await context.open();
    parts = opened;
    asked = (await sourceDocument(opened, await fullId(opened.store.database, word, 'S'))) as never;
  } else {
    parts = await context.tools();
    const { kind, options, name } = await choose(context, parts.kinds, words);
    asked = { kind: kind.kind, options, name };
  }
  const { addresses, problems } = await discoverAddresses(parts, asked);
  await printRows(
    context,
    addresses.map((each) => ({ type: 'address', ...each })),
    {
      header: ['published', 'title', 'address'],
      cells: (row) => [
        row['published'] as string | undefined,
        row['title'] as string | undefined,
        row['url'] as string,
      ],
      empty: 'It answered, and names no addresses now.',
    },
  );
  for (const problem of problems) context.err(problem);
  return EXIT.done;
}

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
  const { kind, name, options, everyMs, key } = await sourceDocument(parts, id);
  const record: SourceRecord = {
    type: 'source',
    v: 1,
    at: instant(parts.clock.now()),
    key: asSha256(key),
    kind,
    name,
    state,
    options,
    everyMs,
  };
  await parts.store.log.append([record]);
  const { derive } = await import('../../watch/index.js');
  await derive(parts);
  if (context.json) context.out(JSON.stringify(await sourceDocument(parts, idFromHash('S', key))));
  else context.out(`${id}  ${state}  ${name}`);
  return EXIT.done;
}
