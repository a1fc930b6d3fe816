/**
 * OFAC's CSV as it is: no header, CRLF, a lone 0x1A as the last line, `-0- ` for null. Lines are cut by hand so that one
 * line is parsed once for all versions that hold it; the cells inside a line are csv-parse's work.
 */
import { parse } from 'csv-parse/sync';
import type { ListLimits } from '../../list-kind.js';
import { rawRecords } from '../csv.js';
import { LIMITS, badList } from '../text.js';

export interface CsvLine {
  /** From 1, of the first physical line of the record. */
  number: number;
  text: string;
  ended: boolean;
}

/** Records of the file; a line break inside quotes does not end one. Throws BAD_LIST when the last record is cut. */
export function* csvLines(bytes: Uint8Array, file: string, limits: ListLimits = LIMITS): Generator<CsvLine> {
  for (const { line, text, ended } of rawRecords(bytes, { file, charset: 'latin1', limits }))
    yield {
      number: line,
      text: text.replace(/^\xef\xbb\xbf/, '').replace(/\x1a$/, ''),
      // The publisher ends every file with a line break or 0x1A.
      ended: ended || text.endsWith('\x1a'),
    };
}

/** A row that stops in the middle is a cut download; where no row was read before it, the file is something else. */
export function refuseCut({ number, ended }: CsvLine, file: string, read: number): void {
  if (!ended && read > 0) throw badList(`${file} is cut: it stops in the middle of line ${number}`);
}

/** Cells of one record with `-0-` as undefined. Returns undefined when the record is not well-formed. */
export function cells(line: string): (string | undefined)[] | undefined {
  try {
    const rows: string[][] = parse(line, { relax_column_count: true, escape: '"' });
    const [row] = rows;
    return row?.map((cell) => (cell.trim() === '-0-' || cell === '' ? undefined : cell.trim()));
  } catch {
    return undefined;
  }
}
