/** Timeline, claims, contradictions and the work of people. */
import type { Markup } from './markup.js';
import { html, mixed, quoted, said, table } from './markup.js';
import { groundsOf } from './summary.js';
import { type Basis, type View, basisMark, timed } from './view.js';

export function timeline(view: View): Markup {
  const rows = view.data.report.timeline.map((line) => {
    const basis: Basis =
      line.basis === 'stated' ? 'stated' : ['note', 'decision', 'outreach'].includes(line.kind) ? 'people' : 'seen';
    return { basis, cells: [timed(line.at), mixed(line.what), basisMark(basis), view.refs({ ...line })] };
  });
  return html`<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>${table({ caption: 'What happened, and which record shows it', header: ['when', 'what', 'how known', 'record'], rows })}${rows.length === 0 ? html`<p>Nothing yet.</p>` : ''}</section>\n`;
}

export function claims(view: View): Markup | string {
  const rows = view.data.report.claims.map((each) => ({
    basis: 'stated',
    cells: [
      each.said === undefined ? `not stated; put on record ${timed(each.at)}` : timed(each.said),
      html`${said(each.speaker)}${each.speaksFor === undefined ? '' : html`, for ${said(each.speaksFor)}`}`,
      html`<blockquote class="short">${said(each.words)}</blockquote>${(each.supports ?? []).map((id) => html`<p class="meta">supports ${id}</p>`)}${(each.contradicts ?? []).map((id) => html`<p class="meta">recorded as contradicting ${id}</p>`)}`,
      said(each.outlet ?? '–'),
      view.refs({ ...each, record: each.id }),
    ],
  }));
  return rows.length === 0
    ? ''
    : html`<section aria-labelledby="claims"><h2 id="claims">Who said what</h2>${table({ caption: 'Claims as attributed; none is ours', header: ['said', 'speaker', 'words', 'through', 'record'], rows })}</section>\n`;
}

export function contradictions(view: View): Markup | string {
  const { contradictions: found, claims: all } = view.data.report;
  if (found.length === 0) return '';
  const side = (id: string, words: string | undefined): Markup => {
    const claim = all.find((each) => each.id === id);
    const who = claim
      ? html`${said(claim.speaker)}${claim.outlet === undefined ? '' : html`, through ${said(claim.outlet)}`}`
      : html`The notice ${id}`;
    return html`<div><p class="meta">${who} ${view.refs(groundsOf(id, all))}</p><blockquote class="short">${said(claim?.words ?? words ?? id)}</blockquote></div>`;
  };
  return html`<section aria-labelledby="contradictions"><h2 id="contradictions">What does not sit together</h2><p>Side by side; which is true is not said here.</p>
${found.map(
  (
    each,
  ) => html`<h3>${each.title} <span class="meta">${each.rule}</span></h3><div class="sides">${side(each.between[0], each.words?.[0])}${side(each.between[1], each.words?.[1])}</div>
${view.says('made', mixed(each.detail), ...each.between.map((id) => groundsOf(id, all)))}`,
)}</section>\n`;
}

export function statements(view: View): Markup | string {
  const rows = view.data.report.statements.map((each) => ({
    basis: 'people',
    cells: [
      timed(each.at),
      each.kind,
      each.asked === undefined
        ? '–'
        : html`${said(each.asked)}${each.askedBy === undefined ? '' : html`, by ${said(each.askedBy)}`}`,
      said(each.words),
      each.answer === undefined ? (each.kind === 'outreach' ? 'no answer on record' : '–') : quoted(each.answer),
      said(each.by),
      view.refs({ ...each, record: each.id }),
    ],
  }));
  return rows.length === 0
    ? ''
    : html`<section aria-labelledby="outreach"><h2 id="outreach">Outreach, decisions and notes</h2>${table({ caption: 'By the people who work on the case', header: ['when', 'kind', 'asked', 'words', 'answer', 'by', 'record'], rows })}</section>\n`;
}
