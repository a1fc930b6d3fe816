/** A body that comes again within one capture is written once, and found again. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { CaptureResult, Exchange } from '../model/index.js';
import { type WarcRecord, readWarc, verifyFile } from '../verify/index.js';
import { writeWarc } from './index.js';
import { sampleCapture } from './testing/capture.js';

const FACTS = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'test', robots: 'classic' };

async function read(bytes: Uint8Array): Promise<WarcRecord[]> {
  const records: WarcRecord[] = [];
  for await (const record of readWarc(bytes)) records.push(record);
  return records;
}

/** Answers in a row: redirects, then the final one. */
function chain(bodies: readonly string[], frame: (body: string) => string): CaptureResult {
  const [base] = sampleCapture().exchanges as [Exchange];
  const exchanges = bodies.map((body, at): Exchange => {
    const url = `https://example.org/${at}`;
    const status = at === bodies.length - 1 ? 200 : 302;
    const responseBytes = Buffer.from(`HTTP/1.1 ${status} X\r\nX-At: ${at}\r\n${frame(body)}`);
    return { ...base, url, startedAt: `2024-05-22T03:00:0${at}.000Z`, status, responseBytes, body: Buffer.from(body) };
  });
  return { requestedUrl: exchanges[0]!.url, finalUrl: exchanges.at(-1)!.url, exchanges };
}
const plainFrame = (body: string): string => `Content-Length: ${body.length}\r\n\r\n${body}`;
const chunkFrame = (body: string): string =>
  `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

test('a body that comes again on the way is written once; the final answer is always whole', async () => {
  const capture = chain(['moved', 'moved', 'moved'], plainFrame);
  const { bytes, payload } = writeWarc(capture, FACTS);
  const records = await read(bytes);
  const answers = records.filter(({ type }) => type === 'response' || type === 'revisit');
  assert.deepEqual(
    answers.map(({ type }) => type),
    ['response', 'revisit', 'response'],
  );
  const [first, again, last] = answers as [WarcRecord, WarcRecord, WarcRecord];
  const field = (name: string): string | undefined => again.headers.find(([each]) => each === name)?.[1];
  assert.equal(field('WARC-Profile'), 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest');
  assert.deepEqual(
    ['', '-Target-URI', '-Date'].map((each) => field(`WARC-Refers-To${each}`)),
    [first.id, first.targetUri, first.date],
  );
  assert.equal(field('WARC-Truncated'), 'length');
  assert.deepEqual(again.revisitOf, { id: first.id, offset: first.offset });
  assert.deepEqual([again.blockDigest, again.payloadDigest], ['ok', 'ok']);
  assert.deepEqual([again.payloadSha256, again.payloadLength], [payload.sha256, 5]);
  const rebuilt = Buffer.concat([again.block, first.payload!]);
  assert.deepEqual(rebuilt, Buffer.from(capture.exchanges[1]!.responseBytes), 'head and body give the bytes back');
  assert.equal(Buffer.from(last.payload!).toString(), 'moved');
  assert.equal((await verifyFile(bytes)).verdict, 'ok');
});

test('no revisit where it would lose bytes or say nothing: chunked, empty, cut', async () => {
  const cut = chain(['moved', 'moved', 'x'], plainFrame);
  const cutExchanges = cut.exchanges.map((each) => ({ ...each, truncated: 'time' as const }));
  for (const capture of [
    chain(['moved', 'moved', 'x'], chunkFrame),
    chain(['', '', 'x'], plainFrame),
    { ...cut, exchanges: cutExchanges },
  ]) {
    const records = await read(writeWarc(capture, FACTS).bytes);
    assert.equal(
      records.some(({ type }) => type === 'revisit'),
      false,
    );
  }
});

test('a revisit of another body, or of one that is not in the file, is not verified', async () => {
  const file = gunzipSync(writeWarc(chain(['moved', 'moved', 'x'], plainFrame), FACTS).bytes).toString('latin1');
  const records = await read(Buffer.from(file, 'latin1'));
  const { offset, length } = records.find(({ type }) => type === 'revisit')!;
  const revisit = file.slice(offset, offset + length);
  const wrong = revisit.replace(/(WARC-Payload-Digest: sha256:)..../, '$10000');
  assert.equal((await verifyFile(Buffer.from(file.replace(revisit, wrong), 'latin1'))).verdict, 'failed');
  const altered = revisit.replace('X-At: 1', 'X-At: 9');
  assert.equal((await verifyFile(Buffer.from(file.replace(revisit, altered), 'latin1'))).verdict, 'failed');
  const alone = await verifyFile(Buffer.from(revisit, 'latin1'));
  assert.equal(alone.verdict, 'unknown');
  assert.match(alone.claims[0]!.detail, /1 repeat a body that is not in this file/);
});
