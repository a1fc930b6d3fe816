/** Exhibits as one WACZ: what players replay, with the records and proofs that tie each WARC to the log. */
import { AsPostedError, type ExhibitRecord } from '../model/index.js';
import type { ExhibitRow } from '../store/index.js';
import { type DomainSigner, type PackageSigner, type WaczPage, type ZipMember, packWacz } from '../preserve/index.js';
import {
  Findings,
  PACKAGE_KEY_NOTE,
  fromBase64,
  packageKeyText,
  readRecords,
  sha256Hex,
  utf8,
  wholePath,
} from '../verify/index.js';
import { type BundleParts, listRecords, logMembers, warcMembers, withOneKey } from './bundle.js';
import { checkPublication } from './publication.js';

export interface PackageParts extends Omit<BundleParts, 'kind' | 'files'> {
  software: string;
  /** The exhibits among the records, with their readings: one page each. */
  exhibits: readonly ExhibitRow[];
  signer: PackageSigner | DomainSigner;
}

/** Throws BAD_INPUT, naming each place, when something in it would tell who made it; SIGN_FAILED as `packWacz` does. */
export async function buildPackage(parts: PackageParts): Promise<Uint8Array> {
  if (parts.publication.redact)
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: 'records cannot be left out of a .wacz',
      hint: 'Write a .zip instead: its manifest says what was left out, and the rest stays proved.',
    });
  return withOneKey(parts.log, () => pack(parts));
}

async function pack(parts: PackageParts): Promise<Uint8Array> {
  const warcs = await warcMembers(parts, wholePath);
  const log = await logMembers(parts);
  const { last } = await checkPublication([...warcs, ...log], parts, parts.created.toISOString());
  const bytesOf = new Map(warcs.map(({ path, bytes }) => [path, bytes]));
  const pages = await pagesOf(parts.exhibits, (record) => bytesOf.get(wholePath(record))!);
  const own = { origin: parts.log.origin, records: listRecords(parts.records) };
  await last({ path: 'pages/pages.jsonl', bytes: utf8(JSON.stringify(pages)) });
  await last({ path: 'datapackage.json', bytes: utf8(JSON.stringify([parts.title, own])) });
  return packWacz({
    warcs: warcs.map(({ path, bytes }) => ({ name: path.slice(path.lastIndexOf('/') + 1), bytes })),
    ...{ pages, own, title: parts.title, software: parts.software, created: parts.created.toISOString() },
    sign: parts.signer,
    files: [...log, ...keyNote(parts)].map(({ path, bytes }) => ({ path: shallow(path), bytes })),
  });
}

/**
 * The log’s word for a key without a name. A domain’s signature needs none: it covers `log/key` with all else, so that the
 * domain stands for the log, and the key of a signing server is not known before it has signed.
 */
function keyNote({ signer, log }: PackageParts): ZipMember[] {
  if (!('publicKey' in signer)) return [];
  const keyHash = sha256Hex(fromBase64(signer.publicKey)!);
  return [{ path: PACKAGE_KEY_NOTE, bytes: utf8(log.sign(packageKeyText(keyHash))) }];
}

/** Proofs and stamps one folder up: see `WACZ_PLACES`. */
const shallow = (path: string): string => path.replace(/^log\/(?=proofs\/|stamps\/)/, '');

/** The page of an exhibit is the response at the address where its way ended, at that response’s own time. */
async function pagesOf(
  exhibits: readonly ExhibitRow[],
  warcOf: (record: ExhibitRecord) => Uint8Array,
): Promise<WaczPage[]> {
  const pages: WaczPage[] = [];
  for (const { id, record, reading } of exhibits) {
    const path = `archive/${record.warc.sha256}.warc.gz`;
    const members = new Map([[path, { path, bytes: warcOf(record), method: 0 }]]);
    const { records } = await readRecords(members, new Findings());
    const wanted = new URL(record.finalUrl).href;
    const response = records.findLast(
      ({ type, uri }) => (type === 'response' || (record.status === 0 && type === 'resource')) && uri === wanted,
    );
    if (!response) continue;
    const { title, text } = reading;
    pages.push({ id, url: response.uri, ts: response.date, ...(title ? { title } : {}), ...(text ? { text } : {}) });
  }
  return pages;
}
