/** Addresses of articles, wherever they stand: pasted text, tables, pages, exports of chats (facts/watching §2.2). Pure. */
import { articleIdentity, keyFromUrl, parseDate } from '../../../read/index.js';
import { withoutSecrets } from '../../secrets.js';
import type { FoundAddress } from '../../source-kind.js';

const ARTICLE =
  /https?:\/\/mp\.weixin\.qq\.com\/(?:s\/[\w-]{10,40}|(?:s|mp\/appmsg\/show)\?[^\s"'`<>|\\,;，。、；！？（）()【】「」『』《》[\]{}]{1,2000})/gi;
export const ALBUM = /^https?:\/\/mp\.weixin\.qq\.com\/mp\/appmsgalbum\?/i;
/** The platform writes UTC+8. */
const ZONE = '+08:00';

/**
 * What stands between the letters of an address in a page, a feed or JSON. At most three rounds, as pages have them; beyond
 * that nothing is touched: the address is fetched as received.
 */
function unescaped(text: string): string {
  let now = text.replace(/\\\//g, '/');
  for (let round = 0; round < 3; round++) {
    const next = now
      .replace(/\\(?:x|u00)26/gi, '&')
      .replace(/&(?:amp|#38|#x26);/gi, '&')
      .replace(/\\(?:x|u00)3d/gi, '=');
    if (next === now) break;
    now = next;
  }
  return now;
}

/** One for each article: of several addresses of one, the first that the platform answers. */
export function articlesIn(text: string): FoundAddress[] {
  return onePerArticle([...unescaped(text).matchAll(ARTICLE)].map(([address]) => ({ url: trimmed(address) })));
}

/** Marks and entities of the text around it are none of the address. */
function trimmed(address: string): string {
  return withoutSecrets(
    address.replace(/&(?:quot|lt|gt|apos|nbsp|#\d{1,5}|#x[\da-f]{1,5});?.*$/is, '').replace(/[.,;:!?*~]+$/, ''),
  );
}

/** (biz, mid, idx) of a long address, the token of a short one; an address that is neither is its own. */
export function articleKey(address: string): string {
  const known = articleIdentity(keyFromUrl(address));
  if (known) return known.key;
  const token = /^https?:\/\/mp\.weixin\.qq\.com\/s\/([\w-]{10,40})/i.exec(address)?.[1];
  return token === undefined ? address : `token:${token}`;
}

export function onePerArticle(found: readonly FoundAddress[]): FoundAddress[] {
  const kept = new Map<string, FoundAddress>();
  for (const each of found) {
    const key = articleKey(each.url);
    const before = kept.get(key);
    if (!before) kept.set(key, each);
    // What one of them says, another may not; its address is taken where only it is answered.
    else kept.set(key, { ...each, ...before, url: isRefused(before.url) ? each.url : before.url });
  }
  return [...kept.values()];
}

/** A long address without `chksm` leads to a verification, whoever asks. */
const isRefused = (address: string): boolean => /[?&]__biz=/.test(address) && !/[?&]chksm=/.test(address);
/** Out of a search; it ends within hours. */
const isPassing = (address: string): boolean => /[?&]src=\d/.test(address) && /[?&]signature=/.test(address);

/** What people should hear before they wait for articles that will not come. */
export function problemsOf(found: readonly FoundAddress[]): string[] {
  const refused = found.filter(({ url }) => isRefused(url)).length;
  const passing = found.filter(({ url }) => isPassing(url)).length;
  return [
    ...(refused === 0 ? [] : [`${refused} long addresses have no chksm: the platform asks for a verification there`]),
    ...(passing === 0 ? [] : [`${passing} addresses are of a search and end soon: copy the article’s own address`]),
  ];
}

/** Heads of columns, as exporters of several languages write them. */
const COLUMNS = {
  title: /^(?:title|article[ _-]?title|标题|文章标题|заголовок|назва)$/i,
  published:
    /^(?:date|time|published(?:[ _-]?at)?|pub[ _-]?date|(?:publish|create|post)[ _-]?time|(?:发布|发表|发文|创建)?(?:时间|日期)|дата)$/i,
  account: /^(?:account|nick[ _-]?name|公众号|公众号名称|公众号名|账号|帐号|аккаунт)$/i,
} as const;

export interface Articles {
  addresses: FoundAddress[];
  /** When a table names one account for all. */
  account?: string;
}

/** All of a file. That it is a table only adds to what is found in it as a text: a broken table loses nothing. */
export async function articlesInFile(text: string): Promise<Articles> {
  const addresses = articlesIn(text);
  const table = await tableOf(text);
  const said = new Map<string, Partial<FoundAddress>>();
  const accounts = new Set<string>();
  for (const row of table) {
    const [found] = articlesIn(row.text);
    if (!found) continue;
    if (row.account !== '') accounts.add(row.account);
    const published = dateOf(row.published);
    said.set(articleKey(found.url), {
      ...(row.title === '' ? {} : { title: row.title.slice(0, 300) }),
      ...(published === undefined ? {} : { published }),
    });
  }
  const [account, ...others] = accounts;
  return {
    addresses: addresses.map((each) => ({ ...each, ...said.get(articleKey(each.url)) })),
    ...(account === undefined || others.length > 0 ? {} : { account }),
  };
}

function dateOf(text: string): string | undefined {
  const seconds = /^\d{10}(?=$|\d{3}$)/.exec(text)?.[0];
  return seconds === undefined ? parseDate(text, ZONE) : new Date(Number(seconds) * 1000).toISOString();
}

type Row = Record<keyof typeof COLUMNS | 'text', string>;

async function tableOf(text: string): Promise<Row[]> {
  const head = text.slice(0, 4_000).split('\n', 1)[0]!;
  const delimiter = [',', '\t', ';'].find((each) => head.includes(each));
  if (delimiter === undefined || /^\s*[[{<]/.test(head)) return [];
  const { parse } = await import('csv-parse/sync');
  const options = { bom: true, delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  let cells: string[][];
  try {
    cells = parse(text, { ...options, max_record_size: 100_000 });
  } catch {
    return [];
  }
  const [names = [], ...rows] = cells;
  const at = (column: RegExp): number => names.findIndex((name) => column.test(name.trim()));
  const places = { title: at(COLUMNS.title), published: at(COLUMNS.published), account: at(COLUMNS.account) };
  if (Object.values(places).every((place) => place < 0)) return [];
  const cell = (row: readonly string[], place: number): string => (row[place] ?? '').trim();
  return rows.map((row) => ({
    title: cell(row, places.title),
    published: cell(row, places.published),
    account: cell(row, places.account),
    text: row.join(' '),
  }));
}
