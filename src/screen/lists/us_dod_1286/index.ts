/** Foreign institutions that the Defense Department names as problematic in research. The publisher has no data file: a register’s JSON is read. */
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_dod_1286',
  title: 'Institutions named under Section 1286 of the NDAA for FY2019',
  authority: 'US Department of Defense',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.cto.mil/programs/1286/',
  files: { main: 'dow-1286.json' },
  addresses: {},
  parse: registerParser({ listId: 'dow-1286' }),
});
