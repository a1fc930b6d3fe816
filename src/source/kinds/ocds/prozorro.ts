/** Prozorro's feeds (facts/watching §6.2): sorted by an inner time, paged by offsets that only `uri` knows. */
import { type JsonObject, isJsonObject, objectAt, textAt } from '../../../read/index.js';
import { askApi, brokenNumbers, nextPage } from '../../api.js';
import { listError } from '../../pages.js';
import type { Discovery, FoundAddress, SourceTools } from '../../source-kind.js';
import { type Asked, MAX_PAGES, distinct, tooMany } from './packages.js';

const HOUR = 3_600_000;
/** 100–500 are advised. */
const LIMIT = '500';

/**
 * Backwards: from the newest until the window is passed or there is no further page. Forwards: from the offset in the
 * address until a page is empty; where to go on next time is told as a problem, since a source keeps nothing itself.
 */
export async function prozorro({ url, hours, options, signal }: Asked, tools: SourceTools): Promise<Discovery> {
  const backwards = options['direction'] !== 'forwards';
  const since = tools.now().getTime() - hours * HOUR;
  const asked = new Set<string>();
  const addresses: FoundAddress[] = [];
  const broken: string[] = [];
  let page = firstPage(url, backwards);
  for (;;) {
    if (asked.size >= MAX_PAGES) throw tooMany(url);
    asked.add(page);
    const answer = await askApi(tools, { url: page, signal });
    broken.push(...answer.broken);
    const entries = entriesOf(answer.json, url);
    addresses.push(
      ...entries.filter(({ at }) => !backwards || at >= since).map(({ id }) => ({ url: itemAddress(url, id) })),
    );
    const next = textAt(objectAt(answer.json, 'next_page'), 'uri');
    const passed = entries.length > 0 && entries.every(({ at }) => at < since);
    if (entries.length === 0 || (backwards && (passed || next === undefined))) break;
    if (next === undefined) throw listError(url, 'a page that is not the last names no next one');
    page = nextPage(next, page, asked);
  }
  const goOn = backwards ? [] : [`read to the end; the feed goes on at ${page}`];
  return { addresses: distinct(addresses), problems: [...brokenNumbers(broken), ...goOn] };
}

function firstPage(url: string, backwards: boolean): string {
  const first = new URL(url);
  if (backwards) first.searchParams.set('descending', '1');
  else first.searchParams.delete('descending');
  if (!first.searchParams.has('limit')) first.searchParams.set('limit', LIMIT);
  if (!first.searchParams.has('opt_fields')) first.searchParams.set('opt_fields', 'public_modified');
  return first.href;
}

function entriesOf(json: JsonObject, url: string): { id: string; at: number }[] {
  const { data } = json;
  if (!Array.isArray(data)) throw listError(url, 'it has no list of objects');
  return data.map((each) => {
    const entry = isJsonObject(each) ? each : undefined;
    const id = textAt(entry, 'id');
    if (!entry || id === undefined || !/^[0-9a-f]{32}$/.test(id))
      throw listError(url, 'an entry of it has no usable id');
    return { id, at: timeOf(entry) };
  });
}

/** The feed's own order where it is given, else the stated change; of an entry without either nothing is left out. */
function timeOf(entry: JsonObject): number {
  const inner = entry['public_modified'];
  if (typeof inner === 'number') return inner * 1_000;
  const time = Date.parse(textAt(entry, 'public_modified') ?? textAt(entry, 'dateModified') ?? '');
  return Number.isNaN(time) ? Infinity : time;
}

function itemAddress(url: string, id: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/$/, '')}/${id}`;
}
