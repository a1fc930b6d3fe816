import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { serviceCaller } from '../capture/index.js';
import { buildBundle } from '../dossier/bundle.js';
import type { LoggedRecord, SeenRecord } from '../model/index.js';
import { type OpenRecordLog } from '../preserve/index.js';
import { openTestLog } from '../preserve/testing/log.js';
import { verifyFile } from '../verify/index.js';
import { TestTsa, hasOpenssl } from '../verify/testing/tsa.js';
import { stampCheckpoint } from './stamp.js';

const ORIGIN = 'log.test/stamped';
const call = serviceCaller({ allow: ['127.0.0.0/8'] });

function record(n: number): SeenRecord {
  const at = '2024-05-22T03:00:00.000Z';
  return { type: 'delivery', v: 1, at, channel: 'test', event: `V-${n}`, outcome: 'delivered', detail: '' };
}

interface Authority {
  tsa: TestTsa;
  url: string;
  root: string;
  /** Set to have it answer so once. */
  next?: { status: number; type: string; bytes: Uint8Array };
}

/** `openssl ts` behind HTTP, as an authority is. */
async function authority(t: TestContext): Promise<Authority> {
  const tsa = new TestTsa();
  const der = Buffer.from(
    tsa
      .read('root.pem')
      .toString()
      .replace(/-----[^-]+-----|\s/g, ''),
    'base64',
  );
  const it: Authority = { tsa, url: '', root: createHash('sha256').update(der).digest('hex') };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      const { next } = it;
      delete it.next;
      const { status, type, bytes } = next ?? {
        status: 200,
        type: 'application/timestamp-reply',
        bytes: tsa.reply(Buffer.concat(parts)),
      };
      response.writeHead(status, { 'content-type': type }).end(bytes);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  it.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`;
  t.after(() => {
    server.close();
    server.closeAllConnections();
    tsa.remove();
  });
  return it;
}

interface Setting {
  dir: string;
  log: OpenRecordLog;
  bundleOf: (records: readonly LoggedRecord[]) => Promise<Uint8Array>;
}

async function setting(t: TestContext): Promise<Setting> {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-stamp-'));
  t.after(() => rm(dir, { recursive: true }));
  const { log, vault } = await openTestLog(dir, ORIGIN);
  const created = new Date('2024-06-01T00:00:00Z');
  const bundleOf = (records: readonly LoggedRecord[]): Promise<Uint8Array> =>
    buildBundle({
      ...{ kind: 'exhibit', title: 'stamped', created, records, log, vault, files: [] },
      publication: { rules: 'not-published' },
    });
  return { dir, log, bundleOf };
}

test('one stamp covers every entry below it, and the bundle says when, by whom, under which root', async (t) => {
  if (!hasOpenssl()) {
    assert.ok(!process.env['CI'], 'openssl is missing');
    t.skip('openssl is not installed');
    return;
  }
  const one = await authority(t);
  const two = await authority(t);
  const { log, bundleOf } = await setting(t);
  const records = await log.append([record(0), record(1), record(2)]);
  const anchors = [one.root];
  const round = await stampCheckpoint(log, { urls: [one.url, two.url], anchors, call });
  assert.deepEqual(
    [round.size, round.outcomes.map(({ outcome }) => outcome)],
    [3, ['stamped', 'stamped-untrusted']],
    JSON.stringify(round.outcomes.map(({ detail }) => detail)),
  );
  assert.equal((await log.stamps.of(3)).length, 2);
  const later = await log.append([record(3)]);

  const bundle = await bundleOf(records.slice(0, 1));
  const both = await verifyFile(bundle, { tsaRoots: [one.root, two.root] });
  assert.equal(both.verdict, 'ok', JSON.stringify(both.claims.filter(({ verdict }) => verdict !== 'ok')));
  const stamps = both.claims.filter(({ by }) => by.startsWith('RFC 3161 time stamp'));
  assert.equal(stamps.length, 2);
  assert.match(stamps[0]!.claim, /existed not later than 20\d\d-/);
  assert.equal((await verifyFile(bundle, { tsaRoots: [one.root] })).verdict, 'unknown', 'one root is not trusted');
  assert.equal((await verifyFile(bundle)).verdict, 'unknown', 'nor by default');
  const newer = await verifyFile(await bundleOf(later));
  assert.equal(newer.verdict, 'ok');
  assert.ok(!newer.claims.some(({ by }) => by.startsWith('RFC 3161 time stamp')), 'no stamp reaches that entry yet');

  const silent: number[] = [];
  for (let at = 0; at < bundle.length; at++) {
    const changed = Buffer.from(bundle);
    changed[at] = changed[at]! ^ (1 << (at % 8));
    const { verdict } = await verifyFile(changed, { tsaRoots: [one.root, two.root] });
    if (verdict !== 'failed') silent.push(at);
  }
  assert.deepEqual(silent, [], 'every changed byte of a stamped bundle fails');
});

test('whatever an authority answers, only a stamp over this checkpoint is kept', async (t) => {
  if (!hasOpenssl()) {
    assert.ok(!process.env['CI'], 'openssl is missing');
    t.skip('openssl is not installed');
    return;
  }
  const it = await authority(t);
  const { log } = await setting(t);
  await log.append([record(0)]);
  const reply = 'application/timestamp-reply';
  const other = it.tsa.reply(
    Buffer.from(`30390201013031300d060960864801650304020105000420${'ab'.repeat(32)}0101ff`, 'hex'),
  );
  const answers: [string, Authority['next'] & object, string][] = [
    ['an error', { status: 500, type: 'text/plain', bytes: Buffer.from('no') }, 'refused'],
    ['a page', { status: 200, type: 'text/html', bytes: Buffer.from('<p>') }, 'refused'],
    ['nothing', { status: 200, type: reply, bytes: Buffer.alloc(0) }, 'refused'],
    ['noise', { status: 200, type: reply, bytes: Buffer.alloc(500, 7) }, 'refused'],
    ['a stamp over other data', { status: 200, type: reply, bytes: other }, 'refused'],
    ['a rejection', { status: 200, type: reply, bytes: Buffer.from('30053003020102', 'hex') }, 'refused'],
    ['far too much', { status: 200, type: reply, bytes: Buffer.alloc(100_000) }, 'unreachable'],
  ];
  for (const [what, next, outcome] of answers) {
    it.next = next;
    const round = await stampCheckpoint(log, { urls: [it.url], anchors: [it.root], call });
    assert.equal(round.outcomes[0]!.outcome, outcome, what);
  }
  assert.deepEqual(await log.stamps.of(1), []);
  const guarded = await stampCheckpoint(log, { urls: [it.url], anchors: [], call: serviceCaller() });
  assert.match(guarded.outcomes[0]!.detail, /not a public address/);
  const fine = await stampCheckpoint(log, { urls: [it.url], anchors: [it.root], call });
  assert.equal(fine.outcomes[0]!.outcome, 'stamped', fine.outcomes[0]!.detail);
});
