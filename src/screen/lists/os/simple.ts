/** `targets.simple.csv`: one target a row, many values a cell. It has less than the entities: no kinds of names, no links. */
import type { ListLimits, ParsedList } from '../../list-kind.js';
import { Collected } from '../../forms/collect.js';
import { tableRows } from '../../forms/csv.js';
import { cellValues } from '../../forms/cell-values.js';
import { PARTIES } from '../../forms/ftm.js';
import { RowMaker } from '../../forms/row.js';
import { validInn, validOgrn, validUscc } from '../../../text/index.js';

const FILE = 'targets.simple.csv';
const NEEDS = ['id', 'schema', 'name', 'aliases', 'countries', 'identifiers', 'sanctions', 'dataset'];
const KNOWN = [
  ...NEEDS,
  'birth_date',
  'addresses',
  'phones',
  'emails',
  'program_ids',
  'first_seen',
  'last_seen',
  'last_change',
];
/** Targets that have no name to screen by. */
const OTHERS = new Set(['CryptoWallet', 'Security', 'Address', 'BankAccount', 'Position', 'UserAccount']);

export function parseSimple(main: Uint8Array, limits: ListLimits, publishedAt?: string): ParsedList {
  const collected = new Collected(FILE, 'simple');
  for (const { line, get } of tableRows(main, { file: FILE, limits, needs: NEEDS, knows: KNOWN, told: collected })) {
    const [id, schema] = [get('id'), get('schema')];
    if (id === '') collected.reject(`line ${line} has no id`);
    else if (OTHERS.has(schema)) {
      collected.leftOut();
      collected.unknowns.add('a schema this reader leaves out', schema);
    } else collected.add(rowOf(id, schema, get, collected));
  }
  return collected.done({ publishedAt });
}

function rowOf(id: string, schema: string, get: (column: string) => string, collected: Collected): RowMaker {
  const party = PARTIES.get(schema);
  if (!party) collected.unknowns.add('a schema this reader does not know', schema);
  const row = new RowMaker(id, party ?? 'LegalEntity', collected.unknowns);
  row.name(get('name'), { primary: true });
  for (const name of cellValues(get('aliases'))) row.name(name);
  const countries = cellValues(get('countries'));
  for (const country of countries) if (country.length === 2) row.country(country);
  for (const address of cellValues(get('addresses'))) row.address(address);
  for (const number of cellValues(get('identifiers'))) addNumber(number, countries.includes('ru'), row);
  for (const birth of cellValues(get('birth_date'))) row.birth(birth);
  for (const program of cellValues(get('program_ids'))) row.program(program);
  for (const sanction of cellValues(get('sanctions'))) row.remark(sanction);
  return row.remark(get('dataset'), 'Data set');
}

/**
 * The column mixes all kinds and names none: only what its own check digits say is more than a number. Of those of Russia one
 * number of ten or eleven passes by chance, so they count for a party of Russia only.
 */
function addNumber(number: string, isRussian: boolean, row: RowMaker): void {
  if (/^IMO\d{7}$/.test(number)) row.identifier('imo', number);
  else if (isRussian && validOgrn(number)) row.identifier('ogrn', number, 'ru');
  else if (isRussian && validInn(number)) row.identifier('inn', number, 'ru');
  else if (/^[0-9A-Z]{18}$/.test(number) && validUscc(number)) row.identifier('uscc', number);
  else row.identifier('number', number);
}
