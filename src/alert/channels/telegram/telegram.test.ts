import assert from 'node:assert/strict';
import test from 'node:test';
import { messageOf } from '../../index.js';
import { TOKEN, conformanceSuite, fails } from '../../testing/conformance.js';
import { EXAMPLES } from '../../testing/events.js';
import { type Got, answer, receiver } from '../../testing/receiver.js';
import telegram from './index.js';

const sent = ({ body }: Got): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;
const settings = (origin: string): Record<string, string> => ({
  'alert.telegram': '-100123',
  'alert.telegram.token': `123:${TOKEN}`,
  'alert.telegram.server': origin,
});

conformanceSuite(telegram, {
  settings,
  taken: '{"ok":true,"result":{"message_id":1}}',
  seen: (got) => String(sent(got)['text']),
  never: /@/,
  most: 4_000,
});

test('telegram: the chat, no markup, no preview; the token is in the path alone', async (t) => {
  const { origin, got } = await receiver(t, answer(200, '{"ok":true}'));
  await telegram.make(settings(origin)).send(messageOf(EXAMPLES[0]!, { pages: '' }));
  const { chat_id: chat, parse_mode: mode, link_preview_options: preview } = sent(got[0]!);
  assert.deepEqual([chat, mode, preview], ['-100123', undefined, { is_disabled: true }]);
  assert.equal(got[0]!.path, `/bot123:${TOKEN}/sendMessage`);
  assert.ok(!got[0]!.body.includes(TOKEN));
});

test('telegram: the pause it asks for in its own words is kept', async (t) => {
  const { origin } = await receiver(t, answer(429, '{"ok":false,"parameters":{"retry_after":35}}'));
  const sending = telegram.make(settings(origin)).send(messageOf(EXAMPLES[0]!, { pages: '' }));
  assert.equal((await fails(sending, 'limit')).retryAfterMs, 35_000);
});
