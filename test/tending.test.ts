/** The commands that let a log grow have it cosigned by themselves, and go on when nobody answers. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startWitness, witnessLine } from '../src/preserve/testing/witness.js';
import { type Ran, asposted } from './support/cli.js';
import { LOOPBACK, startSite } from './support/site.js';

test('capture, watch and serve ask the witnesses of log.policy; a dead one is a line on stderr', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-tending-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const store = join(dir, 'store');
  const policy = join(dir, 'newsroom.policy');
  const env = { ...LOOPBACK, ASPOSTED_LOG_POLICY: policy, ASPOSTED_LOG_RETRY: '0' };
  const run = (args: readonly string[]): Promise<Ran> => asposted(args, { store, env });
  const key = String((await asposted(['init', '--json'], { store })).rows()[0]!['key']);
  const witness = await startWitness('one.test/witness', 11, [key]);
  t.after(() => witness.close());
  writeFileSync(policy, `log ${key}\n${witnessLine('one', witness)}quorum one\n`);
  const site = await startSite(t);
  const page =
    '<!doctype html><html><head><title>A</title></head><body><article><p>A notice.</p></article></body></html>';
  site.answers.set('/a', { body: page });

  const witnessed = join(store, 'log', 'witnessed');
  const cosigned = (): number => Number(readFileSync(witnessed, 'utf8').split('\n')[1]);
  const size = async (): Promise<number> => Number((await run(['log', 'checkpoint'])).stdout.split('\n')[1]);
  const captured = await run(['capture', `${site.base}/a`]);
  assert.equal(captured.code, 0, captured.stderr);
  assert.ok(existsSync(witnessed), captured.stderr);
  assert.equal(cosigned(), await size());

  const round = await run(['watch', '--once', '--all']);
  assert.equal(round.code, 0, round.stderr);
  assert.equal(cosigned(), await size(), 'after a round');
  assert.equal((await run(['log', 'witness'])).code, 0, 'by hand, without --policy');

  witness.answerNext = { status: 500, body: '' };
  const dead = await run(['capture', `${site.base}/a`]);
  assert.equal(dead.code, 0, 'it fails nothing');
  assert.match(dead.stderr, /witness one: refused/);
  const before = cosigned();
  let child: { kill(signal: 'SIGINT'): boolean } | undefined;
  const served = asposted(['serve', '--listen', '127.0.0.1:0'], { store, env, started: (it) => (child = it) });
  for (let waited = 0; cosigned() === before && waited < 200; waited++)
    await new Promise((done) => setTimeout(done, 100));
  child!.kill('SIGINT');
  await served;
  assert.ok(cosigned() > before, 'serve tries again');
});
