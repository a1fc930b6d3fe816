import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../model/testing/shared.js';
import {
  type TimestampFacts,
  readCertificate,
  readTimestampResponse,
  sha256Bytes,
  sha256Hex,
  splitPem,
  timestampRequest,
  toHex,
  utf8,
  verifyTimestamp,
} from './index.js';
import { type TestTsa, der, responseOf } from './testing/tsa.js';
import { tsaFor } from './testing/tsa-for.js';
import { readTstInfo, readToken } from './timestamp-token.js';

const DATA = utf8('hello evidence');
const NONCE = Buffer.from('387338fc47119883', 'hex');

const rootOf = (tsa: TestTsa): string => sha256Hex(splitPem(tsa.pem('root'))![0]!);
const verdictOf = (facts: TimestampFacts): string => {
  const { verdict, code } = verifyTimestamp(facts);
  return verdict === code ? verdict : `${verdict} ${code}`;
};

test('requests have the exact bytes of the format', () => {
  const digest = sha256Bytes(DATA);
  const hex = '9af4c73b2a919f220f4b008e466b52808a1987122d95ff0f2dde00968e36e844';
  const head = '0201013031300d060960864801650304020105000420';
  assert.equal(toHex(timestampRequest(digest)), `3039${head}${hex}0101ff`);
  assert.equal(toHex(timestampRequest(digest, NONCE)), `3043${head}${hex}0208387338fc471198830101ff`);
  for (const nonce of ['00', '80', 'ff'])
    assert.throws(() => timestampRequest(digest, Buffer.from(`${nonce}11223344556677`, 'hex')), { code: 'BAD_INPUT' });
  assert.throws(() => timestampRequest(digest, NONCE.subarray(1)), { code: 'BAD_INPUT' });
  assert.throws(() => timestampRequest(digest.subarray(1)), { code: 'BAD_INPUT' });
});

test('a refusal is read in words, and what the service writes is made harmless', () => {
  const text = der(0x30, der(0x0c, utf8('clock \u001b[2J\u202e is off')));
  const refusal = der(0x30, der(0x30, Buffer.from('020102', 'hex'), text, Buffer.from('0303010002', 'hex')));
  assert.deepEqual(readTimestampResponse(refusal), {
    granted: false,
    status: 2,
    words: 'refused',
    failInfo: ['the time source is not available'],
    text: ['clock \\u001b[2J\\u202e is off'],
    token: undefined,
  });
  const { code, detail } = verifyTimestamp({ response: refusal, data: DATA, anchors: [] });
  assert.equal(code, 'status');
  assert.match(detail, /refused \(the time source is not available; clock/);
  for (const [status, words] of [
    [3, 'not ready yet'],
    [4, 'a revocation is about to happen'],
    [5, 'a revocation has happened'],
  ] as const)
    assert.equal(readTimestampResponse(der(0x30, der(0x30, der(2, Uint8Array.of(status)))))?.words, words);
  // Unknown status; yes without a token; no with one.
  for (const hex of ['30053003020106', '30053003020100', '3007300302010230 00'.replace(' ', '')])
    assert.equal(readTimestampResponse(Buffer.from(hex, 'hex')), undefined, hex);
});

interface Vector {
  response: string;
  request?: string;
  data: string;
  genTime: string;
  policy?: string;
  serialHex: string;
  nonceHex?: string;
  chain: string;
}

test('every public vector is accepted or refused for the right reason', (t) => {
  const folder = needShared(t, 'data/evidence/rfc3161');
  if (folder === undefined) return;
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const { files, roots } = JSON.parse(read('expected.json').toString()) as {
    files: Vector[];
    roots: Record<string, string>;
  };
  const freetsa = roots['freetsa root sha256']!;
  const own = roots['test CA (ca.pem)']!;
  const table: string[] = [];
  const expect = (what: string, facts: TimestampFacts, want: string): void => {
    assert.equal(verdictOf(facts), want, what);
    table.push(`${want.padEnd(26)} ${what}`);
  };
  for (const v of files) {
    const name = v.response;
    const certificates = read(v.chain).toString();
    const facts = { response: read(name), data: read(v.data), certificates, anchors: [freetsa, own] };
    expect(name, facts, 'ok');
    const stamp = verifyTimestamp(facts);
    assert.ok(stamp.verdict === 'ok');
    assert.deepEqual(
      [stamp.genTime, stamp.policy, stamp.serial],
      [v.genTime, v.policy ?? stamp.policy, v.serialHex],
      name,
    );
    expect(`${name}, digest alone`, { ...facts, data: { sha256: sha256Bytes(facts.data) } }, 'ok');
    expect(`${name}, other data`, { ...facts, data: utf8('other') }, 'failed imprint');
    expect(`${name}, no root trusted`, { ...facts, anchors: [] }, 'unknown untrusted-root');
    expect(`${name}, a nonce it does not have`, { ...facts, nonce: Buffer.alloc(8, 1) }, 'failed nonce');
    if (v.nonceHex !== undefined)
      expect(`${name}, its nonce`, { ...facts, nonce: Buffer.from(v.nonceHex, 'hex') }, 'ok');
    if (v.request !== undefined) {
      const nonce = v.nonceHex === undefined ? undefined : Buffer.from(v.nonceHex, 'hex');
      assert.deepEqual(Buffer.from(timestampRequest(sha256Bytes(facts.data), nonce)), read(v.request), v.request);
    }
    const token = readToken(readTimestampResponse(facts.response)!.token!);
    for (const [what, part] of [
      ['TSTInfo', token.content],
      ['signed attributes', token.signers[0]!.signed.subarray(1)],
      ['signature', token.signers[0]!.signature],
    ] as const) {
      const response = Buffer.from(facts.response);
      const at = response.indexOf(part) + part.length - 1;
      response[at] = response[at]! ^ 1;
      assert.equal(verifyTimestamp({ ...facts, response }).verdict, 'failed', `${name}, one bit of ${what}`);
      table.push(`${'failed'.padEnd(26)} ${name}, one bit of ${what}`);
    }
  }
  const old = { response: read('freetsa-valid.tsr'), data: read('freetsa-valid.data') };
  const chain = (name: string): string => read(name).toString();
  expect(
    'freetsa-valid.tsr, ca.pem the only root',
    { ...old, certificates: chain('freetsa-chain-2016.pem'), anchors: [own] },
    'unknown untrusted-root',
  );
  expect(
    'freetsa-valid.tsr, ca.pem the only certificate',
    { ...old, certificates: chain('ca.pem'), anchors: [own] },
    'failed signer-certificate',
  );
  expect(
    'freetsa-valid.tsr, the chain of 2026',
    { ...old, certificates: chain('freetsa-chain-2026.pem'), anchors: [freetsa] },
    'failed signer-certificate',
  );
  expect('freetsa-valid.tsr, no certificate', { ...old, anchors: [freetsa] }, 'unknown no-certificate');
  const local = { data: read('data.bin'), certificates: chain('ca.pem'), anchors: [own] };
  expect('m.tsr against q.tsq', { ...local, response: read('m.tsr'), nonce: NONCE }, 'failed nonce');
  expect('q.tsr against m.tsq', { ...local, response: read('q.tsr'), nonce: null }, 'failed nonce');
  expect('m.tsr against m.tsq', { ...local, response: read('m.tsr'), nonce: null }, 'ok');
  for (const row of table) t.diagnostic(row);
  const accepted = table.filter((row) => row.startsWith('ok')).length;
  t.diagnostic(`${table.length} vectors: ${accepted} accepted, ${table.length - accepted} refused or unknown`);
});

test('stamps of a TSA made here: each fault is named, and openssl agrees', (t) => {
  const tsa = tsaFor(t);
  if (!tsa) return;
  const anchors = [rootOf(tsa)];
  const request = timestampRequest(sha256Bytes(DATA), NONCE);
  const response = tsa.reply(request);
  const table: string[] = [];
  const compare = (
    what: string,
    facts: TimestampFacts,
    { want, openssl }: { want: string; openssl: boolean },
  ): void => {
    assert.equal(verdictOf(facts), want, what);
    assert.equal(openssl, want === 'ok', `openssl on: ${what}`);
    table.push(`${want.padEnd(26)} ${what}`);
  };
  const good = { response, data: DATA, anchors, nonce: NONCE };
  compare('as asked', good, { want: 'ok', openssl: tsa.agrees(response, { request }) });
  compare(
    'other data',
    { ...good, data: utf8('x') },
    { want: 'failed imprint', openssl: tsa.agrees(response, { data: utf8('x') }) },
  );
  const other = Buffer.from('1122334455667788', 'hex');
  compare(
    'other nonce',
    { ...good, nonce: other },
    {
      want: 'failed nonce',
      openssl: tsa.agrees(response, { request: timestampRequest(sha256Bytes(DATA), other) }),
    },
  );
  const info = Buffer.from(readToken(readTimestampResponse(response)!.token!).content);
  const { genTime } = readTstInfo(info);
  const digits = genTime.replace(/\D/g, '');
  const at = (time: string): Buffer => Buffer.from(info.toString('latin1').replace(digits, time), 'latin1');
  const forged = Buffer.from(response.toString('latin1').replace(digits, '20200101000000'), 'latin1');
  compare(
    'changed genTime',
    { ...good, response: forged },
    { want: 'failed attributes', openssl: tsa.agrees(forged, { request }) },
  );

  for (const [name, as, by, want] of [
    ['fine', 'tsa', 'root', 'ok'],
    ['no-eku', 'noeku', 'root', 'failed usage'],
    ['eku-not-critical', 'softeku', 'root', 'failed usage'],
    ['eku-two-purposes', 'twoeku', 'root', 'failed usage'],
    ['key-not-for-signing', 'nosignature', 'root', 'failed usage'],
    ['unknown-critical-extension', 'strange', 'root', 'failed chain'],
    ['leaf-as-ca', 'tsa', 'tsa', 'failed chain'],
    ['ca-as-leaf', 'root', 'root', 'failed chain'],
  ] as const) {
    tsa.issue({ name, as, by });
    const signed = tsa.sign(info, name, ...(by === 'root' ? [] : [by]));
    compare(name, { ...good, response: signed }, { want, openssl: tsa.agrees(signed, { data: DATA }) });
  }

  tsa.issue({ name: 'past', as: 'tsa', from: '20190101000000Z', to: '20210101000000Z' });
  const inTime = tsa.sign(at('20200601000000'), 'past');
  const then = ['-attime', '1590969600'];
  compare(
    'TSA expired since, valid at genTime',
    { ...good, response: inTime },
    { want: 'ok', openssl: tsa.agrees(inTime, { data: DATA }, then) },
  );
  assert.equal(tsa.agrees(inTime, { data: DATA }), false, 'openssl without a time looks at today');
  const late = tsa.sign(at('20220601000000'), 'past');
  compare(
    'TSA expired at genTime',
    { ...good, response: late },
    { want: 'failed chain', openssl: tsa.agrees(late, { data: DATA }, ['-attime', '1654041600']) },
  );
  const early = tsa.sign(at('20180601000000'), 'past');
  compare(
    'TSA not yet valid at genTime',
    { ...good, response: early },
    { want: 'failed chain', openssl: tsa.agrees(early, { data: DATA }, ['-attime', '1527811200']) },
  );

  for (const row of table) t.diagnostic(row);
  t.diagnostic(`${table.length} cases made here, the same verdict from openssl`);
});

test('what openssl lets through: parts that nothing signs, and a second certificate for the same key', (t) => {
  const tsa = tsaFor(t);
  if (!tsa) return;
  const good = { data: DATA, anchors: [rootOf(tsa)] };
  const response = tsa.reply(timestampRequest(sha256Bytes(DATA)));
  const { token } = readTimestampResponse(response)!;
  const info = readToken(token!).content;
  tsa.issue({ name: 'one', as: 'tsa' });
  tsa.issue({ name: 'twin', as: 'tsa', key: 'one' });

  const extra = tsa.sign(info, 'one', 'twin');
  const words = der(0x30, der(0x30, Buffer.from('020101', 'hex'), der(0x30, der(0x0c, utf8('hi')))), token!);
  for (const each of [extra, words]) {
    assert.equal(verdictOf({ ...good, response: each }), 'failed unsigned-part');
    assert.equal(verdictOf({ ...good, response: each, strict: false }), 'ok');
    assert.equal(tsa.agrees(each, { data: DATA }), true);
  }
  // The signature verifies with the twin’s key; which certificate signed is told by the signed ESSCertID alone.
  const signed = tsa.sign(info, 'one');
  const { issuer } = readToken(readTimestampResponse(signed)!.token!).signers[0]!;
  const twin = readCertificate(splitPem(tsa.pem('twin'))![0]!);
  const sid = (serial: string): Buffer => Buffer.concat([issuer!.name, der(2, Buffer.from(serial, 'hex'))]);
  const at = signed.indexOf(sid(issuer!.serial));
  const swapped = Buffer.concat([
    signed.subarray(0, at),
    sid(twin.serial),
    signed.subarray(at + sid(twin.serial).length),
  ]);
  assert.equal(verdictOf({ ...good, response: swapped, certificates: tsa.pem('twin') }), 'failed certificate-id');

  assert.equal(verdictOf({ ...good, response: Buffer.concat([response, Uint8Array.of(0)]) }), 'failed form');
  assert.equal(verdictOf({ ...good, response: Buffer.alloc(65_537, 0x30) }), 'failed too-large');
  assert.equal(verdictOf({ ...good, response: responseOf(der(0x30, token!)) }), 'failed form');
});
