import assert from 'node:assert/strict';
import test from 'node:test';
import type { ParsedList } from '../../list-kind.js';
import { listSuite } from '../../testing/conformance.js';
import kind from './index.js';

const map = `
delimiter: ';'
entry: Nr
name: Name
aliases: [Other names]
countries: Country
identifiers: { inn: INN, registration: [Reg 1, Reg 2] }
schema: { column: Type, means: { person: Person, firm: Company } }
remarks: [Why]
listedOn: Since
`;

listSuite(kind, [
  {
    form: 'csv',
    head: 'Nr;Name;Other names;Country;INN;Reg 1;Reg 2;Type;Why;Since\n',
    records: [
      '1;Example Works;"""Works; A"";Plant";Russia;7802942873;123;;firm;"sold; to many";31.01.2024\n',
      '2;Ivan Primerov;;RU;;;;person;;2024-02\n',
    ],
    tail: '',
    entries: ['1', '2'],
    beside: { map },
    future: '2;Ivan Primerov;;RU;;;;person;;2999-01-01\n',
    broken: ';Nobody;;;;;;;;\n',
  },
]);

const main = Buffer.from('Nr;Name\n1;Example\n');
const parse = (text: string): ParsedList => kind.parse({ main, map: Buffer.from(text) }, new Map());

test('csv: a map that is missing, wrong or of another table is refused with what is wrong', () => {
  assert.throws(() => kind.parse({ main }, new Map()), /map of the columns is missing/);
  assert.throws(() => parse('entry: [a, b]'), /map of the columns is wrong: entry/);
  assert.throws(() => parse('entry: Nr\nname: Name\nnmae: x'), /map of the columns is wrong/);
  assert.throws(() => parse('{'), /no YAML/);
  assert.throws(() => parse('entry: Number\nname: Name'), /no header with Number, Name/);
  assert.deepEqual(
    parse("delimiter: ';'\nentry: Nr\nname: Name").rows.map(({ name }) => name),
    ['Example'],
  );
});
