import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { chooseKind, loadSourceKinds } from '../../index.js';
import { conformanceSuite } from '../../testing/conformance.js';
import { type Said, toolsSaying } from '../../testing/tools.js';
import website from './index.js';
import { parseSitemap } from './sitemap.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NS =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';
const pages = (...urls: string[]): string =>
  `${HEAD}<urlset ${NS}>${urls.map((url) => `<url><loc> ${url} </loc><lastmod>2024-05-22</lastmod></url>`).join('\n')}</urlset>`;
const index = (...urls: string[]): string =>
  `${HEAD}<sitemapindex ${NS}>${urls.map((url) => `<sitemap><loc>${url}</loc></sitemap>`).join('')}</sitemapindex>`;

// The host the suite asks is told by its answer's own address.
conformanceSuite(website, {
  host: 'www.example.org',
  options: (url) => ({ url, mode: 'sitemap' }),
  path: '/map',
  good: {
    body: pages('http://www.example.org/a?x=1&amp;y=2', 'http://www.example.org/b'),
    type: 'text/xml',
    addresses: 2,
  },
});

const at = (path: string): string => `https://www.example.org${path}`;
const discover = (
  answers: Readonly<Record<string, Said>>,
  options: Record<string, string> = { mode: 'sitemap' },
  from = '/sitemap.xml',
): ReturnType<ReturnType<typeof website.make>['discover']> =>
  website
    .make(
      { url: at(from), ...options },
      toolsSaying((url) => answers[url.slice(at('').length)] ?? 404, { type: 'text/xml' }),
    )
    .discover();
const found = async (...args: Parameters<typeof discover>): Promise<string[]> =>
  (await discover(...args)).addresses.map(({ url }) => url);

test('a sitemap by its name, by its content, or by mode; entities undone; lastmod is no date of publication', async () => {
  const map = pages(at('/a?x=1&amp;y=2'), at('/news/b#top'), at('/news/b'));
  const { addresses, problems } = await discover({ '/sitemap.xml': map }, {});
  assert.deepEqual([addresses, problems], [[{ url: at('/a?x=1&y=2') }, { url: at('/news/b') }], []]);
  assert.deepEqual(await found({ '/map': map }, { path: '/news/' }, '/map'), [at('/news/b')]);
  assert.deepEqual(await found({ '/sitemap.xml': pages() }), [], 'an empty sitemap is an answer');
  const kinds = await loadSourceKinds();
  for (const address of ['/sitemap.xml', '/a/news-sitemap1.xml.gz?x', '/sitemap/2024.xml', '/robots.txt'])
    assert.equal(chooseKind(kinds, at(address)).kind, 'website', address);
  assert.equal(chooseKind(kinds, at('/feed.xml')).kind, 'feed');
});

test('a news sitemap names title and date; pictures and other languages are not pages', async () => {
  const map = `${HEAD}<urlset ${NS} xmlns:image="x"><url><loc>${at('/n/1')}</loc><image:image><image:loc>${at('/i.png')}</image:loc></image:image>
<xhtml:link rel="alternate" href="${at('/en')}"/><news:news><news:publication><news:name>Name</news:name></news:publication>
<news:publication_date>2024-05-22T10:30:00+08:00</news:publication_date><news:title><![CDATA[Drones & jammers]]></news:title></news:news></url></urlset>`;
  assert.deepEqual((await discover({ '/sitemap.xml': map })).addresses, [
    { url: at('/n/1'), title: 'Drones & jammers', published: '2024-05-22T10:30:00+08:00' },
  ]);
});

test('an index, packed files, and a site by its robots.txt', async () => {
  const answers = {
    '/sitemap.xml': index(at('/s/news.xml.gz'), at('/s/shop.xml'), at('/s/news.xml.gz'), at('/sitemap.xml')),
    '/s/news.xml.gz': gzipSync(pages(at('/n/1'))),
    '/s/shop.xml': pages(at('/p/1'), at('/n/1')),
  };
  assert.deepEqual(await found(answers), [at('/n/1'), at('/p/1')]);
  assert.deepEqual(await found(answers, { sitemaps: 'news' }), [at('/n/1')]);
  assert.deepEqual(await found(answers, {}, '/s/news.xml.gz'), [at('/n/1')], 'asked for itself');
  const robots = `User-agent: *\nDisallow:\nSITEMAP: ${at('/s/shop.xml')}\nSitemap: /s/news.xml.gz\nSitemap: https://else.example/s.xml\n`;
  for (const from of ['/', '/robots.txt'])
    assert.deepEqual(await found({ ...answers, '/robots.txt': robots }, { mode: 'sitemap' }, from), [
      at('/p/1'),
      at('/n/1'),
    ]);
  assert.deepEqual(await found(answers, { mode: 'sitemap' }, '/'), [at('/n/1'), at('/p/1')], 'no robots.txt');
  const elsewhere = { '/robots.txt': 'Sitemap: https://else.example/s.xml' };
  await assert.rejects(found(elsewhere, {}, '/robots.txt'), { code: 'BAD_LIST_PAGE' });
});

test('addresses of other hosts are not taken and told; only such ones is an error', async () => {
  const { addresses, problems } = await discover({
    '/sitemap.xml': pages(
      at('/1'),
      'https://example.org/2',
      'https://else.example/3',
      'javascript:x()',
      'https://u:p@www.example.org/',
    ),
  });
  assert.deepEqual(
    addresses.map(({ url }) => url),
    [at('/1'), 'https://example.org/2'],
  );
  assert.deepEqual(problems, ['1 addresses are of other hosts and were not taken', '2 entries have no usable address']);
  for (const map of [pages('https://else.example/3'), index('https://else.example/s.xml')])
    await assert.rejects(found({ '/sitemap.xml': map }), { code: 'BAD_LIST_PAGE' });
});

test('a sitemap cut anywhere, one of an index that is missing, and too many are errors, never a shorter list', async () => {
  const whole = pages(at('/1'), at('/2'), at('/3'));
  for (let end = 0; end < whole.length; end += 7)
    assert.throws(() => parseSitemap(whole.slice(0, end), 'x'), { code: 'BAD_LIST_PAGE' }, String(end));
  const packed = gzipSync(whole);
  for (const body of [
    packed.subarray(0, packed.length - 9),
    gzipSync('<html><body>404</body></html>'),
    '<html><body><h1>Технические работы</h1></body></html>',
    `${HEAD}<feed><entry/></feed>`,
    index(at('/gone.xml')),
    index(...Array.from({ length: 60 }, (_, n) => at(`/s/${n}.xml`))),
    pages(...Array.from({ length: 50_001 }, (_, n) => at(`/${n}`))),
    gzipSync(Buffer.alloc(60_000_000, ' ')),
  ])
    await assert.rejects(
      found({ '/sitemap.xml': body }),
      /www\.example\.org .*list|list at www\.example\.org/,
      String(body).slice(0, 99),
    );
});

test('hostile markup is bounded', { timeout: 60_000 }, () => {
  const deep = `<urlset>${'<url>'.repeat(500_000)}`;
  const long = `<urlset><url><loc>${'x'.repeat(5_000_000)}</loc></url></urlset>`;
  assert.throws(() => parseSitemap(deep, 'x'), { code: 'BAD_LIST_PAGE' });
  assert.ok(parseSitemap(long, 'x').entries[0]!.loc.length < 3_000);
  const proto = '<urlset><url><__proto__>x</__proto__><loc>https://a.example/</loc><constructor/></url></urlset>';
  assert.deepEqual(parseSitemap(proto, 'x').entries, [{ loc: 'https://a.example/' }]);
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>';
  assert.deepEqual(parseSitemap(bomb, 'x').entries, [{ loc: '&b;' }]);
});
