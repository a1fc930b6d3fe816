/** Every page that is not WeChat's: government sites by their mandatory tags and known bodies, the rest by Readability. */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { type Attachment, type Identity, type PageVerdict, type Reading } from '../model/index.js';
import { type Collected, type Region, byClass, byId, collect, htmlToText, normaliseText } from './html.js';
import { decodeBytes } from './charset.js';
import { offsetOfHost, parseDate } from './dates.js';
import { eisKey } from './eis.js';
import type { ReadInput } from './input.js';
import { languageOf } from './language.js';
import { pageVerdict } from './page-verdict.js';
import { normaliseUrl } from './urls.js';

export const READER = 'page/1';

/** Readability builds a full tree; past this size the whole text is taken instead (facts/watching §14: parse5 and kin up to 200 KB, linkedom 118 ms for 3 MB). */
const READABILITY_LIMIT = 4_000_000;
const FEWEST_WORDS = 25;
/**
 * Readability walks up from every paragraph, so that its time grows with the square of the depth: 1.4 s at 500, a minute at
 * 2,000. The 34 real pages we have lie at most 28 deep, with at most 1,730 elements; past these bounds the whole text is
 * taken, so that no page can stall a watch.
 */
const READABILITY_DEPTH = 250;
const READABILITY_ELEMENTS = 20_000;

/** Bodies of the systems Chinese government sites run on, in order of trust (facts/watching §3.3). */
const BODIES: readonly Region[] = [
  byId('ucap', 'UCAP-CONTENT'),
  byClass('trs-u', 'TRS_UEDITOR'),
  byClass('trs', 'TRS_Editor'),
  byId('zoom', 'zoom'),
  byId('zoomcon', 'zoomcon'),
  byClass('article-content', 'article-content'),
  byId('vsb', 'vsb_content'),
  byClass('ccgp', 'vF_detail_content'),
];
const REGIONS: readonly Region[] = [...BODIES, { name: 'body', match: (tag) => tag === 'body' }];

export function readPage(input: ReadInput): Reading {
  const contentType = input.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const decoded = decodeBytes(input.body, contentType);
  const page = collect(decoded.text, REGIONS);
  const meta = metaTable(page);
  const offset = offsetOfHost(new URL(input.finalUrl).hostname);
  const verdict = pageVerdict(input, page);
  const live = verdict.class === 'live';
  const main = live ? mainText(decoded.text, page, input.finalUrl) : { text: page.regions.get('body')?.text ?? '' };
  const title = titleOf(page, meta, main.title);
  const published = publishedOf(meta, page, offset);
  const { name, reason } = decoded;
  const siteName = meta.get('sitename') ?? meta.get('og:site_name');
  const author = meta.get('author') ?? meta.get('article:author');
  return {
    reader: READER,
    verdict: emptyVerdict(verdict, main.text, title),
    identity: identityOf(input),
    charset: { name, reason },
    language: languageOf(`${title ?? ''}\n${main.text}`),
    ...(title === undefined ? {} : { title }),
    text: main.text,
    account: { id: new URL(input.finalUrl).hostname, ...(siteName === undefined ? {} : { name: siteName }) },
    ...(author === undefined ? {} : { author }),
    ...(published === undefined ? {} : { published }),
    links: {
      attachments: attachmentsOf(page, input.finalUrl),
      images: absolute(page.regions.get('body')?.images ?? [], input.finalUrl),
    },
    fields: fieldsOf(meta),
    problems: [...decoded.problems, ...page.problems],
  };
}

/** A page without a title and without words cannot be said to stand. */
function emptyVerdict(verdict: PageVerdict, text: string, title: string | undefined): PageVerdict {
  if (verdict.class !== 'live' || text !== '' || title !== undefined) return verdict;
  return { class: 'unknown', rule: 'page-empty', kind: 'unreadable' };
}

/** First value that is not empty, by lower-cased name: tags repeat and differ in case (facts/watching §3.1). */
function metaTable(page: Collected): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, content } of page.metas) {
    const key = name.toLowerCase();
    const value = normaliseText(content);
    if (value !== '' && !found.has(key)) found.set(key, value);
  }
  return found;
}

interface Main {
  text: string;
  title?: string;
}

function mainText(html: string, page: Collected, url: string): Main {
  const detail = gkmlptDetail(page.scripts);
  if (detail) return detail;
  for (const { name } of BODIES) {
    const text = page.regions.get(name)?.text ?? '';
    if (text.length >= FEWEST_WORDS) return { text };
  }
  const whole = page.regions.get('body')?.text ?? '';
  if (html.length > READABILITY_LIMIT || page.depth > READABILITY_DEPTH || page.elements > READABILITY_ELEMENTS)
    return { text: whole };
  const article = readability(html, url);
  if (!article || article.text.length < FEWEST_WORDS) return { text: whole || (article?.text ?? '') };
  return article;
}

/** Guangdong's disclosure platform carries the article as JSON in a script (facts/watching §3.2). */
function gkmlptDetail(scripts: readonly string[]): Main | undefined {
  for (const script of scripts) {
    const at = script.search(/window\._CONFIG\.DETAIL\s*=\s*\{/);
    if (at < 0) continue;
    const json = balanced(script, script.indexOf('{', at));
    try {
      const detail = JSON.parse(json ?? '') as { content?: unknown; title?: unknown };
      if (typeof detail.content !== 'string') continue;
      return {
        text: htmlToText(detail.content),
        ...(typeof detail.title === 'string' ? { title: normaliseText(detail.title) } : {}),
      };
    } catch {
      continue; // not JSON after all; the visible body is read instead
    }
  }
  return undefined;
}

/** The JSON object that begins at `start`, by counting braces outside strings. */
function balanced(text: string, start: number): string | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{') depth += 1;
    else if (letter === '}' && --depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

function readability(html: string, url: string): Main | undefined {
  try {
    const { document } = parseHTML(html) as unknown as { document: object };
    // Readability reads documentURI for relative links only; linkedom has none of its own.
    Object.defineProperty(document, 'documentURI', { value: url, configurable: true });
    const article = new Readability(document, {
      maxElemsToParse: 60_000,
      charThreshold: 100,
    }).parse();
    if (!article?.content) return undefined;
    return { text: htmlToText(article.content), ...(article.title ? { title: normaliseText(article.title) } : {}) };
  } catch {
    return undefined; // too many elements, or a tree it cannot walk: the whole visible text is the honest fallback
  }
}

function titleOf(page: Collected, meta: Map<string, string>, fromBody: string | undefined): string | undefined {
  const title =
    meta.get('articletitle') ?? meta.get('og:title') ?? (page.title === '' ? undefined : page.title) ?? fromBody;
  return title === undefined || title === '' ? undefined : title.slice(0, 1_000);
}

const DATES = [
  'pubdate',
  'publishdate',
  'article:published_time',
  'publishtime',
  'publish_time',
  'date',
  'datepublished',
  'dc.date',
  'og:release_date',
];

function publishedOf(meta: Map<string, string>, page: Collected, offset: string): string | undefined {
  for (const name of DATES) {
    const date = parseDate(meta.get(name) ?? '', offset);
    if (date !== undefined) return date;
  }
  for (const script of page.scripts) {
    const stated = /"datePublished"\s*:\s*"([^"]{8,40})"/.exec(script)?.[1];
    const date = stated === undefined ? undefined : parseDate(stated, offset);
    if (date !== undefined) return date;
  }
  // A dated line near the top ("发布时间：2024-05-22 10:30") is the site's own claim too; further down it is anybody's.
  const top = (page.regions.get('body')?.text ?? '').slice(0, 3_000);
  const labelled =
    /(?:发布时间|发布日期|日期|时间|Published|Дата публикации|Опубликовано)[:：\s]{1,3}([^\n]{8,40})/i.exec(top)?.[1];
  return labelled === undefined ? undefined : parseDate(labelled, offset);
}

function identityOf(input: ReadInput): Identity {
  return { key: eisKey(input.requestedUrl) ?? `url:${normaliseUrl(input.requestedUrl)}` };
}

const ATTACHED = /\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|wps|et|ofd|csv|odt|ods)(?:$|[?#])/i;

function attachmentsOf(page: Collected, base: string): Attachment[] {
  const links = page.regions.get('body')?.links ?? [];
  const found = new Map<string, Attachment>();
  for (const { url, text } of links) {
    if (!ATTACHED.test(url) || !URL.canParse(url, base)) continue;
    const full = new URL(url, base).href;
    found.set(full, { url: full, ...(text === '' ? {} : { name: text.slice(0, 300) }) });
  }
  return [...found.values()];
}

function absolute(urls: readonly string[], base: string): string[] {
  return [
    ...new Set(
      urls.filter((url) => !url.startsWith('data:') && URL.canParse(url, base)).map((url) => new URL(url, base).href),
    ),
  ];
}

const KEPT = [
  'sitename',
  'sitedomain',
  'siteidcode',
  'columnname',
  'articletitle',
  'pubdate',
  'contentsource',
  'keywords',
  'description',
  'url',
  'contentid',
  'publishdate',
  'source',
  'articleid',
];

function fieldsOf(meta: Map<string, string>): Record<string, string> {
  return Object.fromEntries(
    KEPT.filter((name) => meta.has(name)).map((name) => [name, meta.get(name)!.slice(0, 2_000)]),
  );
}
