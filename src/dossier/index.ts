/** Publishable, verifiable bundles: one exhibit, or a whole case with its pages, tables, captures and proofs. */
import { join } from 'node:path';
import { AsPostedError, type LoggedRecord, type Sha256 } from '../model/index.js';
import type { CaseReport } from '../case/index.js';
import { type DomainSigner, type ZipMember, loadOrCreatePackageKey } from '../preserve/index.js';
import {
  type ExhibitRow,
  type RecordPlace,
  type Store,
  exhibitsOf,
  findExhibit,
  recordsAbout,
} from '../store/index.js';
import { utf8 } from '../verify/index.js';
import { buildBundle } from './bundle.js';
import { csv } from './csv.js';
import { buildPackage } from './package.js';
import { dossierPage } from './page.js';
import type { Publication } from './publication.js';
import { verifyPage } from './verify-page.js';

export { csv } from './csv.js';
export type { Publication } from './publication.js';
export { type Finding, type PublishRules, scanForPublication } from './publish/index.js';
export type { RedactionOrder } from './redact.js';
export { verifyPage } from './verify-page.js';

export interface DossierOptions {
  store: Store;
  /** When the bundle is made: it is written into it. */
  created: Date;
  publication: Publication;
}

/** A case with everything its claims and findings rest on. Refuses what would tell who made it (`publish/`). */
export async function buildDossier(
  report: CaseReport,
  { store, created, publication }: DossierOptions,
): Promise<Uint8Array> {
  const notices = report.noticeList.map(({ id }) => id);
  const named = [...report.claims, ...report.statements].map(({ exhibit }) => exhibit);
  const exhibits = [...named, ...report.exhibits].filter((each) => each !== undefined);
  const places = await recordsAbout(store.database, { notices, exhibits, caseId: report.id });
  return buildBundle({
    kind: 'dossier',
    title: report.title,
    created,
    records: await load(store, places),
    log: store.log,
    vault: store.vault,
    leaking: await leakingOf(store, notices),
    publication,
    files: [...pagesOf(report, created), { path: 'verify.html', bytes: await verifyPage() }],
  });
}

/** One exhibit (or all of one notice, with the checks that were made of it). */
export async function buildExhibitBundle(
  id: string,
  { store, created, publication }: DossierOptions,
): Promise<Uint8Array> {
  const { exhibits, places, title } = await evidenceOf(id, store);
  const leaking = exhibits.filter(({ reading }) => reading.leaksObserver).map(({ hash }) => hash);
  const parts = {
    records: await load(store, places),
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
    records: await load(store, places),
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

async function load(store: Store, places: readonly RecordPlace[]): Promise<LoggedRecord[]> {
  const records: LoggedRecord[] = [];
  for (const { logIndex, hash } of places) {
    records.push({ index: logIndex, hash: hash as Sha256, record: await store.readRecord(hash as Sha256) });
  }
  return records;
}

async function leakingOf(store: Store, notices: readonly string[]): Promise<string[]> {
  const leaking: string[] = [];
  for (const notice of notices) {
    for (const { hash, reading } of await exhibitsOf(store.database, notice))
      if (reading.leaksObserver) leaking.push(hash);
  }
  return leaking;
}

function pagesOf(report: CaseReport, created: Date): ZipMember[] {
  const mentions = report.noticeList.flatMap(({ id, mentions: found }) =>
    found.map((each) => [id, each.revision, each.kind, each.id, each.text, each.start, each.end]),
  );
  const claims = report.claims.map((each) => [
    each.id,
    each.said,
    each.speaker,
    each.speaksFor,
    each.outlet,
    each.about,
    each.words,
    each.exhibit,
    each.logIndex,
  ]);
  const lines = report.timeline.map((each) => [
    each.at,
    each.kind,
    each.what,
    each.basis,
    each.exhibit,
    each.record,
    each.logIndex,
  ]);
  const file = (path: string, text: string): ZipMember => ({ path, bytes: utf8(text) });
  return [
    file('index.html', dossierPage(report, created.toISOString())),
    file('case.json', `${JSON.stringify(report, null, 2)}\n`),
    file('tables/timeline.csv', csv(['at', 'kind', 'what', 'basis', 'exhibit', 'record', 'logIndex'], lines)),
    file('tables/mentions.csv', csv(['notice', 'revision', 'kind', 'id', 'text', 'start', 'end'], mentions)),
    file(
      'tables/claims.csv',
      csv(['claim', 'said', 'speaker', 'speaksFor', 'outlet', 'about', 'words', 'exhibit', 'logIndex'], claims),
    ),
  ];
}
