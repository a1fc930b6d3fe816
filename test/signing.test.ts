/** `export --sign`, as users run it: a package for a domain or none at all, and what readers say of it. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { TestSigner } from '../src/verify/testing/signer.js';
import { hasOpenssl } from '../src/verify/testing/tsa.js';
import { skipOrFail } from '../src/model/testing/shared.js';
import { type Ran, asposted, storeDir } from './support/cli.js';
import { LOOPBACK, startSite } from './support/site.js';

test('a package is signed for the domain the settings name, or not written; --sign anonymous is asked for', async (t) => {
  if (!hasOpenssl()) {
    skipOrFail(t, 'the openssl command is not there');
    return;
  }
  const signer = await new TestSigner().start();
  const dir = mkdtempSync(join(tmpdir(), 'asposted-sign-'));
  t.after(() => {
    signer.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const store = storeDir(t);
  const site = await startSite(t);
  site.answers.set('/a', { body: '<!doctype html><title>通知</title><article><p>采购无人机。</p></article>' });
  const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
    asposted(args, { store, env: { ...LOOPBACK, ...env } });
  assert.equal((await run(['init', store])).code, 0);
  const [row] = (await run(['capture', '--json', `${site.base}/a`])).rows();
  const exhibit = String(row!['exhibit']);
  const server = {
    ASPOSTED_PUBLISH_SIGN_URL: signer.base,
    ASPOSTED_PUBLISH_SIGN_TOKEN: `Bearer ${signer.token}`,
    ASPOSTED_PUBLISH_SIGN_ROOTS: `sha256:${signer.root.toUpperCase()}`,
  };
  const trust = join(dir, 'trust');
  writeFileSync(trust, `domain sha256:${signer.root}\ntsa sha256:${signer.root}\n`);
  const file = (name: string): string => join(dir, name);
  const verdict = async (name: string, ...more: string[]): Promise<number | null> =>
    (await run(['verify', file(name), ...more])).code;

  const made = await run(['export', exhibit, '-o', file('server.wacz'), '--json'], server);
  assert.equal(made.code, 0, made.stderr);
  assert.equal(made.rows()[0]!['signed'], 'domain');
  assert.equal(await verdict('server.wacz', '--trust', trust), 0);
  assert.equal(await verdict('server.wacz'), 6, 'roots nobody named are trusted by nobody');
  const said = await run(['verify', file('server.wacz'), '--trust', trust]);
  assert.match(said.stdout, /ok {7}The package is signed for notices\.example\.org/);

  writeFileSync(file('key.pem'), signer.tsa.read('leaf.key'));
  writeFileSync(file('chain.pem'), signer.tsa.pem('leaf', 'sub', 'root'));
  const key = {
    ASPOSTED_PUBLISH_SIGN_KEY: file('key.pem'),
    ASPOSTED_PUBLISH_SIGN_CERT: file('chain.pem'),
    ASPOSTED_PUBLISH_SIGN_ROOTS: signer.root,
    ASPOSTED_LOG_TSA: `${signer.base}/tsr`,
  };
  const own = await run(['export', exhibit, '-o', file('key.wacz'), '--sign', 'domain'], key);
  assert.equal(own.code, 0, own.stderr);
  assert.equal(await verdict('key.wacz', '--trust', trust), 0);

  const plain = await run(['export', exhibit, '-o', file('plain.wacz'), '--sign', 'anonymous', '--json'], server);
  assert.deepEqual([plain.code, plain.rows()[0]!['signed']], [0, 'anonymous']);
  assert.equal(await verdict('plain.wacz'), 0);

  type Refused = [what: string, env: Record<string, string>, args: string[], code: number, sentence: RegExp];
  const refused: Refused[] = [
    ['another token', { ...server, ASPOSTED_PUBLISH_SIGN_TOKEN: 'hunter2' }, [], 1, /refuses the token \(HTTP 403\)/],
    ['no root', { ...server, ASPOSTED_PUBLISH_SIGN_ROOTS: '' }, [], 1, /holds no root you trust/],
    ['a private address', { ...server, ASPOSTED_CAPTURE_ALLOW: '192.0.2.0/24' }, [], 2, /not a public address/],
    ['nobody there', { ...server, ASPOSTED_PUBLISH_SIGN_URL: 'http://127.0.0.1:1/' }, [], 7, /could not be reached/],
    ['two ways', { ...server, ...key }, [], 2, /names a server and a key/],
    ['half a key', { ...key, ASPOSTED_PUBLISH_SIGN_CERT: '' }, [], 2, /go together/],
    ['no authority', { ...key, ASPOSTED_LOG_TSA: '' }, [], 2, /needs a time stamp/],
    ['a root that is none', { ...server, ASPOSTED_PUBLISH_SIGN_ROOTS: 'abc' }, [], 2, /64 hex digits/],
    ['a file that is none', { ...key, ASPOSTED_PUBLISH_SIGN_KEY: file('none') }, [], 2, /cannot be read/],
    ['no settings', {}, ['--sign', 'domain'], 2, /no signer for a domain is set/],
    ['a word', {}, ['--sign', 'me'], 2, /domain or anonymous/],
  ];
  for (const [what, env, args, code, sentence] of refused) {
    const ran = await run(['export', exhibit, '-o', file('never.wacz'), ...args], env);
    assert.equal(ran.code, code, `${what}: ${ran.stderr}`);
    assert.match(ran.stderr, sentence, what);
    assert.ok(!existsSync(file('never.wacz')), what);
    assert.doesNotMatch(ran.stderr + ran.stdout, new RegExp(`hunter2|${signer.token}|PRIVATE KEY`), what);
  }
  const zip = await run(['export', exhibit, '-o', file('never.zip'), '--sign', 'domain'], server);
  assert.deepEqual([zip.code, existsSync(file('never.zip'))], [2, false]);
});
