/**
 * RFC 3161 time stamps checked offline, in the order of facts/evidence §18.4. The chain is validated at the token’s own time, so
 * that a stamp outlives the certificate of its TSA.
 *
 * Bytes without meaning. Parts of a response are signed by nobody: PKIStatus and its text, the SET of digest algorithms, the bag
 * of certificates, revocation lists, unsigned attributes. In strict mode (the default) each of them must be exactly what the
 * signed rest implies, or absent, and every certificate in the bag must stand on the verified path or above its anchor. What
 * remains is this:
 *   - in the name of the signature algorithm of an RSA token, `rsaEncryption` and `sha…WithRSAEncryption` of the same digest mean
 *     the same (RFC 3370 §3.2): its last byte may be either of two values. Nothing else, and nothing at all for ECDSA.
 * The order of certificates in the bag has no meaning either, but no change of one byte alters it.
 * With `strict: false` (files of others) status “granted with changes”, texts, lists, unsigned attributes and foreign
 * certificates are let through.
 */
import { type Sha256, visible } from '../model/index.js';
import { type Certificate, MAX_CERTIFICATES, SIGNATURES, splitPem } from './certificate.js';
import { isNull, oid } from './der.js';
import { digestOf, equalBytes, sha256Bytes, toHex, verifyWithSpki } from './hash.js';
import { MAX_RESPONSE_BYTES, parseTimestampResponse } from './timestamp-message.js';
import {
  type CertificateId,
  type SignerInfo,
  type Token,
  type TstInfo,
  DIGESTS,
  certificateIds,
  digestName,
  namesOneDigest,
  readToken,
  readTstInfo,
} from './timestamp-token.js';
import { type ChainResult, issuersAbove, readBag, validatePath } from './x509.js';

export interface TimestampFacts {
  /** The whole TimeStampResp, DER. */
  response: Uint8Array;
  /** What was stamped, or its SHA-256 alone. */
  data: Uint8Array | { sha256: Uint8Array };
  /** PEM of certificates the token does not carry (FreeTSA sends none). */
  certificates?: string | undefined;
  /** SHA-256 fingerprints of the TSA roots trusted, lower-case hex. */
  anchors: readonly string[];
  /** The nonce of the request, null when it is known to have had none; left out when the request is not known. */
  nonce?: Uint8Array | null | undefined;
  /** Default true: refuse whatever no signature covers. See above. */
  strict?: boolean | undefined;
}

export type TimestampCode =
  | 'ok'
  | 'untrusted-root'
  | 'no-certificate'
  | 'too-large'
  | 'form'
  | 'status'
  | 'content-type'
  | 'signers'
  | 'version'
  | 'imprint'
  | 'nonce'
  | 'critical-extension'
  | 'attributes'
  | 'algorithm'
  | 'signer-certificate'
  | 'certificate-id'
  | 'signature'
  | 'usage'
  | 'chain'
  | 'unsigned-part';

/** What the token says; given only when its signature verifies. */
export interface Stamp {
  /** RFC 3339 in UTC, fractions as the TSA gives them. */
  genTime: string;
  /** Seconds either way; undefined when the TSA says nothing. */
  accuracy: number | undefined;
  /** Content octets of the INTEGER, hex. */
  serial: string;
  policy: string;
  /** Subject of the signer’s certificate. */
  tsa: string;
  digestAlgorithm: string;
}

export type TimestampVerdict =
  | ({ verdict: 'ok'; code: 'ok'; detail: string; anchor: Sha256 } & Stamp)
  /** The signature is good, but no root of it is trusted. */
  | ({ verdict: 'unknown'; code: 'untrusted-root'; detail: string } & Stamp)
  /** No certificate of the signer is at hand, so that nothing could be checked. */
  | { verdict: 'unknown'; code: 'no-certificate'; detail: string }
  | { verdict: 'failed'; code: Exclude<TimestampCode, 'ok' | 'untrusted-root' | 'no-certificate'>; detail: string };

type Refusal = Extract<TimestampVerdict, { verdict: 'failed' }>['code'];

class Refused extends Error {
  readonly code: Refusal;
  constructor(code: Refusal, detail: string) {
    super(detail);
    this.code = code;
  }
}

const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

/** The certificates a response carries, DER, unchecked; none where it cannot be read. */
export function certificatesOfStamp(response: Uint8Array): readonly Uint8Array[] {
  try {
    const { token } = parseTimestampResponse(response);
    return token ? readToken(token).certificates : [];
  } catch {
    return [];
  }
}

/** Never throws, whatever the bytes. */
export function verifyTimestamp(facts: TimestampFacts): TimestampVerdict {
  try {
    return check(facts);
  } catch (thrown) {
    const code = thrown instanceof Refused ? thrown.code : 'form';
    return { verdict: 'failed', code, detail: (thrown as Error).message };
  }
}

function check({ response, data, certificates, anchors, nonce, strict = true }: TimestampFacts): TimestampVerdict {
  if (response.length > MAX_RESPONSE_BYTES) throw new Refused('too-large', 'the response is larger than 64 KiB');
  const bytes = openResponse(response, strict);
  const token = readToken(bytes);
  if (token.contentType !== TST_INFO) throw new Refused('content-type', 'the token holds no time stamp');
  const [signer, ...others] = token.signers;
  if (!signer || others.length > 0) throw new Refused('signers', 'the token does not have exactly one signer');
  const info = readTstInfo(token.content);
  checkInfo(info, { token, signer, digest: data instanceof Uint8Array ? sha256Bytes(data) : data.sha256, nonce });
  const ids = checkAttributes(token, signer);
  if (strict) refuseUnsigned(token, signer);
  const given = givenCertificates(certificates);
  const bag = bagOf(token, given);
  if (bag.length === 0) {
    const detail = 'the token carries no certificate and none was given: its signature can not be checked';
    return { verdict: 'unknown', code: 'no-certificate', detail };
  }
  const leaf = signerCertificate(signer, bag);
  checkIds(ids, leaf);
  checkSignature(signer, leaf);
  const chain = validatePath({ leaf, bag, anchors, at: new Date(info.genTime), purpose: 'timestamping' });
  if (chain.verdict === 'failed') throw new Refused(chain.code === 'usage' ? 'usage' : 'chain', chain.detail);
  const linked = [...chain.path, ...issuersAbove(chain.path.at(-1)!, bag)];
  checkOtherIds(ids, linked);
  if (strict) refuseForeign(token, given, linked);
  return answer(info, { leaf, signer, chain });
}

function openResponse(response: Uint8Array, strict: boolean): Uint8Array {
  const { granted, status, words, failInfo, text, token } = parseTimestampResponse(response);
  if (!granted || !token) {
    const why = [...failInfo, ...text].join('; ');
    throw new Refused('status', `the time stamp was not granted: ${words}${why === '' ? '' : ` (${why})`}`);
  }
  if (strict && (status !== 0 || failInfo.length > 0 || text.length > 0))
    throw new Refused('unsigned-part', 'the status of the response says more than “granted”, and nothing signs it');
  return token;
}

interface InfoFacts {
  token: Token;
  signer: SignerInfo;
  digest: Uint8Array;
  nonce: Uint8Array | null | undefined;
}

function checkInfo(info: TstInfo, { token, signer, digest, nonce }: InfoFacts): void {
  if (info.version !== 1) throw new Refused('version', 'the time stamp is of an unknown version');
  if (token.version !== 3 || signer.version !== (signer.keyId ? 3 : 1))
    throw new Refused('version', 'the signed data is of an unknown version');
  if (digestName(info.imprint.algorithm) !== 'sha256')
    throw new Refused('imprint', 'the time stamp is not over a SHA-256 digest');
  if (!equalBytes(info.imprint.digest, digest)) throw new Refused('imprint', 'the time stamp is for other data');
  const asked = nonce ?? new Uint8Array();
  if (nonce !== undefined && !equalBytes(info.nonce ?? new Uint8Array(), asked))
    throw new Refused('nonce', 'the time stamp answers another request: its nonce differs');
  if (info.criticalExtension !== undefined)
    throw new Refused(
      'critical-extension',
      `the time stamp has an unknown critical extension (${info.criticalExtension})`,
    );
}

/** Signed attributes: type and digest of the content, and which certificate signed. */
function checkAttributes(token: Token, { attributes, digest }: SignerInfo): CertificateId[][] {
  if (!attributes) throw new Refused('attributes', 'the signature names neither its content nor its certificate');
  const hash = digestName(digest);
  if (!hash) throw new Refused('algorithm', `the signer’s digest ${digest.oid} is not one this program checks`);
  const [type, ...types] = attributes.get(CONTENT_TYPE) ?? [];
  if (!type || types.length > 0 || oid(type) !== TST_INFO)
    throw new Refused('attributes', 'the signature is not over a time stamp');
  const [content, ...contents] = attributes.get(MESSAGE_DIGEST) ?? [];
  if (content?.tag !== 0x04 || contents.length > 0)
    throw new Refused('attributes', 'the signature does not name the digest of its content');
  if (!equalBytes(content.content, digestOf(hash, token.content)))
    throw new Refused('attributes', 'the time stamp is not the one that was signed');
  const ids = certificateIds(attributes);
  if (ids.length === 0) throw new Refused('certificate-id', 'the signature does not name its certificate');
  return ids;
}

function refuseUnsigned(token: Token, signer: SignerInfo): void {
  const what = signer.hasUnsigned
    ? 'unsigned attributes'
    : token.hasOthers
      ? 'revocation lists or certificates of another form'
      : namesOneDigest(token)
        ? undefined
        : 'a list of digests that is not the signer’s';
  if (what !== undefined) throw new Refused('unsigned-part', `the token holds ${what}, and nothing signs them`);
}

function givenCertificates(pem: string | undefined): Uint8Array[] {
  const given = pem === undefined || pem.trim() === '' ? [] : splitPem(pem);
  if (!given) throw new Refused('form', 'the certificates given are not a PEM text of 1 to 10 certificates');
  return given;
}

function bagOf(token: Token, given: readonly Uint8Array[]): Certificate[] {
  if (token.certificates.length > MAX_CERTIFICATES)
    throw new Refused('form', 'the token carries too many certificates');
  return readBag([...token.certificates, ...given]);
}

function signerCertificate({ issuer, keyId }: SignerInfo, bag: readonly Certificate[]): Certificate {
  const found = bag.filter((each) =>
    issuer
      ? equalBytes(each.issuer, issuer.name) && each.serial === issuer.serial
      : each.subjectKeyId !== undefined && keyId !== undefined && equalBytes(each.subjectKeyId, keyId),
  );
  if (found.length !== 1) throw new Refused('signer-certificate', 'the certificate of the signer is not there');
  return found[0]!;
}

const isCertificate = ({ algorithm, digest, issuer }: CertificateId, certificate: Certificate): boolean =>
  equalBytes(digest, digestOf(algorithm, certificate.der)) &&
  (issuer === undefined ||
    (issuer.serial === certificate.serial && issuer.names.some((name) => equalBytes(name, certificate.issuer))));

/** Without this, another certificate for the same key could be slipped in (RFC 2634 §5.4). */
function checkIds(lists: readonly CertificateId[][], leaf: Certificate): void {
  if (!lists.every(([first]) => first && isCertificate(first, leaf)))
    throw new Refused('certificate-id', 'the signature names another certificate than the signer’s');
}

function checkOtherIds(lists: readonly CertificateId[][], linked: readonly Certificate[]): void {
  if (!lists.every(([, ...rest]) => rest.every((id) => linked.some((each) => isCertificate(id, each)))))
    throw new Refused('certificate-id', 'the signature names a certificate that is not on the path');
}

function checkSignature({ digest, signatureAlgorithm, signed, signature }: SignerInfo, { spki }: Certificate): void {
  const { oid: name, parameters } = signatureAlgorithm;
  const hash = DIGESTS[digest.oid]!;
  const kind = name === RSA_ENCRYPTION ? { key: 'rsa' as const, hash } : SIGNATURES[name];
  // RFC 3370 §3.2: NULL for RSA, by some left out; RFC 5758 §3.2: nothing for ECDSA.
  const parametersFit = parameters === undefined || (kind?.key === 'rsa' && isNull(parameters));
  if (kind?.hash !== hash || !parametersFit)
    throw new Refused('algorithm', `the signature algorithm ${visible(name)} is not one this program checks`);
  if (!verifyWithSpki(signed, { ...kind, spki, signature }))
    throw new Refused('signature', 'the signature of the time stamp does not verify');
}

function refuseForeign({ certificates }: Token, given: readonly Uint8Array[], linked: readonly Certificate[]): void {
  const isForeign = (der: Uint8Array): boolean => !linked.some((each) => equalBytes(each.der, der));
  if (certificates.some(isForeign))
    throw new Refused('unsigned-part', 'the token carries a certificate that is not on the path');
  if (given.some(isForeign))
    throw new Refused('unsigned-part', 'beside the token lies a certificate that is not on the path');
  if (new Set(certificates.map(toHex)).size < certificates.length)
    throw new Refused('unsigned-part', 'the token carries a certificate twice');
}

interface AnswerFacts {
  leaf: Certificate;
  signer: SignerInfo;
  chain: Exclude<ChainResult, { verdict: 'failed' }>;
}

function answer(info: TstInfo, { leaf, signer, chain }: AnswerFacts): TimestampVerdict {
  const { genTime, accuracy, serial, policy } = info;
  const digestAlgorithm = DIGESTS[signer.digest.oid]!;
  const stamp: Stamp = { genTime, accuracy, serial, policy, tsa: leaf.subjectText, digestAlgorithm };
  const when = `${genTime}${accuracy === undefined ? '' : ` ± ${accuracy} s`}`;
  const said = `${leaf.subjectText} signed that the data existed at ${when}`;
  return chain.verdict === 'ok'
    ? { verdict: 'ok', code: 'ok', detail: `${said}; ${chain.detail}`, anchor: chain.anchor, ...stamp }
    : { verdict: 'unknown', code: 'untrusted-root', detail: `${said}, but ${chain.detail}`, ...stamp };
}
