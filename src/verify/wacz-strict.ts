/**
 * What nothing else covers (facts/evidence §9 step 11): texts no signature reaches and ZIP fields no hash reaches. Our own
 * packages have one form, so any other form is a change; with this, no byte of them can change unseen.
 */
import { type Certificate, WEAK_SIGNATURES, formatPem, isSignedBy, readCertificate, splitPem } from './certificate.js';
import { equalBytes, utf8 } from './hash.js';
import { leafOfPem } from './package-key.js';
import { isSelfIssued } from './x509.js';
import { type JsonObject, isObject } from './strict-json.js';
import { DATAPACKAGE, DIGEST, type Findings } from './wacz-finding.js';
import { type WaczDigest, type WaczManifest, mustBeStored } from './wacz-manifest.js';
import { dosTimeOf } from './wacz-time.js';
import type { ContainerEntry } from './zip-container.js';

interface OwnFacts {
  manifest: WaczManifest;
  digest: WaczDigest | undefined;
  entries: readonly ContainerEntry[];
}

export function checkOwn({ manifest, digest, entries }: OwnFacts, findings: Findings): void {
  if (digest) checkOwnDigest(digest, manifest, findings);
  const signed = isObject(digest?.signedData) ? digest.signedData : undefined;
  const listed = [...manifest.resources.map(({ path }) => path), DATAPACKAGE, DIGEST];
  const there = new Set(entries.map(({ path }) => path));
  const wanted = listed.filter((path) => there.has(path));
  const inFile = [...entries].sort((a, b) => a.local - b.local);
  const found = entries.map(({ path }) => path).filter((path) => listed.includes(path));
  if (found.join('\n') !== wanted.join('\n') || inFile.some((each, at) => each !== entries[at]))
    findings.error('zip-local', 'the members are not in the order of the manifest');
  for (const entry of entries) {
    const field = fieldProblem(entry);
    if (field !== undefined)
      findings.error('zip-local', `${field} is not what this program writes`, {
        path: entry.path,
        offset: entry.central,
      });
  }
  checkDosTimes({ manifest, entries, domain: signed !== undefined && 'domain' in signed }, findings);
}

/** Keys in their order, two blanks, a line end: as JSON.stringify writes what it read. */
function checkOwnDigest({ fields, bytes, signedData }: WaczDigest, manifest: WaczManifest, findings: Findings): void {
  const place = { path: DIGEST };
  const keys = Object.keys(fields).join(' ');
  const wanted = signedData === undefined ? 'path hash' : 'path hash signedData';
  if (keys !== wanted || !equalBytes(utf8(`${JSON.stringify(fields, null, 2)}\n`), bytes))
    findings.error('signed-shape', 'it is not in the form this program writes', place);
  if (!isObject(signedData)) return;
  const order = Object.keys(signedData).join(' ');
  if (
    !/^hash created software version signature (?:publicKey|domain domainCert timeSignature timestampCert(?: crossSignedCert)?)$/.test(
      order,
    )
  )
    findings.error('signed-shape', 'the signed data are not in the order this program writes', place);
  if (signedData['software'] !== manifest.software || signedData['version'] !== '0.1.0')
    findings.error('signed-shape', 'software or version beside the signature were changed', place);
  if ('domain' in signedData) checkOwnDomain(signedData, findings);
}

/** No signature covers how certificates are written down, nor which of the names in one was meant: each has its one form. */
function checkOwnDomain(signedData: JsonObject, findings: Findings): void {
  const place = { path: DIGEST };
  for (const key of ['domainCert', 'timestampCert', 'crossSignedCert']) {
    const pem = signedData[key];
    if (typeof pem !== 'string') continue;
    const ders = splitPem(pem) ?? [];
    if (formatPem(ders) !== pem)
      findings.error('signed-shape', `${key} is not written as this program writes certificates`, place);
    if (!endsInRoot(ders)) findings.error('chain', `${key} does not end in a root that signed itself`, place);
  }
  const leaf = typeof signedData['domainCert'] === 'string' ? leafOfPem(signedData['domainCert']) : undefined;
  if (leaf && signedData['domain'] !== domainOf(leaf))
    findings.error('domain', 'the domain is not the first one its certificate names', place);
}

/**
 * What ends a chain is bound by its own signature, or by nothing. Some roots are so old that theirs is by an algorithm nobody
 * should rest on: they are let through, and are trusted by their fingerprint or not at all.
 */
export function endsInRoot(ders: readonly Uint8Array[]): boolean {
  try {
    const root = readCertificate(ders.at(-1)!);
    return isSelfIssued(root) && (WEAK_SIGNATURES.has(root.signatureAlgorithm.oid) || isSignedBy(root, root));
  } catch {
    return false;
  }
}

/** The name a package of ours is signed for: the first whole host name of the certificate, so that no other can be put in its place. */
export const domainOf = ({ dnsNames }: Certificate): string | undefined =>
  dnsNames.find((name) => !name.startsWith('*'));

function fieldProblem(entry: ContainerEntry): string | undefined {
  const zip64 = Math.max(entry.size, entry.local) >= 0xffffffff;
  const fields: [string, boolean][] = [
    ['version made by', entry.madeBy === 0x0314],
    ['version needed', entry.needed === (zip64 ? 45 : 20) && entry.localNeeded === entry.needed],
    ['the flags', entry.flags === 0x0800],
    // Of the others `must-be-stored` speaks.
    ['the method', entry.method === 0 || mustBeStored(entry.path)],
    ['the internal attributes', entry.internal === 0],
    ['the external attributes', entry.external === (0o100644 << 16) >>> 0],
    ['an extra field', zip64 || (entry.extra === 0 && entry.localExtra === 0)],
  ];
  return fields.find(([, right]) => !right)?.[0];
}

/** A domain signature’s `created` is set by the signer after the members were laid out: then they must only agree among themselves. */
function checkDosTimes(
  { manifest, entries, domain }: { manifest: WaczManifest; entries: readonly ContainerEntry[]; domain: boolean },
  findings: Findings,
): void {
  const created = new Date(manifest.created ?? '');
  if (Number.isNaN(created.getTime())) return;
  const wanted = dosTimeOf(created);
  const first = entries[0];
  for (const { path, time, date, local } of entries) {
    const right = domain
      ? time === first?.time && date === first.date && date * 65536 + time <= wanted.date * 65536 + wanted.time
      : time === wanted.time && date === wanted.date;
    if (!right) findings.error('zip-local', 'its time is not that of the package', { path, offset: local });
  }
}
