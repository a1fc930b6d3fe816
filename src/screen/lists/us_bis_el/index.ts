/** The Entity List: a licence is needed for what a listed party takes part in; no freeze. Read from the Consolidated Screening List or a register’s JSON. */
import { CSL_CSV } from '../../forms/csl.js';
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_bis_el',
  title: 'BIS Entity List (Supplement No. 4 to 15 CFR Part 744)',
  authority: 'US Department of Commerce, Bureau of Industry and Security',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.ecfr.gov/current/title-15/part-744/appendix-Supplement%20No.%204%20to%20Part%20744',
  files: { main: 'consolidated.csv' },
  addresses: { main: CSL_CSV },
  form: 'csl',
  parse: registerParser({ listId: 'bis-entity-list', csl: 'EL' }),
});
