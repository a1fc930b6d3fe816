/** Contract opportunities of the United States (facts/watching §6.4). The key is a secret: it stands in requests only. */
import { AsPostedError } from '../../../model/index.js';
import { type JsonObject, isJsonObject, textAt } from '../../../read/index.js';
import { askApi } from '../../api.js';
import { listError } from '../../pages.js';
import {
  type Discovery,
  type FoundAddress,
  type OptionValues,
  type SourceTools,
  defineSource,
} from '../../source-kind.js';

const SERVICE = 'https://api.sam.gov/opportunities/v2/search';
const LIMIT = 1_000;
const MAX_PAGES = 50;
const DAY = 86_400_000;
/** A search spans a year at most. */
const MOST_DAYS = 364;
const NO_KEY = {
  pattern: /api_?key/i,
  why: 'the key does not belong here: options are on record. Put it into the variable SAM_API_KEY (or a file named by SAM_API_KEY_FILE)',
};

export default defineSource({
  kind: 'sam',
  title: 'SAM.gov, opportunities of the United States',
  description:
    'Contract opportunities posted in the last days. The service wants a key, which is taken from the variable `SAM_API_KEY` and stands in the search requests only: they are not kept, and nothing that is kept or said holds it. What is kept of each notice is its public page, which shows its text only when rendered (`browser=true`). Only the latest active version is served, so history is what was kept here; `active: No` is archiving, not a removal.',
  needs: ['network', 'secret:SAM_API_KEY'],
  options: {
    url: { type: 'text', help: 'Address of the search service.', example: SERVICE, required: true, refuse: NO_KEY },
    query: {
      type: 'text',
      help: 'Further parameters of the search.',
      example: 'ptype=o&ncode=334511',
      refuse: NO_KEY,
    },
    days: { type: 'number', help: 'How many days back each round looks; 3 without it.', example: '7' },
    key: {
      type: 'text',
      help: 'Name of the variable that holds the key; SAM_API_KEY without it.',
      example: 'MY_SAM_KEY',
    },
  },
  accepts: (address) => (/^https:\/\/api\.sam\.gov\//.test(address) ? 1 : 0),
  examples: [
    { address: SERVICE, accepts: true },
    { address: 'https://sam.gov/opp/5b345bbb7127b91a3ad577b203fc6f68/view', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const key = keyOf(options, tools);
  const search = searchOf(options, tools.now().getTime());
  // Without TLS anybody on the way reads the key.
  if (search.protocol !== 'https:' && !/^(?:127\.|\[::1\]|localhost$)/.test(search.hostname))
    throw new AsPostedError({ code: 'USAGE', message: 'a key is sent over https only' });
  search.searchParams.set('api_key', key);
  try {
    return await allPages(search, tools, signal);
  } catch (thrown) {
    throw withoutSecret(thrown, key);
  }
}

function keyOf(options: OptionValues, tools: SourceTools): string {
  const name = String(options['key'] ?? 'SAM_API_KEY');
  const key = tools.secret(name);
  if (key !== undefined) return key;
  throw new AsPostedError({
    code: 'BAD_SETTING',
    message: `SAM.gov wants a key, and the variable ${name} is not set`,
    hint: `Set ${name}, or ${name}_FILE to the name of a file that holds it. Keys are given at sam.gov.`,
  });
}

/** `offset` is the number of the page, not of the item; the default limit is one. */
export function searchOf(options: OptionValues, now: number): URL {
  const days = Math.min(MOST_DAYS, Math.max(1, Number(options['days'] ?? 3)));
  const search = new URL(String(options['url']));
  for (const [name, value] of new URLSearchParams(String(options['query'] ?? ''))) search.searchParams.set(name, value);
  search.searchParams.set('postedFrom', americanDay(now - days * DAY));
  search.searchParams.set('postedTo', americanDay(now));
  search.searchParams.set('limit', String(LIMIT));
  return search;
}

function americanDay(ms: number): string {
  const [year, month, day] = new Date(ms).toISOString().slice(0, 10).split('-');
  return `${month!}/${day!}/${year!}`;
}

async function allPages(search: URL, tools: SourceTools, signal: AbortSignal | undefined): Promise<Discovery> {
  const found = new Map<string, FoundAddress>();
  let came = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    search.searchParams.set('offset', String(page));
    const { json } = await askApi(tools, { url: search.href, follow: false, signal });
    const { items, total } = parseOpportunities(json, search.origin);
    for (const item of items) found.set(item.url, item);
    came += items.length;
    if (came >= total) return { addresses: [...found.values()], problems: [] };
    if (items.length === 0) throw listError(search.origin, `it ended after ${came} of ${total} notices`);
  }
  throw listError(search.origin, `it has more than ${MAX_PAGES * LIMIT} notices: narrow it with query or days`);
}

export function parseOpportunities(json: JsonObject, url: string): { items: FoundAddress[]; total: number } {
  const { opportunitiesData: list, totalRecords: total } = json;
  if (!Array.isArray(list)) throw listError(url, 'it has no list of opportunities');
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 0)
    throw listError(url, 'it does not say how many there are');
  return { items: list.map((each) => toAddress(isJsonObject(each) ? each : undefined, url)), total };
}

/** The word "null" stands for nothing, and texts are padded with blanks: `textAt` knows both. */
function toAddress(item: JsonObject | undefined, url: string): FoundAddress {
  const id = textAt(item, 'noticeId');
  if (id === undefined || !/^[0-9a-f]{32}$/i.test(id)) throw listError(url, 'a notice of it has no usable id');
  const title = textAt(item, 'title');
  const published = textAt(item, 'postedDate');
  return {
    url: pageOf(textAt(item, 'uiLink')) ?? `https://sam.gov/opp/${id.toLowerCase()}/view`,
    ...(title === undefined ? {} : { title: title.slice(0, 300) }),
    ...(published === undefined ? {} : { published }),
  };
}

/** `uiLink` as far as it is a public page: it may be the word null, or name a host of tests. */
function pageOf(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { protocol, hostname, pathname } = new URL(link);
  return protocol === 'https:' && hostname === 'sam.gov' ? `https://sam.gov${pathname}` : undefined;
}

/** An error's sentence is recorded and printed: wherever the key stands in it, or in its causes, it is taken out. */
export function withoutSecret(thrown: unknown, secret: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const forms = [secret, encodeURIComponent(secret), new URLSearchParams({ k: secret }).toString().slice(2)];
  const clean = (text: string): string => forms.reduce((rest, form) => rest.replaceAll(form, '…'), text);
  const cause = thrown.cause === undefined ? {} : { cause: withoutSecret(thrown.cause, secret) };
  if (!(thrown instanceof AsPostedError)) return new Error(clean(thrown.message), cause);
  const { code, retry, message, hint } = thrown;
  return new AsPostedError({
    code,
    retry,
    message: clean(message),
    ...(hint === undefined ? {} : { hint: clean(hint) }),
    ...cause,
  });
}
