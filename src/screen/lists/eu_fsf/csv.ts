/** CSV 1.1: a row for every name, address, birth, number and citizenship, with the entity's columns on each. */
import type { ListLimits, ParsedList } from '../../list-kind.js';
import { Collected } from '../../forms/collect.js';
import { tableRows } from '../../forms/csv.js';
import { statedDay } from '../../forms/dates.js';
import { RowMaker } from '../../forms/row.js';
import { type EuName, addNames, addNumber, listedOn, schemaOf } from './common.js';

const FILE = 'the EU list (CSV)';
/** 118 columns, in groups that a list keeps. */
const KNOWN = /^(?:fileGenerationDate|(?:Entity|NameAlias|Address|BirthDate|Identification|Citizenship)_)/;

interface Held {
  row: RowMaker;
  names: EuName[];
}

export function parseCsv(main: Uint8Array, limits: ListLimits): ParsedList {
  const collected = new Collected(FILE, 'csv');
  const entities = new Map<string, Held>();
  let publishedAt: string | undefined;
  const needs = ['fileGenerationDate', 'Entity_EU_ReferenceNumber', 'Entity_SubjectType', 'NameAlias_WholeName'];
  for (const { line, get } of tableRows(main, {
    file: FILE,
    delimiter: ';',
    limits,
    needs,
    knows: KNOWN,
    told: collected,
  })) {
    publishedAt ??= statedDay(get('fileGenerationDate'));
    const reference = get('Entity_EU_ReferenceNumber');
    if (reference === '') collected.reject(`line ${line} has no EU reference number`);
    else addRow(get, held(reference, get, entities, collected));
  }
  for (const { row, names } of entities.values()) {
    addNames(names, row);
    collected.add(row);
  }
  return collected.done({ publishedAt });
}

type Get = (column: string) => string;

function held(reference: string, get: Get, entities: Map<string, Held>, collected: Collected): Held {
  const known = entities.get(reference);
  if (known) {
    collected.merged();
    return known;
  }
  // Either column may hold the code and the other the word.
  const schema = schemaOf(get('Entity_SubjectType'), get('Entity_SubjectType_ClassificationCode'));
  if (!schema) collected.unknowns.add('an entity of a type this reader does not know', get('Entity_SubjectType'));
  const row = new RowMaker(reference, schema ?? 'LegalEntity', collected.unknowns);
  row.remark(get('Entity_DesignationDetails')).remark(get('Entity_UnitedNationId'), 'UN reference');
  row.remark(get('Entity_Remark')).numbersIn(get('Entity_Remark'));
  const fresh = { row, names: [] };
  entities.set(reference, fresh);
  return fresh;
}

function addRow(get: Get, { row, names }: Held): void {
  row.program(get('Entity_Regulation_Programme'));
  row.listed(listedOn(get('Entity_DesignationDate'), [get('Entity_Regulation_EntryIntoForceDate')]));
  const parts = ['FirstName', 'MiddleName', 'LastName'].map((part) => get(`NameAlias_${part}`)).join(' ');
  const name = get('NameAlias_WholeName') || parts;
  names.push({ name, language: get('NameAlias_NameLanguage'), remark: get('NameAlias_Remark') });
  row.remark(get('NameAlias_Function'), 'Title').remark(get('NameAlias_Title'), 'Title');
  const lines = ['Street', 'PoBox', 'ZipCode', 'City', 'Region', 'Place', 'CountryDescription'];
  row.address(...lines.map((part) => get(`Address_${part}`)).filter((each) => each !== 'UNKNOWN'));
  row.country(get('Address_CountryIso2Code')).country(get('Citizenship_CountryIso2Code'));
  const range =
    get('BirthDate_YearRangeFrom') === '' ? '' : `${get('BirthDate_YearRangeFrom')} to ${get('BirthDate_YearRangeTo')}`;
  row.birth(get('BirthDate_BirthDate') || get('BirthDate_Year') || range);
  const number = get('Identification_Number') || get('Identification_LatinNumber');
  const type = [get('Identification_TypeCode'), get('Identification_TypeDescription')] as const;
  addNumber(...type, number, get('Identification_CountryIso2Code'), row);
}
