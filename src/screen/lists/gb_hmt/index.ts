/** The Treasury's consolidated list of asset freeze targets (ConList.csv), closed on 28 January 2026: for archives. */
import { Collected } from '../../forms/collect.js';
import { tableRows } from '../../forms/csv.js';
import { statedDay } from '../../forms/dates.js';
import { UK_NAMES, addUkName, manyOf, ukSchema } from '../../forms/uk.js';
import { RowMaker } from '../../forms/row.js';
import { LIMITS, badList } from '../../forms/text.js';
import { type ParsedList, defineList } from '../../list-kind.js';

const FILE = 'ConList.csv';
const NEEDS = ['Name 6', 'Group Type', 'Alias Type', 'Regime', 'Listed On', 'Group ID'];
/** Its 36 columns. */
const KNOWN =
  'Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,National Identification Number,NI Details,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID'.split(
    ',',
  );

export default defineList({
  list: 'gb_hmt',
  title: 'UK Treasury (OFSI) Consolidated List, closed on 28 January 2026',
  authority: 'HM Treasury, Office of Financial Sanctions Implementation',
  licence: 'Open Government Licence v3.0',
  use: 'Contains public sector information licensed under the Open Government Licence v3.0.',
  entryUrl: () => 'https://www.gov.uk/government/publications/the-uk-sanctions-list',
  files: { main: FILE },
  addresses: {},
  parse({ main }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList(`the main file (${FILE}) is missing`);
    const collected = new Collected(FILE, 'csv');
    let publishedAt: string | undefined;
    const preamble = ([label, date]: readonly string[]): void => {
      if (label?.trim() === 'Last Updated') publishedAt ??= statedDay(date ?? '');
    };
    const table = { file: FILE, limits, needs: NEEDS, knows: KNOWN, told: collected, preamble };
    for (const { line, get } of tableRows(main, table)) {
      const id = get('Group ID');
      if (!/^\d+$/.test(id)) {
        collected.reject(`line ${line} has no Group ID`);
        continue;
      }
      const { unknowns } = collected;
      addRow(
        get,
        collected.row(id, () => new RowMaker(id, ukSchema(get('Group Type'), unknowns), unknowns)),
      );
    }
    return collected.done({ publishedAt });
  },
});

function addRow(get: (column: string) => string, row: RowMaker): void {
  addUkName(UK_NAMES.map(get), get('Alias Type'), get('Alias Quality'), row);
  row.name(get('Name Non-Latin Script'));
  const lines = [1, 2, 3, 4, 5, 6].map((n) => get(`Address ${n}`));
  row.address(...lines, get('Post/Zip Code'), get('Country')).country(get('Country'));
  for (const country of manyOf(get('Nationality'))) row.country(country);
  for (const number of manyOf(get('Passport Number'))) row.identifier('passport', number);
  for (const number of manyOf(get('National Identification Number'))) row.identifier('id', number);
  row.program(get('Regime')).listed(get('Listed On')).birth(get('DOB'));
  row.remark(get('Title'), 'Title').remark(get('Position'), 'Title');
  row.remark(get('Other Information')).numbersIn(get('Other Information'));
}
