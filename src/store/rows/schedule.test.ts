import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, beforeEach } from 'node:test';
import {
  type ScheduleRow,
  beatWorker,
  leaveWorker,
  letRowsGo,
  openStore,
  pickDue,
  plannedChecks,
  releaseAll,
  saveSchedule,
  setHost,
  takeOne,
} from '../index.js';

const dir = mkdtempSync(join(tmpdir(), 'asposted-schedule-'));
const store = await openStore({ dir, create: true });
const db = store.database;
after(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const table of ['schedule', 'turn', 'host', 'worker']) await db.query(`delete from ${table}`);
});

const NOW = '2024-05-22T03:00:00.000Z';
const due = (id: string, over: Partial<ScheduleRow> = {}): ScheduleRow => ({
  ...{ id, kind: 'notice', host: 'a.example', url: `https://a.example/${id}`, rank: 2, why: 'test', whole: true },
  nextCheck: '2024-05-22T02:00:00.000Z',
  ...over,
});
const join_ = (worker: string): Promise<boolean> => beatWorker(db, { worker, leaseMs: 60_000, first: true });
const pick = async (worker: string, most = 10, over: object = {}): Promise<string[]> =>
  (await pickDue(db, { worker, now: NOW, most, sources: false, ...over })).map(({ id }) => id);

test('four workers at once take every row, and none of them twice', async () => {
  const rows = Array.from({ length: 400 }, (_, n) => due(`N-${n}`, { host: `h${n % 23}.example` }));
  await saveSchedule(db, rows);
  const taken: string[] = [];
  const work = async (worker: string): Promise<void> => {
    await join_(worker);
    let empty = 0;
    while (empty < 3) {
      const ids = await pick(worker, 7, { hosts: 2 });
      empty = ids.length === 0 ? empty + 1 : 0;
      taken.push(...ids);
      await saveSchedule(
        db,
        rows.filter(({ id }) => ids.includes(id)).map((row) => ({ ...row, nextCheck: '2024-05-23T00:00:00.000Z' })),
      );
      await letRowsGo(db, ids);
      await releaseAll(db, worker);
    }
  };
  await Promise.all(['w1', 'w2', 'w3', 'w4'].map(work));
  assert.equal(taken.length, 400);
  assert.equal(new Set(taken).size, 400);
});

test('one worker at a time is at a host; what it took is free again when it says so, when it leaves, and when it dies', async () => {
  await saveSchedule(db, [due('N-1'), due('N-2'), due('N-3', { host: 'b.example' })]);
  await join_('w1');
  await join_('w2');
  assert.deepEqual(await pick('w1', 1), ['N-1']);
  assert.deepEqual(await pick('w2'), ['N-3'], 'the other host, not the rest of this one');
  assert.equal(await takeOne(db, { worker: 'w2', id: 'N-2' }), undefined);
  await releaseAll(db, 'w1');
  assert.deepEqual(await pick('w2'), ['N-1', 'N-2']);
  await leaveWorker(db, 'w2');
  await join_('w3');
  assert.deepEqual((await pick('w3', 10, { hosts: 2 })).length, 3);
  assert.deepEqual(await pick('w1', 10, { hosts: 2 }), []);
  await db.query("update worker set alive_until = clock_timestamp() - interval '1 second' where id = 'w3'");
  assert.equal(await beatWorker(db, { worker: 'w3', leaseMs: 60_000 }), false, 'it hears that it was taken for dead');
  assert.equal((await pick('w1', 10, { hosts: 2 })).length, 3);
});

test('what was never looked at comes first, then what is to be confirmed; a host that is left alone waits, and so do sources', async () => {
  await saveSchedule(db, [
    due('N-old', { nextCheck: '2024-05-01T00:00:00.000Z' }),
    due('N-suspected', { rank: 1 }),
    due('A-new', { kind: 'address', rank: 0, nextCheck: NOW }),
    due('N-later', { nextCheck: '2024-05-22T03:00:00.001Z' }),
    due('N-away', { host: 'down.example' }),
    due('S-1', { kind: 'source' }),
  ]);
  await setHost(db, { host: 'down.example', failures: 2, pausedUntil: '2024-05-22T03:15:00.000Z' });
  await join_('w1');
  assert.deepEqual(await pick('w1', 10, { hosts: 5 }), ['A-new', 'N-suspected', 'N-old']);
  await releaseAll(db, 'w1');
  assert.deepEqual(await pick('w1', 10, { hosts: 5, not: ['N-old'] }), ['A-new', 'N-suspected']);
  assert.deepEqual(await pick('w1', 10, { sources: true }), ['S-1']);
  assert.deepEqual(
    (await plannedChecks(db, { most: 10 })).map(({ id, taken, pausedUntil }) => [id, taken, pausedUntil !== null]),
    [
      ['N-old', false, false],
      ['N-suspected', true, false],
      ['S-1', true, false],
      ['A-new', true, false],
      ['N-later', false, false],
      ['N-away', false, true],
    ],
  );
  await setHost(db, { host: 'down.example', failures: 0, pausedUntil: null });
  assert.deepEqual(await pick('w1', 10, { hosts: 5 }), ['A-new', 'N-suspected', 'N-old', 'N-away']);
});

test('U+0000, which the database cannot hold, is the same U+FFFD in what is asked and in what is kept, alone and in arrays', async () => {
  const [row] = await db.query<{ one: string; many: string[]; rest: number[] }>(
    'select $1::text as one, $2::text[] as many, $3::int[] as rest',
    ['a\0b', ['c', '\0', 'd\ud800'], [1, 2]],
  );
  assert.deepEqual(row, { one: 'a\ufffdb', many: ['c', '\ufffd', 'd\ufffd'], rest: [1, 2] });
});
