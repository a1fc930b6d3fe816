import assert from 'node:assert/strict';
import test from 'node:test';
import { messageOf } from '../../index.js';
import { TOKEN, conformanceSuite, fails } from '../../testing/conformance.js';
import { EXAMPLES } from '../../testing/events.js';
import { type Got, answer, receiver } from '../../testing/receiver.js';
import matrix from './index.js';

const sent = ({ body }: Got): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;
const settings = (origin: string): Record<string, string> => ({
  'alert.matrix': '!room/1:example.org',
  'alert.matrix.token': TOKEN,
  'alert.matrix.server': `${origin}/`,
});

conformanceSuite(matrix, {
  settings,
  taken: '{"event_id":"$1"}',
  id: ({ path }) => path.split('/').at(-1),
  seen: (got) => String(sent(got)['body']),
  never: /@/,
  most: 10_000,
});

test('matrix: one room, one transaction, a text that calls nobody', async (t) => {
  const { origin, got } = await receiver(t, answer(200, '{"event_id":"$1"}'));
  await matrix.make(settings(origin)).send(messageOf(EXAMPLES[0]!, { pages: '' }));
  const { method, path, headers } = got[0]!;
  assert.equal(method, 'PUT');
  assert.equal(path, '/_matrix/client/v3/rooms/!room%2F1%3Aexample.org/send/m.room.message/V-removal');
  assert.equal(headers.authorization, `Bearer ${TOKEN}`);
  const { msgtype, format, 'm.mentions': mentions } = sent(got[0]!);
  assert.deepEqual([msgtype, format, mentions], ['m.text', undefined, {}]);
});

test('matrix: the pause it asks for in its own words is kept', async (t) => {
  const { origin } = await receiver(t, answer(429, '{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2500}'));
  const sending = matrix.make(settings(origin)).send(messageOf(EXAMPLES[0]!, { pages: '' }));
  assert.equal((await fails(sending, 'limit')).retryAfterMs, 2_500);
});
