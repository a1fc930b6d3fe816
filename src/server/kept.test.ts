import assert from 'node:assert/strict';
import test from 'node:test';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Database } from '../store/index.js';
import { createKeptPages } from './kept.js';

/** A database that was written to when `written` moves, and an app whose pages say how often they were made. */
function setting(megabytes: number): {
  ask: (path: string, headers?: Record<string, string>) => Promise<string>;
  now: { written: number; fails: boolean };
} {
  const now = { written: 0, fails: false };
  const database = { query: async () => [{ now: `${now.written}:${now.written}:` }] } as unknown as Database;
  const kept = createKeptPages(database, megabytes);
  const app = new Hono();
  let made = 0;
  app.get('/:name', (context) =>
    kept(context, async () => {
      if (now.fails) throw new Error('no page');
      made += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return html`${context.req.param('name')} ${made}${'.'.repeat(Number(context.req.query('long') ?? 0))}`;
    }),
  );
  app.onError((error, context) => context.text(error.message, 500));
  return { now, ask: async (path, headers = {}) => (await app.request(`http://here${path}`, { headers })).text() };
}

test('a page is made once until something is written, also for those who ask at the same moment', async () => {
  const { ask, now } = setting(1);
  assert.deepEqual(await Promise.all([ask('/a'), ask('/a'), ask('/a')]), ['a 1', 'a 1', 'a 1']);
  assert.equal(await ask('/a'), 'a 1');
  now.written += 1;
  assert.equal(await ask('/a'), 'a 2');
  assert.equal(await ask('/a'), 'a 2');
});

test('nobody is shown what was made for somebody else, or for another question', async () => {
  const { ask } = setting(1);
  await ask('/a', { cookie: 'asposted=one' });
  assert.equal(await ask('/a', { cookie: 'asposted=two' }), 'a 2');
  assert.equal(await ask('/a'), 'a 3');
  assert.equal(await ask('/a', { authorization: 'Bearer x' }), 'a 4');
  assert.equal(await ask('/a', { 'accept-language': 'uk' }), 'a 5');
  assert.equal(await ask('/a?long=1'), 'a 6.');
  assert.equal(await ask('/a', { cookie: 'asposted=one' }), 'a 1');
});

test('what failed is tried again, and no more is kept than there is room for', async () => {
  const { ask, now } = setting(1);
  now.fails = true;
  assert.equal(await ask('/a'), 'no page');
  now.fails = false;
  assert.equal(await ask('/a'), 'a 1');
  await ask('/b?long=300000');
  await ask('/c?long=300000');
  assert.equal(await ask('/a'), 'a 4', 'the oldest made room');
  const without = setting(0);
  await without.ask('/a');
  assert.equal(await without.ask('/a'), 'a 2');
});
