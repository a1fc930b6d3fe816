/** Goods held at the border because of forced labour, by producer. The publisher has no data file: a register’s JSON is read. */
import { registerParser } from '../../forms/register.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'us_cbp_wro',
  title: 'Withhold release orders and findings',
  authority: 'US Customs and Border Protection',
  licence: 'Public domain (US federal government)',
  entryUrl: () => 'https://www.cbp.gov/trade/forced-labor/withhold-release-orders-and-findings',
  files: { main: 'cbp-wro.json' },
  addresses: {},
  parse: registerParser({ listId: 'cbp-wro' }),
});
