import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { needShared, skipOrFail } from '../model/testing/shared.js';
import { type ChainFacts, certificateIsFor, readCertificate, sha256Hex, splitPem, validateChain } from './index.js';
import { TestTsa, hasOpenssl } from './testing/tsa.js';

const verdictOf = (facts: ChainFacts): string => {
  const result = validateChain(facts);
  return result.verdict === 'failed' ? result.code : result.verdict;
};

test('paths: names, signatures, authority, lengths, dates, purposes, and the anchor wherever it stands', (t) => {
  if (!hasOpenssl()) {
    skipOrFail(t, 'the openssl command is not there');
    return;
  }
  const tsa = new TestTsa();
  try {
    tsa.issue({ name: 'sub', as: 'sub' });
    tsa.issue({ name: 'below', as: 'tsa', by: 'sub' });
    tsa.issue({ name: 'subsub', as: 'root', by: 'sub' });
    tsa.issue({ name: 'too-deep', as: 'tsa', by: 'subsub' });
    tsa.issue({ name: 'nosign', as: 'nosign' });
    tsa.issue({ name: 'by-nosign', as: 'tsa', by: 'nosign' });
    tsa.issue({ name: 'by-leaf', as: 'tsa', by: 'tsa' });
    tsa.issue({ name: 'sha1', as: 'tsa', md: 'sha1' });
    tsa.issue({ name: 'server', as: 'server' });
    tsa.issue({ name: 'old', as: 'sub', to: '20200101000000Z' });
    tsa.issue({ name: 'by-old', as: 'tsa', by: 'old' });
    const print = (name: string): string => sha256Hex(splitPem(tsa.pem(name))![0]!);
    const base = { anchors: [print('root')], at: new Date('2026-11-22T00:00:00Z'), purpose: 'timestamping' as const };
    const chain = (...names: string[]): string => verdictOf({ ...base, chain: tsa.pem(...names) });

    assert.equal(chain('tsa', 'root'), 'ok');
    assert.equal(chain('root', 'sub', 'below'), 'ok', 'any order');
    assert.equal(chain('below', 'sub', 'root', 'root'), 'ok', 'twice the same');
    assert.equal(chain('tsa', 'below', 'sub', 'root'), 'ok', 'the first one is the leaf if it issued none');
    assert.equal(chain('root', 'tsa', 'below', 'sub'), 'leaf-unclear');
    assert.equal(chain('below', 'root'), 'untrusted', 'the issuer is missing');
    assert.equal(verdictOf({ ...base, chain: tsa.pem('below', 'sub', 'root'), anchors: [] }), 'untrusted');
    assert.equal(
      verdictOf({ ...base, chain: tsa.pem('below', 'sub'), anchors: [print('sub')] }),
      'ok',
      'pinned in the middle',
    );
    assert.equal(verdictOf({ ...base, chain: tsa.pem('below'), anchors: [print('below')] }), 'ok', 'pinned leaf');
    assert.equal(chain('too-deep', 'subsub', 'sub', 'root'), 'path-length');
    assert.equal(chain('by-nosign', 'nosign', 'root'), 'not-ca');
    assert.equal(chain('by-leaf', 'tsa', 'root'), 'not-ca');
    assert.equal(chain('sha1', 'root'), 'weak-signature');
    assert.equal(chain('root'), 'leaf-ca');
    assert.equal(chain('server', 'root'), 'usage');
    assert.equal(verdictOf({ ...base, chain: tsa.pem('server', 'root'), purpose: 'server' }), 'ok');
    assert.equal(verdictOf({ ...base, chain: tsa.pem('tsa', 'root'), purpose: 'server' }), 'usage');
    assert.equal(chain('by-old', 'old', 'root'), 'validity');
    assert.equal(verdictOf({ ...base, chain: tsa.pem('by-old', 'old', 'root'), at: new Date('2019-01-01') }), 'ok');
    assert.equal(
      verdictOf({ ...base, chain: tsa.pem('by-old', 'old'), anchors: [print('old')] }),
      'ok',
      'an anchor may be old',
    );
    const early = { ...base, at: new Date('2014-01-01') };
    assert.equal(verdictOf({ ...early, chain: tsa.pem('tsa', 'root') }), 'validity');

    const ders = splitPem(tsa.pem('below', 'sub', 'root'))!;
    for (let at = 0; at < ders[1]!.length; at += 3) {
      const changed = Buffer.from(ders[1]!);
      changed[at] = changed[at]! ^ 1;
      assert.notEqual(verdictOf({ ...base, chain: [ders[0]!, changed, ders[2]!] }), 'ok', `byte ${at} of an authority`);
    }
    const eleven = Array.from({ length: 11 }, (_, at) => tsa.pem(at === 0 ? 'tsa' : 'root')).join('\n');
    assert.equal(verdictOf({ ...base, chain: eleven }), 'form');
    assert.equal(verdictOf({ ...base, chain: [] }), 'form');

    const leaf = splitPem(tsa.pem('server'))![0]!;
    for (const name of ['notices.example.org', 'Notices.Example.ORG', 'a.wild.example.org'])
      assert.equal(certificateIsFor(leaf, name), true, name);
    for (const name of [
      'example.org',
      'server',
      'wild.example.org',
      'a.b.wild.example.org',
      '*.wild.example.org',
      '',
      '1.2.3.4',
    ])
      assert.equal(certificateIsFor(leaf, name), false, name);
  } finally {
    tsa.remove();
  }
});

test('PEM: certificates and blank lines, nothing else', (t) => {
  const folder = needShared(t, 'data/evidence/rfc3161');
  if (folder === undefined) return;
  const pem = readFileSync(join(folder, 'ca.pem'), 'utf8');
  assert.equal(splitPem(pem)?.length, 1);
  assert.equal(splitPem(`${pem}\n${pem}`)?.length, 2);
  assert.equal(splitPem(pem.replaceAll('\n', '\r\n'))?.length, 1);
  for (const text of ['', 'x', `note\n${pem}`, pem.slice(0, -30), pem.replace('MII', 'M_I'), pem.repeat(11)])
    assert.equal(splitPem(text), undefined, text.slice(0, 40));
  assert.equal(splitPem(`${pem}${' '.repeat(65_536)}`), undefined);
});

test('today’s chain of a public authority is good for its purpose, and for its time only', (t) => {
  const folder = needShared(t, 'data/evidence/rfc3161');
  if (folder === undefined) return;
  const anchors = ['a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc'];
  for (const [name, at, want] of [
    ['freetsa-chain-2026.pem', '2026-11-22', 'ok'],
    ['freetsa-chain-2026.pem', '2026-01-01', 'validity'],
    ['freetsa-chain-2016.pem', '2022-01-18', 'ok'],
    ['freetsa-chain-2016.pem', '2026-11-22', 'validity'],
  ] as const) {
    const chain: string = readFileSync(join(folder, name), 'utf8');
    assert.equal(verdictOf({ chain, anchors, at: new Date(at), purpose: 'timestamping' }), want, `${name} ${at}`);
  }
});

test('whatever the bytes, a certificate is refused with a reason (property)', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.throws(() => readCertificate(bytes), { code: 'BAD_INPUT' });
      const facts = { chain: [bytes], anchors: [], at: new Date(0), purpose: 'server' as const };
      assert.equal(verdictOf(facts), 'form');
    }),
  );
});
