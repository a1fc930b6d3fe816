/** Pieces of forms: plain ones, that work without scripts. Each carries the token of the session it is shown to. */
import { html } from 'hono/html';
import { type Role, includesRole } from '../../people/index.js';
import { formToken, visitor } from '../access/visitor.js';
import { type MessageKey, t } from '../messages/index.js';
import type { Html } from './layout.js';

/** Whether whoever looks at the page may do what wants this role; nobody may, outside of a request. */
export function may(role: Role): boolean {
  const who = visitor()?.who;
  return who !== undefined && includesRole(who.role, role);
}

export interface FormParts {
  action: string;
  /** What is done, as it stands on the button. */
  does: string;
  fields: Html;
}

export function form({ action, does, fields }: FormParts): Html {
  return html`<form method="post" action="${action}" class="stacked">
    ${formToken()}${fields}${nameField()}<button type="submit">${does}</button>
  </form>`;
}

/** Where there are no accounts a name is typed, and remembered by the browser. */
function nameField(): Html | string {
  const name = visitor()?.nameToType;
  return name === undefined
    ? ''
    : html`<label>${t('common.nameInLog')} <input name="by" value="${name}" maxlength="80" required /></label>`;
}

/** The name goes along unseen, with forms that are only buttons. */
export function hiddenName(): Html | string {
  const name = visitor()?.nameToType;
  return name === undefined ? '' : html`<input type="hidden" name="by" value="${name}" />`;
}

export interface Field {
  name: string;
  label: string;
  value?: string;
  /** It may stay empty. */
  isOptional?: boolean;
  type?: 'text' | 'date' | 'words';
  /** Values to choose from, beside what one types. */
  list?: string;
}

export function field({ name, label, value = '', isOptional = false, type = 'text', list }: Field): Html {
  const required = isOptional ? '' : html`required`;
  const words = isOptional ? html`<span>${label} <span class="meta">${t('common.mayBeEmpty')}</span></span>` : label;
  if (type === 'words')
    return html`<label>${words} <textarea name="${name}" rows="3" maxlength="20000" ${required}>${value}</textarea></label>`;
  return html`<label>${words}
    <input type="${type}" name="${name}" value="${value}" maxlength="4000" ${list === undefined ? '' : html`list="${list}"`} ${required}
  /></label>`;
}

/** Several of what is there. */
export function boxes(
  legend: string,
  name: string,
  choices: readonly (readonly [value: string, words: Html])[],
  { areChecked = false } = {},
): Html | string {
  if (choices.length === 0) return '';
  return html`<fieldset>
    <legend>${legend}</legend>
    ${choices.map(([value, words]) => html`<label class="choice"><input type="checkbox" name="${name}" value="${value}" ${areChecked ? 'checked' : ''} /> ${words}</label>`)}
  </fieldset>`;
}

const DONE: Readonly<Record<string, MessageKey>> = {
  case: 'common.doneCase',
  added: 'common.doneAdded',
  claim: 'common.doneClaim',
  words: 'common.doneWords',
  note: 'common.doneNote',
  decision: 'common.doneDecision',
  outreach: 'common.doneOutreach',
  matters: 'common.doneMatters',
  noise: 'common.doneNoise',
  unsure: 'common.doneUnsure',
  undone: 'common.doneUndone',
  person: 'common.donePerson',
  published: 'common.donePublished',
  withdrawn: 'common.doneWithdrawn',
};

/** What the page before did, in words of ours: the address only names it. */
export function status(done: string | undefined): Html | string {
  return done === undefined || !Object.hasOwn(DONE, done)
    ? ''
    : html`<p role="status" class="done">${t(DONE[done]!)}</p>`;
}
