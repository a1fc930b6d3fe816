/** Lists of sources a line each: tables, and JSON as `source list --json` prints it. */
import { parseDuration } from '../../model/index.js';
import {
  type BadLine,
  type WatchEntry,
  type WatchList,
  type WatchedSource,
  everyText,
  nameOf,
  optionsOf,
  otherOptions,
  urlsOf,
} from './entry.js';

const COLUMNS = ['kind', 'name', 'url', 'every', 'options', 'state'] as const;

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

/** `url` is enough; columns may stand in any order, and others are passed over. */
export async function readCsv(text: string): Promise<WatchList> {
  const { parse } = await import('csv-parse/sync');
  const list: WatchList = { entries: [], bad: [] };
  const head = text.replace(/^\ufeff/, '').split('\n', 1)[0]!;
  const delimiter = ['\t', ';', ','].find((each) => head.includes(each)) ?? ',';
  const rows = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    // JSON that somebody typed without doubling its quotes.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 1_000_000,
    on_skip: (error) => {
      list.bad.push({ line: Number(error?.['lines'] ?? 0), why: 'the row cannot be read' });
      return undefined;
    },
  }) as unknown as CsvRecord[];
  const [first, ...rest] = rows;
  const names = (first?.record ?? []).map((name) => name.trim().toLowerCase());
  if (!names.includes('url') && !names.includes('options'))
    return { entries: [], bad: [{ line: 1, why: `the first row names no column url (${COLUMNS.join(', ')})` }] };
  for (const { record, info } of rest) {
    const cell = (name: (typeof COLUMNS)[number]): string => (record[names.indexOf(name)] ?? '').trim();
    const entry = entryOf(cell, info.lines);
    if ('why' in entry) list.bad.push(entry);
    else list.entries.push(entry);
  }
  return list;
}

function entryOf(cell: (name: (typeof COLUMNS)[number]) => string, line: number): WatchEntry | BadLine {
  const options = optionsOf(cell('options'));
  if (!options) return { line, why: 'its options are no JSON object' };
  const everyMs = parseDuration(cell('every'));
  if (everyMs === undefined && cell('every') !== '') return { line, why: `every is no duration such as 6h` };
  return {
    line,
    name: nameOf(cell('name'), cell('url') || cell('kind')),
    options,
    ...(cell('kind') === '' ? {} : { kind: cell('kind') }),
    ...(cell('url') === '' ? {} : { url: cell('url') }),
    ...(everyMs === undefined ? {} : { everyMs }),
    ...(cell('state') === 'paused' ? { state: 'paused' as const } : {}),
  };
}

export function writeCsv(sources: readonly WatchedSource[]): string {
  const rows = sources.map((source) => [
    source.kind,
    source.name,
    urlsOf(source),
    everyText(source.everyMs),
    JSON.stringify(otherOptions(source)),
    source.state,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function readJsonLines(text: string): WatchList {
  const list: WatchList = { entries: [], bad: [] };
  text.split('\n').forEach((row, at) => {
    if (row.trim() === '') return;
    const value = optionsOf(row);
    const line = at + 1;
    const why = value ? wrongWith(value) : 'it is no JSON object';
    if (why !== undefined) list.bad.push({ line, why });
    // What was removed there is not to be watched here.
    else if (value!['state'] !== 'removed') list.entries.push(entryOfJson(value!, line));
  });
  return list;
}

function wrongWith({ type = 'source', kind, options, everyMs }: Readonly<Record<string, unknown>>): string | undefined {
  if (type !== 'source') return `it is of type ${JSON.stringify(type).slice(0, 40)}, not source`;
  if (typeof kind !== 'string') return 'it names no kind';
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return 'it has no options';
  if (everyMs !== undefined && !(Number.isSafeInteger(everyMs) && Number(everyMs) > 0)) return 'everyMs is no time';
  return undefined;
}

function entryOfJson(value: Readonly<Record<string, unknown>>, line: number): WatchEntry {
  const { kind, name, options, everyMs, state } = value;
  return {
    line,
    kind: kind as string,
    name: nameOf(typeof name === 'string' ? name : '', kind as string),
    options: options as Record<string, unknown>,
    ...(typeof everyMs === 'number' ? { everyMs } : {}),
    ...(state === 'paused' ? { state } : {}),
  };
}

export function writeJsonLines(sources: readonly WatchedSource[]): string {
  return sources
    .map(
      ({ kind, name, options, everyMs, state }) =>
        `${JSON.stringify({ type: 'source', kind, name, state, options, everyMs })}\n`,
    )
    .join('');
}
