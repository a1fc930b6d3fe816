/** "Who are you", "you may not" and "not so fast": as a page for people, as a problem document (RFC 9457) for programs. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { AsPostedError } from '../../model/index.js';
import { page } from '../pages/layout.js';
import { visible } from '../pages/words.js';
import { problem } from '../problems.js';
import { STATUS_OF } from '../statuses.js';
import type { Least } from './routes.js';
import type { Who } from './visitor.js';

export interface Asked {
  kind: 'page' | 'api' | 'feed' | 'wire';
  /** Undefined: the table does not know the route. */
  least: Least | undefined;
}

type Answer = Response | Promise<Response>;

/** People are led to the login; programs are told how to say who they are. */
export function challenge(context: Context, { kind }: Asked, hasAccounts: boolean): Answer {
  if (!hasAccounts) {
    const message = 'there are no accounts, and you do not ask from this machine';
    const error = new AsPostedError({ code: 'NOT_ALLOWED', message, hint: 'On the server: `asposted people add`.' });
    return kind === 'page' ? problemPage(context, error) : problem(context, error);
  }
  const { method, path, url } = context.req;
  if (kind === 'page' && method === 'GET') {
    const next = path + new URL(url).search;
    return context.redirect(`/login?${new URLSearchParams({ next }).toString()}`, 303);
  }
  const error = new AsPostedError({
    code: 'NOT_SIGNED_IN',
    message: kind === 'page' ? 'you are not signed in any more' : 'this wants a token, and got none that holds',
    hint:
      kind === 'page'
        ? 'Sign in in another window, go back here, and send the form again: what you typed is still there.'
        : 'Send `Authorization: Bearer TOKEN`; `asposted people token NAME` makes one.',
  });
  if (kind === 'page') return problemPage(context, error);
  // A browser asks for name and password where it reads "Basic": right for a feed, a nuisance in a page that asks the API.
  context.header('www-authenticate', `${kind === 'feed' ? 'Basic' : 'Bearer'} realm="As Posted"`);
  return problem(context, error);
}

export function notAllowed(context: Context, { kind, least }: Asked, { name, role }: Who): Answer {
  const error = new AsPostedError({
    code: 'NOT_ALLOWED',
    message: `this wants the role ${least ?? 'admin'}; ${name ?? 'you'} may what a ${role} may`,
    hint: 'An admin can change a role.',
  });
  return kind === 'page' ? problemPage(context, error) : problem(context, error);
}

export function tooFast(context: Context, waitMs: number): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  context.header('retry-after', String(seconds));
  return problem(
    context,
    new AsPostedError({
      code: 'RATE_LIMITED',
      retry: 'later',
      message: `more was asked than serve.api.most allows; go on in ${seconds} s`,
    }),
  );
}

/** A failure as a page, with what to do next. */
export function problemPage(context: Context, error: AsPostedError, status?: 415): Answer {
  const body = html`<h1>That did not work</h1>
    <p role="alert">${sentence(error.message)}</p>
    ${error.hint === undefined ? '' : html`<p>${visible(error.hint)}</p>`}`;
  return context.html(page({ title: 'That did not work', body }), status ?? STATUS_OF[error.code]);
}

export const sentence = (words: string): string => {
  const shown = visible(words);
  return `${shown.charAt(0).toUpperCase()}${shown.slice(1)}${/[.!?]$/.test(shown) ? '' : '.'}`;
};
