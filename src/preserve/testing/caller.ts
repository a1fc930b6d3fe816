/** A call to a service as `capture/service.ts` makes it, without its guard: tests of this folder stand below that one. */
import type { CallTsa } from '../stamps.js';
import { AsPostedError } from '../../model/index.js';

const MAX = 65_536;

export const testCaller: CallTsa = async (url, body, headers) => {
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    ...(body ? { body: Buffer.from(body) } : {}),
    headers,
    redirect: 'manual',
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.length > MAX) throw new AsPostedError({ code: 'TOO_LARGE', message: `it answers more than ${MAX} bytes` });
  return { status: answer.status, type: (answer.headers.get('content-type') ?? '').split(';')[0]!, bytes };
};
