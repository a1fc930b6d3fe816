/**
 * OpenSanctions: `os` is their collection of sanctions, `os_<dataset>` any other data set of theirs. Loaded by who may use it;
 * As Posted ships no row of it.
 */
import { createHash } from 'node:crypto';
import { parseFtm } from '../../forms/ftm.js';
import { isObject, textOf } from '../../forms/json.js';
import { LIMITS, badList, refuseOther, textStart } from '../../forms/text.js';
import { type ParsedList, defineList } from '../../list-kind.js';
import { statedDay } from '../../forms/dates.js';
import { parseSimple } from './simple.js';

const addressesOf = (dataset: string): Record<string, string> => ({
  index: `https://data.opensanctions.org/datasets/latest/${dataset}/index.json`,
  main: `https://data.opensanctions.org/datasets/latest/${dataset}/entities.ftm.json`,
});

export default defineList({
  list: 'os',
  title: 'OpenSanctions (os: sanctions; os_<dataset>: any data set)',
  authority: 'OpenSanctions Datenbanken GmbH',
  licence: 'CC BY-NC 4.0',
  use: 'OpenSanctions data is CC BY-NC 4.0: free for non-commercial use with credit; commercial use needs their licence. As Posted ships none of it.',
  entryUrl: (entry) => `https://www.opensanctions.org/entities/${encodeURIComponent(entry)}/`,
  files: { main: 'entities.ftm.json', index: 'index.json' },
  addresses: addressesOf('sanctions'),
  form: 'ftm',
  named: { addresses: (list) => addressesOf(list.slice('os_'.length)) },
  parse({ main, index }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the main file (entities.ftm.json) is missing');
    refuseOther(main, 'the OpenSanctions file');
    const publishedAt = index && checkedByIndex(main, index);
    if (!textStart(main).startsWith('{')) return parseSimple(main, limits, publishedAt);
    return parseFtm(main, { limits, file: 'entities.ftm.json', publishedAt });
  },
});

/** The index has the checksum of each file: one that fits none is cut, or of another day. Gives the day of the data. */
function checkedByIndex(main: Uint8Array, index: Uint8Array): string | undefined {
  let facts: unknown;
  try {
    facts = JSON.parse(Buffer.from(index).toString('utf8'));
  } catch {
    throw badList('index.json of OpenSanctions is no JSON');
  }
  const resources: unknown = isObject(facts) ? facts['resources'] : undefined;
  if (!isObject(facts) || !Array.isArray(resources)) throw badList('index.json of OpenSanctions names no files');
  const checksum = createHash('sha1').update(main).digest('hex');
  if (!resources.some((each) => isObject(each) && each['checksum'] === checksum))
    throw badList('the file has none of the checksums of its index.json: it is cut, or one of the two is older');
  return statedDay(textOf(facts['updated_at']));
}
