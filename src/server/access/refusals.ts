/** "Who are you", "you may not" and "not so fast": as a page for people, as a problem document (RFC 9457) for programs. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { AsPostedError } from '../../model/index.js';
import { type MessageKey, t } from '../messages/index.js';
import { type Html, page } from '../pages/layout.js';
import { inEnglish } from '../pages/said.js';
import { visible } from '../pages/words.js';
import { problem } from '../problems.js';
import { SpokenError } from '../spoken-error.js';
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
  if (!hasAccounts) return noAccounts(context, kind);
  const { method, path, url } = context.req;
  if (kind === 'page' && method === 'GET') {
    const next = path + new URL(url).search;
    return context.redirect(`/login?${new URLSearchParams({ next }).toString()}`, 303);
  }
  const code = 'NOT_SIGNED_IN';
  if (kind === 'page')
    return problemPage(
      context,
      new SpokenError({ code, message: t('access.signedOut'), hint: t('access.signInElsewhere') }),
    );
  // A browser asks for name and password where it reads "Basic": right for a feed, a nuisance in a page that asks the API.
  context.header('www-authenticate', `${kind === 'feed' ? 'Basic' : 'Bearer'} realm="As Posted"`);
  const message = 'this wants a token, and got none that holds';
  const hint = 'Send `Authorization: Bearer TOKEN`; `asposted people token NAME` makes one.';
  return problem(context, new AsPostedError({ code, message, hint }));
}

function noAccounts(context: Context, kind: Asked['kind']): Answer {
  const [code, command] = ['NOT_ALLOWED', '`asposted people add`'] as const;
  if (kind === 'page')
    return problemPage(
      context,
      new SpokenError({ code, message: t('access.nobody'), hint: t('access.addFirst', { command }) }),
    );
  const message = 'there are no accounts, and you do not ask from this machine';
  return problem(context, new AsPostedError({ code, message, hint: `On the server: ${command}.` }));
}

export function notAllowed(context: Context, { kind, least = 'admin' }: Asked, { name, role }: Who): Answer {
  const code = 'NOT_ALLOWED';
  if (kind === 'page') {
    const wanted = least === 'anyone' ? least : t(`common.${least}`);
    const values = { least: wanted, name: name ?? t('access.you'), role: t(`common.${role}`) };
    const message = t('access.wantsRole', values);
    return problemPage(context, new SpokenError({ code, message, hint: t('access.adminCan') }));
  }
  const message = `this wants the role ${least}; ${name ?? 'you'} may what a ${role} may`;
  return problem(context, new AsPostedError({ code, message, hint: 'An admin can change a role.' }));
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

/**
 * A failure as a page, with what to do next: in the language of the page where the error was made for one, else its English sentence
 * under what kind of failure it is.
 */
export function problemPage(context: Context, error: AsPostedError, finer?: 415): Answer {
  const status = finer ?? STATUS_OF[error.code];
  const title = t('access.failed');
  const isSpoken = error instanceof SpokenError;
  const words = (text: string): Html => (isSpoken ? html`${visible(text)}` : inEnglish(text));
  const body = html`<h1>${title}</h1>
    ${isSpoken ? '' : html`<p>${t(KINDS[status])}</p>`}
    <p role="alert">${words(sentence(error.message))}</p>
    ${error.hint === undefined ? '' : html`<p>${words(error.hint)}</p>`}`;
  return context.html(page({ title, body }), status);
}

const KINDS = {
  400: 'access.wrongInput',
  401: 'access.notSignedIn',
  403: 'access.notAllowed',
  404: 'access.notHere',
  409: 'access.notFitting',
  413: 'access.tooLarge',
  415: 'access.wrongForm',
  422: 'access.unreadable',
  429: 'access.tooOften',
  500: 'access.broken',
  502: 'access.elsewhere',
  503: 'access.notNow',
  504: 'access.tooSlow',
} as const satisfies Record<(typeof STATUS_OF)[AsPostedError['code']] | 415, MessageKey>;

/** With a capital and a full stop, whatever ends sentences in its script. Control characters are not shown yet: the page does that. */
export const sentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?。！？]$/u.test(words) ? '' : '.'}`;
