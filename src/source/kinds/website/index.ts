import { checkListPage, fetchPage, listError } from '../../pages.js';
import { type Discovery, type OptionValues, type SourceTools, defineSource } from '../../source-kind.js';
import { parseGkmlpt } from '../gov-cn/index.js';
import { readList } from './list.js';
import { MOST_PAGES, rulesOf, wrongWith } from './rules.js';
import { isSitemap, isSitemapAddress, readSitemaps } from './sitemap-files.js';

export default defineSource({
  kind: 'website',
  title: 'Web site',
  description:
    'A page, or a list page, which is read for links to notices: links on the same host whose address looks like that of a notice, or all links whose address contains `path`. Or say where they stand: `rows` is a CSS selector, `link`, `title` and `date` are selectors within a row, and `@` takes an attribute (`time@datetime`). Rows without a link are told by `source test`. With `next` and `pages` the list is followed over several pages of its host; one that cannot be read is an error, never a shorter list. Or a sitemap: its address, that of an index of sitemaps, or with `mode=sitemap` the site’s own (those that robots.txt names, else `/sitemap.xml`); pages of other hosts are not taken, and only news sitemaps say when something was published. What rolled off a list is not a removal: each notice’s own page is checked on its own. Lists of Chinese government sites are better read by the kind `gov-cn`.',
  needs: ['network'],
  options: {
    url: {
      type: 'text',
      help: 'Address of the page or list.',
      example: 'https://www.example.org/news/',
      required: true,
    },
    mode: {
      type: 'text',
      help: '`page`: this page is the notice. `list`: links on it are. `sitemap`: it is a sitemap, or the front page or robots.txt of a site that has one. Without it: what it looks like.',
      example: 'list',
      choices: ['page', 'list', 'sitemap'],
    },
    path: { type: 'text', help: 'Take addresses that contain this text.', example: '/content/post_' },
    rows: { type: 'text', help: 'Selector of the rows of the list, one a notice.', example: 'ul.news > li' },
    link: { type: 'text', help: 'The link in a row; its first link without this.', example: 'h3 a' },
    title: { type: 'text', help: 'The title in a row; the text of the link without this.', example: 'h3' },
    date: { type: 'text', help: 'The date in a row; looked for without this.', example: 'time@datetime' },
    next: { type: 'text', help: 'The link to the next page of the list.', example: 'a[rel=next]' },
    pages: {
      type: 'number',
      help: `Most pages of the list to read in one round, at most ${MOST_PAGES}; 1 without it.`,
      example: '3',
    },
    sitemaps: {
      type: 'text',
      help: 'Of an index of sitemaps: read those whose address contains this text.',
      example: 'news',
    },
  },
  check: wrongWith,
  accepts: (address) => {
    if (!/^https?:\/\//.test(address) || /^https?:\/\/mp\.weixin\.qq\.com\//.test(address)) return 0;
    return isSitemapAddress(address) ? 0.95 : 0.5;
  },
  examples: [
    { address: 'https://www.example.org/news/', accepts: true },
    { address: 'https://www.example.org/sitemap_index.xml.gz', accepts: true },
    { address: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const url = String(options['url']);
  if (options['mode'] === 'page') return { addresses: [{ url }], problems: [] };
  const rules = rulesOf(options);
  const { mode } = options;
  if (mode === 'sitemap' || (mode === undefined && isSitemapAddress(url)))
    return readSitemaps(tools, { url, rules, signal });
  const page = await fetchPage(tools, url, signal);
  if (mode === undefined && isSitemap(page)) return readSitemaps(tools, { url, rules, signal });
  // Sources of before `gov-cn` was a kind of its own.
  if (/json/i.test(page.contentType) || /^\s*\{/.test(page.text))
    return { addresses: parseGkmlpt(page.text, url), problems: [] };
  checkListPage(page);
  const list = await readList(tools, page, { rules, asked: url, signal });
  if (list) return list;
  if (rules.rows !== undefined) throw listError(url, `no row of it has a link with ${String(rules.path)} in it`);
  if (mode === 'list') throw listError(url, 'no link on it looks like a notice (set path to say which do)');
  return { addresses: [{ url }], problems: [] };
}
