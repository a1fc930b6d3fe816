/** Publishable, verifiable bundles: one exhibit, or a whole case with its pages, tables, captures and proofs. */
import { join } from 'node:path';
import { AsPostedError } from '../model/index.js';
import { type DomainSigner, loadOrCreatePackageKey } from '../preserve/index.js';
import {
  type ExhibitRow,
  type RecordPlace,
  type Store,
  exhibitsOf,
  findExhibit,
  recordsAbout,
} from '../store/index.js';
import { buildBundle } from './bundle.js';
import { buildPackage } from './package.js';
import type { Publication } from './publication.js';
import { loadRecords } from './records.js';

export { csv, csvRows } from './csv.js';
export { type DossierFormat, FORMATS, WITHOUT_BROWSER, parseFormats } from './formats.js';
export { type CaseDossierOptions, buildDossier } from './dossier.js';
export type { Publication } from './publication.js';
export { type Finding, type PublishRules, scanForPublication } from './publish/index.js';
export type { RedactionOrder } from './redact.js';
export {
  type PublishedEntry,
  publishBundle,
  publishedBundle,
  publishedMember,
  publishedOf,
  readPublished,
  textOfMember,
  withdrawDossier,
} from './published.js';
export { POLICY as REPORT_POLICY, STYLE as REPORT_STYLE } from './report/style.js';
export { verifyPage } from './verify-page.js';

export interface DossierOptions {
  store: Store;
  /** When the bundle is made: it is written into it. */
  created: Date;
  publication: Publication;
}

/** One exhibit (or all of one notice, with the checks that were made of it). */
export async function buildExhibitBundle(
  id: string,
  { store, created, publication }: DossierOptions,
): Promise<Uint8Array> {
  const { exhibits, places, title } = await evidenceOf(id, store);
  const leaking = exhibits.filter(({ reading }) => reading.leaksObserver).map(({ hash }) => hash);
  const parts = {
    records: await loadRecords(store, places),
    log: store.log,
    vault: store.vault,
    files: [],
    leaking,
    publication,
  };
  return buildBundle({ kind: 'exhibit', title, created, ...parts });
}

/** The same as a WACZ that players replay, with the log’s part inside, signed for a domain or else by the store’s package key. */
export async function buildExhibitPackage(
  id: string,
  { store, created, software, publication, domain }: DossierOptions & { software: string; domain?: DomainSigner },
): Promise<Uint8Array> {
  const { exhibits, places, title } = await evidenceOf(id, store);
  const leaking = exhibits.filter(({ reading }) => reading.leaksObserver).map(({ hash }) => hash);
  const signer = domain ?? (await loadOrCreatePackageKey(join(store.dir, 'keys')));
  const { log, vault } = store;
  return buildPackage({
    title,
    created,
    software,
    records: await loadRecords(store, places),
    exhibits,
    log,
    vault,
    leaking,
    signer,
    publication,
  });
}

async function evidenceOf(
  id: string,
  { database }: Store,
): Promise<{ exhibits: ExhibitRow[]; places: RecordPlace[]; title: string }> {
  const exhibit = id.startsWith('E-') ? await findExhibit(database, id) : undefined;
  const notices = exhibit ? [] : [id];
  const places = await recordsAbout(database, { notices, exhibits: exhibit ? [id] : [] });
  const exhibits = exhibit ? [exhibit] : await exhibitsOf(database, id);
  if (places.length === 0 || exhibits.length === 0)
    throw new AsPostedError({ code: 'NOT_FOUND', message: `the store holds no exhibit of ${id}` });
  return { exhibits, places, title: exhibit ? `exhibit ${id} of ${exhibit.record.url}` : `notice ${id}` };
}
