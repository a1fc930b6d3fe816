/**
 * A world of sites that go wrong in every way we know of, and the truth about each of its notices, so that verdicts can be held
 * against it. Everything follows from the seed. Times are milliseconds of the world's own clock from its beginning.
 */
import type { ErrorCode } from '../../model/index.js';
import { DELETED, type FakePage, articleOf, pageOf } from './parts.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** How long the world is watched. */
export const HORIZON = 34 * DAY;

/** What befalls a notice, and how many of a hundred it befalls. */
export const FATES = {
  stands: 14,
  edited: 8,
  'other words each time': 2,
  'counts its visitors': 3,
  'deleted by publisher': 12,
  'taken down by platform': 6,
  'account blocked': 4,
  'removed with 410': 4,
  'removed with 404': 10,
  'soft 404 with words': 5,
  'soft 404 by template': 4,
  'redirected home': 3,
  'came back': 6,
  'gone for hours': 3,
  'captcha for days': 5,
  'refused for ever': 4,
  'server errors': 5,
  'time-outs': 3,
  'no name': 2,
  'cut off': 3,
  'moved away': 2,
} as const;
export type Fate = keyof typeof FATES;

/** What befalls a whole site, and how many of a hundred. */
export const SITE_FATES = {
  sound: 78,
  'everything 404': 6,
  'everything one shell': 3,
  redesign: 4,
  'made over': 4,
  'a column 404': 3,
  'our clock leaps ahead': 3,
  'our clock falls back': 3,
} as const;
export type SiteFate = keyof typeof SITE_FATES;

export interface FaultNotice {
  url: string;
  fate: Fate;
  posted: number;
  /** When its fate strikes, and when that ends (Infinity: never). */
  from: number;
  to: number;
  /** By what the page shows then. */
  definite: boolean;
  wechat: boolean;
  title: string;
  id: number;
}

export interface FaultSite {
  host: string;
  fate: SiteFate;
  from: number;
  to: number;
  /** Added to the world's time by our clock from `from` on. */
  leap: number;
  /** Whether its server says what time it is. */
  dated: boolean;
  notices: FaultNotice[];
}

export type Random = () => number;

/** mulberry32: the same numbers for the same seed on every machine. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function drawn<K extends string>(shares: Readonly<Record<K, number>>, next: Random): K {
  const entries = Object.entries(shares) as [K, number][];
  let left = next() * entries.reduce((sum, [, share]) => sum + share, 0);
  for (const [name, share] of entries) {
    left -= share;
    if (left < 0) return name;
  }
  return entries.at(-1)![0];
}

const ON_WECHAT: ReadonlySet<Fate> = new Set([
  'deleted by publisher',
  'taken down by platform',
  'account blocked',
  'captcha for days',
  'moved away',
]);
const ENDS: ReadonlySet<Fate> = new Set([
  'came back',
  'gone for hours',
  'captcha for days',
  'server errors',
  'time-outs',
  'no name',
  'cut off',
]);

export function faultSite(number: number, notices: number, next: Random): FaultSite {
  const fate = drawn(SITE_FATES, next);
  const host = `www.site${number}.example`;
  const from = 3 * DAY + next() * 20 * DAY;
  const lasts = {
    'everything 404': 3 + next() * 60,
    'everything one shell': 3 + next() * 60,
    'a column 404': 3 + next() * 57,
  };
  return {
    ...{ host, fate, from },
    to: fate in lasts ? from + lasts[fate as keyof typeof lasts] * HOUR : Infinity,
    leap: fate === 'our clock leaps ahead' ? 30 * HOUR : fate === 'our clock falls back' ? -5 * HOUR : 0,
    dated: fate === 'our clock leaps ahead' || next() < 0.7,
    notices: Array.from({ length: notices }, (_, at) =>
      around(faultNotice({ host, id: number * 100 + at, own: hasOwnFates(fate) }, next), { at, fate, from }, next),
    ),
  };
}

/** Where the pages of a site share a fate, each has none of its own: what is said of them is then the site's doing alone. */
export const hasOwnFates = (fate: SiteFate): boolean => fate === 'sound' || fate === 'our clock falls back';

/**
 * A leap of our clock makes hours look like more than a day: so few pages that nothing but the clock can save them are away
 * while it leaps.
 */
function around(each: FaultNotice, site: { at: number; fate: SiteFate; from: number }, next: Random): FaultNotice {
  if (site.fate !== 'our clock leaps ahead' || site.at >= 3) return each;
  return {
    ...each,
    fate: 'gone for hours',
    from: site.from - next() * 3 * HOUR,
    to: site.from + (14 + next() * 6) * HOUR,
  };
}

function faultNotice({ host, id, own }: { host: string; id: number; own: boolean }, next: Random): FaultNotice {
  const fate = own ? drawn(FATES, next) : 'stands';
  const wechat = ON_WECHAT.has(fate);
  const posted = next() * 2 * DAY;
  const from = posted + HOUR + next() * (next() < 0.6 ? 4 * DAY : 22 * DAY);
  const token = `${id}`.padStart(22, 'A');
  return {
    url: wechat ? `https://mp.weixin.qq.com/s/${token}` : `https://${host}/content/post_${id}.html`,
    ...{ fate, posted, from, wechat, id },
    to: ENDS.has(fate) ? from + lasting(fate, next) : Infinity,
    definite: wechat || fate === 'removed with 410',
    title: `关于征集第${id}号产品供应商的通知`,
  };
}

function lasting(fate: Fate, next: Random): number {
  if (fate === 'came back') return 4 * DAY + next() * 3 * DAY;
  return fate === 'gone for hours' ? (2 + next() * 20) * HOUR : next() * 3 * DAY;
}

/** Fates that are removals, from `from` to `to`. */
const REMOVALS: ReadonlySet<Fate> = new Set([
  'deleted by publisher',
  'taken down by platform',
  'account blocked',
  'removed with 410',
  'removed with 404',
  'soft 404 with words',
  'soft 404 by template',
  'redirected home',
  'came back',
]);
export const isRemoval = ({ fate }: FaultNotice): boolean => REMOVALS.has(fate);

export type Answer = (FakePage & { finalUrl?: string }) | ErrorCode;

const notice = (words: string): FakePage => ({
  body: `<!doctype html><html><head><title></title></head><body><div class="weui-msg"><h2 class="weui-msg__title">${words}</h2></div></body></html>`,
});
const NOT_FOUND: FakePage = {
  status: 404,
  body: '<html><head><title>404</title></head><body>404 Not Found</body></html>',
};
const SOFT: FakePage = {
  body: '<html><head><title>提示</title></head><body><p>您访问的页面不存在或已被删除</p></body></html>',
};
const CAPTCHA = notice('环境异常');
const SHELL = pageOf('某市人民政府门户网站', [
  '本站正在升级改造，部分栏目暂停服务，给您带来不便，敬请谅解。'.repeat(30),
]);
const HOME = pageOf('某市商务局', ['政务公开', '通知公告', '办事服务', '互动交流']);
const NOISE: readonly Answer[] = [
  'TIMEOUT',
  'CONNECT_FAILED',
  'TLS_FAILED',
  { status: 503, body: 'busy' },
  'RATE_LIMITED',
  { status: 502, body: '' },
];
/** Of a hundred requests so many meet trouble that has nothing to do with anything. */
const NOISE_SHARE = 0.04;

/** What the world answers at a time. */
export function answerOf(site: FaultSite, url: string, at: number, next: Random): Answer {
  if (next() < NOISE_SHARE) return NOISE[Math.floor(next() * NOISE.length)]!;
  const known = site.notices.find((each) => each.url === url);
  if (known?.wechat) return wechatAnswer(known, at);
  const struck = at >= site.from && at < site.to;
  if (struck && site.fate === 'everything 404') return NOT_FOUND;
  if (struck && site.fate === 'everything one shell') return SHELL;
  if (new URL(url).pathname === '/') return HOME;
  if (struck && site.fate === 'redesign') return NOT_FOUND;
  if (struck && site.fate === 'a column 404' && known && known.id % 10 < 6) return NOT_FOUND;
  if (!known) return site.notices.some(({ fate }) => fate === 'soft 404 by template') ? SHELL : NOT_FOUND;
  if (struck && site.fate === 'made over') return madeOver(known);
  const counts = known.fate === 'counts its visitors'; // as long as the page stands
  return !counts && (at < known.from || at >= known.to) ? original(known) : siteAnswer(site, known, next);
}

const paragraphs = ({ title, id }: FaultNotice): string[] => [
  `${title}，${wordsFor(random(id), 120)}。`,
  `报名编号 ${id}，${wordsFor(random(id + 1_000_000), 120)}。`,
];

function original(each: FaultNotice): FakePage {
  return each.wechat
    ? articleOf(each.title, paragraphs(each), 1_000_000 + each.id)
    : pageOf(each.title, paragraphs(each));
}

/** A new template: the same notices, with words of the site's around them. */
const madeOver = (each: FaultNotice): FakePage =>
  pageOf(each.title, [
    '首页 > 政务公开 > 通知公告，欢迎访问某市商务局新版网站。',
    ...paragraphs(each),
    '版权所有：某市商务局，未经许可不得转载。',
  ]);

/** No two notices are copies of each other by them. */
const wordsFor = (next: Random, length = 12): string =>
  Array.from({ length }, () => String.fromCharCode(0x4e00 + Math.floor(next() * 5_000))).join('');

function siteAnswer(site: FaultSite, each: FaultNotice, next: Random): Answer {
  switch (each.fate) {
    case 'edited':
      return pageOf(each.title, [...paragraphs(each), '补充：报名截止时间延长至下月十五日。']);
    case 'other words each time':
      return pageOf(each.title, [...paragraphs(each), `今日推荐：${wordsFor(next)}。`]);
    case 'counts its visitors':
      return pageOf(each.title, [...paragraphs(each), `您是第${Math.floor(next() * 1e6)}位访问者。`]);
    case 'removed with 410':
      return { status: 410, body: 'gone' };
    case 'removed with 404':
    case 'came back':
    case 'gone for hours':
      return NOT_FOUND;
    case 'soft 404 with words':
      return SOFT;
    case 'soft 404 by template':
      return SHELL;
    case 'redirected home':
      return { ...HOME, finalUrl: `https://${site.host}/` };
    case 'refused for ever':
      return { status: 403, body: 'forbidden' };
    case 'server errors':
      return { status: 500, body: 'error' };
    case 'time-outs':
      return 'TIMEOUT';
    case 'no name':
      return 'DNS_FAILED';
    case 'cut off':
      return { ...NOT_FOUND, truncated: 'disconnect' };
    default:
      return original(each);
  }
}

function wechatAnswer(each: FaultNotice, at: number): Answer {
  if (at < each.from || at >= each.to) return original(each);
  switch (each.fate) {
    case 'deleted by publisher':
      return DELETED;
    case 'taken down by platform':
      return notice('此内容因违规无法查看');
    case 'account blocked':
      return notice('此帐号已被屏蔽, 内容无法查看');
    case 'captcha for days':
      return CAPTCHA;
    case 'moved away':
      return {
        body: `<html><head></head><body><div class="weui-msg"><h2 class="weui-msg__title">该公众号已迁移</h2></div><script>var transferTargetLink = 'https://mp.weixin.qq.com/s/${'M'.repeat(22)}';</script></body></html>`,
      };
    default:
      return original(each);
  }
}
