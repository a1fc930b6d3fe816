/** One X.509 certificate read strictly (RFC 5280 §4.1, §4.2), as far as path validation needs it. */
import { type Sha256, visible } from '../model/index.js';
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
  namedBits,
  oid,
  only,
  readDer,
  smallInteger,
  time,
  wholeBits,
} from './der.js';
import { equalBytes, fromBase64, fromUtf8, latin1, sha256Hex, toBase64, verifyWithSpki } from './hash.js';

export interface Certificate {
  der: Uint8Array;
  /** SHA-256 of the whole certificate: its name in a trust list. */
  fingerprint: Sha256;
  /** Content octets of the INTEGER, hex. */
  serial: string;
  /** Names as DER: two names are the same when their bytes are. */
  issuer: Uint8Array;
  subject: Uint8Array;
  /** `CN=Test TSA, O=…`, harmless to show. */
  subjectText: string;
  /** RFC 3339. */
  notBefore: string;
  notAfter: string;
  spki: Uint8Array;
  ca: boolean;
  pathLength: number | undefined;
  /** Bits by number (0 digitalSignature, 1 nonRepudiation, 5 keyCertSign); undefined without the extension. */
  keyUsage: readonly number[] | undefined;
  extendedKeyUsage: { critical: boolean; purposes: readonly string[] } | undefined;
  subjectKeyId: Uint8Array | undefined;
  /** SAN dNSName entries, lower case. */
  dnsNames: readonly string[];
  /** First critical extension this program does not apply; undefined when it applies all of them. */
  unknownCritical: string | undefined;
  signed: Uint8Array;
  signatureAlgorithm: Algorithm;
  signature: Uint8Array;
}

/** facts/evidence §22.2. */
export const MAX_CERTIFICATES = 10;
export const MAX_PEM_BYTES = 64 * 1024;

/** Signature algorithms we check: PKCS#1 v1.5 and ECDSA with SHA-2 (facts/evidence §18.4). */
export const SIGNATURES: Readonly<Record<string, { key: 'rsa' | 'ec'; hash: 'sha256' | 'sha384' | 'sha512' }>> = {
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
};

/** SHA-1 and MD5 signatures, named so that a refusal can say why. */
export const WEAK_SIGNATURES: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
]);

/** The DER of every certificate of a PEM text, which holds nothing else. Undefined when malformed, empty or over the limits. */
export function splitPem(text: string): Uint8Array[] | undefined {
  if (text.length > MAX_PEM_BYTES) return undefined;
  const found: Uint8Array[] = [];
  const rest = text.replace(
    /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END CERTIFICATE-----/g,
    (_, body: string) => {
      const der = fromBase64(body.replace(/[\r\n]/g, ''));
      if (!der) return 'malformed';
      found.push(der);
      return '';
    },
  );
  return /^[ \t\r\n]*$/.test(rest) && found.length > 0 && found.length <= MAX_CERTIFICATES ? found : undefined;
}

/** The one way this program writes certificates: 64 columns, a blank line between two, where other players split (facts/evidence §8.3). */
export function formatPem(ders: readonly Uint8Array[]): string {
  const texts = ders.map((der) => toBase64(der).replace(/.{64}(?=.)/g, '$&\n'));
  return texts.map((text) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`).join('\n');
}

/** Throws BAD_INPUT when the bytes are not exactly one certificate. */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_PEM_BYTES) throw bad('certificate is too large');
  const [tbs, outer, bits, ...rest] = children(readDer(der, TAG.sequence));
  if (!tbs || !outer || !bits || rest.length > 0) throw bad('certificate is malformed');
  const fields = new Fields(expectTag(tbs, TAG.sequence));
  const version = fields.optional(0xa0);
  if (version && ![1, 2].includes(smallInteger(only(version, TAG.integer))))
    throw bad('certificate version is unknown');
  const serial = hexOf(fields.next());
  const inner = algorithm(fields.next());
  const issuer = fields.next(TAG.sequence);
  const [notBefore, notAfter, ...others] = children(fields.next(TAG.sequence));
  const subject = fields.next(TAG.sequence);
  const spki = fields.next(TAG.sequence);
  fields.optional(0x81);
  fields.optional(0x82);
  const extensions = fields.optional(0xa3);
  fields.end();
  const signatureAlgorithm = algorithm(outer);
  if (!equalBytes(inner.bytes, signatureAlgorithm.bytes)) throw bad('certificate names two signature algorithms');
  if (!notBefore || !notAfter || others.length > 0) throw bad('certificate validity is malformed');
  return {
    der,
    fingerprint: sha256Hex(der),
    serial,
    issuer: issuer.bytes,
    subject: subject.bytes,
    subjectText: nameText(subject),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    spki: spki.bytes,
    ...readExtensions(extensions && only(extensions, TAG.sequence)),
    signed: tbs.bytes,
    signatureAlgorithm,
    signature: wholeBits(bits),
  };
}

type Extensions = Pick<
  Certificate,
  'ca' | 'pathLength' | 'keyUsage' | 'extendedKeyUsage' | 'subjectKeyId' | 'dnsNames' | 'unknownCritical'
>;

function readExtensions(list: Der | undefined): Extensions {
  const found: Extensions = {
    ca: false,
    pathLength: undefined,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    subjectKeyId: undefined,
    dnsNames: [],
    unknownCritical: undefined,
  };
  const seen = new Set<string>();
  for (const extension of list ? children(list) : []) {
    const fields = new Fields(expectTag(extension, TAG.sequence));
    const name = oid(fields.next());
    const flag = fields.optional(TAG.boolean);
    const critical = flag !== undefined && boolean(flag);
    const value = fields.next(TAG.octetString).content;
    fields.end();
    if (seen.has(name)) throw bad(`certificate has extension ${name} twice`);
    seen.add(name);
    if (!applyExtension(found, { name, critical, value })) found.unknownCritical ??= name;
  }
  return found;
}

interface Extension {
  name: string;
  critical: boolean;
  value: Uint8Array;
}

/** False for a critical extension we do not apply. Name constraints must be critical (RFC 5280 §4.2.1.10) and count as such. */
function applyExtension(into: Extensions, { name, critical, value }: Extension): boolean {
  switch (name) {
    case '2.5.29.19': {
      const fields = new Fields(readDer(value, TAG.sequence));
      const ca = fields.optional(TAG.boolean);
      into.ca = ca !== undefined && boolean(ca);
      const length = fields.optional(TAG.integer);
      if (length) into.pathLength = smallInteger(length);
      fields.end();
      return true;
    }
    case '2.5.29.15':
      into.keyUsage = namedBits(readDer(value, TAG.bitString));
      return true;
    case '2.5.29.37':
      into.extendedKeyUsage = { critical, purposes: children(readDer(value, TAG.sequence)).map((each) => oid(each)) };
      return true;
    case '2.5.29.14':
      into.subjectKeyId = readDer(value, TAG.octetString).content;
      return !critical;
    case '2.5.29.17':
      into.dnsNames = children(readDer(value, TAG.sequence))
        .filter(({ tag }) => tag === 0x82)
        .map(({ content }) => latin1(content).toLowerCase());
      return true;
    case '2.5.29.32':
      return true; // policies: none is required, so any will do
    case '2.5.29.30':
      return false;
    default:
      return !critical;
  }
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

/** The attributes people know; cut at 200 characters; control and direction characters made visible. */
function nameText(name: Der): string {
  const parts: string[] = [];
  for (const set of children(name)) {
    for (const attribute of children(expectTag(set, TAG.set))) {
      const [type, value] = children(attribute);
      const label = type && ATTRIBUTES[oid(type)];
      if (!label || !value) continue;
      parts.push(`${label}=${visible(fromUtf8(value.content) ?? latin1(value.content))}`);
    }
  }
  const text = parts.join(', ').replace(/[\n\t]/g, ' ');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** Whether `signer`’s key made the signature of `certificate`. */
export function isSignedBy(certificate: Certificate, signer: Certificate): boolean {
  const { signatureAlgorithm, signed, signature } = certificate;
  const kind = SIGNATURES[signatureAlgorithm.oid];
  return kind !== undefined && verifyWithSpki(signed, { ...kind, spki: signer.spki, signature });
}
