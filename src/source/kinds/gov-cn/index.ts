import { type OptionValues, defineSource } from '../../source-kind.js';
import { askGkmlpt } from './gkmlpt.js';
import { askGovPages } from './html-lists.js';

export { parseGkmlpt } from './gkmlpt.js';

/** New items come at the top: what is known already ends the reading earlier. */
const PAGES = 3;
const MOST_PAGES = 50;

export default defineSource({
  kind: 'gov-cn',
  title: 'Chinese government site',
  description:
    'Lists of Chinese government sites: Guangdong’s disclosure platform (gkmlpt, by its entry page or its JSON list), the lists of TRS and similar systems, and the procurement site ccgp.gov.cn. A page whose tags call it an article is the notice itself. What rolled off a list is nothing; what is gone from between newer and older notices has its own page looked at in the same round, and only that page can say that it was removed.',
  needs: ['network'],
  options: {
    url: {
      type: 'text',
      help: 'Address of the list, or of gkmlpt’s entry page with the column behind #.',
      example: 'https://www.yunfu.gov.cn/gkmlpt/index#721',
      required: true,
    },
    pages: {
      type: 'number',
      help: `Most pages of the list to read in one round, at most ${MOST_PAGES}; ${PAGES} without it. Reading ends where all is known.`,
      example: '5',
    },
    path: {
      type: 'text',
      help: 'Of lists that are pages: take links whose address contains this text.',
      example: '/content/post_',
    },
  },
  accepts: (address) => {
    if (!URL.canParse(address)) return 0;
    const { protocol, hostname, pathname } = new URL(address);
    if (!/^https?:$/.test(protocol)) return 0;
    if (/\/gkmlpt\/(?:m?index|policy|api\/all\/)/.test(pathname)) return 0.95;
    return /(?:^|\.)gov\.cn$/.test(hostname) ? 0.8 : 0;
  },
  examples: [
    { address: 'https://www.yunfu.gov.cn/gkmlpt/index#721', accepts: true },
    { address: 'http://www.example.gov.cn/swj/gkmlpt/api/all/21023?page=1&sid=200001', accepts: true },
    { address: 'http://www.ccgp.gov.cn/cggg/zygg/gkzb/index.htm', accepts: true },
    { address: 'https://www.example.com/gov.cn/', accepts: false },
    { address: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw', accepts: false },
  ],
  make: (options, tools) => ({
    discover: (signal) => {
      const question = { ...questionOf(options), signal };
      return /\/gkmlpt\/(?:m?index|policy|api\/)/.test(question.url)
        ? askGkmlpt(tools, question)
        : askGovPages(tools, question);
    },
  }),
});

function questionOf({ url, pages = PAGES, path }: OptionValues): { url: string; pages: number; path?: string } {
  const count = Math.min(MOST_PAGES, Math.max(1, Math.floor(Number(pages))));
  return { url: String(url), pages: count, ...(path === undefined ? {} : { path: String(path) }) };
}
