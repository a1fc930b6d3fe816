/** The news article: ordinary markup with JSON-LD, as most news sites have it. */
import { type Edit, applyEdits, escapeHtml, markBanner, markComment, markMeta } from './page-parts.js';
import { NEWS } from './texts.js';

export function newsPage(edits: readonly Edit[]): string {
  const { title, published, paragraphs } = NEWS;
  const data = JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    datePublished: published,
  });
  const body = paragraphs.map((text) => `<p>${escapeHtml(applyEdits(text, edits))}</p>`).join('\n');
  return `<!DOCTYPE html>\n${markComment()}
<html lang="en"><head><meta charset="utf-8">${markMeta()}<title>${escapeHtml(title)}</title>
<meta property="article:published_time" content="${published}"><script type="application/ld+json">${data}</script></head>
<body><header>${markBanner()}</header><main><article><h1>${escapeHtml(title)}</h1>
${body}</article></main></body></html>`;
}
