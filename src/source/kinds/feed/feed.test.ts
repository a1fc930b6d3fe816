import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../../../model/testing/shared.js';
import { conformanceSuite } from '../../testing/conformance.js';
import feed, { parseFeedItems } from './index.js';

const RSS = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>t</title><link>http://x.example/</link><description>d</description>
<item><title>通知一</title><link>http://x.example/a/1</link><guid>1</guid><pubDate>Wed, 22 May 2024 02:30:00 GMT</pubDate></item>
<item><title>通知二</title><link>/a/2</link><guid>2</guid></item></channel></rss>`;

conformanceSuite(feed, {
  options: (url) => ({ url }),
  path: '/feed.xml',
  good: { body: RSS, type: 'application/rss+xml', addresses: 2 },
});

const from = (folder: string, name: string): ReturnType<typeof parseFeedItems> =>
  parseFeedItems(readFileSync(join(folder, name), 'utf8'), 'https://zakupki.gov.ru/epz/order/extendedsearch/rss.html');

test('the real Russian procurement feed: five items, five keys, no marks left in the text', async (t) => {
  const folder = needShared(t, 'data/watching/eis');
  if (folder === undefined) return;
  const items = await from(folder, 'real-eis-rss.xml');
  assert.equal(items.length, 5);
  assert.equal(new Set(items.map(({ key }) => key)).size, 5);
  for (const { url, title = '' } of items) {
    assert.match(url, /^https:\/\/zakupki\.gov\.ru\/.*regNumber=\d{11,19}/);
    assert.doesNotMatch(title, /<|highlightColor|^null$/);
  }
});

test('feeds of every make: as many items as they have, outage pages are errors', async (t) => {
  const folder = needShared(t, 'data/watching/eis');
  if (folder === undefined) return;
  for (const name of ['html-error-page.xml', 'html-real-page.html.xml', 'not-a-feed.xml'])
    await assert.rejects(from(folder, name), { code: 'BAD_FEED' }, name);
  const counts: Record<string, number> = {
    'rss2-empty-channel.xml': 0,
    'rss2-nested-item.xml': 1,
    'rss2-with-stray-entry.xml': 1,
  };
  for (const [name, count] of Object.entries(counts)) assert.equal((await from(folder, name)).length, count, name);
  for (const name of [
    'rdf-rss1.xml',
    'rss2-dc-date.xml',
    'rss2-basic.xml',
    'rss2-entities.xml',
    'rss2-no-prolog-html-mention.xml',
    'atom-with-dc-date.xml',
    'rss2-relative-link.xml',
  ]) {
    const items = await from(folder, name);
    assert.ok(items.length >= 1, name);
    for (const { url } of items) assert.match(url, /^https?:\/\//, name);
  }
});

test('a feed cut at any of forty places is an error, never a shorter list', async (t) => {
  const folder = needShared(t, 'data/watching/eis');
  if (folder === undefined) return;
  for (const name of ['real-eis-rss.xml', 'rss2-basic.xml', 'atom-with-dc-date.xml', 'rdf-rss1.xml']) {
    const whole = readFileSync(join(folder, name), 'utf8').trimEnd();
    for (let n = 1; n <= 40; n++)
      await assert.rejects(
        parseFeedItems(whole.slice(0, Math.floor((whole.length * n) / 41)), 'https://x.example/'),
        { code: 'BAD_FEED' },
        `${name} ${n}`,
      );
  }
});

test('a JSON feed is read, a cut one refused', async () => {
  const json = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 't',
    items: [{ id: '1', url: 'https://x.example/1', title: 'a' }],
  });
  assert.deepEqual(
    (await parseFeedItems(json, 'https://x.example/')).map(({ url, key }) => [url, key]),
    [['https://x.example/1', '1']],
  );
  await assert.rejects(parseFeedItems(json.slice(0, -3), 'https://x.example/'), { code: 'BAD_FEED' });
});
