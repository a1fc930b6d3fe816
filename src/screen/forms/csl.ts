/**
 * The US Consolidated Screening List, CSV and JSON: thirteen lists in one. An id is unique within its source only, and a
 * source may be missing for days, so entries are counted by source.
 */
import type { ListLimits, ParsedList } from '../list-kind.js';
import { Collected } from './collect.js';
import { tableRows } from './csv.js';
import { type JsonObject, isObject, jsonRecords, textOf, textsOf } from './json.js';
import { addFeature } from './ofac/enhanced.js';
import { ofacSchema } from './ofac/schemas.js';
import { RowMaker } from './row.js';
import { textStart } from './text.js';

export const CSL_CSV = 'https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv';

export interface CslOptions {
  limits: ListLimits;
  /** Only rows of this source (`EL`, `DPL`); absent: all, with the source in front of the id. */
  source?: string;
}

interface Address {
  text: string[];
  country: string;
}

interface Number {
  label: string;
  value: string;
  country: string;
}

/** What both forms come to. */
interface CslRecord {
  id: string;
  source: string;
  text: (column: string) => string;
  programs: string[];
  names: string[];
  countries: string[];
  births: string[];
  addresses: Address[];
  numbers: Number[];
}

const FILE = 'the Consolidated Screening List';

export function parseCsl(main: Uint8Array, options: CslOptions): ParsedList {
  const isJson = /^[{[]/.test(textStart(main));
  const json = options.source === undefined ? 'json' : 'csl-json';
  const collected = new Collected(FILE, isJson ? json : 'csl');
  const parts = new Map<string, number>();
  let before = 0;
  for (const record of isJson ? fromJson(main, options.limits, collected) : fromCsv(main, options.limits, collected)) {
    const code = /\(([A-Z]+(?:-[A-Z]+)?)/.exec(record.source)?.[1] ?? record.source;
    if (options.source !== undefined && code !== options.source) collected.leftOut();
    else if (record.id === '') collected.reject(`a row of ${code} has no id`);
    else collected.add(rowOf(record, options.source === undefined ? `${code}/${record.id}` : record.id, collected));
    parts.set(code, (parts.get(code) ?? 0) + collected.size - before);
    before = collected.size;
  }
  return collected.done({ parts: Object.fromEntries(parts) });
}

function rowOf(record: CslRecord, entry: string, collected: Collected): RowMaker {
  const { text } = record;
  const row = new RowMaker(entry, ofacSchema(text('type')) ?? 'LegalEntity', collected.unknowns);
  row.name(text('name'), { primary: true });
  for (const name of record.names) row.name(name);
  for (const { text: lines, country } of record.addresses) row.address(...lines, country).country(country);
  for (const country of record.countries) row.country(country);
  for (const birth of record.births) row.birth(birth);
  for (const { label, value, country } of record.numbers)
    if (!row.number(label, value, country)) addFeature(label, value, row);
  for (const program of record.programs) row.program(program);
  row.measure(record.source).listed(text('start_date')).ends(text('end_date'));
  row.identifier('callsign', text('call_sign')).country(text('vessel_flag'));
  row.link({ role: 'owner', name: text('vessel_owner') });
  row
    .remark(text('title'), 'Title')
    .remark(text('remarks'))
    .remark(text('federal_register_notice'), 'Federal Register');
  row.remark(text('license_requirement'), 'Licence requirement').remark(text('license_policy'), 'Licence policy');
  return row;
}

const split = (cell: string): string[] => cell.split('; ').map((each) => each.trim());
const COUNTRY = /^(.*), ([A-Z]{2})$/;

/** Its 29 columns. */
const KNOWN =
  '_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids'.split(
    ',',
  );

function* fromCsv(main: Uint8Array, limits: ListLimits, told: Collected): Generator<CslRecord> {
  const needs = ['_id', 'source', 'entity_number', 'programs', 'alt_names', 'ids'];
  for (const { get } of tableRows(main, { file: FILE, limits, needs, knows: KNOWN, told })) {
    yield {
      id: get('_id'),
      source: get('source'),
      text: get,
      programs: split(get('programs')),
      names: split(get('alt_names')),
      countries: [...split(get('nationalities')), ...split(get('citizenships'))],
      births: split(get('dates_of_birth')),
      addresses: split(get('addresses')).map((address) => {
        const [, text, country] = COUNTRY.exec(address) ?? [];
        return { text: [text ?? address], country: country ?? '' };
      }),
      numbers: split(get('ids')).map(numberOf),
    };
  }
}

/** `Tax ID No., 7802942873, RU`; a label alone is none. */
function numberOf(printed: string): Number {
  const [, text = printed, country = ''] = COUNTRY.exec(printed) ?? [];
  const comma = text.indexOf(', ');
  return comma < 0
    ? { label: text, value: '', country }
    : { label: text.slice(0, comma), value: text.slice(comma + 2), country };
}

function* fromJson(main: Uint8Array, limits: ListLimits, told: Collected): Generator<CslRecord> {
  for (const record of jsonRecords(main, { file: FILE, limits, told, key: 'results' })) {
    const many = (key: string): string[] => textsOf(record[key]).flatMap(split);
    yield {
      id: textOf(record['id']),
      source: textOf(record['source']),
      text: (column) => textOf(record[column]),
      programs: many('programs'),
      names: many('alt_names'),
      countries: [...many('nationalities'), ...many('citizenships')],
      births: many('dates_of_birth'),
      addresses: objects(record['addresses']).map((address) => ({
        text: ['address', 'city', 'state', 'postal_code'].map((part) => textOf(address[part])),
        country: textOf(address['country']),
      })),
      numbers: objects(record['ids']).map((each) => ({
        label: textOf(each['type']),
        value: textOf(each['number']),
        country: textOf(each['country']),
      })),
    };
  }
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
