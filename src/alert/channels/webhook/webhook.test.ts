import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { digestOf, messageOf } from '../../index.js';
import { TOKEN, conformanceSuite } from '../../testing/conformance.js';
import { EXAMPLES } from '../../testing/events.js';
import { answer, receiver } from '../../testing/receiver.js';
import webhook from './index.js';

conformanceSuite(webhook, {
  settings: (origin) => ({ 'alert.webhook': `${origin}/hook?token=${TOKEN}`, 'alert.webhook.secret': 'key' }),
  id: ({ headers }) => headers['idempotency-key'],
});

test('a webhook gets the event as it is, signed over its exact body', async (t) => {
  const { origin, got } = await receiver(t, answer(204));
  const { send } = webhook.make({ 'alert.webhook': `${origin}/`, 'alert.webhook.secret': 'key' });
  assert.deepEqual(await send(messageOf(EXAMPLES[0]!, { pages: '' })), { outcome: 'delivered', detail: 'HTTP 204' });
  const { headers, body } = got[0]!;
  assert.equal(headers['x-asposted-signature'], `sha256=${createHmac('sha256', 'key').update(body).digest('hex')}`);
  assert.deepEqual(JSON.parse(body), { type: 'event', ...EXAMPLES[0]! });
});

test('a digest comes with all its events; without a secret nothing is signed', async (t) => {
  const { origin, got } = await receiver(t, answer(200));
  const { send } = webhook.make({ 'alert.webhook': `${origin}/` });
  await send(digestOf('D-1', EXAMPLES, { pages: '' }));
  const { type, id, events } = JSON.parse(got[0]!.body) as { type: string; id: string; events: unknown };
  assert.deepEqual([type, id, events], ['digest', 'D-1', EXAMPLES]);
  assert.equal(got[0]!.headers['x-asposted-signature'], undefined);
});
