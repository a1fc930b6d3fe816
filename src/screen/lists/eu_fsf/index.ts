/** The EU's consolidated list of financial sanctions, in its XML and CSV forms (both "1.1"). */
import { LIMITS, badList, refuseOther } from '../../forms/text.js';
import { xmlRoot } from '../../forms/xml.js';
import { type ParsedList, defineList } from '../../list-kind.js';
import { parseCsv } from './csv.js';
import { parseXml } from './xml.js';

/** The publisher's own public token; it says no more than "token-2017". */
const ADDRESS = (form: string): string =>
  `https://webgate.ec.europa.eu/fsd/fsf/public/files/${form}FullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw`;

export default defineList({
  list: 'eu_fsf',
  title: 'EU Consolidated Financial Sanctions List',
  authority: 'European Commission, Directorate-General FISMA',
  licence: 'Reuse allowed (European Commission, Decision 2011/833/EU)',
  entryUrl: () => 'https://webgate.ec.europa.eu/fsd/fsf',
  files: { main: 'xmlFullSanctionsList_1_1.xml' },
  addresses: { main: ADDRESS('xml') },
  form: 'xml',
  forms: { csv: { main: ADDRESS('csv') } },
  parse({ main }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the main file of the EU list is missing');
    refuseOther(main, 'the EU list');
    return xmlRoot(main) === undefined ? parseCsv(main, limits) : parseXml(main, limits);
  },
});
