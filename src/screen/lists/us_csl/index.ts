/** The US Government's lists in one file, rebuilt every hour. Names without their own script; parts may be missing for days. */
import { CSL_CSV, parseCsl } from '../../forms/csl.js';
import { LIMITS, badList } from '../../forms/text.js';
import { type ParsedList, defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_csl',
  title: 'US Consolidated Screening List (Commerce, State, Treasury)',
  authority: 'US Department of Commerce, International Trade Administration',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.trade.gov/consolidated-screening-list',
  files: { main: 'consolidated.csv' },
  addresses: { main: CSL_CSV },
  form: 'csl',
  forms: {
    json: { main: 'https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json' },
  },
  parse({ main }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the main file (consolidated.csv) is missing');
    return parseCsl(main, { limits });
  },
});
