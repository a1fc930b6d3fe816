/** Whoever waits for the beat of a watch hears it after rounds that ended well, and only then. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { type Behaviour, answer, receiver } from '../src/alert/testing/receiver.js';
import { type Ran, asposted, storeDir } from './support/cli.js';
import { LOOPBACK } from './support/site.js';

const TOKEN = '4b1f2f0c-secret';
const PAGE =
  '<!doctype html><html><head><title>A</title></head><body><article><p>A notice.</p></article></body></html>';

test('a round that ended well is followed by one beat, a failed one by none, and a beat that fails is a line on stderr', async (t) => {
  const store = storeDir(t);
  let show: () => string = () => PAGE;
  const site = await receiver(t, (response, got) => {
    answer(200, show(), { 'content-type': 'text/html' })(response, got);
  });
  let heard: Behaviour = answer(200, 'OK');
  const monitor = await receiver(t, (response, got) => {
    heard(response, got);
  });
  const run = (args: readonly string[], heartbeat = `${monitor.origin}/${TOKEN}`): Promise<Ran> =>
    asposted(args, { store, env: { ...LOOPBACK, ASPOSTED_ALERT_HEARTBEAT: heartbeat } });
  const round = ['watch', '--once', '--all'];

  assert.equal((await asposted(['init'], { store })).code, 0);
  assert.equal((await run(['capture', `${site.origin}/a`])).code, 0);
  assert.equal(monitor.got.length, 0, 'a capture is no round');
  assert.equal((await run(round)).code, 0);
  assert.deepEqual(
    monitor.got.map(({ method, path, body }) => [method, path, body]),
    [['GET', `/${TOKEN}`, '']],
  );

  for (const [behave, said] of [
    [answer(503), /^heartbeat: 127\.0\.0\.1:\d+ did not take the message: HTTP 503\n$/],
    [answer(404, 'no such check'), /^heartbeat: 127\.0\.0\.1:\d+ refused it: HTTP 404\n$/],
    [answer(302, '', { location: '/elsewhere' }), /^heartbeat: 127\.0\.0\.1:\d+ refused it: HTTP 302\n$/],
  ] as const) {
    heard = behave;
    const { code, stderr } = await run(round);
    assert.equal(code, 0);
    assert.match(stderr, said);
  }
  const before = monitor.got.length;
  assert.equal(before, 4, 'no redirect is followed');

  const wrong = await run(round, `ftp://${TOKEN}`);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /alert\.heartbeat is not an address/);

  const incoming = join(store, 'vault', 'incoming');
  show = () => {
    rmSync(incoming, { recursive: true, force: true });
    writeFileSync(incoming, '');
    return PAGE.replace('A notice', 'Another notice');
  };
  const failed = await run(round);
  assert.ok(failed.code !== 0 && failed.code !== 3, failed.stderr);
  assert.equal(monitor.got.length, before);
  for (const { stderr, stdout } of [wrong, failed]) assert.ok(!`${stdout}${stderr}`.includes(TOKEN));
});

test('serve sends it too', async (t) => {
  const store = storeDir(t);
  let child: { kill(signal: 'SIGINT'): boolean } | undefined;
  const monitor = await receiver(t, (response, got) => {
    answer(204)(response, got);
    child!.kill('SIGINT');
  });
  const env = { ...LOOPBACK, ASPOSTED_ALERT_HEARTBEAT: monitor.origin };
  const served = await asposted(['serve', '--listen', '127.0.0.1:0'], { store, env, started: (it) => (child = it) });
  assert.equal(served.code, 0, served.stderr);
  assert.equal(monitor.got.length, 1);
});
