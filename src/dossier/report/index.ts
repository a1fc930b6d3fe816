/** The reader's page of a dossier: one static HTML file without scripts or anything from elsewhere. Pure. */
import { checkIt, exhibits, leftOut, records } from './evidence.js';
import { Markup, html, isEmpty } from './markup.js';
import { noticeSection } from './notice.js';
import { claims, contradictions, statements, timeline } from './people.js';
import { POLICY, STYLE } from './style.js';
import { summary } from './summary.js';
import { type DossierData, View, basisMark, dated } from './view.js';

export type { DossierData } from './view.js';

/** Every statement of it says how it is known and links to the exhibit or record it rests on, within the bundle. */
export function dossierPage(data: DossierData): string {
  const view = new View(data);
  const { report, created } = data;
  const notices = html`<section aria-labelledby="notices"><h2 class="part" id="notices">The notices</h2>${report.noticeList.map((each) => noticeSection(each, view))}</section>`;
  const sections = [
    ...[summary(view), timeline(view), notices, claims(view), contradictions(view), statements(view)],
    ...[checkIt(view), exhibits(view), records(view), leftOut(view)],
  ].map((each) => (each instanceof Markup ? each : html`${each}`));
  const body = html`<main id="main"><h1>${report.title}</h1>
<p class="meta">Case ${report.id}, opened ${dated(report.at)} by ${report.by}. This dossier was made on ${dated(created)}.</p>
${legend()}${contents(sections)}${sections}</main>`;
  return `<!doctype html>\n${document(report.title, body).text}\n`;
}

function document(title: string, body: Markup): Markup {
  // The style is ours and goes in as it is: its hash is that of the policy.
  const style = new Markup(`<style>${STYLE}</style>`);
  return html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="referrer" content="no-referrer"><title>${title}</title>${style}</head>
<body><a class="skip" href="#main">Skip to content</a>
${body}</body></html>`;
}

function legend(): Markup {
  return html`<div class="box"><p>Each statement says how it is known, and links to the exhibit or record it rests on: ${basisMark('seen')} by a capture or a look of ours; ${basisMark('stated')} by a page, a list or a person, and theirs to answer for; ${basisMark('made')} by rules of the program from what was seen, and open to error; ${basisMark('people')} of this dossier. Words of other languages stand first as they are; Latin letters and English in brackets are aids.</p></div>\n`;
}

/** The headings that are there, in order. */
function contents(sections: readonly Markup[]): Markup {
  const headings = sections
    .filter((each) => !isEmpty(each))
    .flatMap(({ text }) => {
      const found = /<h2(?: class="part")? id="([a-z-]+)">([^<]*)<\/h2>/.exec(text);
      return found ? [html`<li><a href="#${found[1]}">${found[2]}</a></li>`] : [];
    });
  return html`<nav aria-label="Contents"><ul>${headings}</ul></nav>\n`;
}
