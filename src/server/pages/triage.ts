/** What findings are worth: three buttons on each, and what was said. The answers are those people know from other tools: y, n, h. */
import { html } from 'hono/html';
import type { NoticeDocument, TriageRow } from '../../store/index.js';
import { formToken } from '../access/visitor.js';
import { h, t } from '../messages/index.js';
import { hiddenName, may } from './forms.js';
import type { Html } from './layout.js';
import { readable, visible } from './words.js';

export type TriageMap = ReadonlyMap<string, TriageRow>;
type Known = Pick<NoticeDocument, 'id' | 'presence' | 'revisions'>;

/** Whether more is known of the notice than when somebody judged it: then that is a finding of its own. */
const isOutdated = ({ record }: TriageRow, { presence, revisions }: Known): boolean =>
  record.presence !== presence || record.revisions < revisions;

/** What was taken back is not among the newest; were it, it would be as if nobody had said a thing. */
const saidOf = ({ record }: TriageRow): 'undecided' | 'matters' | 'noise' | 'unsure' =>
  record.verdict === 'undone' ? 'undecided' : record.verdict;

/** `undecided` where nobody judged what is known now. */
export function worthOf(rows: TriageMap, notice: Known): 'undecided' | 'matters' | 'noise' | 'unsure' {
  const row = rows.get(notice.id);
  return row && !isOutdated(row, notice) ? saidOf(row) : 'undecided';
}

const BUTTONS = [
  ['matters', 'y', 'inbox.pressMatters'],
  ['noise', 'n', 'inbox.pressNoise'],
  ['unsure', 'h', 'inbox.pressUnsure'],
] as const;
const UNDO = ['undone', 'u', 'inbox.pressUndo'] as const;

/** `back`: the page to come back to. */
export function triageForms(rows: TriageMap, notice: Known, back: string): Html | string {
  const row = rows.get(notice.id);
  const verdict = worthOf(rows, notice);
  const words =
    row === undefined
      ? ''
      : html`<span>${h(verdict === 'undecided' ? 'inbox.worthBefore' : 'inbox.worthBy', {
          ...{ verdict: t(`inbox.${saidOf(row)}`), name: visible(row.record.by), when: readable(row.record.at) },
        })}</span>`;
  if (!may('analyst')) return words === '' ? '' : html`<p class="triage">${words}</p>`;
  const button = ([value, key, words]: (typeof BUTTONS)[number] | typeof UNDO): Html =>
    html`<button type="submit" name="verdict" value="${value}" data-key="${key}" ${value === verdict ? html`aria-pressed="true"` : ''}>${t(words)}</button>`;
  return html`<form method="post" action="/notices/${notice.id}/triage" class="triage" aria-label="${t('inbox.worthLabel')}">
    ${formToken()}${hiddenName()}<input type="hidden" name="back" value="${back}" />${words}
    ${[...BUTTONS, ...(verdict === 'undecided' ? [] : [UNDO])].map(button)}
  </form>`;
}
