/** Chinese military companies named under Section 1260H. The publisher has no data file: a register’s JSON is read. */
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_dod_1260h',
  title: 'Chinese military companies (Section 1260H of the NDAA for FY2021)',
  authority: 'US Department of Defense',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.federalregister.gov/documents/search?conditions%5Bterm%5D=1260H',
  files: { main: 'dow-1260h.json' },
  addresses: {},
  parse: registerParser({ listId: 'dow-1260h' }),
});
