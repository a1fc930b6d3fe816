/** WeChat articles and the pages that stand in their place, told apart by structure (facts/watching §2.4). */
import type { PageVerdict, Reading } from '../../model/index.js';
import { type Collected, type Region, byClass, byId, collect, normaliseText } from '../html.js';
import { decodeBytes } from '../charset.js';
import type { ReadInput } from '../input.js';
import { cutVerdict, depthVerdict } from '../page-verdict.js';
import { firstIn, readAssignment } from './cgi-data.js';
import { articleReading } from './article.js';
import { identityFromUrl } from './identity.js';
import { type NoticeFacts, noticeVerdict } from './notice-texts.js';

export const READER = 'wechat/1';

const REGIONS: readonly Region[] = [
  byId('content', 'js_content'),
  byId('name', 'js_name'),
  byId('title', 'activity-name'),
  byClass('nickname', 'profile_nickname'),
  byId('text-post', 'js_text_desc'),
  { name: 'msg-title', match: (_, { class: own = '' }) => /(^|\s)weui-msg__title(\s|$)/.test(own) },
  { name: 'msg-desc', match: (_, { class: own = '' }) => /(^|\s)weui-msg__desc(\s|$)/.test(own) },
  { name: 'old-title', match: (_, { class: own = '' }) => /(^|\s)global_error_msg(\s|$)/.test(own) },
  { name: 'tiny', match: (_, { class: own = '' }) => /(^|\s)mesg-block(\s|$)/.test(own) },
];

export function isWechat(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname === 'mp.weixin.qq.com';
}

/** Whatever its address says: an article saved to a file and served elsewhere still has the platform's structure. */
export function looksLikeWechat(html: string): boolean {
  return /mmbizwap|mmbizappmsg|id="js_article"|window\.cgiDataNew/.test(html);
}

/** The platform's small pages, in all their layouts. Other sites use the same style library, so words must fit as well. */
const NOTICE_LAYOUT = /weui-msg__title|global_error_msg|class="mesg-block"/;

/** A platform notice served from elsewhere (a saved file): undefined unless its own element holds words we know. */
export function readSavedNotice(input: ReadInput, html: string): Reading | undefined {
  if (!NOTICE_LAYOUT.test(html)) return undefined;
  const reading = readWechat(input);
  return reading.verdict.rule === NOTHING_FITS || cutVerdict(input) ? undefined : reading;
}

const NOTHING_FITS = 'wechat-nothing-fits';

export function readWechat(input: ReadInput): Reading {
  const decoded = decodeBytes(input.body, contentTypeOf(input));
  const page = collect(decoded.text, REGIONS);
  const { name, reason } = decoded;
  const base = { reader: READER, charset: { name, reason }, problems: [...decoded.problems, ...page.problems] };
  const verdict = verdictOf(input, page);
  if (verdict.class === 'live') return articleReading(input, page, base);
  const text = [
    page.regions.get('msg-title'),
    page.regions.get('msg-desc'),
    page.regions.get('old-title'),
    page.regions.get('tiny'),
  ]
    .filter((region) => region !== undefined)
    .map((region) => region.text)
    .join('\n');
  return {
    ...base,
    verdict,
    identity: identityFromUrl(input.requestedUrl),
    language: 'unknown',
    text,
    links: { attachments: [], images: [] },
    fields: {},
    ...(verdict.class === 'notice' && verdict.account ? { account: verdict.account } : {}),
  };
}

/** The decision order of facts/watching §2.4: where we ended up, then status, then what the page is made of, then its own words. */
function verdictOf(input: ReadInput, page: Collected): PageVerdict {
  const { pathname } = new URL(input.finalUrl);
  if (pathname.startsWith('/mp/wappoc_appmsgcaptcha') || pathname.startsWith('/mp/verify')) {
    return { class: 'blocked', rule: 'wechat-verification-address', kind: 'verification' };
  }
  const pageId = firstIn(page.scripts, 'PAGE_MID', /\bPAGE_MID\s*=\s*['"]([^'"]{1,100})['"]/);
  if (page.ids.has('js_verify') || pageId === 'mmbizwap:secitptpage/verify.html') {
    return { class: 'blocked', rule: 'wechat-verification-page', kind: 'verification' };
  }
  if (input.status === 403 || input.status === 429)
    return { class: 'blocked', rule: `status-${input.status}`, kind: 'refused' };
  if (input.status >= 500) return { class: 'down', rule: `status-${input.status}` };
  const cut = cutVerdict(input) ?? depthVerdict(page);
  if (cut) return cut;
  if (pathname === '/mp/rumor') return { class: 'unknown', rule: 'wechat-rumour-label', kind: 'other' };
  if (isArticle(page, pageId)) return { class: 'live', rule: 'wechat-article-structure' };
  const words = noticeWords(page);
  const verdict = words === undefined ? undefined : noticeVerdict({ words, ...noticeFacts(page) });
  if (verdict) return verdict;
  if (input.status === 404 || input.status === 410)
    return { class: 'gone', rule: `status-${input.status}`, definite: input.status === 410 };
  if (pageId === 'mmbizwap:wxverify/info.html') return { class: 'unknown', rule: 'wechat-account-page', kind: 'other' };
  return { class: 'unknown', rule: NOTHING_FITS, kind: 'other', ...(words === undefined ? {} : { words }) };
}

function isArticle(page: Collected, pageId: string | undefined): boolean {
  if (page.ids.has('js_article') || page.ids.has('js_content')) return true;
  return pageId === 'mmbizwap:appmsg/newindex.html' || pageId === 'mmbizwap:pages/common_share.html';
}

function noticeWords(page: Collected): string | undefined {
  return ['msg-title', 'old-title', 'tiny']
    .map((name) => page.regions.get(name)?.text)
    .find((text) => text !== undefined && text !== '');
}

/** A violation notice names the account and a numeric reason in a script object of its own (facts/watching §2.5). */
function noticeFacts(page: Collected): Omit<NoticeFacts, 'words'> {
  const { data = {} } = readAssignment(page.scripts, 'cgiData');
  const text = (key: string): string | undefined =>
    typeof data[key] === 'string' && data[key] !== '' ? normaliseText(data[key]) : undefined;
  const detail = page.regions.get('msg-desc')?.text;
  const id = text('user_name');
  const name = text('nick_name');
  const reasonId = text('del_reason_id');
  const movedTo = firstIn(
    page.scripts,
    'transfer',
    /transfer(?:TargetLink|_target_link)\s*=\s*['"](https?:[^'"]{1,2000})['"]/,
  );
  return {
    ...(detail === undefined || detail === '' ? {} : { detail: detail.replace(/\n/g, '') }),
    ...(reasonId === undefined ? {} : { reasonId }),
    ...(id === undefined && name === undefined
      ? {}
      : { account: { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) } }),
    ...(movedTo === undefined ? {} : { movedTo: movedTo.replace(/&amp;/g, '&') }),
  };
}

function contentTypeOf(input: ReadInput): string {
  return input.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}
