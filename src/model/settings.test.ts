import assert from 'node:assert/strict';
import test from 'node:test';
import { type AsPostedError, type Setting, type Settings, environmentNames, resolveSettings } from './index.js';

test('flags beat variables, variables beat the file, the file beats defaults', () => {
  const file = { watch: { confirm: { notice: '5m', missing: '2h' } }, 'watch.observations': 4 };
  const environment = { ASPOSTED_WATCH_CONFIRM_NOTICE: '7m' };
  const flags = { 'watch.confirm.missing': '1h' };
  const settings = resolveSettings({ flags, environment, file });
  assert.equal(settings['watch.confirm.notice'], 7 * 60_000);
  assert.equal(settings['watch.confirm.missing'], 3_600_000);
  assert.equal(settings['watch.observations'], 4);
  assert.equal(settings['capture.maxBytes'], 12_000_000);
});

test('lists come as YAML lists or separated by commas and blanks', () => {
  assert.deepEqual(
    resolveSettings({ environment: { ASPOSTED_CAPTURE_ALLOW: '127.0.0.0/8, ::1/128' } })['capture.allow'],
    ['127.0.0.0/8', '::1/128'],
  );
  assert.deepEqual(resolveSettings({ file: { capture: { allow: ['10.0.0.0/8'] } } })['capture.allow'], ['10.0.0.0/8']);
});

test('a wrong value names the setting, its origin and what would be right', () => {
  const wrong = (): unknown => resolveSettings({ environment: { ASPOSTED_WATCH_CONFIRM_NOTICE: 'soon' } });
  assert.throws(
    wrong,
    (error: AsPostedError) =>
      error.code === 'BAD_SETTING' &&
      /watch\.confirm\.notice from ASPOSTED_WATCH_CONFIRM_NOTICE is "soon", which is not a duration/.test(
        error.message,
      ),
  );
  assert.throws(() => resolveSettings({ flags: { 'watch.confirm': '1m' } }), /unknown setting watch\.confirm/);
  assert.throws(() => resolveSettings({ file: { watch: { keep: 'some' } } }), /one of changed, all/);
});

test('a secret is never printed in an error', () => {
  const wrong = (): unknown => resolveSettings({ file: { 'publish.sign.token': ['hunter2'] } });
  assert.throws(wrong, (error: Error) => !error.message.includes('hunter2'));
});

test('a secret may come from a file that a variable names, or from a credential of the unit; nothing else may', () => {
  const files = new Map([
    ['/run/a', ' postgres://x \nmore'],
    ['/cred/ASPOSTED_PUBLISH_SIGN_TOKEN', 'hunter2'],
  ]);
  const resolve = (environment: Record<string, string>): Settings =>
    resolveSettings({ environment, readSecret: (path) => files.get(path) });
  assert.equal(resolve({ ASPOSTED_DATABASE_URL_FILE: '/run/a' })['store.database.url'], 'postgres://x');
  const both = { ASPOSTED_DATABASE_URL_FILE: '/run/a', ASPOSTED_DATABASE_URL: 'postgres://y' };
  assert.equal(resolve(both)['store.database.url'], 'postgres://y', 'the variable itself is stronger');
  assert.equal(resolve({ CREDENTIALS_DIRECTORY: '/cred' })['publish.sign.token'], 'hunter2');
  assert.equal(resolve({ CREDENTIALS_DIRECTORY: '/cred' })['store.database.url'], '');
  assert.throws(() => resolve({ ASPOSTED_DATABASE_URL_FILE: '/run/none' }), /ASPOSTED_DATABASE_URL_FILE names a file/);
  assert.equal(resolve({ ASPOSTED_CAPTURE_USERAGENT_FILE: '/run/a' })['capture.userAgent'], '');
});

test('an extension brings settings of its own, from the same places; it cannot take the name of one of ours', () => {
  const mine = (value: string): Setting<'text', string> => ({ kind: 'text', default: value, help: 'Mine.' });
  const extensions = { 'toy.colour': mine('red'), 'toy.size': mine('1'), 'watch.keep': mine('none') };
  const settings = resolveSettings({ extensions, environment: { ASPOSTED_TOY_SIZE: '2' } });
  assert.deepEqual(
    ['toy.colour', 'toy.size', 'watch.keep'].map((name) => ({ ...settings })[name as never]),
    ['red', '2', 'changed'],
  );
  assert.throws(() => resolveSettings({ file: { toy: { colour: 'red' } } }), /unknown setting toy\.colour/);
});

test('the variable of capture.allow is ASPOSTED_CAPTURE_ALLOW', () => {
  assert.deepEqual(environmentNames('capture.allow'), ['ASPOSTED_CAPTURE_ALLOW']);
  assert.deepEqual(environmentNames('store.database.url'), ['ASPOSTED_DATABASE_URL']);
});
