/** The Russian procurement system's feeds of any extended search (facts/watching §4). */
import { normaliseText, parseDate, parseRfc822 } from '../../../read/index.js';
import { fetchPage, listError } from '../../pages.js';
import {
  type Discovery,
  type FoundAddress,
  type OptionValues,
  type SourceTools,
  defineSource,
} from '../../source-kind.js';
import { foundOf, parseFeedItems } from '../feed/index.js';

export default defineSource({
  kind: 'eis',
  title: 'Russian procurement (ЕИС, zakupki.gov.ru)',
  description:
    'The feed of an extended search on zakupki.gov.ru: open the search in a browser and take the address of its RSS. A purchase is told from another by its number (regNumber), not by its address. A page about maintenance in place of the feed means down, never nothing new; a cancelled placement is a status. The site’s certificate is of a ministry’s CA: give it with `ca`, for this source only. From abroad the site often does not answer.',
  needs: ['network'],
  options: {
    url: {
      type: 'text',
      help: 'Address of the feed.',
      example:
        'https://zakupki.gov.ru/epz/order/extendedsearch/rss.html?searchString=%D0%91%D0%9F%D0%9B%D0%90&morphology=on&fz44=on&fz223=on',
      required: true,
    },
  },
  accepts: (address) => (/^https?:\/\/zakupki\.gov\.ru\/epz\/.*\/rss(?:\.html)?(?:$|\?)/.test(address) ? 1 : 0),
  examples: [
    { address: 'https://zakupki.gov.ru/epz/order/extendedsearch/rss.html?searchString=x', accepts: true },
    { address: 'https://zakupki.gov.ru/epz/order/extendedsearch/rss?fz44=on', accepts: true },
    {
      address: 'https://zakupki.gov.ru/epz/order/notice/ea20/view/common-info.html?regNumber=0373200215526000664',
      accepts: false,
    },
    { address: 'https://example.org/rss.html', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

async function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const page = await fetchPage(tools, String(options['url']), signal);
  const items = await parseEisFeed(page.text, page.url);
  const cancelled = items.filter(({ stage }) => stage === 'Размещение отменено').map(({ key }) => key);
  return {
    addresses: items.map(foundOf),
    problems: cancelled.map((key) => `${key} is cancelled (Размещение отменено): a status, not a removal`),
  };
}

export interface EisItem extends FoundAddress {
  /** regNumber: 19 digits under law 44, 11 under law 223. */
  key: string;
  customer?: string;
  price?: string;
  currency?: string;
  stage?: string;
  /** Days in Moscow's time, as the description states them; `published` is the feed's own GMT. */
  placed?: string;
  updated?: string;
  /** ИКЗ, 36 digits. */
  code?: string;
}

/** Throws BAD_FEED for an outage page or a feed that is cut, BAD_LIST_PAGE for an item without its number. */
export async function parseEisFeed(text: string, url: string): Promise<EisItem[]> {
  const items = await parseFeedItems(text, url);
  const found = new Map<string, EisItem>();
  for (const item of items) {
    const key = /[?&](?:regNumber|reestrNumber|number)=(\d{6,25})(?:&|$)/.exec(item.url)?.[1];
    if (key === undefined) throw listError(url, 'an item of it has no number in its link');
    found.set(key, toItem(item, key, eisFacts(item.description ?? '')));
  }
  return [...found.values()];
}

function toItem({ url, title, published }: FoundAddress, key: string, facts: ReadonlyMap<string, string>): EisItem {
  const pick = (name: keyof EisItem, label: string): Partial<EisItem> => {
    const value = facts.get(label);
    return value === undefined ? {} : { [name]: value };
  };
  const day = (name: 'placed' | 'updated', label: string): Partial<EisItem> => {
    const value = moscowDay(facts.get(label) ?? '');
    return value === undefined ? {} : { [name]: value };
  };
  const at = parseRfc822(published ?? '');
  const name = facts.get('Наименование объекта закупки') ?? title;
  return {
    key,
    url,
    ...(name === undefined ? {} : { title: name.slice(0, 300) }),
    ...(at === undefined ? {} : { published: at }),
    ...pick('customer', 'Наименование Заказчика'),
    ...pick('price', 'Начальная цена контракта'),
    ...pick('currency', 'Валюта'),
    ...pick('stage', 'Этап размещения'),
    ...day('placed', 'Размещено'),
    ...day('updated', 'Обновлено'),
    ...pick('code', 'Идентификационный код закупки (ИКЗ)'),
  };
}

/** Labels and values of a description, once its entities are undone. Price and currency share a line; the searcher's mark splits words and is not closed. */
export function eisFacts(description: string): Map<string, string> {
  const html = description.replace(/<\/?(?:span|a|b)(?:\s[^>]{0,500})?>/gi, '');
  const found = new Map<string, string>();
  for (const [, label, value] of html.matchAll(/<strong>([^<:]{1,120}):\s*<\/strong>([^<]*)/g)) {
    const text = normaliseText(value!);
    if (text !== '' && text !== 'null') found.set(normaliseText(label!), text);
  }
  return found;
}

/** `29.07.2026` → midnight in Moscow. */
function moscowDay(text: string): string | undefined {
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text) ?? [];
  return day === undefined ? undefined : parseDate(`${year!}-${month!}-${day}`, '+03:00');
}
