/** `log stamp`, `log upgrade`, `fsck` and `verify` as the command, with a calendar behind HTTP. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { calendar } from '../src/preserve/testing/calendar.js';
import { sha256Bytes, splitNote, utf8 } from '../src/verify/index.js';
import { type Ran, asposted } from './support/cli.js';

test('a log is taken up by a calendar, upgraded, checked, and its lone proof verified', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-log-stamps-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const it = await calendar(t);
  const env = { ASPOSTED_CAPTURE_ALLOW: '127.0.0.0/8' };
  const run = (args: readonly string[], more: Record<string, string> = {}): Promise<Ran> =>
    asposted(args, { store: join(dir, 'store'), env: { ...env, ...more } });
  assert.equal((await run(['init'])).code, 0);
  const nobody = await run(['log', 'stamp']);
  assert.equal(nobody.code, 2, nobody.stdout);
  assert.match(nobody.stderr, /log\.tsa or log\.ots/);
  const down = await run(['log', 'stamp', '--ots', 'http://127.0.0.1:9/']);
  assert.equal(down.code, 3, down.stdout);
  assert.match(down.stdout, /unreachable/);

  const stamped = await run(['log', 'stamp', '--json'], { ASPOSTED_LOG_OTS: it.url });
  assert.equal(stamped.code, 0, stamped.stderr);
  const [{ size, calendars }] = stamped.rows() as [{ size: number; calendars: { outcome: string }[] }];
  assert.deepEqual(
    calendars.map(({ outcome }) => outcome),
    ['promised'],
  );
  const path = join(dir, 'store/log/stamped', String(size), '1.ots');
  assert.ok(existsSync(path));
  const early = await run(['log', 'upgrade', '--ots', it.url]);
  assert.equal(early.code, 0, early.stderr);
  assert.match(early.stdout, /1\.ots: pending/);
  it.ready = true;
  const stranger = await run(['log', 'upgrade']);
  assert.equal(stranger.code, 3, 'a calendar that is not named is not asked');
  const late = await run(['log', 'upgrade', '--ots', it.url]);
  assert.equal(late.code, 0, late.stdout);
  assert.match(late.stdout, /1\.ots: block \(block 7 with Merkle root [0-9a-f]{64}\)/);
  assert.match((await run(['log', 'upgrade'])).stdout, /No proof is waiting/);

  const text = join(dir, 'checkpoint.txt');
  const note = readFileSync(join(dir, 'store/log/stamped', String(size), 'checkpoint'), 'utf8');
  writeFileSync(text, splitNote(note)!.text);
  const lone = await run(['verify', path, '--of', text]);
  assert.equal(lone.code, 6, lone.stdout);
  assert.match(lone.stdout, /before block 7 of Bitcoin[^]*`bitcoin 7 …`/);
  assert.equal((await run(['verify', path])).code, 6);
  assert.equal((await run(['verify', path, '--of', path])).code, 5);
  writeFileSync(join(dir, 'blocks'), 'bitcoin 7 00\n');
  assert.equal((await run(['verify', path, '--of', text, '--trust', join(dir, 'blocks')])).code, 2);

  for (const command of [['fsck'], ['log', 'audit']]) assert.equal((await run(command)).code, 0, command.join(' '));
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 33), sha256Bytes(utf8('other')), bytes.subarray(65)]));
  for (const command of [['fsck'], ['log', 'audit']]) {
    const { code, stdout } = await run(command);
    assert.equal(code, 5, command.join(' '));
    assert.match(stdout, /log\/stamped\/\d+\/1\.ots is no proof of that checkpoint: .*another file/);
  }
});
