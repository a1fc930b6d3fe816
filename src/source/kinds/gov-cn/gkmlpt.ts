/** Guangdong's disclosure platform: lists as JSON, page by page (facts/watching §3.2). */
import { offsetTime } from '../../../model/index.js';
import { type JsonObject, collect, isJsonObject, numberAt, objectsAt, parseJson, textAt } from '../../../read/index.js';
import { missingBetween, listKey } from '../../gaps.js';
import { fetchPage, fetchPageIfThere, listError } from '../../pages.js';
import type { Discovery, FoundAddress, SourceTools } from '../../source-kind.js';

/** The platform writes UTC+8; `date` is midnight there. */
const CHINA_MINUTES = 480;

export interface GkmlptPage {
  addresses: FoundAddress[];
  /** As the answer states it: of the whole column, though less is served. */
  total: number;
  /** Documents that were repealed: a status, not a removal. */
  repealed: number;
}

/** Throws for JSON that is cut, of another kind, or holds an article without an address: never a shorter list. */
function parseGkmlptPage(text: string, address: string): GkmlptPage {
  const parsed = parseJson(text);
  if (!parsed) throw listError(address, 'its JSON is cut off or damaged');
  const answer = parsed.value;
  if (!isJsonObject(answer) || !Array.isArray(answer['articles']))
    throw listError(address, 'it has no list of articles');
  const articles = objectsAt(answer, 'articles');
  if (articles.length < answer['articles'].length) throw listError(address, 'an article of it is none');
  const total = Number(numberAt(answer, 'total') ?? articles.length);
  const repealed = articles.filter((each) => numberAt(each, 'is_abolished') === '1').length;
  return { addresses: articles.map((each) => toAddress(each, address)), total, repealed };
}

export function parseGkmlpt(text: string, address: string): FoundAddress[] {
  return parseGkmlptPage(text, address).addresses;
}

function toAddress(article: JsonObject, address: string): FoundAddress {
  const link = textAt(article, 'post_url') ?? textAt(article, 'url') ?? contentAddress(article, address);
  const url = link !== undefined && URL.canParse(link, address) ? new URL(link, address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw listError(address, 'an article of it has no address');
  const title = textAt(article, 'title');
  const seconds = Number(
    ['display_publish_time', 'first_publish_time', 'date', 'create_time']
      .map((name) => numberAt(article, name))
      .find((value) => value !== undefined && Number(value) > 0),
  );
  return {
    url: url.href,
    ...(title === undefined ? {} : { title: title.slice(0, 300) }),
    ...(seconds > 0 && seconds < 4e9 ? { published: offsetTime(Math.floor(seconds), CHINA_MINUTES) } : {}),
  };
}

/** `…/gkmlpt/content/3/3255/post_3255421.html` follows from the id. */
function contentAddress(article: JsonObject, address: string): string | undefined {
  const id = numberAt(article, 'id') ?? '';
  if (!/^\d{1,12}$/.test(id)) return undefined;
  const number = Number(id);
  const folders = `${Math.floor(number / 1e6)}/${Math.floor(number / 1e3)}`;
  return `${baseOf(address)}/gkmlpt/content/${folders}/post_${id}.html`;
}

function baseOf(address: string): string {
  return address.slice(0, address.indexOf('/gkmlpt/'));
}

export interface GkmlptQuestion {
  url: string;
  pages: number;
  signal?: AbortSignal | undefined;
}

/** All that is asked for of a column. A page that fails takes the whole answer with it; 404 after the first is the end at some sites. */
export async function askGkmlpt(tools: SourceTools, { url, pages, signal }: GkmlptQuestion): Promise<Discovery> {
  const list = new URL(/\/gkmlpt\/api\//.test(url) ? url : await listAddress(tools, url, signal));
  list.hash = '';
  const found = new Map<string, FoundAddress>();
  const known = new Set((tools.previous ?? []).map((each) => listKey(each.url)));
  let repealed = 0;
  const from = Math.max(1, Number(list.searchParams.get('page') ?? '1') || 1); // page 0 is page 1
  for (let page = from; page < from + pages; page++) {
    list.searchParams.set('page', String(page));
    const answer =
      page === from ? await fetchPage(tools, list.href, signal) : await fetchPageIfThere(tools, list.href, signal);
    if (!answer) break;
    const read = parseGkmlptPage(answer.text, list.href);
    if (page === from && read.addresses.length === 0 && read.total > 0)
      throw listError(url, `it says it has ${read.total} articles and names none`);
    repealed += read.repealed;
    // Hidden articles are left out, so that a page of 75 is a whole one: only a page that brings nothing new ends the list.
    const fresh = read.addresses.filter((each) => !found.has(listKey(each.url)));
    for (const each of fresh) found.set(listKey(each.url), found.get(listKey(each.url)) ?? each);
    if (fresh.length === 0 || found.size >= read.total || fresh.every((each) => known.has(listKey(each.url)))) break;
  }
  const addresses = [...found.values()];
  const problems = repealed === 0 ? [] : [`${repealed} documents are repealed (is_abolished): a status, not a removal`];
  return { addresses, problems, missing: missingBetween(tools.previous ?? [], addresses) };
}

/** The platform's entry page names its site number; the column stands behind `#` in the address bar, 0 being all. */
async function listAddress(tools: SourceTools, url: string, signal?: AbortSignal): Promise<string> {
  const entry = new URL(url);
  const column = /^#(\d{1,9})/.exec(entry.hash)?.[1] ?? '0';
  entry.hash = '';
  const page = await fetchPage(tools, entry.href, signal);
  const sid = collect(page.text)
    .scripts.map((script) => /\bSID['"]?\s*[:=]\s*['"]?(\d{1,12})\b/.exec(script)?.[1])
    .find((each) => each !== undefined);
  if (sid === undefined) throw listError(url, 'its entry page names no site number (SID)');
  return `${baseOf(page.url)}/gkmlpt/api/all/${column}?page=1&sid=${sid}`;
}
