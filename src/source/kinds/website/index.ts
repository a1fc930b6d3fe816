import { offsetOfHost } from '../../../read/index.js';
import { noticeLinks, parseListPage } from '../../list-page.js';
import { checkListPage, fetchPage, listError } from '../../pages.js';
import { type Discovery, type OptionValues, type SourceTools, defineSource } from '../../source-kind.js';
import { parseGkmlpt } from '../gov-cn/index.js';

export default defineSource({
  kind: 'website',
  title: 'Web site',
  description:
    'A page, or a list page, which is read for links to notices: links on the same host whose address looks like that of a notice, or all links whose address contains `path`. What rolled off a list is not a removal: each notice’s own page is checked on its own. Lists of Chinese government sites are better read by the kind `gov-cn`.',
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
      help: '`page`: this page is the notice. `list`: links on it are. Without it: list when it looks like one.',
      example: 'list',
      choices: ['page', 'list'],
    },
    path: { type: 'text', help: 'Take links whose address contains this text.', example: '/content/post_' },
  },
  accepts: (address) => (/^https?:\/\//.test(address) && !/^https?:\/\/mp\.weixin\.qq\.com\//.test(address) ? 0.5 : 0),
  examples: [
    { address: 'https://www.example.org/news/', accepts: true },
    { address: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const url = String(options['url']);
  if (options['mode'] === 'page') return { addresses: [{ url }], problems: [] };
  const page = await fetchPage(tools, url, signal);
  // Sources of before `gov-cn` was a kind of its own.
  if (/json/i.test(page.contentType) || /^\s*\{/.test(page.text))
    return { addresses: parseGkmlpt(page.text, url), problems: [] };
  checkListPage(page);
  const path = options['path'] === undefined ? undefined : String(options['path']);
  const offset = offsetOfHost(new URL(page.url).hostname);
  const addresses = noticeLinks(parseListPage(page.text, page.url), { path, offset });
  if (addresses.length > 0) return { addresses, problems: [] };
  if (options['mode'] === 'list') throw listError(url, 'no link on it looks like a notice (set path to say which do)');
  return { addresses: [{ url }], problems: [] };
}
