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
