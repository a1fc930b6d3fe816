import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { SeenRecord } from '../model/index.js';
import { openCheckpoint, parseCheckpoint, parseKey, splitNote, toBase64 } from '../verify/index.js';
import { type OpenRecordLog, inspectKeys } from './index.js';
import { openTestLog } from './testing/log.js';

const ORIGIN = 'log.test/own';
const AT = '2024-05-22T03:00:00.000Z';

function note(n: number): SeenRecord {
  return { type: 'delivery', v: 1, at: AT, channel: 'test', event: `V-${n}`, outcome: 'delivered', detail: '' };
}

const open = async (dir: string): Promise<OpenRecordLog> => (await openTestLog(dir, ORIGIN)).log;

async function folder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-keys-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Under which of these keys a checkpoint verifies. */
function signedBy(checkpoint: string, keys: readonly string[]): boolean[] {
  return keys.map((each) => openCheckpoint(checkpoint, [parseKey(each)!], ORIGIN) !== undefined);
}

const keyFiles = async (dir: string): Promise<string[]> => (await readdir(join(dir, 'keys'))).sort();

test('after a rotation both keys sign, after the retirement the new one alone; the log says so itself', async (t) => {
  const dir = await folder(t);
  const log = await open(dir);
  const old = log.vkey;
  await log.append([note(0), note(1)]);
  const before = await log.checkpoint();
  const [rotated] = await log.rotateKey({ at: AT, reason: 'yearly change' });
  const { vkey } = log;
  assert.notEqual(vkey, old);
  const { record } = rotated!;
  assert.ok(record.type === 'key');
  assert.deepEqual([rotated!.index, record.event, record.old, record.new, record.size], [2, 'rotated', old, vkey, 2]);
  const { root } = parseCheckpoint(splitNote(before)!.text)!;
  assert.equal(
    splitNote(record.statement)!.text,
    `asposted log key\norigin ${ORIGIN}\nevent rotated\nold ${old}\nnew ${vkey}\nsize 2\nroot ${toBase64(root)}\nat ${AT}\nreason yearly change\n`,
  );
  assert.deepEqual(signedBy(await log.checkpoint(), [vkey, old]), [true, true]);
  await log.append([note(3)]);
  assert.deepEqual(signedBy(await log.checkpoint(), [vkey, old]), [true, true]);
  assert.deepEqual(await keyFiles(dir), ['log-1.key', 'log.key', 'log.notes']);

  await log.retireKeys({ at: AT });
  assert.deepEqual(signedBy(await log.checkpoint(), [vkey, old]), [true, false]);
  assert.deepEqual(await keyFiles(dir), ['log.key', 'log.notes'], 'the secret of a retired key goes');
  const again = await open(dir);
  await again.append([note(5)]);
  assert.deepEqual(signedBy(await again.checkpoint(), [vkey, old]), [true, false]);
  assert.deepEqual(
    again.keys.periods().map(({ key, from, to, ended }) => [key.text, from, to, ended]),
    [
      [old, 0, 4, 'retired'],
      [vkey, 3, undefined, undefined],
    ],
  );
  assert.deepEqual(await again.check(), { size: 6 });
  await assert.rejects(again.retireKeys({ at: AT }), { code: 'BAD_INPUT' });
});

test('a compromised key signs its own end and nothing after it; older ones end with it', async (t) => {
  const dir = await folder(t);
  const log = await open(dir);
  const first = log.vkey;
  await log.append([note(0)]);
  await log.rotateKey({ at: AT });
  const second = log.vkey;
  await log.append([note(2)]);
  await log.rotateKey({ at: AT, compromised: true, reason: 'the server was broken into' });
  assert.deepEqual(signedBy(await log.checkpoint(), [log.vkey, second, first]), [true, false, false]);
  assert.deepEqual(await keyFiles(dir), ['log.key', 'log.notes']);
  const again = await open(dir);
  await again.append([note(4)]);
  assert.deepEqual(
    again.keys.periods().map(({ from, to, ended }) => [from, to, ended]),
    [
      [0, 3, 'compromised'],
      [2, 3, 'compromised'],
      [4, undefined, undefined],
    ],
  );
  await again.check();
});

test('a checkpoint of an ended key is taken for its own sizes and refused beyond', async (t) => {
  const dir = await folder(t);
  const log = await open(dir);
  await log.append([note(0), note(1)]);
  const early = await log.checkpoint();
  const thief = await mkdtemp(join(tmpdir(), 'asposted-keys-'));
  t.after(() => rm(thief, { recursive: true, force: true }));
  await cp(dir, thief, { recursive: true });
  await log.rotateKey({ at: AT, compromised: true });
  await log.append([note(3), note(4)]);

  const witnessed = join(dir, 'log', 'witnessed');
  await writeFile(witnessed, early);
  const own = await open(dir);
  assert.equal(await own.witnessed(), early, 'of its own time');
  assert.deepEqual(signedBy(await own.checkpointFor(0), [own.vkey, log.keys.periods()[0]!.key.text]), [true, true]);

  const stolen = await open(thief); // the thief goes on with the old key
  await stolen.append([note(9), note(10)]);
  await writeFile(witnessed, await stolen.checkpoint());
  await assert.rejects(own.witnessed(), { code: 'LOG_CORRUPT' });
  await stolen.append([note(11)]);
  await writeFile(join(dir, 'log', 'checkpoint'), await stolen.checkpoint());
  await assert.rejects(open(dir), { code: 'LOG_CORRUPT' });
});

test('an older checkpoint is signed by the newest key only if it is one of this log', async (t) => {
  const dir = await folder(t);
  const other = await folder(t);
  const log = await open(dir);
  await cp(join(dir, 'keys'), join(other, 'keys'), { recursive: true });
  const fork = await open(other);
  await log.append([note(0), note(1)]);
  await fork.append([note(7), note(8)]);
  await log.rotateKey({ at: AT });
  await writeFile(join(dir, 'log', 'witnessed'), await fork.checkpoint());
  await assert.rejects(log.checkpointFor(0), { code: 'LOG_CORRUPT' });
});

test('another process that has the log open follows a change it did not make', async (t) => {
  const dir = await folder(t);
  const here = await open(dir);
  await here.append([note(0)]);
  const there = await open(dir);
  const old = here.vkey;
  await there.rotateKey({ at: AT, compromised: true });
  assert.equal(await here.size(), 2, 'it reads');
  await here.append([note(2)]);
  assert.deepEqual(signedBy(await here.checkpoint(), [there.vkey, old]), [true, false], 'and signs with the new key');
  assert.equal(here.vkey, there.vkey);
});

const STEPS = ['made', 'stored', 'logged', 'noted', 'linked', 'placed'] as const;
class Died extends Error {}

/** Ends a change of keys after one of its steps, as `kill -9` would. */
async function dieAt(step: string, change: (done: (step: string) => void) => Promise<unknown>): Promise<void> {
  await assert.rejects(
    change((reached) => {
      if (reached === step) throw new Died();
    }),
    Died,
    step,
  );
}

for (const compromised of [false, true]) {
  test(`death at any step of a ${compromised ? 'forced ' : ''}rotation leaves a log that opens and goes on`, async (t) => {
    for (const step of STEPS) {
      const dir = await folder(t);
      const log = await open(dir);
      const old = log.vkey;
      await log.append([note(0)]);
      await dieAt(step, (done) => log.rotateKey({ at: AT, compromised, done }));
      const left = await readFile(join(dir, 'log', 'checkpoint'), 'utf8');
      const again = await open(dir);
      const changed = STEPS.indexOf(step) >= STEPS.indexOf('logged');
      assert.equal(again.vkey !== old, changed, step);
      assert.equal(await again.checkpoint(), left, 'nothing was signed again');
      await again.append([note(1)]);
      const expected = changed ? [true, !compromised] : [true, true];
      assert.deepEqual(signedBy(await again.checkpoint(), [again.vkey, old]), expected, step);
      assert.equal(again.keys.statements.length, changed ? 1 : 0, step);
      if (!changed) await again.rotateKey({ at: AT, compromised });
      await (await open(dir)).check();
      const files = compromised ? ['log.key', 'log.notes'] : ['log-1.key', 'log.key', 'log.notes'];
      assert.deepEqual(await keyFiles(dir), files, step);
    }
  });
}

test('death at any step of a retirement leaves a log that opens and goes on', async (t) => {
  for (const step of ['stored', 'logged', 'noted']) {
    const dir = await folder(t);
    const log = await open(dir);
    await log.rotateKey({ at: AT });
    await log.rotateKey({ at: AT });
    await dieAt(step, (done) => log.retireKeys({ at: AT, done }));
    const again = await open(dir);
    await again.append([note(1)]);
    const retired = step === 'stored' ? [true, true, true] : [false, false, true];
    const keys = again.keys.periods().map(({ key }) => key.text);
    assert.deepEqual(signedBy(await again.checkpoint(), keys), retired, step);
    await again.check();
  }
});

test('a checkpoint of a change that was signed but not renamed, torn at any byte, is put in force or leaves no signature', async (t) => {
  const dir = await folder(t);
  const log = await open(dir);
  const old = log.vkey;
  await log.append([note(0)]);
  const path = join(dir, 'log', 'checkpoint');
  const before = await readFile(path);
  await dieAt('logged', (done) => log.rotateKey({ at: AT, done }));
  const after = await readFile(path);
  const { text } = splitNote(after.toString())!;
  for (let length = text.length; length <= after.length; length += 5) {
    const copy = await folder(t);
    await cp(dir, copy, { recursive: true });
    await writeFile(join(copy, 'log', 'checkpoint'), before);
    await writeFile(join(copy, 'log', 'checkpoint.part'), after.subarray(0, length));
    const again = await open(copy);
    await again.append([note(1)]);
    const whole = after.subarray(0, length).toString().slice(text.length).split('\n').length - 2;
    assert.equal(await again.size(), whole > 0 ? 3 : 2, `${length}`);
    assert.equal(again.vkey === old, whole <= 0, `${length}`);
    assert.deepEqual(signedBy(await again.checkpoint(), [again.vkey, old]), [true, true]);
    await again.check();
  }
});

test('folders of keys that are not those of the log are refused', async (t) => {
  const dir = await folder(t);
  const log = await open(dir);
  await log.append([note(0)]);
  await log.rotateKey({ at: AT });
  const keys = join(dir, 'keys');
  await rename(join(keys, 'log.key'), join(dir, 'aside'));
  await assert.rejects(open(dir), { code: 'STORE_FAILED' });
  await rename(join(dir, 'aside'), join(keys, 'log.key'));
  const notes = await readFile(join(keys, 'log.notes'), 'utf8');
  await writeFile(join(keys, 'log.notes'), notes.replace('size 1', 'size 0'));
  await assert.rejects(open(dir), { code: 'STORE_FAILED' });
  await rm(join(keys, 'log.notes'));
  const restored = await open(dir);
  assert.equal(await readFile(join(keys, 'log.notes'), 'utf8'), notes, 'made again from the log');
  await restored.check();
  for (const reason of ['two\nlines', 'x'.repeat(501), 'tab\there'])
    await assert.rejects(restored.rotateKey({ at: AT, reason }), { code: 'BAD_INPUT' }, reason.slice(0, 9));
  await restored.check();
});

test('every key that may still sign is looked at: by its mode and by what it holds', async (t) => {
  const dir = await folder(t);
  const log = await open(dir);
  await log.rotateKey({ at: AT });
  const keys = join(dir, 'keys');
  assert.deepEqual((await inspectKeys(keys, ORIGIN, true)).problems, []);
  await chmod(join(keys, 'log-1.key'), 0o644);
  const { problems, open: readable } = await inspectKeys(keys, ORIGIN, true);
  assert.deepEqual([problems.length, readable], [1, [join(keys, 'log-1.key')]]);
  await writeFile(join(keys, 'log-1.key'), 'words');
  const [broken] = (await inspectKeys(keys, ORIGIN, true)).problems;
  assert.deepEqual(broken, { kind: 'seen', what: 'keys/log-1.key: it is no private key of its kind' });
});

test('kill -9 while keys change and records are appended never forks the log', async (t) => {
  const dir = await folder(t);
  const script = fileURLToPath(new URL('./testing/rotator.ts', import.meta.url));
  const seen = new Map<number, string>();
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
      if (output.split('\n').length > 4 + round * 3) child.kill('SIGKILL');
    });
    await once(child, 'exit');
    for (const line of output.split('\n').slice(0, -1)) {
      const [size, root] = line.split(' ');
      assert.equal(seen.get(Number(size)) ?? root, root, `two trees of ${size} entries`);
      seen.set(Number(size), root!);
    }
    const log = await open(dir);
    const { size } = await log.check();
    assert.ok(size >= Math.max(...seen.keys()), 'what was acknowledged is there');
    await log.append([note(round)]);
    assert.deepEqual(signedBy(await log.checkpoint(), [log.vkey]), [true]);
  }
});
