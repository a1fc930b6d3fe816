/** TED's search service (facts/watching §6.3): asked by POST, page by page, until all that was counted has come. */
import { AsPostedError } from '../../../model/index.js';
import { type Json, type JsonObject, isJsonObject, textAt, textsAt } from '../../../read/index.js';
import { askApi } from '../../api.js';
import { listError } from '../../pages.js';
import {
  type Discovery,
  type FoundAddress,
  type OptionValues,
  type SourceTools,
  defineSource,
} from '../../source-kind.js';

const SERVICE = 'https://api.ted.europa.eu/v3/notices/search';
const FIELDS = ['publication-number', 'publication-date', 'notice-title', 'buyer-name', 'notice-type'];
const LIMIT = 250;
/** What a search may give in all; more is no round's work. */
const MOST = 15_000;

export default defineSource({
  kind: 'ted',
  title: 'TED, tenders of the European Union',
  description:
    'Notices that a query in TED’s expert search language names. What is kept of each is its own XML (eForms). A change notice is an edit its buyer admits, and one that cancels is a status, never a removal. The answer counts only when every notice that TED counted has come and the page after them is empty.',
  needs: ['network'],
  options: {
    url: { type: 'text', help: `Address of the search service.`, example: SERVICE, required: true },
    query: {
      type: 'text',
      help: 'Expert query. Badly formed dates are accepted silently by TED: write 20260801.',
      example: 'classification-cpv=35* AND publication-date>=20260801',
      required: true,
    },
    scope: {
      type: 'text',
      help: 'Which notices are searched.',
      example: 'ACTIVE',
      choices: ['ALL', 'ACTIVE', 'LATEST'],
    },
    language: { type: 'text', help: 'Language of titles, three letters.', example: 'eng' },
  },
  accepts: (address) => (/^https:\/\/api\.ted\.europa\.eu\//.test(address) ? 1 : 0),
  examples: [
    { address: SERVICE, accepts: true },
    { address: 'https://ted.europa.eu/en/notice/185568-2020/xml', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const url = String(options['url']);
  const language = String(options['language'] ?? 'eng').toLowerCase();
  const found = new Map<string, FoundAddress>();
  let token: string | undefined;
  for (let page = 1; ; page++) {
    const question = questionOf(options, token);
    const { notices, total, next } = parseSearch((await askApi(tools, { url, post: question, signal })).json, url);
    if (total > MOST) throw tooBroad(total);
    const before = found.size;
    for (const notice of notices) {
      const address = toAddress(notice, language, url);
      found.set(address.url, address);
    }
    // A short page is not the end, and the last full one is not known as such: only an empty one after the count is.
    if (notices.length === 0) {
      if (found.size >= total) return { addresses: [...found.values()], problems: [] };
      throw listError(url, `it ended after ${found.size} of ${total} notices`);
    }
    if (found.size === before) throw listError(url, `page ${page} only repeats what came before`);
    if (next === undefined) {
      if (found.size >= total)
        return { addresses: [...found.values()], problems: ['no page after the last could be asked for'] };
      throw listError(url, `it names no page after ${found.size} of ${total} notices`);
    }
    token = next;
  }
}

function questionOf(options: OptionValues, token: string | undefined): JsonObject {
  return {
    query: String(options['query']),
    fields: FIELDS,
    limit: LIMIT,
    scope: String(options['scope'] ?? 'ALL'),
    paginationMode: 'ITERATION',
    ...(token === undefined ? {} : { iterationNextToken: token }),
  };
}

function tooBroad(total: number): AsPostedError {
  return new AsPostedError({
    code: 'BAD_LIST_PAGE',
    message: `the query names ${total} notices, more than the ${MOST} of one round`,
    hint: 'Narrow it, for example by publication-date.',
  });
}

/** `timedOut` must be exactly false, and a list must be there: an answer without one is no empty answer. */
export function parseSearch(json: JsonObject, url: string): { notices: JsonObject[]; total: number; next?: string } {
  if (json['timedOut'] !== false) throw listError(url, 'the search ran out of time, or does not say that it did not');
  const { notices, totalNoticeCount: total } = json;
  if (!Array.isArray(notices) || !notices.every(isJsonObject)) throw listError(url, 'it has no list of notices');
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 0)
    throw listError(url, 'it does not say how many there are');
  const next = textAt(json, 'iterationNextToken');
  return { notices: notices, total, ...(next === undefined ? {} : { next }) };
}

function toAddress(notice: JsonObject, language: string, url: string): FoundAddress {
  const number = publicationNumber(wordOf(notice['publication-number'], language) ?? '');
  if (number === undefined) throw listError(url, 'a notice of it has no publication number');
  const title = wordOf(notice['notice-title'], language);
  const published = wordOf(notice['publication-date'], language);
  return {
    url: `https://ted.europa.eu/en/notice/${number}/xml`,
    ...(title === undefined ? {} : { title: title.slice(0, 300) }),
    ...(published === undefined ? {} : { published }),
  };
}

/** Without leading zeros: `00185568-2020` and `185568-2020` are one notice. */
export function publicationNumber(text: string): string | undefined {
  const [, number, year] = /^0*(\d{1,9})-(\d{4})$/.exec(text) ?? [];
  return number === undefined ? undefined : `${number}-${year!}`;
}

/** Values come as text, as a list, or by language, each of which may be text or a list. */
function wordOf(value: Json | undefined, language: string): string | undefined {
  if (!isJsonObject(value)) return textsAt({ value: value ?? null }, 'value')[0];
  const key = [language, 'eng', ...Object.keys(value)].find((each) => Object.hasOwn(value, each));
  return key === undefined ? undefined : textsAt(value, key)[0];
}
