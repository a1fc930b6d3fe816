/** What a signature of a package for a domain is made of (facts/evidence §8.3), whoever makes it, and the one form it is written in. */
import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import {
  type ChainPurpose,
  certificatesOfStamp,
  endsInRoot,
  formatPem,
  fromBase64,
  splitPem,
  utf8,
  validateChain,
  verifyTimestamp,
} from '../verify/index.js';

/** SHA-256 fingerprints of the roots the operator trusts: what leads to none of them is not written. */
export interface DomainRoots {
  domainRoots: readonly string[];
  tsaRoots: readonly string[];
}

/** What is signed: the text `sha256:<hex>` of a manifest. `created` is not signed; it must be the manifest’s own, in whole seconds. */
export interface ToSign {
  hash: string;
  created: string;
}

/** The fields of `signedData` that a signature for a domain has of its own. */
export interface DomainSignature {
  /** Base64: ECDSA as DER, or RSA PKCS#1 v1.5. */
  signature: string;
  domain: string;
  /** PEM, leaf first. */
  domainCert: string;
  /** Base64 TimeStampResp over the text of `signature`. */
  timeSignature: string;
  timestampCert: string;
  crossSignedCert?: string;
}

/** Signs packages for a domain, with a time stamp. Throws AsPostedError; what it gives is verified before it is written. */
export interface DomainSigner {
  roots: DomainRoots;
  signForDomain(what: ToSign): Promise<DomainSignature>;
}

/**
 * Each chain as its path and nothing else, in our own spelling: what stands beside a path is bound by no signature. A chain in
 * which something is wrong is left as it is, so that the verifier can say what.
 */
export function tidied(made: DomainSignature, { domainRoots, tsaRoots }: DomainRoots): DomainSignature {
  const { domainCert, timestampCert, crossSignedCert, signature } = made;
  const response = fromBase64(made.timeSignature) ?? new Uint8Array();
  const facts = { response, data: utf8(signature), certificates: timestampCert, anchors: tsaRoots, strict: false };
  const stamp = verifyTimestamp(facts);
  if (!('genTime' in stamp)) return made;
  const at = new Date(stamp.genTime);
  const pathOf = (pem: string, more: readonly Uint8Array[], purpose: ChainPurpose): string => {
    const given = [...(splitPem(pem) ?? []), ...more];
    const ders = purpose === 'server' ? completed(given) : given;
    const anchors = purpose === 'server' ? domainRoots : tsaRoots;
    const chain = validateChain({ chain: ders, anchors, at, purpose });
    return chain.verdict === 'failed' ? pem : formatPem(chain.path.map(({ der }) => der));
  };
  return {
    ...made,
    domainCert: pathOf(domainCert, [], 'server'),
    timestampCert: pathOf(timestampCert, certificatesOfStamp(response), 'timestamping'),
    ...(crossSignedCert === undefined ? {} : { crossSignedCert: pathOf(crossSignedCert, [], 'server') }),
  };
}

/**
 * Servers do not send their root, and so do not have it in their files; or they send it cross-signed by another one. Other
 * verifiers pin the last certificate of a chain, and nothing binds one that did not sign itself: the root Node knows ends it.
 */
function completed(chain: readonly Uint8Array[]): readonly Uint8Array[] {
  if (chain.length === 0 || endsInRoot(chain)) return chain;
  const roots = rootCertificates.map((each) => new X509Certificate(each));
  for (let length = chain.length; length > 0; length--) {
    const below = x509(chain[length - 1]!);
    const root = below && roots.find((each) => below.checkIssued(each) && below.verify(each.publicKey));
    if (root) return [...chain.slice(0, length), root.raw];
  }
  return chain;
}

function x509(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}
