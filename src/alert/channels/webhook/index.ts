import { createHmac } from 'node:crypto';
import { AsPostedError } from '../../../model/index.js';
import { defineChannel } from '../../channel.js';

const TIMEOUT_MS = 10_000;

/**
 * One POST an event. The event's id is the idempotency key: after a crash between the answer and our note of it the same
 * event may be sent once more, under the same key. The signature covers the exact body.
 */
export default defineChannel({
  kind: 'webhook',
  title: 'Webhook',
  description:
    'Sends each event as JSON to an address of yours, signed with HMAC-SHA256 in `X-AsPosted-Signature: sha256=…`.',
  settings: {
    'alert.webhook': {
      kind: 'text',
      default: '',
      help: 'Address that receives each event as JSON, signed with alert.webhook.secret.',
    },
    'alert.webhook.secret': {
      kind: 'text',
      default: '',
      help: 'Key of the HMAC-SHA256 in X-AsPosted-Signature.',
      secret: true,
    },
  },
  make: (settings) => {
    const url = settings['alert.webhook'] ?? '';
    const secret = settings['alert.webhook.secret'] ?? '';
    return {
      send: async ({ id, at, digest, events }) => {
        const body = JSON.stringify(digest ? { type: 'digest', id, at, events } : { type: 'event', ...events[0] });
        const headers: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': id };
        if (secret !== '')
          headers['x-asposted-signature'] = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
        const response = await post(url, headers, body);
        if (response.status >= 500 || response.status === 429 || response.status === 408) {
          throw failed(url, new Error(`HTTP ${response.status}`));
        }
        return { outcome: response.ok ? 'delivered' : 'refused', detail: `HTTP ${response.status}` };
      },
    };
  },
});

async function post(url: string, headers: Record<string, string>, body: string): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.body?.cancel();
    return response;
  } catch (cause) {
    throw failed(url, cause);
  }
}

/** The address may hold a token in its path: only its host is named. */
function failed(url: string, cause: unknown): AsPostedError {
  const host = URL.canParse(url) ? new URL(url).host : 'the address in alert.webhook';
  return new AsPostedError({
    code: 'ALERT_FAILED',
    retry: 'later',
    message: `the webhook at ${host} did not take the event`,
    cause,
  });
}
