/** What every channel must do on good days and bad. A channel's own test calls this in one line. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { AlertFailed } from '../http.js';
import {
  type AlertEvent,
  type Channel,
  type ChannelSettings,
  type Message,
  digestOf,
  isOn,
  messageOf,
} from '../index.js';
import { EXAMPLES, HOSTILE } from './events.js';
import { type Behaviour, type Got, answer, nobody, receiver } from './receiver.js';

/** Stands in every setting that is secret, or may hold a token: no error may tell it. */
export const TOKEN = 'hunter2-SECRET';

export interface Conformance {
  /** Settings that make the channel speak to this origin (`http://127.0.0.1:…`); secrets hold TOKEN. */
  settings: (origin: string) => ChannelSettings;
  /** Body of an answer that takes the message. */
  taken?: string;
  /** Where the id of the message stands in what was sent; undefined where the protocol has no place for one. */
  id?: (got: Got) => unknown;
  /** What a person is shown, as one text; undefined for channels that programs read. */
  seen?: (got: Got) => string;
  /** What must not stand in it, beside what no channel may show. */
  never?: RegExp;
  /** Most characters that may be shown. */
  most?: number;
}

const pages = 'https://asposted.example.org';
const REMOVAL = messageOf(EXAMPLES[0]!, { pages });

export function conformanceSuite(channel: Channel, suite: Conformance): void {
  const { kind } = channel;
  const send = async (t: TestContext, behave: Behaviour, message: Message = REMOVAL) => {
    const { origin, got } = await receiver(t, behave);
    return { delivery: await channel.make(suite.settings(origin)).send(message), got };
  };
  const takes = answer(200, suite.taken ?? '{}', { 'content-type': 'application/json' });

  test(`${kind}: describes itself`, () => {
    describesItself(channel, suite);
  });

  test(`${kind}: a message is sent once, under its own id`, async (t) => {
    const { delivery, got } = await send(t, takes);
    assert.deepEqual(delivery, { outcome: 'delivered', detail: 'HTTP 200' });
    assert.equal(got.length, 1);
    if (suite.id) assert.equal(suite.id(got[0]!), REMOVAL.id);
    const digest = digestOf('D-1', EXAMPLES, { pages });
    const told = await send(t, takes, digest);
    assert.equal(told.got.length, 1);
    if (suite.id) assert.equal(suite.id(told.got[0]!), 'D-1');
  });

  test(`${kind}: a refusal is final and noted, without a word of the other side; a redirect is not followed`, async (t) => {
    for (const status of [400, 403, 404, 410]) {
      const { delivery } = await send(t, answer(status, `{"description":"${TOKEN}","error":"${TOKEN}"}`));
      assert.deepEqual(delivery, { outcome: 'refused', detail: `HTTP ${status}` });
    }
    const elsewhere = await receiver(t, takes);
    const { delivery } = await send(t, answer(307, '', { location: `${elsewhere.origin}/` }));
    assert.equal(delivery.outcome, 'refused');
    assert.deepEqual(elsewhere.got, []);
  });

  test(`${kind}: an outage is tried again later, and no error tells a token`, async (t) => {
    const outages: [string, Behaviour][] = [
      ['500', answer(500, TOKEN)],
      ['503', answer(503)],
      ['408', answer(408)],
      ['401', answer(401)],
      ['429', answer(429)],
      ['broken off', (response) => response.destroy()],
      ['cut', (response) => response.writeHead(200, { 'content-length': '99' }).write('{', () => response.destroy())],
    ];
    for (const [name, behave] of outages) await fails(send(t, behave), name);
    await fails(channel.make(suite.settings(await nobody())).send(REMOVAL), 'nobody listens');
    const error = await fails(send(t, answer(429, '', { 'retry-after': '90' })), 'limit');
    assert.equal(error.retryAfterMs, 90_000);
  });

  test(`${kind}: silence ends by itself, and an answer without end is not read to its end`, async (t) => {
    t.mock.method(AbortSignal, 'timeout', () => {
      const ended = new AbortController();
      setTimeout(() => {
        ended.abort(new DOMException('timeout', 'TimeoutError'));
      }, 50);
      return ended.signal;
    });
    await fails(
      send(t, () => undefined),
      'silence',
    );
    t.mock.restoreAll();
    const { delivery } = await send(t, (response) => {
      response.writeHead(200);
      const more = (): unknown => response.write('x'.repeat(65_536), () => response.destroyed || more());
      more();
    });
    assert.match(delivery.detail, /^HTTP 200/);
  });

  const { seen } = suite;
  if (seen) {
    test(`${kind}: a page's words are shown harmlessly, and cut`, async (t) => {
      for (const event of [HOSTILE, { ...HOSTILE, event: 'new-type' }])
        shownHarmlessly(seen((await send(t, takes, messageOf(event, { pages }))).got[0]!), suite);
      const many: AlertEvent[] = Array.from({ length: 100 }, (_, n) => ({ ...HOSTILE, id: `V-${n}` }));
      shownHarmlessly(seen((await send(t, takes, digestOf('D-1', many, { pages }))).got[0]!), suite);
    });
    test(`${kind}: people read what happened and find our page`, async (t) => {
      const text = seen((await send(t, takes)).got[0]!);
      for (const wanted of [REMOVAL.title, '该内容已被发布者删除', 'last seen live', REMOVAL.link!])
        assert.ok(text.includes(wanted), `${wanted} in ${text}`);
    });
  }
}

export function describesItself(channel: Channel, { settings }: Pick<Conformance, 'settings'>): void {
  const { kind, title, description } = channel;
  assert.match(kind, /^[a-z][a-z-]*$/);
  assert.ok(title.length > 3 && description.length > 60);
  const names = Object.keys(channel.settings);
  assert.equal(names[0], `alert.${kind}`, 'the first setting switches it on');
  for (const [name, { kind: type, help, default: value }] of Object.entries(channel.settings)) {
    assert.match(name, new RegExp(`^alert\\.${kind}(?:\\.[a-zA-Z]+)?$`));
    assert.ok(help.endsWith('.') && ['text', 'choice'].includes(type) && typeof value === 'string', name);
  }
  assert.equal(isOn(channel, {}), false, 'off by default');
  const on = settings('http://127.0.0.1:9');
  assert.equal(isOn(channel, on), true);
  for (const name of Object.keys(on)) assert.ok(names.includes(name), `${name} is declared`);
  const holders = Object.entries(on).filter(([, value]) => value.includes(TOKEN));
  assert.ok(holders.length > 0, 'the suite hides a token');
}

export async function fails(work: Promise<unknown>, name: string): Promise<AlertFailed> {
  const error = await work.then(
    () => assert.fail(`${name}: no error`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof AlertFailed, `${name}: ${inspect(error)}`);
  assert.deepEqual([error.code, error.retry], ['ALERT_FAILED', 'later'], name);
  assert.ok(error.message.length > 20, name);
  assert.ok(!inspect(error, { depth: 9 }).includes(TOKEN), `${name}: ${inspect(error)}`);
  return error;
}

export function shownHarmlessly(text: string, { never, most = 4_000 }: Pick<Conformance, 'never' | 'most'>): void {
  assert.ok(text.isWellFormed());
  assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2028\u2029]/, 'control characters');
  assert.doesNotMatch(text.replaceAll(pages, ''), /:\/\//, 'no link but ours');
  assert.doesNotMatch(text, /^Bcc:/m, 'no line of its own');
  assert.ok(text.length <= most, `${text.length} characters`);
  assert.match(text, /…/, 'says that it was cut');
  if (never) assert.doesNotMatch(text, never);
}
