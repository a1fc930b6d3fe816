/** What every form that is sent is looked at for, before anything is done with it. */
import type { Context, Next } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AsPostedError } from '../../model/index.js';
import { problemPage } from './refusals.js';
import { FORM_FIELD } from './visitor.js';

/** A statement of the longest kind, each letter percent-encoded thrice, and room for the rest. */
const MAX_FORM_BYTES = 500_000;

const limited: (context: Context, next: Next) => Promise<unknown> = bodyLimit({
  maxSize: MAX_FORM_BYTES,
  onError: (context: Context) =>
    problemPage(context, new AsPostedError({ code: 'TOO_LARGE', message: 'the form is too long to be taken' })),
});

/** An answer that refuses it; undefined when it came from a page of ours that was shown to the same visitor. */
export async function checkForm(context: Context, isToken: (token: string) => boolean): Promise<Response | undefined> {
  const type = (context.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    return problemPage(context, new AsPostedError({ code: 'USAGE', message: 'this wants a form' }), 415);
  let isRead = false;
  const refused = await limited(context, async () => {
    await context.req.parseBody({ all: true });
    isRead = true;
  });
  if (refused instanceof Response) return refused;
  const token = isRead ? (await context.req.parseBody({ all: true }))[FORM_FIELD] : undefined;
  if (typeof token === 'string' && isToken(token)) return undefined;
  return problemPage(
    context,
    new AsPostedError({
      code: 'USAGE',
      message: 'this form is out of date, or did not come from these pages',
      hint: 'Go back, load the page again and send it once more. Cookies must be allowed.',
    }),
  );
}

export interface Form {
  /** Without blanks around it; empty where the field was not sent. */
  one(name: string): string;
  /** As it was typed: blanks belong to a password. */
  raw(name: string): string;
  /** Every value of a field, the empty ones left out; words in one field may be separated by blanks or commas. */
  many(name: string): string[];
}

/** What was typed into a form that `checkForm` let through. */
export async function readForm(context: Context): Promise<Form> {
  const body = await context.req.parseBody({ all: true });
  const values = (name: string): string[] =>
    [Object.hasOwn(body, name) ? body[name]! : []].flat().flatMap((each) => (typeof each === 'string' ? [each] : []));
  return {
    one: (name) => (values(name)[0] ?? '').replaceAll('\r\n', '\n').trim(),
    raw: (name) => values(name)[0] ?? '',
    many: (name) => values(name).flatMap((each) => each.split(/[\s,]+/).filter((word) => word !== '')),
  };
}

/** A path of this server and nothing else, whatever was sent: where somebody goes on after a form. The start page where it is none. */
export function pathOf(asked: string | undefined): string {
  return asked !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(asked) ? asked.slice(0, 2_000) : '/';
}
