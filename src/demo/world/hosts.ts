/** What a page of the world can be, and which hosts there are. */
export type PageState =
  'live' | 'deleted' | 'violation' | 'account-blocked' | 'verification' | 'throttled' | 'outage' | 'missing';

export const HOSTS = {
  wechat: 'mp.weixin.qq.com',
  government: 'com.gd.gov.cn',
  news: 'news.example',
  ofac: 'sanctionslistservice.ofac.treas.gov',
} as const;
