import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { needShared } from '../../model/testing/shared.js';
import { addListVersion } from '../../watch/index.js';
import { openTestParts } from '../../watch/testing/parts.js';
import type { ListEntry } from '../../model/index.js';
import { createApp } from '../index.js';
import { entityOf } from './entities.js';

const parts = await openTestParts();
after(() => parts.dispose());
const NULL = '-0- ';
const row = (entry: string, name: string, remarks = NULL): string =>
  [entry, `"${name}"`, NULL, '"RUSSIA-EO14024"', NULL, NULL, NULL, NULL, NULL, NULL, NULL, remarks].join(',');
const TRIMIX = row(
  '47713',
  'LIMITED LIABILITY COMPANY TRIMIX',
  `"Tax ID No. 7802942873 (Russia); Registration Number 1237800084235 (Russia); a.k.a. '3MX'."`,
);
const others = Array.from({ length: 12 }, (_, at) => row(String(100 + at), `PLANT NUMBER ${at} OAO`));
others.push(row('36', 'AEROCARIBBEAN AIRLINES'));
const add = (publishedAt: string, rows: readonly string[]): Promise<unknown> =>
  addListVersion(parts, {
    list: 'us_ofac_sdn',
    files: { main: Buffer.from([...rows, '\x1a'].join('\r\n')) },
    publishedAt,
    origin: 'test',
  });
await add('2024-02-20', others);
await add('2024-02-23', [...others, TRIMIX]);
const app = createApp(parts);

interface Entity {
  id: string;
  caption: string;
  match: boolean;
  target: boolean;
  score: number;
  first_seen: string;
  datasets: string[];
  properties: Record<string, string[]>;
  explanations: { name_evidence: { detail: string } };
}
interface MatchAnswer {
  results: Entity[];
  total: { value: number };
  query: { id: string | null };
  lists: { publishedAt: string }[];
}
/** What is looked at of all answers. */
interface Body extends Entity, MatchAnswer {
  limit: number;
  detail: string;
  best: string;
  current: string[];
  responses: { firm: MatchAnswer; number: MatchAnswer; nobody: MatchAnswer };
  facets: { datasets: { values: object[] } };
  rows: Record<string, Record<string, object[]>>;
}

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; body: Body; headers: Headers }> {
  const response = await app.request(`http://127.0.0.1:4270${path}`, {
    ...init,
    headers: { host: '127.0.0.1:4270', ...(init.headers as Record<string, string> | undefined) },
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? {} : JSON.parse(text)) as Body,
    headers: response.headers,
  };
}
const post = (path: string, body: unknown): ReturnType<typeof ask> =>
  ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const form = (path: string, fields: Record<string, string>): ReturnType<typeof ask> =>
  ask(path, { method: 'POST', body: new URLSearchParams(fields) });

test('/match: a firm by name and by number, with the shape that clients read, and as of a day', async () => {
  const queries = {
    firm: { id: 'ours-1', schema: 'Company', properties: { name: ['ООО «ТРИМИКС»'], country: 'Russia', unknown: [1] } },
    number: { schema: 'LegalEntity', properties: { name: 'X', innCode: 7802942873 } },
    nobody: { schema: 'Person', properties: { name: ['Nobody Whatsoever'] } },
  };
  const { status, body, headers } = await post('/match/us_ofac_sdn?limit=3', { queries, weights: {}, config: {} });
  assert.deepEqual([status, body.limit, headers.get('x-batch-size')], [200, 3, '3']);
  const { firm, number, nobody } = body.responses;
  for (const each of [firm, number]) {
    const [best] = each.results as [Entity];
    assert.deepEqual([best.id, best.match, best.datasets, best.target], ['ofac-47713', true, ['us_ofac_sdn'], true]);
    assert.equal(best.first_seen, '2024-02-23T00:00:00');
    assert.ok(best.score >= 0.7 && best.explanations.name_evidence.detail.length > 0, 'scored, and said why');
    assert.deepEqual(best.properties['innCode'], ['7802942873']);
    assert.deepEqual(each.total, { value: 1, relation: 'eq' });
  }
  assert.deepEqual(firm.query, {
    ...{ id: 'ours-1', schema: 'Company' },
    properties: { name: ['ООО «ТРИМИКС»'], country: ['ru'], unknown: ['1'] },
  });
  assert.deepEqual([nobody.results, nobody.total.value, nobody.query.id], [[], 0, null]);
  const before = await post('/match/default?as_of=2024-02-22', { queries });
  assert.deepEqual(before.body.responses.firm.results, []);
  assert.equal(before.body.responses.firm.lists[0]?.publishedAt, '2024-02-20');
});

test('what is wrong with a question is said as those services say it', async () => {
  const one = { q: { schema: 'Company', properties: { name: ['x'] } } };
  const detail = async (path: string, body: unknown): Promise<[number, string]> => {
    const answer = await post(path, body);
    return [answer.status, answer.body.detail];
  };
  assert.deepEqual(await detail('/match/nowhere', { queries: one }), [404, 'No such dataset.']);
  assert.deepEqual(await detail('/match/default?algorithm=magic', { queries: one }), [400, 'Unknown algorithm: magic']);
  assert.deepEqual(await detail('/match/default', { queries: {} }), [400, 'No queries provided.']);
  assert.equal((await detail('/match/default', {}))[0], 422);
  assert.equal((await detail('/match/default?limit=501', { queries: one }))[0], 422);
  assert.equal((await detail('/match/default', { queries: { q: { schema: 'Ownership', properties: {} } } }))[0], 400);
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`q${at}`, one.q]));
  assert.equal((await detail('/match/default', { queries: many }))[0], 400);
  const broken = await ask('/match/default', {
    method: 'POST',
    body: '{',
    headers: { 'content-type': 'application/json' },
  });
  assert.deepEqual([broken.status, typeof broken.body.detail], [400, 'string']);
  const rebound = await ask('/catalog', { headers: { host: 'evil.example' } });
  assert.equal(rebound.status, 421, 'another name of this machine is no way in');
});

test('/search, /entities, /catalog and /algorithms', async () => {
  const found = await ask('/search/default?q=trimix+limited&limit=5');
  assert.deepEqual([found.status, found.body.total.value, found.body.results[0]?.id], [200, 1, 'ofac-47713']);
  assert.deepEqual(found.body.facets.datasets.values, [{ name: 'us_ofac_sdn', label: 'us_ofac_sdn', count: 1 }]);
  assert.equal((await ask('/search/default?q=7802942873')).body.total.value, 1, 'numbers and remarks are searched too');
  assert.equal((await ask('/search/default?limit=0')).body.total.value, 14, 'no question is everything');
  assert.equal((await ask('/search/default?countries=ru&schema=Person')).body.total.value, 0);
  assert.equal((await ask('/search/default?schema=constructor')).body.total.value, 0, 'a kind that nobody has');
  const entity = await ask('/entities/ofac-47713');
  assert.equal(entity.body.caption, 'LIMITED LIABILITY COMPANY TRIMIX');
  assert.deepEqual((await ask('/entities/ofac-1')).body, { detail: 'No such entity!' });
  assert.equal((await ask('/entities/ofac-47713?as_of=2024-02-22')).status, 404);
  assert.equal((await ask('/entities/ofac-47713?as_of=yesterday')).status, 422);
  const catalog = await ask('/catalog');
  assert.deepEqual(catalog.body.current, ['us_ofac_sdn']);
  const again = await ask('/catalog', { headers: { 'if-none-match': catalog.headers.get('etag')! } });
  assert.equal(again.status, 304);
  assert.equal((await ask('/algorithms')).body.best, 'as-posted');
  assert.equal(catalog.headers.get('access-control-allow-origin'), '*');
  assert.equal((await ask('/api/v1/notices')).headers.get('access-control-allow-origin'), null, 'nothing else is open');
});

test('only lists of sanctions are called sanctions', () => {
  const entry = {
    ...{
      entry: '1',
      schema: 'Company',
      name: 'X',
      aliases: [],
      identifiers: [],
      countries: [],
      addresses: [],
      programs: [],
    },
    ...{ remarks: '', from: '2024-01-01', to: null, fromIsBound: false },
  } as const;
  const topicsOf = (list: string): unknown => entityOf({ ...entry, list } as unknown as ListEntry).properties['topics'];
  assert.deepEqual([topicsOf('un_sc'), topicsOf('us_bis_el'), topicsOf('csv')], [['sanction'], undefined, undefined]);
});

const SPEC = 'data/screening/reconcile';

/** The published schemas; their references to one another are by file, some to a document that is not among them. */
function schemaOf(folder: string, name: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false });
  ajv.addSchema({}, 'http://swagger.io/v2/schema.json');
  const load = (file: string): Record<string, unknown> => {
    const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
    delete schema['$schema'];
    return JSON.parse(
      JSON.stringify(schema).replaceAll(
        'http://swagger.io/v2/schema.json#/definitions/securityDefinitions/additionalProperties',
        'http://swagger.io/v2/schema.json',
      ),
    ) as Record<string, unknown>;
  };
  const wanted = load(name);
  const added = new Set([wanted['$id']]);
  for (const file of readdirSync(folder).filter(
    (each) => each.endsWith('.json') && each !== name && each !== 'openapi.json',
  )) {
    const schema = load(file);
    if (!added.has(schema['$id'])) ajv.addSchema(schema);
    added.add(schema['$id']);
  }
  return ajv.compile(wanted);
}

test('/reconcile: every answer is what the published schemas of 0.2 ask for', async (t) => {
  const folder = needShared(t, `${SPEC}/0.2/schemas`);
  if (folder === undefined) return;
  const valid = (name: string, value: unknown): void => {
    const check = schemaOf(folder, name);
    assert.ok(check(value), `${name}: ${JSON.stringify(check.errors)}`);
  };
  const base = '/reconcile/default';
  valid('manifest.json', (await ask(base)).body);
  const queries = {
    a: { query: 'Trimix LLC', type: 'Company', limit: 3 },
    b: { query: '', type: ['LegalEntity'], properties: [{ pid: 'LegalEntity:innCode', v: '7802942873' }] },
    c: { query: '3MX', properties: [{ pid: 'country', v: [{ id: 'ru' }, 'Russia'] }] },
    d: { query: 'nobody at all' },
  };
  valid('reconciliation-query-batch.json', queries);
  const answers = await form(base, { queries: JSON.stringify(queries) });
  valid('reconciliation-result-batch.json', answers.body);
  const results = answers.body as unknown as Record<string, { result: { id: string }[] }>;
  for (const key of ['a', 'b', 'c']) assert.equal(results[key]?.result[0]?.id, 'ofac-47713', key);
  assert.deepEqual(results['d']?.result, []);
  const got = await ask(`${base}?queries=${encodeURIComponent(JSON.stringify(queries))}`);
  assert.deepEqual(got.body, answers.body, 'the same over GET');
  valid('suggest-entities-response.json', (await ask(`${base}/suggest/entity?prefix=trim`)).body);
  valid('suggest-types-response.json', (await ask(`${base}/suggest/type?prefix=comp`)).body);
  valid('suggest-properties-response.json', (await ask(`${base}/suggest/property?prefix=na`)).body);
  valid('data-extension-property-proposal.json', (await ask(`${base}/extend/property?type=Company&limit=4`)).body);
  const extend = { ids: ['ofac-47713', 'nothing'], properties: [{ id: 'name' }, { id: 'LegalEntity:innCode' }] };
  const rows = await form(base, { extend: JSON.stringify(extend) });
  valid('data-extension-response.json', rows.body);
  assert.deepEqual(rows.body.rows['ofac-47713']?.['LegalEntity:innCode'], [{ str: '7802942873' }]);
  assert.equal((await form(base, { queries: '{' })).status, 400);
  assert.equal((await form(base, {})).status, 400);
});

test('/reconcile: the draft of 1.0, and the examples of both versions', async (t) => {
  const folder = needShared(t, SPEC);
  if (folder === undefined) return;
  const check = schemaOf(join(folder, '1.0-draft/schemas'), 'reconciliation-result-batch.json');
  const queries = [
    { type: 'Company', limit: 2, conditions: [{ matchType: 'name', propertyValue: 'Trimix' }] },
    { conditions: [{ matchType: 'property', propertyId: 'innCode', propertyValue: '7802942873' }] },
    { conditions: [] },
  ];
  const { status, body } = await post('/reconcile/default', { queries });
  assert.equal(status, 200);
  assert.ok(check(body), JSON.stringify(check.errors));
  const { results } = body as unknown as { results: { candidates: { id: string }[] }[] };
  assert.deepEqual(
    results.map(({ candidates }) => candidates.map(({ id }) => id)),
    [['ofac-47713'], ['ofac-47713'], []],
  );
  const manifest = schemaOf(join(folder, '1.0-draft/schemas'), 'manifest.json');
  assert.ok(manifest((await ask('/reconcile/default?version=1.0-draft')).body), JSON.stringify(manifest.errors));
  const examples = join(folder, '0.2/examples/reconciliation-query-batch');
  for (const file of readdirSync(join(examples, 'valid'))) {
    const text = readFileSync(join(examples, 'valid', file), 'utf8');
    const types = text.replace(/"type":\s*(?:"[^"]*"|\[[^\]]*\]),?/g, '').replace(/,(\s*[}\]])/g, '$1');
    assert.equal((await form('/reconcile/default', { queries: types })).status, 200, file);
  }
});

test('no text makes it answer 500', async () => {
  for (const name of [
    '\ud800',
    '\u0000',
    'x'.repeat(300_000),
    '无'.repeat(50_000),
    '"); drop table',
    '%'.repeat(1_000),
    ' '.repeat(999),
  ]) {
    const { status } = await post('/match/default', {
      queries: { q: { schema: 'Company', properties: { name: [name] } } },
    });
    assert.equal(status, 200, name.slice(0, 20));
    assert.equal(
      (await ask(`/search/default?q=${encodeURIComponent(name.slice(0, 3_000).toWellFormed())}`)).status,
      200,
    );
  }
});
