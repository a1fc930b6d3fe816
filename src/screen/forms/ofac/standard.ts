/** OFAC's standard XML (SDN.XML, CONSOLIDATED.XML): Latin names, typed numbers, and a count of its own. */
import type { ListLimits, ParsedList } from '../../list-kind.js';
import type { Collected } from '../collect.js';
import { statedDay } from '../dates.js';
import { RowMaker } from '../row.js';
import { readXmlList } from '../xml-list.js';
import { type XmlNode, nodesAt, textAt, textsAt } from '../xml.js';
import { ofacSchema } from './schemas.js';

export function parseStandard(main: Uint8Array, file: string, limits: ListLimits): ParsedList {
  return readXmlList(main, {
    file,
    limits,
    root: 'sdnList',
    records: ['sdnEntry'],
    add: addEntry,
    facts: (name, text) => {
      if (name === 'Record_Count' && /^\d+$/.test(text)) return { counted: Number(text) };
      return name === 'Publish_Date' ? { publishedAt: statedDay(text, { us: true }) } : undefined;
    },
  });
}

function addEntry(node: XmlNode, collected: Collected): void {
  const uid = textAt(node, 'uid');
  const type = textAt(node, 'sdnType');
  const schema = ofacSchema(type);
  if (!/^\d+$/.test(uid)) {
    collected.reject('an entry has no uid');
    return;
  }
  if (!schema) collected.unknowns.add('an entry of a type this reader does not know', type);
  const row = new RowMaker(uid, schema ?? 'LegalEntity', collected.unknowns);
  row.name(nameOf(node), { primary: true });
  for (const aka of nodesAt(node, 'akaList/aka')) {
    const kind = /^f/i.test(textAt(aka, 'type')) ? 'fka' : /^n/i.test(textAt(aka, 'type')) ? 'nka' : 'aka';
    row.name(nameOf(aka), { kind, weak: textAt(aka, 'category') === 'weak' });
  }
  row.remark(textAt(node, 'title'), 'Title').remark(textAt(node, 'remarks').replace(/\.$/, ''));
  for (const id of nodesAt(node, 'idList/id')) addNumber(id, row);
  for (const address of nodesAt(node, 'addressList/address')) {
    const parts = ['address1', 'address2', 'address3', 'city', 'stateOrProvince', 'postalCode', 'country'];
    row.address(...parts.map((part) => textAt(address, part))).country(textAt(address, 'country'));
  }
  for (const program of textsAt(node, 'programList/program')) row.program(program);
  for (const path of ['nationalityList/nationality/country', 'citizenshipList/citizenship/country'])
    for (const country of textsAt(node, path)) row.country(country);
  for (const birth of textsAt(node, 'dateOfBirthList/dateOfBirthItem/dateOfBirth')) row.birth(birth);
  for (const sign of textsAt(node, 'vesselInfo/callSign')) row.identifier('callsign', sign);
  for (const flag of textsAt(node, 'vesselInfo/vesselFlag')) row.country(flag);
  for (const owner of textsAt(node, 'vesselInfo/vesselOwner'))
    row.link({ role: 'owner', name: owner, says: 'Vessel Owner' });
  collected.add(row);
}

/** As in the CSV form: `FAMILY, Given`, so that an entry is the same in both. */
function nameOf(node: XmlNode): string {
  const [last, first] = [textAt(node, 'lastName'), textAt(node, 'firstName')];
  return first === '' ? last : `${last}, ${first}`;
}

function addNumber(id: XmlNode, row: RowMaker): void {
  const [type, number, country] = [textAt(id, 'idType'), textAt(id, 'idNumber'), textAt(id, 'idCountry')];
  if (number === '') return;
  // What is no number (Gender, Secondary sanctions risk:) stands in the same list.
  if (!row.number(type, number, country)) row.remark(`${type} ${number}`);
}
