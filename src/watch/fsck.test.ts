/** One thing of each kind broken on a real store: it is named, nothing else is, and what is made is made again. */
import assert from 'node:assert/strict';
import { chmod, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import type { SeenRecord } from '../model/index.js';
import {
  listChanges,
  listCopies,
  listEvents,
  listFlags,
  listMatches,
  listMentions,
  listNotices,
  openForCheck,
  openStore,
  showNotice,
} from '../store/index.js';
import { promise } from '../preserve/testing/calendar.js';
import { sha256Bytes, splitNote, toHex, utf8 } from '../verify/index.js';
import { MAGIC, hex } from '../verify/testing/ots.js';
import { type FsckReport, check, fsck } from './index.js';
import { openTestParts, pageOf } from './testing/parts.js';

const parts = await openTestParts();
after(() => parts.dispose());
const { store, pages, clock } = parts;
const db = store.database;
const at = (...path: string[]): string => join(store.dir, ...path);
const url = 'https://www.example.gov.cn/content/post_1.html';
const TEXT = '广东省对俄贸易促进会近日收到国外企业来函，拟采购无人机探测器（商品名Bulat）、无人机抑制器。';

/** Leaves enough for a full tile, one that is not full, and a level above them. */
const ENTRIES = 300;

const delivery = (n: number): SeenRecord => ({
  ...{ type: 'delivery', v: 1, at: '2024-05-22T03:00:00.000Z', channel: 'test', event: `V-${n}` },
  ...{ outcome: 'delivered', detail: '' },
});

before(async () => {
  pages.set(url, pageOf('关于采购的通知', [TEXT]));
  await check(parts, { url });
  pages.set(url, pageOf('关于采购的通知', [TEXT.replace('Bulat', 'Halden')]));
  clock.advance(3_600_000);
  await check(parts, { url });
  const other = 'https://other.example.gov.cn/content/post_2.html';
  pages.set(other, pageOf('转发', [TEXT]));
  await check(parts, { url: other });
  const size = await store.log.size();
  const note = await store.log.checkpoint();
  await store.log.keepWitnessed(note);
  const digest = toHex(sha256Bytes(utf8(splitNote(note)!.text)));
  await store.log.stamps.keep(size, note, hex(`${MAGIC} 01 08 ${digest} ${promise('https://a.example')}`), 'ots');
  await store.log.append(Array.from({ length: ENTRIES - size }, (_, n) => delivery(n)));
});

async function run(repair = false): Promise<FsckReport> {
  const under = await openForCheck({ dir: store.dir });
  try {
    return await fsck(under, parts, { repair });
  } finally {
    await under.close();
  }
}

/** Everything the public interface tells. */
async function answers(): Promise<string> {
  const lists = [listNotices, listChanges, listCopies, listMentions, listMatches, listFlags, listEvents];
  const rows = await Promise.all(lists.map((list) => list(db)));
  const details = await Promise.all((await listNotices(db)).map(({ id }) => showNotice(db, id)));
  return JSON.stringify([...rows, details]);
}

type Undo = () => Promise<unknown>;

const changed =
  (change: (bytes: Buffer) => Buffer, ...path: string[]) =>
  async (): Promise<Undo> => {
    const file = at(...path);
    const whole = await readFile(file);
    await chmod(file, 0o600);
    await writeFile(file, change(Buffer.from(whole)));
    return () => writeFile(file, whole);
  };
const flip =
  (place: number) =>
  (bytes: Buffer): Buffer => {
    const at = place < 0 ? bytes.length + place : place;
    bytes[at] = bytes[at]! ^ 1;
    return bytes;
  };
const gone =
  (...path: string[]) =>
  async (): Promise<Undo> => {
    await rename(at(...path), at('aside'));
    return () => rename(at('aside'), at(...path));
  };
const both =
  (...steps: (() => Promise<Undo>)[]) =>
  async (): Promise<Undo> => {
    const undo: Undo[] = [];
    for (const step of steps) undo.push(await step());
    return async () => {
      for (const each of undo.reverse()) await each();
    };
  };

async function objectOf(type: string): Promise<string[]> {
  for await (const { leaf } of store.log.leaves(0)) {
    if (leaf.type !== type) continue;
    const record = await store.readRecord(leaf.record);
    const hash = record.type === 'exhibit' ? record.warc.sha256 : leaf.record;
    return ['vault', 'objects', hash.slice(0, 2), hash.slice(2)];
  }
  throw new Error(`no ${type}`);
}
const lazily = (path: () => Promise<string[]>, break_: (...path: string[]) => () => Promise<Undo>) => async () =>
  break_(...(await path()))();
const sql = (statement: string) => async (): Promise<Undo> => {
  await db.query(statement);
  return () => Promise.resolve();
};

interface Damage {
  what: string;
  do: () => Promise<Undo>;
  /** Every problem named, in order. */
  named: RegExp[];
}

const stamped = async (): Promise<string[]> => ['log', 'stamped', String((await store.log.stamps.sizes())[0])];

const SEEN: Damage[] = [
  {
    what: 'a witnessed checkpoint',
    do: changed(flip(-5), 'log', 'witnessed'),
    named: [/^log\/witnessed: it is no checkpoint of this log/],
  },
  {
    what: 'a stamped checkpoint',
    do: lazily(stamped, (...path) => changed(flip(40), ...path, 'checkpoint')),
    named: [/^log\/stamped\/\d+\/checkpoint: it is no checkpoint of this log/],
  },
  {
    what: 'a stamp',
    do: lazily(stamped, (...path) => changed(flip(40), ...path, '1.ots')),
    named: [/^log\/stamped\/\d+\/1\.ots is no proof of that checkpoint: .*another file/],
  },
  { what: 'a checkpoint', do: changed(flip(30), 'log', 'checkpoint'), named: [/^log\/checkpoint: it is not signed/] },
  { what: 'no checkpoint', do: gone('log', 'checkpoint'), named: [/^log\/checkpoint: the file is missing/] },
  {
    what: 'an entry',
    do: changed(flip(60), 'log', 'tile', 'entries', '000'),
    named: [/^log\/tile\/entries\/000: entry 0 is not the one that was signed/],
  },
  {
    what: 'a bundle cut short',
    do: changed((bytes) => bytes.subarray(0, 500), 'log', 'tile', 'entries', '000'),
    named: [/^log\/tile\/entries\/000: the bundle is missing or does not hold/],
  },
  {
    what: 'a bundle that is gone',
    do: gone('log', 'tile', 'entries', '001.p', '44'),
    named: [/^log\/tile\/entries\/001\.p\/44: the bundle is missing/],
  },
  {
    what: 'an entry and its tile, differently',
    do: both(changed(flip(60), 'log', 'tile', 'entries', '000'), changed(flip(40), 'log', 'tile', '0', '000')),
    named: [
      /^log\/tile\/entries\/000: entry 0 is not the one that was signed/,
      /^log\/tile\/0\/000: it is not the hash tile of what was signed/,
    ],
  },
  {
    what: 'an entry, its tile and the tile above',
    do: both(
      changed(flip(60), 'log', 'tile', 'entries', '000'),
      changed(flip(40), 'log', 'tile', '0', '000'),
      changed(flip(20), 'log', 'tile', '1', '000.p', '1'),
    ),
    named: [/^log\/tile\/entries\/000: entry 0 does not have the hash in its tile, and nothing says which is right/],
  },
  {
    what: 'an entry of one bundle and a tile of another',
    do: both(changed(flip(60), 'log', 'tile', 'entries', '001.p', '44'), changed(flip(40), 'log', 'tile', '0', '000')),
    named: [/^log\/tile\/0\/000: entry 1 does not have/, /^log\/tile\/entries\/001\.p\/44: entry 256 is not the one/],
  },
  {
    what: 'a capture',
    do: lazily(
      () => objectOf('exhibit'),
      (...path) => changed(flip(200), ...path),
    ),
    named: [/^log entry \d+: /],
  },
  {
    what: 'a capture that is gone',
    do: lazily(() => objectOf('exhibit'), gone),
    named: [/^log entry \d+: the vault has no object/],
  },
  {
    what: 'a record',
    do: lazily(
      () => objectOf('observation'),
      (...path) => changed(flip(5), ...path),
    ),
    named: [/^log entry \d+: the vault's object [0-9a-f]+ no longer has that hash/],
  },
  {
    what: 'a log key',
    do: changed(() => Buffer.from('words'), 'keys', 'log.key'),
    named: [/^keys\/log\.key: it is no private key/],
  },
  { what: 'no log key', do: gone('keys', 'log.key'), named: [/^keys\/log\.key: it is missing/] },
];

const MADE: Damage[] = [
  { what: 'a hash tile', do: changed(flip(40), 'log', 'tile', '0', '000'), named: [/^log\/tile\/0\/000: entry 1/] },
  {
    what: 'no hash tile',
    do: gone('log', 'tile', '0', '000'),
    named: [/^log\/tile\/0\/000: the hash tile is missing/],
  },
  {
    what: 'the newest hash tile, without which nothing opens',
    do: changed(flip(40), 'log', 'tile', '0', '001.p', '44'),
    named: [/^log\/tile\/0\/001\.p\/44: entry 257/],
  },
  {
    what: 'a tile of a higher level, cut',
    do: changed((bytes) => bytes.subarray(0, 10), 'log', 'tile', '1', '000.p', '1'),
    named: [/^log\/tile\/1\/000\.p\/1: the hash tile is missing or has the wrong size/],
  },
  {
    what: 'a tile of a higher level',
    do: changed(flip(20), 'log', 'tile', '1', '000.p', '1'),
    named: [/^log\/tile\/1\/000\.p\/1: it is not made of the tiles below it/],
  },
  {
    what: 'a key everybody reads',
    do: async () => {
      await chmod(at('keys', 'log.key'), 0o644);
      return () => chmod(at('keys', 'log.key'), 0o600);
    },
    named: [/^keys\/log\.key: others than its owner/],
  },
  { what: 'a title', do: sql(`update notice set title = 'x'`), named: [/table notice: 2 rows are not as/] },
  { what: 'no mentions', do: sql('delete from mention'), named: [/table mention: \d+ rows are missing \(N-/] },
  {
    what: 'a row of nothing',
    do: sql(`insert into event (id, type, at, body) values ('V-FALSE', 'notice', '2024', '{}')`),
    named: [/table event: 1 rows rest on nothing in the log \(V-FALSE\)/],
  },
  { what: 'a reading', do: sql(`update exhibit set text = 'other'`), named: [/table exhibit: 3 rows are not as/] },
  {
    what: 'an entry without its row',
    do: sql('delete from record where log_index = 200'),
    named: [/table record: 1 rows are missing \(200\)/],
  },
  {
    what: 'a row beyond the log',
    do: sql(`insert into record values (100000, 'ab', 'exhibit', '2024')`),
    named: [/table record: 1 rows rest on nothing in the log \(100000\)/],
  },
  { what: 'a table that is gone', do: sql('drop table flag'), named: [/table flag is missing or has other columns/] },
];

const match = (found: readonly string[], wanted: readonly RegExp[], what: string): void => {
  assert.equal(found.length, wanted.length, `${what}: ${found.join(' | ')}`);
  for (const [n, pattern] of wanted.entries()) assert.match(found[n]!, pattern, what);
};

test('a store that is right is found right', async () => {
  const report = await run();
  assert.deepEqual([report.problems, report.notChecked, report.repaired], [[], [], []]);
  assert.deepEqual([report.entries, report.exhibits], [ENTRIES, 3]);
  assert.deepEqual(report.unreferenced, { objects: 0, bytes: 0 });
});

test('what was seen is named wherever it is broken, the rest is still looked at, and repair leaves it alone', async () => {
  for (const damage of SEEN) {
    const undo = await damage.do();
    const report = await run();
    match(report.problems, damage.named, damage.what);
    assert.ok(report.damaged.length > 0, damage.what);
    assert.ok(report.exhibits > 0 || damage.what === 'a bundle cut short', `${damage.what}: the rest was not read`);
    assert.ok(
      report.notChecked.some((each) => each.startsWith('the database')),
      damage.what,
    );
    assert.deepEqual((await run(true)).damaged, report.damaged, damage.what);
    await undo();
  }
  assert.deepEqual((await run()).problems, [], 'put back, it is whole');
});

test('what is made is named, and made again only when that is asked for: the answers are those from before', async () => {
  const right = await answers();
  for (const damage of MADE) {
    await damage.do();
    const report = await run();
    match(report.made, damage.named, damage.what);
    assert.deepEqual(report.problems, report.made, damage.what);
    assert.deepEqual(report.damaged, [], damage.what);
    const repaired = await run(true);
    assert.deepEqual([repaired.problems, repaired.repaired.length > 0], [[], true], damage.what);
    match(repaired.repaired, damage.named, damage.what);
    assert.equal(await answers(), right, damage.what);
    await rm(at('aside'), { force: true });
  }
  assert.deepEqual((await run()).problems, []);
  const schemas = await db.query<{ name: string }>(
    "select schema_name as name from information_schema.schemata where schema_name like '%fsck%'",
  );
  assert.deepEqual(schemas, [], 'the tables it compared with are gone');
});

test('objects nobody refers to and files of cut writes are counted, never deleted; a rotten one is named', async () => {
  const hash = await store.vault.put(Buffer.from('nobody refers to this'));
  await writeFile(at('vault', 'incoming', 'ab.part'), 'x');
  const report = await run(true);
  assert.deepEqual(report.unreferenced, { objects: 1, bytes: 21 });
  assert.deepEqual([report.problems, report.leftovers], [[], 1]);
  assert.ok(await store.vault.has(hash));
  const path = at('vault', 'objects', hash.slice(0, 2), hash.slice(2));
  await chmod(path, 0o600);
  await writeFile(path, 'something else');
  match((await run()).problems, [/no longer has that hash; no record refers to it: move it away/], 'rotten');
  await rm(path);
  await rm(at('vault', 'incoming', 'ab.part'));
});

test('no key is made where one was lost, and Ctrl-C ends the reading', async () => {
  const undo = await gone('keys', 'log.key')();
  await run(true);
  assert.ok(!(await readdir(at('keys'))).includes('log.key'));
  await undo();
  const back = await gone('keys')();
  await assert.rejects(openStore({ dir: store.dir }), { code: 'STORE_FAILED', message: /log\.key: it is missing/ });
  assert.deepEqual(await readdir(at('keys')), [], 'no command makes one either');
  await rm(at('keys'), { recursive: true });
  await back();
  const under = await openForCheck({ dir: store.dir });
  const signal = AbortSignal.abort();
  await assert.rejects(fsck(under, parts, { repair: false, signal }), { code: 'INTERRUPTED' });
  await under.close();
});
