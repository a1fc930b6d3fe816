/** The Treasury's consolidated list of asset freeze targets (ConList.csv), closed on 28 January 2026: for archives. */
import { Collected } from '../../forms/collect.js';
import { tableRows } from '../../forms/csv.js';
import { statedDay } from '../../forms/dates.js';
import { RowMaker } from '../../forms/row.js';
import { LIMITS, badList } from '../../forms/text.js';
import { type ParsedList, defineList } from '../../list-kind.js';

const FILE = 'ConList.csv';
const NEEDS = ['Name 6', 'Group Type', 'Alias Type', 'Regime', 'Listed On', 'Group ID'];

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
    const rows = new Map<string, RowMaker>();
    let publishedAt: string | undefined;
    const preamble = ([label, date]: readonly string[]): void => {
      if (label?.trim() === 'Last Updated') publishedAt ??= statedDay(date ?? '');
    };
    const { problem } = collected;
    for (const { line, get } of tableRows(main, { file: FILE, limits, needs: NEEDS, problem, preamble })) {
      const id = get('Group ID');
      if (!/^\d+$/.test(id)) {
        collected.reject(`line ${line} has no Group ID`);
        continue;
      }
      const type = get('Group Type');
      const schema = type === 'Individual' ? 'Person' : type === 'Ship' ? 'Vessel' : 'LegalEntity';
      const row = rows.get(id) ?? new RowMaker(id, schema, collected.unknowns);
      rows.set(id, row);
      addRow(get, row);
    }
    for (const row of rows.values()) collected.add(row);
    return collected.done({ publishedAt });
  },
});

function addRow(get: (column: string) => string, row: RowMaker): void {
  const parts = ['Name 1', 'Name 2', 'Name 3', 'Name 4', 'Name 5', 'Name 6'].map(get);
  row.name(parts.join(' '), {
    primary: /^primary name$/i.test(get('Alias Type')),
    weak: /^low/i.test(get('Alias Quality')),
  });
  row.name(get('Name Non-Latin Script'));
  const lines = [1, 2, 3, 4, 5, 6].map((n) => get(`Address ${n}`));
  row.address(...lines, get('Post/Zip Code'), get('Country')).country(get('Country'));
  for (const country of get('Nationality').split(/\(\d+\)/)) row.country(country);
  row.identifier('passport', get('Passport Number')).identifier('id', get('National Identification Number'));
  row.program(get('Regime')).listed(get('Listed On')).birth(get('DOB'));
  row.remark(get('Title'), 'Title').remark(get('Position'), 'Title');
  row.remark(get('Other Information')).numbersIn(get('Other Information'));
}
