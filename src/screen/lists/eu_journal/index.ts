/**
 * Annexes of EU regulations, transcribed as CSV, one file a regulation. A record number is unique within an annex and a kind of
 * subject only: 542 of one regulation is a firm in one annex and a person in another. So an entry is regulation, annex, schema, record.
 */
import { cellValues } from '../../forms/cell-values.js';
import { Collected } from '../../forms/collect.js';
import { tableRows } from '../../forms/csv.js';
import { RowMaker } from '../../forms/row.js';
import { LIMITS, badList } from '../../forms/text.js';
import { type ListRow, type ParsedList, defineList } from '../../list-kind.js';

const FILE = 'the annexes';
const NEEDS = ['recordId', 'programKey', 'annex', 'measure', 'schema', 'name'];
const KNOWN =
  'celex amendedCelex amendmentCelex recordId programKey annex measure startDate reason schema name alias weakAlias previousName country nationality jurisdiction birthDate birthPlace position passportNumber gender appearance ethnicity fatherName motherName incorporationDate legalForm sector registrationNumber taxNumber idNumber innCode ogrnCode kppCode okpoCode leiCode swiftBic ticker imoNumber mmsi flag address phone email website notes'.split(
    ' ',
  );

export default defineList({
  list: 'eu_journal',
  title: 'EU regulations: annexes of the Official Journal as CSV',
  authority: 'Council of the European Union; transcription by OpenSanctions',
  licence: 'Law text reusable; the transcription CC BY-NC 4.0',
  use: 'The transcription is OpenSanctions’, CC BY-NC 4.0: commercial use needs their licence. As Posted ships none of it.',
  entryUrl: (entry) => `https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:${entry.split('/')[0] ?? ''}`,
  files: { main: '32014R0269.csv' },
  addresses: {},
  many: true,
  parse({ main }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the annexes are missing');
    const collected = new Collected(FILE, 'csv');
    // Amendments come after what they change, whatever the order of the files; they add and change, and never remove.
    const rows = new Map<string, RowMaker>();
    const amended = new Map<string, RowMaker>();
    const parts = new Map<string, number>();
    for (const { line, get } of tableRows(main, { file: FILE, limits, needs: NEEDS, knows: KNOWN, told: collected })) {
      const isAmendment = get('amendedCelex') !== '';
      const regulation = get('amendedCelex') || get('celex');
      const row = rowOf(regulation, get, collected);
      if (!row) {
        collected.reject(`line ${line} names no regulation, or neither a record nor a name`);
        continue;
      }
      const into = isAmendment ? amended : rows;
      if (into.has(row.entry)) {
        collected.merged();
        collected.problem(`line ${line}: ${row.entry} is there twice; the later is kept`);
      }
      into.set(row.entry, row);
    }
    for (const [entry, row] of amended) {
      if (rows.has(entry)) collected.merged();
      rows.set(entry, row);
    }
    for (const row of rows.values()) {
      collected.add(row);
      const [regulation = ''] = row.entry.split('/');
      parts.set(regulation, (parts.get(regulation) ?? 0) + 1);
    }
    return collected.done({ parts: Object.fromEntries(parts) });
  },
});

const SCHEMAS: ReadonlyMap<string, ListRow['schema']> = new Map<string, ListRow['schema']>(
  Object.entries({
    Person: 'Person',
    LegalEntity: 'LegalEntity',
    Company: 'Company',
    Organization: 'Organization',
    Vessel: 'Vessel',
    Airplane: 'Airplane',
    // Things that are listed by themselves: crypto currencies, ports, refineries.
    Asset: 'LegalEntity',
  } as const),
);

type Get = (column: string) => string;

function rowOf(regulation: string, get: Get, collected: Collected): RowMaker | undefined {
  const schema = get('schema');
  // Some annexes number nothing; there the printed name is the only thing that says which record it is.
  const record = get('recordId') || get('name');
  if (regulation === '' || record === '') return undefined;
  const known = SCHEMAS.get(schema);
  if (!known) collected.unknowns.add('a schema this reader does not know', schema);
  const row = new RowMaker(
    [regulation, get('annex'), schema, record].join('/'),
    known ?? 'LegalEntity',
    collected.unknowns,
  );
  addNames(get, row);
  for (const [column, type] of NUMBERS) {
    const country = COUNTRIES[type] ?? cellValues(get('country'))[0];
    for (const value of cellValues(get(column))) row.identifier(type, value, country);
  }
  for (const column of ['country', 'nationality', 'jurisdiction', 'flag'])
    for (const each of cellValues(get(column))) row.country(each);
  for (const address of cellValues(get('address'))) row.address(address);
  for (const column of ['birthDate', 'incorporationDate']) for (const each of cellValues(get(column))) row.birth(each);
  // `Export control` is no freeze: the measure goes with every answer.
  row.program(get('programKey')).measure(get('measure')).listed(get('startDate'));
  for (const position of cellValues(get('position'))) row.remark(position, 'Title');
  for (const each of [get('reason'), get('notes')]) row.remark(each).numbersIn(each);
  return row;
}

/** Debris of the page the table was taken from. */
const DEBRIS = /^(?:text of image|chinese|russian|english|arabic|persian|a\.?k\.?a\.?):?$/i;

function addNames(get: Get, row: RowMaker): void {
  row.name(get('name'), { primary: true });
  const each = (column: string): string[] => cellValues(get(column)).filter((name) => !DEBRIS.test(name));
  for (const name of each('alias')) row.name(name);
  for (const name of each('previousName')) row.name(name, { kind: 'fka' });
  for (const name of each('weakAlias')) row.name(name, { weak: true });
}

const NUMBERS: readonly [string, string][] = [
  ['registrationNumber', 'registration'],
  ['taxNumber', 'tax'],
  ['idNumber', 'id'],
  ['innCode', 'inn'],
  ['ogrnCode', 'ogrn'],
  ['kppCode', 'kpp'],
  ['okpoCode', 'okpo'],
  ['leiCode', 'lei'],
  ['swiftBic', 'swift'],
  ['imoNumber', 'imo'],
  ['mmsi', 'mmsi'],
  ['passportNumber', 'passport'],
];
const COUNTRIES: Readonly<Record<string, string>> = { inn: 'ru', ogrn: 'ru', kpp: 'ru', okpo: 'ru' };
