/** The department's disclosure platform (facts/watching §3.1, §3.2), the news page, and pages of trouble. */
import { GOVERNMENT, MARK, NEWS } from './texts.js';

const HOST = 'https://com.gd.gov.cn';
const mark = `<!-- ${MARK} -->\n<meta name="asposted-reconstruction" content="${MARK}">`;
const unix = (china: string): number => Date.parse(`${china.replace(' ', 'T')}:00+08:00`) / 1000;

export function governmentList(): string {
  const item = ({
    id,
    title,
    path,
    published,
  }: {
    id: number;
    title: string;
    path: string;
    published: string;
  }): object => ({
    id,
    title,
    date: unix(`${published.slice(0, 10)} 00:00`),
    created_at: `${published}:00`,
    display_publish_time: unix(published),
    publisher: '广东省商务厅',
    classify_main_name: '通知公告',
    url: `${HOST}${path}`,
    post_url: `${HOST}${path}`,
    is_expired: 0,
    is_abolished: 0,
  });
  const articles = [item(GOVERNMENT.other), item(GOVERNMENT)];
  return JSON.stringify({
    note: MARK,
    classify: { id: 0, name: '全部', post_count: articles.length },
    articles,
    total: articles.length,
  });
}

export function governmentNotice(edit: (text: string) => string): string {
  const { title, published, path } = GOVERNMENT;
  const body = GOVERNMENT.paragraphs.map((text) => `<p>${edit(text)}</p>`).join('');
  const detail = JSON.stringify({ id: GOVERNMENT.id, title, content: body }).replace(/</g, '\\u003C');
  return `<!DOCTYPE html><html><head><meta charset="utf-8">${mark}<title>${title}</title>
<meta name="SiteName" content="广东省商务厅"><meta name="SiteDomain" content="com.gd.gov.cn"><meta name="ColumnName" content="通知公告">
<meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${published}"><meta name="ContentSource" content="广东省商务厅"><meta name="Url" content="${path}"></head>
<body><div class="reconstruction-mark">${MARK}</div><h1>${title}</h1><div class="article-content">${body}</div>
<script>window._CONFIG = { SID: '2' }; window._CONFIG.DETAIL = ${detail};</script></body></html>`;
}

/**
 * The unrelated notice is served in GBK, as many such sites still do. Node has no GBK encoder, so its few sentences stand
 * here as bytes: 广东省商务厅关于举办外贸企业政策宣讲会的通知.
 */
const GBK_TITLE = 'b9e3b6abcaa1c9cccef1ccfcb9d8d3dabed9b0eccde2c3b3c6f3d2b5d5feb2dfd0fbbdb2bbe1b5c4cda8d6aa';

export function gbkNotice(): Buffer {
  const title = Buffer.from(GBK_TITLE, 'hex');
  const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
  const sentence = Buffer.concat(Array.from({ length: 8 }, () => Buffer.concat([title, Buffer.from('a1a3', 'hex')])));
  return Buffer.concat([
    ascii(
      '<!DOCTYPE html><html><head><meta charset="gbk"><meta name="asposted-reconstruction" content="Reconstruction made for the As Posted demo"><title>',
    ),
    title,
    ascii(`</title><meta name="ArticleTitle" content="`),
    title,
    ascii(
      `"><meta name="PubDate" content="${GOVERNMENT.other.published}"></head><body><div class="article-content"><p>`,
    ),
    sentence,
    ascii('</p></div></body></html>'),
  ]);
}

export function newsPage(edit: (text: string) => string): string {
  const { title, published, paragraphs } = NEWS;
  const data = JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    datePublished: published,
  });
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">${mark}<title>${title}</title>
<meta property="article:published_time" content="${published}"><script type="application/ld+json">${data}</script></head>
<body><header class="reconstruction-mark">${MARK}</header><main><article><h1>${title}</h1>
${paragraphs.map((text) => `<p>${edit(text)}</p>`).join('\n')}</article></main></body></html>`;
}

export const outagePage = (): string =>
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
export const missingPage = (): string =>
  '<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>';
