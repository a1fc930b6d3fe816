import { collect, parseDate } from '../../../read/index.js';
import { fetchPage, listError, refuseOutage } from '../../pages.js';
import {
  type Discovery,
  type FoundAddress,
  type OptionValues,
  type SourceTools,
  defineSource,
} from '../../source-kind.js';

export default defineSource({
  kind: 'website',
  title: 'Web site',
  description:
    'A page, a list page, or the JSON list of Guangdong’s disclosure platform (gkmlpt). A list page is read for links to notices: links whose address or neighbourhood holds a date, or all links under `path`. What rolled off a list is not a removal: each notice’s own page is checked on its own.',
  needs: ['network'],
  options: {
    url: {
      type: 'text',
      help: 'Address of the page or list.',
      example: 'https://www.yunfu.gov.cn/gkmlpt/api/all/0?page=1&sid=766001',
      required: true,
    },
    mode: {
      type: 'text',
      help: '`page`: this page is the notice. `list`: links on it are. Without it: list when it looks like one.',
      example: 'list',
    },
    path: { type: 'text', help: 'Take links whose address contains this text.', example: '/content/post_' },
  },
  accepts: (address) => (/^https?:\/\//.test(address) && !/^https?:\/\/mp\.weixin\.qq\.com\//.test(address) ? 0.5 : 0),
  examples: [
    { address: 'https://www.yunfu.gov.cn/gkmlpt/index', accepts: true },
    { address: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const url = String(options['url']);
  if (options['mode'] === 'page') return { addresses: [{ url }], problems: [] };
  const capture = await tools.fetcher.fetch(url, { obeyRobots: true, ...(signal ? { signal } : {}) });
  const page = await fetchPage({ ...tools, fetcher: { ...tools.fetcher, fetch: async () => capture } }, url, signal);
  if (/json/i.test(page.contentType) || /^\s*\{/.test(page.text))
    return { addresses: parseGkmlpt(page.text, url), problems: [] };
  refuseOutage(capture);
  // A list cut off in the middle would read as one from which the rest rolled off.
  if (/<html[\s>]/i.test(page.text) && !/<\/(?:html|body)\s*>/i.test(page.text.slice(-4_000)))
    throw listError(url, 'the page is cut off before its end');
  const addresses = linksOf(page.text, page.url, options['path'] === undefined ? undefined : String(options['path']));
  if (addresses.length > 0) return { addresses, problems: [] };
  if (options['mode'] === 'list') throw listError(url, 'no link on it looks like a notice (set path to say which do)');
  return { addresses: [{ url }], problems: [] };
}

interface GkmlptArticle {
  url?: unknown;
  post_url?: unknown;
  title?: unknown;
  display_publish_time?: unknown;
  date?: unknown;
}

/** facts/watching §3.2: cut JSON is an error, never a shorter list; `date` is midnight UTC+8 in Unix seconds. */
export function parseGkmlpt(text: string, address: string): FoundAddress[] {
  let answer: { articles?: unknown };
  try {
    answer = JSON.parse(text) as { articles?: unknown };
  } catch (cause) {
    throw listError(address, 'its JSON is cut off or damaged', cause);
  }
  if (!Array.isArray(answer.articles)) throw listError(address, 'it has no list of articles');
  return (answer.articles as GkmlptArticle[]).flatMap((each) => {
    const link = typeof each.post_url === 'string' && each.post_url !== '' ? each.post_url : each.url;
    if (typeof link !== 'string' || !URL.canParse(link, address)) return [];
    const seconds = Number(each.display_publish_time ?? each.date);
    return {
      url: new URL(link, address).href,
      ...(typeof each.title === 'string' ? { title: each.title } : {}),
      ...(Number.isFinite(seconds) && seconds > 0 ? { published: new Date(seconds * 1000).toISOString() } : {}),
    };
  });
}

/** Path shapes of notices in the systems Chinese government sites run on (facts/watching §3.3), and years as folders. */
const NOTICE_PATH = /\/(?:t?20\d{6}_\d+|post_\d+|art_\d+_\d+|content_\d+)|\/20\d{2}[-/]?[01]\d(?:[-/]?[0-3]\d)?\//;
const FEWEST_WORDS = 6;

function linksOf(html: string, base: string, path: string | undefined): FoundAddress[] {
  const page = collect(html, [{ name: 'body', match: (tag) => tag === 'body' }]);
  if (page.tooDeep) throw listError(base, page.problems.join('; '));
  const links = page.regions.get('body')?.links ?? [];
  const found = new Map<string, FoundAddress>();
  for (const { url, text } of links) {
    if (!URL.canParse(url, base)) continue;
    const full = new URL(url, base);
    full.hash = '';
    if (!/^https?:$/.test(full.protocol) || full.href === base) continue;
    const wanted =
      path === undefined
        ? full.hostname === new URL(base).hostname &&
          NOTICE_PATH.test(full.pathname) &&
          Array.from(text).length >= FEWEST_WORDS
        : full.href.includes(path);
    if (!wanted || found.has(full.href)) continue;
    const published = parseDate(text, '+08:00');
    found.set(full.href, {
      url: full.href,
      ...(text === '' ? {} : { title: text.slice(0, 300) }),
      ...(published === undefined ? {} : { published }),
    });
  }
  return [...found.values()];
}
