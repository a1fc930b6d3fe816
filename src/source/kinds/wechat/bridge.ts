/** Feeds of programs that read accounts for their users (WeWe RSS, we-mp-rss, RSSHub …): short-lived, but feeds. */
import { fetchPage, listError } from '../../pages.js';
import type { FoundAddress, SourceTools } from '../../source-kind.js';
import { parseFeedItems } from '../feed/index.js';
import { articlesIn } from './addresses.js';

/** By what these programs call their feeds; any other address of one may be named with --kind. */
export function isBridge(address: string): boolean {
  return /^https?:\/\/[^/]+\/(?:[^?#]*\/)?MP_WXS_\d{5,15}\b|^https?:\/\/[^/]*rsshub[^/]*\/wechat\//i.test(address);
}

/** The article of each item: its link, else the first address of one in its key or text, since some bridges link to themselves. */
export async function readBridge(
  tools: SourceTools,
  address: string,
  signal?: AbortSignal,
): Promise<{ addresses: FoundAddress[]; problems: string[] }> {
  const page = await fetchPage(tools, address, signal);
  const items = await parseFeedItems(page.text, page.url);
  const addresses = items.flatMap(({ url, key, description, title, published }): FoundAddress[] => {
    const [article] = articlesIn(`${url}\n${key}\n${description ?? ''}`);
    return article
      ? [{ ...article, ...(title === undefined ? {} : { title }), ...(published === undefined ? {} : { published }) }]
      : [];
  });
  const without = items.length - addresses.length;
  if (addresses.length === 0 && without > 0) throw listError(address, 'no item of the feed is a WeChat article');
  return { addresses, problems: without === 0 ? [] : [`${without} items of the feed are no WeChat articles`] };
}
