/** Keys and signatures of WACZ packages (facts/evidence §8). */
import { MAX_PEM_BYTES, type Certificate, readCertificate, splitPem } from './certificate.js';
import { fromBase64, toHex, utf8, verifyWithSpki } from './hash.js';

export interface PackageKey {
  curve: 'P-256' | 'P-384';
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array;
}

/** Everything before the two coordinates: an uncompressed point, and no second spelling of the same key. */
const SPKI_HEADS = {
  'P-256': '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
  'P-384': '3076301006072a8648ce3d020106052b8104002203620004',
} as const;

const COORDINATE = { 'P-256': 32, 'P-384': 48 } as const;

/** From base64 SPKI; undefined for any other kind of key. */
export function parsePackageKey(base64: string): PackageKey | undefined {
  const spki = base64.length > 512 ? undefined : fromBase64(base64);
  if (!spki) return undefined;
  for (const curve of ['P-256', 'P-384'] as const) {
    const head = SPKI_HEADS[curve];
    if (toHex(spki).startsWith(head) && spki.length === head.length / 2 + 2 * COORDINATE[curve]) return { curve, spki };
  }
  return undefined;
}

export const isP1363 = ({ curve }: PackageKey, signature: Uint8Array): boolean =>
  signature.length === 2 * COORDINATE[curve];

/** ECDSA with SHA-256 over the text, as r‖s or as DER: the tools write both. */
export function verifyPackageSignature(key: PackageKey, text: string, signature: Uint8Array): boolean {
  const der = isP1363(key, signature) ? derOfP1363(signature) : signature;
  return verifyWithSpki(utf8(text), { spki: key.spki, key: 'ec', hash: 'sha256', signature: der });
}

/** r‖s as SEQUENCE of two INTEGERs. */
function derOfP1363(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  const body = [signature.subarray(0, half), signature.subarray(half)].flatMap((number) => {
    let start = 0;
    while (start < half - 1 && number[start] === 0) start += 1;
    const digits = number[start]! & 0x80 ? [0, ...number.subarray(start)] : [...number.subarray(start)];
    return [0x02, digits.length, ...digits];
  });
  return Uint8Array.of(0x30, body.length, ...body);
}

/** The first certificate of a PEM chain: the leaf (facts/evidence §8.3). */
export function leafOfPem(pem: string): Certificate | undefined {
  const first = pem.length > MAX_PEM_BYTES ? undefined : splitPem(pem)?.[0];
  try {
    return first && readCertificate(first);
  } catch {
    return undefined;
  }
}

/** SHA-256 with the certificate’s key: ECDSA as DER, or RSA PKCS#1 v1.5 (both occur). */
export function verifyWithCertificate({ spki }: Certificate, text: string, signature: Uint8Array): boolean {
  const facts = { spki, hash: 'sha256', signature } as const;
  return (['ec', 'rsa'] as const).some((key) => verifyWithSpki(utf8(text), { ...facts, key }));
}
