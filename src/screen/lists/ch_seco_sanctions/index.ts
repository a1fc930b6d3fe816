/** Switzerland's list as one XML: programmes first, then targets, places where the file has them. It keeps those who were taken off it. */
import { LIMITS, badList } from '../../forms/text.js';
import { type ParsedList, defineList } from '../../list-kind.js';
import { parseSeco } from './xml.js';

export default defineList({
  list: 'ch_seco_sanctions',
  title: 'Switzerland: SECO sanctions list',
  authority: 'State Secretariat for Economic Affairs (SECO)',
  licence: 'Annexes of federal ordinances: not protected by copyright (Swiss Copyright Act, article 5)',
  entryUrl: () => 'https://www.sesam.search.admin.ch/sesam-search-web/pages/search.xhtml?lang=en',
  files: { main: 'consolidated-list.xml' },
  addresses: {
    main: 'https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction',
  },
  form: 'xml',
  parse({ main }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the main file of the Swiss list is missing');
    return parseSeco(main, limits);
  },
});
