import assert from 'node:assert/strict';
import test from 'node:test';
import { conformanceSuite } from '../../testing/conformance.js';
import { type TestTools, toolsSaying } from '../../testing/tools.js';
import ted, { parseSearch, publicationNumber } from './index.js';

const notice = (n: number): object => ({
  'publication-number': `00${n}-2024`,
  'publication-date': '2024-05-22+02:00',
  'notice-title': { fra: ['Brouilleurs'], eng: `Jammers ${n}` },
  links: { xml: { MUL: 'https://ted.europa.eu/x' } },
});
const page = (notices: object[], total: number, more: object = { iterationNextToken: 't' }): string =>
  JSON.stringify({ notices, totalNoticeCount: total, timedOut: false, ...more });

conformanceSuite(ted, {
  options: (url) => ({ url, query: 'FT ~ "drone"' }),
  path: '/v3/notices/search',
  good: { body: page([notice(1001), notice(1002)], 2), type: 'application/json', addresses: 2 },
  later: page([], 2),
});

const URL_ = 'https://api.ted.europa.eu/v3/notices/search';
const ask = (
  ...pages: string[]
): { tools: TestTools; found: () => Promise<{ addresses: object[]; problems: string[] }> } => {
  let at = 0;
  const tools = toolsSaying(() => pages[at++] ?? page([], 99));
  return { tools, found: () => ted.make({ url: URL_, query: 'PD > 20240101' }, tools).discover() };
};

test('all that was counted, and an empty page after it: short pages are not the end', async () => {
  const { tools, found } = ask(
    page([notice(1)], 3, { iterationNextToken: 'a' }),
    page([notice(2)], 3, { iterationNextToken: 'b' }),
    page([notice(3)], 3, { iterationNextToken: 'c' }),
    page([], 3),
  );
  const { addresses } = await found();
  assert.equal(addresses.length, 3);
  assert.deepEqual(addresses[0], {
    url: 'https://ted.europa.eu/en/notice/1-2024/xml',
    title: 'Jammers 1',
    published: '2024-05-22+02:00',
  });
  const sent = tools.asked.map(
    ({ options }) => JSON.parse(Buffer.from(options.post!.body).toString()) as Record<string, unknown>,
  );
  assert.deepEqual(
    sent.map((each) => each['iterationNextToken']),
    [undefined, 'a', 'b', 'c'],
  );
  assert.deepEqual(
    [sent[0]!['query'], sent[0]!['limit'], sent[0]!['paginationMode']],
    ['PD > 20240101', 250, 'ITERATION'],
  );
});

test('what is not whole is an error: ended early, repeating, without list, without count, out of time', async () => {
  await assert.rejects(ask(page([notice(1)], 2), page([], 2)).found(), /ended after 1 of 2/);
  await assert.rejects(ask(page([notice(1)], 2), page([notice(1)], 2)).found(), /only repeats/);
  await assert.rejects(ask(page([notice(1)], 2, {})).found(), /names no page after 1 of 2/);
  await assert.rejects(ask(page([{ 'publication-number': 'x' }], 1)).found(), /no publication number/);
  await assert.rejects(ask(page([notice(1)], 20_000)).found(), { code: 'BAD_LIST_PAGE' });
  for (const json of [
    { notices: [], totalNoticeCount: 0 },
    { notices: [], totalNoticeCount: 0, timedOut: true },
    { notices: [], totalNoticeCount: 0, timedOut: 'false' },
    { totalNoticeCount: 0, timedOut: false },
    { notices: {}, totalNoticeCount: 0, timedOut: false },
    { notices: [], timedOut: false },
  ] as const)
    assert.throws(() => parseSearch(json as never, URL_), { code: 'BAD_LIST_PAGE' }, JSON.stringify(json));
  assert.deepEqual((await ask(page([], 0)).found()).addresses, []);
});

test('publication numbers without their leading zeros', () => {
  assert.equal(publicationNumber('00185568-2020'), '185568-2020');
  assert.equal(publicationNumber('185568-2020'), '185568-2020');
  assert.equal(publicationNumber('185568'), undefined);
});
