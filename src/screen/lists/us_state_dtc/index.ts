/** Parties debarred under the Arms Export Control Act. Read from the Consolidated Screening List or a register’s JSON. */
import { CSL_CSV } from '../../forms/csl.js';
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_state_dtc',
  title: 'AECA statutorily debarred parties',
  authority: 'US Department of State, Directorate of Defense Trade Controls',
  licence: 'Public domain (US federal government)',
  entryUrl: () =>
    'https://www.pmddtc.state.gov/ddtc_public/ddtc_public?id=ddtc_kb_article_page&sys_id=c22d1833dbb8d300d0a370131f9619f0',
  files: { main: 'consolidated.csv' },
  addresses: { main: CSL_CSV },
  form: 'csl',
  parse: registerParser({ listId: 'state-debarred-statutory', csl: 'DTC' }),
});
