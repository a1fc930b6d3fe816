/**
 * What people already have becomes evidence: kept, logged, read. We saw nothing of it on the web: an import is no look, so it
 * never makes a notice stand or be gone; its date is the archive's claim, ours is when it was handed in.
 */
import { AsPostedError, type ExhibitRecord, type SeenRecord, asError, instant } from '../../model/index.js';
import { writeImportedWarc } from '../../preserve/index.js';
import { findAddress, loadExhibits } from '../../store/index.js';
import { isWarc, isZip, zipNames } from '../../verify/index.js';
import { derive } from '../derive.js';
import type { Parts } from '../parts.js';
import { policyRecords } from '../policy.js';
import { type AddressFrom, documentOfFile } from './file-documents.js';
import { type FoundDocument, documentsOfWacz, documentsOfWarc } from './warc-documents.js';

export interface ImportOptions {
  /** Name of the file, without its folders. */
  name: string;
  all?: boolean;
}

export interface Imported {
  logged: { index: number; hash: string; record: SeenRecord }[];
  /** Documents the store holds already, from an earlier import of the same. */
  known: number;
  skipped: Record<string, number>;
}

type Form = NonNullable<ExhibitRecord['imported']>['form'];

interface Opened {
  form: Form;
  documents: (FoundDocument & { address?: AddressFrom })[];
  skipped: Record<string, number>;
}

/** One file. Throws BAD_INPUT or VERIFY_FAILED for one that is damaged or holds nothing to keep; then nothing of it is kept. */
export async function importFile(
  parts: Parts,
  bytes: Uint8Array,
  { name, all = false }: ImportOptions,
): Promise<Imported> {
  const { form, documents, skipped } = await open(bytes, name, all);
  if (documents.length === 0) throw nothingIn(name, skipped);
  const records: ExhibitRecord[] = [];
  let known = 0;
  for (const document of documents) {
    const record = await keep(parts, document, { name, form });
    if (await isKnown(parts, record)) known += 1;
    else if (!records.some((each) => same(each, record))) records.push(record);
  }
  if (records.length === 0) return { logged: [], known, skipped };
  const logged = await parts.store.log.append([...(await policyRecords(parts)), ...records]);
  await derive(parts);
  return { logged: logged.filter(({ record }) => record.type === 'exhibit'), known, skipped };
}

async function open(bytes: Uint8Array, name: string, all: boolean): Promise<Opened> {
  if (bytes.length === 0) throw new AsPostedError({ code: 'BAD_INPUT', message: `${name} is empty` });
  if (isZip(bytes) && (/\.wacz$/i.test(name) || zipNames(bytes).some((each) => each.startsWith('archive/'))))
    return { form: 'wacz', ...(await documentsOfWacz(bytes, { all })) };
  if (isWarc(bytes, name)) return { form: 'warc', ...(await documentsOfWarc(bytes, { all })) };
  const document = documentOfFile(name, bytes);
  const form = document.mediaType === 'multipart/related' ? 'mhtml' : /html/.test(document.mediaType) ? 'html' : 'file';
  return { form, documents: [document], skipped: {} };
}

function nothingIn(name: string, skipped: Record<string, number>): AsPostedError {
  const what = Object.entries(skipped).map(([why, count]) => `${count} ${why}`);
  return new AsPostedError({
    code: 'BAD_INPUT',
    message: `${name} holds no page to keep${what.length === 0 ? '' : ` (left out: ${what.join(', ')})`}`,
    hint: 'With --all everything that was answered is kept, not only pages and PDFs.',
  });
}

async function keep(
  parts: Parts,
  document: FoundDocument & { address?: AddressFrom },
  { name, form }: { name: string; form: Form },
): Promise<ExhibitRecord> {
  const at = instant(parts.clock.now());
  const { url, status, mediaType, claimed, truncated, address = 'archive' } = document;
  try {
    const warc = writeImportedWarc(document, { importedAt: at, software: parts.software, from: name });
    const sha256 = await parts.store.vault.put(warc.bytes);
    return {
      type: 'exhibit',
      v: 1,
      at,
      url,
      finalUrl: url,
      status,
      mediaType,
      warc: { sha256, length: warc.bytes.length, records: warc.members },
      payload: warc.payload,
      software: parts.software,
      imported: { from: name, form, address, ...(claimed === undefined ? {} : { claimed }) },
      ...(truncated === undefined ? {} : { truncated }),
    };
  } catch (thrown) {
    throw asError(thrown, {
      code: 'BAD_INPUT',
      message: `${name}: the document of ${url.slice(0, 200)} cannot be kept`,
    });
  }
}

async function isKnown(parts: Parts, record: ExhibitRecord): Promise<boolean> {
  const { database } = parts.store;
  const address = await findAddress(database, record.url);
  if (!address) return false;
  return (await loadExhibits(database, address.noticeId)).some((each) => same(each.record, record));
}

/** The same bytes from the same address and moment, in whatever file they came. */
function same(a: ExhibitRecord, b: ExhibitRecord): boolean {
  return (
    a.imported !== undefined &&
    a.url === b.url &&
    a.payload.sha256 === b.payload.sha256 &&
    a.imported.claimed === b.imported?.claimed
  );
}
