/** XML 1.1: all data stands in attributes. */
import type { ListLimits, ParsedList } from '../../list-kind.js';
import type { Collected } from '../../forms/collect.js';
import { statedDay } from '../../forms/dates.js';
import { RowMaker } from '../../forms/row.js';
import { readXmlList } from '../../forms/xml-list.js';
import { type XmlNode, nodesAt, textsAt } from '../../forms/xml.js';
import { addNames, addNumber, listedOn, schemaOf } from './common.js';

const FILE = 'the EU list (XML)';
const KNOWN = new Set(
  'remark regulation subjectType nameAlias citizenship birthdate identification address'.split(' '),
);

export function parseXml(main: Uint8Array, limits: ListLimits): ParsedList {
  return readXmlList(main, {
    file: FILE,
    limits,
    root: 'export',
    records: ['sanctionEntity'],
    knows: KNOWN,
    add: addEntity,
    facts: (name, _, attributes) =>
      name === 'export' ? { publishedAt: statedDay(attributes['generationDate'] ?? '') } : undefined,
  });
}

const at = ({ attributes }: XmlNode, name: string): string => (attributes[name] ?? '').trim();

function addEntity(node: XmlNode, collected: Collected): void {
  const reference = at(node, 'euReferenceNumber');
  if (reference === '') {
    collected.reject(`entity ${at(node, 'logicalId')} has no euReferenceNumber`);
    return;
  }
  const [type] = nodesAt(node, 'subjectType');
  const schema = schemaOf(type ? at(type, 'code') : '', type ? at(type, 'classificationCode') : '');
  if (!schema) collected.unknowns.add('an entity of a type this reader does not know', type ? at(type, 'code') : '');
  const row = new RowMaker(reference, schema ?? 'LegalEntity', collected.unknowns);
  const aliases = nodesAt(node, 'nameAlias');
  addNames(
    aliases.map((alias) => ({
      name:
        at(alias, 'wholeName') || [at(alias, 'firstName'), at(alias, 'middleName'), at(alias, 'lastName')].join(' '),
      language: at(alias, 'nameLanguage'),
      remark: textsAt(alias, 'remark').join('; '),
    })),
    row,
  );
  for (const alias of aliases) row.remark(at(alias, 'function'), 'Title').remark(at(alias, 'title'), 'Title');
  const regulations = nodesAt(node, 'regulation');
  for (const regulation of regulations) row.program(at(regulation, 'programme'));
  row.listed(
    listedOn(
      at(node, 'designationDate'),
      regulations.map((regulation) => at(regulation, 'entryIntoForceDate')),
    ),
  );
  for (const citizenship of nodesAt(node, 'citizenship')) row.country(at(citizenship, 'countryIso2Code'));
  for (const birth of nodesAt(node, 'birthdate')) row.birth(birthOf(birth));
  for (const each of nodesAt(node, 'identification'))
    addNumber(
      at(each, 'identificationTypeCode'),
      at(each, 'identificationTypeDescription'),
      at(each, 'number') || at(each, 'latinNumber'),
      at(each, 'countryIso2Code'),
      row,
    );
  for (const address of nodesAt(node, 'address')) {
    const parts = ['street', 'poBox', 'zipCode', 'city', 'region', 'place', 'countryDescription'];
    const lines = parts.map((part) => at(address, part)).filter((line) => line !== 'UNKNOWN');
    row.address(...lines).country(at(address, 'countryIso2Code'));
  }
  row.remark(at(node, 'designationDetails')).remark(at(node, 'unitedNationId'), 'UN reference');
  for (const remark of textsAt(node, 'remark')) row.remark(remark).numbersIn(remark);
  collected.add(row);
}

function birthOf(birth: XmlNode): string {
  const range = at(birth, 'yearRangeFrom') === '' ? '' : `${at(birth, 'yearRangeFrom')} to ${at(birth, 'yearRangeTo')}`;
  const date = at(birth, 'birthdate') || at(birth, 'year') || range;
  return at(birth, 'circa') === 'true' && date !== '' ? `circa ${date}` : date;
}
