import assert from 'node:assert/strict';
import test from 'node:test';
import { messageOf } from '../../index.js';
import { TOKEN, conformanceSuite } from '../../testing/conformance.js';
import { EXAMPLES } from '../../testing/events.js';
import { type Got, answer, receiver } from '../../testing/receiver.js';
import slack from './index.js';

const textOf = ({ body }: Got): string => (JSON.parse(body) as { text: string }).text;

conformanceSuite(slack, {
  settings: (origin) => ({ 'alert.slack': `${origin}/services/T0/B0/${TOKEN}` }),
  taken: 'ok',
  seen: textOf,
  never: /[<>@`]|\]\(|\*\*|~~|\|\|/,
  most: 1_900,
});

test('slack: what an escape makes longer counts, and an escape is never cut', async (t) => {
  const { origin, got } = await receiver(t, answer(200, 'ok'));
  const body = { ...EXAMPLES[0]!.body, title: '&<'.repeat(100), account: '&&'.repeat(50) };
  const message = messageOf({ ...EXAMPLES[0]!, body }, { pages: 'https://asposted.example.org' });
  await slack.make({ 'alert.slack': origin }).send({ ...message, text: '&'.repeat(3_000) });
  const text = textOf(got[0]!);
  assert.ok(text.length <= 1_900);
  assert.match(text, /&amp;…\n\nhttps:\/\/asposted\.example\.org\/notices\/N-7F3K2QX9TB$/);
});
