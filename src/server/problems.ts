import type { Context } from 'hono';
import { AsPostedError } from '../model/index.js';
import { STATUS_OF } from './statuses.js';

/** RFC 9457, with our code. What we did not foresee is named as such and tells nothing of the inside. */
export function problem(context: Context, error: unknown): Response {
  const known = error instanceof AsPostedError ? error : undefined;
  const status = known ? STATUS_OF[known.code] : 500;
  const body = {
    type: 'about:blank',
    title: known?.code ?? 'UNEXPECTED',
    status,
    detail: known?.message ?? 'something went wrong that was not foreseen',
    ...(known?.hint === undefined ? {} : { hint: known.hint }),
    retry: known?.retry ?? 'never',
  };
  return context.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}
