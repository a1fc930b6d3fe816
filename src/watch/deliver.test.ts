import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before, beforeEach } from 'node:test';
import type { DeliveryRecord, Settings } from '../model/index.js';
import { type Channel, type Delivery, type Message } from '../alert/index.js';
import { AlertFailed } from '../alert/http.js';
import { deliverEvents } from './deliver.js';
import { rebuild } from './derive.js';
import { type TestParts, openTestParts } from './testing/parts.js';

let parts: TestParts;
before(async () => {
  parts = await openTestParts();
});
after(() => parts.dispose());

let count = 0;
/** What each toy channel was sent, and what it does with the next message. */
let sent: Record<string, Message[]>;
let behave: Record<string, (message: Message) => Delivery>;

beforeEach(async () => {
  await parts.store.database.query('delete from event');
  rmSync(join(parts.store.dir, 'alerts'), { recursive: true, force: true });
  parts.clock.advance(86_400_000);
  [sent, behave] = [{ one: [], two: [] }, {}];
});

const toy = (kind: string): Channel => ({
  kind,
  title: `Toy ${kind}`,
  description: '',
  settings: { [`alert.${kind}`]: { kind: 'text', default: 'on', help: '' } },
  make: () => ({
    send: async (message) => {
      const result = behave[kind]?.(message) ?? { outcome: 'delivered', detail: 'ok' };
      sent[kind]!.push(message);
      return result;
    },
  }),
});

async function happen(...types: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const type of types) {
    const id = `V-${String(++count).padStart(4, '0')}`;
    const at = new Date(parts.clock.now().getTime() + count).toISOString();
    await parts.store.database.query('insert into event (id, type, at, body) values ($1, $2, $3, $4)', [
      id,
      type,
      at,
      {},
    ]);
    ids.push(id);
  }
  return ids;
}

const tell = (settings: Partial<Settings> = {}, kinds = ['one']) =>
  deliverEvents({ ...parts, settings: { ...parts.settings, ...settings } }, kinds.map(toy));
const told = (kind = 'one'): string[] => sent[kind]!.map(({ events }) => events.map(({ id }) => id).join('+'));
const fail = (retryAfterMs?: number) => (): Delivery => {
  throw new AlertFailed('the toy is broken today', { retryAfterMs });
};

async function records(): Promise<DeliveryRecord[]> {
  const rows = await parts.store.database.query<{ body: DeliveryRecord }>(
    'select body from delivery order by log_index',
  );
  return rows.map(({ body }) => body);
}

test('each event once, in order, and on record; what is refused is noted and passed over', async () => {
  const ids = await happen('removal', 'notice', 'change', 'returned');
  behave['one'] = ({ id }) => ({ outcome: id === ids[2] ? 'refused' : 'delivered', detail: 'toy' });
  assert.deepEqual(await tell(), { delivered: 3, failed: [] });
  assert.deepEqual(told(), [ids[0], ids[2], ids[3]], 'without the new notice');
  assert.deepEqual(
    (await records()).slice(-3).map(({ event, outcome, digest }) => [event, outcome, digest]),
    [
      [ids[0], 'delivered', undefined],
      [ids[2], 'refused', undefined],
      [ids[3], 'delivered', undefined],
    ],
  );
  assert.deepEqual(await tell(), { delivered: 0, failed: [] });
});

test('a digest is on record for each of its events, under its own key, and its time counts from the log', async () => {
  const ids = await happen('removal', 'change');
  await tell({ 'alert.digest': 3_600_000 });
  assert.deepEqual(told(), [ids.join('+')]);
  const last = (await records()).slice(-2);
  assert.deepEqual(
    last.map(({ event, digest }) => [event, digest]),
    ids.map((id) => [id, sent['one']![0]!.id]),
  );
  const [later] = await happen('removal');
  await rebuild(parts);
  await parts.store.database.query('insert into event (id, type, at, body) values ($1, $2, $3, $4)', [
    later,
    'removal',
    parts.clock.now().toISOString(),
    {},
  ]);
  rmSync(join(parts.store.dir, 'alerts'), { recursive: true, force: true });
  assert.deepEqual(await tell({ 'alert.digest': 3_600_000 }), { delivered: 0, failed: [] });
  parts.clock.advance(3_600_000);
  await tell({ 'alert.digest': 3_600_000 });
  assert.deepEqual(told().slice(1), [later]);
});

test('after a crash between answer and record, the same message goes out under the same id, whatever came in between', async () => {
  const ids = await happen('removal', 'change');
  const crashed = {
    ...parts,
    store: { ...parts.store, log: { ...parts.store.log, append: () => Promise.reject(new Error('kill -9')) } },
  };
  const settings = { ...parts.settings, 'alert.digest': 3_600_000 };
  const { delivered, failed } = await deliverEvents({ ...crashed, settings }, [toy('one')]);
  assert.deepEqual([delivered, failed.length], [0, 1]);
  const [later] = await happen('removal');
  parts.clock.advance(60_000);
  await tell({ 'alert.digest': 3_600_000 });
  assert.deepEqual(told(), [ids.join('+'), ids.join('+')]);
  assert.equal(sent['one']![0]!.id, sent['one']![1]!.id);
  parts.clock.advance(3_600_000);
  await tell({ 'alert.digest': 3_600_000 });
  assert.deepEqual(told().slice(2), [later]);
});

test('a broken channel is left alone longer and longer, keeps its order, and holds up no other', async () => {
  const ids = await happen('removal', 'change');
  behave['one'] = fail();
  const { delivered, failed } = await tell({}, ['one', 'two']);
  assert.deepEqual([delivered, failed.map(({ code, retry }) => `${code} ${retry}`)], [2, ['ALERT_FAILED later']]);
  assert.deepEqual([told('one'), told('two')], [[], ids]);
  let tries = 0;
  behave['one'] = () => {
    tries += 1;
    return fail()();
  };
  for (let minute = 0; minute < 60; minute++) {
    parts.clock.advance(60_000);
    await tell({}, ['one', 'two']);
  }
  assert.equal(tries, 3, 'after 1, 6 and 36 minutes');
  behave = {};
  parts.clock.advance(120 * 60_000);
  await tell({}, ['one', 'two']);
  assert.deepEqual([told('one'), told('two')], [ids, ids]);
});

test('a pause that the other side asks for is kept, no more and no less', async () => {
  const [id] = await happen('removal');
  behave['one'] = fail(10_000);
  await tell();
  behave = {};
  parts.clock.advance(9_000);
  assert.deepEqual(await tell(), { delivered: 0, failed: [] });
  parts.clock.advance(1_000);
  await tell();
  assert.deepEqual(told(), [id]);
});

test('two hundred events are twenty messages, and each event is on record', async () => {
  const ids = await happen(...Array.from({ length: 200 }, () => 'removal'));
  const before = (await records()).length;
  assert.deepEqual(await tell(), { delivered: 200, failed: [] });
  assert.equal(sent['one']!.length, 20);
  assert.deepEqual(told().join('+').split('+'), ids);
  assert.equal((await records()).length, before + 200);
});

test('a setting that is wrong is said, and nothing is told', async () => {
  await happen('removal');
  const { delivered, failed } = await tell({ 'alert.quiet': 'nights' });
  assert.deepEqual([delivered, failed.map(({ code }) => code), told()], [0, ['BAD_SETTING'], []]);
});
