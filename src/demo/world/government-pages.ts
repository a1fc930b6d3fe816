/** The department's disclosure platform (facts/watching §3.1, §3.2): entry page, JSON list, and two notices. */
import { type Edit, applyEdits, escapeHtml, markBanner, markComment, markMeta } from './page-parts.js';
import { GOVERNMENT, MARK } from './texts.js';

const HOST = 'https://com.gd.gov.cn';
const SITE_ID = '2';
const NOTICES = [GOVERNMENT.other, GOVERNMENT] as const;

const unixOf = (china: string): number => Date.parse(`${china.replace(' ', 'T')}:00+08:00`) / 1000;

/** The entry page names the site's number and its columns; the list itself is fetched by script. */
export function governmentIndex(): string {
  const config = JSON.stringify({
    SID: SITE_ID,
    TREE: [{ id: 0, name: '全部', post_count: NOTICES.length, jump_url: '', children: [] }],
  });
  return `<!DOCTYPE html>\n${markComment()}
<html><head><meta charset="utf-8">${markMeta()}<title>政府信息公开</title>
<meta name="SiteName" content="${GOVERNMENT.site}"><meta name="SiteDomain" content="com.gd.gov.cn"></head>
<body>${markBanner()}<h1>政府信息公开</h1><div id="app"></div><script>window._CONFIG = ${config};</script></body></html>`;
}

export function governmentList(): string {
  const articles = NOTICES.map(({ id, title, path, published }) => ({
    id,
    title,
    date: unixOf(`${published.slice(0, 10)} 00:00`),
    created_at: `${published}:00`,
    display_publish_time: unixOf(published),
    publisher: GOVERNMENT.site,
    classify_main_name: GOVERNMENT.column,
    url: `${HOST}${path}`,
    post_url: `${HOST}${path}`,
    is_expired: 0,
    is_abolished: 0,
  }));
  const classify = { id: 0, name: '全部', post_count: articles.length };
  return JSON.stringify({ note: MARK, classify, articles, total: articles.length });
}

interface Detail {
  charset: 'utf-8' | 'gbk';
  mark: string;
  site: string;
  column: string;
  title: string;
  paragraphs: readonly string[];
  notice: { id: number; path: string; published: string };
}

function detailPage({ charset, mark, site, column, title, paragraphs, notice }: Detail): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('');
  const detail = JSON.stringify({ id: notice.id, title, content: body }).replace(/</g, '\\u003C');
  const metas = { SiteName: site, SiteDomain: 'com.gd.gov.cn', ColumnName: column, ArticleTitle: title };
  const stated = { PubDate: notice.published, ContentSource: site, Url: notice.path };
  const meta = Object.entries({ ...metas, ...stated }).map(
    ([name, content]) => `<meta name="${name}" content="${content}">`,
  );
  // The charset stands before the first word that needs it.
  return `<!DOCTYPE html>\n<html><head><meta charset="${charset}">${markComment(mark)}${markMeta(mark)}<title>${title}</title>
${meta.join('')}</head>
<body>${markBanner(mark)}<h1>${title}</h1><div class="article-content">${body}</div>
<script>window._CONFIG = { SID: '${SITE_ID}' }; window._CONFIG.DETAIL = ${detail};</script></body></html>`;
}

export function governmentNotice(edits: readonly Edit[]): string {
  const { site, column, title } = GOVERNMENT;
  const paragraphs = GOVERNMENT.paragraphs.map((text) => escapeHtml(applyEdits(text, edits)));
  return detailPage({ charset: 'utf-8', mark: MARK, site, column, title, paragraphs, notice: GOVERNMENT });
}

/**
 * The words of the unrelated notice in GBK: Node has no encoder for it. What they say stands in `GOVERNMENT.other`, and a
 * test reads the one against the other. No character here may end in the byte 0x5C, which JSON would double.
 */
const GBK = {
  mark: '0d3KvtbYvajSs8Pmo6y3x9St0rMgoaQgUmVjb25zdHJ1Y3Rpb24gbWFkZSBmb3IgdGhlIEFzIFBvc3RlZCBkZW1vOyBub3QgdGhlIG9yaWdpbmFsIHBhZ2U=',
  site: 'ueO2q8qhyczO8cz8',
  column: 'zajWqrmruOY=',
  title: 'udjT2r7ZsOzN4sOzxvPStdX+st/Q+72yu+G1xM2o1qo=',
  paragraphs: [
    'zqqw79b6zeLDs8bz0rXBy73izai52LHjwPuhorP2v9rQxdPDsaPP1brN1bm74bK5zPm1yNX+st+jrM7SzPy2qNPaNdTCz8LRrtTauePW3b7ZsOzV/rLf0Pu9srvhoaM=',
    '0Pu9srvhsrvK1ciht9HTw6Osw7+80sbz0rW/ycXJwb3D+7T6se2yzrzTo6zX+c67sLS1x7zHz8i687CyxcWhow==',
    'uPe12MnMzvHW97ncsr/Dxcfrvauxvs2o1qrXqreisb612Mbz0rWhow==',
  ],
} as const;

/** Served in GBK, as many such sites still do. Bytes travel as latin1 letters until the page is whole. */
export function gbkNotice(): Buffer {
  const bytes = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');
  const page = detailPage({
    charset: 'gbk',
    mark: bytes(GBK.mark),
    site: bytes(GBK.site),
    column: bytes(GBK.column),
    title: bytes(GBK.title),
    paragraphs: GBK.paragraphs.map(bytes),
    notice: GOVERNMENT.other,
  });
  return Buffer.from(page, 'latin1');
}
