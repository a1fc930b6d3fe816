/** What can be put on record of a case. Nothing that was entered is ever changed: who errs enters it again and says so. */
import { html } from 'hono/html';
import type { CaseReport } from '../../case/index.js';
import { h, t } from '../messages/index.js';
import { boxes, field, form, may } from './forms.js';
import type { Html } from './layout.js';
import { said } from './said.js';

const short = (text: string): Html => said(text.slice(0, 200));

export function newCaseForm(): Html | string {
  if (!may('analyst')) return '';
  const fields = html`${field({ name: 'title', label: t('cases.title') })}
  ${field({ name: 'notices', label: t('cases.byIds'), isOptional: true })}`;
  return html`<section aria-labelledby="new">
    <h2 id="new">${t('cases.openOne')}</h2>
    ${form({ action: '/cases', does: t('cases.openIt'), fields })}
  </section>`;
}

export function caseForms(report: CaseReport): Html | string {
  if (!may('analyst')) return '';
  const exhibits = report.noticeList.flatMap(({ exhibitList }) => exhibitList.map(({ id }) => id));
  return html`<section aria-labelledby="work">
    <h2 id="work">${t('cases.put')}</h2>
    <p class="meta">${t('cases.forGood')}</p>
    <datalist id="exhibits">
      ${[...new Set([...exhibits, ...report.exhibits])].map((each) => html`<option value="${each}"></option>`)}
    </datalist>
    ${folded(t('cases.addThing'), additionForm(report.id))}
    ${folded(t('cases.addClaim'), claimForm(report))}
    ${folded(t('cases.addNote'), statementForm(report.id, 'note'))}
    ${folded(t('cases.addDecision'), statementForm(report.id, 'decision'))}
    ${folded(t('cases.addOutreach'), outreachForm(report.id))}
  </section>`;
}

const folded = (title: string, body: Html): Html =>
  html`<details>
    <summary>${title}</summary>
    ${body}
  </details>`;

function additionForm(id: string): Html {
  const what = field({ name: 'what', label: t('cases.whatAdded') });
  const why = field({ name: 'words', label: t('cases.whyAdded'), isOptional: true });
  return form({ action: `/cases/${id}/additions`, does: t('cases.addIt'), fields: html`${what}${why}` });
}

function claimForm({ id, claims, noticeList }: CaseReport): Html {
  const others = [
    ...claims.map(
      (each) => [each.id, h('cases.saidBy', { speaker: short(each.speaker), words: short(each.words) })] as const,
    ),
    ...noticeList.map((each) => [each.id, short(each.title ?? each.id)] as const),
  ];
  const fields = html`${field({ name: 'speaker', label: t('cases.whoSaidIt') })}
  ${field({ name: 'words', label: t('cases.wordsSaid'), type: 'words' })}
  ${field({ name: 'speaksFor', label: t('cases.forWhom'), isOptional: true })}
  ${field({ name: 'outlet', label: t('cases.throughWhom'), isOptional: true })}
  ${field({ name: 'said', label: t('cases.whenSaid'), isOptional: true, type: 'date' })}
  ${field({ name: 'about', label: t('cases.aboutWhat'), isOptional: true })}
  ${field({ name: 'exhibit', label: t('cases.inExhibit'), isOptional: true, list: 'exhibits' })}
  ${boxes(t('cases.itContradicts'), 'contradicts', others)}${boxes(t('cases.itSupports'), 'supports', others)}`;
  return form({ action: `/cases/${id}/claims`, does: t('cases.recordClaim'), fields });
}

function statementForm(id: string, kind: 'note' | 'decision'): Html {
  const fields = html`<input type="hidden" name="kind" value="${kind}" />
    ${field({ name: 'words', label: t(kind === 'note' ? 'cases.theNote' : 'cases.theDecision'), type: 'words' })}
    ${field({ name: 'exhibit', label: t('cases.aboutExhibit'), isOptional: true, list: 'exhibits' })}`;
  return form({
    action: `/cases/${id}/statements`,
    does: t(kind === 'note' ? 'cases.recordNote' : 'cases.recordDecision'),
    fields,
  });
}

function outreachForm(id: string): Html {
  const fields = html`<input type="hidden" name="kind" value="outreach" />
    ${field({ name: 'asked', label: t('cases.whoWasAsked') })}
    ${field({ name: 'askedBy', label: t('cases.whoAskedThem'), isOptional: true })}
    ${field({ name: 'words', label: t('cases.whatAsked'), type: 'words' })}
    ${field({ name: 'answer', label: t('cases.whatCame'), isOptional: true, type: 'words' })}`;
  return form({ action: `/cases/${id}/statements`, does: t('cases.recordIt'), fields });
}
