/** A case with everything its claims and findings rest on, as one bundle. */
import type { CaseReport } from '../case/index.js';
import type { LoggedRecord } from '../model/index.js';
import { type ExhibitRow, type Store, exhibitsOf, findExhibit, recordsAbout } from '../store/index.js';
import { LOG_CHECKPOINT, type Redaction, fromUtf8, parseCheckpoint, splitNote } from '../verify/index.js';
import type { ZipMember } from '../preserve/index.js';
import { buildBundle } from './bundle.js';
import { dossierFiles } from './files.js';
import type { Publication } from './publication.js';
import { loadRecords } from './records.js';
import type { DossierData } from './report/index.js';
import { verifyPage } from './verify-page.js';

export interface CaseDossierOptions {
  store: Store;
  /** When the bundle is made: it is written into it. */
  created: Date;
  publication: Publication;
  /** `asposted 0.1.0`: stands in the bundle as what made it. */
  software?: string;
  /** What lists are called, by their id. */
  listNames?: Readonly<Record<string, string>>;
}

/** Throws BAD_INPUT when something in it would tell who made it (`publish/`). */
export async function buildDossier(report: CaseReport, options: CaseDossierOptions): Promise<Uint8Array> {
  const { store, created, publication } = options;
  const notices = report.noticeList.map(({ id }) => id);
  const named = [...report.claims, ...report.statements].flatMap(({ exhibit }) => exhibit ?? []);
  const places = await recordsAbout(store.database, { notices, exhibits: named, caseId: report.id });
  const records = await loadRecords(store, places);
  const exhibits = await exhibitsAbout(store, notices, named);
  return buildBundle({
    kind: 'dossier',
    title: report.title,
    created,
    records,
    log: store.log,
    vault: store.vault,
    leaking: exhibits.filter(({ reading }) => reading.leaksObserver).map(({ hash }) => hash),
    publication,
    files: [{ path: 'verify.html', bytes: await verifyPage() }],
    later: (made) => dossierFiles(dataOf(report, { options, records, exhibits, ...made })),
  });
}

/** Those of the notices, and those that people named, once and in the order of the log. */
async function exhibitsAbout(
  { database }: Store,
  notices: readonly string[],
  named: readonly string[],
): Promise<ExhibitRow[]> {
  const found = new Map<string, ExhibitRow>();
  for (const notice of notices) for (const each of await exhibitsOf(database, notice)) found.set(each.id, each);
  for (const id of new Set(named)) {
    const exhibit = found.has(id) ? undefined : await findExhibit(database, id);
    if (exhibit) found.set(id, exhibit);
  }
  return [...found.values()].sort((a, b) => a.logIndex - b.logIndex);
}

interface Made {
  options: CaseDossierOptions;
  records: readonly LoggedRecord[];
  exhibits: readonly ExhibitRow[];
  members: readonly ZipMember[];
  redactions: readonly Redaction[];
}

function dataOf(report: CaseReport, { options, records, exhibits, members, redactions }: Made): DossierData {
  const note = members.find(({ path }) => path === LOG_CHECKPOINT);
  const checkpoint = parseCheckpoint(splitNote(fromUtf8(note!.bytes)!)!.text)!;
  return {
    report,
    exhibits,
    records,
    redactions,
    created: `${options.created.toISOString().slice(0, 19)}Z`,
    software: options.software ?? 'asposted',
    log: {
      origin: options.store.log.origin,
      size: checkpoint.size,
      stamps: members.filter(({ path }) => path.startsWith('log/stamps/')).length,
    },
    wacz: new Map(),
    listNames: options.listNames ?? {},
  };
}
