import assert from 'node:assert/strict';
import test from 'node:test';
import type { ParsedList } from '../../list-kind.js';
import { listSuite } from '../../testing/conformance.js';
import kind from './index.js';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><swiss-sanctions-list list-type="whole-list" date="2025-01-31"><sanctions-program ssid="20"><program-key lang="ger">Versuch</program-key><program-key lang="eng">Test</program-key><sanctions-set ssid="21" lang="ger">Artikel 1</sanctions-set><sanctions-set ssid="21" lang="eng">article 1 – Freeze</sanctions-set></sanctions-program>';
const change = (type: string, day: string, was = ''): string =>
  `<modification modification-type="${type}" publication-date="${day}" effective-date="${day}">${was}</modification>`;
const part = (at: number, type: string, value: string, variants = ''): string =>
  `<name-part order="${at}" name-part-type="${type}"><value>${value}</value>${variants}</name-part>`;
const variant = (script: string, text: string): string =>
  `<spelling-variant lang="RUS" script="${script}">${text}</spelling-variant>`;
const name = (type: string, parts: string, quality = 'good'): string =>
  `<name name-type="${type}" quality="${quality}">${parts}</name>`;
const firm = (id: string, text: string, changes: string): string =>
  `<target ssid="${id}"><sanctions-set-id>21</sanctions-set-id><entity><identity main="true">${name('primary-name', part(1, 'whole-name', text))}<address place-id="7"><address-details>1 Example Road</address-details></address></identity><justification>Sold it. INN: 7802942873</justification><relation target-id="1" relation-type="related-to"/></entity>${changes}</target>`;
const person = `<target ssid="1" sanctions-set-id="21"><individual sex="male"><identity main="true">${name(
  'primary-name',
  // Out of order on purpose.
  part(2, 'given-name', 'Ivan', variant('CYRL', 'Иван')) +
    part(1, 'family-name', 'Primerov', variant('CYRL', 'Примеров') + variant('LATN', 'Primeroff')) +
    part(3, 'title', 'General'),
)}${name('alias', part(1, 'whole-name', 'Vanya'), 'low')}<day-month-year year="1951" month="3"/><nationality><country iso-code="RU">Russian Federation</country></nationality><identification-document document-type="diplomatic-passport"><number>100001</number><issuer>Russian Federation</issuer></identification-document></identity><identity main="false">${name('primary-name', part(1, 'whole-name', 'Oleg Primerov'))}</identity></individual>${change('listed', '2024-02-29')}</target>`;
const PLACE = '<place ssid="7"><location>Omsk</location><country iso-code="RU">Russian Federation</country></place>';

listSuite(kind, [
  {
    form: 'xml',
    head: HEAD,
    records: [person, firm('2', 'Example Works', change('amended', '2024-06-01') + change('listed', '2024-03-01'))],
    tail: `${PLACE}</swiss-sanctions-list>`,
    entries: ['1', '2'],
    future: firm('2', 'Example Works', change('listed', '2999-01-01')),
    broken: '<target><entity/></target>',
  },
]);

const read = (...targets: string[]): ParsedList =>
  kind.parse({ main: Buffer.from(`${HEAD}${targets.join('')}${PLACE}</swiss-sanctions-list>`) }, new Map());

test('ch_seco_sanctions: parts in their order, spellings by script, titles and other identities apart', () => {
  const [row] = read(person).rows;
  assert.equal(row!.name, 'Primerov Ivan');
  assert.deepEqual(
    row!.aliases.map((alias) => [alias.name, alias.kind, alias.script]),
    [
      ['Примеров Иван', 'aka', 'Cyrl'],
      ['Primeroff Ivan', 'aka', undefined],
      ['Vanya', 'weak', undefined],
      ['Oleg Primerov', 'aka', undefined],
    ],
  );
  assert.deepEqual([row!.births, row!.countries, row!.remarks], [['1951-03'], ['ru'], 'Title: General']);
  assert.deepEqual(row!.identifiers, [{ type: 'passport', value: '100001', country: 'ru' }]);
  assert.deepEqual([row!.programs, row!.measures, row!.listedOn], [['Test'], ['article 1 – Freeze'], '2024-02-29']);
});

test('ch_seco_sanctions: a place may stand after its address; numbers in sentences, relations and the first day', () => {
  const [row] = read(firm('2', 'Example Works', change('amended', '2024-06-01') + change('listed', '2024-03-01'))).rows;
  assert.deepEqual(row!.addresses, ['1 Example Road, Omsk, Russian Federation']);
  assert.deepEqual(row!.links, [{ role: 'linked', name: '', entry: '1', says: 'related-to' }]);
  assert.deepEqual([row!.identifiers[0]!.type, row!.listedOn], ['inn', '2024-03-01']);
});

test('ch_seco_sanctions: who was taken off is not on it, and copies of what was are not what is', () => {
  const was = `<added><identity main="true">${name('primary-name', part(1, 'whole-name', 'Old Name'))}</identity></added>`;
  const off = firm('3', 'Example Gone', change('de-listed', '2024-05-01', was) + change('listed', '2024-01-01'));
  const back = firm('4', 'Example Back', change('listed', '2024-06-01', was) + change('de-listed', '2024-05-01'));
  const { rows, counts } = read(off, back);
  assert.deepEqual(
    rows.map((row) => [row.entry, row.name, row.aliases]),
    [['4', 'Example Back', []]],
  );
  assert.deepEqual(counts, { records: 2, rejected: 0 });
});

test('ch_seco_sanctions: many spellings of many parts are cut, and a set that nobody explains is told of', () => {
  const many = (letter: string): string =>
    Array.from({ length: 30 }, (_, at) => variant('CYRL', `${letter}${at}`)).join('');
  const parts =
    part(1, 'family-name', 'A', many('А')) +
    part(2, 'given-name', 'B', many('Б')) +
    part(3, 'father-name', 'C', many('В'));
  const target = `<target ssid="5"><sanctions-set-id>99</sanctions-set-id><individual><identity main="true">${name('primary-name', parts)}</identity></individual>${change('listed', '2024-01-01')}</target>`;
  const { rows, problems } = read(target);
  assert.equal(rows[0]!.aliases.length, 24);
  assert.match(problems.join(), /set of sanctions that the file does not explain: 99/);
});
