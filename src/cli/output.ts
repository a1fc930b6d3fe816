import { AsPostedError, parseId, isDay } from '../model/index.js';
import type { Database } from '../store/index.js';
import type { Context } from './command.js';

export type Row = Readonly<Record<string, unknown>>;
export type Cell = string | number | null | undefined;

export interface Columns {
  header: readonly string[];
  cells: (row: Row) => readonly Cell[];
  /** Said when there is nothing to show: a silence is a result too. */
  empty: string;
}

/** JSON lines with `--json`, else a table for people. */
export async function printRows(
  context: Context,
  rows: readonly Row[],
  { header, cells, empty }: Columns,
): Promise<void> {
  if (context.json) {
    for (const row of rows) context.out(JSON.stringify(row));
  } else if (rows.length === 0) context.err(empty);
  else context.out((await import('./table.js')).table(header, rows.map(cells)));
}

/** The one word a command needs, or a usage error that shows the form. */
export function need(word: string | undefined, what: string, form: string): string {
  if (word !== undefined && word !== '') return word;
  throw new AsPostedError({ code: 'USAGE', message: `${what} is missing`, hint: `Form: asposted ${form}` });
}

/** A full id from what somebody typed: any case, O for 0, and a beginning that only one id has. */
export async function fullId(database: Database, typed: string, kinds: string): Promise<string> {
  const parsed = parseId(typed);
  if (!parsed || !kinds.includes(parsed.kind)) {
    const forms = Array.from(kinds, (kind) => `${kind}-…`).join(', ');
    throw new AsPostedError({ code: 'USAGE', message: `${typed} is no id of the kind ${forms}` });
  }
  const { resolveId } = await import('../store/index.js');
  const [found, ...more] = await resolveId(database, parsed.id);
  if (found === undefined) {
    throw new AsPostedError({
      code: 'NOT_FOUND',
      message: `the store holds no ${parsed.id}`,
      hint: '`asposted list notices` (or sources, events …) shows what it holds.',
    });
  }
  if (more.length === 0) return found;
  throw new AsPostedError({
    code: 'USAGE',
    message: `${typed} is not unique`,
    hint: `It could be ${[found, ...more].join(', ')}.`,
  });
}

export function parseDay(text: string, flag: string): string {
  if (isDay(text)) return text;
  throw new AsPostedError({ code: 'USAGE', message: `${flag} wants a day such as 2024-05-22, not ${text}` });
}

/** `--since`: a day, a time, or an age such as 7d. */
export function parseSince(text: string, now: Date, ageOf: (text: string) => number | undefined): string {
  const age = ageOf(text);
  const at = age === undefined ? Date.parse(text) : now.getTime() - age;
  if (Number.isNaN(at)) {
    throw new AsPostedError({
      code: 'USAGE',
      message: `--since wants a day, a time or an age such as 7d, not ${text}`,
    });
  }
  return new Date(at).toISOString();
}
