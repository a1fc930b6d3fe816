import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { makeAuthority } from './authority.js';
import { skipOrFail } from '../model/testing/shared.js';

test('the throw-away CA issues for the names asked and for no other, and signs what it issues', () => {
  const authority = makeAuthority();
  const [ca, cert] = [
    new X509Certificate(authority.certificate),
    new X509Certificate(authority.issue(['a.example', 'b.example']).cert),
  ];
  assert.ok(ca.ca && !cert.ca);
  assert.ok(cert.verify(ca.publicKey));
  assert.equal(cert.checkHost('b.example'), 'b.example');
  assert.equal(cert.checkHost('c.example'), undefined);
  assert.ok(Date.parse(cert.validTo) - Date.now() < 2 * 86_400_000, 'it is good for a day');
});

test('openssl accepts its certificates as well', (t) => {
  if (spawnSync('openssl', ['version']).status !== 0) {
    skipOrFail(t, 'openssl is not installed: on Debian, apt-get install openssl');
    return;
  }
  const dir = mkdtempSync(join(tmpdir(), 'asposted-ca-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const authority = makeAuthority();
  writeFileSync(join(dir, 'ca.pem'), authority.certificate);
  writeFileSync(join(dir, 'cert.pem'), authority.issue(['a.example']).cert);
  const verify = (host: string) =>
    spawnSync(
      'openssl',
      [
        'verify',
        '-x509_strict',
        '-purpose',
        'sslserver',
        '-verify_hostname',
        host,
        '-CAfile',
        join(dir, 'ca.pem'),
        join(dir, 'cert.pem'),
      ],
      { encoding: 'utf8' },
    );
  const good = verify('a.example');
  assert.equal(good.status, 0, good.stdout + good.stderr);
  assert.notEqual(verify('b.example').status, 0);
});
