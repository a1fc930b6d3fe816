/** Accounts, for admins: who may come in, with which role, tokens, and the trail of every change. */
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { isDay } from '../../model/index.js';
import {
  type ChangeContext,
  type Person,
  ROLES,
  type Role,
  type TrailLine,
  addPerson,
  addToken,
  beginSetUp,
  isRole,
  readTrail,
  removePerson,
  revokeToken,
  setRole,
} from '../../people/index.js';
import type { Parts } from '../../watch/index.js';
import { readForm } from '../access/forms.js';
import type { Access } from '../access/index.js';
import { formToken } from '../access/visitor.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { SpokenError } from '../spoken-error.js';
import { field, form, status } from './forms.js';
import { type Html, page, table } from './layout.js';
import { asIs, said } from './said.js';
import { readable } from './words.js';

export function addPeople(app: Hono, { store, clock, settings }: Parts, access: Access): void {
  const change = (context: Context): ChangeContext => {
    const { name } = context.get('who');
    // Without accounts whoever reaches the port would make themselves admin; the first one is made by whoever owns the store.
    if (name === undefined)
      throw new SpokenError({
        code: 'NOT_ALLOWED',
        message: t('people.noAccounts'),
        hint: t('people.firstOne', { command: `\`${FIRST}\`` }),
      });
    const lock: ChangeContext['lock'] = (work) => store.database.withLock('people', work);
    return { storeDir: store.dir, now: clock.now(), by: name, lock };
  };
  const show = async (context: Context, secret?: Secret): Promise<Response> => {
    const { people } = await access.accounts.now();
    const done = context.req.query('done');
    return context.html(peoplePage({ people, trail: await readTrail(store.dir), done, secret }));
  };
  const linkFor = async (context: Context, name: string): Promise<Secret> => {
    const origin = settings['alert.pages'].replace(/\/$/, '') || `http://${settings['serve.listen']}`;
    const value = `${origin}/set-up?code=${await beginSetUp(change(context), name)}`;
    return { value, words: h('people.linkFor', { name: asIs(name) }) };
  };
  app.get('/people', (context) => show(context));
  app.post('/people', async (context) => {
    const sent = await readForm(context);
    const name = sent.one('name').normalize('NFC');
    await addPerson(change(context), name, roleOf(sent.one('role')));
    return show(context, await linkFor(context, name));
  });
  app.post('/people/password', async (context) =>
    show(context, await linkFor(context, (await readForm(context)).one('name'))),
  );
  app.post('/people/token', async (context) => {
    const sent = await readForm(context);
    const { token } = await addToken(change(context), sent.one('name'), {
      label: sent.one('label').slice(0, 200),
      ...until(sent.one('expires')),
    });
    return show(context, { value: token, words: h('people.tokenFor', { name: asIs(sent.one('name')) }) });
  });
  app.post('/people/role', async (context) => {
    const sent = await readForm(context);
    await setRole(change(context), sent.one('name'), roleOf(sent.one('role')));
    return context.redirect('/people?done=person', 303);
  });
  app.post('/people/remove', async (context) => {
    const { people } = await access.accounts.now();
    if (people.length === 1)
      throw new SpokenError({
        code: 'USAGE',
        message: t('people.lastOne'),
        hint: t('people.atCommand', { command: '`asposted people remove NAME`' }),
      });
    await removePerson(change(context), (await readForm(context)).one('name'));
    return context.redirect('/people?done=person', 303);
  });
  app.post('/people/revoke', async (context) => {
    await revokeToken(change(context), (await readForm(context)).one('token'));
    return context.redirect('/people?done=person', 303);
  });
}

function roleOf(text: string): Role {
  if (isRole(text)) return text;
  const roles = ROLES.map((each) => t(`common.${each}`)).join(', ');
  throw new SpokenError({ code: 'USAGE', message: t('people.noRole'), hint: t('people.rolesAre', { roles }) });
}

function until(day: string): { expires?: string } {
  if (day === '') return {};
  if (isDay(day)) return { expires: `${day}T23:59:59Z` };
  const message = t('access.noDay', { what: day.slice(0, 40) });
  throw new SpokenError({ code: 'USAGE', message, hint: t('access.dayHint') });
}

/** Shown in the answer to the form and nowhere else: an address with it would stand in the browser’s history. */
interface Secret {
  value: string;
  words: Html;
}

interface PeopleView {
  people: readonly Person[];
  trail: readonly TrailLine[];
  done: string | undefined;
  secret: Secret | undefined;
}

function peoplePage({ people, trail, done, secret }: PeopleView): Html {
  const rows = people.map((each) => [asIs(each.name), roleForm(each), passwordOf(each), tokensOf(each), endForm(each)]);
  const lines = [...trail].reverse().map(trailRow);
  const shown =
    secret && html`<div role="status" class="box"><p>${secret.words}</p><p><code>${secret.value}</code></p></div>`;
  const none = html`<p>${h('people.none', { command: html`<code>${FIRST}</code>` })}</p>`;
  return page({
    title: t('common.people'),
    current: 'people',
    body: html`<h1>${t('common.people')}</h1>
      ${status(done)}${shown ?? ''}
      ${people.length === 0 ? none : table({ caption: t('people.accounts'), header: ACCOUNTS.map((each) => t(each)), rows })}
      ${people.length === 0 ? '' : addForm()}
      <section aria-labelledby="trail">
        <h2 id="trail">${t('people.trail')}</h2>
        <p>${t('people.trailWhy')}</p>
        ${table({ caption: t('people.changes'), header: TRAIL.map((each) => t(each)), rows: lines })}
      </section>`,
  });
}

const FIRST = 'asposted people add NAME --role admin';
const ACCOUNTS = ['people.name', 'people.role', 'people.password', 'people.tokens', 'people.end'] as const;
const TRAIL = ['people.when', 'people.by', 'people.did', 'people.person', 'people.detail'] as const;

/** What was added or changed is a role; else the detail is the id of a token. */
function trailRow({ at, by, did, person, detail = '' }: TrailLine): (Html | string)[] {
  const what = isRole(detail) ? t(`common.${detail}`) : html`<span class="id">${detail}</span>`;
  return [readable(at), asIs(by), t(DID[did]), asIs(person), detail === '' ? '' : what];
}

const DID = {
  added: 'people.didAdded',
  role: 'people.didRole',
  removed: 'people.didRemoved',
  'set-up': 'people.didSetUp',
  password: 'people.didPassword',
  token: 'people.didToken',
  revoked: 'people.didRevoked',
} as const satisfies Record<TrailLine['did'], MessageKey>;

function addForm(): Html {
  const add = html`${field({ name: 'name', label: t('people.theName') })}<label>${t('people.theRole')} ${roles('reader')}</label>`;
  return html`<section aria-labelledby="add">
        <h2 id="add">${t('people.add')}</h2>
        ${form({ action: '/people', does: t('people.addIt'), fields: add })}
      </section>`;
}

const roles = (chosen: Role): Html =>
  html`<select name="role" aria-label="${t('people.theRole')}">
    ${ROLES.map((each) => html`<option value="${each}" ${each === chosen ? 'selected' : ''}>${t(`common.${each}`)}</option>`)}
  </select>`;

const about = (name: string): Html => html`${formToken()}<input type="hidden" name="name" value="${name}" />`;

const roleForm = ({ name, role }: Person): Html =>
  html`<form method="post" action="/people/role">${about(name)}${roles(role)} <button type="submit">${t('people.change')}</button></form>`;

const passwordOf = ({ name, password }: Person): Html =>
  html`<form method="post" action="/people/password">
    ${about(name)}${t(password ? 'people.isSet' : 'people.notYet')} <button type="submit">${t('people.newLink')}</button>
  </form>`;

const endForm = ({ name }: Person): Html =>
  html`<details>
    <summary>${t('people.endIt')}</summary>
    <form method="post" action="/people/remove">${about(name)}<button type="submit">${h('people.endOf', { name: asIs(name) })}</button></form>
  </details>`;

const tokensOf = ({ name, tokens }: Person): Html =>
  html`<ul>
      ${tokens.map(
        ({ id, label, expires }) =>
          html`<li>
            <form method="post" action="/people/revoke">
              ${formToken()}<input type="hidden" name="token" value="${id}" /><span class="id">${id}</span>
              ${expires === undefined ? said(label) : h('people.until', { label: said(label), day: expires.slice(0, 10) })}
              <button type="submit">${t('people.revoke')}</button>
            </form>
          </li>`,
      )}
    </ul>
    <details>
      <summary>${t('people.newToken')}</summary>
      <form method="post" action="/people/token" class="stacked">
        ${about(name)}${field({ name: 'label', label: t('people.whatFor'), isOptional: true })}${field({ name: 'expires', label: t('people.lastDay'), isOptional: true, type: 'date' })}
        <button type="submit">${t('people.makeIt')}</button>
      </form>
    </details>`;
