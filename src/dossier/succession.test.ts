/** Bundles over a change of the log's key: who trusts which key may believe what, and what forged statements come to. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import type { LoggedRecord, SeenRecord, Vault } from '../model/index.js';
import {
  type NoteSigner,
  type OpenRecordLog,
  type ZipMember,
  loadOrCreateLogKey,
  openFolderVault,
  openRecordLog,
  signerOf,
  writeZip,
} from '../preserve/index.js';
import { openTestLog } from '../preserve/testing/log.js';
import {
  type BundleManifest,
  LOG_KEY,
  LOG_KEYS,
  MANIFEST,
  MANIFEST_NOTE,
  type VerifyOptions,
  canonicalJson,
  keyStatementText,
  manifestText,
  readZip,
  sha256Hex,
  utf8,
  verifyFile,
} from '../verify/index.js';
import { buildBundle } from './bundle.js';
import { makeEvidence } from './testing/bundles.js';

const ORIGIN = 'log.test/own';
const AT = '2024-05-22T03:00:00.000Z';
const CREATED = new Date('2024-06-01T00:00:00Z');

function record(n: number): SeenRecord {
  return { type: 'delivery', v: 1, at: AT, channel: 'test', event: `V-${n}`, outcome: 'delivered', detail: '' };
}

interface Setting {
  dir: string;
  log: OpenRecordLog;
  vault: Vault;
  /** The first key. */
  old: string;
  records: LoggedRecord[];
}

async function setting(t: TestContext): Promise<Setting> {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-succession-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const { log, vault } = await openTestLog(dir, ORIGIN);
  return { dir, log, vault, old: log.vkey, records: await log.append([record(0), record(1)]) };
}

const partsOf = ({ log, vault, records }: Setting) =>
  ({ title: 'x', created: CREATED, records, log, vault, publication: { rules: 'not-published' } }) as const;

const bundleOf = (of: Setting): Promise<Uint8Array> => buildBundle({ ...partsOf(of), kind: 'exhibit', files: [] });

/** The verdict, and the claim that decided it. */
async function verdictOf(bytes: Uint8Array, options: VerifyOptions): Promise<[string, string]> {
  const { verdict, claims } = await verifyFile(bytes, options);
  const decided = claims.find((each) => each.verdict === verdict && verdict !== 'ok');
  return [verdict, decided ? `${decided.claim}: ${decided.detail}` : (claims.find(isWhose)?.detail ?? '')];
}
const isWhose = ({ claim }: { claim: string }): boolean => claim.startsWith('The log is ');

test('who trusts the old key verifies what the new one signed, through the statement both signed', async (t) => {
  const of = await setting(t);
  const { log, old } = of;
  await log.rotateKey({ at: AT });
  await log.retireKeys({ at: AT });
  await log.append([record(9)]);
  const bundle = await bundleOf(of);
  const [verdict, words] = await verdictOf(bundle, { trust: [old] });
  assert.equal(verdict, 'ok', words);
  assert.match(words, /the log’s key was changed at 2 entries; the key you trust named its successor/);
  assert.equal((await verdictOf(bundle, { trust: [log.vkey] }))[0], 'ok');
  assert.equal((await verdictOf(bundle, {}))[0], 'ok');
  const stranger = strangerKey();
  assert.equal((await verdictOf(bundle, { trust: [stranger.vkey] }))[0], 'unknown');
  for (const key of [old, log.vkey])
    assert.equal((await verdictOf(bundle, { policy: `log ${key}\nquorum none\n` }))[0], 'ok', key);
  // A policy is not widened by what else the reader trusts.
  const policy = `log ${stranger.vkey}\nquorum none\n`;
  assert.notEqual((await verdictOf(bundle, { policy, trust: [old] }))[0], 'ok');
});

test('a package of pages and a dossier carry the statements as well', async () => {
  const { trust, wacz, dossier } = await makeEvidence(1, { rotated: true });
  for (const bytes of [wacz, dossier]) {
    const [verdict, words] = await verdictOf(bytes, { trust });
    assert.equal(verdict, 'ok', words);
    assert.match(words, /the key you trust named its successor/);
  }
});

test('two changes in a row are followed, and an old stamped or witnessed checkpoint goes under the new key too', async (t) => {
  const of = await setting(t);
  const { log, old, dir } = of;
  await writeFile(join(dir, 'log', 'witnessed'), await log.checkpoint());
  await log.rotateKey({ at: AT });
  const second = log.vkey;
  await log.rotateKey({ at: AT });
  await log.retireKeys({ at: AT });
  const bundle = await bundleOf(of);
  for (const key of [old, second, log.vkey]) {
    const [verdict, words] = await verdictOf(bundle, { trust: [key] });
    assert.equal(verdict, 'ok', words);
  }
  assert.match((await verdictOf(bundle, { trust: [old] }))[1], /at 2 entries, at 3 entries/);
});

test('after a theft nothing follows from the old key, in either direction', async (t) => {
  const of = await setting(t);
  const { log, old } = of;
  const before = await bundleOf(of);
  await log.rotateKey({ at: AT });
  const second = log.vkey;
  await log.rotateKey({ at: AT, compromised: true });
  const bundle = await bundleOf(of);
  for (const key of [old, second]) {
    const [verdict, words] = await verdictOf(bundle, { trust: [key] });
    assert.equal(verdict, 'unknown', words);
    assert.match(words, /fell into other hands/);
    assert.equal((await verdictOf(bundle, { policy: `log ${key}\nquorum none\n` }))[0], 'unknown', 'by policy');
  }
  assert.equal((await verdictOf(bundle, { trust: [log.vkey] }))[0], 'ok');
  const keyStatements = statementsOf(log);
  for (const trust of [[old], [log.vkey], []])
    assert.equal(
      (await verdictOf(before, { trust, keyStatements }))[0],
      'unknown',
      'an older bundle, told of the theft',
    );
});

test('a bundle over the moment of a change is refused, not made with two keys', async (t) => {
  const of = await setting(t);
  const there = await openRecordLog({
    ...{ dir: join(of.dir, 'log'), vault: of.vault, origin: ORIGIN },
    signer: await loadOrCreateLogKey(join(of.dir, 'keys'), ORIGIN),
    lease: (work) => work(),
  });
  let changed = false;
  const vault: Vault = {
    ...{ put: (bytes) => of.vault.put(bytes), putStream: (source) => of.vault.putStream(source) },
    ...{ open: (hash) => of.vault.open(hash), has: (hash) => of.vault.has(hash), list: () => of.vault.list() },
    get: async (hash) => {
      if (!changed) await there.rotateKey({ at: AT, compromised: true });
      changed = true;
      return of.vault.get(hash);
    },
  };
  await assert.rejects(bundleOf({ ...of, vault }), { code: 'STORE_FAILED', retry: 'now' });
  assert.equal((await verdictOf(await bundleOf(of), { trust: [there.vkey] }))[0], 'ok', 'the next one is whole');
});

test('who trusts the new key verifies older bundles when the statements are at hand', async (t) => {
  const of = await setting(t);
  const { log, old } = of;
  const before = await bundleOf(of);
  await log.rotateKey({ at: AT });
  const keyStatements = statementsOf(log);
  assert.equal((await verdictOf(before, { trust: [log.vkey] }))[0], 'unknown');
  const [verdict, words] = await verdictOf(before, { trust: [log.vkey], keyStatements });
  assert.equal(verdict, 'ok', words);
  assert.match(words, /the key you trust names this one as its predecessor/);
  assert.equal((await verdictOf(before, { trust: [old], keyStatements }))[0], 'ok');
  await assert.rejects(verdictOf(before, { keyStatements: keyStatements.replace('size 2', 'size 1') }), {
    code: 'BAD_INPUT',
  });
  await assert.rejects(verdictOf(before, { keyStatements: '' }), { code: 'BAD_INPUT' });
});

test('a bare checkpoint and a proof follow the statements the reader gives', async (t) => {
  const { log, old } = await setting(t);
  const first = utf8(await log.checkpoint());
  await log.rotateKey({ at: AT });
  const both = utf8(await log.checkpoint());
  await log.retireKeys({ at: AT });
  const [newest, proof] = [utf8(await log.checkpoint()), utf8(await log.prove(0))];
  const keyStatements = statementsOf(log);
  const policy = `log ${old}\nquorum none\n`;
  for (const file of [newest, proof]) {
    assert.equal((await verdictOf(file, { trust: [old] }))[0], 'failed', 'as far as that key can tell it is forged');
    assert.equal((await verdictOf(file, { trust: [old], keyStatements }))[0], 'ok');
    assert.equal((await verdictOf(file, { policy, keyStatements }))[0], 'ok');
  }
  for (const trust of [[old], [log.vkey]]) assert.equal((await verdictOf(both, { trust }))[0], 'ok');
  assert.equal((await verdictOf(first, { trust: [log.vkey], keyStatements }))[0], 'ok');
});

test('a retired key is refused beyond its last size, and a checkpoint of another history at the size of a statement', async (t) => {
  const of = await setting(t);
  const { log, dir } = of;
  const own = log.keys.newest;
  await log.rotateKey({ at: AT });
  await log.retireKeys({ at: AT });
  const keyStatements = statementsOf(log);
  const lone = async (size: number): Promise<Setting> => {
    const vault = await openFolderVault(join(dir, 'vault'));
    const options = { dir: join(dir, `fork-${size}`), vault, signer: own, origin: ORIGIN };
    const fork = await openRecordLog({ ...options, lease: (work) => work() });
    const records = await fork.append(Array.from({ length: size }, (_, n) => record(100 + n)));
    return { ...of, log: fork, records };
  };
  for (const [size, why] of [
    [4, /the key was retired at 3 entries, the checkpoint has 4/],
    [2, /another history/],
  ] as const) {
    const forged = await bundleOf(await lone(size));
    assert.equal((await verdictOf(forged, { trust: [own.vkey] }))[0], 'ok', 'without the statements nobody can tell');
    const [verdict, words] = await verdictOf(forged, { trust: [own.vkey], keyStatements });
    assert.equal(verdict, 'failed');
    assert.match(words, why);
  }
});

const statementsOf = (log: OpenRecordLog): string => log.keys.statements.map(({ note }) => note).join('');

const strangerKey = (): NoteSigner => signerOf(generateKeyPairSync('ed25519').privateKey, ORIGIN);

/** The bundle with other statements, or another key, signed anew by whoever forges it. */
async function resealed(
  bundle: Uint8Array,
  signer: NoteSigner,
  change: (members: Map<string, Uint8Array>) => void,
): Promise<Uint8Array> {
  const members = new Map((await readZip(bundle)).map(({ path, bytes }) => [path, bytes]));
  const manifest = JSON.parse(Buffer.from(members.get(MANIFEST)!).toString()) as BundleManifest;
  for (const path of [MANIFEST, MANIFEST_NOTE]) members.delete(path);
  change(members);
  const files: ZipMember[] = [...members].map(([path, bytes]) => ({ path, bytes }));
  manifest.members = files.map(({ path, bytes }) => ({ path, sha256: sha256Hex(bytes), bytes: bytes.length }));
  const text = `${canonicalJson(manifest)}\n`;
  const last = [
    { path: MANIFEST, bytes: utf8(text) },
    { path: MANIFEST_NOTE, bytes: utf8(signer.sign(manifestText(text))) },
  ];
  return writeZip([...files, ...last], CREATED);
}

interface Chain {
  of: Setting;
  bundle: Uint8Array;
  notes: string[];
  signers: NoteSigner[];
}

/** first → second → third, the first two retired. */
async function chainOfThree(t: TestContext): Promise<Chain> {
  const of = await setting(t);
  const signers = [of.log.keys.newest];
  for (let n = 0; n < 2; n++) {
    await of.log.rotateKey({ at: AT });
    signers.push(of.log.keys.newest);
  }
  await of.log.retireKeys({ at: AT });
  const notes = of.log.keys.statements.map(({ note }) => note);
  return { of, bundle: await bundleOf(of), notes, signers };
}

test('statements that are forged, reordered, repeated, left out or of another log are refused', async (t) => {
  const { of, bundle, notes, signers } = await chainOfThree(t);
  const [first, second, third] = signers as [NoteSigner, NoteSigner, NoteSigner];
  const [one, two, gone, went] = notes as [string, string, string, string];
  const trust = [of.old];
  const stranger = strangerKey();
  const root = new Uint8Array(32);
  const change = {
    origin: ORIGIN,
    event: 'rotated',
    old: first.vkey,
    new: stranger.vkey,
    size: 2,
    root,
    at: AT,
  } as const;
  const text = keyStatementText({ ...change, reason: '' });
  const alone = stranger.sign(text);
  const lineOf = (note: string): string => note.slice(note.indexOf('\n\n') + 2);
  const cases: [string, string[], NoteSigner][] = [
    ['reordered', [two, one, gone, went], third],
    ['repeated', [one, one, two, gone, went], third],
    ['repeated at the end', [one, two, gone, went, went], third],
    ['without the first', [two, gone, went], third],
    ['without the middle', [one, gone, went], third],
    ['cut off', [one], third],
    ['signed by the new key alone', [alone], stranger],
    ['with signatures of another statement', [`${text}\n${lineOf(one)}`], stranger],
    ['with a line of a stranger more', [one + lineOf(alone), two, gone, went], third],
    ['with a line twice', [one + lineOf(one), two, gone, went], third],
    ['a key that comes back', [one, two, rotation(third, first, 9)], first],
    ['the newest key retired', [one, two, rotation(second, third, 9, 'retired')], third],
    ['size going back', [one, rotation(second, third, 1)], third],
    ['another log', [rotation(other('log.test/else'), other('log.test/else'), 2)], third],
    ['empty', [''], third],
    ['a line between', [one, '\n', two, gone, went], third],
  ];
  for (const [what, statements, signer] of cases) {
    const forged = await resealed(bundle, signer, (members) => {
      members.set(LOG_KEYS, utf8(statements.join('')));
      members.set(LOG_KEY, utf8(`${signer.vkey}\n`));
    });
    const [verdict, words] = await verdictOf(forged, { trust });
    assert.equal(verdict, 'failed', `${what}: ${words}`);
    assert.match(words, /What the log says of its keys holds/, what);
  }
});

function other(name: string): NoteSigner {
  return signerOf(generateKeyPairSync('ed25519').privateKey, name);
}

function rotation(from: NoteSigner, to: NoteSigner, size: number, event: 'rotated' | 'retired' = 'rotated'): string {
  const change = { origin: from.name, event, size, root: new Uint8Array(32), at: AT, reason: '' };
  const named = event === 'retired' ? { old: to.vkey, new: from.vkey } : { old: from.vkey, new: to.vkey };
  const text = keyStatementText({ ...change, ...named });
  return from.sign(text) + to.sign(text).slice(text.length + 1);
}

test('a bundle of a key nobody named, with or without the statements, is not believed', async (t) => {
  const { of, bundle, notes } = await chainOfThree(t);
  const stranger = strangerKey();
  const own = await openRecordLog({
    ...{ dir: join(of.dir, 'own'), vault: of.vault, signer: stranger, origin: ORIGIN },
    lease: (work) => work(),
  });
  const theirs = { ...of, log: own, records: await own.append([record(0)]) };
  const plain = await bundleOf(theirs);
  const trust = [of.old];
  assert.equal((await verdictOf(plain, { trust }))[0], 'unknown');
  const dressed = await resealed(plain, stranger, (members) => members.set(LOG_KEYS, utf8(notes.join(''))));
  assert.equal((await verdictOf(dressed, { trust }))[0], 'failed', 'the statements do not lead to that key');
  const stripped = await resealed(bundle, of.log.keys.newest, (members) => members.delete(LOG_KEYS));
  assert.equal((await verdictOf(stripped, { trust }))[0], 'unknown', 'the statements were taken out');
});

test('two successors of one key are told, when the reader has the publisher’s own statements', async (t) => {
  const { of, notes, signers } = await chainOfThree(t);
  const thief = strangerKey();
  const own = await openRecordLog({
    ...{ dir: join(of.dir, 'own'), vault: of.vault, signer: thief, origin: ORIGIN },
    lease: (work) => work(),
  });
  const forged = await resealed(
    await bundleOf({ ...of, log: own, records: await own.append([record(0)]) }),
    thief,
    (members) => members.set(LOG_KEYS, utf8(rotation(signers[0]!, thief, 2))),
  );
  const trust = [of.old];
  assert.equal((await verdictOf(forged, { trust }))[0], 'ok', 'a stolen key can name a successor: docs say so');
  const [verdict, words] = await verdictOf(forged, { trust, keyStatements: notes.join('') });
  assert.equal(verdict, 'failed');
  assert.match(words, /different successors/);
});

test('no text makes the reader of statements throw, and no changed character passes', async (t) => {
  const { of, bundle, notes } = await chainOfThree(t);
  const whole = notes.join('');
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.string({ unit: 'binary', maxLength: 3 }), async (at, put) => {
      const changed = whole.slice(0, at) + put + whole.slice(at + 1);
      if (changed === whole) return;
      const forged = await resealed(bundle, of.log.keys.newest, (members) => members.set(LOG_KEYS, utf8(changed)));
      assert.equal((await verdictOf(forged, { trust: [of.old] }))[0], 'failed');
    }),
    { numRuns: 150 },
  );
});
