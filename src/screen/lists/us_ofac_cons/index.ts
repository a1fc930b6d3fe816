/** OFAC's other lists in one: sectoral sanctions, Chinese military companies, menu-based, and the like. */
import { OFAC_EXPORTS, ofacForms, ofacParser } from '../../forms/ofac/index.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_ofac_cons',
  title: 'OFAC Consolidated (non-SDN) lists: SSI, NS-CMIC, NS-MBS, CAPTA, FSE, PLC',
  authority: 'US Department of the Treasury, Office of Foreign Assets Control',
  licence: 'Public domain (US federal government)',
  entryUrl: (entry) => `https://sanctionssearch.ofac.treas.gov/Details.aspx?id=${entry}`,
  files: { main: 'CONS_PRIM.CSV', alt: 'CONS_ALT.CSV', add: 'CONS_ADD.CSV', comments: 'CONS_COMMENTS.CSV' },
  addresses: {
    main: `${OFAC_EXPORTS}CONS_PRIM.CSV`,
    alt: `${OFAC_EXPORTS}CONS_ALT.CSV`,
    add: `${OFAC_EXPORTS}CONS_ADD.CSV`,
    comments: `${OFAC_EXPORTS}CONS_COMMENTS.CSV`,
  },
  forms: ofacForms('CONSOLIDATED.XML', 'CONS'),
  parse: ofacParser('CONS_PRIM.CSV'),
});
