/** The UK sanctions list: CSV (a row for each name and address), XML, and the short spreadsheet. */
import { isZip } from '../../forms/ods.js';
import { LIMITS, badList, refuseOther } from '../../forms/text.js';
import { xmlRoot } from '../../forms/xml.js';
import { type ParsedList, defineList } from '../../list-kind.js';
import { parseCsv, parseOds } from './tables.js';
import { parseXml } from './xml.js';

const ADDRESS = 'https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List';

export default defineList({
  list: 'gb_fcdo_sanctions',
  title: 'UK Sanctions List',
  authority: 'Foreign, Commonwealth & Development Office',
  licence: 'Open Government Licence v3.0',
  use: 'Contains public sector information licensed under the Open Government Licence v3.0.',
  entryUrl: () => 'https://www.gov.uk/government/publications/the-uk-sanctions-list',
  files: { main: 'UK-Sanctions-List.csv' },
  addresses: { main: `${ADDRESS}.csv` },
  forms: { xml: { main: `${ADDRESS}.xml` }, ods: { main: `${ADDRESS}.ods` } },
  parse({ main }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the main file of the UK list is missing');
    if (isZip(main)) return parseOds(main, limits);
    refuseOther(main, 'the UK list');
    return xmlRoot(main) === undefined ? parseCsv(main, limits) : parseXml(main, limits);
  },
});
