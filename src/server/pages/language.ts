/** Which language the pages are in: what was chosen with this browser, else what the browser asks for. */
import type { Hono, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { AsPostedError } from '../../model/index.js';
import { pathOf, readForm } from '../access/forms.js';
import { LANGUAGES, type Speaking, isSpoken, speak, speaking, suiting } from '../messages/index.js';

const LANGUAGE_COOKIE = 'asposted-language';

/** Around everything that may become a page. Says what a page was made in; what was not made of messages keeps its own language. */
export const spoken: MiddlewareHandler = async (context, next) => {
  const chosen = getCookie(context, LANGUAGE_COOKIE) ?? '';
  const { method, path, url } = context.req;
  const said: Speaking = {
    ...speaking(),
    language: isSpoken(chosen) ? chosen : suiting(context.req.header('accept-language')),
    hasSpoken: false,
    here: method === 'GET' ? path + new URL(url).search : '/',
  };
  await speak(said, next);
  if (said.hasSpoken !== true) return;
  context.header('content-language', said.language);
  context.header('vary', 'accept-language, cookie', { append: true });
};

export function addLanguage(app: Hono): void {
  app.post('/language', async (context) => {
    const form = await readForm(context);
    const to = form.one('to');
    if (!isSpoken(to))
      throw new AsPostedError({
        code: 'USAGE',
        message: `the pages do not speak ${to.slice(0, 40)}`,
        hint: `They speak ${Object.keys(LANGUAGES).join(', ')}.`,
      });
    setCookie(context, LANGUAGE_COOKIE, to, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 31_536_000 });
    return context.redirect(pathOf(form.one('back')), 303);
  });
}
