/** Exhibits as one WACZ: what players replay, with the records and proofs that tie each WARC to the log. */
import type { ExhibitRow } from '../store/index.js';
import { type PackageSigner, type WaczPage, packWacz } from '../preserve/index.js';
import {
  Findings,
  PACKAGE_KEY_NOTE,
  fromBase64,
  packageKeyText,
  readRecords,
  sha256Hex,
  utf8,
} from '../verify/index.js';
import { type BundleParts, listRecords, logMembers, refuseLeaks, warcMembers } from './bundle.js';

export interface PackageParts extends Omit<BundleParts, 'kind' | 'files'> {
  software: string;
  /** The exhibits among the records, with their readings: one page each. */
  exhibits: readonly ExhibitRow[];
  signer: PackageSigner;
}

export async function buildPackage(parts: PackageParts): Promise<Uint8Array> {
  refuseLeaks(parts);
  const warcs = await warcMembers(parts, (sha256) => `${sha256}.warc.gz`);
  const keyHash = sha256Hex(fromBase64(parts.signer.publicKey)!);
  const keyNote = { path: PACKAGE_KEY_NOTE, bytes: utf8(parts.log.sign(packageKeyText(keyHash))) };
  return packWacz({
    warcs: warcs.map(({ path, bytes }) => ({ name: path, bytes })),
    pages: await pagesOf(parts.exhibits, new Map(warcs.map(({ path, bytes }) => [path, bytes]))),
    created: parts.created.toISOString(),
    title: parts.title,
    software: parts.software,
    sign: parts.signer,
    files: [...(await logMembers(parts)), keyNote].map(({ path, bytes }) => ({ path: shallow(path), bytes })),
    own: { origin: parts.log.origin, records: listRecords(parts.records) },
  });
}

/** Proofs and stamps one folder up: see `WACZ_PLACES`. */
const shallow = (path: string): string => path.replace(/^log\/(?=proofs\/|stamps\/)/, '');

/** The page of an exhibit is the response at the address where its way ended, at that response’s own time. */
async function pagesOf(exhibits: readonly ExhibitRow[], warcs: ReadonlyMap<string, Uint8Array>): Promise<WaczPage[]> {
  const pages: WaczPage[] = [];
  for (const { id, record, reading } of exhibits) {
    const path = `archive/${record.warc.sha256}.warc.gz`;
    const bytes = warcs.get(`${record.warc.sha256}.warc.gz`)!;
    const { records } = await readRecords(new Map([[path, { path, bytes, method: 0 }]]), new Findings());
    const wanted = new URL(record.finalUrl).href;
    const response = records.findLast(({ type, uri }) => type === 'response' && uri === wanted);
    if (!response) continue;
    const { title, text } = reading;
    pages.push({ id, url: response.uri, ts: response.date, ...(title ? { title } : {}), ...(text ? { text } : {}) });
  }
  return pages;
}
