/** Nonproliferation sanctions of the State Department. Read from the Consolidated Screening List or a register’s JSON. */
import { CSL_CSV } from '../../forms/csl.js';
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_state_isn',
  title: 'US nonproliferation sanctions',
  authority: 'US Department of State, Bureau of International Security and Nonproliferation',
  licence: 'Public domain (US federal government)',
  entryUrl: () =>
    'https://www.state.gov/key-topics-bureau-of-international-security-and-nonproliferation/nonproliferation-sanctions/',
  files: { main: 'consolidated.csv' },
  addresses: { main: CSL_CSV },
  form: 'csl',
  parse: registerParser({ listId: 'state-nonproliferation', csl: 'ISN' }),
});
