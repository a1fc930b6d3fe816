/** Lists of China's Ministry of Commerce, as one JSON array transcribes three of them; each list takes its own records. */
import type { ListKind, ParsedList } from '../list-kind.js';
import { Collected } from './collect.js';
import { type JsonObject, jsonRecords, textOf, textsOf } from './json.js';
import { RowMaker } from './row.js';
import { LIMITS, badList } from './text.js';

const FILE = 'the list of the Ministry of Commerce';

export function mofcomParser(listId: string): ListKind['parse'] {
  return ({ main }, _cache, limits = LIMITS): ParsedList => {
    if (!main) throw badList('the main file is missing');
    const collected = new Collected(FILE, 'json');
    const others = new Set<string>();
    for (const record of jsonRecords(main, { file: FILE, limits, told: collected })) {
      const list = textOf(record['list_id']);
      if (list === listId) addRecord(record, collected);
      else {
        collected.leftOut();
        others.add(list);
      }
    }
    if (collected.size === 0)
      throw badList(`${FILE} has no record of ${listId}: it holds ${[...others].slice(0, 5).join(', ') || 'nothing'}`);
    return collected.done();
  };
}

function addRecord(record: JsonObject, collected: Collected): void {
  const id = textOf(record['id']);
  if (id === '') {
    collected.reject(`${textOf(record['entity_name']) || 'a record'} has no id`);
    return;
  }
  const schema = textOf(record['entity_type']) === 'person' ? 'Person' : 'LegalEntity';
  // `country` is that of the list, China's, and says nothing of whom it names.
  const row = new RowMaker(id, schema, collected.unknowns);
  row.name(textOf(record['entity_name']), { primary: true });
  for (const alias of textsOf(record['aliases'])) row.name(alias);
  for (const address of textsOf(record['addresses'])) row.address(address);
  row.listed(textOf(record['date_added'])).program(textOf(record['source_list_name']));
  row.remark(textOf(record['reason'])).remark(textOf(record['source_url']), 'Notice');
  collected.add(row);
}
