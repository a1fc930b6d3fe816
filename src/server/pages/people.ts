/** Accounts, for admins: who may come in, with which role, tokens, and the trail of every change. */
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { AsPostedError, isDay } from '../../model/index.js';
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
import { field, form, status } from './forms.js';
import { type Html, page, table } from './layout.js';
import { readable, visible } from './words.js';

export function addPeople(app: Hono, { store, clock, settings }: Parts, access: Access): void {
  const change = (context: Context): ChangeContext => {
    const { name } = context.get('who');
    // Without accounts whoever reaches the port would make themselves admin; the first one is made by whoever owns the store.
    if (name === undefined)
      throw new AsPostedError({
        code: 'NOT_ALLOWED',
        message: 'there are no accounts',
        hint: 'The first one is made at the command line: `asposted people add NAME --role admin`.',
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
    return { value, words: `The link for ${name}, for three days and once. Give it to nobody else:` };
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
    return show(context, { value: token, words: `A token for ${sent.one('name')}. It is not shown again:` });
  });
  app.post('/people/role', async (context) => {
    const sent = await readForm(context);
    await setRole(change(context), sent.one('name'), roleOf(sent.one('role')));
    return context.redirect('/people?done=person', 303);
  });
  app.post('/people/remove', async (context) => {
    const { people } = await access.accounts.now();
    if (people.length === 1)
      throw new AsPostedError({
        code: 'USAGE',
        message: 'without this account there would be none, and nobody could sign in',
        hint: 'At the command line: `asposted people remove NAME`.',
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
  throw new AsPostedError({ code: 'USAGE', message: 'this is no role', hint: `Roles: ${ROLES.join(', ')}.` });
}

function until(day: string): { expires?: string } {
  if (day === '') return {};
  if (isDay(day)) return { expires: `${day}T23:59:59Z` };
  throw new AsPostedError({ code: 'USAGE', message: 'this is no day', hint: 'Write it as 2027-01-31.' });
}

/** Shown in the answer to the form and nowhere else: an address with it would stand in the browser’s history. */
interface Secret {
  value: string;
  words: string;
}

interface PeopleView {
  people: readonly Person[];
  trail: readonly TrailLine[];
  done: string | undefined;
  secret: Secret | undefined;
}

function peoplePage({ people, trail, done, secret }: PeopleView): Html {
  const rows = people.map((each) => [
    visible(each.name),
    roleForm(each),
    passwordOf(each),
    tokensOf(each),
    endForm(each),
  ]);
  const lines = [...trail]
    .reverse()
    .map((each) => [readable(each.at), visible(each.by), each.did, visible(each.person), visible(each.detail ?? '')]);
  return page({
    title: 'People',
    current: 'people',
    body: html`<h1>People</h1>
      ${status(done)}${secret === undefined ? '' : html`<div role="status" class="box"><p>${visible(secret.words)}</p><p><code>${secret.value}</code></p></div>`}
      ${people.length === 0 ? html`<p>No accounts: this machine alone is answered. The first one: <code>asposted people add NAME --role admin</code>.</p>` : table({ caption: 'Accounts', header: ['name', 'role', 'password', 'tokens', 'end'], rows })}
      ${people.length === 0 ? '' : addForm()}
      <section aria-labelledby="trail">
        <h2 id="trail">Trail</h2>
        <p>Every change of accounts, newest first. Each line holds the hash of the one before it, so that none can be changed or taken out unseen.</p>
        ${table({ caption: 'Changes', header: ['when', 'by', 'did', 'person', 'detail'], rows: lines })}
      </section>`,
  });
}

function addForm(): Html {
  const add = html`${field({ name: 'name', label: 'Name' })}<label>Role ${roles('reader')}</label>`;
  return html`<section aria-labelledby="add">
        <h2 id="add">Add somebody</h2>
        ${form({ action: '/people', does: 'Add, and make a link to choose a password', fields: add })}
      </section>`;
}

const roles = (chosen: Role): Html =>
  html`<select name="role" aria-label="Role">
    ${ROLES.map((each) => html`<option value="${each}" ${each === chosen ? 'selected' : ''}>${each}</option>`)}
  </select>`;

const about = (name: string): Html => html`${formToken()}<input type="hidden" name="name" value="${name}" />`;

const roleForm = ({ name, role }: Person): Html =>
  html`<form method="post" action="/people/role">${about(name)}${roles(role)} <button type="submit">Change</button></form>`;

const passwordOf = ({ name, password }: Person): Html =>
  html`<form method="post" action="/people/password">
    ${about(name)}${password ? 'set' : 'not yet'} <button type="submit">New link</button>
  </form>`;

const endForm = ({ name }: Person): Html =>
  html`<details>
    <summary>End</summary>
    <form method="post" action="/people/remove">${about(name)}<button type="submit">End the account of ${visible(name)}</button></form>
  </details>`;

const tokensOf = ({ name, tokens }: Person): Html =>
  html`<ul>
      ${tokens.map(
        ({ id, label, expires }) =>
          html`<li>
            <form method="post" action="/people/revoke">
              ${formToken()}<input type="hidden" name="token" value="${id}" /><span class="id">${id}</span>
              ${visible(label)}${expires === undefined ? '' : ` until ${expires.slice(0, 10)}`}
              <button type="submit">Revoke</button>
            </form>
          </li>`,
      )}
    </ul>
    <details>
      <summary>New token</summary>
      <form method="post" action="/people/token" class="stacked">
        ${about(name)}${field({ name: 'label', label: 'What it is for', isOptional: true })}${field({ name: 'expires', label: 'Last day', isOptional: true, type: 'date' })}
        <button type="submit">Make it</button>
      </form>
    </details>`;
