/** The UK's list as CSV, grouped by its own id, and as a spreadsheet with little more than names. */
import type { ListLimits, ParsedList } from '../../list-kind.js';
import { Collected } from '../../forms/collect.js';
import { tableRows } from '../../forms/csv.js';
import { statedDay } from '../../forms/dates.js';
import { odsRows } from '../../forms/ods.js';
import { RowMaker } from '../../forms/row.js';
import { badList } from '../../forms/text.js';
import { UK_NAMES, addMeasures, addRegistration, addUkName, manyOf, ukSchema } from '../../forms/uk.js';

type Get = (column: string) => string;

const CSV = 'the UK list (CSV)';
const NEEDS = ['Unique ID', 'Name 6', 'Regime Name', 'Designation Type', 'Date Designated'];
/** Its 58 columns. */
const KNOWN =
  'Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,National Identifier additional information,Passport number,Passport additional information,Position,Gender,Town of birth,Country of birth,Type of entity,Subsidiaries,Parent company,Business registration number (s),IMO number,Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,Hull identification number (HIN)'.split(
    ',',
  );

export function parseCsv(main: Uint8Array, limits: ListLimits): ParsedList {
  const collected = new Collected(CSV, 'csv');
  let publishedAt: string | undefined;
  const preamble = ([cell]: readonly string[]): void => {
    publishedAt ??= statedDay(/^Report Date: (.+)$/.exec(cell?.trim() ?? '')?.[1] ?? '');
  };
  const table = { file: CSV, limits, needs: NEEDS, knows: KNOWN, told: collected, preamble };
  for (const { line, get } of tableRows(main, table)) {
    const id = get('Unique ID');
    if (id === '') {
      collected.reject(`line ${line} has no Unique ID`);
      continue;
    }
    addRow(get, rowOf(id, get('Designation Type'), collected));
  }
  return collected.done({ publishedAt });
}

function rowOf(id: string, type: string, collected: Collected): RowMaker {
  return collected.row(id, () => new RowMaker(id, ukSchema(type, collected.unknowns), collected.unknowns));
}

function addRow(get: Get, row: RowMaker): void {
  addUkName(UK_NAMES.map(get), get('Name type'), get('Alias strength'), row);
  row.name(get('Name non-latin script'));
  const lines = [1, 2, 3, 4, 5, 6].map((n) => get(`Address Line ${n}`));
  row.address(...lines, get('Address Postal Code'), get('Address Country')).country(get('Address Country'));
  for (const nationality of manyOf(get('Nationality(/ies)'))) row.country(nationality);
  for (const flag of manyOf(get('Current believed flag of ship'))) row.country(flag);
  row.program(get('Regime Name')).listed(get('Date Designated'));
  for (const birth of manyOf(get('D.O.B'))) row.birth(birth);
  addMeasures(get('Sanctions Imposed'), row);
  for (const number of manyOf(get('Passport number'))) row.identifier('passport', number);
  for (const number of manyOf(get('National Identifier number'))) row.identifier('id', number);
  for (const number of manyOf(get('IMO number'))) row.identifier('imo', number);
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
  let header: Map<string, number> | undefined;
  odsRows(main, ODS, limits, (cells) => {
    if (cells.includes('Unique ID')) {
      header ??= new Map(cells.map((name, at) => [name, at]));
      return;
    }
    if (!header) return;
    collected.met();
    const columns = header;
    const get: Get = (column) => cells[columns.get(column) ?? -1] ?? '';
    const id = get('Unique ID');
    if (id === '') {
      collected.reject(`a row has no Unique ID: ${cells.join(' ').slice(0, 60)}`);
      return;
    }
    const row = rowOf(id, get('Type'), collected);
    row.name(get('Name')).program(get('Regime Name')).listed(get('Date Designated'));
    addMeasures(get('Sanctions Imposed'), row);
  });
  if (!header) throw badList(`${ODS} is not this list: it has no column “Unique ID”`);
  return collected.done();
}
