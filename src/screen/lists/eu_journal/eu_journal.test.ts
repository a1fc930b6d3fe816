import assert from 'node:assert/strict';
import test from 'node:test';
import type { ParsedList } from '../../list-kind.js';
import { listSuite } from '../../testing/conformance.js';
import kind from './index.js';

const HEAD =
  'celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,weakAlias,previousName,country,nationality,taxNumber,notes\n';
const AMENDED = HEAD.replace('celex,', 'amendedCelex,amendmentCelex,');
const person = (id: string, day = '17.3.2014'): string =>
  `32099R0001,${id},TEST,I.PERSONS,Asset freeze,${day},"Made drone ""detectors"", and sold them.",Person,Ivan Primerov,"Chinese:;""Ivan; the elder"";Иван Примеров",,,,Russian,,n\n`;
const firm = (id: string, name: string): string =>
  `32099R0001,${id},TEST,I.ENTITIES,Export control,2 December 2024,,LegalEntity,${name},,,,ru,,7802942873,n\n`;

listSuite(kind, [
  {
    form: 'csv',
    head: HEAD,
    records: [person('542'), firm('542', 'Example Works'), firm('', 'Example Plant')],
    tail: '',
    entries: [
      '32099R0001/I.PERSONS/Person/542',
      '32099R0001/I.ENTITIES/LegalEntity/542',
      '32099R0001/I.ENTITIES/LegalEntity/Example Plant',
    ],
    future: person('543', '2999-01-01'),
    broken: '32099R0001,too,short\n',
  },
]);

const read = (text: string): ParsedList => kind.parse({ main: Buffer.from(text) }, new Map());

test('eu_journal: one record number is a person and a firm; the measure goes with each', () => {
  const { rows, parts } = read(HEAD + person('542') + firm('542', 'Example Works'));
  assert.deepEqual(
    rows.map(({ schema, measures }) => [schema, measures]),
    [
      ['Person', ['Asset freeze']],
      ['LegalEntity', ['Export control']],
    ],
  );
  assert.deepEqual(parts, { '32099R0001': 2 });
  assert.deepEqual(
    rows[0]!.aliases.map(({ name }) => name),
    ['Ivan; the elder', 'Иван Примеров'],
  );
  assert.match(rows[0]!.remarks, /drone "detectors"/);
});

test('eu_journal: an amendment changes and adds, whatever the order of the files, and removes nothing', () => {
  const change = AMENDED + firm('542', 'Example Works Two').replace('32099R0001', '32099R0001,32099R0002');
  const base = HEAD + firm('542', 'Example Works') + person('1');
  for (const text of [change + base, base + change]) {
    const names = read(text).rows.map(({ name }) => name);
    assert.deepEqual(names.sort(), ['Example Works Two', 'Ivan Primerov']);
  }
});
