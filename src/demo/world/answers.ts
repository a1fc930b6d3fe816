import { HOSTS, type PageState } from './hosts.js';
import { SDN_COMMENTS, SDN_STATES } from './ofac.js';
import { gbkNotice, governmentList, governmentNotice, missingPage, newsPage, outagePage } from './other-pages.js';
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
  edits: readonly { from: string; to: string }[];
}

const html = (body: string | Uint8Array, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body,
});

export function answer(asked: Asked): Answer {
  const { host, path, state } = asked;
  if (path === '/robots.txt')
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nAllow: /\n' };
  if (state === 'throttled') return html('', 429, { 'retry-after': '1' });
  if (state === 'outage') return html(outagePage(), 502);
  if (state === 'missing') return html(missingPage(), 404);
  switch (host) {
    case HOSTS.wechat:
      return wechat(asked);
    case HOSTS.government:
      return government(asked);
    case HOSTS.news:
      return path === NEWS.path ? html(newsPage(editor(asked))) : html(missingPage(), 404);
    case HOSTS.ofac:
      return ofac(path);
    default:
      return html(missingPage(), 404);
  }
}

const editor =
  ({ edits }: Asked) =>
  (text: string): string =>
    edits.reduce((all, { from, to }) => all.replaceAll(from, to), text);

function wechat({ path, articles, state, edits }: Asked): Answer {
  const article = articles.get(path);
  if (!article) return html(missingPage(), 404);
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
    case GOVERNMENT.listPath:
      return { status: 200, headers: { 'content-type': 'application/json' }, body: governmentList() };
    case GOVERNMENT.path:
      return html(governmentNotice(editor(asked)));
    case GOVERNMENT.other.path:
      return { status: 200, headers: { 'content-type': 'text/html' }, body: gbkNotice() };
    default:
      return html(missingPage(), 404);
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
  if (!body) return html(missingPage(), 404);
  const modified = new Date(`${newest.publishedAt}T14:00:00Z`).toUTCString();
  return { status: 200, headers: { 'content-type': 'text/csv', 'last-modified': modified }, body };
}
