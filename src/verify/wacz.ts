/**
 * A WACZ checked as a whole (facts/evidence §9): container, manifest, signature, records, index, pages. Every step runs as far
 * as it can, so that one finding does not hide another, and what was not checked is said.
 */
import { latin1 } from './bytes.js';
import type { FileBytes } from './file-bytes.js';
import { sameBytes, sha256Hex } from './hash.js';
import { KNOWN_DOMAIN_ROOTS, KNOWN_TSA_ROOTS } from './known-roots.js';
import { checkIndexes } from './wacz-index.js';
import {
  DATAPACKAGE,
  Findings,
  type Members,
  type WaczFinding,
  type WaczMode,
  type WaczSigner,
} from './wacz-finding.js';
import {
  type WaczDigest,
  type WaczManifest,
  checkDigest,
  checkFiles,
  checkManifest,
  isOwn,
  openManifest,
} from './wacz-manifest.js';
import { checkPages } from './wacz-pages.js';
import { type RecordReading, readRecords } from './wacz-records.js';
import { checkSignature } from './wacz-signature.js';
import { checkOwn } from './wacz-strict.js';
import { ZIP_LIMITS, type ZipLimits, readContainer, zipNames } from './zip-container.js';

export type { WaczCode, WaczFinding, WaczMode, WaczSeverity, WaczSigner } from './wacz-finding.js';

export interface WaczOptions {
  /** Default: strict for packages that name this program, foreign for others. */
  mode?: WaczMode;
  /** SHA-256 fingerprints of roots trusted for domains and for time stamps, lower-case hex; default: the known ones. */
  domainRoots?: readonly string[];
  tsaRoots?: readonly string[];
  limits?: ZipLimits;
}

export interface WaczReport {
  mode: WaczMode;
  findings: WaczFinding[];
  /** What was not looked at; a package is never called whole beyond this. */
  unchecked: string[];
  signer: WaczSigner;
  title: string | undefined;
  software: string | undefined;
  created: string | undefined;
  members: number;
  records: number;
  /** Lines of its indexes. */
  captures: number;
  /** Members the manifest lists, by path. */
  contents: Members;
  /** The manifest’s own key `asposted`, unread. */
  logged: unknown;
}

/** Whether a ZIP is a WACZ: its directory names a datapackage.json. */
export function isWacz(bytes: Uint8Array): boolean {
  return zipNames(bytes).includes(DATAPACKAGE);
}

const ENTRY_OF_MANIFEST = /PK\x01\x02[^]{42}datapackage\.json/;

/** Whether the end of a long file looks so, where a directory within the limits must lie: `isWacz` has the last word. */
export async function maybeWacz(file: FileBytes): Promise<boolean> {
  const { entries, name } = ZIP_LIMITS;
  const from = Math.max(0, file.length - entries * (46 + name));
  return ENTRY_OF_MANIFEST.test(latin1(await file.read(from, file.length)));
}

/** Of a package its maker checks: what `readRecords` gave for its WARCs, and the hashes of its members. */
export interface KnownParts extends RecordReading {
  findings: Findings;
  hashes: ReadonlyMap<string, { bytes: Uint8Array; sha256: string }>;
}

/** Never throws for what the bytes hold. With `known`, records are read once, and what lies there unchanged is hashed once. */
export async function checkWacz(bytes: Uint8Array, options: WaczOptions = {}, known?: KnownParts): Promise<WaczReport> {
  const findings = new Findings();
  const container = readContainer(bytes, options.limits);
  for (const { code, sentence, ...place } of container.findings) findings.error(code, sentence, place);
  const members = new Map(container.entries.map((entry) => [entry.path, entry]));
  const manifest = openManifest(members, findings);
  findings.mode = options.mode ?? (isOwn(manifest?.software) ? 'strict' : 'foreign');
  let signer: WaczSigner = { kind: 'unclear' };
  let digest: WaczDigest | undefined;
  if (manifest) {
    checkManifest(manifest, findings);
    const sha256Of = (path: string, member: Uint8Array): string => {
      const part = known?.hashes.get(path);
      return part && sameBytes(part.bytes, member) ? part.sha256 : sha256Hex(member);
    };
    checkFiles(manifest, members, { findings, sha256Of });
    digest = checkDigest(members, findings);
    const { domainRoots = KNOWN_DOMAIN_ROOTS, tsaRoots: timestampRoots = KNOWN_TSA_ROOTS } = options;
    signer = checkSignature(digest, manifest, findings, { domainRoots, timestampRoots });
  } else findings.notChecked('whether its files are those that were packed, and who signed them');
  const listed = manifest ? listedMembers(manifest, members, findings) : members;
  const { records, files } = known ?? (await readRecords(listed, findings));
  if (known) findings.absorb(known.findings);
  const lines = checkIndexes(listed, { records, files }, findings);
  if (manifest) {
    checkPages(listed, { manifest, lines }, findings);
    if (isOwn(manifest.software)) checkOwn({ manifest, digest, entries: container.entries }, findings);
  }
  findings.notChecked('log proofs and time stamps that lie beside the package');
  const title = manifest?.fields['title'];
  return {
    mode: findings.mode,
    findings: findings.all,
    unchecked: [...new Set(findings.unchecked)],
    signer,
    title: typeof title === 'string' ? title : undefined,
    software: manifest?.software,
    created: manifest?.created,
    members: members.size,
    records: records.length,
    captures: lines.length,
    contents: listed,
    logged: manifest?.fields['asposted'],
  };
}

/** A file that was added is refused as a whole; what it says is not mixed with what was packed. */
function listedMembers({ resources }: WaczManifest, members: Members, findings: Findings): Members {
  const paths = new Set(resources.map(({ path }) => path));
  for (const path of members.keys())
    if (!paths.has(path) && /^archive\/|^indexes\/|^pages\//.test(path))
      findings.notChecked(`what ${path.slice(0, 200)} holds, which the manifest does not list`);
  return new Map([...members].filter(([path]) => paths.has(path)));
}
