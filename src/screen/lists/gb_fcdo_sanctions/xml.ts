/** The UK's list as XML. Reasons are escaped twice there. */
import { decodeXML } from 'entities';
import type { ListLimits, ParsedList } from '../../list-kind.js';
import type { Collected } from '../../forms/collect.js';
import { statedDay } from '../../forms/dates.js';
import { RowMaker } from '../../forms/row.js';
import { addMeasures, addRegistration, addUkName, manyOf, ukSchema } from '../../forms/uk.js';
import { readXmlList } from '../../forms/xml-list.js';
import { type XmlNode, nodesAt, textAt, textsAt } from '../../forms/xml.js';

const FILE = 'the UK list (XML)';
const KNOWN = new Set(
  `LastUpdated DateDesignated UniqueID OFSIGroupID UNReferenceNumber RegimeName IndividualEntityShip DesignationSource
  SanctionsImposed OtherInformation UKStatementofReasons Names NonLatinNames Titles Addresses PhoneNumbers EmailAddresses
  Websites SanctionsImposedIndicators IndividualDetails EntityDetails ShipDetails`.split(/\s+/),
);

export function parseXml(main: Uint8Array, limits: ListLimits): ParsedList {
  return readXmlList(main, {
    file: FILE,
    limits,
    root: 'Designations',
    records: ['Designation'],
    knows: KNOWN,
    add: addDesignation,
    facts: (name, text) => (name === 'DateGenerated' ? { publishedAt: statedDay(text) } : undefined),
  });
}

function addDesignation(node: XmlNode, collected: Collected): void {
  const id = textAt(node, 'UniqueID');
  if (id === '') {
    collected.reject('a designation has no UniqueID');
    return;
  }
  const row = new RowMaker(id, ukSchema(textAt(node, 'IndividualEntityShip'), collected.unknowns), collected.unknowns);
  for (const name of nodesAt(node, 'Names/Name')) {
    const parts = [1, 2, 3, 4, 5, 6].map((n) => textAt(name, `Name${n}`));
    addUkName(parts, textAt(name, 'NameType'), textAt(name, 'AliasStrength'), row);
  }
  for (const name of textsAt(node, 'NonLatinNames/NonLatinName/NameNonLatinScript')) row.name(name);
  for (const address of nodesAt(node, 'Addresses/Address')) {
    const lines = [1, 2, 3, 4, 5, 6].map((n) => textAt(address, `AddressLine${n}`));
    row.address(...lines, textAt(address, 'AddressPostalCode'), textAt(address, 'AddressCountry'));
    row.country(textAt(address, 'AddressCountry'));
  }
  row.program(textAt(node, 'RegimeName')).listed(textAt(node, 'DateDesignated'));
  addMeasures(textAt(node, 'SanctionsImposed'), row);
  addIndividual(node, row);
  addEntity(node, row);
  addShip(node, row);
  for (const title of textsAt(node, 'Titles/Title')) row.remark(title, 'Title');
  row.remark(textAt(node, 'UNReferenceNumber'), 'UN reference');
  for (const path of ['OtherInformation', 'UKStatementofReasons']) {
    const text = decodeXML(textAt(node, path));
    row.remark(text).numbersIn(text);
  }
  collected.add(row);
}

function addIndividual(node: XmlNode, row: RowMaker): void {
  for (const individual of nodesAt(node, 'IndividualDetails/Individual')) {
    for (const birth of textsAt(individual, 'DOBs/DOB')) row.birth(birth);
    for (const nationality of textsAt(individual, 'Nationalities/Nationality')) row.country(nationality);
    for (const position of textsAt(individual, 'Positions/Position')) row.remark(position, 'Title');
    const numbers = (path: string): string[] => textsAt(individual, path).flatMap(manyOf);
    for (const number of numbers('PassportDetails/Passport/PassportNumber')) row.identifier('passport', number);
    for (const number of numbers('NationalIdentifierDetails/NationalIdentifier/NationalIdentifierNumber'))
      row.identifier('id', number);
  }
}

function addEntity(node: XmlNode, row: RowMaker): void {
  for (const entity of nodesAt(node, 'EntityDetails/Entity')) {
    for (const text of textsAt(entity, 'BusinessRegistrationNumbers/BusinessRegistrationNumber'))
      addRegistration(text, row);
    for (const name of textsAt(entity, 'ParentCompanies/ParentCompany')) row.link({ role: 'parent', name });
    for (const name of textsAt(entity, 'Subsidiaries/Subsidiary')) row.link({ role: 'subsidiary', name });
    for (const type of textsAt(entity, 'TypeOfEntities/TypeOfEntity')) row.remark(type, 'Type');
  }
}

function addShip(node: XmlNode, row: RowMaker): void {
  for (const ship of nodesAt(node, 'ShipDetails/Ship')) {
    for (const number of textsAt(ship, 'IMONumbers/IMONumber').flatMap(manyOf)) row.identifier('imo', number);
    for (const flag of textsAt(ship, 'CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip')) row.country(flag);
    for (const flag of textsAt(ship, 'PreviousFlags/PreviousFlag')) row.country(flag);
    for (const [path, isFormer] of [
      ['CurrentOwnerOperators/CurrentOwnerOperator', false],
      ['PreviousOwnerOperators/PreviousOwnerOperator', true],
    ] as const)
      for (const name of textsAt(ship, path)) row.link({ role: 'owner', name, ...(isFormer ? { isFormer } : {}) });
    for (const type of textsAt(ship, 'TypeOfShipDetails/TypeOfShip')) row.remark(type, 'Type');
  }
}
