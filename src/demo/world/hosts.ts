/** What a page of the world can be, and which hosts there are. */
export type PageState =
  'live' | 'deleted' | 'violation' | 'account-blocked' | 'verification' | 'throttled' | 'outage' | 'missing';

/** States that are pages of WeChat's own; no other host has them. */
export const WECHAT_STATES: readonly PageState[] = ['deleted', 'violation', 'account-blocked', 'verification'];

export const HOSTS = {
  wechat: 'mp.weixin.qq.com',
  government: 'com.gd.gov.cn',
  news: 'news.example',
  ofac: 'sanctionslistservice.ofac.treas.gov',
} as const;
