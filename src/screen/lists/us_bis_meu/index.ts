/** Military end users. It lacks those of 15 CFR 744.22(f)(2), as the Consolidated Screening List does. Read from the Consolidated Screening List or a register’s JSON. */
import { CSL_CSV } from '../../forms/csl.js';
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_bis_meu',
  title: 'BIS Military End-User List (Supplement No. 7 to 15 CFR Part 744)',
  authority: 'US Department of Commerce, Bureau of Industry and Security',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.ecfr.gov/current/title-15/part-744/appendix-Supplement%20No.%207%20to%20Part%20744',
  files: { main: 'consolidated.csv' },
  addresses: { main: CSL_CSV },
  form: 'csl',
  parse: registerParser({ listId: 'bis-meu', csl: 'MEU' }),
});
