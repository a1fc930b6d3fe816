/** One article has many addresses; (biz, mid, idx) names it (facts/watching §2.2). `sn` is a check value, not part of the key. */
import type { Identity } from '../../model/index.js';

export interface ArticleKey {
  biz: string;
  mid: string;
  idx: string;
}

/** `__biz` is base64 of a decimal number. The number goes into keys: raw `__biz` holds `/`, `+`, `=`. Undefined when it is not. */
export function bizNumber(biz: string): string | undefined {
  const text = Buffer.from(biz, 'base64').toString('latin1');
  return /^\d{5,15}$/.test(text) ? text : undefined;
}

export function articleIdentity(key: Partial<ArticleKey>): Identity | undefined {
  const number = key.biz === undefined ? undefined : bizNumber(key.biz);
  if (number === undefined || !/^\d{1,15}$/.test(key.mid ?? '') || !/^\d{1,3}$/.test(key.idx ?? '')) return undefined;
  return { key: `wechat:${number}:${key.mid!}:${key.idx!}` };
}

/** Key from a long-form address, whose parameters have had several names over the years. */
export function keyFromUrl(address: string): Partial<ArticleKey> & { sn?: string } {
  if (!URL.canParse(unescapeUrl(address))) return {};
  const { hostname, searchParams: query } = new URL(unescapeUrl(address));
  if (hostname !== 'mp.weixin.qq.com') return {};
  const first = (...names: string[]): string | undefined =>
    names.map((name) => query.get(name) ?? '').find((value) => value !== '');
  const found = {
    biz: first('__biz'),
    mid: first('mid', 'appmsgid'),
    idx: first('idx', 'itemidx'),
    sn: first('sn', 'sign'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** Inside pages `&` arrives as `&amp;`, `\x26amp;` or doubly escaped: at most three times. */
export function unescapeUrl(address: string): string {
  let text = address;
  for (let round = 0; round < 3; round++) {
    const next = text.replace(/\\x26/g, '&').replace(/&amp;/g, '&');
    if (next === text) break;
    text = next;
  }
  return text;
}

/** Short links have a token, long ones a key; both may name one article, so a short link alone is provisional. */
export function identityFromUrl(address: string): Identity {
  const known = articleIdentity(keyFromUrl(address));
  if (known) return known;
  const { hostname, pathname, search } = new URL(address);
  return {
    key: `url:https://${hostname}${pathname}${/^\/s\/[\w-]+$/.test(pathname) ? '' : search}`,
    provisional: true,
  };
}
