/** A recognised text as one page of its own: the words marked where they stand, and why. No script, nothing from elsewhere. */
import { escapeHtml } from '../dossier/report/markup.js';
import type { Mention, Recognition } from '../model/index.js';
import type { Catalogue } from '../recognise/index.js';
import { explanation } from './explanation.js';

const STYLE = `body{font:16px/1.7 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
.text{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #aaa;padding:1rem}
mark{color:inherit;background:#e6e6e6;border-bottom:2px solid #888}
.goods{background:#ffe3b8;border-color:#b35c00}.tradeName{background:#ffd3d3;border-color:#a00000}
.organisation,.person{background:#d8e8ff;border-color:#1a56a8}.place{background:#d9f2dd;border-color:#1c7a30}
.legend mark{margin-right:.6rem;padding:.1rem .4rem}li{margin:.3rem 0;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{color:#eee;background:#16181b}mark{background:#3a3a3a}
.goods{background:#5a3a08}.tradeName{background:#5a1616}.organisation,.person{background:#16365a}.place{background:#164a22}}`;

export function recognitionHtml(text: string, found: Recognition, catalogue: Catalogue): string {
  const kinds = [...new Set(found.mentions.map(({ kind }) => kind))].sort();
  const legend = kinds.map((kind) => `<mark class="${kind}">${kind}</mark>`).join('');
  const sentences = explanation(found, catalogue).map((each) => `<li>${escapeHtml(each)}</li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>What the text names</title><style>${STYLE}</style></head><body><main>
<h1>What the text names</h1>
<p class="legend">${legend}</p>
<div class="text" lang="${found.language === 'unknown' ? '' : found.language}">${marked(text, found.mentions)}</div>
<h2>Why</h2>
<ul>
${sentences.join('\n')}
</ul>
</main></body></html>
`;
}

/** Mentions may overlap: the text is cut at all their borders, and each piece is marked by what it is part of, the shortest first. */
function marked(text: string, mentions: readonly Mention[]): string {
  const cuts = [...new Set([0, text.length, ...mentions.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  const byStart = [...mentions].sort((a, b) => a.start - b.start);
  let next = 0;
  let open: Mention[] = [];
  let html = '';
  for (const [at, from] of cuts.entries()) {
    const to = cuts[at + 1];
    if (to === undefined) break;
    for (; next < byStart.length && byStart[next]!.start <= from; next++) open.push(byStart[next]!);
    open = open.filter(({ end }) => end > from);
    const own = [...open].sort((a, b) => a.end - a.start - (b.end - b.start));
    const piece = escapeHtml(text.slice(from, to));
    const title = own.map(({ kind, id }) => `${kind} ${id}`).join('; ');
    html += own.length === 0 ? piece : `<mark class="${own[0]!.kind}" title="${escapeHtml(title)}">${piece}</mark>`;
  }
  return html;
}
