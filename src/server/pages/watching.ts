/** One field for whatever somebody has: an address is captured now, or watched from now on. And what may be done with a source. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { AsPostedError } from '../../model/index.js';
import { type Parts, captureAddress, setSourceState, watchAddress } from '../../watch/index.js';
import { readForm } from '../access/forms.js';
import { formToken } from '../access/visitor.js';
import { fullId } from '../ids.js';
import { t } from '../messages/index.js';
import { may } from './forms.js';
import type { Html } from './layout.js';

export function addWatching(app: Hono, parts: Parts): void {
  app.post('/captures', async (context) => {
    const notice = await captureAddress(parts, (await readForm(context)).one('address'));
    return context.redirect(`/notices/${notice}?done=captured`, 303);
  });
  app.post('/sources', async (context) => {
    const source = await watchAddress(parts, (await readForm(context)).one('address'));
    return context.redirect(`/sources/${source}?done=active`, 303);
  });
  app.post('/sources/:id/state', async (context) => {
    const id = await fullId(parts.store.database, context.req.param('id'), 'S');
    const to = (await readForm(context)).one('to');
    const state = STATES.find((each) => each === to);
    if (!state) throw new AsPostedError({ code: 'USAGE', message: `a source is ${STATES.join(', ')}` });
    await setSourceState(parts, id, state);
    return context.redirect(`/sources/${id}?done=${state}`, 303);
  });
}

/** Capturing is an analyst's, watching an editor's business: it asks others again and again. */
export function addressForm(): Html | string {
  if (!may('analyst')) return '';
  const watch = may('editor') ? html`<button type="submit" formaction="/sources">${t('watching.watch')}</button>` : '';
  return html`<form method="post" action="/captures" class="address">
    ${formToken()}<label>${t('watching.address')}
      <input type="url" name="address" maxlength="4000" required /></label
    ><button type="submit">${t('watching.capture')}</button>${watch}
    <span class="meta">${t('watching.meta')}</span>
  </form>`;
}

const STATES = ['active', 'paused', 'removed'] as const;
const WORDS = { active: 'watching.resume', paused: 'watching.pause', removed: 'watching.remove' } as const;

/** What its state may be changed to. */
export function stateForm({ id, state }: { id: string; state: string }): Html | string {
  if (!may('editor')) return '';
  const buttons = STATES.filter((each) => each !== state).map(
    (each) => html`<button type="submit" name="to" value="${each}">${t(WORDS[each])}</button>`,
  );
  return html`<form method="post" action="/sources/${id}/state" class="actions">
    ${formToken()}${buttons} <span class="meta">${t('watching.kept')}</span>
  </form>`;
}
