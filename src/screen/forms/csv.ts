/** Tables as publishers write them: quoted cells with line breaks, a header that may come again, a last row that may be cut. */
import { parse } from 'csv-parse/sync';
import type { Told } from './collect.js';
import { type TextOptions, badList, LIMITS, clean, textLines, tooLong } from './text.js';

export interface CsvOptions extends TextOptions {
  delimiter?: string;
}

export interface CsvRecord {
  /** Of its first physical line, from 1. */
  line: number;
  /** Undefined when the record is not well-formed. */
  cells: string[] | undefined;
  ended: boolean;
}

export interface RawRecord {
  line: number;
  text: string;
  ended: boolean;
}

/** So many records are handed to the parser at once: one by one it takes three times as long. */
const BATCH = 200;
const END_OF_FILE = '\x1a';

export function* csvRecords(bytes: Uint8Array, options: CsvOptions): Generator<CsvRecord> {
  let batch: RawRecord[] = [];
  for (const record of rawRecords(bytes, options)) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    yield* parsed(batch, options);
    batch = [];
  }
  yield* parsed(batch, options);
}

/** Records as text; a line break inside quotes does not end one. */
export function* rawRecords(bytes: Uint8Array, options: CsvOptions): Generator<RawRecord> {
  const { file, limits = LIMITS } = options;
  let pending: string[] = [];
  let [held, start, odd] = [0, 0, false];
  for (const { number, text, ended } of textLines(bytes, options)) {
    if (pending.length === 0) start = number;
    odd = quotesAreOdd(text) !== odd;
    held += text.length + 1;
    if (held > limits.record) throw tooLong(file, `the record that starts on line ${start}`, limits);
    pending.push(text);
    if (odd) continue;
    const whole = pending.join('\n');
    [pending, held] = [[], 0];
    if (whole.trim() !== '' && whole !== END_OF_FILE) yield { line: start, text: whole, ended };
  }
  if (odd) throw badList(`${file} is cut: the record that starts on line ${start} never ends`);
}

function* parsed(batch: readonly RawRecord[], { delimiter = ',' }: CsvOptions): Generator<CsvRecord> {
  const rows = rowsOf(batch.map(({ text }) => text).join('\n'), delimiter);
  const fits = rows?.length === batch.length;
  for (const [at, { line, text, ended }] of batch.entries())
    yield { line, ended, cells: fits ? rows[at] : rowsOf(text, delimiter)?.[0] };
}

function rowsOf(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, { relax_column_count: true, escape: '"', delimiter });
  } catch {
    return undefined;
  }
}

function quotesAreOdd(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

export interface TableOptions extends CsvOptions {
  /** Columns without which this is another file. */
  needs: readonly string[];
  /** Columns the reader knows of; others are told of, not dropped in silence. Absent: any. */
  knows?: readonly string[] | RegExp;
  told: Told;
  /** Told of lines before the header. */
  preamble?: (cells: readonly string[]) => void;
}

export interface TableRow {
  line: number;
  /** Of a column, without blanks around it; empty when there is none. */
  get: (column: string) => string;
}

/** Rows under their header. The header may stand below a few lines of preamble, and may come again inside. */
export function* tableRows(bytes: Uint8Array, options: TableOptions): Generator<TableRow> {
  const { file, needs, told } = options;
  let header: Map<string, number> | undefined;
  for (const { line, cells, ended } of csvRecords(bytes, options)) {
    if (cells && isHeader(cells, needs)) {
      header = headerOf(cells, options, header === undefined);
      continue;
    }
    if (!header) {
      if (!cells || line > PREAMBLE) break;
      options.preamble?.(cells);
      continue;
    }
    told.met();
    if (cells?.length !== header.size) {
      if (!ended) throw badList(`${file} is cut: it stops in the middle of line ${line}`);
      told.reject(`line ${line} has ${cells?.length ?? 'no readable'} columns, not ${header.size}`);
      continue;
    }
    if (!ended) told.problem('it ends without a line break: it may be cut');
    const columns = header;
    yield { line, get: (column) => clean(cells[columns.get(column) ?? -1]) };
  }
  if (!header) throw badList(`${file} is not this list: it has no header with ${needs.slice(0, 4).join(', ')}`);
}

/** Lines that may stand above the header. */
const PREAMBLE = 5;

function isHeader(cells: readonly string[], needs: readonly string[]): boolean {
  const names = new Set(cells.map(clean));
  return needs.every((name) => names.has(name));
}

function headerOf(cells: readonly string[], { knows, told }: TableOptions, isFirst: boolean): Map<string, number> {
  const isKnown = (name: string): boolean =>
    knows === undefined || (knows instanceof RegExp ? knows.test(name) : knows.includes(name));
  const unknown = cells.map(clean).filter((name) => !isKnown(name));
  if (isFirst && unknown.length > 0) told.problem(`columns this reader does not know: ${unknown.join(', ')}`);
  // By number where two columns have one name: the width of a row is counted, too.
  return new Map(cells.map((name, at) => [cells.indexOf(name) === at ? clean(name) : `${clean(name)} ${at}`, at]));
}
