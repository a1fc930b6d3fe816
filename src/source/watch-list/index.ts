/** Lists of sources that people pass on to each other and to other programs. Pure: nothing is recorded here. */
import { AsPostedError } from '../../model/index.js';
import { MOST_ENTRIES, type WatchList, type WatchedSource } from './entry.js';
import { readCsv, readJsonLines, writeCsv, writeJsonLines } from './lines.js';
import { readOpml, writeOpml } from './opml.js';

export type { BadLine, WatchEntry, WatchList, WatchedSource } from './entry.js';

/** The largest list of feeds anybody has shown is a hundredth of it. */
const LARGEST = 16_000_000;

/** By its first letter: OPML, JSON lines, or a table. */
export async function readWatchList(text: string): Promise<WatchList> {
  const refuse = (message: string): AsPostedError => new AsPostedError({ code: 'BAD_INPUT', message });
  if (text.length > LARGEST) throw refuse(`the list is longer than the ${LARGEST} letters that are read`);
  const body = text.replace(/^\ufeff/, '');
  const first = body.trimStart().slice(0, 1);
  const list = first === '<' ? readOpml(body) : first === '{' ? readJsonLines(body) : await readCsv(body);
  if (list.entries.length > MOST_ENTRIES) throw refuse(`the list names more than ${MOST_ENTRIES} sources`);
  return { ...list, bad: [...list.bad].sort((a, b) => a.line - b.line) };
}

const WRITERS = { opml: writeOpml, csv: writeCsv, json: writeJsonLines } as const;

export type WatchListFormat = keyof typeof WRITERS;

export const WATCH_LIST_FORMATS = Object.keys(WRITERS) as WatchListFormat[];

/** What was removed is not passed on. */
export function writeWatchList(sources: readonly WatchedSource[], format: WatchListFormat): string {
  return WRITERS[format](sources.filter(({ state }) => state !== 'removed'));
}
