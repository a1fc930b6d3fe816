/**
 * OFAC's CSV as it is: no header, CRLF, a lone 0x1A as the last line, `-0- ` for null. Lines are cut by hand so that one
 * line is parsed once for all versions that hold it; the cells inside a line are csv-parse's work.
 */
import { parse } from 'csv-parse/sync';
import { AsPostedError } from '../../../model/index.js';

const END_OF_FILE = '\x1a';

export interface CsvLine {
  /** From 1, of the first physical line of the record. */
  number: number;
  text: string;
}

/** Records of the file; a line break inside quotes does not end one. Throws BAD_LIST when the last record is cut. */
export function csvLines(bytes: Uint8Array, file: string): CsvLine[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const lines: CsvLine[] = [];
  const physical = text.split('\n');
  let pending = '';
  let start = 0;
  for (let at = 0; at < physical.length; at++) {
    const line = physical[at]!.replace(/\r$/, '');
    if (pending === '') start = at + 1;
    const record = pending === '' ? line : `${pending}\n${line}`;
    if (quotesAreOdd(record)) {
      pending = record;
      continue;
    }
    pending = '';
    if (record !== '' && record !== END_OF_FILE) lines.push({ number: start, text: record });
  }
  if (pending !== '') {
    throw new AsPostedError({
      code: 'BAD_LIST',
      message: `${file} is cut: the record that starts on line ${start} never ends`,
      hint: 'Fetch the file again; nothing of it was kept.',
    });
  }
  // The publisher ends every file with a line break or 0x1A; one that stops in the middle of a row is a cut download.
  if (bytes.length > 0 && !/[\n\x1a]$/.test(text.slice(-1))) {
    throw new AsPostedError({
      code: 'BAD_LIST',
      message: `${file} is cut: it stops in the middle of line ${physical.length}`,
      hint: 'Fetch the file again; nothing of it was kept.',
    });
  }
  return lines;
}

function quotesAreOdd(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
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
