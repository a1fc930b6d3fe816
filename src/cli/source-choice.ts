/** From the words of a command line to a kind of source and its options. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AsPostedError } from '../model/index.js';
import type { OptionValues, SourceKind } from '../source/index.js';
import type { SourceDocument } from '../store/index.js';
import type { Parts } from '../watch/index.js';
import { parsePairs } from './arguments.js';
import type { Context } from './command.js';
import { need } from './output.js';

export interface Chosen {
  kind: SourceKind;
  options: OptionValues;
  name: string;
}

/** Addresses go to the kind's `url`, files to its `file`; a file is named in full, since a later round may run elsewhere. */
export async function choose(
  context: Context,
  kindsKnown: readonly SourceKind[],
  words: readonly string[],
): Promise<Chosen> {
  const first = need(words[0], 'an address or a file', 'source add URL|FILE…|-');
  if (words.includes('-')) return choosePasted(context, kindsKnown);
  const { checkOptions, chooseKind, withoutSecrets } = await import('../source/index.js');
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
  return { kind, options: checkOptions(kind, given), name: context.parsed.value('name') ?? withoutSecrets(first) };
}

/** They stand in the options, which are one record; more belong into a file. */
const MOST_PASTED = 1_000;

/** `-`: the addresses in what was pasted, for the first kind that finds its own there. */
async function choosePasted(context: Context, kindsKnown: readonly SourceKind[]): Promise<Chosen> {
  const [{ checkOptions, chooseKind }, { decodeBytes }] = await Promise.all([
    import('../source/index.js'),
    import('../read/plain.js'),
  ]);
  if (context.parsed.words.length > 2)
    throw new AsPostedError({ code: 'USAGE', message: '`-` stands alone: addresses come from standard input' });
  const text = decodeBytes(await context.readStdin(), 'text/plain').text;
  const named = context.parsed.value('kind');
  const asked = named === undefined ? kindsKnown : [chooseKind(kindsKnown, '-', named)];
  for (const kind of asked) {
    const urls = [...new Set(kind.addressesIn?.(text).map(({ url }) => url))];
    if (urls.length > MOST_PASTED)
      throw new AsPostedError({
        code: 'BAD_INPUT',
        message: `${urls.length} addresses were pasted, more than ${MOST_PASTED}`,
        hint: 'Put them into a file and add the file.',
      });
    if (urls.length === 0) continue;
    const given = { ...parsePairs(context.parsed.values('set')), url: urls };
    const name = context.parsed.value('name') ?? `${urls.length} pasted`;
    return { kind, options: checkOptions(kind, given), name };
  }
  throw new AsPostedError({
    code: 'BAD_INPUT',
    message: 'no address of an article stands in what was pasted',
    hint: 'Addresses of other pages are added one by one, or as a file of the kind archive.',
  });
}

function oneOf(kind: SourceKind, what: string, words: readonly string[]): string {
  if (words.length === 1) return words[0]!;
  throw new AsPostedError({
    code: 'USAGE',
    message: `a ${kind.kind} source takes one of its ${what}, not ${words.length}`,
    hint: 'Add a source for each.',
  });
}

export async function sourceDocument(parts: Parts, id: string): Promise<SourceDocument> {
  const { sourceById } = await import('../store/index.js');
  return (await sourceById(parts.store.database, id))!;
}
