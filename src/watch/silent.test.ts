import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { listEvents, sourceById } from '../store/index.js';
import { discover, rebuild, recordSource } from './index.js';
import { openTestParts, sameAsRebuilt } from './testing/parts.js';

const HOUR = 3_600_000;
const parts = await openTestParts();
after(() => parts.dispose());
const { pages, clock, store } = parts;
const LIST = {
  body: '<!doctype html><html><head><title>通知公告</title></head><body><ul><li><a href="/content/post_1.html">关于征集企业参加对接会的通知</a></li></ul></body></html>',
};

interface Watched {
  id: string;
  /** A look at the list after so many hours, which answers or does not. */
  ask: (hours: number, answers: boolean) => Promise<void>;
  /** The silences told of it so far: since when. */
  told: () => Promise<unknown[]>;
  put: (change: { everyMs?: number; state?: 'active' | 'paused' }) => Promise<void>;
}

async function watched(name: string): Promise<Watched> {
  const url = `https://${name}.example.gov.cn/list.html`;
  const source = { kind: 'website', name, options: { url, mode: 'list' }, everyMs: HOUR };
  const id = await recordSource(parts, source);
  return {
    id,
    ask: async (hours, answers) => {
      clock.advance(hours * HOUR);
      pages.set(url, answers ? LIST : 'TIMEOUT');
      await discover(parts, (await sourceById(store.database, id))!);
    },
    told: async () =>
      (await listEvents(store.database))
        .filter(({ event, body }) => event === 'silent' && body['source'] === id)
        .map(({ body }) => body['since']),
    put: async (change) => {
      await recordSource(parts, { ...source, ...change });
    },
  };
}

const lastGood = async (id: string): Promise<unknown> => (await sourceById(store.database, id))!.lastGood;

test('a source without a good answer for three of its intervals is told once, and again only after it answered', async () => {
  const { id, ask, told } = await watched('dead');
  await ask(1, true);
  const first = await lastGood(id);
  await ask(1, false);
  await ask(1, false);
  assert.deepEqual(await told(), []);
  for (let times = 0; times < 4; times++) await ask(1, false);
  assert.deepEqual(await told(), [first]);
  await ask(1, true);
  const second = await lastGood(id);
  for (let times = 0; times < 4; times++) await ask(1, false);
  assert.deepEqual(await told(), [first, second]);
});

test('one that never answered is told too, with how often it was asked and what came of it', async () => {
  const { id, ask } = await watched('never');
  for (let times = 0; times < 3; times++) await ask(1, false);
  const event = (await listEvents(store.database)).find(({ body }) => body['source'] === id)!;
  const { title, asked, lastGood: good, problem } = event.body;
  assert.deepEqual([event.event, title, asked, good], ['silent', 'never', 3, null]);
  assert.match(String(problem), /TIMEOUT/);
});

test('asks in a hurry are no intervals, and a watch that was off for a week has asked once', async () => {
  const { ask, told } = await watched('hurried');
  await ask(1, true);
  for (let times = 0; times < 9; times++) await ask(0, false);
  assert.deepEqual(await told(), []);
  await ask(1, true);
  await ask(7 * 24, false);
  await ask(1, true);
  assert.deepEqual(await told(), []);
});

test('a source at rest is not waited for, and one that was resumed has its intervals anew', async () => {
  const { ask, told, put } = await watched('resting');
  await ask(1, true);
  await ask(1, false);
  await ask(1, false);
  await put({ state: 'paused' });
  await ask(1, false); // by a worker that took it before it was paused
  clock.advance(100 * HOUR);
  await put({});
  await ask(1, false);
  await ask(1, false);
  assert.deepEqual(await told(), []);
  await ask(1, false);
  assert.equal((await told()).length, 1);
});

test('what was told by the interval of that time stays told, and a new interval unsays and adds nothing', async () => {
  const { ask, told, put } = await watched('changed');
  await ask(1, true);
  for (let times = 0; times < 3; times++) await ask(1, false);
  await put({ everyMs: 24 * HOUR });
  assert.equal((await told()).length, 1);
  await ask(24, true);
  for (let times = 0; times < 3; times++) await ask(1, false);
  await put({ everyMs: HOUR / 2 });
  assert.equal((await told()).length, 1, 'three hours are no three days');
});

test('the rows are those a rebuild makes, whatever the settings then', async () => {
  await sameAsRebuilt(parts);
  const before = await listEvents(store.database);
  await rebuild({ ...parts, settings: { ...parts.settings, 'watch.unreachable': 1 } });
  assert.deepEqual(await listEvents(store.database), before);
});
