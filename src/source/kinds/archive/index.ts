/** Addresses out of what people and archives already have. The pages themselves are handed in with `asposted import`. */
import { AsPostedError } from '../../../model/index.js';
import { type JsonObject, isJsonObject, numberAt, textAt } from '../../../read/index.js';
import { fetchPage, listError } from '../../pages.js';
import {
  type Discovery,
  type FoundAddress,
  type OptionValues,
  type SourceTools,
  defineSource,
} from '../../source-kind.js';

export default defineSource({
  kind: 'archive',
  title: 'Index of an archive, list of addresses',
  description:
    'Addresses that an archive or a colleague already collected: an index (CDXJ, or the JSON answer of a CDX service), the page list of a WACZ (pages.jsonl), or a plain list, one address a line. The pages are then watched where they stand today. Copies you have of them are kept with `asposted import`, which is no look at the page. A list with a line that cannot be read is an error.',
  needs: ['network'],
  options: {
    url: {
      type: 'text',
      help: 'Address of the index or list.',
      example: 'https://web.archive.org/cdx/search/cdx?url=www.example.gov.cn/*&output=json',
    },
    file: { type: 'text', help: 'A file with the index or list; read again at every round.', example: 'pages.jsonl' },
    path: { type: 'text', help: 'Take addresses that contain this text.', example: '/content/post_' },
  },
  accepts: (address) =>
    /^https?:\/\/[^/]+\/(?:.*\/)?cdx(?:\/|\?)/.test(address) ? 0.9 : /\.(?:cdxj?|jsonl)$/i.test(address) ? 0.8 : 0,
  examples: [
    { address: 'https://web.archive.org/cdx/search/cdx?url=www.example.gov.cn/*&output=json', accepts: true },
    { address: 'pages.jsonl', accepts: true },
    { address: 'index.cdxj', accepts: true },
    { address: 'https://www.example.gov.cn/', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const { url, file, path } = options;
  const found: FoundAddress[] = [];
  if (url === undefined && file === undefined)
    throw new AsPostedError({ code: 'USAGE', message: 'an archive source needs url or file' });
  if (url !== undefined) {
    const page = await fetchPage(tools, String(url), signal);
    found.push(...parseIndex(page.text, page.url, { ended: true }));
  }
  if (file !== undefined) found.push(...parseIndex(await tools.readFile(String(file)), String(file), { ended: false }));
  const wanted = found.filter((each) => path === undefined || each.url.includes(String(path)));
  return { addresses: [...new Map(wanted.map((each) => [each.url, each])).values()], problems: [] };
}

/**
 * Pages and PDFs that an index says were answered with 200, or all of a list. `ended`: the last line must be ended, since of a
 * list that came over the network a cut address would be an address as well. Throws BAD_LIST_PAGE for any line that is none.
 */
export function parseIndex(text: string, from: string, { ended }: { ended: boolean }): FoundAddress[] {
  const body = text.replace(/^\ufeff/, '');
  if (body.trim() === '') throw listError(from, 'it is empty');
  if (/^\s*\[/.test(body)) return cdxRows(body, from);
  if (ended && !body.endsWith('\n')) throw listError(from, 'it is cut off in its last line');
  const lines = body.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.flatMap((line, at) => lineOf(line, at, from));
}

function lineOf(line: string, at: number, from: string): FoundAddress[] {
  const broken = (): AsPostedError => listError(from, `line ${at + 1} is neither an address nor an entry of an index`);
  if (/^https?:\/\//i.test(line)) {
    const url = line.split(/[\s,;]/, 1)[0]!;
    if (!URL.canParse(url)) throw broken();
    return [{ url }];
  }
  // The head of a page list, and of an index (`!meta`).
  if (at === 0 && /^\{"format":\s?"json-pages|^!meta\b/.test(line)) return [];
  const brace = line.indexOf('{');
  const entry = brace < 0 ? undefined : objectOf(line.slice(brace));
  // `com,example)/ 20240522023000 {…}` in an index, `{…}` alone in a page list.
  if (!entry || (brace > 0 && !/^\S+ \d{4,17} $/.test(line.slice(0, brace)))) throw broken();
  return entryOf(entry) ?? [];
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for what is no page: pictures, scripts, redirects, errors, addresses of other kinds. */
function entryOf(entry: JsonObject): FoundAddress[] | undefined {
  const url = textAt(entry, 'url') ?? textAt(entry, 'original');
  const type = textAt(entry, 'mime') ?? textAt(entry, 'mimetype');
  const status = numberAt(entry, 'status') ?? numberAt(entry, 'statuscode') ?? '200';
  if (url === undefined || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  if (type !== undefined && !/^(?:text\/html|application\/(?:xhtml\+xml|pdf))$/i.test(type)) return undefined;
  if (status !== '200' && status !== '-') return undefined;
  const title = textAt(entry, 'title');
  return [{ url, ...(title === undefined ? {} : { title: title.slice(0, 300) }) }];
}

/** `[["urlkey","timestamp","original",…],[…],…]` */
function cdxRows(text: string, from: string): FoundAddress[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (cause) {
    throw listError(from, 'its JSON is cut off or damaged', cause);
  }
  const [head, ...rest] = rows as unknown[];
  if (head === undefined) return []; // an answer: the service has nothing
  if (!isTexts(head) || !head.includes('original')) throw listError(from, 'it is JSON of another kind');
  return rest.flatMap((row) => {
    if (!isTexts(row) || row.length !== head.length) throw listError(from, 'a row of it is not like its head');
    return entryOf(Object.fromEntries(head.map((name, at) => [name, row[at]!]))) ?? [];
  });
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
