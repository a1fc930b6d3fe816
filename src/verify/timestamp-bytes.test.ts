/** The bar of facts/evidence §9: every byte of a stamp is signed, implied, or on the short list in timestamp.ts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { needShared } from '../model/testing/shared.js';
import { sha256Bytes, sha256Hex, splitPem, timestampRequest, toHex, utf8, verifyTimestamp } from './index.js';
import type { TestTsa } from './testing/tsa.js';
import { tsaFor } from './testing/tsa-for.js';

const DATA = utf8('hello evidence');
const NONCE = Buffer.from('387338fc47119883', 'hex');

const rootOf = (tsa: TestTsa): string => sha256Hex(splitPem(tsa.pem('root'))![0]!);

test('every byte of a stamp changed, one at a time, is noticed; cut anywhere, it never throws', (t) => {
  const tsa = tsaFor(t);
  if (!tsa) return;
  const response = tsa.reply(timestampRequest(sha256Bytes(DATA), NONCE));
  const facts = { data: DATA, anchors: [rootOf(tsa)] };
  assert.equal(verifyTimestamp({ ...facts, response }).verdict, 'ok');
  const accepted: number[] = [];
  for (let at = 0; at < response.length; at++) {
    const changed = Buffer.from(response);
    changed[at] = changed[at]! ^ (at % 2 === 0 ? 0x01 : 0x80);
    if (verifyTimestamp({ ...facts, response: changed }).verdict === 'ok') accepted.push(at);
    assert.equal(verifyTimestamp({ ...facts, response: response.subarray(0, at) }).verdict, 'failed', `cut at ${at}`);
  }
  assert.deepEqual(accepted, [], 'no byte of an ECDSA stamp is without meaning');
});

test('the one byte without meaning of an RSA stamp names the same signature algorithm in two ways', (t) => {
  const folder = needShared(t, 'data/evidence/rfc3161');
  if (folder === undefined) return;
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const response = read('freetsa-valid.tsr');
  const facts = {
    data: read('freetsa-valid.data'),
    certificates: read('freetsa-chain-2016.pem').toString(),
    anchors: ['a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc'],
  };
  const accepted: string[] = [];
  const tryChange = (at: number, mask: number): void => {
    const changed = Buffer.from(response);
    changed[at] = changed[at]! ^ mask;
    if (verifyTimestamp({ ...facts, response: changed }).verdict === 'ok') accepted.push(`${at}: ${changed[at]}`);
  };
  for (let at = 0; at < response.length; at++) tryChange(at, 0x01);
  // rsaEncryption ends with 1, sha512WithRSAEncryption with 13.
  const name = response.lastIndexOf(Buffer.from('2a864886f70d010101', 'hex')) + 8;
  for (let mask = 2; mask < 256; mask++) tryChange(name, mask);
  assert.deepEqual(accepted, [`${name}: 13`]);
});

test('whatever the bytes, a verdict comes back and it is not ok (property)', (t) => {
  const tsa = tsaFor(t);
  if (!tsa) return;
  const response = tsa.reply(timestampRequest(sha256Bytes(DATA)));
  const anchors = [rootOf(tsa)];
  fc.assert(
    fc.property(fc.nat(response.length), fc.nat(40), fc.uint8Array({ maxLength: 40 }), (at, cut, piece) => {
      const changed = Buffer.concat([response.subarray(0, at), piece, response.subarray(at + cut)]);
      if (!changed.equals(response))
        assert.notEqual(verifyTimestamp({ response: changed, data: DATA, anchors }).verdict, 'ok');
      assert.notEqual(
        verifyTimestamp({ response: piece, data: DATA, anchors, certificates: toHex(piece) }).verdict,
        'ok',
      );
    }),
    { numRuns: 500 },
  );
});
