/**
 * Archived pages on an origin of their own. Cookies ignore ports and pages of one host trust each other, so it has
 * another host name as well as another port; it holds no cookies, no API and no case files, and answers GET for one
 * thing (facts/evidence §21).
 */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { AsPostedError } from '../../model/index.js';
import { findExhibit } from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { hostOf } from '../guards.js';
import { fullId } from '../ids.js';
import { knownOf, problem } from '../problems.js';
import { readArchive } from './archive.js';
import { replayPage } from './page.js';

export interface ReplayOptions {
  /** The only names it answers to. */
  hosts: readonly string[];
  /** Origins whose pages may show it in a frame; read at each request, since the port is known late. */
  app: () => readonly string[];
  /** Whether whoever holds this ticket may see the exhibit: no cookie of the pages comes here. */
  admits: (exhibit: string, ticket: string | undefined) => Promise<boolean>;
}

export function createReplay(parts: Parts, options: ReplayOptions): Hono {
  const { database, vault } = parts.store;
  const replay = new Hono();
  replay.use(headers(options), ownNameOnly(options.hosts), framesOnly);
  replay.onError((error, context) => {
    if (!knownOf(error)) parts.progress(`serve: ${error.name} in ${context.req.method} of an archived page`);
    return problem(context, error);
  });
  replay.notFound((context) =>
    problem(context, new AsPostedError({ code: 'NOT_FOUND', message: 'there is nothing at this address' })),
  );
  replay.get('/exhibits/:id', async (context) => {
    const asked = context.req.param('id');
    if (!(await options.admits(asked, context.req.query('ticket'))))
      throw new AsPostedError({
        code: 'NOT_ALLOWED',
        message: 'an archived page is shown with the ticket that its exhibit’s page gives, for five minutes',
        hint: 'Load the exhibit’s page again.',
      });
    const exhibit = (await findExhibit(database, await fullId(database, asked, 'E')))!;
    const archived = await readArchive(await vault.get(exhibit.record.warc.sha256), exhibit.record);
    return context.html(replayPage(exhibit, archived));
  });
  return replay;
}

/** `sandbox` without a word: no scripts, no forms, no origin, also when the page is opened without our frame. */
const headers =
  ({ app }: ReplayOptions): MiddlewareHandler =>
  async (context, next) => {
    await next();
    const policy = [
      'sandbox',
      "default-src 'none'",
      'img-src data: blob:',
      "style-src 'unsafe-inline'",
      'font-src data:',
      'media-src data: blob:',
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${app().join(' ') || "'none'"}`,
    ];
    context.header('content-security-policy', policy.join('; '));
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    context.header('x-dns-prefetch-control', 'off');
    context.header('cross-origin-resource-policy', 'same-origin');
    context.header('cross-origin-opener-policy', 'same-origin');
    context.header('cache-control', 'no-store');
  };

/** A page elsewhere may point its own name at this machine (DNS rebinding); and under the app's name this must not answer. */
const ownNameOnly =
  (hosts: readonly string[]): MiddlewareHandler =>
  async (context, next) => {
    if (!hosts.includes(hostOf(context))) return refused(context, 'this server answers to its own name only', 421);
    await next();
    return undefined;
  };

/** As a document, in a frame or alone, and as nothing else: not as a script or a picture of a page elsewhere. */
const framesOnly: MiddlewareHandler = async (context, next) => {
  const dest = context.req.header('sec-fetch-dest');
  if (context.req.method !== 'GET' || (dest !== undefined && !['iframe', 'document'].includes(dest)))
    return refused(context, 'archived pages are documents and nothing else');
  await next();
  return undefined;
};

function refused(context: Context, message: string, status?: 421): Response {
  return problem(context, new AsPostedError({ code: 'ADDRESS_REFUSED', message }), status);
}
