import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { digestOf, messageOf } from '../../index.js';
import { TOKEN, conformanceSuite } from '../../testing/conformance.js';
import { EXAMPLES, HOSTILE } from '../../testing/events.js';
import { type Got, answer, receiver } from '../../testing/receiver.js';
import ntfy from './index.js';

const sent = ({ body }: Got): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;

conformanceSuite(ntfy, {
  settings: (origin) => ({ 'alert.ntfy': `${origin}/topic-1`, 'alert.ntfy.token': TOKEN }),
  id: (got) => sent(got)['sequence_id'],
  seen: (got) => ['title', 'message', 'click'].map((name) => String(sent(got)[name])).join('\n'),
  most: 4_400,
});

test('ntfy: topic, urgency, picture and link of each message', async (t) => {
  const { origin, got } = await receiver(t, answer(200, '{}'));
  const { send } = ntfy.make({ 'alert.ntfy': `${origin}/topic-1` });
  for (const event of ['removal', 'change', 'notice', 'something-new'])
    await send(messageOf({ ...EXAMPLES[0]!, event }, { pages: 'https://a.example' }));
  await send(digestOf('D-1', EXAMPLES, { pages: '' }));
  assert.deepEqual(
    got.map((each) => [sent(each)['topic'], sent(each)['priority'], sent(each)['tags'], sent(each)['click']]),
    [
      ['topic-1', 4, ['wastebasket'], 'https://a.example/notices/N-7F3K2QX9TB'],
      ['topic-1', 3, ['pencil2'], 'https://a.example/notices/N-7F3K2QX9TB'],
      ['topic-1', 2, undefined, 'https://a.example/notices/N-7F3K2QX9TB'],
      ['topic-1', 3, undefined, 'https://a.example/notices/N-7F3K2QX9TB'],
      ['topic-1', 4, undefined, undefined],
    ],
  );
  assert.deepEqual([...new Set(got.map(({ path, headers }) => `${path} ${headers.authorization}`))], ['/ undefined']);
});

test('ntfy: a message never gets so long that it becomes an attachment', async (t) => {
  const { origin, got } = await receiver(t, answer(200, '{}'));
  const many = Array.from({ length: 100 }, (_, n) => ({ ...HOSTILE, id: `V-${n}` }));
  await ntfy.make({ 'alert.ntfy': `${origin}/t` }).send(digestOf('D-1', many, { pages: '' }));
  assert.ok(Buffer.byteLength(String(sent(got[0]!)['message'])) <= 4_000);
});

test('ntfy: an address that names no topic is said, without the address', () => {
  for (const bad of [`https://ntfy.sh/`, `https://${TOKEN}`, TOKEN, `https://ntfy.sh/a b${TOKEN}`])
    assert.throws(
      () => ntfy.make({ 'alert.ntfy': bad }),
      (error: Error & { code?: string }) => error.code === 'BAD_SETTING' && !inspect(error).includes(TOKEN),
    );
});
