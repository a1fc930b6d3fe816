/** Changing the log's key as people do it: the commands, what they print, and what readers' commands then say. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { openNote, parseKey, parsePolicy } from '../src/verify/index.js';
import { type Ran, asposted } from './support/cli.js';

test('the key is rotated and retired by command, and readers follow with the statements', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-log-keys-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const run = (...args: string[]): Promise<Ran> => asposted(args, { store: join(dir, 'store') });
  const file = async (name: string, ...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args);
    assert.equal(code, 0, stderr);
    writeFileSync(join(dir, name), stdout);
    return join(dir, name);
  };
  await run('init');
  const old = await file('old.key', 'log', 'key');
  const none = await run('log', 'keys', '--statements');
  assert.deepEqual([none.code, none.stdout], [0, '']);

  const rotated = await run('log', 'rotate-key', '--reason', 'yearly change', '--json');
  assert.equal(rotated.code, 0, rotated.stderr);
  const [change] = rotated.rows();
  assert.deepEqual([change!['type'], change!['index'], change!['event']], ['keyChange', 0, 'rotated']);
  const key = String(change!['key']);
  const newest = await file('new.key', 'log', 'key');
  assert.match(rotated.stderr, /Publish the new key/);

  const policy = await file('new.policy', 'log', 'policy');
  const note = (await run('log', 'policy', '--note')).stdout;
  const opened = openNote(note, [parseKey(key)!, parseKey(String(change!['old']))!])!;
  assert.equal(opened.signedBy.length, 2, 'by old and new key');
  assert.equal(parsePolicy(opened.text).logs.length, 2);

  const both = await file('checkpoint', 'log', 'checkpoint');
  for (const trust of [old, newest]) assert.equal((await run('verify', both, '--trust', trust)).code, 0);
  assert.equal((await run('log', 'retire-key')).code, 0);
  assert.equal((await run('log', 'retire-key')).code, 2, 'there is none to retire');
  const after = await file('after', 'log', 'checkpoint');
  const statements = await file('statements', 'log', 'keys', '--statements');
  assert.equal((await run('verify', after, '--trust', newest)).code, 0);
  assert.equal((await run('verify', after, '--trust', old)).code, 5);
  assert.equal((await run('verify', after, '--trust', old, '--keys', statements)).code, 0);
  assert.equal((await run('verify', after, '--policy', policy)).code, 0);
  assert.equal((await run('verify', after, '--keys', policy)).code, 2, 'that is no file of statements');

  const forced = await run('log', 'rotate-key', '--compromised');
  assert.equal(forced.code, 0, forced.stderr);
  const stolen = await file('statements', 'log', 'keys', '--statements');
  const last = await file('last', 'log', 'checkpoint');
  assert.equal(
    (await run('verify', last, '--trust', newest, '--keys', stolen)).code,
    6,
    'signed by a key that follows a stolen one',
  );
  assert.equal((await run('verify', after, '--trust', newest, '--keys', stolen)).code, 6, 'signed by a stolen key');
  const rows = (await run('log', 'keys', '--json')).rows();
  assert.deepEqual(
    rows.map(({ state, from, to }) => [state, from, to]),
    [
      ['retired', 0, 1],
      ['compromised', 1, 2],
      ['newest', 3, null],
    ],
  );
  assert.match((await run('log', 'keys')).stdout, /made at 0 \(yearly change\); compromised at 2/);
  assert.equal((await run('log', 'audit')).code, 0);
  assert.equal((await run('fsck')).code, 0);
  assert.equal((await run('rebuild')).code, 0);
  assert.equal((await run('log', 'rotate-key', '--reason', 'two\nlines')).code, 2);
});
