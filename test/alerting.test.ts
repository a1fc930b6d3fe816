import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { answer, nobody, receiver } from '../src/alert/testing/receiver.js';
import { asposted } from './support/cli.js';

test('`alert list` shows what is on and hides secrets; `alert test` says what the other side answered, and records nothing', async (t) => {
  const store = mkdtempSync(join(tmpdir(), 'asposted-alerting-'));
  t.after(() => {
    rmSync(store, { recursive: true, force: true });
  });
  const took = await receiver(t, answer(200, 'ok'));
  const refused = await receiver(t, answer(404));
  const env = {
    ASPOSTED_ALERT_WEBHOOK: `${took.origin}/hook/hunter2`,
    ASPOSTED_ALERT_WEBHOOK_SECRET: 'hunter2',
    ASPOSTED_ALERT_SLACK: `${refused.origin}/services/hunter2`,
    ASPOSTED_ALERT_EVENTS: 'removal, slack:fork',
  };
  assert.equal((await asposted(['init'], { store })).code, 0);

  const listed = await asposted(['alert', 'list', '--json'], { store, env });
  assert.equal(listed.code, 0, listed.stderr);
  const of = (kind: string) => listed.rows().find(({ channel }) => channel === kind)!;
  assert.deepEqual([of('webhook')['state'], of('webhook')['events']], ['on', ['removal']]);
  assert.deepEqual([of('slack')['state'], of('slack')['events']], ['on', ['fork']]);
  assert.equal(of('email')['state'], 'off');
  assert.deepEqual(of('webhook')['settings'], {
    'alert.webhook': new URL(took.origin).host,
    'alert.webhook.secret': '(secret)',
  });
  const shown = await asposted(['alert'], { store, env });
  assert.doesNotMatch(listed.stdout + shown.stdout + shown.stderr, /hunter2/);

  const before = await asposted(['log', 'entries', '--json'], { store });
  const tested = await asposted(['alert', 'test'], { store, env });
  assert.deepEqual([tested.code, tested.stdout], [3, 'slack: refused (HTTP 404)\nwebhook: delivered (HTTP 200)\n']);
  assert.equal((JSON.parse(took.got[0]!.body) as { event: string }).event, 'test');
  const down = { ASPOSTED_ALERT_WEBHOOK: `${await nobody()}/hunter2` };
  const failed = await asposted(['alert', 'test', 'webhook'], { store, env: down });
  assert.equal(failed.code, 1);
  assert.match(
    failed.stdout,
    /^webhook: failed: 127\.0\.0\.1:\d+ did not take the message: it refused the connection\n$/,
  );
  assert.equal((await asposted(['log', 'entries', '--json'], { store })).stdout, before.stdout);
});

test('`alert test` of a channel that is off, wrong or unknown says what to do, with no store', async () => {
  const off = await asposted(['alert', 'test']);
  assert.equal(off.code, 2);
  assert.match(off.stderr, /no channel is switched on[^]*alert\.email or alert\.matrix/);
  const unknown = await asposted(['alert', 'test', 'pigeon']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /there is no channel pigeon[^]*email, matrix, ntfy, slack, telegram, webhook/);
  const wrong = await asposted(['alert', 'test', '--alert.ntfy', 'hunter2']);
  assert.deepEqual([wrong.code, /alert\.ntfy is not the address of a topic/.test(wrong.stdout)], [1, true]);
  assert.doesNotMatch(wrong.stdout + wrong.stderr, /hunter2/);
});
