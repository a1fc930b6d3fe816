/** China: unreliable entity list (不可靠实体清单). The ministry announces by notice and has no data file: a transcription is read. */
import { mofcomParser } from '../../forms/mofcom.js';
import { defineList } from '../../list-kind.js';

export default defineList({
  list: 'cn_mofcom_unreliable',
  title: 'China: unreliable entity list (不可靠实体清单)',
  authority: 'Ministry of Commerce of the People’s Republic of China (MOFCOM)',
  licence: 'Official notices; not protected by copyright (Copyright Law of the PRC, article 5)',
  entryUrl: () => 'https://aqygzj.mofcom.gov.cn/',
  files: { main: 'listed_entities.json' },
  addresses: {},
  parse: mofcomParser('cn-unreliable-entity-list'),
});
