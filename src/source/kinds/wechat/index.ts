import { AsPostedError } from '../../../model/index.js';
import { fetchPage, listError } from '../../pages.js';
import {
  type Discovery,
  type FoundAddress,
  type OptionValues,
  type SourceTools,
  defineSource,
} from '../../source-kind.js';

/** Any address of an article, wherever it stands: pasted text, a CSV, a chat export. */
const ARTICLE =
  /https?:\/\/mp\.weixin\.qq\.com\/(?:s\/[\w-]{10,40}|s\?[^\s"'<>，。）)\]]+|mp\/appmsg\/show\?[^\s"'<>，。）)\]]+)/g;
const ALBUM = /^https?:\/\/mp\.weixin\.qq\.com\/mp\/appmsgalbum\?/;
/** An album is asked page by page; the largest seen has some hundred articles (facts/watching §2.15). */
const MAX_PAGES = 50;

export default defineSource({
  kind: 'wechat',
  title: 'WeChat articles',
  description:
    'Articles of WeChat official accounts whose addresses are known: one or more addresses, a file that holds them (one a line, a CSV, a chat export), or a public album. Addresses are fetched exactly as received: a long address without its `chksm` is refused by the platform. Listing another account’s articles needs a login and is not done.',
  needs: ['network'],
  options: {
    url: {
      type: 'texts',
      help: 'Addresses of articles, or one album.',
      example: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw',
    },
    file: { type: 'text', help: 'A file with addresses; read again at every round.', example: 'articles.txt' },
  },
  accepts: (address) =>
    /^https?:\/\/mp\.weixin\.qq\.com\//.test(address) ? 1 : /\.(?:txt|csv|tsv|log|md)$/i.test(address) ? 0.4 : 0,
  examples: [
    { address: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw', accepts: true },
    { address: 'articles.txt', accepts: true },
    { address: 'https://www.yunfu.gov.cn/', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const given = options['url'] === undefined ? [] : [options['url']].flat().map(String);
  const addresses: FoundAddress[] = [];
  for (const url of given) addresses.push(...(ALBUM.test(url) ? await album(url, tools, signal) : [{ url }]));
  if (typeof options['file'] === 'string') addresses.push(...articlesIn(await tools.readFile(options['file'])));
  return { addresses: [...new Map(addresses.map((each) => [each.url, each])).values()], problems: [] };
}

/** `&amp;` as pages and feeds write it becomes `&`; nothing else is touched: the address is fetched as received. */
export function articlesIn(text: string): FoundAddress[] {
  return [...text.matchAll(ARTICLE)].map(([url]) => ({ url: url.replace(/&amp;/g, '&') }));
}

interface AlbumAnswer {
  base_resp?: { ret?: number | string };
  getalbum_resp?: { article_list?: AlbumItem | AlbumItem[]; continue_flag?: string };
}

interface AlbumItem {
  url?: string;
  title?: string;
  create_time?: string;
  msgid?: string;
  itemidx?: string;
}

async function album(address: string, tools: SourceTools, signal?: AbortSignal): Promise<FoundAddress[]> {
  const found: FoundAddress[] = [];
  const url = new URL(address);
  for (const [name, value] of Object.entries({ action: 'getalbum', count: '20', f: 'json' }))
    url.searchParams.set(name, value);
  for (let page = 0; page < MAX_PAGES; page++) {
    const { text } = await fetchPage(tools, url.href, signal);
    const { items, more } = parseAlbum(text, address);
    found.push(...items.filter(({ url: link }) => link !== undefined).map(toAddress));
    const last = items.at(-1);
    if (!more || last?.msgid === undefined) break;
    url.searchParams.set('begin_msgid', last.msgid);
    url.searchParams.set('begin_itemidx', last.itemidx ?? '1');
  }
  return found;
}

function toAddress({ url, title, create_time: created }: AlbumItem): FoundAddress {
  return {
    url: url!,
    ...(title === undefined ? {} : { title }),
    ...(created === undefined ? {} : { published: new Date(Number(created) * 1000).toISOString() }),
  };
}

/** Traps of facts/watching §2.15: a single item is no list; no list with ret 0 is the end, not a removal; ret −3 wants a login. */
export function parseAlbum(text: string, address: string): { items: AlbumItem[]; more: boolean } {
  let answer: AlbumAnswer;
  try {
    answer = JSON.parse(text) as AlbumAnswer;
  } catch (cause) {
    throw listError(address, 'the album’s answer is no JSON', cause);
  }
  const ret = Number(answer.base_resp?.ret);
  if (ret === -3)
    throw new AsPostedError({
      code: 'RATE_LIMITED',
      retry: 'later',
      message: 'the album wants a login',
      hint: 'Add its articles by their own addresses; a login is never used.',
    });
  if (ret !== 0 || !answer.getalbum_resp)
    throw listError(address, `the platform answered ret ${String(answer.base_resp?.ret)}`);
  const { article_list: list = [], continue_flag: more } = answer.getalbum_resp;
  return { items: Array.isArray(list) ? list : [list], more: String(more) === '1' };
}
