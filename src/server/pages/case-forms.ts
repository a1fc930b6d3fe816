/** What can be put on record of a case. Nothing that was entered is ever changed: who errs enters it again and says so. */
import { html } from 'hono/html';
import type { CaseReport } from '../../case/index.js';
import { boxes, field, form, may } from './forms.js';
import type { Html } from './layout.js';
import { langOfText, visible } from './words.js';

const said = (text: string): Html => html`<span lang="${langOfText(text)}">${visible(text.slice(0, 200))}</span>`;

export function newCaseForm(): Html | string {
  if (!may('analyst')) return '';
  const fields = html`${field({ name: 'title', label: 'Title' })}
  ${field({ name: 'notices', label: 'Notices, by their ids', isOptional: true })}`;
  return html`<section aria-labelledby="new">
    <h2 id="new">Open a case</h2>
    ${form({ action: '/cases', does: 'Open it', fields })}
  </section>`;
}

export function caseForms(report: CaseReport): Html | string {
  if (!may('analyst')) return '';
  const exhibits = report.noticeList.flatMap(({ exhibitList }) => exhibitList.map(({ id }) => id));
  return html`<section aria-labelledby="work">
    <h2 id="work">Put on record</h2>
    <p class="meta">Everything is appended to the log with who and when, and never changed.</p>
    <datalist id="exhibits">
      ${[...new Set([...exhibits, ...report.exhibits])].map((each) => html`<option value="${each}"></option>`)}
    </datalist>
    ${folded('Add a notice, an exhibit or an address', additionForm(report.id))}
    ${folded('Add a claim: who said what', claimForm(report))}
    ${folded('Add a note', statementForm(report.id, 'note'))}
    ${folded('Add a decision', statementForm(report.id, 'decision'))}
    ${folded('Add outreach: who was asked, what came back', outreachForm(report.id))}
  </section>`;
}

const folded = (title: string, body: Html): Html =>
  html`<details>
    <summary>${title}</summary>
    ${body}
  </details>`;

function additionForm(id: string): Html {
  const what = field({ name: 'what', label: 'N-…, E-… or an address (it is captured now, which can take a minute)' });
  const why = field({ name: 'words', label: 'Why it belongs to the case', isOptional: true });
  return form({ action: `/cases/${id}/additions`, does: 'Add it', fields: html`${what}${why}` });
}

function claimForm({ id, claims, noticeList }: CaseReport): Html {
  const others = [
    ...claims.map((each) => [each.id, html`${said(each.speaker)}: “${said(each.words)}”`] as const),
    ...noticeList.map((each) => [each.id, said(each.title ?? each.id)] as const),
  ];
  const fields = html`${field({ name: 'speaker', label: 'Who said it' })}
  ${field({ name: 'words', label: 'The words, as they were said', type: 'words' })}
  ${field({ name: 'speaksFor', label: 'For whom: the body they speak for, or their office', isOptional: true })}
  ${field({ name: 'outlet', label: 'Through whom it was said', isOptional: true })}
  ${field({ name: 'said', label: 'When it was said', isOptional: true, type: 'date' })}
  ${field({ name: 'about', label: 'About what, one word: posting, buyers, product …', isOptional: true })}
  ${field({ name: 'exhibit', label: 'The exhibit in which the words stand', isOptional: true, list: 'exhibits' })}
  ${boxes('It contradicts', 'contradicts', others)}${boxes('It supports', 'supports', others)}`;
  return form({ action: `/cases/${id}/claims`, does: 'Record the claim', fields });
}

function statementForm(id: string, kind: 'note' | 'decision'): Html {
  const fields = html`<input type="hidden" name="kind" value="${kind}" />
    ${field({ name: 'words', label: kind === 'note' ? 'Note' : 'What was decided, and on what it rests', type: 'words' })}
    ${field({ name: 'exhibit', label: 'The exhibit it is about', isOptional: true, list: 'exhibits' })}`;
  return form({ action: `/cases/${id}/statements`, does: `Record the ${kind}`, fields });
}

function outreachForm(id: string): Html {
  const fields = html`<input type="hidden" name="kind" value="outreach" />
    ${field({ name: 'asked', label: 'Who was asked' })}
    ${field({ name: 'askedBy', label: 'Who asked', isOptional: true })}
    ${field({ name: 'words', label: 'What was asked, how and when', type: 'words' })}
    ${field({ name: 'answer', label: 'What came back; nothing so far: leave it empty', isOptional: true, type: 'words' })}`;
  return form({ action: `/cases/${id}/statements`, does: 'Record it', fields });
}
