/** Any file of FollowTheMoney entities, one a line. `ftm_…` gives it a name of its own. */
import { parseFtm } from '../../forms/ftm.js';
import { LIMITS, badList } from '../../forms/text.js';
import { type ParsedList, defineList } from '../../list-kind.js';

export default defineList({
  list: 'ftm',
  title: 'A file of FollowTheMoney entities (name it ftm_…)',
  authority: 'Whoever made the file',
  licence: 'That of the file: ask who made it',
  entryUrl: () => 'https://followthemoney.tech/',
  files: { main: 'entities.ftm.json' },
  addresses: {},
  named: { addresses: () => ({}) },
  parse({ main }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the main file (entities.ftm.json) is missing');
    return parseFtm(main, { limits, file: 'the FollowTheMoney file' });
  },
});
