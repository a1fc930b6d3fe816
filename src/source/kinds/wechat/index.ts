import { listError } from '../../pages.js';
import { withoutSecrets } from '../../secrets.js';
import {
  type Discovery,
  type FoundAddress,
  type OptionValues,
  type SourceTools,
  defineSource,
} from '../../source-kind.js';
import { ALBUM, articlesIn, articlesInFile, onePerArticle, problemsOf } from './addresses.js';
import { readAlbum } from './album.js';
import { isBridge, readBridge } from './bridge.js';

const OURS = /^https?:\/\/mp\.weixin\.qq\.com\//i;
/** Lists that the platform shows to those who are logged in. */
const LOGIN = /^https?:\/\/mp\.weixin\.qq\.com\/(?:mp\/(?:profile_ext|homepage|getverifyinfo)|cgi-bin)\b/i;

export default defineSource({
  kind: 'wechat',
  title: 'WeChat articles',
  description:
    'Articles of WeChat official accounts whose addresses are known: addresses, given or pasted (`-`), a file that holds them (text, table, page, JSON, chat export), a public album, or the feed of a bridge such as WeWe RSS or RSSHub. Of several addresses of one article one is taken, and fetched exactly as received, since a long address without its `chksm` is refused by the platform; parameters that name its reader (`key`, `uin`, `pass_ticket` …) are dropped before anything is kept. A table’s columns for title, day and account are used. Listing another account’s articles needs a login and is not done.',
  needs: ['network'],
  options: {
    url: {
      type: 'texts',
      help: 'Addresses of articles, albums, or feeds of bridges.',
      example: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw',
      clean: withoutSecrets,
    },
    file: { type: 'text', help: 'A file with addresses; read again at every round.', example: 'articles.txt' },
  },
  check: ({ url, file }) => {
    if (url === undefined && file === undefined) return 'it needs url or file';
    const login = [url ?? []].flat().find((each) => LOGIN.test(String(each)));
    return login === undefined ? undefined : 'that page wants a login, which is never used; give articles or an album';
  },
  accepts: (address) =>
    OURS.test(address) ? 1 : isBridge(address) ? 0.95 : /\.(?:txt|csv|tsv|log|md|html?|json)$/i.test(address) ? 0.4 : 0,
  addressesIn: articlesIn,
  examples: [
    { address: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw', accepts: true },
    { address: 'articles.txt', accepts: true },
    { address: 'http://reader.example/feeds/MP_WXS_3223096120.rss', accepts: true },
    { address: 'https://rsshub.example/wechat/mp/msgalbum/MzA3/1375870284640911361', accepts: true },
    { address: 'https://www.yunfu.gov.cn/', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const found: FoundAddress[] = [];
  const problems: string[] = [];
  for (const url of [options['url'] ?? []].flat().map(String)) {
    if (OURS.test(url) && !ALBUM.test(url)) found.push({ url: withoutSecrets(url) });
    else {
      const read = ALBUM.test(url) ? readAlbum : readBridge;
      const list = await read(tools, url, signal);
      found.push(...list.addresses);
      problems.push(...list.problems);
    }
  }
  let account: string | undefined;
  if (typeof options['file'] === 'string') {
    const text = await tools.readFile(options['file']);
    const file = await articlesInFile(text);
    if (file.addresses.length === 0 && text.trim() !== '')
      throw listError(options['file'], 'no address of a WeChat article stands in it');
    found.push(...file.addresses);
    account = file.account;
  }
  const addresses = onePerArticle(found);
  problems.push(...problemsOf(addresses));
  return { addresses, problems, ...(account === undefined ? {} : { account: { name: account } }) };
}
