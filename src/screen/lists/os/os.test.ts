import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { listSuite } from '../../testing/conformance.js';
import { FTM } from '../../testing/fixtures.js';
import kind from './index.js';

const HEADER =
  '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails","program_ids","dataset","first_seen","last_seen","last_change"';

listSuite(kind, [
  FTM,
  {
    form: 'simple',
    head: `${HEADER}\n`,
    records: [
      '"t-1","Company","Example Works","""Works; Example"";Пример","","ru","","7802942873;IMO9999993","""""","","","","Example","2025-01-01","2025-01-01","2025-01-01"\n',
      '"t-2","Person","Ivan Primerov","","1951","ru","","","first line\nsecond","","","T-1","Example","2025-01-01","2025-01-01","2025-01-01"\n',
    ],
    tail: '',
    entries: ['t-1', 't-2'],
    future: null,
    broken: '"","Company","Nobody","","","","","","","","","","","","",""\n',
  },
]);

const main = Buffer.from(FTM.records.join(''));
const index = (checksum: string): Uint8Array =>
  Buffer.from(
    JSON.stringify({ updated_at: '2025-01-31T10:00:00', resources: [{ name: 'entities.ftm.json', checksum }] }),
  );

test('os: the index vouches for the file and dates it; a file it does not name is refused', () => {
  const checksum = createHash('sha1').update(main).digest('hex');
  assert.equal(kind.parse({ main, index: index(checksum) }, new Map()).publishedAt, '2025-01-31');
  assert.throws(() => kind.parse({ main, index: index('0'.repeat(40)) }, new Map()), /none of the checksums/);
  assert.throws(() => kind.parse({ main, index: Buffer.from('<html>') }, new Map()), /no JSON/);
});

test('os: an owner who is no target is a name in a link, and no entry', () => {
  const owner =
    '{"id":"t-9","schema":"Person","caption":"Nobody Listed","target":false,"properties":{"name":["Nobody Listed"]}}\n';
  const link =
    '{"id":"t-8","schema":"Ownership","properties":{"owner":["t-9"],"asset":["t-1"],"percentage":["50-75"]}}\n';
  const { rows } = kind.parse({ main: Buffer.concat([Buffer.from(link + owner), main]) }, new Map());
  assert.deepEqual(
    rows.map(({ entry }) => entry),
    ['t-1', 't-2'],
  );
  const expected = { role: 'owner', name: 'Nobody Listed', entry: 't-9', says: 'Ownership', percentage: '50-75' };
  assert.deepEqual(rows[0]!.links?.[0], expected);
});

test('os (simple): ten digits are an INN of Russia’s for a party of Russia only', () => {
  const row = (id: string, countries: string): string =>
    `"${id}","Company","Example ${id}","","","${countries}","","7802942873;1237800084235;91110000MA005UCQ5P","","","","","Example","","",""\n`;
  const { rows } = kind.parse(
    { main: Buffer.from(`${HEADER}\n${row('1', 'ru;by')}${row('2', 'ir')}${row('3', '')}`) },
    new Map(),
  );
  const types = rows.map(({ identifiers }) => identifiers.map(({ type }) => type));
  const elsewhere = ['number', 'number', 'uscc'];
  assert.deepEqual(types, [['inn', 'ogrn', 'uscc'], elsewhere, elsewhere]);
});

test('os (ftm): numbers of papers and wallets are those of their holder', () => {
  const held = [
    '{"id":"p","schema":"Passport","properties":{"holder":["t-2"],"number":["AB 100001"],"country":["ru"]}}',
    '{"id":"i","schema":"Identification","properties":{"holder":["t-2"],"number":["100002"],"type":["National ID"],"country":["by"]}}',
    '{"id":"j","schema":"Identification","properties":{"holder":["t-1"],"number":["100003"],"type":["Registration Number"]}}',
    '{"id":"w","schema":"CryptoWallet","properties":{"holder":["t-1"],"publicKey":["0xabc1"],"currencySymbol":["ETH"]}}',
    '{"id":"v","schema":"CryptoWallet","properties":{"publicKey":["0xabc2"]}}',
  ];
  const { rows, problems } = kind.parse({ main: Buffer.from(`${held.join('\n')}\n${main.toString()}`) }, new Map());
  assert.deepEqual(
    rows.map(({ identifiers }) => identifiers.map(({ type, value }) => `${type} ${value}`)),
    [
      ['inn 7802942873', 'registration 100003', 'wallet 0xabc1'],
      ['passport AB 100001', 'id 100002'],
    ],
  );
  assert.match(problems.join(), /leaves out: CryptoWallet$/, 'a wallet of nobody is told of');
});

test('os (ftm): two stakes of one owner at two times are two links; a parent is one; a former one says so', () => {
  const joins = [
    '{"id":"o","schema":"Ownership","properties":{"owner":["t-2"],"asset":["t-1"],"percentage":["48"],"startDate":["2015-11-25"],"endDate":["2023-12-21"]}}',
    '{"id":"n","schema":"Company","target":true,"properties":{"name":["Example Child"],"parent":["t-1"]}}',
    '{"id":"d","schema":"Directorship","properties":{"director":["t-2"],"organization":["n"],"role":["Head"]}}',
    '{"id":"u","schema":"UnknownLink","properties":{"subject":["t-1"],"object":["t-2"]}}',
    '{"id":"f","schema":"Family","properties":{"person":["t-2"],"relative":["t-7"],"relationship":["brother"]}}',
  ];
  const { rows } = kind.parse({ main: Buffer.from(`${joins.join('\n')}\n${main.toString()}`) }, new Map());
  const of = (entry: string): unknown => rows.find((row) => row.entry === entry)!.links;
  assert.deepEqual(of('t-1'), [
    {
      role: 'owner',
      name: 'Ivan Primerov',
      entry: 't-2',
      says: 'Ownership',
      percentage: '48',
      since: '2015-11-25',
      until: '2023-12-21',
      isFormer: true,
    },
    { role: 'subsidiary', name: 'Example Child', entry: 'n', says: 'parent' },
    { role: 'linked', name: 'Ivan Primerov', entry: 't-2', says: 'UnknownLink' },
    { role: 'owner', name: 'Ivan Primerov', entry: 't-2', says: 'Ownership', percentage: '50' },
  ]);
  assert.deepEqual(of('n'), [
    { role: 'parent', name: 'Example Works', entry: 't-1', says: 'parent' },
    { role: 'director', name: 'Ivan Primerov', entry: 't-2', says: 'Head' },
  ]);
});
