/** The Uyghur Forced Labor Prevention Act's list. The publisher has no data file: a register’s JSON is read. */
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_uflpa',
  title: 'UFLPA Entity List',
  authority: 'US Department of Homeland Security',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.dhs.gov/uflpa-entity-list',
  files: { main: 'dhs-uflpa.json' },
  addresses: {},
  parse: registerParser({ listId: 'dhs-uflpa' }),
});
