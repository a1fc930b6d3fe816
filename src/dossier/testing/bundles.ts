/** One small piece of evidence in every form the product gives out, made by the code that gives them out. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExhibitRecord, SeenRecord } from '../../model/index.js';
import { type OpenRecordLog, loadOrCreatePackageKey, writeWarc } from '../../preserve/index.js';
import { openTestLog } from '../../preserve/testing/log.js';
import { sampleCapture } from '../../preserve/testing/capture.js';
import type { ExhibitRow } from '../../store/index.js';
import { sha256Hex, utf8 } from '../../verify/index.js';
import { buildBundle } from '../bundle.js';
import { buildPackage } from '../package.js';

export interface Evidence {
  exhibit: Uint8Array;
  dossier: Uint8Array;
  wacz: Uint8Array;
  warc: Uint8Array;
  checkpoint: Uint8Array;
  proof: Uint8Array;
  /** The log’s key, as a reader would trust it. */
  trust: readonly string[];
  record: ExhibitRecord;
}

const AT = '2024-05-22T03:00:00.000Z';
const CREATED = new Date('2024-05-23T08:00:00Z');

export type Stamping = (log: OpenRecordLog) => Promise<void>;

interface EvidenceOptions {
  /** More of each page. */
  words?: string;
  /** The log’s key was changed since; `trust` is the first. */
  rotated?: boolean;
  /** Called before anything is packed. */
  stamp?: Stamping;
}

/** `count` exhibits in one notice; with one, the files are as small as they get. */
export async function makeEvidence(count = 1, options: EvidenceOptions = {}): Promise<Evidence> {
  const dir = await mkdtemp(join(tmpdir(), 'asposted-evidence-'));
  try {
    return await make(dir, count, options);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function make(
  dir: string,
  count: number,
  { words = '', rotated = false, stamp }: EvidenceOptions,
): Promise<Evidence> {
  const { log, vault } = await openTestLog(dir, 'log.test/evidence');
  const warcs = Array.from({ length: count }, (_, n) => warcOf(n, words));
  const records = warcs.map(({ record }) => record);
  for (const { bytes } of warcs) await vault.put(bytes);
  const logged = await log.append([...records, delivery()]);
  const trust = [log.vkey];
  if (rotated) {
    await log.rotateKey({ at: AT });
    await log.retireKeys({ at: AT });
  }
  await stamp?.(log);
  const publication = { rules: 'not-published' } as const;
  const parts = { publication, created: CREATED, records: logged, log, vault, title: 'notice of a test' };
  const page = { path: 'index.html', bytes: utf8('<!doctype html><title>case</title>\n') };
  return {
    exhibit: await buildBundle({ ...parts, kind: 'exhibit', files: [] }),
    dossier: await buildBundle({ ...parts, kind: 'dossier', files: [page] }),
    wacz: await buildPackage({
      ...parts,
      software: 'asposted test',
      exhibits: logged.filter(({ record }) => record.type === 'exhibit').map(rowOf),
      signer: await loadOrCreatePackageKey(join(dir, 'keys')),
    }),
    warc: warcs[0]!.bytes,
    ...(await loose(log)),
    trust,
    record: records[0]!,
  };
}

async function loose(log: OpenRecordLog): Promise<Pick<Evidence, 'checkpoint' | 'proof'>> {
  return { checkpoint: utf8(await log.checkpoint()), proof: utf8(await log.prove(0)) };
}

function warcOf(n: number, words: string): { bytes: Uint8Array; record: ExhibitRecord } {
  const url = `https://example.org/notice${n === 0 ? '' : n}`;
  const capture = sampleCapture(url, `<p>通知 ${n}</p>${words}`);
  const { bytes, payload } = writeWarc(capture, { recordedAt: AT, software: 'asposted test', robots: 'classic' });
  const record: ExhibitRecord = {
    type: 'exhibit',
    v: 1,
    at: AT,
    url: capture.requestedUrl,
    finalUrl: capture.finalUrl,
    status: 200,
    mediaType: 'text/html',
    warc: { sha256: sha256Hex(bytes), length: bytes.length },
    payload: { sha256: payload.sha256, length: payload.length },
    software: 'asposted test',
  };
  return { bytes, record };
}

const delivery = (): SeenRecord => ({
  ...{ type: 'delivery', v: 1, at: AT, channel: 'test', event: 'V-1', outcome: 'delivered', detail: '' },
});

/** A row with as much of a reading as a package shows of it. */
function rowOf({ hash, record, index }: { hash: string; record: SeenRecord; index: number }): ExhibitRow {
  const reading = { title: '通知', text: '通知' };
  const row = {
    id: `E-${index}`,
    noticeId: 'N-1',
    hash,
    logIndex: index,
    at: record.at,
    record,
    reading,
    textHash: '',
  };
  return row as unknown as ExhibitRow;
}
