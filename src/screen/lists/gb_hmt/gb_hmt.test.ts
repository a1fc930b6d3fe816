import assert from 'node:assert/strict';
import test from 'node:test';
import { listSuite } from '../../testing/conformance.js';
import kind from './index.js';

const line = (id: string, name: string, day: string): string =>
  `${name},Ivan,Иван,00/00/1951,Russia,"Made, sold",Individual,Primary name,Low quality,Test,${day},${id}\r\n`;

listSuite(kind, [
  {
    form: 'csv',
    head: 'Last Updated,31/01/2025,,,,,,,,,,\r\nName 6,Name 1,Name Non-Latin Script,DOB,Nationality,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,Group ID\r\n',
    records: [line('901', 'PRIMEROV', '24/02/2024'), line('902', 'PRIMEROFF', '25/02/2024')],
    tail: '',
    entries: ['901', '902'],
    future: line('902', 'PRIMEROFF', '01/01/2999'),
    broken: line('', 'NOBODY', '24/02/2024'),
    isSpread: true,
  },
]);

test('gb_hmt: several numbers and nationalities in one cell are several', () => {
  const main = Buffer.from(
    'Name 6,Group Type,Alias Type,Regime,Listed On,Group ID,Nationality,Passport Number,National Identification Number\nPRIMEROV,Individual,Primary name,Test,24/02/2024,901,(1) Russia (2) Belarus,(1) 100001 (2) 100002,(1) A-1 (2) A-2\n',
  );
  const [row] = kind.parse({ main }, new Map()).rows;
  assert.deepEqual(row!.countries, ['ru', 'by']);
  assert.deepEqual(
    row!.identifiers.map(({ value }) => value),
    ['100001', '100002', 'A-1', 'A-2'],
  );
});
