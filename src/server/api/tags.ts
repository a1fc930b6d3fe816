/** Answers that have a name of their own (RFC 9110 §8.8.3): who holds one already is told that it still stands, and gets no bytes. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';

/**
 * Names the answer by the hash of what it shows. Whoever keeps it asks each time, since who may see it is decided here. True: the
 * asker holds it, so 304 without a body is the answer.
 */
export function isHeld(context: Context, hash: string): boolean {
  context.header('etag', `"${hash}"`);
  context.header('cache-control', 'private, no-cache');
  const held = context.req.header('if-none-match');
  return (
    held !== undefined &&
    (held.trim() === '*' || held.split(',').some((each) => each.trim().replace(/^W\//, '') === `"${hash}"`))
  );
}

/** A document as JSON under the hash of its own bytes. */
export function taggedJson(context: Context, document: unknown): Response {
  const text = JSON.stringify(document);
  if (isHeld(context, createHash('sha256').update(text).digest('hex'))) return context.body(null, 304);
  return context.body(text, 200, { 'content-type': 'application/json' });
}
