/**
 * The same facts checked back, offline, without trusting us. Depends on nothing of the product but the model.
 *
 *     const { verdict, claims } = await verifyFile(bytes, { name: 'dossier.zip' });
 */
import { verifyBundle } from './bundle.js';
import { fromUtf8 } from './hash.js';
import { isWarc, isZip } from './kind.js';
import { splitNote } from './note.js';
import { parsePolicy } from './policy.js';
import { verifyProof } from './proof-file.js';
import { checkpointClaims } from './trust.js';
import type { ClaimVerdict, Verification, VerifiedClaim, VerifyOptions } from './types.js';
import { readWarc } from './warc-reader.js';

export * from './types.js';
export { canonicalJson, parseCanonical } from './canonical-json.js';
export { crc32, equalBytes, fromBase64, fromUtf8, sha256Bytes, sha256Hex, toBase64, toHex, utf8 } from './hash.js';
export * from './merkle.js';
export * from './note.js';
export * from './cosignature.js';
export * from './policy.js';
export { KNOWN_TSA_ROOTS } from './stamp-claims.js';
export * from './http-message.js';
export { readWarc, type WarcRecord, type DigestVerdict } from './warc-reader.js';
export { readZip, type ZipEntry } from './zip-reader.js';
export { type Redaction, redactedPath, wholePath } from './redaction.js';
export {
  LOG_CHECKPOINT,
  LOG_KEY,
  MANIFEST,
  MANIFEST_NOTE,
  type BundleManifest,
  isFailed,
  manifestText,
  verifyExhibitBytes,
} from './bundle.js';

/** Verifies a bundle (.zip), a WARC, a checkpoint or a tlog-proof, told apart by their bytes. Never throws for what a file holds; throws BAD_INPUT for a policy that cannot be used. */
export async function verifyFile(bytes: Uint8Array, options: VerifyOptions = {}): Promise<Verification> {
  if (options.policy !== undefined) parsePolicy(options.policy); // the caller's own mistake, not the file's
  const claims = await claimsOf(bytes, options);
  return { type: 'verification', file: options.name ?? '', verdict: worst(claims), claims };
}

function worst(claims: readonly VerifiedClaim[]): ClaimVerdict {
  const verdicts = claims.map(({ verdict }) => verdict);
  return verdicts.includes('failed')
    ? 'failed'
    : verdicts.includes('unknown') || verdicts.length === 0
      ? 'unknown'
      : 'ok';
}

async function claimsOf(bytes: Uint8Array, options: VerifyOptions): Promise<VerifiedClaim[]> {
  if (isZip(bytes)) return verifyBundle(bytes, options);
  if (isWarc(bytes, options.name ?? '')) return verifyWarc(bytes);
  const text = bytes.length < 1 << 20 ? fromUtf8(bytes) : undefined;
  if (text?.startsWith('c2sp.org/tlog-proof@')) return verifyProof(text, options);
  if (text !== undefined && splitNote(text)) return checkpointClaims(text, options);
  return [
    {
      claim: 'The file can be verified',
      verdict: 'unknown',
      by: 'its bytes',
      detail: 'it is no bundle, WARC, checkpoint or proof this program knows',
    },
  ];
}

async function verifyWarc(bytes: Uint8Array): Promise<VerifiedClaim[]> {
  const by = 'digests inside the WARC';
  let records = 0;
  let undigested = 0;
  try {
    for await (const record of readWarc(bytes)) {
      records += 1;
      if (record.blockDigest === 'wrong' || record.payloadDigest === 'wrong') {
        return [
          {
            claim: 'The records are as they were written',
            verdict: 'failed',
            by,
            detail: `the record at byte ${record.offset} does not have its digest`,
          },
        ];
      }
      if (record.blockDigest !== 'ok') undigested += 1;
    }
  } catch (thrown) {
    return [
      { claim: 'The file is a WARC', verdict: 'failed', by: 'strict reading', detail: (thrown as Error).message },
    ];
  }
  const detail = `${records} records, ${undigested} without a digest of their block; a WARC alone does not show when or by whom it was recorded`;
  return [
    {
      claim: 'The records are as they were written',
      verdict: records > 0 && undigested === 0 ? 'ok' : 'unknown',
      by,
      detail,
    },
  ];
}

export { type Certificate, readCertificate, splitPem } from './certificate.js';
export { type ChainCode, type ChainFacts, type ChainResult, certificateIsFor, validateChain } from './x509.js';
export { type TimestampResponse, readTimestampResponse, timestampRequest } from './timestamp-message.js';
export {
  type Stamp,
  type TimestampCode,
  type TimestampFacts,
  type TimestampVerdict,
  verifyTimestamp,
} from './timestamp.js';
export { type OtsAttestation, type OtsDigest, type OtsProof, readOts } from './ots.js';
export { type OtsAttestationVerdict, type OtsCode, type OtsFacts, type OtsVerdict, verifyOts } from './ots-verdict.js';
export { type HeaderVerdict, checkBitcoinHeader } from './bitcoin-header.js';
