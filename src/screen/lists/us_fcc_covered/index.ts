/** Equipment and services that the FCC holds to be a risk, by producer. The publisher has no data file: a register’s JSON is read. */
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_fcc_covered',
  title: 'FCC Covered List',
  authority: 'US Federal Communications Commission',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.fcc.gov/supplychain/coveredlist',
  files: { main: 'fcc-covered.json' },
  addresses: {},
  parse: registerParser({ listId: 'fcc-covered' }),
});
