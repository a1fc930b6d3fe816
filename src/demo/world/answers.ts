import { HOSTS, type PageState } from './hosts.js';
import { SDN_COMMENTS, SDN_STATES } from './ofac.js';
import { gbkNotice, governmentIndex, governmentList, governmentNotice } from './government-pages.js';
import { newsPage } from './news-pages.js';
import { type Edit, troublePage } from './page-parts.js';
import { type Article, GOVERNMENT, NEWS } from './texts.js';
import { accountBlockedPage, articlePage, deletedPage, verificationPage, violationPage } from './wechat-pages.js';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export interface Asked {
  host: string;
  path: string;
  articles: ReadonlyMap<string, Article>;
  state: PageState;
  edits: readonly Edit[];
}

const html = (body: string | Uint8Array, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body,
});

const missing = (): Answer => html(troublePage('404 Not Found'), 404);

export function answer(asked: Asked): Answer {
  const { host, path, state } = asked;
  if (state === 'throttled') return html(troublePage('429 Too Many Requests'), 429, { 'retry-after': '1' });
  if (state === 'outage') return html(troublePage('502 Bad Gateway'), 502);
  if (state === 'missing') return missing();
  if (path === '/robots.txt')
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nAllow: /\n' };
  switch (host) {
    case HOSTS.wechat:
      return wechat(asked);
    case HOSTS.government:
      return government(asked);
    case HOSTS.news:
      return path === NEWS.path ? html(newsPage(asked.edits)) : missing();
    case HOSTS.ofac:
      return ofac(path);
    default:
      return missing();
  }
}

function wechat({ path, articles, state, edits }: Asked): Answer {
  const article = articles.get(path);
  if (!article) return missing();
  switch (state) {
    case 'deleted':
      return html(deletedPage());
    case 'violation':
      return html(violationPage(article));
    case 'account-blocked':
      return html(accountBlockedPage());
    case 'verification':
      return html(verificationPage());
    case 'live':
    case 'throttled':
    case 'outage':
    case 'missing':
      return html(articlePage({ article, edits, now: new Date() }));
  }
}

function government(asked: Asked): Answer {
  switch (asked.path) {
    case GOVERNMENT.indexPath:
      return html(governmentIndex());
    case GOVERNMENT.listPath:
      return { status: 200, headers: { 'content-type': 'application/json' }, body: governmentList() };
    case GOVERNMENT.path:
      return html(governmentNotice(asked.edits));
    case GOVERNMENT.other.path:
      return { status: 200, headers: { 'content-type': 'text/html' }, body: gbkNotice() };
    default:
      return missing();
  }
}

const OFAC = '/api/PublicationPreview/exports/';

function ofac(path: string): Answer {
  const newest = SDN_STATES.at(-1)!;
  const files: Record<string, Uint8Array> = {
    'SDN.CSV': newest.main,
    'ALT.CSV': newest.alt,
    'ADD.CSV': newest.add,
    'SDN_COMMENTS.CSV': SDN_COMMENTS,
  };
  const name = path.startsWith(OFAC) ? path.slice(OFAC.length) : '';
  const body = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!body) return missing();
  const modified = new Date(`${newest.publishedAt}T14:00:00Z`).toUTCString();
  return { status: 200, headers: { 'content-type': 'text/csv', 'last-modified': modified }, body };
}
