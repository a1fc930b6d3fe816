import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { needShared } from '../model/testing/shared.js';
import { checkBitcoinHeader, equalBytes, readOts, sha256Bytes, toHex, utf8, verifyOts } from './index.js';
import { otsDigest } from './ots.js';
import { BITCOIN, GENESIS_HEADER, GENESIS_PROOF, GENESIS_TX, HEADER, MAGIC, hex } from './testing/ots.js';

const reasonOf = async (bytes: Uint8Array): Promise<string> =>
  readOts(bytes).then(
    () => 'accepted',
    (thrown: unknown) => (thrown as Error).message,
  );

interface Expected {
  proofs: {
    file: string;
    original: string | null;
    fileHash: string;
    fileDigest: string;
    operations: number;
    attestations: {
      type: string;
      tag: string;
      message: string;
      height?: number;
      uri?: string;
      payloadHex?: string;
      merkleRootDisplayed?: string;
    }[];
  }[];
  invalid: { file: string; error: string }[];
}

test('every public proof gives what an independent reader got out of it', async (t) => {
  const folder = needShared(t, 'data/evidence/ots');
  if (folder === undefined) return;
  const { proofs, invalid } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
  assert.ok(proofs.length >= 14, `${proofs.length} proofs`);
  for (const want of proofs) {
    const bytes: Buffer = readFileSync(join(folder, want.file));
    const original = want.original === null ? undefined : join(folder, want.original);
    const data: Uint8Array | { digest: Uint8Array } =
      original !== undefined && existsSync(original) ? readFileSync(original) : { digest: hex(want.fileDigest) };
    const got = await verifyOts({ proof: bytes, data });
    assert.deepEqual(
      [got.proof?.fileHash, got.proof?.fileDigest, got.proof?.operations],
      [want.fileHash, want.fileDigest, want.operations],
      want.file,
    );
    assert.deepEqual(
      got.proof?.attestations,
      want.attestations.map(({ type: kind, tag, message, height, uri, payloadHex: payload }) => ({
        message,
        tag,
        kind,
        ...(height === undefined ? {} : { height }),
        ...(uri === undefined ? {} : { uri }),
        ...(payload === undefined ? {} : { payload }),
      })),
      want.file,
    );
    assert.equal(got.verdict, 'unknown', `${want.file}: no header was given`);
    assert.equal(got.weak, want.fileHash === 'sha1', want.file);
    const root = want.attestations.find(({ type }) => type === 'bitcoin')?.merkleRootDisplayed;
    if (root !== undefined) assert.match(got.detail, new RegExp(`Merkle root ${root} of block`));
    t.diagnostic(`unknown ${got.code.padEnd(20)} ${want.file}${got.weak ? ' (weak)' : ''}`);
    const other = await verifyOts({ proof: bytes, data: utf8('another file') });
    assert.deepEqual([other.verdict, other.code], ['failed', 'digest'], want.file);
  }
  const words: Record<string, RegExp> = {
    version: /version/,
    'message too long': /too long/,
    'file hash op': /file hash operation/,
  };
  for (const { file, error } of invalid) {
    const { verdict, code, detail } = await verifyOts({ proof: readFileSync(join(folder, file)), data: utf8('') });
    assert.deepEqual([verdict, code], ['failed', 'form'], file);
    assert.match(detail, words[error]!, file);
    t.diagnostic(`failed  ${detail.padEnd(20)} ${file}`);
  }
  assert.equal(invalid.length, readdirSync(join(folder, 'invalid')).length);
  t.diagnostic(`${proofs.length} proofs read, ${invalid.length} refused`);
});

test('against the real block: the good proof holds, the bad one fails, and a weak digest is never more than unknown', async (t) => {
  const folder = needShared(t, 'data/evidence/ots');
  if (folder === undefined) return;
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const headers = new Map([[358391, HEADER]]);
  const good = await verifyOts({ proof: read('hello-world.txt.ots'), data: read('hello-world.txt'), headers });
  assert.deepEqual([good.verdict, good.code, good.time], ['ok', 'ok', '2015-05-28T15:41:18Z']);
  assert.match(good.detail, /block 000000000000000003e892881a8cdcdc117c06d444057c98b6f04a9ee75a2319/);
  const wrong = await verifyOts({ proof: read('bad-stamp.txt.ots'), data: read('bad-stamp.txt'), headers });
  assert.deepEqual([wrong.verdict, wrong.code], ['failed', 'header']);
  assert.match(wrong.detail, /another Merkle root/);
  for (const name of ['a', 'b']) {
    const { weak, verdict } = await verifyOts({ proof: read('sha1/a-or-b.ots'), data: read(`sha1/${name}`) });
    assert.deepEqual([weak, verdict], [true, 'unknown'], 'one proof for two different files');
  }
  assert.ok(!equalBytes(read('sha1/a'), read('sha1/b')));
});

test('a proof checked from file to block, and every byte of it changed', async () => {
  const facts = { data: GENESIS_TX, headers: new Map([[0, GENESIS_HEADER]]) };
  const { verdict, time } = await verifyOts({ ...facts, proof: GENESIS_PROOF });
  assert.deepEqual([verdict, time], ['ok', '2009-01-03T18:15:05Z']);
  for (let at = 0; at < GENESIS_PROOF.length; at++) {
    for (let mask = 1; mask < 256; mask++) {
      const proof = Buffer.from(GENESIS_PROOF);
      proof[at] = proof[at]! ^ mask;
      assert.notEqual((await verifyOts({ ...facts, proof })).verdict, 'ok', `byte ${at} ^ ${mask}`);
    }
    const cut = await verifyOts({ ...facts, proof: GENESIS_PROOF.subarray(0, at) });
    assert.deepEqual([cut.verdict, cut.code], ['failed', 'form'], `cut at ${at}`);
  }
  const longer = await verifyOts({ ...facts, proof: Buffer.concat([GENESIS_PROOF, Uint8Array.of(0)]) });
  assert.equal(longer.code, 'form');
});

test('a real proof changed in every byte never holds against the known block', async (t) => {
  const folder = needShared(t, 'data/evidence/ots');
  if (folder === undefined) return;
  const good = readFileSync(join(folder, 'hello-world.txt.ots'));
  const facts = { data: readFileSync(join(folder, 'hello-world.txt')), headers: new Map([[358391, HEADER]]) };
  const accepted: string[] = [];
  for (let at = 0; at < good.length; at++) {
    for (const mask of [0x01, 0x02, 0x10, 0x80, 0xff]) {
      const proof = Buffer.from(good);
      proof[at] = proof[at]! ^ mask;
      if ((await verifyOts({ ...facts, proof })).verdict === 'ok') accepted.push(`${at} ^ ${mask}`);
    }
    assert.equal((await verifyOts({ ...facts, proof: good.subarray(0, at) })).verdict, 'failed', `cut at ${at}`);
  }
  // The list in ots.ts: here the last of an odd number of branches is joined to itself, so that append and prepend are one.
  assert.deepEqual(accepted, ['603 ^ 1']);
  assert.equal(toHex(good.subarray(603, 608)), 'f020cbfeff');
});

test('a promise beside a checked block is not checked along with it; a contradicted block fails the whole', async () => {
  const facts = { data: GENESIS_TX, headers: new Map([[0, GENESIS_HEADER]]) };
  const start = `${MAGIC} 01 08 ${toHex(sha256Bytes(GENESIS_TX))}`;
  const promise = hex(`${start} ff 00 83dfe30d2ef90c8e 05 04 613a2f62 08 00 ${BITCOIN} 01 00`);
  const { verdict, attestations } = await verifyOts({ ...facts, proof: promise });
  assert.deepEqual([verdict, ...attestations.map((each) => each.verdict)], ['ok', 'unknown', 'ok']);
  const twice = hex(`${start} ff 00 ${BITCOIN} 01 00 08 00 ${BITCOIN} 01 00`);
  assert.equal((await verifyOts({ ...facts, proof: twice })).code, 'header');
});

test('a SHA-1 file digest stays unknown even where it leads to a block', async () => {
  // Twenty bytes from the middle of the transaction, taken for a digest: what stands around them leads to the root.
  const [head, digest, tail] = [GENESIS_TX.subarray(0, 100), GENESIS_TX.subarray(100, 120), GENESIS_TX.subarray(120)];
  const around = `f1 64 ${toHex(head)} f0 54 ${toHex(tail)} 08 08`;
  const proof = hex(`${MAGIC} 01 02 ${toHex(digest)} ${around} 00 ${BITCOIN} 01 00`);
  const headers = new Map([[0, GENESIS_HEADER]]);
  const { verdict, weak, code } = await verifyOts({ proof, data: { digest }, headers });
  assert.deepEqual([verdict, weak, code], ['unknown', true, 'weak-digest']);
  proof[32] = 3;
  const strong = await verifyOts({ proof, data: { digest }, headers });
  assert.deepEqual([strong.verdict, strong.weak], ['ok', false], 'the same as RIPEMD-160');
});

test('headers: length, root, work, and the work the main chain asks for', () => {
  const root = GENESIS_HEADER.subarray(36, 68);
  assert.equal(checkBitcoinHeader(GENESIS_HEADER, root).verdict, 'ok');
  const codeOf = (header: Uint8Array, message: Uint8Array = root): string => {
    const result = checkBitcoinHeader(header, message);
    return result.verdict === 'ok' ? 'ok' : result.code;
  };
  assert.equal(codeOf(GENESIS_HEADER.subarray(1)), 'form');
  assert.equal(codeOf(GENESIS_HEADER, root.subarray(1)), 'root');
  assert.equal(codeOf(GENESIS_HEADER, Uint8Array.from(root).reverse()), 'root');
  for (const bits of ['ffff7f20', 'ffff001e', '00000000', 'ffff801d', '0100001d']) {
    const header = Buffer.from(GENESIS_HEADER);
    hex(bits).copy(header, 72);
    assert.equal(codeOf(header), 'work', bits);
  }
  for (let at = 0; at < 80; at++) {
    const header = Buffer.from(GENESIS_HEADER);
    header[at] = header[at]! ^ 1;
    assert.notEqual(codeOf(header), 'ok', `byte ${at}`);
  }
});

test('what the format forbids is refused with its reason', async () => {
  const start = `${MAGIC} 01 08 ${'11'.repeat(32)}`;
  const end = `00 ${BITCOIN} 01 00`;
  const pending = (uri: string): string => {
    const bytes = toHex(utf8(uri));
    const length = (bytes.length / 2).toString(16).padStart(2, '0');
    return `00 83dfe30d2ef90c8e ${(bytes.length / 2 + 1).toString(16).padStart(2, '0')} ${length} ${bytes}`;
  };
  for (const [what, text, reason] of [
    ['good', `${start} ${end}`, /accepted/],
    ['fork', `${start} ff ${end} 08 ${end}`, /accepted/],
    ['every operation', `${start} f00161 f10162 f2 f3 02 03 08 67 ${end}`, /accepted/],
    ['calendar', `${start} ${pending('https://a.example')}`, /accepted/],
    ['magic', `01${start.slice(2)} ${end}`, /does not begin/],
    ['version 2', `${MAGIC} 02 08 ${'11'.repeat(32)} ${end}`, /version/],
    ['keccak as file hash', `${MAGIC} 01 67 ${'11'.repeat(32)} ${end}`, /file hash operation/],
    ['trailing byte', `${start} ${end} 00`, /follow the proof/],
    ['two last items', `${start} ${end} ${end}`, /follow the proof/],
    ['empty argument', `${start} f000 ${end}`, /empty/],
    ['long argument', `${start} f08120${'61'.repeat(4097)} ${end}`, /too long/],
    ['long result', `${start} f08020${'61'.repeat(4096)} ${end}`, /too long/],
    ['long hex', `${start} ${'f3'.repeat(8)} ${end}`, /too long/],
    ['number not the shortest', `${start} f0810061 ${end}`, /not the shortest/],
    ['number too large', `${start} 00 ${BITCOIN} 08 ffffffffffffff7f`, /too large/],
    ['unknown operation', `${start} 09 ${end}`, /operation 0x09/],
    ['too deep', `${start} ${'08'.repeat(257)} ${end}`, /too deeply/],
    ['payload left over', `${start} 00 ${BITCOIN} 02 0000`, /follow the payload/],
    ['payload too long', `${start} 00 0102030405060708 8140${'00'.repeat(8193)}`, /too long/],
    ['calendar with a query', `${start} ${pending('https://a.example/?x')}`, /malformed/],
    ['calendar without address', `${start} ${pending('')}`, /malformed/],
    ['too many operations', `${start} ${`ff08${end}`.repeat(20_001)} ${end}`, /too many/],
  ] as const)
    assert.match(await reasonOf(hex(text)), reason, what);
  assert.match(await reasonOf(Buffer.alloc((1 << 20) + 1)), /1 MiB/);
  assert.equal(
    toHex(await otsDigest('ripemd160', utf8('abc'))),
    '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc',
    'the published value',
  );
});

test('whatever the bytes, a proof is read or refused, and never holds (property)', async () => {
  const headers = new Map([[0, GENESIS_HEADER]]);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, headed) => {
      const proof = headed ? Buffer.concat([GENESIS_PROOF.subarray(0, 65), bytes]) : bytes;
      if (GENESIS_PROOF.equals(proof)) return;
      const { verdict } = await verifyOts({ proof, data: utf8('x'), headers });
      assert.equal(verdict, 'failed');
    }),
  );
});
