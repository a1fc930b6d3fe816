/** All sitemaps of a site that were asked for, from one address: a sitemap, an index of them, or robots.txt. */
import { gunzipSync } from 'node:zlib';
import { decodeBytes, offsetOfHost, parseDate } from '../../../read/index.js';
import { type FetchedPage, fetchPage, fetchPageIfThere, listError } from '../../pages.js';
import type { Discovery, FoundAddress, SourceTools } from '../../source-kind.js';
import { LARGEST, type SitemapEntry, looksLikeSitemap, parseSitemap } from './sitemap.js';

/** A round asks politely, one after another: an index of more is narrowed by who adds the source. */
const MOST_FILES = 50;
/** Each becomes a notice that is captured and checked; more is a crawl. */
const MOST_ADDRESSES = 50_000;

export interface SitemapRules {
  path?: string | undefined;
  /** Of an index: sitemaps whose address contains this. */
  sitemaps?: string | undefined;
}

export interface SitemapQuestion {
  url: string;
  rules: SitemapRules;
  signal?: AbortSignal | undefined;
}

/** By what people and sites call them; what a page is, only its content tells. */
export function isSitemapAddress(address: string): boolean {
  return /^https?:\/\/[^/]+\/(?:[^?#]*sitemap[^?#]*\.xml(?:\.gz)?|robots\.txt)(?:$|[?#])/i.test(address);
}

/** Whether a page that was fetched for something else is a sitemap. */
export function isSitemap(page: FetchedPage): boolean {
  return looksLikeSitemap(page.text) || (isGzip(page) && /\.xml\.gz(?:$|[?#])/i.test(page.url));
}

/** Every sitemap in turn; one that cannot be read takes the whole answer with it. */
export async function readSitemaps(tools: SourceTools, { url, rules, signal }: SitemapQuestion): Promise<Discovery> {
  const files = new Set(await startingPoints(tools, url, signal));
  const found = new Map<string, FoundAddress>();
  const told = { elsewhere: 0, unusable: 0 };
  // What an index names is read after it: a set goes on to what is added while it is walked.
  for (const file of files) {
    const page = await fetchPage(tools, file, signal);
    const { index, entries } = parseSitemap(textOf(page), page.url);
    for (const entry of entries) {
      const address = webAddress(entry.loc, page.url);
      if (address === undefined) told.unusable += 1;
      else if (siteOf(address) !== siteOf(url)) told.elsewhere += 1;
      else if (index) {
        if (address.includes(rules.sitemaps ?? '')) files.add(address);
      } else if (address.includes(rules.path ?? '') && !found.has(address)) found.set(address, toFound(address, entry));
    }
    if (files.size > MOST_FILES)
      throw listError(url, `it names more than ${MOST_FILES} sitemaps: say which with sitemaps, or add one of them`);
    if (found.size > MOST_ADDRESSES)
      throw listError(url, `it names more than ${MOST_ADDRESSES} pages: say which with path`);
  }
  if (found.size === 0 && told.elsewhere > 0)
    throw listError(url, `its ${told.elsewhere} addresses are all of other hosts`);
  return { addresses: [...found.values()], problems: problemsOf(told) };
}

function problemsOf({ elsewhere, unusable }: { elsewhere: number; unusable: number }): string[] {
  return [
    ...(elsewhere === 0 ? [] : [`${elsewhere} addresses are of other hosts and were not taken`]),
    ...(unusable === 0 ? [] : [`${unusable} entries have no usable address`]),
  ];
}

/** robots.txt may name several; a site that names none has its sitemap where most have it. */
async function startingPoints(tools: SourceTools, url: string, signal: AbortSignal | undefined): Promise<string[]> {
  const { origin, pathname } = new URL(url);
  if (pathname !== '/' && pathname !== '/robots.txt') return [url];
  const robots = await fetchPageIfThere(tools, `${origin}/robots.txt`, signal);
  const lines = (robots?.text ?? '').slice(0, 500_000).matchAll(/^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})/gim);
  const named = [...lines].map(([, address]) => webAddress(address!, url)).filter((each) => each !== undefined);
  const own = [...new Set(named)].filter((each) => siteOf(each) === siteOf(url));
  if (named.length > 0 && own.length === 0)
    throw listError(url, 'the sitemaps its robots.txt names are of other hosts');
  return own.length > 0 ? own : [`${origin}/sitemap.xml`];
}

/** Packed files are served as they are: that is no encoding of the transfer. */
function textOf(page: FetchedPage): string {
  if (!isGzip(page)) return page.text;
  try {
    return decodeBytes(gunzipSync(bodyOf(page), { maxOutputLength: LARGEST }), 'text/xml').text;
  } catch (cause) {
    throw listError(page.url, 'it is packed, and cut off, damaged or longer than a sitemap may be', cause);
  }
}

const bodyOf = ({ capture }: FetchedPage): Uint8Array => capture.exchanges.at(-1)!.body;

function isGzip(page: FetchedPage): boolean {
  const [first, second] = bodyOf(page);
  return first === 0x1f && second === 0x8b;
}

/** A site with and without `www.` is one. */
const siteOf = (url: string): string => new URL(url).host.replace(/^www\./, '');

function webAddress(text: string, from: string): string | undefined {
  if (text === '' || text.length > 2_048 || !URL.canParse(text, from)) return undefined;
  const url = new URL(text, from);
  url.hash = '';
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined;
}

function toFound(url: string, { title, date }: SitemapEntry): FoundAddress {
  const published = date === undefined ? undefined : parseDate(date, offsetOfHost(new URL(url).hostname));
  return {
    url,
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published }),
  };
}
