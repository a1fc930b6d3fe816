import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../model/testing/shared.js';
import { checkWacz, readContainer, sha256Hex, utf8, verifyFile } from '../verify/index.js';
import { type WaczParts, packWacz, packageSignerOf, writeWarc } from './index.js';
import { sampleCapture } from './testing/capture.js';

const facts = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'asposted test', robots: 'classic' };

function partsOf(count: number, more: Partial<WaczParts> = {}): WaczParts {
  const warcs = Array.from({ length: count }, (_, n) => ({
    name: `n${n}.warc.gz`,
    bytes: writeWarc(sampleCapture(`https://example.org/${n}`, `<p>${n}</p>`), facts).bytes,
  }));
  const pages = [{ url: 'https://example.org/0/final', ts: '2024-05-22T03:00:00.000Z', title: '通知', text: '通知' }];
  return { warcs, pages, created: '2024-05-22T04:00:00.250Z', title: 'test', software: 'asposted test', ...more };
}

test('the worked example comes out byte for byte', async (t) => {
  const path = needShared(t, 'data/evidence/own');
  if (path === undefined) return;
  const bytes = await packWacz({
    warcs: [{ name: 'data.warc', bytes: readFileSync(join(path, 'warc/basic.warc')) }],
    pages: [
      {
        id: 'p1',
        url: 'https://mp.weixin.example/s?__biz=Mz&mid=22&idx=1&sn=AbC',
        ts: '2026-11-22T09:30:00.125Z',
        title: '通知',
      },
    ],
    created: '2026-11-22T09:30:00Z',
    title: 'As Posted test package',
    software: 'asposted 0.0.0',
  });
  assert.equal(sha256Hex(bytes), 'd05f87fdee29827672cc69e327389953823fcf0f2e3352fa3c68fbc847d8e379');
  assert.ok(Buffer.from(bytes).equals(readFileSync(join(path, 'wacz/good-unsigned.wacz'))));
});

test('a long index is written in blocks, and both forms verify with every capture in them', async () => {
  for (const [count, wanted] of [
    [2, 'indexes/index.cdx'],
    [60, 'indexes/index.cdx.gz'],
  ] as const) {
    const bytes = await packWacz(partsOf(count));
    assert.ok(readContainer(bytes).entries.some(({ path }) => path === wanted));
    const { captures, findings } = await checkWacz(bytes);
    assert.equal(captures, count * 4); // two responses and two certificate chains each
    assert.deepEqual(findings, []);
  }
});

test('times are whole seconds, and a signature verifies with its key and no other', async () => {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  const bytes = await packWacz(partsOf(1, { sign: packageSignerOf(key) }));
  const { signer, created } = await checkWacz(bytes);
  assert.equal(created, '2024-05-22T04:00:00Z');
  assert.equal(signer.kind, 'anonymous');
  const known = signer.kind === 'anonymous' ? signer.key : '';
  assert.equal((await verifyFile(bytes, { packageKeys: [known] })).verdict, 'ok');
  assert.equal((await verifyFile(bytes, { packageKeys: ['ab'.repeat(32)] })).verdict, 'unknown');
});

test('what our own verifier would refuse is not written', async () => {
  const refused: [string, Partial<WaczParts>][] = [
    ['no WARC', { warcs: [] }],
    ['a WARC with a path', { warcs: [{ name: '../a.warc', bytes: utf8('') }] }],
    ['a WARC that is none', { warcs: [{ name: 'a.warc', bytes: utf8('words') }] }],
    ['a page that was not captured', { pages: [{ url: 'https://example.org/x', ts: '2024-05-22T03:00:00.000Z' }] }],
    ['no time', { created: 'yesterday' }],
    ['a file in a folder of the format', { files: [{ path: 'archive/evil.txt', bytes: utf8('x') }] }],
  ];
  for (const [what, over] of refused) await assert.rejects(packWacz(partsOf(1, over)), { code: 'BAD_INPUT' }, what);
  assert.throws(() => packageSignerOf(generateKeyPairSync('ed25519').privateKey), TypeError);
});
