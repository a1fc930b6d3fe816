/** A list over one page or several: all that were asked for, or an error. */
import { offsetOfHost } from '../../../read/index.js';
import { nextPage } from '../../api.js';
import { type ListPage, addressOf, listRows, noticeLinks, parseListPage } from '../../list-page.js';
import { type FetchedPage, checkListPage, fetchPage, listError } from '../../pages.js';
import type { Discovery, FoundAddress, SourceTools } from '../../source-kind.js';
import type { ListRules } from './rules.js';

/** `first` has been fetched and checked. Undefined when nothing on it looks like a notice: perhaps it is one itself. */
export async function readList(
  tools: SourceTools,
  first: FetchedPage,
  { rules, asked, signal }: { rules: ListRules; asked: string; signal?: AbortSignal | undefined },
): Promise<Discovery | undefined> {
  const found = new Map<string, FoundAddress>();
  const problems: string[] = [];
  const seen = new Set([plain(asked), plain(first.url)]);
  let page = first;
  for (let place = 1; ; place++) {
    const tree = parseListPage(page.text, page.url);
    const { addresses, without } = namedOn(tree, rules);
    if (addresses.length === 0 && place === 1) return undefined;
    if (addresses.length === 0) throw listError(page.url, `no link on its page ${place} is one of the list`);
    for (const each of addresses) if (!found.has(each.url)) found.set(each.url, each);
    if (without > 0) problems.push(`${without} rows of page ${place} have no link (${rules.rows!})`);
    if (place >= rules.pages) break;
    const next = nextOf(tree, { rules, page, seen });
    if (typeof next === 'string') {
      // On the first page it may as well be the selector that is wrong.
      if (place === 1) problems.push(next);
      break;
    }
    seen.add(next.href);
    page = await fetchPage(tools, next.href, signal);
    checkListPage(page);
  }
  return { addresses: [...found.values()], problems };
}

function namedOn(tree: ListPage, rules: ListRules): { addresses: FoundAddress[]; without: number } {
  const offset = offsetOfHost(new URL(tree.base).hostname);
  const { rows, path } = rules;
  if (rows === undefined) return { addresses: noticeLinks(tree, { path, offset }), without: 0 };
  const { addresses, without } = listRows(tree, { ...rules, rows, offset });
  return { addresses: addresses.filter(({ url }) => path === undefined || url.includes(path)), without };
}

/** The next page, or why there is none. Sites leave the link on their last page, pointing nowhere or to the page itself. */
function nextOf(
  { document, base }: ListPage,
  { rules, page, seen }: { rules: ListRules; page: FetchedPage; seen: ReadonlySet<string> },
): URL | string {
  const { selector, attribute } = rules.next!;
  const link = document.querySelector(selector);
  if (!link) return `nothing on the list fits next (${selector}): one page was read`;
  const url = addressOf(link, base, attribute);
  if (!url) return `what fits next (${selector}) leads to no web address: one page was read`;
  if (url.href === plain(page.url)) return `what fits next (${selector}) is the page itself: one page was read`;
  return new URL(nextPage(url.href, page.url, seen));
}

function plain(address: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href;
}
