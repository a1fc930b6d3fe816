/** Release and record packages, page by page (facts/watching §6.1). */
import { AsPostedError } from '../../../model/index.js';
import { type JsonObject, isJsonObject, objectAt, objectsAt, textAt } from '../../../read/index.js';
import { type ApiQuestion, askApi, brokenNumbers, nextPage } from '../../api.js';
import { listError } from '../../pages.js';
import type { Discovery, FoundAddress, OptionValues, SourceTools } from '../../source-kind.js';

export interface Asked {
  url: string;
  hours: number;
  options: OptionValues;
  signal: AbortSignal | undefined;
}

/** Past this a list is no round's work: it is refused whole, and the person is told to narrow it. */
export const MAX_PAGES = 200;

/** An ocid or release id goes into an address: nothing else may come with it. */
const SAFE_ID = /^[\w.:-]{1,200}$/;

export interface Entry {
  ocid: string;
  release: JsonObject;
}

/** All entries of a package and the pages after it. */
export async function allPages(
  tools: SourceTools,
  first: ApiQuestion,
): Promise<{ entries: Entry[]; broken: string[]; pages: number }> {
  const asked = new Set<string>();
  const entries: Entry[] = [];
  const broken: string[] = [];
  for (let url: string | undefined = first.url; url !== undefined;) {
    if (asked.size >= MAX_PAGES) throw tooMany(first.url);
    asked.add(url);
    const page = await askApi(tools, { ...first, url });
    entries.push(...entriesOf(page.json, url));
    broken.push(...page.broken);
    const link = textAt(objectAt(page.json, 'links'), 'next');
    url = link === undefined ? undefined : nextPage(link, url, asked);
  }
  return { entries, broken, pages: asked.size };
}

export function tooMany(url: string): AsPostedError {
  return new AsPostedError({
    code: 'BAD_LIST_PAGE',
    message: `the list at ${new URL(url).host} has more than ${MAX_PAGES} pages`,
    hint: 'Nothing was taken from it. Narrow it: fewer --set hours=…, or a narrower address.',
  });
}

/** The newest release of each process, in the order of the list. Throws when it is no package, or an entry has no ocid. */
export function entriesOf(json: JsonObject, url: string): Entry[] {
  const list = json['releases'] ?? json['records'];
  if (!Array.isArray(list)) throw listError(url, 'it is neither a release package nor a record package');
  return list.map((each) => {
    const entry = isJsonObject(each) ? each : undefined;
    const ocid = textAt(entry, 'ocid');
    if (!entry || ocid === undefined || !SAFE_ID.test(ocid)) throw listError(url, 'an entry of it has no usable ocid');
    return { ocid, release: objectAt(entry, 'compiledRelease') ?? objectsAt(entry, 'releases').at(-1) ?? entry };
  });
}

export function toAddress(url: string, { release }: Entry): FoundAddress {
  const title = textAt(objectAt(release, 'tender'), 'title') ?? textAt(release, 'title');
  const published = textAt(release, 'date');
  return {
    url,
    ...(title === undefined ? {} : { title: title.slice(0, 300) }),
    ...(published === undefined ? {} : { published }),
  };
}

/** Each address once, as its last entry tells of it. */
export function distinct(addresses: readonly FoundAddress[]): FoundAddress[] {
  return [...new Map(addresses.map((each) => [each.url, each])).values()];
}

/** Any publisher: the address of one process comes from `item`; a package of one process is its own notice. */
export async function packages({ url, options, signal }: Asked, tools: SourceTools): Promise<Discovery> {
  const { entries, broken, pages } = await allPages(tools, { url, signal });
  const item = options['item'] === undefined ? undefined : String(options['item']);
  const processes = new Set(entries.map(({ ocid }) => ocid));
  if (item === undefined && (processes.size > 1 || pages > 1)) {
    throw new AsPostedError({
      code: 'BAD_LIST_PAGE',
      message: `the list at ${new URL(url).host} names ${processes.size} processes, and not where each can be read`,
      hint: 'Say it with --set item=https://…/{ocid}',
    });
  }
  return {
    addresses: distinct(entries.map((entry) => toAddress(item === undefined ? url : filled(item, entry, url), entry))),
    problems: brokenNumbers(broken),
  };
}

function filled(item: string, { ocid, release }: Entry, url: string): string {
  const id = textAt(release, 'id') ?? '';
  if (item.includes('{id}') && !SAFE_ID.test(id)) throw listError(url, 'a release of it has no usable id');
  const address = item.replaceAll('{ocid}', encodeURIComponent(ocid)).replaceAll('{id}', encodeURIComponent(id));
  if (!/^https?:/.test(address) || !URL.canParse(address))
    throw new AsPostedError({
      code: 'USAGE',
      message: 'item of an ocds source is no address',
      hint: 'Form: https://…/{ocid}',
    });
  return address;
}
