/** One file of the Sitemap protocol (sitemaps.org), as a stream: no tree is made of what a stranger may have filled. Pure. */
import { normaliseText, readXml } from '../../../read/index.js';
import { listError } from '../../pages.js';

export interface SitemapEntry {
  /** As written; it may be no address at all. */
  loc: string;
  /** Of news sitemaps only: `lastmod` is no date of publication, and changes with a site's layout. */
  title?: string;
  date?: string;
}

export interface Sitemap {
  /** Of an index the entries are sitemaps, else pages. */
  index: boolean;
  entries: SitemapEntry[];
}

/** The protocol's own limits for one file. */
const MOST_ENTRIES = 50_000;
export const LARGEST = 52_428_800;
/** Its elements lie five deep; extensions add little. */
const DEEPEST = 30;
const LONGEST_TEXT = 2_048;

export const looksLikeSitemap = (text: string): boolean =>
  /<(?:[\w-]{1,40}:)?(?:urlset|sitemapindex)[\s>]/i.test(text.slice(0, 4_000));

/** Paths below an entry that are wanted, as local names: prefixes are anybody's choice. */
const FIELDS = new Map<string, keyof SitemapEntry>([
  ['loc', 'loc'],
  ['news/title', 'title'],
  ['news/publication_date', 'date'],
]);

/** Throws for a file that is cut, too long or nested, or no sitemap: never a shorter list. */
export function parseSitemap(text: string, url: string): Sitemap {
  if (text.length > LARGEST) throw listError(url, 'it is longer than a sitemap may be');
  const open: string[] = [];
  const entries: SitemapEntry[] = [];
  let root: string | undefined;
  let fields: Partial<Record<keyof SitemapEntry, string>> = {};
  const field = (): keyof SitemapEntry | undefined => FIELDS.get(open.slice(2).join('/'));
  readXml(text, {
    open: (tag) => {
      open.push(local(tag));
      root ??= open[0]!;
      if (open.length > DEEPEST) throw listError(url, 'its elements are nested too deep');
      if (open.length === 2) fields = {};
    },
    text: (piece) => {
      if (open.length < 3 || open.length > 4) return;
      const name = field();
      if (name === undefined) return;
      const text = (fields[name] ?? '') + piece;
      fields[name] = text.slice(0, LONGEST_TEXT + 1);
    },
    cut: () => {
      throw listError(url, 'it is cut off before its end, or damaged');
    },
    close: () => {
      const wanted = root === 'sitemapindex' ? 'sitemap' : 'url';
      if (open.length === 2 && open[1] === wanted) entries.push(entryOf(fields));
      if (entries.length > MOST_ENTRIES) throw listError(url, `it has more than the ${MOST_ENTRIES} entries allowed`);
      open.pop();
    },
  });
  if (root !== 'urlset' && root !== 'sitemapindex') throw listError(url, 'it is no sitemap');
  return { index: root === 'sitemapindex', entries };
}

function entryOf({ loc = '', title, date }: Partial<Record<keyof SitemapEntry, string>>): SitemapEntry {
  const clean = (text: string | undefined): string => normaliseText(text ?? '');
  return {
    loc: loc.trim(),
    ...(clean(title) === '' ? {} : { title: clean(title).slice(0, 300) }),
    ...(clean(date) === '' ? {} : { date: clean(date) }),
  };
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}
