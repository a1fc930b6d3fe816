/**
 * Path validation (facts/evidence §18.5, after RFC 5280 §6.1 and RFC 3161 §2.3), offline, at a moment in the past. Trust is a
 * list of SHA-256 fingerprints: the path ends at the first certificate on it, wherever that stands. Revocation is not checked.
 */
import type { Sha256 } from '../model/index.js';
import {
  type Certificate,
  MAX_CERTIFICATES,
  SIGNATURES,
  WEAK_SIGNATURES,
  isSignedBy,
  readCertificate,
  splitPem,
} from './certificate.js';
import { equalBytes } from './hash.js';

export type ChainPurpose = 'timestamping' | 'server';

export type ChainCode =
  | 'form'
  | 'too-many'
  | 'leaf-unclear'
  | 'leaf-ca'
  | 'usage'
  | 'validity'
  | 'critical-extension'
  | 'weak-signature'
  | 'algorithm'
  | 'signature'
  | 'not-ca'
  | 'path-length';

export type ChainResult =
  /** Leaf first; the last one is the anchor. */
  | { verdict: 'ok'; anchor: Sha256; path: readonly Certificate[]; detail: string }
  /** Nothing is wrong with it, but no certificate of it is pinned. */
  | { verdict: 'untrusted'; path: readonly Certificate[]; detail: string }
  | { verdict: 'failed'; code: ChainCode; detail: string };

export interface ChainFacts {
  /** PEM, or DER of each: leaf first, or in any order if one of them issued none of the others. */
  chain: string | readonly Uint8Array[];
  /** SHA-256 fingerprints in lower-case hex. */
  anchors: readonly string[];
  /** The moment at which every certificate but the anchor must be valid. */
  at: Date;
  purpose: ChainPurpose;
}

interface Problem {
  code: ChainCode;
  detail: string;
}

const failed = (code: ChainCode, detail: string): ChainResult & Problem => ({ verdict: 'failed', code, detail });

export function validateChain({ chain, anchors, at, purpose }: ChainFacts): ChainResult {
  const ders = typeof chain === 'string' ? splitPem(chain) : chain;
  if (!ders) return failed('form', 'the chain is not a PEM text of 1 to 10 certificates');
  let bag: Certificate[];
  try {
    bag = readBag(ders);
  } catch (thrown) {
    return failed('form', `a certificate can not be read: ${(thrown as Error).message}`);
  }
  if (bag.length === 0) return failed('form', 'the chain is empty');
  if (bag.length > MAX_CERTIFICATES) return failed('too-many', `more than ${MAX_CERTIFICATES} certificates`);
  const leaf = leafOf(bag);
  if (!leaf) return failed('leaf-unclear', 'which certificate is the signer’s can not be told');
  return validatePath({ leaf, bag, anchors, at, purpose });
}

/** Each certificate once. */
export function readBag(ders: readonly Uint8Array[]): Certificate[] {
  return [...new Map(ders.map((der) => readCertificate(der)).map((each) => [each.fingerprint, each])).values()];
}

const isIssuedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  certificate !== issuer && equalBytes(certificate.issuer, issuer.subject);

function leafOf(bag: readonly Certificate[]): Certificate | undefined {
  const ends = bag.filter((each) => !bag.some((other) => isIssuedBy(other, each)));
  return bag.length === 1 || ends.includes(bag[0]!) ? bag[0] : ends.length === 1 ? ends[0] : undefined;
}

export interface PathFacts extends Omit<ChainFacts, 'chain'> {
  leaf: Certificate;
  bag: readonly Certificate[];
}

interface Step {
  certificate: Certificate;
  below: Step | undefined;
}

/**
 * Widens from the leaf to its issuers, each certificate once, so that work is bounded by the square of ten and the path found
 * is the shortest. The first problem met is the one reported, unless another branch ends cleanly.
 */
export function validatePath({ leaf, bag, anchors, at, purpose }: PathFacts): ChainResult {
  const problem = leafProblem(leaf, purpose) ?? validityProblem(leaf, at) ?? extensionProblem(leaf);
  if (problem) return failed(problem.code, problem.detail);
  const seen = new Set([leaf]);
  const queue: Step[] = [{ certificate: leaf, below: undefined }];
  let first: Problem | undefined;
  let clean: Step | undefined;
  for (let step = queue.shift(); step; step = queue.shift()) {
    const { certificate } = step;
    if (anchors.includes(certificate.fingerprint)) {
      const path = pathOf(step);
      const detail = `${path.length} certificates to a root you trust (${certificate.subjectText}); revocation was not checked`;
      return { verdict: 'ok', anchor: certificate.fingerprint, path, detail };
    }
    const own = signatureProblem(certificate);
    const issuers = bag.filter((each) => isIssuedBy(certificate, each));
    if (own && !isSelfIssued(certificate)) {
      first ??= own;
      continue;
    }
    if (issuers.length === 0 || isSelfIssued(certificate)) {
      const top = topProblem(certificate);
      if (top) first ??= top;
      else clean ??= step;
    }
    for (const issuer of issuers) {
      if (seen.has(issuer)) continue;
      const refusal = issuerProblem(step, issuer, { anchored: anchors.includes(issuer.fingerprint), at, purpose });
      if (refusal) {
        first ??= refusal;
        continue;
      }
      seen.add(issuer);
      queue.push({ certificate: issuer, below: step });
    }
  }
  if (!clean) {
    const { code, detail } = first ?? { code: 'signature', detail: 'the certificates issue each other in a circle' };
    return failed(code, detail);
  }
  const path = pathOf(clean);
  const top = path.at(-1)!;
  const end = isSelfIssued(top) ? `ends at ${top.subjectText}` : `lacks the issuer of ${top.subjectText}`;
  return { verdict: 'untrusted', path, detail: `the chain ${end} and holds no root you trust` };
}

function pathOf(last: Step): Certificate[] {
  const path: Certificate[] = [];
  for (let step: Step | undefined = last; step; step = step.below) path.unshift(step.certificate);
  return path;
}

export const isSelfIssued = ({ issuer, subject }: Certificate): boolean => equalBytes(issuer, subject);

const PURPOSES: Readonly<Record<ChainPurpose, string>> = {
  timestamping: '1.3.6.1.5.5.7.3.8',
  server: '1.3.6.1.5.5.7.3.1',
};
const ANY_PURPOSE = '2.5.29.37.0';

/** RFC 3161 §2.3: the key of a TSA does nothing else, and the extension that says so is critical. */
function leafProblem(
  { ca, keyUsage, extendedKeyUsage: usage }: Certificate,
  purpose: ChainPurpose,
): Problem | undefined {
  if (ca) return { code: 'leaf-ca', detail: 'the signer’s certificate is one of an authority' };
  if (keyUsage && !keyUsage.includes(0) && !keyUsage.includes(1))
    return { code: 'usage', detail: 'the signer’s key is not for signatures' };
  if (purpose === 'server')
    return usage?.purposes.includes(PURPOSES.server)
      ? undefined
      : { code: 'usage', detail: 'the certificate is not one of a server' };
  if (!usage) return { code: 'usage', detail: 'the signer’s certificate does not say that it is for time stamps' };
  if (usage.purposes.length !== 1 || usage.purposes[0] !== PURPOSES.timestamping)
    return { code: 'usage', detail: 'the signer’s certificate is not for time stamps only' };
  return usage.critical
    ? undefined
    : { code: 'usage', detail: 'the purpose of the signer’s certificate is not critical' };
}

function validityProblem({ notBefore, notAfter, subjectText }: Certificate, at: Date): Problem | undefined {
  if (Date.parse(notBefore) <= at.getTime() && at.getTime() <= Date.parse(notAfter) + 999) return undefined;
  const detail = `the certificate of ${subjectText} (${notBefore} to ${notAfter}) was not valid at that time`;
  return { code: 'validity', detail };
}

function extensionProblem({ unknownCritical, subjectText }: Certificate): Problem | undefined {
  if (unknownCritical === undefined) return undefined;
  const detail = `the certificate of ${subjectText} has a critical extension this program does not apply (${unknownCritical})`;
  return { code: 'critical-extension', detail };
}

function signatureProblem({ signatureAlgorithm, subjectText }: Certificate): Problem | undefined {
  if (SIGNATURES[signatureAlgorithm.oid]) return undefined;
  if (WEAK_SIGNATURES.has(signatureAlgorithm.oid))
    return { code: 'weak-signature', detail: `the certificate of ${subjectText} is signed with a broken algorithm` };
  const detail = `the certificate of ${subjectText} is signed with ${signatureAlgorithm.oid}, which this program does not check`;
  return { code: 'algorithm', detail };
}

/** A root that is not pinned: its own signature is good, or made with an algorithm that nothing rests on here. */
function topProblem(top: Certificate): Problem | undefined {
  return isSelfIssued(top) && SIGNATURES[top.signatureAlgorithm.oid] !== undefined && !isSignedBy(top, top)
    ? { code: 'signature', detail: `the signature of ${top.subjectText} on itself does not verify` }
    : undefined;
}

interface IssuerFacts {
  anchored: boolean;
  at: Date;
  purpose: ChainPurpose;
}

function issuerProblem(step: Step, issuer: Certificate, { anchored, at, purpose }: IssuerFacts): Problem | undefined {
  const { subjectText, ca, keyUsage, pathLength, extendedKeyUsage } = issuer;
  if (!isSignedBy(step.certificate, issuer))
    return {
      code: 'signature',
      detail: `${subjectText} did not sign the certificate of ${step.certificate.subjectText}`,
    };
  if (!ca || (keyUsage && !keyUsage.includes(5)))
    return { code: 'not-ca', detail: `${subjectText} issued a certificate and is no authority` };
  // Authorities between this issuer and the leaf, self-issued ones not counted (RFC 5280 §4.2.1.9).
  const between = pathOf(step)
    .slice(1)
    .filter((each) => !isSelfIssued(each)).length;
  if (pathLength !== undefined && between > pathLength)
    return { code: 'path-length', detail: `more authorities stand below ${subjectText} than it may have` };
  if (anchored) return undefined;
  if (extendedKeyUsage && ![PURPOSES[purpose], ANY_PURPOSE].some((each) => extendedKeyUsage.purposes.includes(each)))
    return { code: 'usage', detail: `${subjectText} may not issue certificates for this purpose` };
  return validityProblem(issuer, at) ?? extensionProblem(issuer);
}

/**
 * Authorities above an anchor that stand in the bag as well, as cross-signed roots do: they give no trust, but they are no
 * foreign matter either. Only those whose issue of the one below verifies. Nothing stands above a root: a copy of it under the
 * same name and key, but with something else changed, would.
 */
export function issuersAbove(anchor: Certificate, bag: readonly Certificate[]): Certificate[] {
  const found: Certificate[] = [];
  for (let below = anchor; ;) {
    if (isSelfIssued(below)) return found;
    const issuer = bag.find((each) => !found.includes(each) && isIssuedBy(below, each) && isSignedBy(below, each));
    if (!issuer) return found;
    found.push(issuer);
    below = issuer;
  }
}

/** Whether a server certificate is one for this host name: SAN only (CN is no name any more), a `*` for one whole label. */
export function certificateIsFor(leaf: Uint8Array, domain: string): boolean {
  const host = domain.toLowerCase().replace(/\.$/, '');
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(host) || /^[\d.]+$/.test(host)) return false;
  const wild = host.replace(/^[^.]+/, '*');
  try {
    return readCertificate(leaf).dnsNames.some(
      (name) => name === host || (name === wild && wild.split('.').length > 2),
    );
  } catch {
    return false;
  }
}
