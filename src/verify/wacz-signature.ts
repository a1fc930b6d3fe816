/** Who signed a WACZ (facts/evidence §8, §9 steps 5 and 6). The signature covers the text of `hash` and nothing else. */
import { fromBase64, sha256Hex } from './hash.js';
import { isP1363, parsePackageKey, verifyPackageSignature } from './package-key.js';
import { type JsonObject, isObject } from './strict-json.js';
import { type DomainTrust, checkDomain } from './wacz-domain.js';
import { DIGEST, type Findings, type WaczSigner } from './wacz-finding.js';
import type { WaczDigest, WaczManifest } from './wacz-manifest.js';

const COMMON = ['hash', 'created', 'software', 'version', 'signature'];
const ANONYMOUS = ['publicKey'];
const DOMAIN = ['domain', 'domainCert', 'timeSignature', 'timestampCert'];
const OPTIONAL = ['crossSignedCert'];

const place = { path: DIGEST };

export function checkSignature(
  digest: WaczDigest | undefined,
  manifest: WaczManifest,
  findings: Findings,
  trust: DomainTrust,
): WaczSigner {
  if (digest?.signedData === undefined) return { kind: 'none' };
  const signed = digest.signedData;
  if (!isObject(signed)) {
    findings.error('signed-shape', 'the signed data are no object', place);
    return { kind: 'unclear' };
  }
  const kind = shapeOf(signed, findings);
  if (signed['hash'] !== digest.hash)
    findings.error('signed-hash', 'what was signed is the hash of another manifest', place);
  if (signed['created'] !== manifest.created)
    findings.error('created', 'the signed data state another time than the manifest', place);
  if (kind === 'anonymous') return checkAnonymous(signed, findings);
  if (kind === 'domain') return checkDomain(signed, findings, trust);
  return { kind: 'unclear' };
}

/** Exactly the keys of one form: an identity beside another one could be taken for either. */
function shapeOf(signed: JsonObject, findings: Findings): 'anonymous' | 'domain' | undefined {
  const keys = Object.keys(signed);
  const anonymous = ANONYMOUS.some((key) => keys.includes(key));
  const domain = [...DOMAIN, ...OPTIONAL].some((key) => keys.includes(key));
  if (anonymous === domain) {
    const sentence = anonymous
      ? 'they mix an anonymous signature with one of a domain'
      : 'they name neither key nor domain';
    findings.error('signed-shape', sentence, place);
    return undefined;
  }
  const wanted = [...COMMON, ...(anonymous ? ANONYMOUS : DOMAIN)];
  for (const key of wanted) {
    if (typeof signed[key] === 'string') continue;
    // Neither is signed, and ArchiveWeb.page writes no version.
    if (key === 'version' || key === 'software')
      findings.habit('signed-shape', `the signed data have no ${key}`, place);
    else findings.error('signed-shape', `the signed data have no ${key}`, place);
  }
  for (const key of keys)
    if (!wanted.includes(key) && !(domain && OPTIONAL.includes(key)))
      findings.habit('signed-shape', `the signed data have a key ${JSON.stringify(key.slice(0, 80))}`, place);
  return anonymous ? 'anonymous' : 'domain';
}

function checkAnonymous(signed: JsonObject, findings: Findings): WaczSigner {
  const { hash, signature, publicKey } = signed;
  const key = typeof publicKey === 'string' ? parsePackageKey(publicKey) : undefined;
  const value = typeof signature === 'string' ? fromBase64(signature) : undefined;
  if (!key || typeof publicKey !== 'string') {
    findings.error('signature', 'the public key is no P-256 or P-384 key', place);
    return { kind: 'unclear' };
  }
  if (key.curve !== 'P-384' || (value && !isP1363(key, value)))
    findings.habit('signed-shape', 'the signature is not by P-384 in the form of the specification', place);
  if (!value || typeof hash !== 'string' || !verifyPackageSignature(key, hash, value))
    findings.error('signature', 'the signature does not verify with the key beside it', place);
  return { kind: 'anonymous', key: sha256Hex(key.spki), publicKey };
}
