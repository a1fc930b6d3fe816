/** What findings are worth: three buttons on each, and what was said. The answers are those people know from other tools: y, n, h. */
import { html } from 'hono/html';
import type { NoticeDocument, TriageRow } from '../../store/index.js';
import { formToken } from '../access/visitor.js';
import { hiddenName, may } from './forms.js';
import type { Html } from './layout.js';
import { readable, visible } from './words.js';

export type TriageMap = ReadonlyMap<string, TriageRow>;
type Known = Pick<NoticeDocument, 'id' | 'presence' | 'revisions'>;

/** Whether more is known of the notice than when somebody judged it: then that is a finding of its own. */
const isOutdated = ({ record }: TriageRow, { presence, revisions }: Known): boolean =>
  record.presence !== presence || record.revisions < revisions;

/** `undecided` where nobody judged what is known now. */
export function worthOf(rows: TriageMap, notice: Known): string {
  const row = rows.get(notice.id);
  return row && !isOutdated(row, notice) ? row.record.verdict : 'undecided';
}

const BUTTONS = [
  ['matters', 'y: matters'],
  ['noise', 'n: noise'],
  ['unsure', 'h: unsure'],
] as const;

/** `back`: the page to come back to. */
export function triageForms(rows: TriageMap, notice: Known, back: string): Html | string {
  const row = rows.get(notice.id);
  const verdict = worthOf(rows, notice);
  const words =
    row === undefined
      ? ''
      : html`<span>${verdict === 'undecided' ? `${row.record.verdict} before more was known` : row.record.verdict}, by
        ${visible(row.record.by)} on ${readable(row.record.at)}</span>`;
  if (!may('analyst')) return words === '' ? '' : html`<p class="triage">${words}</p>`;
  const button = ([value, name]: readonly [string, string]): Html =>
    html`<button type="submit" name="verdict" value="${value}" data-key="${name[0]!}" ${value === verdict ? html`aria-pressed="true"` : ''}>${name}</button>`;
  return html`<form method="post" action="/notices/${notice.id}/triage" class="triage" aria-label="What this finding is worth">
    ${formToken()}${hiddenName()}<input type="hidden" name="back" value="${back}" />${words}
    ${[...BUTTONS, ...(verdict === 'undecided' ? [] : [['undone', 'u: undo'] as const])].map(button)}
  </form>`;
}
