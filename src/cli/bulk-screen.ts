/** `screen` for files of any length: a line or a row at a time, so that memory stays flat whatever is handed in. */
import { once } from 'node:events';
import { createReadStream, fstatSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import {
  AsPostedError,
  type Day,
  type Match,
  type Screening,
  type ScreeningQuery,
  asError,
  isDay,
} from '../model/index.js';
import { countryCode } from '../screen/index.js';
import type { Question } from '../watch/index.js';
import type { Context } from './command.js';

/** A record longer than this is a quote that was never closed. */
const LONGEST_RECORD = 1_000_000;

/** The file as text. Throws USAGE where it is not UTF-8: a name with lost letters would be screened as another. */
async function* textOf(word: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  const input: AsyncIterable<Uint8Array> = word === '-' ? process.stdin : createReadStream(word);
  const read = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (thrown) {
      const hint = 'Save it as UTF-8 and hand it in again; rows that are printed already were screened.';
      throw asError(thrown, { code: 'USAGE', message: `${word} is not UTF-8`, hint });
    }
  };
  try {
    for await (const chunk of input) yield read(chunk);
  } catch (thrown) {
    throw thrown instanceof AsPostedError
      ? thrown
      : asError(thrown, { code: 'USAGE', message: `${word} cannot be read` });
  }
  yield read();
}

/** Names a line each; empty lines are none. */
export async function* linesOf(word: string): AsyncGenerator<string> {
  let rest = '';
  for await (const text of textOf(word)) {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') yield line.trim();
    if (rest.length > LONGEST_RECORD)
      throw new AsPostedError({
        code: 'USAGE',
        message: `${word} has a line of more than ${LONGEST_RECORD} characters`,
      });
  }
  if (rest.trim() !== '') yield rest.trim();
}

export interface Problem {
  thrown?: Error;
}

/** What was read before a file turned out to be broken is answered first; what is wrong with it is told by `problem` after that. */
export async function* untilBroken(questions: AsyncIterable<Question>, problem: Problem): AsyncGenerator<Question> {
  try {
    yield* questions;
  } catch (thrown) {
    problem.thrown = thrown as Error;
  }
}

/** Whether all of it is there already. Who writes a name into a pipe may wait for the answer before writing the next. */
export const isWhole = (word: string): boolean => word !== '-' || fstatSync(0).isFile();

/** Waits while the reader of our output is slower than we are. */
export async function write(context: Context, text: string): Promise<void> {
  context.out(text);
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
}

const ADDED = [
  'match',
  'list',
  'entry',
  'listed_as',
  'matched_name',
  'listed_from',
  'listed_until',
  'name_evidence',
  'corroboration',
  'contradictions',
  'decision',
  'on',
  'basis',
  'listed_on',
  'list_versions',
  'note',
].map((name) => `screen_${name}`);

export interface Asked {
  /** One answer a question, in their order, a few ahead of what is read. */
  ask: (questions: AsyncIterable<Question>) => AsyncIterable<Screening>;
  today: Day;
}

/** Read, and waiting for its answer. */
interface Row {
  cells: readonly string[];
  on: string;
  problems: readonly string[];
  isAsked: boolean;
}

export interface BulkResult {
  rows: number;
  hasMatch: boolean;
  hasError: boolean;
}

/** CSV in, CSV out: every column as it was, ours behind them; a row for each row, or with --all for each candidate. */
export async function screenTable(
  context: Context,
  word: string,
  { ask, today }: Asked,
  seen: (screening: Screening) => void,
): Promise<BulkResult> {
  const result: BulkResult = { rows: 0, hasMatch: false, hasError: false };
  const isAll = context.parsed.has('all');
  const { delimiter, records } = await table(context, word);
  let columns: Columns | undefined;
  const waiting: Row[] = [];
  const problem: Problem = {};
  async function* questions(): AsyncGenerator<Question> {
    for await (const cells of records) {
      if (columns === undefined) {
        columns = columnsOf(context, cells);
        if (!context.json) await write(context, csvLine([...cells, ...ADDED], delimiter));
        continue;
      }
      const { query, on, problems } = questionOf(columns, cells, today);
      waiting.push({ cells, on, problems, isAsked: query !== undefined });
      // A row that cannot be asked keeps its place among the answers.
      yield query === undefined ? { query: { name: '' }, on: today } : { query, on };
    }
  }
  for await (const answer of ask(untilBroken(questions(), problem))) {
    const { cells, on, problems, isAsked } = waiting.shift()!;
    result.rows += 1;
    const screening = isAsked ? answer : undefined;
    if (screening) seen(screening);
    if (screening === undefined || problems.length > 0) result.hasError = true;
    if (screening && screening.matches.length > 0) result.hasMatch = true;
    if (context.json) {
      const head = { type: 'screening', row: result.rows, ...(problems.length > 0 ? { problems } : {}) };
      await write(context, JSON.stringify({ ...head, ...(screening ?? { query: '', on, matches: [], lists: [] }) }));
      continue;
    }
    const found: (Match | undefined)[] = screening ? screening.matches.slice(0, isAll ? undefined : 1) : [];
    for (const match of found.length === 0 ? [undefined] : found) {
      const count = columns!.header.length;
      const kept = Array.from({ length: count }, (_, at) => cells[at] ?? '');
      await write(
        context,
        csvLine([...kept, ...answerOf({ match, screening, on, problems }), ...cells.slice(count)], delimiter),
      );
    }
  }
  if (problem.thrown !== undefined) throw problem.thrown;
  if (columns === undefined)
    throw new AsPostedError({ code: 'USAGE', message: `${word} holds no row, not even a header` });
  return result;
}

interface Columns {
  header: readonly string[];
  name: number;
  ids: { type: string; at: number }[];
  countries: number[];
  dates: number[];
  on: number | undefined;
}

async function table(
  { parsed }: Context,
  word: string,
): Promise<{ delimiter: string; records: AsyncIterable<string[]> }> {
  const text = textOf(word);
  let start = '';
  while (!start.includes('\n') && start.length < LONGEST_RECORD) {
    const next = await text.next();
    if (next.done) break;
    start += next.value;
  }
  const delimiter = parsed.value('delimiter')?.replace('\\t', '\t') ?? likelyDelimiter(start.split('\n', 1)[0]!);
  async function* whole(): AsyncGenerator<string> {
    yield start;
    yield* text;
  }
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  const input = Readable.from(whole());
  input.on('error', (thrown) => parser.destroy(thrown));
  input.pipe(parser);
  return { delimiter, records: readable(parser, word) };
}

async function* readable(parser: AsyncIterable<string[]>, word: string): AsyncGenerator<string[]> {
  try {
    yield* parser;
  } catch (thrown) {
    if (thrown instanceof AsPostedError) throw thrown;
    const { message } = thrown as Error;
    const hint = 'A quote is opened and not closed. The rows before it are printed already.';
    throw asError(thrown, { code: 'USAGE', message: `${word} is no CSV from here on: ${message}`, hint });
  }
}

/** What the header holds most of. */
function likelyDelimiter(header: string): string {
  const counted = [',', ';', '\t'].map((each) => ({ each, count: header.split(each).length }));
  return counted.reduce((a, b) => (b.count > a.count ? b : a)).each;
}

function columnsOf({ parsed }: Context, header: readonly string[]): Columns {
  const clash = header.find((each) => ADDED.includes(each));
  if (clash !== undefined)
    throw new AsPostedError({
      code: 'USAGE',
      message: `the table has a column ${clash} already`,
      hint: 'It was screened before: take the table without the columns that begin with screen_.',
    });
  const at = (name: string): number => {
    const place = header.findIndex((each) => each.trim() === name.trim());
    if (place >= 0) return place;
    throw new AsPostedError({
      code: 'USAGE',
      message: `the table has no column ${name}`,
      hint: `It has: ${header.join(', ')}.`,
    });
  };
  const typed = (text: string): { type: string; at: number } => {
    const cut = text.indexOf('=');
    return cut < 0
      ? { type: '', at: at(text) }
      : { type: text.slice(0, cut).toLowerCase(), at: at(text.slice(cut + 1)) };
  };
  const on = parsed.value('on-column');
  return {
    header,
    name: at(parsed.value('column')!),
    ids: parsed.values('id-column').map(typed),
    countries: parsed.values('country-column').map(at),
    dates: parsed.values('date-column').map(at),
    on: on === undefined ? undefined : at(on),
  };
}

/** Numbers that say no type are tried as each that has check digits. */
const CHECKED = ['inn', 'ogrn', 'uscc', 'lei'];
const several = (text: string): string[] =>
  text
    .split(/[;|]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

function questionOf(
  { header, name, ids, countries, dates, on }: Columns,
  cells: readonly string[],
  otherwise: string,
): { query?: ScreeningQuery; on: string; problems: string[] } {
  const cell = (at: number): string => (cells[at] ?? '').trim();
  const problems: string[] = [];
  if (cells.length !== header.length) problems.push(`the row has ${cells.length} cells, the header ${header.length}`);
  const identifiers = ids.flatMap(({ type, at }) =>
    several(cell(at)).flatMap((value) => (type === '' ? CHECKED : [type]).map((each) => ({ type: each, value }))),
  );
  const codes = countries
    .flatMap((at) => several(cell(at)))
    .flatMap((text) => {
      const code = countryCode(text);
      if (code === undefined) problems.push(`“${text}” is no country that is known`);
      return code === undefined ? [] : [code];
    });
  const day = on === undefined || cell(on) === '' ? otherwise : cell(on);
  if (!isDay(day)) problems.push(`“${day}” is no day such as 2024-05-22: not screened`);
  if (cell(name) === '' && identifiers.length === 0) problems.push('the row has no name: not screened');
  if (!isDay(day) || (cell(name) === '' && identifiers.length === 0)) return { on: day, problems };
  const query: ScreeningQuery = {
    name: cell(name),
    ...(identifiers.length > 0 ? { identifiers } : {}),
    ...(codes.length > 0 ? { countries: codes } : {}),
    ...(dates.length > 0 ? { dates: dates.flatMap((at) => several(cell(at))) } : {}),
  };
  return { query, on: day, problems };
}

function answerOf({
  match,
  screening,
  on,
  problems,
}: {
  match: Match | undefined;
  screening: Screening | undefined;
  on: string;
  problems: readonly string[];
}): string[] {
  const lists = screening?.lists ?? [];
  const wasAsked = lists.some(({ version }) => version !== '');
  const versions = lists.map(({ list, publishedAt }) =>
    publishedAt === '' ? `${list}: not screened` : `${list} ${publishedAt}`,
  );
  const notes = [...problems, ...(screening?.note === undefined ? [] : [screening.note])];
  return [
    match?.class ?? (wasAsked ? 'none' : 'unknown'),
    match?.list ?? '',
    match?.entry ?? '',
    match?.name ?? '',
    match?.matchedName ?? '',
    match?.from ?? '',
    match?.to ?? '',
    match === undefined ? '' : String(match.nameEvidence),
    match === undefined ? '' : String(match.corroboration),
    (match?.contradictions ?? []).join('; '),
    match?.decision === undefined ? '' : `${match.decision.verdict}${match.decision.stale ? ' (stale)' : ''}`,
    on,
    match?.basis ?? '',
    match?.listedOn ?? '',
    versions.join('; '),
    notes.join('; '),
  ].map(harmless);
}

/**
 * Programs for tables run a cell that begins like a formula. What lists print is not ours to trust, so such a cell of ours gets an
 * apostrophe in front, which those programs hide. The columns that were handed in are passed on letter for letter.
 */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function csvLine(cells: readonly string[], delimiter: string): string {
  const quoted = (cell: string): string =>
    cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return `${cells.map(quoted).join(delimiter)}\n`;
}
