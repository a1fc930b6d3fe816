import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CaptureResult, SeenRecord } from '../model/index.js';
import {
  MainResponse,
  type WarcRecord,
  canonicalJson,
  leafHash,
  openCheckpoint,
  parseKey,
  parseProof,
  readWarc,
  rootOf,
  sha256Hex,
  utf8,
  verifyFile,
  verifyInclusion,
} from '../verify/index.js';
import { buildBundle } from '../dossier/bundle.js';
import {
  type OpenRecordLog,
  diskFiles,
  leafOf,
  loadOrCreateLogKey,
  openFolderVault,
  openRecordLog,
  writeWarc,
} from './index.js';
import { sampleCapture } from './testing/capture.js';
import { vaultSuite } from './testing/vault-suite.js';

const folders: string[] = [];
after(async () => {
  for (const each of folders) await rm(each, { recursive: true, force: true });
});
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'asposted-preserve-'));
  folders.push(made);
  return made;
}

vaultSuite('folder vault', async () => {
  const dir = await folder();
  return {
    vault: await openFolderVault(dir),
    damage: async (hash) => {
      const path = join(dir, 'objects', hash.slice(0, 2), hash.slice(2));
      await chmod(path, 0o600);
      await writeFile(path, 'other bytes');
    },
  };
});

test('a full disk is one clear error and leaves no half-written object', async () => {
  const dir = await folder();
  const vault = await openFolderVault(dir, {
    writeNew: async (path) => {
      await diskFiles.writeNew(path, utf8('wor')); // what a full disk took before it said so
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    },
  });
  await assert.rejects(vault.put(utf8('words')), { code: 'VAULT_FULL', retry: 'later' });
  const words = (async function* () {
    yield await Promise.resolve(utf8('words'));
  })();
  await assert.rejects(vault.putStream(words), { code: 'VAULT_FULL', retry: 'later' });
  const left = await readdir(dir, { recursive: true, withFileTypes: true });
  assert.deepEqual(
    left.filter((entry) => entry.isFile()).map(({ name }) => name),
    [],
  );
});

test('what a killed process left half-written goes; what another is writing stays', async () => {
  const dir = await folder();
  await openFolderVault(dir);
  const [old, fresh] = [join(dir, 'incoming', 'old.part'), join(dir, 'incoming', 'fresh.part')];
  for (const path of [old, fresh]) await writeFile(path, 'half');
  await utimes(old, new Date(0), new Date(0));
  await openFolderVault(dir);
  assert.deepEqual(await readdir(join(dir, 'incoming')), ['fresh.part']);
});

test('a WARC holds the bytes as they went over the wire, and is the same whenever it is written', async () => {
  const capture = sampleCapture();
  const facts = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'asposted test', robots: 'classic' };
  const written = writeWarc(capture, facts);
  assert.deepEqual(written, writeWarc(capture, facts));
  const records = [];
  for await (const record of readWarc(written.bytes)) records.push(record);
  assert.deepEqual(
    records.map(({ type }) => type),
    ['warcinfo', 'response', 'request', 'metadata', 'resource', 'response', 'request', 'metadata', 'resource'],
  );
  const last = records[5]!;
  assert.deepEqual(Buffer.from(last.block), Buffer.from(capture.exchanges[1]!.responseBytes));
  assert.equal(Buffer.from(last.payload!).toString(), '<p>通知</p>', 'without chunks and trailer');
  assert.deepEqual([last.blockDigest, last.payloadDigest], ['ok', 'ok']);
  assert.equal(written.payload.sha256, sha256Hex(capture.exchanges[1]!.body));
  assert.deepEqual(
    last.headers.filter(([name]) => name === 'WARC-Protocol').map(([, value]) => value),
    ['http/1.1', 'tls/1.3'],
  );
  assert.deepEqual(
    written.index.map(({ offset }) => offset),
    records.map(({ offset }) => offset),
  );
  assert.match(Buffer.from(records[7]!.block).toString(), /interimResponses: SFRUUC8xLjEgMTAz/);
});

/** A page as a browser brings it: what it asked for, then the page, then what was made of it. */
function renderedCapture(): CaptureResult {
  const capture = sampleCapture();
  const [, page] = capture.exchanges;
  const part = {
    ...page!,
    url: 'https://example.org/late.js',
    responseBytes: utf8('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npart'),
  };
  const at = '2024-05-22T03:00:09.000Z';
  return {
    ...capture,
    exchanges: [part, ...capture.exchanges],
    browser: { name: 'chromium', version: '1', requests: 3, bytes: 9, failed: 0 },
    resources: [
      { url: `urn:textFinal:${capture.finalUrl}`, type: 'text/plain; charset=utf-8', at, bytes: utf8('通知') },
      { url: `urn:fullPage:${capture.finalUrl}`, type: 'image/png', at, bytes: utf8('PNG') },
    ],
  };
}

async function mainOf(warc: Uint8Array): Promise<WarcRecord | undefined> {
  const main = new MainResponse();
  for await (const record of readWarc(warc)) main.see(record);
  return main.record;
}

test('the WARC of a rendered page marks the page among its parts, and holds picture and text as resources', async () => {
  const facts = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'asposted test', robots: 'classic' };
  const capture = renderedCapture();
  const written = writeWarc(capture, facts);
  const records = [];
  for await (const record of readWarc(written.bytes)) records.push(record);
  const main = (await mainOf(written.bytes))!;
  assert.deepEqual([main.targetUri, Buffer.from(main.payload!).toString()], [capture.finalUrl, '<p>通知</p>']);
  assert.equal(written.payload.sha256, sha256Hex(main.payload!));
  const beside = (record: WarcRecord): string | undefined =>
    record.headers.find(([name]) => name === 'WARC-Concurrent-To')?.[1];
  const made = records.filter(({ targetUri }) => /^urn:(?:textFinal|fullPage):/.test(targetUri ?? ''));
  assert.deepEqual(
    made.map((each) => [each.targetUri, Buffer.from(each.block).toString(), beside(each)]),
    [
      [`urn:textFinal:${capture.finalUrl}`, '通知', main.id],
      [`urn:fullPage:${capture.finalUrl}`, 'PNG', main.id],
    ],
  );
  // The mark rules, not the order; a WARC without one has its page last, as ever.
  const parts = records.map(({ offset, length }) => written.bytes.subarray(offset, offset + length));
  const first = records.findIndex(({ type }) => type === 'response');
  const moved = [...parts.slice(0, first), ...parts.slice(first + 4), ...parts.slice(first, first + 4)];
  assert.equal((await mainOf(Buffer.concat(moved)))!.targetUri, capture.finalUrl);
  const plain = writeWarc(sampleCapture(), facts);
  assert.equal((await mainOf(plain.bytes))!.targetUri, capture.finalUrl);
});

test('a WARC that marks two pages, or marks what is no response, is refused: it would have two readings', async () => {
  const facts = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'asposted test', robots: 'classic' };
  const once = writeWarc(renderedCapture(), facts);
  await assert.rejects(mainOf(Buffer.concat([once.bytes, once.bytes])), { code: 'VERIFY_FAILED' });
  const { index, bytes } = once;
  const mark = index.findLast(({ type }) => type === 'metadata')!;
  await assert.rejects(mainOf(bytes.subarray(mark.offset, mark.offset + mark.length)), { code: 'VERIFY_FAILED' });
});

test('a line break in an address cannot write WARC header lines', () => {
  const capture = sampleCapture('https://example.org/\r\nWARC-Type: resource');
  assert.throws(() => writeWarc(capture, { recordedAt: 'x', software: 'x', robots: 'x' }), { code: 'BAD_INPUT' });
});

interface TestLog {
  dir: string;
  log: OpenRecordLog;
  reopen: () => Promise<OpenRecordLog>;
}

async function testLog(dir?: string): Promise<TestLog> {
  const own = dir ?? (await folder());
  const vault = await openFolderVault(join(own, 'vault'));
  const signer = await loadOrCreateLogKey(join(own, 'keys'), 'log.test/own');
  const reopen = (): Promise<OpenRecordLog> =>
    openRecordLog({ dir: join(own, 'log'), vault, signer, origin: 'log.test/own', lease: (work) => work() });
  return { dir: own, log: await reopen(), reopen };
}

function note(n: number): SeenRecord {
  return {
    type: 'delivery',
    v: 1,
    at: '2024-05-22T03:00:00.000Z',
    channel: 'test',
    event: `V-${n}`,
    outcome: 'delivered',
    detail: '',
  };
}

test('appends in batches of any size give the tree of all leaves, and every leaf can be proved', async () => {
  const { log, reopen } = await testLog();
  const records: SeenRecord[] = [];
  for (const count of [1, 2, 253, 1, 1, 255, 300]) {
    const batch = Array.from({ length: count }, (_, at) => note(records.length + at));
    const logged = await log.append(batch);
    assert.deepEqual(
      logged.map(({ index }) => index),
      batch.map((_, at) => records.length + at),
    );
    records.push(...batch);
  }
  const again = await reopen();
  const leaves = records.map((record) =>
    leafHash(utf8(canonicalJson(leafOf(record, sha256Hex(utf8(canonicalJson(record))))))),
  );
  const checkpoint = openCheckpoint(await again.checkpoint(), [parseKey(again.vkey)!], 'log.test/own')!;
  assert.equal(checkpoint.size, records.length);
  assert.deepEqual(Buffer.from(checkpoint.root), Buffer.from(rootOf(leaves)));
  for (const index of [0, 1, 2, 255, 256, 257, 511, 512, records.length - 1]) {
    const proof = parseProof(await again.prove(index))!;
    assert.ok(
      verifyInclusion({
        index,
        size: checkpoint.size,
        leaf: leaves[index]!,
        proof: proof.hashes,
        root: checkpoint.root,
      }),
      `leaf ${index}`,
    );
  }
  const seen: number[] = [];
  for await (const { index } of again.leaves(250)) seen.push(index);
  assert.deepEqual([seen[0], seen.at(-1), seen.length], [250, records.length - 1, records.length - 250]);
  assert.deepEqual(await again.check(), { size: records.length });
  const partials = (
    await readdir(join((again as unknown as { options: { dir: string } }).options.dir, 'tile', 'entries'))
  ).filter((name) => name.endsWith('.p'));
  assert.equal(partials.length, 1, 'partial tiles go once the full one is there');
});

test('a changed byte in any file of the log is found and named', async () => {
  const { dir, log } = await testLog();
  await log.append(Array.from({ length: 300 }, (_, n) => note(n)));
  const logDir = join(dir, 'log');
  const files = (await readdir(logDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  assert.ok(files.length >= 5);
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const bytes = await readFile(path);
    const changed = Buffer.from(bytes);
    changed[10] = changed[10]! ^ 4;
    await writeFile(path, changed);
    await assert.rejects(
      testLog(dir).then(({ log: opened }) => opened.check()),
      { code: 'LOG_CORRUPT' },
      file.name,
    );
    await writeFile(path, bytes);
  }
  assert.deepEqual(await (await testLog(dir)).log.check(), { size: 300 });
});

test('tiles left by a crash before the checkpoint are overwritten, and the log goes on', async () => {
  const { dir, log, reopen } = await testLog();
  await log.append([note(1)]);
  const checkpoint = join(dir, 'log', 'checkpoint');
  const kept = await readFile(checkpoint);
  await log.append([note(2), note(3)]);
  await writeFile(checkpoint, kept); // as if the process had died before the rename
  const again = await reopen();
  assert.equal(await again.size(), 1);
  await again.append([note(4)]);
  assert.deepEqual(await again.check(), { size: 2 });
});

test('a checkpoint signed but not yet in force is put in force, never signed over', async () => {
  const { dir, log, reopen } = await testLog();
  await log.append([note(1)]);
  const checkpoint = join(dir, 'log', 'checkpoint');
  const kept = await readFile(checkpoint);
  await log.append([note(2), note(3)]);
  const signed = await readFile(checkpoint, 'utf8');
  await writeFile(`${checkpoint}.part`, signed); // as if the process had died between signature and rename
  await writeFile(checkpoint, kept);
  const again = await reopen();
  assert.equal(await again.size(), 3, 'for whoever asks, before anybody appends');
  const [logged] = await again.append([note(4)]);
  assert.equal(logged!.index, 3, 'after the two that were signed');
  assert.deepEqual(await again.check(), { size: 4 });

  await writeFile(`${checkpoint}.part`, signed.slice(0, -20)); // torn: it bears no signature
  await again.append([note(5)]);
  assert.deepEqual(await again.check(), { size: 5 });
});

/** 15 in the suite; the full figure is made with ASPOSTED_TEST_KILLS=1000. */
const KILLS = Number(process.env['ASPOSTED_TEST_KILLS'] ?? 15);

test('killed at any moment, a log keeps what it acknowledged and never signs a size twice', async (t) => {
  const dir = await folder();
  const signedRoots = new Map<number, string>();
  const script = fileURLToPath(
    new URL(`./testing/appender.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
  );
  const acknowledged = new Map<number, string>();
  for (let round = 0; round < KILLS; round++) {
    const child = spawn(process.execPath, [...(script.endsWith('.ts') ? ['--import', 'tsx'] : []), script, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await killAfterLines(child, 1 + ((round * 7) % 29), (line) => {
      const [index, event] = line.split(' ');
      acknowledged.set(Number(index), event!);
    });
    await noteSigned(join(dir, 'log'), signedRoots);
    const { log } = await testLog(dir);
    const { size } = await log.check();
    assert.ok(size > Math.max(...acknowledged.keys()));
  }
  const { log, dir: own } = await testLog(dir);
  const vault = await openFolderVault(join(own, 'vault'));
  for (const [index, event] of acknowledged) {
    const leaf = await log.leaf(index);
    assert.match(Buffer.from(await vault.get(leaf.record)).toString(), new RegExp(`"event":"${event}"`));
  }
  t.diagnostic(
    `${KILLS} kills, ${acknowledged.size} acknowledged, ${await log.size()} entries, ${signedRoots.size} sizes`,
  );
});

/** Every checkpoint that stands anywhere with a signature, in force or not: one root a size. */
async function noteSigned(dir: string, roots: Map<number, string>): Promise<void> {
  const key = parseKey((await testLog(join(dir, '..'))).log.vkey)!;
  for (const name of ['checkpoint', 'checkpoint.part']) {
    const text = await readFile(join(dir, name), 'utf8').catch(() => undefined); // none was being written
    const signed = text === undefined ? undefined : openCheckpoint(text, [key], 'log.test/own');
    if (!signed) continue;
    const root = Buffer.from(signed.root).toString('hex');
    assert.equal(roots.get(signed.size) ?? root, root, `two trees of ${signed.size} entries were signed`);
    roots.set(signed.size, root);
  }
}

function killAfterLines(child: ChildProcess, lines: number, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let text = '';
    let seen = 0;
    child.stdout!.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      for (let cut = text.indexOf('\n'); cut >= 0; cut = text.indexOf('\n')) {
        onLine(text.slice(0, cut));
        text = text.slice(cut + 1);
        if (++seen === lines) setTimeout(() => child.kill('SIGKILL'), (seen * 13) % 29);
      }
    });
    child.once('exit', () => {
      resolve();
    });
  });
}

test('a bundle verifies; with any byte changed it fails', { timeout: 120_000 }, async () => {
  const { dir, log } = await testLog();
  const vault = await openFolderVault(join(dir, 'vault'));
  const warc = writeWarc(sampleCapture(), { recordedAt: '2024-05-22T03:00:00.000Z', software: 'x', robots: 'classic' });
  const exhibit: SeenRecord = {
    type: 'exhibit',
    v: 1,
    at: '2024-05-22T03:00:00.000Z',
    url: 'https://example.org/notice',
    finalUrl: 'https://example.org/notice/final',
    status: 200,
    mediaType: 'text/html',
    warc: { sha256: await vault.put(warc.bytes), length: warc.bytes.length },
    payload: warc.payload,
    software: 'x',
  };
  const records = await log.append([exhibit, note(1)]);
  const parts = {
    kind: 'exhibit' as const,
    title: '通知',
    created: new Date('2024-06-01T00:00:00Z'),
    records,
    log,
    vault,
    files: [{ path: 'page.html', bytes: utf8('<p>made</p>') }],
    publication: { rules: 'not-published' as const },
  };
  const bundle = await buildBundle(parts);
  const verified = await verifyFile(bundle, { name: 'b.zip' });
  assert.equal(verified.verdict, 'ok', JSON.stringify(verified.claims.filter(({ verdict }) => verdict !== 'ok')));
  assert.equal((await verifyFile(bundle, { trust: [log.vkey] })).verdict, 'ok');
  const stranger = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  assert.equal(
    (await verifyFile(bundle, { trust: [stranger] })).verdict,
    'unknown',
    'whole, but not by a key we trust',
  );
  const policy = `log ${log.vkey}\nquorum none\n`;
  assert.equal((await verifyFile(bundle, { policy })).verdict, 'ok');
  const asksWitness = `log ${log.vkey}\nwitness W ${stranger}\nquorum W\n`;
  assert.equal((await verifyFile(bundle, { policy: asksWitness })).verdict, 'unknown', 'no witness has seen it');
  assert.equal((await verifyFile(bundle, { policy: `log ${stranger}\nquorum none\n` })).verdict, 'unknown');
  assert.equal((await verifyFile(bundle, { policy: 'quorum none\n' })).verdict, 'unknown', 'a policy without a log');
  await assert.rejects(verifyFile(bundle, { policy: 'nonsense' }), { code: 'BAD_INPUT' });
  const silent: number[] = [];
  for (let at = 0; at < bundle.length; at++) {
    const changed = Buffer.from(bundle);
    changed[at] = changed[at]! ^ (1 << (at % 8));
    if ((await verifyFile(changed)).verdict === 'ok') silent.push(at);
  }
  assert.deepEqual(silent, [], 'no byte of the bundle is without meaning');
  await rm(dir, { recursive: true });
});
