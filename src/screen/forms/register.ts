/**
 * US lists that have no ids and no common form, as a register of them transcribes each: `{list_id, count, entities: […]}`.
 * What stands for an id is what the publisher sorts by: country and name as printed. Records that share both are one subject.
 */
import type { ListKind, ListLimits, ListRow, ParsedList } from '../list-kind.js';
import { Collected } from './collect.js';
import { parseCsl } from './csl.js';
import { earliest, statedDate } from './dates.js';
import { type JsonObject, jsonRecords, textOf, textsOf } from './json.js';
import { RowMaker } from './row.js';
import { LIMITS, badList, refuseOther } from './text.js';

export interface RegisterOptions {
  /** The register's name of this list: a file of another list is refused. */
  listId: string;
  /** The source of the Consolidated Screening List that is the same list. */
  csl?: string;
  schema?: ListRow['schema'];
}

export function registerParser({ listId, csl, schema = 'LegalEntity' }: RegisterOptions): ListKind['parse'] {
  return ({ main }, _cache, limits: ListLimits = LIMITS): ParsedList => {
    if (!main) throw badList('the main file is missing');
    refuseOther(main, 'the list');
    const head = Buffer.from(main.subarray(0, 4_096)).toString('latin1');
    if (csl !== undefined && !/"(?:list_id|entities)"\s*:/.test(head)) return parseCsl(main, { limits, source: csl });
    return parseRegister(main, { listId, limits, schema });
  };
}

function parseRegister(
  main: Uint8Array,
  { listId, limits, schema }: { listId: string; limits: ListLimits; schema: ListRow['schema'] },
): ParsedList {
  const file = `the register of ${listId}`;
  const collected = new Collected(file, 'register');
  let header: JsonObject = {};
  const takeHeader = (beside: JsonObject): void => {
    header = beside;
  };
  for (const record of jsonRecords(main, { file, limits, told: collected, key: 'entities', header: takeHeader })) {
    const name = textOf(record['name']);
    const key = [textOf(record['country']), name].filter((part) => part !== '').join('/');
    if (name === '') {
      collected.reject('a record has no name');
      continue;
    }
    addRecord(
      record,
      collected.row(key, () => new RowMaker(key, schema, collected.unknowns)),
    );
  }
  if (header['list_id'] !== listId)
    throw badList(
      `this file is the list ${textOf(header['list_id']) || 'of nobody'}, not ${listId}`,
      'Nothing was kept.',
    );
  const counted = Number(header['count']);
  return collected.done({
    counted: Number.isInteger(counted) ? counted : undefined,
    publishedAt: statedDate(textOf(header['extracted'])),
  });
}

function addRecord(record: JsonObject, row: RowMaker): void {
  row.name(textOf(record['name']), { primary: true });
  for (const alias of textsOf(record['aliases'])) row.name(alias);
  row.address(textOf(record['address'])).country(textOf(record['country']));
  const citation = textOf(record['federal_register']);
  // The citation's date is that of the listing where no other is given: `76 FR 71869, 11/21/11`.
  const cited = [...citation.matchAll(/\b\d{1,2}\/\d{1,2}\/(?:\d{4}|\d\d)\b/g)].map(([date]) =>
    statedDate(date, { us: true }),
  );
  row.listed(statedDate(textOf(record['effective_date']), { us: true }) ?? earliest(cited));
  row.remark(citation, 'Federal Register').remark(textOf(record['status']), 'Status');
  const notes = textOf(record['notes']);
  row.remark(notes).numbersIn(notes);
}
