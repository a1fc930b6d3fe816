import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { needShared } from '../model/testing/shared.js';
import {
  applyPolicy,
  cosignedSubtree,
  formatProof,
  openCosignatures,
  openNote,
  parseCosigner,
  parseKey,
  parsePolicy,
  parseProof,
  sha256Hex,
  toBase64,
  toHex,
  utf8,
  verifyFile,
} from './index.js';

function load(t: TestContext, file: string): unknown {
  const folder = needShared(t, 'data/evidence');
  return folder === undefined ? undefined : (JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown);
}

test('notes: every public case opens, or is refused, with the signers it says', (t) => {
  type Case = { name: string; note?: string; vkeys: string[]; ok: boolean; verified?: string[] };
  const notes = load(t, 'notes/sumdb-note.json') as { open: Case[] } | undefined;
  if (!notes) return;
  const wrong: string[] = [];
  for (const { name, note, vkeys, ok, verified = [] } of notes.open) {
    if (note === undefined) continue;
    const keys = vkeys.map(parseKey).filter((key) => key !== undefined);
    const signers = openNote(note, keys)?.signedBy.map((key) => key.name);
    if (ok !== (signers !== undefined) || (ok && signers!.join() !== verified.join())) wrong.push(name);
    t.diagnostic(`${signers ? 'accepted' : 'refused '}  ${name}`);
  }
  assert.deepEqual(wrong, []);
});

test('policies: every case is accepted or refused as it says', (t) => {
  type Case = { name: string; policy: string; ok: boolean; k?: number; n?: number };
  const file = load(t, 'formats/policy-cases.json') as { cases: Case[] } | undefined;
  if (!file) return;
  for (const { name, policy, ok, k, n } of file.cases) {
    if (!ok) {
      assert.throws(() => parsePolicy(policy), { code: 'BAD_INPUT' }, name);
      continue;
    }
    const read = parsePolicy(policy);
    const group = read.groups.find((each) => each.name === read.quorum);
    const count = read.quorum === undefined ? 0 : 1;
    assert.deepEqual([group?.threshold ?? count, group?.members.length ?? count], [k, n], name);
  }
});

test('a policy of any text is read or refused with a line, never anything else (property)', () => {
  const word = fc.constantFrom('log', 'witness', 'group', 'quorum', 'any', 'none', 'a', 'b', '1', '#', '\t', '\n', ' ');
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 4 })), { maxLength: 40 }), (words) => {
      try {
        parsePolicy(words.join(' '));
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'BAD_INPUT');
      }
    }),
  );
});

test('keys of cosigners: type 4 and 6, type 1 turned into 4, a wrong id refused', (t) => {
  type Key = { vkey: string; type: number; idRight: boolean; asCosignerVkey?: string; corrected?: string };
  const file = load(t, 'formats/cosignature-v1.json') as { vkeys: Key[]; badVkeys: string[] } | undefined;
  if (!file) return;
  for (const { vkey, type, idRight, asCosignerVkey, corrected } of file.vkeys) {
    const key = parseCosigner(vkey);
    assert.equal(key !== undefined, idRight, vkey.slice(0, 40));
    if (type === 1) assert.deepEqual([key?.text, key?.converted], [asCosignerVkey, true]);
    if (corrected !== undefined) assert.equal(parseCosigner(corrected)?.type, 6);
  }
  for (const vkey of file.badVkeys) assert.equal(parseCosigner(vkey), undefined, vkey);
});

interface Worked {
  log: { vkey: string };
  witnesses: { vkeyCosign: string; vkeyPlain: string }[];
  mldsaWitness: { name: string; vkeyCosign: string; signedMessageHex: string };
  entries: string[];
  checkpoint: string;
  checkpointCosigned: string;
  cosignTime: number;
  tlogProofIndex2: string;
  policy: string;
}

const worked = (t: TestContext): Worked | undefined => load(t, 'own/log-worked-example.json') as Worked | undefined;

test('the worked example: cosigned checkpoint, policy and proof, byte for byte', async (t) => {
  const example = worked(t);
  if (!example) return;
  const cosigners = example.witnesses.map(({ vkeyCosign }) => parseCosigner(vkeyCosign)!);
  const found = await openCosignatures(example.checkpointCosigned, cosigners);
  assert.deepEqual(
    found?.map(({ time }) => time),
    [example.cosignTime, example.cosignTime],
  );
  const answer = await applyPolicy(example.checkpointCosigned, parsePolicy(example.policy));
  assert.ok(answer && answer !== 'broken');
  assert.deepEqual(
    [answer.quorumMet, answer.witnesses.map(({ name }) => name), answer.checkpoint.size],
    [true, ['A', 'B'], 5],
  );
  const early = await applyPolicy(example.checkpointCosigned, parsePolicy(example.policy), new Date(0));
  assert.ok(early && early !== 'broken');
  assert.deepEqual([early.quorumMet, early.ahead], [false, ['A', 'B']], 'a time that lies ahead does not count');
  const plain = await applyPolicy(example.checkpoint, parsePolicy(example.policy));
  assert.equal((plain as { quorumMet: boolean }).quorumMet, false);
  const proof = parseProof(example.tlogProofIndex2)!;
  assert.equal(formatProof(proof), example.tlogProofIndex2);
});

test('an ML-DSA-44 cosignature is verified over the message of the specification', async (t) => {
  const example = worked(t);
  if (!example) return;
  const { name, vkeyCosign, signedMessageHex } = example.mldsaWitness;
  const key = parseCosigner(vkeyCosign)!;
  const [origin, size, root] = example.checkpoint.split('\n') as [string, string, string];
  const tree = { origin, size: Number(size), root: Buffer.from(root, 'base64') };
  const message = cosignedSubtree(name, tree, example.cosignTime);
  assert.equal(toHex(message), signedMessageHex);
  const { secretKey } = ml_dsa44.keygen(new Uint8Array(32).fill(4));
  const signature = ml_dsa44.sign(message, secretKey, { extraEntropy: false });
  assert.equal(sha256Hex(signature), 'cc16147ce3a8eb7e9cd482e976e3e55e88eb271e1b46e9051de0e7b4ad609ed1');
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(example.cosignTime));
  const line = (raw: Uint8Array): string => `— ${name} ${toBase64(Buffer.concat([key.id, time, raw]))}\n`;
  assert.equal((await openCosignatures(example.checkpoint + line(signature), [key]))?.length, 1);
  signature[7]! ^= 1;
  assert.equal(await openCosignatures(example.checkpoint + line(signature), [key]), undefined);
});

test('every changed character of a cosigned checkpoint is found, or its line is no longer a known one', async (t) => {
  const example = worked(t);
  if (!example) return;
  const note = example.checkpointCosigned;
  const policy = example.policy.replace(
    'group AB any A B',
    `witness M ${example.mldsaWitness.vkeyCosign}\ngroup AB all A B M`,
  );
  const lastLine = note.indexOf('— m1.');
  for (let at = 0; at < note.length; at += at < lastLine + 40 ? 1 : 37) {
    const changed = note.slice(0, at) + String.fromCharCode(note.charCodeAt(at) ^ 1) + note.slice(at + 1);
    const { verdict } = await verifyFile(utf8(changed), { policy });
    assert.notEqual(verdict, 'ok', `character ${at}`);
  }
  assert.equal((await verifyFile(utf8(note), { policy })).verdict, 'ok');
});

test('a proof that carries its entry is verified alone, and its entry cannot be exchanged', async (t) => {
  const example = worked(t);
  if (!example) return;
  const { index, hashes } = parseProof(example.tlogProofIndex2)!;
  const of = (entry: string): Uint8Array =>
    utf8(formatProof({ extra: utf8(entry), index, hashes, checkpoint: example.checkpointCosigned }));
  const { policy } = example;
  assert.equal((await verifyFile(of(example.entries[2]!), { policy })).verdict, 'ok');
  const other = await verifyFile(of(example.entries[1]!), { policy });
  assert.deepEqual([other.verdict, other.claims.at(-1)!.verdict], ['failed', 'failed']);
  assert.equal((await verifyFile(utf8(example.tlogProofIndex2), { policy })).verdict, 'unknown', 'no entry in it');
  assert.equal((await verifyFile(of(example.entries[2]!), { trust: [] })).verdict, 'unknown', 'nobody trusted');
  const stranger = policy.replace(/^log .*$/m, `log ${example.witnesses[0]!.vkeyPlain}`);
  assert.equal((await verifyFile(of(example.entries[2]!), { policy: stranger })).verdict, 'unknown');
});
