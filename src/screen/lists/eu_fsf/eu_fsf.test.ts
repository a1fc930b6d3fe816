import assert from 'node:assert/strict';
import test from 'node:test';
import { listSuite } from '../../testing/conformance.js';
import kind from './index.js';

const entity = (reference: string, code: string, name: string, day: string): string =>
  `<sanctionEntity designationDate="" euReferenceNumber="${reference}" logicalId="1"><regulation entryIntoForceDate="${day}" programme="TEST"/><subjectType code="${code}" classificationCode=""/><nameAlias wholeName="${name}" nameLanguage="EN"/><nameAlias wholeName="Пример" nameLanguage="RU"><remark>lo quality a.k.a.</remark></nameAlias><citizenship countryIso2Code="RU"/><identification identificationTypeCode="fiscalcode" number="7802942873" countryIso2Code="RU"/><address city="Omsk" countryIso2Code="00" countryDescription="UNKNOWN"/></sanctionEntity>`;

const COLUMNS =
  'fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_EntryIntoForceDate;Entity_Regulation_Programme;NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_Remark;Identification_Number;Identification_TypeCode;Identification_CountryIso2Code';
const line = (reference: string, name: string, day: string): string =>
  `31/01/2025;1;${reference};E;enterprise;${day};TEST;${name};EN;;7802942873;fiscalcode;RU\r\n`;

listSuite(kind, [
  {
    form: 'xml',
    head: '<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://example.org/export" generationDate="2025-01-31T15:29:22.497+02:00">',
    records: [
      entity('EU.1.1', 'person', 'Ivan Primerov', '2024-02-29'),
      entity('EU.2.1', 'enterprise', 'Example Works', '2024-03-01'),
    ],
    tail: '</export>',
    entries: ['EU.1.1', 'EU.2.1'],
    future: entity('EU.2.1', 'enterprise', 'Example Works', '2999-01-01'),
    broken: '<sanctionEntity logicalId="3"><nameAlias wholeName="Nobody"/></sanctionEntity>',
  },
  {
    form: 'csv',
    head: `${COLUMNS}\r\n`,
    records: [line('EU.1.1', 'Example Works', '2024-02-29'), line('EU.2.1', 'Example ‘Plant’', '2024-03-01')],
    tail: '',
    entries: ['EU.1.1', 'EU.2.1'],
    future: line('EU.2.1', 'Example Plant', '2999-01-01'),
    broken: '31/01/2025;1\r\n',
    isSpread: true,
  },
]);

test('eu_fsf: the alias’s remark holds its quality, misspelt as it is; other languages stand last', () => {
  const main = Buffer.from(
    '<export><sanctionEntity euReferenceNumber="EU.1.1"><subjectType code="enterprise"/><nameAlias wholeName="Näide" nameLanguage="ET"/><nameAlias wholeName="Weak One" nameLanguage=""><remark>lo quality</remark></nameAlias><nameAlias wholeName="Example" nameLanguage="EN"/></sanctionEntity></export>',
  );
  const [row] = kind.parse({ main }, new Map()).rows;
  assert.equal(row!.name, 'Example');
  assert.deepEqual(
    row!.aliases.map(({ name, weak }) => [name, weak]),
    [
      ['Weak One', true],
      ['Näide', false],
    ],
  );
});
