/** `source export` and `source import`: the watch list, passed on and taken in. */
import { extname } from 'node:path';
import { AsPostedError, asError } from '../model/index.js';
import type { WatchEntry, WatchListFormat } from '../source/index.js';
import type { Parts } from '../watch/index.js';
import type { Context } from './command.js';
import { EXIT } from './exit-codes.js';
import { need } from './output.js';
import { printable } from './printable.js';
import { checkScheme } from '../source/scheme.js';

export async function exportSources(context: Context): Promise<number> {
  const [{ WATCH_LIST_FORMATS, writeWatchList }, { listSources }] = await Promise.all([
    import('../source/index.js'),
    import('../store/index.js'),
  ]);
  const path = context.parsed.value('o');
  const asked = context.parsed.value('format') ?? (context.json ? 'json' : extname(path ?? '').slice(1) || 'opml');
  const format = WATCH_LIST_FORMATS.find((each) => each === asked.replace(/^jsonl$/, 'json')) as WatchListFormat;
  if (format === undefined)
    throw new AsPostedError({
      code: 'USAGE',
      message: `sources are not exported as ${asked}`,
      hint: `Formats: ${WATCH_LIST_FORMATS.join(', ')}.`,
    });
  const { store } = await context.open({ offline: true });
  const sources = await listSources(store.database);
  const text = writeWatchList(sources, format);
  if (path === undefined) context.out(text);
  else {
    await (await import('./files.js')).writeOut(path, Buffer.from(text));
    context.err(`${sources.filter(({ state }) => state !== 'removed').length} sources in ${path}`);
  }
  return EXIT.done;
}

interface NewSource {
  line: number;
  kind: string;
  name: string;
  options: Readonly<Record<string, unknown>>;
  everyMs: number;
  state: 'active' | 'paused';
}

export async function importSources(
  context: Context,
  words: readonly string[],
  defaultEveryMs: number,
): Promise<number> {
  const word = need(words[0], 'a file', 'source import FILE|-');
  const text = await textOf(context, word);
  const { readWatchList } = await import('../source/index.js');
  const { entries, bad } = await readWatchList(text);
  const parts = await context.open({ create: true });
  const fresh = new Map<string, NewSource>();
  const known = await knownKeys(parts);
  let knownHere = 0;
  const { sourceKey, recordSources } = await import('../watch/index.js');
  for (const entry of entries) {
    try {
      const source = await toSource(parts, entry, defaultEveryMs);
      const key = sourceKey(source);
      if (known.has(key) || fresh.has(key)) {
        knownHere += 1;
        say(
          context,
          { type: 'known', line: entry.line, name: entry.name },
          `line ${entry.line}: already known: ${entry.name}`,
        );
      } else fresh.set(key, source);
    } catch (thrown) {
      bad.push({ line: entry.line, why: asError(thrown, { code: 'BAD_INPUT', message: 'it cannot be used' }).message });
    }
  }
  const sources = [...fresh.values()];
  const ids = await recordSources(
    parts,
    sources.map(({ line: _, ...source }) => source),
  );
  sources.forEach(({ line, kind, name, options }, at) => {
    const id = ids[at]!;
    if (context.json) context.out(JSON.stringify({ type: 'source', id, line, kind, name, options }));
    else context.out(`${id}  ${kind}  ${printable(name)}`);
  });
  for (const { line, why } of bad.sort((a, b) => a.line - b.line))
    say(context, { type: 'problem', line, message: why }, `line ${line}: ${why}`);
  context.err(`${ids.length} added, ${knownHere} already known, ${bad.length} not taken`);
  if (bad.length === 0) return EXIT.done;
  return ids.length + knownHere === 0 ? EXIT.usage : EXIT.partly;
}

/** What a file says goes to a terminal without its control characters. */
function say(context: Context, row: Readonly<Record<string, unknown>>, line: string): void {
  if (context.json) context.out(JSON.stringify(row));
  else context.err(printable(line));
}

async function textOf(context: Context, word: string): Promise<string> {
  const [{ fileBytes }, { decodeBytes }] = await Promise.all([import('./texts.js'), import('../read/plain.js')]);
  const bytes = word === '-' ? await context.readStdin() : await fileBytes(word);
  return decodeBytes(bytes, 'text/plain').text;
}

async function knownKeys({ store }: Parts): Promise<Set<string>> {
  const { listSources } = await import('../store/index.js');
  const sources = await listSources(store.database);
  return new Set(sources.filter(({ state }) => state !== 'removed').map(({ key }) => key));
}

/** Checked like one that is typed: a list from elsewhere is no better than its lines. */
async function toSource(parts: Parts, entry: WatchEntry, defaultEveryMs: number): Promise<NewSource> {
  const { checkOptions, chooseKind, withoutSecrets } = await import('../source/index.js');
  const { line, name, url, everyMs = defaultEveryMs, state = 'active' } = entry;
  const kind = chooseKind(parts.kinds, url ?? '', entry.kind);
  const options = checkOptions(kind, { ...entry.options, ...(url === undefined ? {} : { url }) });
  checkScheme(options);
  return { line, kind: kind.kind, name: withoutSecrets(name), options, everyMs, state };
}
