import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AsPostedError } from '../model/index.js';
import { STATUS_OF } from './statuses.js';

/**
 * RFC 9457, with our code. What we did not foresee is named as such and tells nothing of the inside. `status` is given
 * where HTTP has a finer word than our code (415, 421).
 */
export function problem(context: Context, error: unknown, status?: 415 | 421 | 503): Response {
  const known = knownOf(error);
  const answered = status ?? (known ? STATUS_OF[known.code] : 500);
  const code = known?.code ?? 'UNEXPECTED';
  const body = {
    type: 'about:blank',
    title: code,
    code,
    status: answered,
    detail: known?.message ?? 'something went wrong that was not foreseen',
    ...(known?.hint === undefined ? {} : { hint: known.hint }),
    retry: known?.retry ?? 'never',
  };
  return context.body(JSON.stringify(body), answered, { 'content-type': 'application/problem+json' });
}

/** What the client did wrong, or a failure with a code; undefined for what is our own mistake. */
export function knownOf(error: unknown): AsPostedError | undefined {
  if (error instanceof AsPostedError) return error;
  // The framework's own: a body that is no JSON. Its message repeats nothing of the body.
  if (error instanceof HTTPException && error.status === 400)
    return new AsPostedError({ code: 'BAD_INPUT', message: 'the body is not well-formed JSON', cause: error });
  return undefined;
}
