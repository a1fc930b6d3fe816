/** Links to notices on a page that people read: by rows and selectors, or by what their addresses look like. */
import { parseHTML } from 'linkedom';
import { collect, normaliseText, parseDate } from '../read/index.js';
import { listError } from './pages.js';
import type { FoundAddress } from './source-kind.js';

/** As much of a document as is used here; the tree is `linkedom`'s. */
export interface PageElement {
  readonly localName: string;
  readonly textContent: string | null;
  readonly parentElement: PageElement | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  matches(selector: string): boolean;
}

export interface ListPage {
  document: Pick<PageElement, 'querySelector' | 'querySelectorAll'>;
  /** What its links are relative to. */
  base: string;
}

/** The 34 real pages we have lie at most 28 deep with at most 1,730 elements; a tree past these bounds is not made. */
const DEEPEST = 250;
const MOST_ELEMENTS = 100_000;

export function parseListPage(html: string, url: string): ListPage {
  const { depth, elements, tooDeep, problems, base } = collect(html);
  if (tooDeep) throw listError(url, problems.join('; '));
  if (depth > DEEPEST || elements > MOST_ELEMENTS)
    throw listError(url, `it has ${elements} elements, nested ${depth} deep: more than is read of a list`);
  const { document } = parseHTML(html) as unknown as { document: ListPage['document'] };
  return { document, base: base !== undefined && URL.canParse(base, url) ? new URL(base, url).href : url };
}

/** Path shapes of notices in the systems Chinese government sites run on (facts/watching §3.3), and years as folders. */
const NOTICE_PATH =
  /\/(?:t?20\d{6}_\d+|m?post_\d+|art_\d+_\d+|content_\d+)|\/20\d{2}[-/]?[01]\d(?:[-/]?[0-3]\d)?\/|\/art\/20\d{2}\/\d{1,2}\/\d{1,2}\//;
const FEWEST_LETTERS = 6;

export const looksLikeNotice = (url: string): boolean => NOTICE_PATH.test(new URL(url).pathname);

export interface LinkRules {
  /** Take links whose address contains this; without it links on the same host that look like notices. */
  path?: string | undefined;
  /** Zone of dates without one. */
  offset: string;
}

export function noticeLinks({ document, base }: ListPage, { path, offset }: LinkRules): FoundAddress[] {
  const here = new URL(base);
  const wanted = [...document.querySelectorAll('a[href]')].flatMap((link) => {
    const url = addressOf(link, base);
    if (!url || url.href === withoutHash(here)) return [];
    const fits =
      path === undefined
        ? url.hostname === here.hostname &&
          NOTICE_PATH.test(url.pathname) &&
          Array.from(titleOf(link)).length >= FEWEST_LETTERS
        : url.href.includes(path);
    return fits ? [{ link, url }] : [];
  });
  const counts = linksWithin(wanted.map(({ link }) => link));
  const found = new Map<string, FoundAddress>();
  for (const { link, url } of wanted) {
    if (found.has(url.href)) continue;
    found.set(url.href, toFound(url, titleOf(link), dateOf(rowOf(link, counts), link, url, offset)));
  }
  return [...found.values()];
}

export interface RowRules {
  rows: string;
  /** Its `href` without an attribute. */
  link?: Picked | undefined;
  title?: Picked | undefined;
  date?: Picked | undefined;
  offset: string;
}

/** An element of a row (the row itself when the selector is empty), and the attribute wanted of it; its text without one. */
export interface Picked {
  selector: string;
  attribute?: string;
}

/** `without`: rows that hold no link, of which people should hear. Throws when no row is there, or none has a link. */
export function listRows(page: ListPage, rules: RowRules): { addresses: FoundAddress[]; without: number } {
  const rows = [...page.document.querySelectorAll(rules.rows)];
  if (rows.length === 0) throw listError(page.base, `nothing on it fits ${rules.rows}`);
  const found = new Map<string, FoundAddress>();
  let without = 0;
  for (const row of rows) {
    const link = rules.link === undefined ? firstLink(row) : within(row, rules.link.selector);
    const url = link && addressOf(link, page.base, rules.link?.attribute);
    if (!url) without += 1;
    else if (!found.has(url.href)) {
      const title = rules.title ? pick(row, rules.title) : titleOf(link);
      const stated = rules.date ? parseDate(pick(row, rules.date), rules.offset) : undefined;
      found.set(url.href, toFound(url, title, stated ?? dateOf(row, link, url, rules.offset)));
    }
  }
  if (found.size === 0) throw listError(page.base, `no row of it has a link (${rules.rows})`);
  return { addresses: [...found.values()], without };
}

function toFound(url: URL, title: string, published: string | undefined): FoundAddress {
  return {
    url: url.href,
    ...(title === '' ? {} : { title: title.slice(0, 300) }),
    ...(published === undefined ? {} : { published }),
  };
}

function firstLink(row: PageElement): PageElement | null {
  return row.matches('a[href]') ? row : row.querySelector('a[href]');
}

function within(row: PageElement, selector: string): PageElement | null {
  return selector === '' || row.matches(selector) ? row : row.querySelector(selector);
}

function pick(row: PageElement, { selector, attribute }: Picked): string {
  const element = within(row, selector);
  if (!element) return '';
  return normaliseText((attribute === undefined ? element.textContent : element.getAttribute(attribute)) ?? '');
}

/** Web addresses only: a page may hold any other kind. */
export function addressOf(link: PageElement, base: string, attribute = 'href'): URL | undefined {
  const href = (link.getAttribute(attribute) ?? '').trim();
  if (href === '' || !URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  url.hash = '';
  return /^https?:$/.test(url.protocol) ? url : undefined;
}

function withoutHash(url: URL): string {
  const plain = new URL(url);
  plain.hash = '';
  return plain.href;
}

/** Lists cut long titles, and keep the whole one in an attribute. */
function titleOf(link: PageElement): string {
  const text = normaliseText(link.textContent ?? '').replace(/\n/g, ' ');
  const whole = normaliseText(link.getAttribute('title') ?? '');
  const cut = /(?:…|\.{2,3})$/.exec(text);
  return text === '' || (cut && whole.length > text.length) ? whole : text;
}

/** How many of the links stand in each element above them. */
function linksWithin(links: readonly PageElement[]): Map<PageElement, number> {
  const counts = new Map<PageElement, number>();
  for (const link of links)
    for (let at = link.parentElement; at; at = at.parentElement) counts.set(at, (counts.get(at) ?? 0) + 1);
  return counts;
}

const LEVELS = 4;

/** The largest element around a link, a few levels up, that holds no other link of the list. */
function rowOf(link: PageElement, counts: ReadonlyMap<PageElement, number>): PageElement {
  let row = link;
  for (let level = 0; level < LEVELS; level++) {
    const above = row.parentElement;
    if (!above || above.localName === 'body' || counts.get(above) !== 1) break;
    row = above;
  }
  return row;
}

/** Longer than this, an element is a page and no row. */
const LONGEST_ROW = 600;

/** Beside the link, then in the address, then in the words of the link: a title may name a day that is not its own. */
function dateOf(row: PageElement, link: PageElement, url: URL, offset: string): string | undefined {
  const words = normaliseText(link.textContent ?? '');
  const text = normaliseText(row.textContent ?? '');
  const beside = text.length > LONGEST_ROW ? '' : text.replace(words, ' ');
  return parseDate(beside, offset) ?? dateInPath(url.pathname, offset) ?? parseDate(words.slice(0, 300), offset);
}

function dateInPath(path: string, offset: string): string | undefined {
  const [, year, month, day] =
    /\/t?(20\d{2})(\d{2})(\d{2})_\d/.exec(path) ?? /\/(20\d{2})[-/](\d{1,2})[-/](\d{1,2})\//.exec(path) ?? [];
  return year === undefined ? undefined : parseDate(`${year}-${month!}-${day!}`, offset);
}
