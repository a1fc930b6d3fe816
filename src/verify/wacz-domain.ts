/**
 * Signatures of a domain with a time stamp (facts/evidence §8.3, §9 step 6): the signature, its certificate path at the time of
 * the stamp, and the stamp over the signature.
 */
import { type Certificate, splitPem } from './certificate.js';
import { equalBytes, fromBase64, utf8 } from './hash.js';
import { leafOfPem, verifyWithCertificate } from './package-key.js';
import type { JsonObject } from './strict-json.js';
import { type TimestampCode, verifyTimestamp } from './timestamp.js';
import { DIGEST, type Findings, type WaczCode, type WaczSigner } from './wacz-finding.js';
import { certificateIsFor, issuersAbove, readBag, validateChain } from './x509.js';

/** SHA-256 fingerprints of the roots trusted, lower-case hex. */
export interface DomainTrust {
  domainRoots: readonly string[];
  timestampRoots: readonly string[];
}

const place = { path: DIGEST };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Signed = Record<'hash' | 'created' | 'signature' | 'domain' | 'domainCert' | 'timeSignature', string> & {
  timestampCert: string | undefined;
  crossSignedCert: string | undefined;
};

export function checkDomain(signed: JsonObject, findings: Findings, trust: DomainTrust): WaczSigner {
  const text = (key: string): string => (typeof signed[key] === 'string' ? signed[key] : '');
  const optional = (key: string): string | undefined => (typeof signed[key] === 'string' ? signed[key] : undefined);
  const data: Signed = {
    ...{ hash: text('hash'), created: text('created'), signature: text('signature'), domain: text('domain') },
    ...{ domainCert: text('domainCert'), timeSignature: text('timeSignature') },
    ...{ timestampCert: optional('timestampCert'), crossSignedCert: optional('crossSignedCert') },
  };
  const leaf = leafOfPem(data.domainCert);
  if (!leaf) {
    findings.error('chain', 'the certificate of the domain cannot be read', place);
    return { kind: 'unclear' };
  }
  checkLeaf(leaf, data, findings);
  const stamped = checkStamp(data, findings, trust);
  checkTimes(leaf, { created: data.created, stamped }, findings);
  const trusted = checkChains(leaf, { data, stamped }, findings, trust);
  return { kind: 'domain', domain: data.domain, stamped: trusted ? stamped : undefined };
}

function checkLeaf(leaf: Certificate, { hash, signature, domain }: Signed, findings: Findings): void {
  const value = fromBase64(signature);
  if (!value || !verifyWithCertificate(leaf, hash, value))
    findings.error('signature', 'the signature does not verify with the certificate of the domain', place);
  if (!certificateIsFor(leaf.der, domain))
    findings.error('domain', `the certificate is not one for ${JSON.stringify(domain.slice(0, 253))}`, place);
}

const STAMP_CODES: Readonly<Partial<Record<TimestampCode, WaczCode>>> = {
  imprint: 'timestamp-imprint',
  chain: 'timestamp-chain',
  usage: 'timestamp-chain',
  'signer-certificate': 'timestamp-chain',
  'certificate-id': 'timestamp-chain',
};

/** The stamp is over the base64 text of the signature, not over its bytes. Gives its time where its own signature is right. */
function checkStamp(
  { signature, timeSignature, timestampCert }: Signed,
  findings: Findings,
  { timestampRoots: anchors }: DomainTrust,
): string | undefined {
  const response = fromBase64(timeSignature);
  if (!response) {
    findings.error('timestamp-signature', 'the time stamp is not base64', place);
    return undefined;
  }
  const strict = findings.mode === 'strict';
  const facts = { response, data: utf8(signature), certificates: timestampCert, anchors, strict };
  const answer = verifyTimestamp(facts);
  if (answer.verdict === 'failed')
    findings.error(STAMP_CODES[answer.code] ?? 'timestamp-signature', `the time stamp: ${answer.detail}`, place);
  if (answer.verdict === 'unknown') findings.untrusted('root', `the time stamp: ${answer.detail}`, place);
  return 'genTime' in answer ? answer.genTime : undefined;
}

/** authsign’s rules: made at most ten minutes before the stamp, never after it, and by a certificate that was young. */
function checkTimes(
  leaf: Certificate,
  { created, stamped }: { created: string; stamped: string | undefined },
  findings: Findings,
): void {
  const at = Date.parse(created);
  const from = Date.parse(leaf.notBefore);
  if (Number.isNaN(at)) {
    findings.error('time-window', 'the time it was made is no time', place);
    return;
  }
  if (at < from) findings.error('time-window', 'it was made before its certificate was valid', place);
  if (at > from + 7 * DAY)
    findings.warning('time-window', 'the certificate was older than the 7 days that signing servers allow', place);
  if (stamped === undefined) return;
  const stamp = Date.parse(stamped);
  if (at > stamp) findings.error('time-window', 'it says it was made after it was stamped', place);
  if (at < stamp - 10 * MINUTE)
    findings.error('time-window', 'it says it was made more than ten minutes before it was stamped', place);
}

/** At the time of the stamp: certificates expire, and what was right then stays right. */
function checkChains(
  leaf: Certificate,
  { data, stamped }: { data: Signed; stamped: string | undefined },
  findings: Findings,
  { domainRoots: anchors }: DomainTrust,
): boolean {
  const cross = data.crossSignedCert;
  const crossLeaf = cross === undefined ? undefined : leafOfPem(cross);
  if (cross !== undefined && (!crossLeaf || !equalBytes(crossLeaf.spki, leaf.spki)))
    findings.error('chain', 'the cross-signed certificate is for another key', place);
  findings.notChecked('revocation of certificates, which needs the network');
  const at = new Date(stamped ?? data.created);
  if (Number.isNaN(at.getTime())) {
    findings.error('chain', 'there is no time to check the chain of the domain at', place);
    return false;
  }
  let trusted = true;
  for (const chain of cross === undefined ? [data.domainCert] : [data.domainCert, cross]) {
    const answer = validateChain({ chain, anchors, at, purpose: 'server' });
    if (answer.verdict === 'failed') findings.error('chain', `the chain of the domain: ${answer.detail}`, place);
    if (answer.verdict === 'untrusted') findings.untrusted('root', `the chain of the domain: ${answer.detail}`, place);
    if (answer.verdict !== 'failed' && findings.mode === 'strict') checkNothingElse(chain, answer.path, findings);
    trusted &&= answer.verdict === 'ok';
  }
  return trusted;
}

/**
 * In our own packages a chain is its path and nothing else, leaf first: a certificate beside the path is bound by no
 * signature. Authorities above the reader’s anchor may stand there; that the last one is a root `checkOwn` sees to.
 */
function checkNothingElse(pem: string, path: readonly Certificate[], findings: Findings): void {
  const ders = splitPem(pem) ?? [];
  const others = readBag(ders).filter(({ fingerprint }) => !path.some((each) => each.fingerprint === fingerprint));
  const linked = [...path, ...issuersAbove(path.at(-1)!, others)];
  if (ders.length !== linked.length || !linked.every(({ der }, at) => equalBytes(der, ders[at]!)))
    findings.error('chain', 'the chain of the domain holds more than its path, or in another order', place);
}
