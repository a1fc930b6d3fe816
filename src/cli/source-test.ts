/** `source test`: what a source names now, and what would be read of its first address. Nothing is stored. */
import { type Fetcher, type Reading, instant, releaseCapture } from '../model/index.js';
import type { OptionValues } from '../source/index.js';
import type { Look, Parts } from '../watch/index.js';
import type { Context } from './command.js';
import { EXIT, EXIT_OF } from './exit-codes.js';
import { fullId, need, printRows } from './output.js';
import { choose, sourceDocument } from './source-choice.js';

type Tools = Pick<Parts, 'kinds' | 'fetcher' | 'clock' | 'secret'>;

interface Asked {
  kind: string;
  options: OptionValues;
  name: string;
}

export async function testSource(context: Context, words: readonly string[]): Promise<number> {
  const { parts, asked } = await askedFor(context, words);
  const { discoverAddresses } = await import('../watch/index.js');
  const { addresses, problems } = await discoverAddresses(parts, asked);
  if (!context.parsed.has('first'))
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
  const first = addresses[0]?.url;
  return first === undefined ? EXIT.done : showFirst(context, parts, { url: first, options: asked.options });
}

async function askedFor(context: Context, words: readonly string[]): Promise<{ parts: Tools; asked: Asked }> {
  const word = need(words[0], 'an address, a file or a source', 'source test URL|FILE|ID');
  if (/^S-/i.test(word)) {
    const parts = await context.open();
    const source = await sourceDocument(parts, await fullId(parts.store.database, word, 'S'));
    return { parts, asked: { kind: source.kind, options: source.options as OptionValues, name: source.name } };
  }
  const parts = await context.tools();
  const { kind, options, name } = await choose(context, parts.kinds, words);
  return { parts, asked: { kind: kind.kind, options, name } };
}

/** One more fetch, with the source's own settings. An address that fails is no fault of the list that named it. */
async function showFirst(
  context: Context,
  parts: Tools,
  { url, options }: { url: string; options: OptionValues },
): Promise<number> {
  const { fetchOptionsOf, look } = await import('../watch/index.js');
  // Rendering is for what is kept; a preview is what is read, and that is read from the bytes.
  const { browser: _, ...own } = await fetchOptionsOf(options);
  const seen = await look({ ...parts, fetcher: inMemory(parts.fetcher) }, url, { ...own, signal: context.signal });
  try {
    const preview = await previewOf(parts, seen);
    if (context.json) context.out(JSON.stringify(preview));
    else context.out((await import('./source-preview.js')).previewText(preview));
  } finally {
    if (seen.capture) await releaseCapture(seen.capture);
  }
  if (!seen.failure) return EXIT.done;
  const { code, message, hint } = seen.failure;
  context.err(`asposted: ${message}${hint === undefined ? '' : `\n  next: ${hint}`}`);
  return context.parsed.has('first') ? EXIT_OF[code] : EXIT.partly;
}

/** Long bodies go to files in the store, and there may be none: nothing is to be left behind. */
function inMemory(fetcher: Fetcher): Fetcher {
  return { ...fetcher, fetch: (url, { spool: _, ...options } = {}) => fetcher.fetch(url, options) };
}

/** Lines of the text that are shown; enough to see whether it is the notice or the site's menu. */
const LINES = 6;
const LONGEST_LINE = 200;

export type Preview = Awaited<ReturnType<typeof previewOf>>;

async function previewOf(parts: Tools, { url, verdict, reading, capture, failure }: Look) {
  const last = capture?.exchanges.at(-1);
  const words = 'words' in verdict ? (verdict.words ?? null) : null;
  const head = { type: 'preview' as const, url, class: verdict.class, rule: verdict.rule, words };
  if (!reading) return { ...head, error: failure ? { code: failure.code, message: failure.message } : null };
  const { identity, title, account, author, published, modified, language, charset, text, links, problems } = reading;
  return {
    ...head,
    finalUrl: capture?.finalUrl ?? url,
    status: last?.status ?? null,
    contentType: last?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null,
    identity: identity.key,
    provisional: identity.provisional ?? false,
    title: title ?? null,
    account: account ? { id: account.id ?? null, name: account.name ?? null } : null,
    author: author ?? null,
    published: published ?? null,
    modified: modified ?? null,
    language,
    charset,
    documentKind: await documentKindOf(reading, parts),
    text: text
      .split('\n')
      .slice(0, LINES)
      .map((line) => line.slice(0, LONGEST_LINE))
      .join('\n'),
    length: text.length,
    attachments: links.attachments.length,
    images: links.images.length,
    problems,
  };
}

async function documentKindOf(reading: Reading, { clock }: Tools): Promise<string | null> {
  if (reading.verdict.class !== 'live' || reading.text === '') return null;
  const [{ loadCatalogue, recognise }, { readingText }] = await Promise.all([
    import('../recognise/index.js'),
    import('../read/index.js'),
  ]);
  const { language, account, published } = reading;
  const on = (published ?? instant(clock.now())).slice(0, 10);
  const input = { text: readingText(reading), language, on, onReason: 'preview', ...(account ? { account } : {}) };
  return recognise(input, await loadCatalogue()).documentKind;
}
