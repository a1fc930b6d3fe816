import { AsPostedError } from '../../../model/index.js';
import { normaliseText } from '../../../read/index.js';
import { fetchPage } from '../../pages.js';
import {
  type Discovery,
  type FoundAddress,
  type OptionValues,
  type SourceTools,
  defineSource,
} from '../../source-kind.js';

export default defineSource({
  kind: 'feed',
  title: 'RSS, Atom or JSON feed',
  description:
    'RSS 2.0, RSS 1.0 (RDF), Atom and JSON Feed. A feed that is cut off, or an outage page in its place, is an error and never a shorter list. An item that leaves a feed is not removed: feeds roll.',
  needs: ['network'],
  options: {
    url: { type: 'text', help: 'Address of the feed.', example: 'https://example.org/feed.xml', required: true },
  },
  accepts: (address) =>
    /^https?:\/\/.*(?:\.(?:rss|atom|rdf|xml)|\/feed|\/rss|\/atom|rss\.html|feed\.json)(?:$|[/?#])/i.test(address)
      ? 0.9
      : 0,
  examples: [
    { address: 'https://example.org/feed.xml', accepts: true },
    { address: 'https://example.org/news/rss', accepts: true },
    { address: 'https://example.org/article.html', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const url = String(options['url']);
  const page = await fetchPage(tools, url, signal);
  const items = await parseFeedItems(page.text, page.url);
  return { addresses: items.filter((each) => each.url !== '').map(foundOf), problems: [] };
}

/** What a list names of an item: not its key, nor its description. */
export function foundOf({ url, title, published }: FoundAddress): FoundAddress {
  return {
    url,
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published }),
  };
}

function bad(url: string, why: string, cause?: unknown): AsPostedError {
  const where = URL.canParse(url) ? new URL(url).host : url;
  return new AsPostedError({
    code: 'BAD_FEED',
    retry: 'later',
    message: `the feed of ${where} could not be read: ${why}`,
    hint: 'Nothing was taken from it; the notices already known go on being checked.',
    cause,
  });
}

export interface FeedItem extends FoundAddress {
  /** guid or id, else the link's long number, else the link (facts/watching §4, §5). */
  key: string;
  /** RSS only, as it came: it may be HTML. */
  description?: string;
}

/** Items of any of the four formats. Throws BAD_FEED for a page that is no feed or a feed that is not whole. */
export async function parseFeedItems(text: string, url: string): Promise<FeedItem[]> {
  const body = text.replace(/^\ufeff/, '').trim();
  checkWhole(body, url);
  const { parseFeed } = await import('feedsmith');
  let parsed: { format: string; feed: Record<string, unknown> };
  try {
    parsed = parseFeed(body);
  } catch (cause) {
    throw bad(url, 'it is neither RSS, Atom, RDF nor JSON Feed', cause);
  }
  const items = (parsed.feed['items'] ?? parsed.feed['entries'] ?? []) as Record<string, unknown>[];
  return items.map((item) => toItem(item, url));
}

/** The parser accepts some cut feeds with fewer items, so the end is checked first (facts/watching §5). */
function checkWhole(body: string, url: string): void {
  const start = body
    .replace(/^(?:<\?[^>]*\?>|<!--[\s\S]*?-->|\s)+/, '')
    .slice(0, 200)
    .toLowerCase();
  if (
    start.startsWith('<!doctype html') ||
    start.startsWith('<html') ||
    start.startsWith('<head') ||
    start.startsWith('<body')
  ) {
    throw bad(url, 'it is a web page: an outage or a block, not a feed');
  }
  if (start.startsWith('{')) {
    try {
      JSON.parse(body);
      return;
    } catch (cause) {
      throw bad(url, 'its JSON is cut off or damaged', cause);
    }
  }
  const root = /^<(?:[\w-]+:)?(rss|feed|rdf)[\s>:]/i.exec(start)?.[1]?.toLowerCase();
  if (root === undefined) throw bad(url, 'it does not begin like a feed');
  const tail = body
    .replace(/(?:<!--[\s\S]*?-->|\s)+$/, '')
    .slice(-40)
    .toLowerCase();
  if (!new RegExp(`</(?:[\\w-]+:)?${root}\\s*>$`).test(tail)) throw bad(url, 'it is cut off before its end');
}

function toItem(item: Record<string, unknown>, base: string): FeedItem {
  const link = linkOf(item);
  const url = link !== '' && URL.canParse(link, base) ? new URL(link, base).href : '';
  const guid = textOf(item['guid']) || textOf(item['id']);
  const number = /(?:regNumber|id)=(\d{8,})/.exec(url)?.[1];
  const title = textOf(item['title']);
  const published =
    textOf(item['pubDate']) ||
    textOf(item['published']) ||
    textOf(item['updated']) ||
    textOf(item['date_published']) ||
    dcDate(item);
  return {
    url,
    key: guid || number || url,
    ...(title === '' ? {} : { title }),
    ...(published === '' ? {} : { published }),
    ...(typeof item['description'] === 'string' ? { description: item['description'] } : {}),
  };
}

function linkOf(item: Record<string, unknown>): string {
  const { link, links, url } = item;
  if (typeof link === 'string') return link.trim();
  if (Array.isArray(links)) {
    const all = links as { href?: string; rel?: string }[];
    return (all.find(({ rel }) => rel === undefined || rel === 'alternate')?.href ?? '').trim();
  }
  return typeof url === 'string' ? url.trim() : '';
}

/** Values come as text, `{value}` or `{text}`; marks of the searcher's own words and the word "null" are not content (facts/watching §4). */
function textOf(value: unknown): string {
  const raw =
    typeof value === 'string'
      ? value
      : ((value as { value?: unknown; text?: unknown } | undefined)?.value ??
        (value as { text?: unknown } | undefined)?.text);
  if (typeof raw !== 'string') return '';
  const text = normaliseText(raw.replace(/<\/?[a-z][^>]{0,300}>/gi, ''));
  return text === 'null' ? '' : text;
}

function dcDate(item: Record<string, unknown>): string {
  const dc = item['dc'] as { dates?: unknown[]; date?: unknown } | undefined;
  const first: unknown = Array.isArray(dc?.dates) ? dc.dates[0] : dc?.date;
  return typeof first === 'string' ? first : '';
}
