/** OFAC's enhanced XML: names in their own script, and the day each list of OFAC's took the entry. The best form for dates. */
import type { ListLimits, ParsedList } from '../../list-kind.js';
import type { Collected } from '../collect.js';
import { statedDay } from '../dates.js';
import { RowMaker } from '../row.js';
import { readXmlList } from '../xml-list.js';
import { type XmlNode, nodesAt, textAt, textsAt } from '../xml.js';
import { linkRole } from './relations.js';
import { ofacSchema } from './schemas.js';

export function parseEnhanced(main: Uint8Array, file: string, limits: ListLimits): ParsedList {
  return readXmlList(main, {
    file,
    form: 'enhanced',
    limits,
    root: 'sanctionsData',
    records: ['entity'],
    add: addEntity,
    facts: (name, text) => (name === 'dataAsOf' ? { publishedAt: statedDay(text) } : undefined),
  });
}

function addEntity(node: XmlNode, collected: Collected): void {
  const id = node.attributes['id'] ?? '';
  const type = textAt(node, 'generalInfo/entityType');
  if (!/^\d+$/.test(id)) {
    collected.reject('an entity has no id');
    return;
  }
  const schema = ofacSchema(type);
  if (!schema) collected.unknowns.add('an entity of a type this reader does not know', type);
  const row = new RowMaker(id, schema ?? 'LegalEntity', collected.unknowns);
  for (const name of nodesAt(node, 'names/name')) addNames(name, row);
  for (const title of textsAt(node, 'generalInfo/title')) row.remark(title, 'Title');
  for (const list of nodesAt(node, 'sanctionsLists/sanctionsList'))
    row.listing(list.text, list.attributes['datePublished']);
  for (const program of textsAt(node, 'sanctionsPrograms/sanctionsProgram')) row.program(program);
  for (const measure of textsAt(node, 'sanctionsTypes/sanctionsType')) row.measure(measure);
  for (const address of nodesAt(node, 'addresses/address')) addAddress(address, row);
  for (const feature of nodesAt(node, 'features/feature'))
    addFeature(textAt(feature, 'type'), textAt(feature, 'value'), row);
  for (const document of nodesAt(node, 'identityDocuments/identityDocument')) {
    const [label, number] = [textAt(document, 'type'), textAt(document, 'documentNumber')];
    if (!row.number(label, number, textAt(document, 'issuingCountry')) && number !== '')
      row.remark(`${label} ${number}`);
  }
  for (const relationship of nodesAt(node, 'relationships/relationship')) {
    const [says, other] = [textAt(relationship, 'type'), nodesAt(relationship, 'relatedEntity')[0]];
    const entry = other?.attributes['entityId'];
    row.link({ role: linkRole(says), name: other?.text ?? '', says, ...(entry === undefined ? {} : { entry }) });
  }
  collected.add(row);
}

function addNames(name: XmlNode, row: RowMaker): void {
  const primary = textAt(name, 'isPrimary') === 'true';
  const weak = textAt(name, 'isLowQuality') === 'true';
  const type = textAt(name, 'aliasType');
  const kind = /^f/i.test(type) ? 'fka' : /^n\./i.test(type) ? 'nka' : 'aka';
  for (const translation of nodesAt(name, 'translations/translation')) {
    const isFirst = textAt(translation, 'isPrimary') !== 'false';
    row.name(textAt(translation, 'formattedFullName'), { primary: primary && isFirst, weak, kind });
  }
}

const PARTS = ['ADDRESS1', 'ADDRESS2', 'ADDRESS3', 'CITY', 'STATE/PROVINCE', 'REGION', 'POSTAL CODE', 'Unknown'];

function addAddress(address: XmlNode, row: RowMaker): void {
  const country = textAt(address, 'country');
  row.country(country);
  const translations = nodesAt(address, 'translations/translation');
  for (const translation of translations) {
    const parts = nodesAt(translation, 'addressParts/addressPart');
    const at = (label: string): string =>
      parts
        .filter((part) => textAt(part, 'type') === label)
        .map((part) => textAt(part, 'value'))
        .join(' ');
    row.address(...PARTS.map(at), country);
  }
  if (translations.length === 0) row.address(country);
}

/** Features of the XML forms, as the remarks of the CSV form print them. A date of birth stays as printed: `1951`. */
export function addFeature(label: string, value: string, row: RowMaker): void {
  if (value === '') return;
  if (/^(?:Birthdate|Organization Established Date|Vessel Year of Build)/.test(label)) row.birth(value);
  else if (
    /^(?:Nationality|Citizenship) Country$|^Vessel Flag$|^Former Vessel Flag$|^Nationality of Registration$/.test(label)
  )
    row.country(value);
  else if (/^Vessel Owner/.test(label)) row.link({ role: 'owner', name: value, says: label });
  else if (/^(?:Listing|Effective) Date/.test(label))
    row.remark(`${label} ${value}`).listed(/^Listing/.test(label) ? value : undefined);
  else if (!row.number(label, value)) row.remark(`${label} ${value}`);
}
