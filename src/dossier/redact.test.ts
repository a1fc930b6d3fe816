import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { CaptureResult, ExhibitRecord, LoggedRecord, Vault } from '../model/index.js';
import { idFromHash } from '../model/index.js';
import { type OpenRecordLog, type ZipMember, writeWarc, writeZip } from '../preserve/index.js';
import { openTestLog } from '../preserve/testing/log.js';
import { sampleCapture } from '../preserve/testing/capture.js';
import {
  type BundleManifest,
  MANIFEST,
  MANIFEST_NOTE,
  type Verification,
  canonicalJson,
  manifestText,
  readZip,
  sha256Hex,
  utf8,
  verifyFile,
} from '../verify/index.js';
import { decodeResponse } from '../watch/replay.js';
import { buildBundle } from './bundle.js';
import type { Publication } from './publication.js';

const AT = '2024-05-22T03:00:00.000Z';
const CREATED = new Date('2024-06-01T00:00:00Z');
const RULES = { declared: ['Anna Lindqvist'], machine: [], decode: decodeResponse };

interface Kit {
  log: OpenRecordLog;
  vault: Vault;
  records: LoggedRecord[];
  id: string;
  build: (publication: Partial<Publication>, title?: string) => Promise<Uint8Array>;
  redact: (records: string[], more?: { findings?: boolean }) => Promise<Uint8Array>;
}

async function kit(
  t: TestContext,
  {
    capture = sampleCapture(),
    bound = true,
    url = 'https://example.org/notice',
  }: { capture?: CaptureResult; bound?: boolean; url?: string } = {},
): Promise<Kit> {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-redact-'));
  t.after(() => rm(dir, { recursive: true }));
  const { log, vault } = await openTestLog(dir);
  const warc = writeWarc(capture, { recordedAt: AT, software: 'x', robots: 'classic' });
  const exhibit: ExhibitRecord = {
    ...{
      type: 'exhibit',
      v: 1,
      at: AT,
      url,
      finalUrl: `${url}/final`,
      status: 200,
      mediaType: 'text/html',
      software: 'x',
    },
    warc: {
      sha256: await vault.put(warc.bytes),
      length: warc.bytes.length,
      ...(bound ? { records: warc.index.map(({ sha256 }) => sha256) } : {}),
    },
    payload: warc.payload,
  };
  const records = await log.append([exhibit]);
  const build: Kit['build'] = (publication, title = 'x') =>
    buildBundle({
      ...{ kind: 'exhibit', title, created: CREATED, records, log, vault, files: [] },
      publication: { rules: RULES, ...publication },
    });
  const order = { reason: 'names a source', by: 'the editors' };
  return {
    ...{ log, vault, records, build, id: idFromHash('E', records[0]!.hash) },
    redact: (names, { findings = false } = {}) => build({ redact: { ...order, records: names, findings } }),
  };
}

const claim = (result: Verification, pattern: RegExp) =>
  result.claims.find(({ claim: words, detail }) => pattern.test(`${words} | ${detail}`));

/** What a maker who holds the key could sign: the adversary against whom the logged record stands. */
async function forge(
  bundle: Uint8Array,
  log: OpenRecordLog,
  change: (manifest: BundleManifest, files: Map<string, Uint8Array>) => void,
): Promise<Uint8Array> {
  const files = new Map((await readZip(bundle)).map(({ path, bytes }) => [path, bytes]));
  const manifest = JSON.parse(Buffer.from(files.get(MANIFEST)!).toString()) as BundleManifest;
  for (const path of [MANIFEST, MANIFEST_NOTE]) files.delete(path);
  change(manifest, files);
  const members: ZipMember[] = [...files].map(([path, bytes]) => ({ path, bytes }));
  manifest.members = members.map(({ path, bytes }) => ({ path, sha256: sha256Hex(bytes), bytes: bytes.length }));
  const text = `${canonicalJson(manifest)}\n`;
  const note = log.sign(manifestText(text));
  return writeZip(
    [...members, { path: MANIFEST, bytes: utf8(text) }, { path: MANIFEST_NOTE, bytes: utf8(note) }],
    CREATED,
  );
}

const redactedFile = (files: Map<string, Uint8Array>): string =>
  [...files.keys()].find((path) => path.endsWith('.redacted.warc.gz'))!;

test('a request left out: the rest is proved record by record, and the verdict says what is missing, why and by whom', async (t) => {
  const { redact, id } = await kit(t);
  const result = await verifyFile(await redact([`${id}:7`]));
  assert.equal(result.verdict, 'ok', JSON.stringify(result.claims));
  const said = claim(result, /^Left out of the copy of https:\/\/example\.org\/notice: record 7 \(request\)/)!;
  assert.match(
    said.detail,
    /^redacted: record 7 \(request\), \d+ bytes, sha256 [0-9a-f]{64}, by the editors at 2024-06-01T00:00:00Z: names a source; what it held is not shown; everything else is as recorded$/,
  );
  assert.match(
    claim(result, /records are here/)!.detail,
    /8 of 9 records are here, byte for byte; the body of the answer, \d+ bytes, is the one recorded/,
  );
});

test('the answer left out is said plainly, and so is every record of a type', async (t) => {
  const { redact, id } = await kit(t);
  const result = await verifyFile(await redact([`${id.slice(0, 8)}:response`]));
  assert.equal(result.verdict, 'ok');
  assert.match(
    claim(result, /7 of 9 records/)!.detail,
    /the answer itself was left out: what the page said is not shown by this copy/,
  );
  assert.equal(result.claims.filter(({ claim: words }) => words.startsWith('Left out')).length, 2);
});

test('any byte of a redacted bundle changed fails', { timeout: 180_000 }, async (t) => {
  const { redact, id } = await kit(t);
  const bundle = await redact([`${id}:3`]);
  const silent: number[] = [];
  for (let at = 0; at < bundle.length; at++) {
    const changed = Buffer.from(bundle);
    changed[at] = changed[at]! ^ (1 << (at % 8));
    if ((await verifyFile(changed)).verdict !== 'failed') silent.push(at);
  }
  assert.deepEqual(silent, []);
  t.diagnostic(`${bundle.length} bytes changed, one at a time`);
});

test('even the holder of the key cannot leave out, put in or change a record without a word', async (t) => {
  const { redact, build, log, id } = await kit(t);
  const bundle = await redact([`${id}:7`]);
  const whole = await build({});
  const wholeWarc = (await readZip(whole)).find(({ path }) => path.startsWith('exhibits/'))!;
  assert.equal(
    (await verifyFile(await forge(bundle, log, () => undefined))).verdict,
    'ok',
    'the forger’s tool itself is sound',
  );
  type Change = (manifest: BundleManifest, files: Map<string, Uint8Array>) => void;
  const one = (manifest: BundleManifest): NonNullable<BundleManifest['redactions']>[number] => manifest.redactions![0]!;
  const members = (bytes: Uint8Array): Uint8Array[] => {
    const starts: number[] = [];
    for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1))
      if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && bytes[at + 3] === 0) starts.push(at);
    return starts.map((start, n) => bytes.subarray(start, starts[n + 1]));
  };
  const edit = (files: Map<string, Uint8Array>, change: (list: Uint8Array[]) => Uint8Array[]): void => {
    const path = redactedFile(files);
    files.set(path, Buffer.concat(change(members(files.get(path)!))));
  };
  const changes: Record<string, Change> = {
    'no word of it': (manifest) => {
      delete manifest.redactions;
    },
    'an empty list': (manifest) => {
      manifest.redactions = [];
    },
    'another number': (manifest) => {
      one(manifest).record = 3;
    },
    'a number that is not there': (manifest) => {
      one(manifest).record = 99;
    },
    'another hash': (manifest) => {
      one(manifest).sha256 = 'ab'.repeat(32);
    },
    'another length': (manifest) => {
      one(manifest).bytes += 1;
    },
    'said twice': (manifest) => {
      manifest.redactions!.push({ ...one(manifest) });
    },
    'of another exhibit': (manifest) => {
      one(manifest).exhibit = 'ab'.repeat(32);
    },
    'no reason': (manifest) => {
      delete (one(manifest) as { reason?: string }).reason;
    },
    'not a list': (manifest) => {
      (manifest as { redactions: unknown }).redactions = 'none';
    },
    'one more left out': (_, files) => {
      edit(files, (list) => list.slice(0, -1));
    },
    'one twice': (_, files) => {
      edit(files, (list) => [...list, list.at(-1)!]);
    },
    'another order': (_, files) => {
      edit(files, ([a, b, ...rest]) => [b!, a!, ...rest]);
    },
    'compressed anew': (_, files) => {
      edit(files, ([a, ...rest]) => [gzipSync(gunzipSync(a!), { level: 1 }), ...rest]);
    },
    'an empty member': (_, files) => {
      edit(files, (list) => [...list, gzipSync('')]);
    },
    'the whole one beside it': (_, files) => {
      const [path] = [...files.keys()].filter((each) => each.endsWith('.redacted.warc.gz'));
      files.set(path!.replace('.redacted', ''), Buffer.from(wholeWarc.bytes));
    },
    'under the name of the whole one': (_, files) => {
      const path = redactedFile(files);
      files.set(path.replace('.redacted', ''), files.get(path)!);
      files.delete(path);
    },
  };
  for (const [name, change] of Object.entries(changes))
    assert.equal((await verifyFile(await forge(bundle, log, change))).verdict, 'failed', name);

  const answer = await redact([`${id}:6`]);
  const lie = await forge(answer, log, (manifest) => {
    one(manifest).type = 'request';
  });
  assert.match(
    claim(await verifyFile(lie), /no response was left out/)?.verdict ?? '',
    /failed/,
    'an answer cannot pass for a request',
  );
});

test('an exhibit whose records were not bound one by one is not redacted; a copy made all the same is unknown, never verified', async (t) => {
  const old = await kit(t, { bound: false });
  await assert.rejects(old.redact([`${old.id}:7`]), { code: 'BAD_INPUT', message: /nothing of it could be proved/ });
  const { redact, id } = await kit(t);
  const [redacted] = (await readZip(await redact([`${id}:7`]))).filter(({ path }) =>
    path.endsWith('.redacted.warc.gz'),
  );
  const made = await forge(await old.build({}), old.log, (manifest, files) => {
    files.delete([...files.keys()].find((path) => path.startsWith('exhibits/'))!);
    files.set(redacted!.path, redacted!.bytes);
    manifest.redactions = [
      {
        exhibit: manifest.records[0]!.record,
        record: 7,
        type: 'request',
        sha256: 'ab'.repeat(32),
        bytes: 1,
        reason: 'x',
        by: 'x',
        at: AT,
      },
    ];
  });
  assert.equal((await verifyFile(made)).verdict, 'unknown');
});

test('what the check refuses can be left out, record by record or all at once; what stands elsewhere cannot', async (t) => {
  const capture = sampleCapture();
  const last = capture.exchanges.at(-1)!;
  const told = {
    ...last,
    requestBytes: Buffer.from(
      'GET /notice/final HTTP/1.1\r\nHost: example.org\r\nCookie: s=1\r\nX-User: Anna Lindqvist\r\n\r\n',
    ),
  };
  const { build, redact, id } = await kit(t, { capture: { ...capture, exchanges: [capture.exchanges[0]!, told] } });
  await assert.rejects(
    build({}),
    (error: Error) =>
      error.message.includes(`${id}:7 (request), header Cookie`) && !error.message.includes('Lindqvist'),
  );
  for (const bundle of [await redact([`${id}:7`]), await redact([], { findings: true })]) {
    assert.equal((await verifyFile(bundle)).verdict, 'ok');
    assert.doesNotMatch(Buffer.from(bundle).toString('latin1'), /Anna Lindqvist/);
  }
  const asked = await kit(t, { url: 'https://mp.weixin.qq.com/s/x?pass_ticket=vX3kq9Zp2Q7dTq' });
  await assert.rejects(
    asked.redact([], { findings: true }),
    /records\/[0-9a-f]{64}\.json, file at \d+: pass_ticket in an address/,
  );
  await assert.rejects(
    build({ redact: { records: [`${id}:7`], findings: false, reason: 'x', by: 'Anna Lindqvist' } }),
    /manifest\.json/,
    'the manifest itself is searched',
  );
  await assert.rejects(
    build({ redact: { records: [`${id}:7`], findings: false, reason: 'x', by: 'y' } }, 'by Anna Lindqvist'),
    { code: 'BAD_INPUT' },
  );
});

test('a place that is not in the bundle is named, with what is there', async (t) => {
  const { redact, id } = await kit(t);
  await assert.rejects(redact([`${id}:99`]), {
    code: 'BAD_INPUT',
    hint: /1 \(warcinfo\), 2 \(response\), 3 \(request\)/,
  });
  await assert.rejects(redact([`${id}:revisit`]), { code: 'BAD_INPUT' });
  for (const wrong of ['E-ZZZZZZZZZZ:1', 'N-1:2', id, `${id}:`, `${id}:2:3`])
    await assert.rejects(redact([wrong]), { code: 'BAD_INPUT' }, wrong);
});
