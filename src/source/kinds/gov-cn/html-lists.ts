/** Lists that Chinese government sites serve as pages: TRS and its kin, and the procurement site ccgp (facts/watching §3.3, §3.4). */
import { collect, normaliseText, parseDate } from '../../../read/index.js';
import { listKey, missingBetween } from '../../gaps.js';
import { listRows, looksLikeNotice, noticeLinks, parseListPage } from '../../list-page.js';
import { type FetchedPage, checkListPage, fetchPage, fetchPageIfThere, listError } from '../../pages.js';
import type { Discovery, FoundAddress, SourceTools } from '../../source-kind.js';

const ZONE = '+08:00';

/** Rows of ccgp's lists and of its search, newest design first. */
const CCGP_ROWS = 'div.vF_detail_relcontent_lst ul li, ul.c_list_bid li, ul.vT-srch-result-list-bid li';

function isCcgp(url: string): boolean {
  return /(?:^|\.)ccgp\.gov\.cn$/.test(new URL(url).hostname);
}

/** What one page of a list names. Throws when it names nothing. */
export function parseGovList(page: Pick<FetchedPage, 'text' | 'url'>, path?: string): FoundAddress[] {
  const tree = parseListPage(page.text, page.url);
  const addresses = isCcgp(page.url)
    ? listRows(tree, { rows: CCGP_ROWS, offset: ZONE }).addresses.filter(
        ({ url }) => path === undefined || url.includes(path),
      )
    : noticeLinks(tree, { path, offset: ZONE });
  if (addresses.length > 0) return addresses;
  throw listError(page.url, 'no link on it looks like a notice (set path to say which do)');
}

/** A page that the mandatory tags call an article is the notice itself (facts/watching §3.1). */
export function articleOf({ text, url }: Pick<FetchedPage, 'text' | 'url'>): FoundAddress | undefined {
  const metas = collect(text).metas.map(({ name, content }) => [name.toLowerCase(), normaliseText(content)] as const);
  const first = (name: string): string => metas.find(([each, value]) => each === name && value !== '')?.[1] ?? '';
  const title = first('articletitle');
  if (title === '') return undefined;
  const published = parseDate(first('pubdate'), ZONE);
  return { url, title: title.slice(0, 300), ...(published === undefined ? {} : { published }) };
}

export interface PagedList {
  /** How many pages there are, as its script says. */
  count: number;
  /** Address of the page at a place, the first being 0. */
  at(place: number): string;
}

/** `createPageHTML(<pages>, <this>, "index", "html")` writes the links to the other pages: `index_1.html` is the second. */
export function pagesOf({ text, url }: Pick<FetchedPage, 'text' | 'url'>): PagedList {
  const scripts = collect(text).scripts.join('\n');
  const call =
    /createPageHTML\(\s*['"]?(\d{1,5})['"]?\s*,\s*['"]?\d{1,5}['"]?\s*,\s*['"]([\w-]{1,60})['"]\s*,\s*['"](\w{1,10})['"]/.exec(
      scripts,
    );
  // ccgp's pages are `index.htm`, `index_1.htm` …; how many there are it does not say in a way that lasts.
  const [count, name, ending] = call
    ? [Number(call[1]), call[2]!, call[3]!]
    : isCcgp(url) && /\/(?:index\.htm)?$/.test(new URL(url).pathname)
      ? [Number.POSITIVE_INFINITY, 'index', 'htm']
      : [1, 'index', 'html'];
  return { count, at: (place) => new URL(place === 0 ? url : `${name}_${place}.${ending}`, url).href };
}

export interface ListQuestion {
  url: string;
  pages: number;
  path?: string | undefined;
  signal?: AbortSignal | undefined;
}

export async function askGovPages(tools: SourceTools, { url, pages, path, signal }: ListQuestion): Promise<Discovery> {
  const first = await fetchPage(tools, url, signal);
  checkListPage(first);
  const article = articleOf(first);
  if (article) return { addresses: [{ ...article, url }], problems: [] };
  if (looksLikeNotice(url)) return { addresses: [{ url }], problems: [] };
  const found = new Map<string, FoundAddress>();
  const known = new Set((tools.previous ?? []).map((each) => listKey(each.url)));
  /** Whether the page names something that is not known yet. */
  const take = (page: FetchedPage): boolean => {
    const named = parseGovList(page, path).filter((each) => !found.has(listKey(each.url)));
    for (const each of named) found.set(listKey(each.url), each);
    return named.some((each) => !known.has(listKey(each.url)));
  };
  const holes: number[] = [];
  const list = pagesOf(first);
  let more = take(first);
  for (let place = 1; more && place < Math.min(pages, list.count); place++) {
    const page = await fetchPageIfThere(tools, list.at(place), signal);
    if (page) {
      checkListPage(page);
      more = take(page);
    } else if (isCcgp(url)) holes.push(place + 1);
    else throw listError(url, `its page ${place + 1} of ${list.count} is not there`);
  }
  const addresses = [...found.values()];
  const problems = holes.length === 0 ? [] : [`pages ${holes.join(', ')} of the list are not there`];
  // Across a hole nothing can be said to be missing.
  const missing = holes.length === 0 ? missingBetween(tools.previous ?? [], addresses) : [];
  return { addresses, problems, missing };
}
