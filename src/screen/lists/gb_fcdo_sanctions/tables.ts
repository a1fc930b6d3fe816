/** The UK's list as CSV, grouped by its own id, and as a spreadsheet with little more than names. */
import type { ListLimits, ParsedList } from '../../list-kind.js';
import { Collected } from '../../forms/collect.js';
import { tableRows } from '../../forms/csv.js';
import { statedDay } from '../../forms/dates.js';
import { odsRows } from '../../forms/ods.js';
import { RowMaker } from '../../forms/row.js';
import { badList } from '../../forms/text.js';
import { addMeasures, addName, addRegistration, manyOf, schemaOf } from './common.js';

type Get = (column: string) => string;

const CSV = 'the UK list (CSV)';
const NEEDS = ['Unique ID', 'Name 6', 'Regime Name', 'Designation Type', 'Date Designated'];

export function parseCsv(main: Uint8Array, limits: ListLimits): ParsedList {
  const collected = new Collected(CSV, 'csv');
  const rows = new Map<string, RowMaker>();
  let publishedAt: string | undefined;
  const preamble = ([cell]: readonly string[]): void => {
    publishedAt ??= statedDay(/^Report Date: (.+)$/.exec(cell?.trim() ?? '')?.[1] ?? '');
  };
  const { problem } = collected;
  for (const { line, get } of tableRows(main, { file: CSV, limits, needs: NEEDS, problem, preamble })) {
    const id = get('Unique ID');
    if (id === '') {
      collected.reject(`line ${line} has no Unique ID`);
      continue;
    }
    const row =
      rows.get(id) ?? new RowMaker(id, schemaOf(get('Designation Type'), collected.unknowns), collected.unknowns);
    rows.set(id, row);
    addRow(get, row);
  }
  for (const row of rows.values()) collected.add(row);
  return collected.done({ publishedAt });
}

function addRow(get: Get, row: RowMaker): void {
  const parts = ['Name 1', 'Name 2', 'Name 3', 'Name 4', 'Name 5', 'Name 6'].map(get);
  addName(parts, get('Name type'), get('Alias strength'), row);
  row.name(get('Name non-latin script'));
  const lines = [1, 2, 3, 4, 5, 6].map((n) => get(`Address Line ${n}`));
  row.address(...lines, get('Address Postal Code'), get('Address Country')).country(get('Address Country'));
  for (const nationality of manyOf(get('Nationality(/ies)'))) row.country(nationality);
  for (const flag of manyOf(get('Current believed flag of ship'))) row.country(flag);
  row.program(get('Regime Name')).listed(get('Date Designated')).birth(get('D.O.B'));
  addMeasures(get('Sanctions Imposed'), row);
  row.identifier('passport', get('Passport number')).identifier('id', get('National Identifier number'));
  row.identifier('imo', get('IMO number'));
  addRegistration(get('Business registration number (s)'), row);
  for (const name of manyOf(get('Parent company'))) row.link({ role: 'parent', name });
  for (const name of manyOf(get('Subsidiaries'))) row.link({ role: 'subsidiary', name });
  for (const name of manyOf(get('Current owner/operator (s)'))) row.link({ role: 'owner', name });
  for (const name of manyOf(get('Previous owner/operator (s)'))) row.link({ role: 'owner', name, isFormer: true });
  row.remark(get('Title'), 'Title').remark(get('Position'), 'Title').remark(get('UN Reference Number'), 'UN reference');
  for (const column of ['Other Information', 'UK Statement of Reasons']) row.remark(get(column)).numbersIn(get(column));
}

const ODS = 'the UK list (ODS)';

/** Only names: no reasons, numbers or addresses. Its rows have no kind of name; the first of a designation is taken as its primary one. */
export function parseOds(main: Uint8Array, limits: ListLimits): ParsedList {
  const collected = new Collected(ODS, 'ods');
  const rows = new Map<string, RowMaker>();
  let header: Map<string, number> | undefined;
  odsRows(main, ODS, limits, (cells) => {
    if (cells.includes('Unique ID')) {
      header ??= new Map(cells.map((name, at) => [name, at]));
      return;
    }
    if (!header) return;
    const columns = header;
    const get: Get = (column) => cells[columns.get(column) ?? -1] ?? '';
    const id = get('Unique ID');
    if (id === '') {
      collected.reject(`a row has no Unique ID: ${cells.join(' ').slice(0, 60)}`);
      return;
    }
    const row = rows.get(id) ?? new RowMaker(id, schemaOf(get('Type'), collected.unknowns), collected.unknowns);
    rows.set(id, row);
    row.name(get('Name')).program(get('Regime Name')).listed(get('Date Designated'));
    addMeasures(get('Sanctions Imposed'), row);
  });
  if (!header) throw badList(`${ODS} is not this list: it has no column “Unique ID”`);
  for (const row of rows.values()) collected.add(row);
  return collected.done();
}
