/** A time-stamp token taken apart: CMS SignedData (RFC 5652 §5) around a TSTInfo (RFC 3161 §2.4.2). Form only, no trust. */
import {
  type Algorithm,
  type Der,
  Fields,
  TAG,
  algorithm,
  bad,
  boolean,
  children,
  expectTag,
  hexOf,
  integerBytes,
  isNull,
  oid,
  only,
  readDer,
  smallInteger,
  time,
} from './der.js';
import { concat, equalBytes } from './hash.js';

export interface SignerInfo {
  version: number;
  /** Issuer (DER) and serial (hex), or the key identifier: exactly one of them. */
  issuer: { name: Uint8Array; serial: string } | undefined;
  keyId: Uint8Array | undefined;
  digest: Algorithm;
  /** Values by object identifier; undefined when nothing is signed but the content. */
  attributes: ReadonlyMap<string, readonly Der[]> | undefined;
  /** What the signature is over: the attributes with the tag of a SET OF. */
  signed: Uint8Array;
  signatureAlgorithm: Algorithm;
  signature: Uint8Array;
  hasUnsigned: boolean;
}

export interface Token {
  version: number;
  digests: readonly Algorithm[];
  contentType: string;
  content: Uint8Array;
  certificates: readonly Uint8Array[];
  /** Revocation lists, or certificates of a form other than X.509. */
  hasOthers: boolean;
  signers: readonly SignerInfo[];
}

export const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** Throws BAD_INPUT. */
export function readToken(bytes: Uint8Array): Token {
  const outer = new Fields(readDer(bytes, TAG.sequence));
  if (oid(outer.next()) !== SIGNED_DATA) throw bad('the token is not signed data');
  const fields = new Fields(only(outer.next(0xa0), TAG.sequence));
  outer.end();
  const version = smallInteger(fields.next());
  const digests = children(fields.next(TAG.set)).map(algorithm);
  const encapsulated = new Fields(fields.next(TAG.sequence));
  const contentType = oid(encapsulated.next());
  const content = only(encapsulated.next(0xa0), TAG.octetString).content;
  encapsulated.end();
  const bag = fields.optional(0xa0);
  const certificates = bag ? children(bag) : [];
  const lists = fields.optional(0xa1);
  const signers = children(fields.next(TAG.set)).map(readSigner);
  fields.end();
  const own = certificates.filter(({ tag }) => tag === TAG.sequence).map((each) => each.bytes);
  const hasOthers = lists !== undefined || own.length < certificates.length || bag?.content.length === 0;
  return { version, digests, contentType, content, certificates: own, hasOthers, signers };
}

function readSigner(value: Der): SignerInfo {
  const fields = new Fields(expectTag(value, TAG.sequence));
  const version = smallInteger(fields.next());
  const keyId = fields.optional(0x80)?.content;
  const issuer = keyId ? undefined : readIssuer(fields.next(TAG.sequence));
  const digest = algorithm(fields.next());
  const attributes = fields.optional(0xa0);
  const signatureAlgorithm = algorithm(fields.next());
  const signature = fields.next(TAG.octetString).content;
  const unsigned = fields.optional(0xa1);
  fields.end();
  return {
    version,
    issuer,
    keyId,
    digest,
    attributes: attributes && readAttributes(attributes),
    signed: attributes ? concat([Uint8Array.of(TAG.set), attributes.bytes.subarray(1)]) : new Uint8Array(),
    signatureAlgorithm,
    signature,
    hasUnsigned: unsigned !== undefined,
  };
}

function readIssuer(value: Der): { name: Uint8Array; serial: string } {
  const fields = new Fields(value);
  const name = fields.next(TAG.sequence).bytes;
  const serial = hexOf(fields.next());
  fields.end();
  return { name, serial };
}

function readAttributes(set: Der): Map<string, Der[]> {
  const found = new Map<string, Der[]>();
  for (const attribute of children(set)) {
    const fields = new Fields(expectTag(attribute, TAG.sequence));
    const type = oid(fields.next());
    const values = children(fields.next(TAG.set));
    fields.end();
    if (found.has(type)) throw bad(`signed attribute ${type} stands twice`);
    found.set(type, values);
  }
  return found;
}

export interface TstInfo {
  version: number;
  policy: string;
  imprint: { algorithm: Algorithm; digest: Uint8Array };
  /** Content octets of the INTEGER, hex. */
  serial: string;
  /** RFC 3339 in UTC, fractions as the TSA gives them. */
  genTime: string;
  /** Seconds either way, undefined when the TSA says nothing. */
  accuracy: number | undefined;
  nonce: Uint8Array | undefined;
  /** A critical extension; we know none. */
  criticalExtension: string | undefined;
}

/** Throws BAD_INPUT. */
export function readTstInfo(bytes: Uint8Array): TstInfo {
  const fields = new Fields(readDer(bytes, TAG.sequence));
  const version = smallInteger(fields.next());
  const policy = oid(fields.next());
  const imprint = new Fields(fields.next(TAG.sequence));
  const imprintAlgorithm = algorithm(imprint.next());
  const digest = imprint.next(TAG.octetString).content;
  imprint.end();
  const serial = hexOf(fields.next());
  if (serial.length > 42) throw bad('the serial number of the time stamp has more than 160 bits');
  const genTime = time(fields.next(TAG.generalizedTime));
  const accuracy = fields.optional(TAG.sequence);
  const ordering = fields.optional(TAG.boolean);
  if (ordering) boolean(ordering);
  const nonce = fields.optional(TAG.integer);
  fields.optional(0xa0);
  const extensions = fields.optional(0xa1);
  fields.end();
  return {
    version,
    policy,
    imprint: { algorithm: imprintAlgorithm, digest },
    serial,
    genTime,
    accuracy: accuracy && readAccuracy(accuracy),
    nonce: nonce && integerBytes(nonce),
    criticalExtension: extensions && firstCritical(extensions),
  };
}

function readAccuracy(value: Der): number {
  const fields = new Fields(value);
  const seconds = fields.optional(TAG.integer);
  const [millis, micros] = [fields.optional(0x80), fields.optional(0x81)].map(
    (part) => part && smallInteger(part, integerBytes({ ...part, tag: TAG.integer })),
  );
  fields.end();
  for (const part of [millis, micros])
    if (part !== undefined && (part < 1 || part > 999)) throw bad('accuracy is malformed');
  return (seconds ? smallInteger(seconds) : 0) + (millis ?? 0) / 1e3 + (micros ?? 0) / 1e6;
}

function firstCritical(extensions: Der): string | undefined {
  for (const extension of children(extensions)) {
    const [name, flag] = children(extension);
    if (name && flag?.tag === TAG.boolean && boolean(flag)) return oid(name);
  }
  return undefined;
}

const ESS_V1 = '1.2.840.113549.1.9.16.2.12';
const ESS_V2 = '1.2.840.113549.1.9.16.2.47';

export const DIGESTS: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Which SHA-2 an identifier names, its parameters NULL or absent; undefined for anything else. */
export function digestName({ oid: name, parameters }: Algorithm): 'sha256' | 'sha384' | 'sha512' | undefined {
  return parameters === undefined || isNull(parameters) ? DIGESTS[name] : undefined;
}

export interface CertificateId {
  algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  digest: Uint8Array;
  /** DER of the directory names and the serial (hex), where given. */
  issuer: { names: readonly Uint8Array[]; serial: string } | undefined;
}

/** ESSCertID and ESSCertIDv2 (RFC 2634 §5.4, RFC 5035 §4): each list begins with the signer’s certificate. Throws BAD_INPUT. */
export function certificateIds(attributes: ReadonlyMap<string, readonly Der[]>): CertificateId[][] {
  const lists: CertificateId[][] = [];
  for (const name of [ESS_V1, ESS_V2]) {
    const values = attributes.get(name);
    if (!values) continue;
    if (values.length !== 1) throw bad('signing certificate attribute does not have one value');
    const fields = new Fields(expectTag(values[0], TAG.sequence));
    const ids = children(fields.next(TAG.sequence)).map((each) => readCertificateId(each, name === ESS_V1));
    fields.optional(TAG.sequence);
    fields.end();
    if (ids.length === 0) throw bad('signing certificate attribute is empty');
    lists.push(ids);
  }
  return lists;
}

function readCertificateId(value: Der, old: boolean): CertificateId {
  const fields = new Fields(expectTag(value, TAG.sequence));
  const named = old ? undefined : fields.optional(TAG.sequence);
  const kind = old ? 'sha1' : named ? digestName(algorithm(named)) : 'sha256';
  if (!kind) throw bad('signing certificate attribute uses an unknown digest');
  const digest = fields.next(TAG.octetString).content;
  const issuerSerial = fields.optional(TAG.sequence);
  fields.end();
  if (!issuerSerial) return { algorithm: kind, digest, issuer: undefined };
  const inner = new Fields(issuerSerial);
  const names = children(inner.next(TAG.sequence))
    .filter(({ tag }) => tag === 0xa4)
    .map((each) => only(each, TAG.sequence).bytes);
  const serial = hexOf(inner.next());
  inner.end();
  return { algorithm: kind, digest, issuer: { names, serial } };
}

/** The SET of digest algorithms is not signed: it must say what the one signer says, and no more. */
export function namesOneDigest({ digests, signers }: Token): boolean {
  return digests.length === 1 && signers.length === 1 && equalBytes(digests[0]!.bytes, signers[0]!.digest.bytes);
}
