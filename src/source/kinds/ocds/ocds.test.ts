import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../../../model/testing/shared.js';
import { conformanceSuite } from '../../testing/conformance.js';
import { toolsSaying } from '../../testing/tools.js';
import ocds from './index.js';
import { windowsOf } from './uk.js';

const release = (ocid: string, more: object = {}): object => ({
  ocid,
  id: `${ocid}-1`,
  date: '2024-05-22T02:00:00Z',
  tag: ['tender'],
  tender: { title: `Works ${ocid}`, status: 'active' },
  ...more,
});
const body = (releases: object[], next?: string): string =>
  JSON.stringify({ uri: 'u', releases, ...(next === undefined ? {} : { links: { next } }) });

const TWO = body([release('ocds-a-1'), release('ocds-a-2')]);
conformanceSuite(ocds, {
  options: (url) => ({ url, item: 'https://data.example/{ocid}' }),
  path: '/packages.json',
  good: { body: TWO, type: 'application/json', addresses: 2 },
});

const API = 'https://www.find-tender.service.gov.uk/api/1.0/ocdsReleasePackages';

test('pages are followed to the end; one that leads away, or round, is an error', async () => {
  const url = 'https://data.example/ocds/1';
  const ask = (pages: Record<string, string>): Promise<{ addresses: { url: string }[] }> =>
    ocds.make({ url, item: 'https://data.example/{ocid}' }, toolsSaying(pages)).discover();
  const found = await ask({ [url]: body([release('a')], '2'), 'https://data.example/ocds/2': body([release('b')]) });
  assert.deepEqual(
    found.addresses.map((each) => each.url),
    ['https://data.example/a', 'https://data.example/b'],
  );
  await assert.rejects(ask({ [url]: body([release('a')], 'https://elsewhere.example/') }), { code: 'BAD_LIST_PAGE' });
  await assert.rejects(ask({ [url]: body([release('a')], url) }), /round in a circle/);
  await assert.rejects(
    ask({ [url]: body([release('a')], '2') }),
    { code: 'HTTP_STATUS' },
    'the second page is missing',
  );
  await assert.rejects(ask({ [url]: '{"total":0}' }), /neither a release package/);
  await assert.rejects(ask({ [url]: body([release('../../x')]) }), /no usable ocid/);
  assert.deepEqual((await ask({ [url]: body([]) })).addresses, []);
});

test('a broken number does not hide the other processes, and is told', async () => {
  const url = 'https://data.example/p';
  const text = TWO.replace('"tender":{', '"value":{"amount":1e9999},"tender":{').replace('"uri":"u"', '"uri": 000');
  const { addresses, problems } = await ocds
    .make({ url, item: 'https://data.example/{ocid}' }, toolsSaying({ [url]: text }))
    .discover();
  assert.equal(addresses.length, 2);
  assert.match(problems.join(), /2 numbers in the answers are none \("000", "1e9999"\)/);
});

test('the official packages: one process, which is its own notice; a list of several must say where each stands', async (t) => {
  const folder = needShared(t, 'data/watching/ocds');
  if (folder === undefined) return;
  const url = 'https://data.example/ocds/x.json';
  for (const name of ['01-planning', '03-tenderAmendment', '06-implementation', 'record-withversions']) {
    const text: string = readFileSync(join(folder, `${name}.json`), 'utf8');
    const { addresses } = await ocds.make({ url }, toolsSaying({ [url]: text })).discover();
    assert.deepEqual(
      addresses.map((each) => each.url),
      [url],
      name,
    );
    await assert.rejects(ocds.make({ url }, toolsSaying({ [url]: text.slice(0, -200) })).discover(), {
      code: 'BAD_LIST_PAGE',
    });
  }
  await assert.rejects(ocds.make({ url }, toolsSaying({ [url]: TWO })).discover(), /not where each can be read/);
});

test('Find a Tender: windows of six hours, each stage by itself, the record package of each process', async () => {
  const tools = toolsSaying((url) =>
    new URL(url).searchParams.get('stages') === 'tender' ? body([release('ocds-h6vhtk-0a1b2c')]) : body([]),
  );
  const { addresses } = await ocds.make({ url: API, hours: 12, stages: ['planning', 'tender'] }, tools).discover();
  assert.deepEqual(addresses, [
    {
      url: 'https://www.find-tender.service.gov.uk/api/1.0/ocdsRecordPackages/ocds-h6vhtk-0a1b2c',
      title: 'Works ocds-h6vhtk-0a1b2c',
      published: '2024-05-22T02:00:00Z',
    },
  ]);
  assert.deepEqual(
    tools.asked.map(({ url }) => [...new URL(url).searchParams.values()].join(' ')),
    [
      '2024-05-21T15:00:00Z 2024-05-21T21:00:00Z 100 planning',
      '2024-05-21T15:00:00Z 2024-05-21T21:00:00Z 100 tender',
      '2024-05-21T21:00:00Z 2024-05-22T03:00:00Z 100 planning',
      '2024-05-21T21:00:00Z 2024-05-22T03:00:00Z 100 tender',
    ],
  );
  assert.deepEqual(windowsOf(Date.parse('2024-05-22T03:00:00.500Z'), 7, 6), [
    ['2024-05-21T20:00:01Z', '2024-05-22T02:00:01Z'],
    ['2024-05-22T02:00:01Z', '2024-05-22T03:00:01Z'],
  ]);
});

test('Contracts Finder: pages of notices by their ids, ISO-8859-1, and 403 means wait', async () => {
  const url = 'https://www.contractsfinder.service.gov.uk/Published/Notices/OCDS/Search';
  const id = '0a1b2c3d-0000-4000-8000-00000000abcd';
  const text = body([release('ocds-b5fd17-1', { id: `${id}-123456`, tender: { title: 'Drones for £5' } })]);
  const { addresses } = await ocds
    .make(
      { url },
      toolsSaying(() => Buffer.from(text, 'latin1')),
    )
    .discover();
  assert.deepEqual(
    addresses.map((each) => [each.url, each.title]),
    [[`https://www.contractsfinder.service.gov.uk/Notice/${id}`, 'Drones for £5']],
  );
  for (const [status, code] of [
    [403, 'RATE_LIMITED'],
    [429, 'RATE_LIMITED'],
    [503, 'RATE_LIMITED'],
    [500, 'HTTP_STATUS'],
  ] as const)
    await assert.rejects(
      ocds
        .make(
          { url },
          toolsSaying(() => status),
        )
        .discover(),
      { code },
    );
});

const FEED = 'https://public-api.prozorro.gov.ua/api/2.5/tenders';
const id = (n: number): string => String(n).padStart(32, '0');
const feed = (ids: [number, string][], next?: string): string =>
  JSON.stringify({
    data: ids.map(([n, at]) => ({
      id: id(n),
      dateModified: '2020-01-01T00:00:00+02:00',
      public_modified: Date.parse(at) / 1000,
    })),
    ...(next === undefined
      ? {}
      : { next_page: { offset: next, uri: `http://public-api.prozorro.gov.ua/api/2.5/tenders?offset=${next}` } }),
  });

test('Prozorro backwards: until the window is passed, by the feed’s own time and its own address of the next page', async () => {
  const tools = toolsSaying((url) => {
    const offset = new URL(url).searchParams.get('offset');
    if (offset === null) return feed([[1, '2024-05-22T02:59:00Z']], 'x.1');
    if (offset === 'x.1')
      return feed(
        [
          [2, '2024-05-22T02:30:00Z'],
          [3, '2024-05-22T01:00:00Z'],
        ],
        'x.2',
      );
    return feed([[4, '2024-05-22T00:30:00Z']], 'x.3');
  });
  const { addresses } = await ocds.make({ url: FEED, hours: 1 }, tools).discover();
  assert.deepEqual(
    addresses.map((each) => each.url),
    [`${FEED}/${id(1)}`, `${FEED}/${id(2)}`],
  );
  assert.equal(tools.asked.length, 3);
  assert.match(tools.asked[0]!.url, /descending=1/);
  assert.match(tools.asked[1]!.url, /^https:/, 'written http behind a proxy, asked by https');
});

test('Prozorro forwards: until a page is empty; it says where to go on', async () => {
  const tools = toolsSaying((url) =>
    new URL(url).searchParams.get('offset') === 'z.9' ? feed([], 'z.9') : feed([[1, '2020-01-01T00:00:00Z']], 'z.9'),
  );
  const { addresses, problems } = await ocds
    .make({ url: `${FEED}?offset=z.1`, direction: 'forwards' }, tools)
    .discover();
  assert.equal(addresses.length, 1);
  assert.match(problems.join(), /goes on at .*offset=z\.9/);
  const broken = toolsSaying(() => feed([[1, '2020-01-01T00:00:00Z']]));
  await assert.rejects(ocds.make({ url: FEED, direction: 'forwards' }, broken).discover(), /names no next one/);
});

test('Prozorro: a refused user agent says what to do; the real listing is read', async (t) => {
  await assert.rejects(
    ocds
      .make(
        { url: FEED },
        toolsSaying(() => 412),
      )
      .discover(),
    (error: { hint?: string }) => /userAgent/.test(error.hint ?? ''),
  );
  const folder = needShared(t, 'data/watching/prozorro');
  if (folder === undefined) return;
  const text = readFileSync(join(folder, 'contracts-listing-1.http'), 'utf8');
  const url = 'https://public-api-sandbox.prozorro.gov.ua/api/2.5/contracts';
  const tools = toolsSaying((asked) => (asked.includes('offset=') ? '{"data":[]}' : text.slice(text.indexOf('\n{'))));
  const { addresses } = await ocds.make({ url }, { ...tools, now: () => new Date('2026-12-31T23:00:00Z') }).discover();
  assert.deepEqual(
    addresses.map((each) => each.url),
    [`${url}/78fd8d7877d74b0dbc9c605462545e1c`],
  );
});
