import { html } from 'hono/html';
import type { CaseReport } from '../../case/index.js';
import type { CaseDocument, ListVersionRow } from '../../store/index.js';
import { caseForms, newCaseForm } from './case-forms.js';
import { dossierLink } from './dossier-page.js';
import { status } from './forms.js';
import { type Html, page, table } from './layout.js';
import { langOfText, readable, visible } from './words.js';

const said = (text: string): Html => html`<span lang="${langOfText(text)}">${visible(text)}</span>`;

/** The records that prove a line. What a person typed as exhibit is linked only when it is the name of one. */
function proof({ exhibit, record, logIndex }: { exhibit?: string; record?: string; logIndex?: number }): Html {
  const parts = [exhibit, record, logIndex === undefined ? undefined : `log ${logIndex}`];
  return html`${parts
    .filter((part) => part !== undefined)
    .map((part) =>
      /^E-[0-9A-Z]+$/.test(part)
        ? html`<a class="id" href="/exhibits/${part}">${part}</a> `
        : html`<span class="id">${visible(part)}</span> `,
    )}`;
}

export function casesPage(cases: readonly CaseDocument[], { done }: { done?: string } = {}): Html {
  const rows = cases.map((each) => [
    html`<a href="/cases/${each.id}">${visible(each.title)}</a>`,
    readable(each.at),
    visible(each.by),
    String(each.claims.length),
    String(each.notices.length),
  ]);
  return page({
    title: 'Cases',
    json: '/api/v1/cases',
    current: 'cases',
    body: html`${status(done)}<h1>Cases</h1>
      ${rows.length === 0 ? html`<p>No cases yet: <code>asposted case new TITLE --notice ID</code>.</p>` : table({ caption: 'Cases', header: ['case', 'opened', 'by', 'claims', 'notices'], rows })}${rows.length === 0 ? '' : html`<p><a href="/cases.csv">As a table (CSV)</a></p>`}${newCaseForm()}`,
  });
}

export function casePage(report: CaseReport, { done }: { done?: string } = {}): Html {
  const { id, title, by, at, timeline } = report;
  return page({
    title,
    json: `/api/v1/cases/${id}`,
    current: 'cases',
    body: html`${status(done)}<h1>${visible(title)}</h1>
      <p class="meta">Opened ${readable(at)} by ${visible(by)} <span class="id">${id}</span></p>
      ${dossierLink(id)}${belongings(report)}
      <section>
        <h2>Timeline</h2>
        ${table({ caption: 'Made from evidence', header: ['when', 'what', 'basis', 'record'], rows: timeline.map((line) => [readable(line.at), said(line.what), line.basis === 'seen' ? 'seen by us' : 'stated by a source', proof(line)]) })}
      </section>
      ${claimTable(report)}${contradictionList(report)}${statementTables(report)}${caseForms(report)}`,
  });
}

function belongings({ noticeList, exhibits, statements }: CaseReport): Html {
  const addedBy = (id: string): string => {
    const record = statements.find(({ kind, about }) => kind === 'added' && about?.includes(id) === true);
    return record ? `; added ${readable(record.at)} by ${visible(record.by)}` : '';
  };
  return html`<section>
    <h2>Notices</h2>
    <ul>
      ${noticeList.map((each) => html`<li><a href="/notices/${each.id}">${said(each.title ?? each.id)}</a>, ${said(each.account?.name ?? 'account not stated')}, ${each.presence}${addedBy(each.id)}</li>`)}
      ${exhibits.map((each) => html`<li>Exhibit <a class="id" href="/exhibits/${each}">${each}</a>${addedBy(each)}</li>`)}
    </ul>
  </section>`;
}

function claimTable({ claims }: CaseReport): Html {
  const bearing = ({ supports = [], contradicts = [] }: CaseReport['claims'][number]): Html =>
    html`${supports.map((each) => html`<div>supports <span class="id">${visible(each)}</span></div>`)}
    ${contradicts.map((each) => html`<div>contradicts <span class="id">${visible(each)}</span></div>`)}`;
  const rows = claims.map((each) => [
    each.said ?? 'not stated',
    said(each.speaker),
    said(each.speaksFor ?? '–'),
    visible(each.outlet ?? '–'),
    html`<blockquote>${said(each.words)}</blockquote>`,
    proof(each.exhibit === undefined ? {} : { exhibit: each.exhibit }),
    bearing(each),
    html`${visible(each.by ?? '')}, ${readable(each.at)} ${proof({ record: each.id, logIndex: each.logIndex })}`,
  ]);
  const header = ['said', 'speaker', 'for', 'through', 'words', 'exhibit', 'bears on', 'entered by'];
  return html`<section>
    <h2>Who said what</h2>
    ${rows.length === 0 ? html`<p>No claims were entered.</p>` : table({ caption: 'Claims as attributed; none is ours', header, rows })}
  </section>`;
}

function contradictionList({ claims, contradictions, noticeList }: CaseReport): Html {
  const words = new Map(claims.map((each) => [each.id, `${each.speaker}: “${each.words}”`]));
  const titles = new Map(noticeList.map((each) => [each.id, each.title ?? each.id]));
  const nameOf = (key: string): Html =>
    key.startsWith('N-')
      ? html`<a href="/notices/${key}">${said(titles.get(key) ?? key)}</a>`
      : said(words.get(key) ?? key);
  return html`<section>
    <h2>What does not sit together</h2>
    ${
      contradictions.length === 0
        ? html`<p>No two claims contradict each other by the rules applied.</p>`
        : contradictions.map(
            (each) =>
              html`<h3>${each.title} <span class="id">${each.rule}</span></h3>
                <div class="sides">
                  <blockquote>${nameOf(each.between[0])}</blockquote>
                  <blockquote>${nameOf(each.between[1])}</blockquote>
                </div>
                <p>${said(each.detail)}</p>`,
          )
    }
    <p>Which is true is not said here.</p>
  </section>`;
}

function statementTables({ statements }: CaseReport): Html {
  const outreach = statements
    .filter(({ kind }) => kind === 'outreach')
    .map((each) => [
      readable(each.at),
      said(each.asked ?? '–'),
      said(each.words),
      said(each.answer ?? 'nothing so far'),
      html`${visible(each.by)} ${each.askedBy === undefined ? '' : html`(asked by ${said(each.askedBy)})`}`,
      proof({ record: each.id, logIndex: each.logIndex }),
    ]);
  const rest = statements
    .filter(({ kind }) => kind === 'note' || kind === 'decision')
    .map((each) => [
      readable(each.at),
      each.kind,
      said(each.words),
      visible(each.by),
      proof({
        ...(each.exhibit === undefined ? {} : { exhibit: each.exhibit }),
        record: each.id,
        logIndex: each.logIndex,
      }),
    ]);
  return html`<section>
      <h2>Who was asked</h2>
      ${outreach.length === 0 ? html`<p>Nobody yet.</p>` : table({ caption: 'Outreach', header: ['when', 'asked', 'what', 'answer', 'by', 'record'], rows: outreach })}
    </section>
    <section>
      <h2>Notes and decisions</h2>
      ${rest.length === 0 ? html`<p>None yet.</p>` : table({ caption: 'By the people working on the case', header: ['when', 'kind', 'words', 'by', 'record'], rows: rest })}
    </section>`;
}

export function listsPage(versions: readonly ListVersionRow[]): Html {
  const rows = [...versions]
    .reverse()
    .map(({ record, logIndex }) => [
      record.list,
      record.publishedAt,
      String(record.entries),
      visible(record.origin),
      String(logIndex),
      html`<code>${record.content}</code>`,
    ]);
  return page({
    title: 'Lists',
    json: '/api/v1/lists',
    current: 'lists',
    body: html`<h1>Lists</h1>
      ${rows.length === 0 ? html`<p>No list is held, so no name can be asked: <code>asposted lists update us_ofac_sdn</code>.</p>` : table({ caption: 'Versions held, newest first', header: ['list', 'published', 'entries', 'from', 'log', 'SHA-256'], rows })}${rows.length === 0 ? '' : html`<p><a href="/lists.csv">As a table (CSV)</a></p>`}`,
  });
}
