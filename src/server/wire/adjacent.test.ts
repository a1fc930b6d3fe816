/** What hangs on an entry, in the shape that clients of yente draw graphs from. */
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { addListVersion } from '../../watch/index.js';
import { openTestParts } from '../../watch/testing/parts.js';
import { createApp } from '../index.js';

const parts = await openTestParts();
after(() => parts.dispose());

const line = (id: string, schema: string, properties: object, target = true): string =>
  `${JSON.stringify({ id, schema, target, caption: `Example ${id}`, properties })}\n`;
const party = (id: string): string => line(id, 'Company', { name: [`Example ${id}`] });
const file = [
  ...['a', 'b', 'c'].map(party),
  line('p', 'Person', { name: ['Ivan Primerov'] }),
  line('x', 'Company', { name: ['Nobody Listed'] }, false),
  line('o1', 'Ownership', { owner: ['a'], asset: ['b'], percentage: ['51'], startDate: ['2024-03-01'] }),
  line('o2', 'Ownership', { owner: ['x'], asset: ['b'], percentage: ['49'] }),
  line('o3', 'Ownership', { owner: ['b'], asset: ['c'], role: ['majority'] }),
  line('d', 'Directorship', { director: ['p'], organization: ['b'], role: ['Head'] }),
  line('u', 'UnknownLink', { subject: ['b'], object: ['c'] }),
].join('');
await addListVersion(parts, {
  list: 'ftm_test',
  files: { main: Buffer.from(file) },
  publishedAt: '2024-02-01',
  origin: 'test',
});
const UN = `<CONSOLIDATED_LIST dateGenerated="2024-02-01"><INDIVIDUALS><INDIVIDUAL><DATAID>9</DATAID><FIRST_NAME>IVAN</FIRST_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE><LISTED_ON>2020-01-31</LISTED_ON></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`;
await addListVersion(parts, { list: 'un_sc', files: { main: Buffer.from(UN) }, origin: 'test' });
const app = createApp(parts);

interface Entity {
  id: string;
  schema: string;
  caption: string;
  target: boolean;
  properties: Record<string, (string | Entity)[]>;
}
interface Block {
  results: Entity[];
  total: { value: number };
  limit: number;
  offset: number;
}
async function ask<T>(path: string, status = 200): Promise<T> {
  const response = await app.request(`http://127.0.0.1:4270${path}`, { headers: { host: '127.0.0.1:4270' } });
  assert.equal(response.status, status, path);
  return (await response.json()) as T;
}
const entity = (value: string | Entity | undefined): Entity => {
  assert.ok(typeof value === 'object', 'an entity, and not its id');
  return value;
};

test('relations hang under the property that points back, with the other side inside and the root as its id', async () => {
  const { properties, ...root } = await ask<Entity>('/entities/ftm-test-b');
  assert.equal(root.id, 'ftm-test-b');
  assert.deepEqual(Object.keys(properties).sort(), [
    'directorshipOrganization',
    'name',
    'ownershipAsset',
    'ownershipOwner',
    'unknownLinkTo',
  ]);
  const [one, two] = properties['ownershipAsset']!.map(entity);
  assert.deepEqual(
    [one!.schema, one!.properties['asset'], one!.properties['percentage']],
    ['Ownership', ['ftm-test-b'], ['51']],
  );
  assert.deepEqual(one!.properties['startDate'], ['2024-03-01']);
  const owner = entity(one!.properties['owner']![0]);
  assert.deepEqual([owner.id, owner.caption, owner.target], ['ftm-test-a', 'Example a', true]);
  const stranger = entity(two!.properties['owner']![0]);
  assert.deepEqual(
    [stranger.caption, stranger.target],
    ['Example x', false],
    'to be named as an owner makes nobody a target',
  );
  assert.deepEqual(entity(properties['ownershipOwner']![0]).properties['role'], ['majority']);
  assert.equal(entity(entity(properties['directorshipOrganization']![0]).properties['director']![0]).schema, 'Person');
  // The same relation from its other end has the same id.
  const other = await ask<Entity>('/entities/ftm-test-a');
  assert.equal(entity(other.properties['ownershipOwner']![0]).id, one!.id);
  for (const each of [one!, owner, stranger])
    for (const field of [
      'id',
      'caption',
      'schema',
      'properties',
      'datasets',
      'referents',
      'target',
      'first_seen',
      'last_seen',
      'last_change',
    ])
      assert.ok(field in each, `${each.schema} has ${field}`);
});

test('nested=false is the entity alone; a listing of a list of sanctions is one of its own', async () => {
  const plain = await ask<Entity>('/entities/ftm-test-b?nested=false');
  assert.deepEqual(Object.keys(plain.properties), ['name']);
  const { properties } = await ask<Entity>('/entities/unsc-9');
  const sanction = entity(properties['sanctions']![0]);
  assert.deepEqual(sanction.properties, { entity: ['unsc-9'], program: ['Test'], listingDate: ['2020-01-31'] });
  await ask('/entities/ftm-test-b?nested=perhaps', 422);
});

test('adjacent pages by property; an unknown one is 404; a day is a day', async () => {
  const all = await ask<{ entity: Entity; adjacent: Record<string, Block> }>('/entities/ftm-test-b/adjacent?limit=1');
  assert.equal(all.entity.id, 'ftm-test-b');
  assert.deepEqual(all.adjacent['ownershipAsset']!.total, { value: 2, relation: 'eq' });
  assert.equal(all.adjacent['ownershipAsset']!.results.length, 1);
  const block = await ask<Block>('/entities/ftm-test-b/adjacent/ownershipAsset?limit=1&offset=1&sort=percentage:desc');
  assert.deepEqual([block.limit, block.offset, block.total.value], [1, 1, 2]);
  assert.deepEqual(block.results[0]!.properties['percentage'], ['49']);
  assert.deepEqual((await ask<Block>('/entities/ftm-test-b/adjacent/familyPerson')).results, []);
  for (const property of ['name', 'constructor', '__proto__', 'nothing'])
    await ask(`/entities/ftm-test-b/adjacent/${property}`, 404);
  await ask('/entities/ftm-test-z/adjacent', 404);
  await ask('/entities/ftm-test-b/adjacent?limit=501', 422);
  await ask('/entities/ftm-test-b/adjacent?as_of=2024-01-31', 404);
  const early = await ask<Block>('/entities/ftm-test-b/adjacent/ownershipAsset?as_of=2024-02-15');
  assert.equal(early.total.value, 2, 'as printed, with its dates');
});
