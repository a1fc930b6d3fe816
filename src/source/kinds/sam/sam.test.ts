import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { AsPostedError, causeChain } from '../../../model/index.js';
import { needShared } from '../../../model/testing/shared.js';
import type { JsonObject } from '../../../read/index.js';
import { checkOptions } from '../../index.js';
import { conformanceSuite } from '../../testing/conformance.js';
import { toolsSaying } from '../../testing/tools.js';
import sam, { parseOpportunities, searchOf, withoutSecret } from './index.js';

const id = (n: number): string => n.toString(16).padStart(32, '0');
const answer = (ids: number[], total: number): string =>
  JSON.stringify({
    totalRecords: total,
    limit: 1000,
    offset: 0,
    opportunitiesData: ids.map((n) => ({
      noticeId: id(n),
      title: ' Jammers  ',
      postedDate: '2024-05-22',
      uiLink: 'null',
      active: 'Yes',
    })),
  });

conformanceSuite(sam, {
  options: (url) => ({ url }),
  path: '/opportunities/v2/search',
  good: { body: answer([1, 2], 2), type: 'application/json', addresses: 2 },
  secret: 'SECRET-KEY',
});

const SERVICE = 'https://api.sam.gov/opportunities/v2/search';
const KEY = 'ab/c+d e';

test('the offset is the number of the page; all that was counted must come', async () => {
  const tools = toolsSaying((url) => answer(new URL(url).searchParams.get('offset') === '0' ? [1, 2] : [3], 3), {
    secret: KEY,
  });
  const { addresses } = await sam.make({ url: SERVICE, days: 7, query: 'ptype=o' }, tools).discover();
  assert.deepEqual(addresses[0], {
    url: `https://sam.gov/opp/${id(1)}/view`,
    title: 'Jammers',
    published: '2024-05-22',
  });
  assert.equal(addresses.length, 3);
  assert.deepEqual(
    tools.asked.map(({ url }) => new URL(url).searchParams.get('offset')),
    ['0', '1'],
  );
  const [first] = tools.asked;
  assert.equal(new URL(first!.url).searchParams.get('api_key'), KEY);
  assert.equal(first!.options.follow, false, 'a redirect would take the key elsewhere');
  const short = toolsSaying(
    (url) => (new URL(url).searchParams.get('offset') === '0' ? answer([1], 3) : answer([], 3)),
    { secret: KEY },
  );
  await assert.rejects(sam.make({ url: SERVICE }, short).discover(), /ended after 1 of 3/);
  const search = searchOf({ url: SERVICE, days: 7, query: 'ptype=o' }, Date.parse('2024-05-22T03:00:00Z')).searchParams;
  assert.deepEqual(
    [search.get('postedFrom'), search.get('postedTo'), search.get('limit'), search.get('ptype')],
    ['05/15/2024', '05/22/2024', '1000', 'o'],
  );
});

test('the key is in no option, no address found, no message and no cause', async () => {
  for (const given of [{ url: `${SERVICE}?api_key=x` }, { url: SERVICE, query: 'API_KEY=x' }])
    assert.throws(() => checkOptions(sam, given), { code: 'USAGE' });
  assert.deepEqual(checkOptions(sam, { url: SERVICE, query: 'ptype=o' }), { url: SERVICE, query: 'ptype=o' });
  const fetch = async (url: string): Promise<never> => {
    throw new AsPostedError({
      code: 'TOO_MANY_REDIRECTS',
      message: `${url} redirects`,
      hint: url,
      cause: new Error(url, { cause: new Error(KEY) }),
    });
  };
  const tools = { ...toolsSaying({}, { secret: KEY }), fetcher: { fetch, close: async () => undefined } };
  await assert.rejects(sam.make({ url: SERVICE }, tools).discover(), (error: AsPostedError) => {
    const said = [...causeChain(error), error.hint].join('\n');
    assert.equal(error.code, 'TOO_MANY_REDIRECTS');
    for (const form of [KEY, encodeURIComponent(KEY), 'ab%2Fc%2Bd+e']) assert.ok(!said.includes(form), said);
    return true;
  });
  assert.equal((withoutSecret(new Error('x k y'), 'k') as Error).message, 'x … y');
  await assert.rejects(sam.make({ url: SERVICE }, toolsSaying({})).discover(), {
    code: 'BAD_SETTING',
    message: /SAM_API_KEY is not set/,
  });
  await assert.rejects(sam.make({ url: 'http://api.sam.gov/x' }, toolsSaying({}, { secret: KEY })).discover(), {
    code: 'USAGE',
  });
});

test('the official examples: padded texts, the word null, a host of tests', (t) => {
  const folder = needShared(t, 'data/watching/sam');
  if (folder === undefined) return;
  const load = (name: string): JsonObject => JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonObject;
  const { items, total } = parseOpportunities(load('search-response.json'), SERVICE);
  assert.equal(total, 34);
  assert.deepEqual(items, [
    {
      url: 'https://sam.gov/opp/5b345bbb7127b91a3ad577b203fc6f68/view',
      title: 'Historic Office Renovation',
      published: '2018-05-04',
    },
  ]);
  const item = load('search-item-with-null-strings.json');
  assert.deepEqual(parseOpportunities({ totalRecords: 1, opportunitiesData: [item] }, SERVICE).items, [
    {
      url: 'https://sam.gov/opp/ff826a59eac743c4a1a07ff5e0cf3e3a/view',
      title: 'Test-Award notice-V2 27',
      published: '2020-07-02',
    },
  ]);
  for (const broken of [
    {},
    { opportunitiesData: [] },
    { totalRecords: 1 },
    { totalRecords: 1, opportunitiesData: [{}] },
  ])
    assert.throws(() => parseOpportunities(broken, SERVICE), { code: 'BAD_LIST_PAGE' });
});
