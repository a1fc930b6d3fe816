/** Signing in and out, and choosing a password with a link. */
import type { Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { AsPostedError } from '../../model/index.js';
import { finishSetUp, newSecret, passwordIs, personNamed } from '../../people/index.js';
import type { Parts } from '../../watch/index.js';
import { type Html, page } from '../pages/layout.js';
import { visible } from '../pages/words.js';
import { STATUS_OF } from '../statuses.js';
import { pathOf, readForm } from './forms.js';
import { type Access, SESSION_COOKIE, VISIT_COOKIE, readCookie } from './index.js';
import { createTries } from './limits.js';
import { sentence } from './refusals.js';
import { asVisitor, formToken, visitor } from './visitor.js';

export function addAccess(app: Hono, parts: Parts, access: Access): void {
  const { settings, clock } = parts;
  const limits = { most: settings['serve.login.most'], withinMs: settings['serve.login.within'] };
  const tries = createTries(limits, () => clock.now().getTime());
  app.get('/login', (context) =>
    withVisit(context, access, () =>
      loginPage({ next: pathOf(context.req.query('next')), name: '', ...doneOf(context) }),
    ),
  );
  app.post('/login', async (context) => {
    const form = await readForm(context);
    const [name, next] = [form.one('name').normalize('NFC').slice(0, 200), pathOf(form.one('next'))];
    const { address } = access.client(context);
    const wait = tries.take(name, address);
    if (wait > 0) return refused(context, 429, loginPage({ next, name, problem: waitWords(wait) }));
    const person = personNamed(await access.accounts.now(), name);
    if (!(await passwordIs(form.raw('password'), person?.password)) || !person)
      return refused(context, 401, loginPage({ next, name, problem: 'Name or password is not right.' }));
    tries.forget(name, address);
    endSession(context, access);
    hold(context, access, { name: SESSION_COOKIE, value: access.sessions.begin(person) });
    return context.redirect(next, 303);
  });
  app.post('/logout', (context) => {
    leave(context, access);
    return context.redirect('/login', 303);
  });
  addSetUp(app, parts, access);
}

function addSetUp(app: Hono, { store, clock }: Parts, access: Access): void {
  app.get('/set-up', (context) =>
    withVisit(context, access, () => setUpPage({ code: context.req.query('code') ?? '' })),
  );
  app.post('/set-up', async (context) => {
    const form = await readForm(context);
    const [code, password] = [form.one('code'), form.raw('password')];
    try {
      if (password !== form.raw('again'))
        throw new AsPostedError({ code: 'BAD_INPUT', message: 'the two passwords are not the same' });
      const change = { storeDir: store.dir, now: clock.now() };
      await finishSetUp({ ...change, lock: (work) => store.database.withLock('people', work) }, code, password);
    } catch (error) {
      if (!(error instanceof AsPostedError) || STATUS_OF[error.code] >= 500) throw error;
      return refused(context, 400, setUpPage({ code, problem: `${sentence(error.message)} ${error.hint ?? ''}` }));
    }
    leave(context, access);
    return context.redirect('/login?done=password', 303);
  });
}

/** The forms here are filled in by nobody yet: a cookie of its own tells this browser from others. */
function withVisit(context: Context, access: Access, make: () => Html): Response | Promise<Response> {
  const who = visitor()?.who;
  if (who?.via === 'open') return context.redirect('/', 303);
  if (who) return context.html(make());
  const visit = readCookie(context, VISIT_COOKIE, access.client(context)) ?? newSecret();
  hold(context, access, { name: VISIT_COOKIE, value: visit });
  return asVisitor({ who: undefined, formToken: access.seals.form(`visit ${visit}`) }, () => context.html(make()));
}

/** Until the browser is closed, or the session ends here: never readable by scripts, never sent along from other sites. */
function hold(context: Context, access: Access, { name, value }: { name: string; value: string }): void {
  const options = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
  if (access.client(context).isEncrypted) setCookie(context, name, value, { ...options, secure: true, prefix: 'host' });
  else setCookie(context, name, value, options);
}

/** Signs out whoever was signed in with this browser. */
function endSession(context: Context, access: Access): void {
  const before = readCookie(context, SESSION_COOKIE, access.client(context));
  if (before !== undefined) access.sessions.end(before);
}

function leave(context: Context, access: Access): void {
  endSession(context, access);
  if (access.client(context).isEncrypted)
    deleteCookie(context, SESSION_COOKIE, { path: '/', secure: true, prefix: 'host' });
  else deleteCookie(context, SESSION_COOKIE, { path: '/' });
}

function refused(context: Context, status: 400 | 401 | 429, body: Html): Response | Promise<Response> {
  return context.html(body, status);
}

function waitWords(waitMs: number): string {
  const minutes = Math.ceil(waitMs / 60_000);
  return `There were too many tries with this name or from this address. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}; until then no password is looked at, the right one neither.`;
}

interface LoginView {
  next: string;
  name: string;
  problem?: string;
  done?: string;
}

const doneOf = (context: Context): { done?: string } =>
  context.req.query('done') === 'password' ? { done: 'The password is set. Sign in with it.' } : {};

const alert = (words: string | undefined): Html | string =>
  words === undefined ? '' : html`<p role="alert">${visible(words)}</p>`;

function loginPage({ next, name, problem, done }: LoginView): Html {
  return page({
    title: 'Sign in',
    body: html`<h1>Sign in</h1>
      ${alert(problem)}${done === undefined ? '' : html`<p role="status">${done}</p>`}
      <form method="post" action="/login" class="stacked">
        ${formToken()}<input type="hidden" name="next" value="${next}" />
        <label>Name <input name="name" value="${name}" autocomplete="username" required /></label>
        <label>Password <input type="password" name="password" autocomplete="current-password" required /></label>
        <button type="submit">Sign in</button>
      </form>
      <p>
        Signed in already, and sent here by a link from elsewhere? <a href="${next}">Go on</a>. A password that is
        forgotten is replaced by a link that an admin makes.
      </p>`,
  });
}

function setUpPage({ code, problem }: { code: string; problem?: string }): Html {
  return page({
    title: 'Choose a password',
    body: html`<h1>Choose a password</h1>
      ${alert(problem)}
      <form method="post" action="/set-up" class="stacked">
        ${formToken()}<input type="hidden" name="code" value="${code}" />
        <label>Password, 12 characters or more <input type="password" name="password" autocomplete="new-password" required /></label>
        <label>The same again <input type="password" name="again" autocomplete="new-password" required /></label>
        <button type="submit">Choose it</button>
      </form>
      <p>Several words in a row are a good one. The link works once.</p>`,
  });
}
