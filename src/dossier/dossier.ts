/** A case with everything its claims and findings rest on, as one bundle. */
import type { CaseReport } from '../case/index.js';
import type { LoggedRecord } from '../model/index.js';
import { type ExhibitRow, type Store, exhibitsOf, findExhibit, recordsAbout } from '../store/index.js';
import { LOG_CHECKPOINT, type Redaction, fromUtf8, parseCheckpoint, splitNote } from '../verify/index.js';
import type { ZipMember } from '../preserve/index.js';
import { buildBundle } from './bundle.js';
import { dossierFiles } from './files.js';
import { type DossierFormat, WITHOUT_BROWSER } from './formats.js';
import { type Packages, waczPackages } from './packages.js';
import type { LaterFile, Publication } from './publication.js';
import { loadRecords } from './records.js';
import { type DossierData, dossierPage } from './report/index.js';
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
  /** What it holds besides the evidence; by default all that needs no browser. */
  formats?: readonly DossierFormat[];
  /** Most bytes of the captures that also become WACZ packages; by default there is no limit. */
  waczMaxBytes?: number;
  /** Prints the page as PDF, without a network (`capture/browser`); needed for the format `pdf`. */
  print?: (page: { html: string; created: Date }) => Promise<Uint8Array>;
}

/** Throws BAD_INPUT when something in it would tell who made it (`publish/`). */
export async function buildDossier(report: CaseReport, options: CaseDossierOptions): Promise<Uint8Array> {
  const { store, created, publication } = options;
  const notices = report.noticeList.map(({ id }) => id);
  const cited = [...report.claims, ...report.statements].flatMap(({ exhibit }) => exhibit ?? []);
  const named = [...cited, ...report.exhibits];
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
    later: (made) => laterFiles(report, { options, records, exhibits, ...made }),
  });
}

async function laterFiles(report: CaseReport, made: Made): Promise<LaterFile[]> {
  const { options, records, exhibits, redactions, isRefused } = made;
  const { store, created, publication, software = 'asposted', formats = WITHOUT_BROWSER, print } = options;
  const packages =
    formats.includes('wacz') && !isRefused
      ? await waczPackages({
          ...{ store, exhibits, records, redactions, created, software, publication },
          maxBytes: options.waczMaxBytes ?? Infinity,
        })
      : { files: [], places: new Map<string, string>() };
  if ('without' in packages && packages.without !== undefined) publication.tell?.(packages.without);
  const data = dataOf(report, made, packages);
  const files: LaterFile[] = dossierFiles(data, formats);
  if (formats.includes('pdf') && print && !isRefused)
    files.push({ path: 'dossier.pdf', bytes: await print({ html: dossierPage(data), created }) });
  return [...files, ...packages.files];
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
  isRefused: boolean;
}

function dataOf(
  report: CaseReport,
  { options, records, exhibits, members, redactions }: Made,
  { places, without }: Pick<Packages, 'places' | 'without'>,
): DossierData {
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
    wacz: places,
    ...(without === undefined ? {} : { withoutWacz: without }),
    listNames: options.listNames ?? {},
  };
}
