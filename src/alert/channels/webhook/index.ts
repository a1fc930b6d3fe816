import { createHmac } from 'node:crypto';
import { defineChannel } from '../../channel.js';
import { post } from '../../http.js';

/**
 * One POST a message. Its id is the idempotency key: after a crash between the answer and our note of it the same
 * message may be sent once more, under the same key. The signature covers the exact body.
 */
export default defineChannel({
  kind: 'webhook',
  title: 'Webhook',
  description:
    'Sends each event as JSON to an address of yours, signed with HMAC-SHA256 in `X-AsPosted-Signature: sha256=…`. Each request carries `Idempotency-Key`: the id of the event, or of the digest.',
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
  make: (settings) => ({
    send: async ({ id, at, digest, events }) => {
      const body = JSON.stringify(digest ? { type: 'digest', id, at, events } : { type: 'event', ...events[0] });
      const secret = settings['alert.webhook.secret'] ?? '';
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      const headers = { 'idempotency-key': id, ...(secret === '' ? {} : { 'x-asposted-signature': signature }) };
      return post({ url: settings['alert.webhook'] ?? '', headers, body });
    },
  }),
});
