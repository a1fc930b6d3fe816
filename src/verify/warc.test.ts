/** The WARC reader against public files, in pieces, cut anywhere. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { AsPostedError, type Exchange } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { writeWarc } from '../preserve/index.js';
import { sampleCapture } from '../preserve/testing/capture.js';
import { type Bytes, type WarcRecord, readWarc, sha256Hex, verifyFile } from './index.js';

const FACTS = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'test', robots: 'classic' };

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function read(bytes: Bytes): Promise<{ records: WarcRecord[]; refused: string }> {
  const records: WarcRecord[] = [];
  try {
    for await (const record of readWarc(bytes)) records.push(plain(record));
    return { records, refused: '' };
  } catch (error) {
    assert.ok(error instanceof AsPostedError, String(error));
    assert.equal(error.code, 'VERIFY_FAILED');
    return { records, refused: error.message };
  }
}

/** A view of a Buffer is a Buffer: only the bytes are compared. */
function plain(record: WarcRecord): WarcRecord {
  const { block, payload } = record;
  return { ...record, block: Uint8Array.from(block), ...(payload ? { payload: Uint8Array.from(payload) } : {}) };
}

function types(records: readonly WarcRecord[], but: string): string {
  const counts = new Map<string, number>();
  for (const { type, payloadDigest } of records) {
    const name = `${type} ${payloadDigest}`;
    if (type !== but) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

/** What is in each public file, or why it is refused. */
const PUBLIC: Readonly<Record<string, string | RegExp>> = {
  'warcio-py/bad.arc': /byte 0: it is an ARC file, which is not supported/,
  'warcio-py/example.arc': /ARC file/,
  'warcio-py/example.arc.gz': /ARC file/,
  'warcio-py/example-space-in-url.arc': /ARC file/,
  'warcio-py/example-bad.warc.gz.bad': /byte 0: the gzip member holds more than one record.*unpack it/,
  'warcio-js/example-bad-length.warc': /byte 1197: the block does not end where Content-Length says/,
  // The lengths leave no room for the empty lines that end a record.
  'warcio-js/example-url-agnostic-revisit.warc.gz': /byte 0: Content-Length points behind the end/,
  'warcio-py/example-digest.warc': '1 request wrong, 3 request ok',
  'warcio-py/example-iana.org-chunked.warc': '1 response before-dechunking, 1 request absent',
  'warcio-py/example-resource.warc.gz': '1 resource ok',
  'warcio-py/example-space-in-target-uri.warc.gz': '1 resource absent',
  'warcio-py/example-wget-bad-target-uri.warc.gz':
    '1 request absent, 1 response ok, 1 metadata absent, 2 resource absent',
  'warcio-py/example.warc': '1 response ok, 2 request absent, 1 revisit ok',
  'warcio-py/example.warc.gz': '1 response ok, 2 request ok, 1 revisit ok',
  'warcio-py/post-test.warc.gz': '3 response ok, 3 request absent',
  'warcio-js/example-resource.warc.gz': '1 resource ok',
  'warcio-js/example.warc': '1 response ok, 2 request absent, 1 revisit ok, 1 metadata unchecked',
  'warcio-js/redirect.warc': '1 response ok, 1 request ok',
  'py-wacz/example-collection-with-lists.warc': '18 response ok, 18 request ok',
  'py-wacz/example-collection.warc': '1 response ok, 1 request ok',
  // Bodies decoded by a browser under the Content-Length of the packed ones: the digest is of what lies there.
  'py-wacz/example-iana.warc':
    '11 response before-dechunking, 58 request ok, 17 revisit before-dechunking, 13 response ok, 17 revisit ok',
  'py-wacz/example-resource.warc.gz': '1 resource ok, 1 revisit ok',
  'py-wacz/example-warcinfo-metadata.warc': '1 response before-dechunking, 1 request ok',
  'cdxj-indexer/cc.warc.gz': '1 request absent, 1 response ok, 1 metadata absent',
  'cdxj-indexer/example.warc.gz': '1 response ok, 2 request ok, 1 revisit ok',
  'cdxj-indexer/missing-http.warc.gz': '1 response unchecked, 1 request unchecked',
  'cdxj-indexer/post-test-more.warc': '3 response ok, 2 request ok, 1 request before-dechunking',
};

test('public files are read, or refused with the reason, whole and in pieces alike', async (t) => {
  const folder = needShared(t, 'data/evidence/warc');
  if (folder === undefined) return;
  for (const [name, expected] of Object.entries(PUBLIC)) {
    const bytes: Uint8Array = readFileSync(join(folder, name));
    const { records, refused } = await read(bytes);
    if (typeof expected === 'string') assert.deepEqual([types(records, 'warcinfo'), refused], [expected, ''], name);
    else assert.match(refused, expected, name);
    assert.deepEqual(await read(inPieces(bytes, 1_000)), { records, refused }, name);
  }
  const target = async (name: string, type: string): Promise<string | undefined> =>
    (await read(readFileSync(join(folder, name)))).records.find((each) => each.type === type)?.targetUri;
  assert.equal(await target('warcio-py/example-wget-bad-target-uri.warc.gz', 'response'), 'http://example.com/');
  const spaced = await target('warcio-py/example-space-in-target-uri.warc.gz', 'resource');
  assert.equal(spaced, 'file:///example%20with%20spaces.png');
  const chunked = await read(readFileSync(join(folder, 'warcio-py/example-iana.org-chunked.warc')));
  assert.match(Buffer.from(chunked.records[1]!.payload!).toString(), /^<!doctype html>\n<html>/);
});

const SMALL = writeWarc(sampleCapture(), FACTS).bytes;

test('a WARC cut at any byte is refused, except between two records, where it says how many there are', async () => {
  for (const file of [SMALL, gunzipSync(SMALL)]) {
    const { records } = await read(file);
    const borders = new Map(records.map(({ offset, length }, at) => [offset + length, at + 1]));
    for (let end = 0; end < file.length; end++) {
      const cut = file.subarray(0, end);
      const { refused, records: left } = await read(end % 2 ? cut : inPieces(cut, 97));
      const whole = end === 0 ? 0 : borders.get(end);
      assert.equal(refused === '', whole !== undefined, `cut at ${end}: ${refused}`);
      if (whole === undefined) continue;
      assert.equal(left.length, whole);
      const { verdict, claims } = await verifyFile(cut, { name: 'x.warc' });
      assert.equal(verdict, whole === 0 ? 'unknown' : 'ok');
      assert.match(claims[0]!.detail, new RegExp(`^${whole} records`));
    }
  }
});

test('what is no digest, in the field of one, is said to be unchecked, and the payload is hashed all the same', async () => {
  const body = 'the words';
  for (const stated of [
    'sha256:',
    'sha256',
    'sha257:ab',
    ':',
    'sha256 :ab',
    'sha256:\u0085',
    'sha256:ab',
    'SHA-256:AB',
  ]) {
    const head = `WARC/1.1\r\nWARC-Type: resource\r\nWARC-Payload-Digest: ${stated}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const { records, refused } = await read(Buffer.from(`${head}${body}\r\n\r\n`));
    assert.equal(refused, '', stated);
    const known = /^sha-?256:\S/i.test(stated);
    assert.deepEqual(
      [records[0]!.payloadDigest, records[0]!.payloadSha256],
      [known ? 'wrong' : 'unchecked', sha256Hex(Buffer.from(body))],
      stated,
    );
  }
});

test('a changed byte anywhere is never verified (property)', async () => {
  const plain = gunzipSync(SMALL);
  await fc.assert(
    fc.asyncProperty(fc.nat(SMALL.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      // The time, flags and system of a gzip header mean nothing for the data.
      const changed = Uint8Array.from(SMALL);
      changed[at]! ^= flip;
      const { records, refused } = await read(inPieces(changed, 300));
      if (refused === '')
        assert.deepEqual(
          records.map(({ block }) => sha256Hex(block)),
          originalBlocks,
        );
      const other = Buffer.from(plain);
      const place = at % plain.length;
      other[place]! ^= flip;
      const after = await read(other);
      const blocks = after.records.map(({ block }) => sha256Hex(block)).join();
      if (blocks !== originalBlocks.join()) {
        const { verdict } = await verifyFile(other, { name: 'x.warc' });
        assert.notEqual(verdict, 'ok', `byte ${place} ^ ${flip}`);
      }
    }),
  );
});
const originalBlocks = (await read(SMALL)).records.map(({ block }) => sha256Hex(block));

test('a file compressed as a whole, and members that are not records, are refused in words', async () => {
  const plain = gunzipSync(SMALL);
  assert.match((await read(gzipSync(plain))).refused, /more than one record: .* unpack it and check it unpacked/);
  const halves = Buffer.concat([gzipSync(plain.subarray(0, 100)), gzipSync(plain.subarray(100))]);
  assert.match((await read(halves)).refused, /record at byte 0: no complete header/);
  const empty = Buffer.concat([gzipSync(''), SMALL, gzipSync('')]);
  assert.equal((await read(empty)).records.length, 9, 'empty members between records are let pass');
});

test('lengths are not trusted: a record that says it is longer than the file, or than any may be', async () => {
  const say = (length: string): Buffer =>
    Buffer.from(`WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: ${length}\r\n\r\nxx\r\n\r\n`);
  assert.equal((await read(say('2'))).refused, '');
  assert.match((await read(say('900'))).refused, /behind the end/);
  assert.match((await read(inPieces(say('17179869184'), 5))).refused, /behind the end/);
  for (const length of ['17179869185', '-1', '2.0', '9999999999999', ''])
    assert.match((await read(say(length))).refused, /no usable Content-Length/, length);
  assert.match((await read(Buffer.from(`WARC/1.1\r\nX: ${'y'.repeat(70_000)}\r\n\r\n`))).refused, /no complete header/);
});

test('a record longer than memory allows goes through its digest alone, compressed or not', async () => {
  const url = 'https://example.org/long';
  const body = Buffer.alloc(20_000_000, 'notice ');
  const [first] = sampleCapture().exchanges as [Exchange];
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`;
  const exchange = { ...first, url, status: 200, responseBytes: Buffer.concat([Buffer.from(head), body]), body };
  const packed = writeWarc({ requestedUrl: url, finalUrl: url, exchanges: [exchange] }, FACTS).bytes;
  const plain = gunzipSync(packed);
  for (const file of [packed, plain]) {
    for (const bytes of [file, inPieces(file, 50_000)]) {
      const [, response] = (await read(bytes)).records;
      assert.deepEqual([response!.blockDigest, response!.payloadDigest, response!.partial], ['ok', 'ok', true]);
      assert.deepEqual([response!.blockLength, response!.payloadLength], [head.length + body.length, body.length]);
      assert.equal(response!.payloadSha256, sha256Hex(body));
      assert.equal(response!.block.length, 16 << 20);
    }
  }
  plain[plain.length - 5_000]! ^= 1;
  assert.equal((await verifyFile(inPieces(plain, 50_000))).verdict, 'failed');
});
