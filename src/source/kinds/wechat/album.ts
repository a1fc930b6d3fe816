/** A public album, page by page (facts/watching §2.15). */
import { AsPostedError, offsetTime } from '../../../model/index.js';
import { type JsonObject, isJsonObject, numberAt, objectAt, parseJson, textAt } from '../../../read/index.js';
import { fetchPage, listError } from '../../pages.js';
import { withoutSecrets } from '../../secrets.js';
import type { FoundAddress, SourceTools } from '../../source-kind.js';
import { articleKey } from './addresses.js';

/** The largest seen has some hundred articles. */
const MAX_PAGES = 50;
const CHINA_MINUTES = 480;

export interface AlbumPage {
  items: JsonObject[];
  more: boolean;
}

export async function readAlbum(
  tools: SourceTools,
  address: string,
  signal?: AbortSignal,
): Promise<{ addresses: FoundAddress[]; problems: string[] }> {
  const found = new Map<string, FoundAddress>();
  const url = new URL(withoutSecrets(address));
  url.hash = '';
  for (const [name, value] of Object.entries({ action: 'getalbum', count: '20', f: 'json' }))
    url.searchParams.set(name, value);
  for (let page = 0; page < MAX_PAGES; page++) {
    const { text } = await fetchPage(tools, url.href, signal);
    const { items, more } = parseAlbum(text, address);
    const before = found.size;
    for (const each of items.map((item) => toAddress(item, address)))
      if (!found.has(articleKey(each.url))) found.set(articleKey(each.url), each);
    if (!more) return { addresses: [...found.values()], problems: [] };
    const last = items.at(-1);
    const id = numberAt(last, 'msgid');
    if (id === undefined) throw listError(address, 'it says it goes on, and does not say where');
    // The item at the boundary may come twice; a page of nothing else goes round in a circle.
    if (found.size === before) throw listError(address, 'its pages go round in a circle');
    url.searchParams.set('begin_msgid', id);
    url.searchParams.set('begin_itemidx', numberAt(last, 'itemidx') ?? '1');
  }
  return { addresses: [...found.values()], problems: [`the album goes on after ${MAX_PAGES} pages, which were read`] };
}

function toAddress(item: JsonObject, album: string): FoundAddress {
  const link = textAt(item, 'url');
  if (link === undefined || !/^https?:\/\/mp\.weixin\.qq\.com\//.test(link))
    throw listError(album, 'an article of it has no address');
  const title = textAt(item, 'title');
  const seconds = Number(numberAt(item, 'create_time'));
  return {
    url: withoutSecrets(link),
    ...(title === undefined ? {} : { title: title.slice(0, 300) }),
    ...(seconds > 0 && seconds < 4e9 ? { published: offsetTime(Math.floor(seconds), CHINA_MINUTES) } : {}),
  };
}

/** Traps: a single item is no list; no list with ret 0 is the end, not a removal; ret −3 wants a login. */
export function parseAlbum(text: string, address: string): AlbumPage {
  const answer = parseJson(text)?.value;
  if (!isJsonObject(answer)) throw listError(address, 'the album’s answer is no JSON, or cut off');
  const ret = numberAt(objectAt(answer, 'base_resp'), 'ret');
  if (ret === '-3')
    throw new AsPostedError({
      code: 'RATE_LIMITED',
      retry: 'later',
      message: 'the album wants a login',
      hint: 'Add its articles by their own addresses; a login is never used.',
    });
  const album = objectAt(answer, 'getalbum_resp');
  if (ret !== '0' || !album) throw listError(address, `the platform answered ret ${String(ret).slice(0, 20)}`);
  const list = album['article_list'] ?? [];
  const items = Array.isArray(list) ? list : [list];
  if (!items.every(isJsonObject)) throw listError(address, 'an article of it is none');
  return { items, more: numberAt(album, 'continue_flag') === '1' };
}
