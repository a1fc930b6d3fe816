/** All forms of a list of OFAC's: which one the file is, is seen from its beginning. */
import type { ListKind, ListLimits, ParsedList } from '../../list-kind.js';
import { LIMITS, badList, refuseOther } from '../text.js';
import { xmlRoot } from '../xml.js';
import { parseAdvanced } from './advanced.js';
import { parseCsvFiles } from './csv-files.js';
import { parseEnhanced } from './enhanced.js';
import { parseStandard } from './standard.js';

export const OFAC_EXPORTS = 'https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/';

/** `name`: of the main file of the CSV form. */
export function ofacParser(name: string): ListKind['parse'] {
  return (files, cache, limits: ListLimits = LIMITS): ParsedList => {
    const main = files['main'];
    if (!main) throw badList(`the main file (${name}) is missing`);
    const root = xmlRoot(main);
    refuseOther(main, root === undefined ? name : 'the list');
    switch (root) {
      case undefined:
        return parseCsvFiles({ files, name, cache, limits });
      case 'Sanctions':
        return parseAdvanced(main, 'the advanced XML', limits);
      case 'sanctionsData':
        return parseEnhanced(main, 'the enhanced XML', limits);
      default:
        return parseStandard(main, 'the XML', limits);
    }
  };
}

/** Addresses of the forms beside CSV. The enhanced and the advanced one have over 100 MB each. */
export function ofacForms(xml: string, stem: string): NonNullable<ListKind['forms']> {
  return {
    xml: { main: `${OFAC_EXPORTS}${xml}` },
    enhanced: { main: `${OFAC_EXPORTS}${stem}_ENHANCED.XML` },
    advanced: { main: `${OFAC_EXPORTS}${stem}_ADVANCED.XML` },
  };
}
