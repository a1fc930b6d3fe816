/** Persons who were denied export privileges. Orders that have ended stay on the list: `endsOn` says until when. Read from the Consolidated Screening List or a register’s JSON. */
import { CSL_CSV } from '../../forms/csl.js';
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_bis_dpl',
  title: 'BIS Denied Persons List',
  authority: 'US Department of Commerce, Bureau of Industry and Security',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl',
  files: { main: 'consolidated.csv' },
  addresses: { main: CSL_CSV },
  form: 'csl',
  parse: registerParser({ listId: 'bis-dpl', csl: 'DPL' }),
});
