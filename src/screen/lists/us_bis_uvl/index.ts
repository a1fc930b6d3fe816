/** Parties whose bona fides could not be verified. Read from the Consolidated Screening List or a register’s JSON. */
import { CSL_CSV } from '../../forms/csl.js';
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_bis_uvl',
  title: 'BIS Unverified List (Supplement No. 6 to 15 CFR Part 744)',
  authority: 'US Department of Commerce, Bureau of Industry and Security',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.ecfr.gov/current/title-15/part-744/appendix-Supplement%20No.%206%20to%20Part%20744',
  files: { main: 'consolidated.csv' },
  addresses: { main: CSL_CSV },
  form: 'csl',
  parse: registerParser({ listId: 'bis-uvl', csl: 'UVL' }),
});
