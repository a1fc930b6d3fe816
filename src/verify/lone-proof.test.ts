/** `.ots` and `.tsr` files through `verifyFile`, the way the command and the page go. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared, skipOrFail } from '../model/testing/shared.js';
import {
  type VerifyOptions,
  pairProofs,
  parseTrustFile,
  readCertificate,
  readTimestampResponse,
  sha256Bytes,
  sha256Hex,
  splitPem,
  timestampRequest,
  toHex,
  utf8,
  verifyFile,
} from './index.js';
import {
  BITCOIN,
  EASY_TARGET,
  GENESIS_HEADER,
  GENESIS_PROOF,
  GENESIS_TX,
  HEADER,
  MAGIC,
  easyHeader,
  hex,
} from './testing/ots.js';
import { TestTsa, der, hasOpenssl } from './testing/tsa.js';

const line = (height: number, header: Uint8Array): string => `bitcoin ${height} ${toHex(header)}`;
const asked = async (bytes: Uint8Array, options: VerifyOptions): Promise<string> => {
  const { verdict, claims } = await verifyFile(bytes, options);
  return `${verdict}: ${claims.map(({ claim, detail }) => `${claim} | ${detail}`).join(' & ')}`;
};

test('public OpenTimestamps proofs: unknown with block and root until the header is given, then verified or failed', async (t) => {
  const folder = needShared(t, 'data/evidence/ots');
  if (folder === undefined) return;
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const { proofs, invalid } = JSON.parse(read('expected.json').toString()) as {
    proofs: {
      file: string;
      original: string | null;
      attestations: { height?: number; merkleRootDisplayed?: string }[];
    }[];
    invalid: { file: string }[];
  };
  assert.deepEqual([proofs.length, invalid.length], [14, 3]);
  for (const { file, original, attestations } of proofs) {
    const bytes = read(file);
    const alone = await asked(bytes, { name: file });
    assert.match(alone, /^unknown: .*give that file with --of FILE/, file);
    if (original === null || !existsSync(join(folder, original))) continue;
    const of = read(original);
    const block = attestations.find(({ height, merkleRootDisplayed }) => height !== undefined && merkleRootDisplayed);
    const said = await asked(bytes, { name: file, of });
    assert.match(said, /^unknown: The data existed /, file);
    if (block)
      assert.match(
        said,
        new RegExp(
          `before block ${block.height} .*Merkle root ${block.merkleRootDisplayed} .*\`bitcoin ${block.height} `,
        ),
        file,
      );
    assert.match(await asked(bytes, { name: file, of: utf8('other') }), /^failed: .*for another file/, file);
  }
  for (const { file } of invalid)
    for (const of of [undefined, utf8('')])
      assert.match(await asked(read(file), { name: 'renamed', ...(of ? { of } : {}) }), /^failed/, file);
  const trust = parseTrustFile(line(358391, HEADER), 'blocks');
  const good = await asked(read('hello-world.txt.ots'), { of: read('hello-world.txt'), ...trust });
  assert.match(good, /^ok: The data existed before block 358391 of Bitcoin \| .*about 2015-05-28T15:41:18Z/);
  assert.match(
    await asked(read('bad-stamp.txt.ots'), { of: read('bad-stamp.txt'), ...trust }),
    /^failed: .*another Merkle root/,
  );
  assert.match(
    await asked(read('hello-world.txt.ots'), trust),
    /^unknown: .*sha256 03ba204e/,
    'a block alone is not enough',
  );
});

test('public RFC 3161 stamps: by root, by data, and without certificates', async (t) => {
  const folder = needShared(t, 'data/evidence/rfc3161');
  if (folder === undefined) return;
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const { roots } = JSON.parse(read('expected.json').toString()) as { roots: Record<string, string> };
  const trust = parseTrustFile(`tsa sha256:${roots['test CA (ca.pem)']!}`, 'roots');
  for (const name of ['q.tsr', 'm.tsr']) {
    const of = read('data.bin');
    assert.match(
      await asked(read(name), { of, ...trust }),
      /^ok: The data existed not later than 2026-11-22T09:57:22Z/,
      name,
    );
    assert.match(await asked(read(name), { of }), /^unknown: .*tsa sha256:/, name);
    assert.match(await asked(read(name), { of: utf8('x'), ...trust }), /^failed: .*for other data/, name);
    assert.match(await asked(read(name), trust), /^unknown: .*sha256 9af4c73b.*--of FILE/, name);
  }
  const old = read('freetsa-valid.tsr');
  assert.match(await asked(old, { of: read('freetsa-valid.data') }), /^unknown: .*carries no certificate/);
  assert.match(await asked(old, { of: utf8('x') }), /^failed/);
  assert.match(await asked(old, {}), /^unknown/);
});

test('every byte of a small .ots changed: with its data and its block, exit 5', async () => {
  const facts = { of: GENESIS_TX, bitcoin: new Map([[0, GENESIS_HEADER]]) };
  assert.equal((await verifyFile(GENESIS_PROOF, facts)).verdict, 'ok');
  const wrong: string[] = [];
  for (let at = 0; at < GENESIS_PROOF.length; at++)
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(GENESIS_PROOF);
      changed[at] = changed[at]! ^ (1 << bit);
      const { verdict } = await verifyFile(changed, facts);
      if (verdict !== 'failed') wrong.push(`${at} bit ${bit}: ${verdict}`);
      const { verdict: unheaded } = await verifyFile(changed, { of: GENESIS_TX });
      if (unheaded === 'ok') wrong.push(`${at} bit ${bit}, no header`);
    }
  assert.deepEqual(wrong, []);
  for (let length = 16; length < GENESIS_PROOF.length; length++)
    assert.equal((await verifyFile(GENESIS_PROOF.subarray(0, length), facts)).verdict, 'failed', `cut at ${length}`);
});

test('every byte of a small .tsr changed: never exit 0, and 6 only where a root seems to be left out; a token without its response is a stranger', async (t) => {
  if (!hasOpenssl()) {
    skipOrFail(t, 'the openssl command is not there');
    return;
  }
  const tsa = new TestTsa();
  t.after(() => {
    tsa.remove();
  });
  const of = utf8('hello evidence');
  const response = tsa.reply(timestampRequest(sha256Bytes(of)));
  const facts = { of, tsaRoots: [sha256Hex(splitPem(tsa.pem('root'))![0]!)] };
  assert.equal((await verifyFile(response, facts)).verdict, 'ok');
  // The issuer’s name in the topmost certificate: changed, the chain looks like one whose root was left out, which gives 6.
  const root = splitPem(tsa.pem('root'))![0]!;
  const { issuer } = readCertificate(root);
  const from = response.indexOf(root) + Buffer.from(root).indexOf(issuer);
  const unknown = new Set<number>();
  for (let at = 0; at < response.length; at++)
    for (const mask of [0x01, 0x20, 0x80, 0xff]) {
      const changed = Buffer.from(response);
      changed[at] = changed[at]! ^ mask;
      const { verdict } = await verifyFile(changed, facts);
      assert.notEqual(verdict, 'ok', `${at} ^ ${mask}`);
      if (verdict === 'unknown') unknown.add(at);
    }
  assert.ok(from > 0 && unknown.size > 0);
  assert.deepEqual(
    [...unknown].filter((at) => at < from || at >= from + issuer.length),
    [],
  );
  for (let length = 1; length < response.length; length += 7)
    assert.equal((await verifyFile(response.subarray(0, length), { ...facts, name: 'a.tsr' })).verdict, 'failed');
  const { token } = readTimestampResponse(response)!;
  assert.match(await asked(token!, { of }), /^unknown: The file can be verified/);
  const inside = Buffer.concat([utf8('some file that holds a stamp: '), response]);
  assert.match(await asked(inside, {}), /^unknown: The file can be verified/);
  const refusal = der(0x30, der(0x30, Buffer.from('020102', 'hex')));
  assert.match(await asked(refusal, { of }), /^failed: .*not granted/);
});

test('a height or tag that is not that of a block the reader gave fails; a test network’s block counts only where it is asked for', async () => {
  const root = sha256Bytes(utf8('data'));
  const header = easyHeader(root);
  const proof = (height: string): Buffer => hex(`${MAGIC} 01 08 ${toHex(root)} 00 ${BITCOIN} 01 ${height}`);
  const facts = { of: utf8('data'), bitcoin: new Map([[9, header]]) };
  assert.match(await asked(proof('09'), facts), /^failed: .*does not carry the work/);
  const easy = { ...facts, bitcoinEasiest: EASY_TARGET };
  assert.match(await asked(proof('09'), easy), /^ok/);
  assert.match(await asked(proof('08'), easy), /^failed: .*root of block 9, but names another/);
  const other = hex(`${MAGIC} 01 08 ${toHex(root)} 00 0102030405060708 01 09`);
  assert.match(await asked(other, easy), /^failed/);
  assert.match(await asked(other, { of: utf8('data') }), /^unknown/);
});

test('lines with block headers: form, work, and two of one block', () => {
  const good = line(0, GENESIS_HEADER);
  assert.deepEqual(
    parseTrustFile(`# blocks\n${good}\n${good}\n`, 'trust').bitcoin,
    new Map([[0, new Uint8Array(GENESIS_HEADER)]]),
  );
  assert.equal(parseTrustFile(`tsa sha256:${'ab'.repeat(32)}`, 'trust').bitcoin, undefined);
  const mistyped = Buffer.from(GENESIS_HEADER);
  mistyped[70] = mistyped[70]! ^ 1;
  for (const [text, reason] of [
    [line(0, mistyped), /no header of a Bitcoin block/],
    [good.slice(0, -2), /no header of a Bitcoin block/],
    [good.replace('bitcoin 0', 'bitcoin x'), /no header of a Bitcoin block/],
    [line(0, easyHeader(sha256Bytes(utf8('x')))), /no header of a Bitcoin block/],
    [`${good}\n${line(0, HEADER)}`, /two headers of block 0/],
    ['bitcoins 0 00', /no log key/],
  ] as const)
    assert.throws(() => parseTrustFile(text, 'trust'), { code: 'BAD_INPUT', message: reason });
});

test('data for what is no lone proof is said not to have been used, and a name alone makes a broken one', async () => {
  const { verdict, claims } = await verifyFile(utf8('words'), { of: utf8('x') });
  assert.deepEqual([verdict, claims.length], ['unknown', 2]);
  assert.match(claims[1]!.detail, /no \.ots or \.tsr/);
  for (const name of ['a.ots', 'a.tsr', 'A.TSR'])
    assert.equal((await verifyFile(utf8('words'), { name, of: utf8('x') })).verdict, 'failed', name);
  assert.equal((await verifyFile(new Uint8Array(), { name: 'a.txt' })).verdict, 'unknown');
});

test('of files given together the data goes with its proof', () => {
  const files = (...names: string[]): { name: string; start: Uint8Array }[] =>
    names.map((name) => ({ name, start: /ots|proof/.test(name) ? GENESIS_PROOF : utf8('data') }));
  const pairs = (...names: string[]): string[] =>
    pairProofs(files(...names)).map(({ file, of }) => (of ? `${file.name} of ${of.name}` : file.name));
  assert.deepEqual(pairs('a.pdf', 'a.pdf.ots'), ['a.pdf.ots of a.pdf']);
  assert.deepEqual(pairs('proof', 'anything'), ['proof of anything']);
  assert.deepEqual(pairs('b.zip', 'a.pdf.ots', 'a.pdf'), ['b.zip', 'a.pdf.ots of a.pdf']);
  assert.deepEqual(pairs('b.zip', 'c.zip', 'a.ots'), ['b.zip', 'c.zip', 'a.ots'], 'which one is not guessed');
  assert.deepEqual(pairs('a', 'a.ots', 'a.tsr'), ['a.ots of a', 'a.tsr of a']);
  assert.deepEqual(pairs('a.ots', 'b.ots'), ['a.ots', 'b.ots']);
  assert.deepEqual(pairs('a.ots'), ['a.ots']);
});
