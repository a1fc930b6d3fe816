/** What a notice is found by: all its texts as they came, its account, and what was recognised in them. Pure. */
import type { Mention } from '../model/index.js';
import type { ExhibitRow, MadeRevision } from '../store/index.js';
import { TokenSet } from '../text/tokens/index.js';

/** Names of bodies and accounts, apart from the rest of the text. */
export const NAMED = 'a:';

export const recognisedToken = ({ kind, ref }: { kind: string; ref: string }): string =>
  `m:${kind}:${ref}`.slice(0, 200);

const READ_ALOUD: readonly Mention['kind'][] = ['goods', 'tradeName', 'organisation', 'person', 'place'];
const NAMES: readonly Mention['kind'][] = ['organisation', 'person'];

/** Texts that an edit took out are found, too: that they stood there is what is kept. */
export function searchTokens(live: readonly ExhibitRow[], revisions: readonly MadeRevision[]): string[] {
  const set = new TokenSet();
  const mentions = revisions.flatMap(({ recognition }) => recognition.mentions);
  for (const { kind, id } of mentions)
    if (kind === 'goods' || kind === 'tradeName') set.add(recognisedToken({ kind, ref: id }));
  const accounts = valuesOf(live, ({ reading }) => [reading.account?.name, reading.account?.alias]);
  const titles = valuesOf(live, ({ reading }) => [reading.title]);
  const names = new Set(mentions.filter(({ kind }) => NAMES.includes(kind)).map(({ text }) => text));
  for (const name of new Set([...accounts, ...names])) set.addText(name, NAMED);
  for (const text of [...accounts, ...titles]) set.addText(text);
  const aloud = mentions.filter(({ kind }) => READ_ALOUD.includes(kind)).map(({ text }) => text);
  for (const text of new Set([...accounts, ...titles, ...aloud])) set.addRoman(text);
  // Last and newest first: where a row is full, it is the oldest text that is found by its beginning only.
  for (const text of valuesOf([...live].reverse(), ({ reading }) => [reading.text])) set.addText(text);
  return set.all();
}

const valuesOf = (
  live: readonly ExhibitRow[],
  of: (each: ExhibitRow) => readonly (string | undefined)[],
): Set<string> => new Set(live.flatMap(of).filter((value) => value !== undefined && value !== '') as string[]);
