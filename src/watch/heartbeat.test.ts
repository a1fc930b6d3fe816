import assert from 'node:assert/strict';
import test from 'node:test';
import { answer, nobody, receiver } from '../alert/testing/receiver.js';
import { resolveSettings } from '../model/index.js';
import { heartbeat } from './heartbeat.js';
import { testClock } from './testing/parts.js';

const MINUTE = 60_000;
const settingsFor = (url: string): ReturnType<typeof resolveSettings> =>
  resolveSettings({ flags: { 'alert.heartbeat': url } });

test('it is sent at most once a minute, also when it failed, and goes on after the clock fell back', async (t) => {
  const { origin, got } = await receiver(t, answer(500));
  const clock = testClock();
  const beat = heartbeat({ settings: settingsFor(origin), clock });
  const after = async (ms: number): Promise<[number, boolean]> => {
    clock.advance(ms);
    const problem = await beat();
    return [got.length, problem !== undefined];
  };
  assert.deepEqual(await after(0), [1, true]);
  assert.deepEqual(await after(MINUTE - 1), [1, false]);
  assert.deepEqual(await after(1), [2, true]);
  assert.deepEqual(await after(-100 * MINUTE), [3, true]);
  assert.deepEqual(await after(30_000), [3, false]);
});

test('without an address nothing is sent; with one that is none nothing begins', async () => {
  const clock = testClock();
  assert.equal(await heartbeat({ settings: settingsFor(''), clock })(), undefined);
  for (const url of ['example.org/ping', 'ftp://example.org', 'https://'])
    assert.throws(() => heartbeat({ settings: settingsFor(url), clock }), { code: 'BAD_SETTING' }, url);
});

test('what is said of a failure names the host and nothing else of the address', async () => {
  const url = `${(await nobody()).replace('://', '://user:secret@')}/token?key=secret`;
  const problem = await heartbeat({ settings: settingsFor(url), clock: testClock() })();
  assert.match(problem!, /^127\.0\.0\.1:\d+ did not take the message: it refused the connection$/);
});
