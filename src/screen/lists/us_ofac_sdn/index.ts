/** OFAC's list of Specially Designated Nationals. The CSV form has Latin names only; the enhanced form is the best one. */
import { OFAC_EXPORTS, ofacForms, ofacParser } from '../../forms/ofac/index.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_ofac_sdn',
  title: 'OFAC Specially Designated Nationals and Blocked Persons (SDN)',
  authority: 'US Department of the Treasury, Office of Foreign Assets Control',
  licence: 'Public domain (US federal government)',
  entryUrl: (entry) => `https://sanctionssearch.ofac.treas.gov/Details.aspx?id=${entry}`,
  files: { main: 'SDN.CSV', alt: 'ALT.CSV', add: 'ADD.CSV', comments: 'SDN_COMMENTS.CSV' },
  addresses: {
    main: `${OFAC_EXPORTS}SDN.CSV`,
    alt: `${OFAC_EXPORTS}ALT.CSV`,
    add: `${OFAC_EXPORTS}ADD.CSV`,
    comments: `${OFAC_EXPORTS}SDN_COMMENTS.CSV`,
  },
  forms: ofacForms('SDN.XML', 'SDN'),
  parse: ofacParser('SDN.CSV'),
});
