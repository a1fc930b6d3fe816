/** Whether an ordinary page stands, is gone, or only refuses us: status first, then structure (facts/watching §3.6, §3.7, §10). */
import type { PageVerdict } from '../model/index.js';
import type { Collected } from './html.js';
import type { ReadInput } from './input.js';

/** A page longer than this is content, whatever words it holds (facts/watching §3.7: under about 500 characters). */
const SHORT = 500;

const GONE_WORDS = [
  '您访问的页面不存在',
  '页面不存在',
  '可能已被删除、更名或暂时不可用',
  '页面找不到',
  '找不到页面',
  '错误页面！中国政府采购网',
  '该信息已删除',
  '404 not found',
  'page not found',
  'страница не найдена',
  'сторінку не знайдено',
];
const DOWN_WORDS = [
  'технические работы',
  'проводятся технические',
  '系统维护',
  '网站维护',
  'site under maintenance',
  'temporarily unavailable',
  'service unavailable',
];
const BLOCK_WORDS = [
  '验证码',
  '安全验证',
  '访问过于频繁',
  '您的访问过于频繁',
  'captcha',
  'are you a robot',
  'access denied',
  'checking your browser',
];

export function pageVerdict(input: ReadInput, page: Collected): PageVerdict {
  const outer = outerVerdict(input);
  if (outer) return outer;
  const deep = depthVerdict(page);
  if (deep) return deep;
  const text = page.regions.get('body')?.text ?? '';
  const scripts = page.scripts.join('\n').slice(0, 200_000);
  if (/wzwschallenge|__jsl_clearance/.test(scripts + input.finalUrl))
    return { class: 'blocked', rule: 'challenge-script', kind: 'verification' };
  if (text.length < SHORT) return shortPageVerdict(input, page, text);
  return { class: 'live', rule: 'page-content' };
}

/** Of a page that was read in part neither presence nor absence is concluded. */
export function depthVerdict({ tooDeep }: Collected): PageVerdict | undefined {
  return tooDeep ? { class: 'unknown', rule: 'page-too-deep', kind: 'unreadable' } : undefined;
}

/**
 * What is known before the page is read. Of a body that is not whole neither presence nor absence is concluded, whatever
 * the status: the words that decide may stand in the part that did not come.
 */
export function outerVerdict(input: ReadInput): PageVerdict | undefined {
  const byStatus = statusVerdict(input.status);
  return byStatus && byStatus.class !== 'gone' ? byStatus : (cutVerdict(input) ?? byStatus);
}

export function cutVerdict({ truncated, partial }: ReadInput): PageVerdict | undefined {
  if (truncated !== undefined) return { class: 'unknown', rule: `truncated-${truncated}`, kind: 'other' };
  return partial ? { class: 'unknown', rule: 'partly-read', kind: 'other' } : undefined;
}

export function statusVerdict(status: number): PageVerdict | undefined {
  if (status === 404) return { class: 'gone', rule: 'status-404', definite: false };
  // Gone on purpose (RFC 9110 §15.5.11) and removed for legal reasons (RFC 7725) are definite.
  if (status === 410 || status === 451) return { class: 'gone', rule: `status-${status}`, definite: true };
  if (status === 401 || status === 402 || status === 407)
    return { class: 'blocked', rule: `status-${status}`, kind: 'access' };
  if (status === 429) return { class: 'blocked', rule: 'status-429', kind: 'rate' };
  if (status === 403 || status === 412 || status === 521)
    return { class: 'blocked', rule: `status-${status}`, kind: 'refused' };
  if (status >= 500) return { class: 'down', rule: `status-${status}` };
  if (status >= 400) return { class: 'unknown', rule: `status-${status}`, kind: 'other' };
  if (status >= 300) return { class: 'unknown', rule: `status-${status}`, kind: 'link' };
  return undefined;
}

function shortPageVerdict(input: ReadInput, page: Collected, text: string): PageVerdict {
  const seen = `${page.title}\n${text}`.toLowerCase();
  const found = (words: readonly string[]): string | undefined => words.find((word) => seen.includes(word));
  const blocked = found(BLOCK_WORDS);
  if (blocked !== undefined && text.length < 300)
    return { class: 'blocked', rule: `short-page: ${blocked}`, words: text.slice(0, 200), kind: 'verification' };
  const down = found(DOWN_WORDS);
  if (down !== undefined) return { class: 'down', rule: `short-page: ${down}`, words: text.slice(0, 200) };
  const gone = found(GONE_WORDS);
  if (gone !== undefined || /^404\b/.test(page.title.trim())) {
    return { class: 'gone', rule: `soft-404: ${gone ?? 'title'}`, definite: false, words: text.slice(0, 200) };
  }
  if (wentHome(input)) return { class: 'gone', rule: 'redirect-home', definite: false };
  return { class: 'live', rule: 'page-content' };
}

/** Only if the page asked for was not home itself, and the home is of the same site (facts/watching §11.14). */
function wentHome({ requestedUrl, finalUrl }: ReadInput): boolean {
  const asked = new URL(requestedUrl);
  const final = new URL(finalUrl);
  const home = (path: string): boolean => /^\/(?:index\.s?html?)?$/.test(path);
  return (
    !home(asked.pathname) &&
    home(final.pathname) &&
    asked.hostname.replace(/^www\./, '') === final.hostname.replace(/^www\./, '')
  );
}
