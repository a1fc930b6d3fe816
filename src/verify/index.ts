/**
 * The same facts checked back, offline, without trusting us. Depends on nothing of the product but the model.
 *
 *     const { verdict, claims } = await verifyFile(bytes, { name: 'dossier.zip' });
 */
import { verifyBundle } from './bundle.js';
import { type Bytes, ByteSource } from './byte-source.js';
import { type FileBytes, ReadFailed, isFileBytes, passOn, piecesOf, watched, watchedPieces } from './file-bytes.js';
import { concat, fromUtf8 } from './hash.js';
import { isNote, isWarc, isZip, loneProof, namedLoneProof } from './kind.js';
import { parseKeyStatements } from './key-statement.js';
import { DATA_NOT_USED, verifyLone } from './lone-proof.js';
import { splitNote } from './note.js';
import { parsePolicy } from './policy.js';
import { verifyProof } from './proof-file.js';
import { checkpointClaims, trustedKeys } from './trust.js';
import type { ClaimVerdict, Verification, VerifiedClaim, VerifyOptions } from './types.js';
import { readWarc } from './warc-reader.js';
import { pointsOutside } from './warc-revisit.js';
import { isWacz, maybeWacz } from './wacz.js';
import { verifyWacz } from './wacz-claims.js';

export * from './types.js';
export { type GivenFile, isWarc, isZip, pairProofs } from './kind.js';
export { type Trust, VERDICT_WORDS, parseTrustFile } from './trust-file.js';
export { canonicalJson, parseCanonical } from './canonical-json.js';
export { crc32, equalBytes, fromBase64, fromUtf8, sha256Bytes, sha256Hex, toBase64, toHex, utf8 } from './hash.js';
export * from './merkle.js';
export * from './note.js';
export * from './cosignature.js';
export * from './policy.js';
export { KNOWN_DOMAIN_ROOTS, KNOWN_TSA_ROOTS } from './known-roots.js';
export * from './http-message.js';
export { EntityReader } from './http-entity.js';
export type { Bytes } from './byte-source.js';
export { type FileBytes, inMemory } from './file-bytes.js';
export { MainResponse, ROLE_FIELD } from './main-response.js';
export { readWarc, type WarcRecord, type DigestVerdict } from './warc-reader.js';
export { readZip, type ZipEntry } from './zip-reader.js';
export {
  readContainer,
  zipNames,
  ZIP_LIMITS,
  type Container,
  type ContainerEntry,
  type ZipLimits,
} from './zip-container.js';
export { isObject, parseStrictJson } from './strict-json.js';
export { indexKey, parseCdxj, sortBytes, surt, timestampOf } from './cdxj.js';
export {
  checkWacz,
  type KnownParts,
  type WaczCode,
  type WaczFinding,
  type WaczMode,
  type WaczOptions,
  type WaczReport,
} from './wacz.js';
export { parsePackageKey, verifyPackageSignature } from './package-key.js';
export { verifyWacz } from './wacz-claims.js';
export { readRecords, type PlacedRecord } from './wacz-records.js';
export { DATAPACKAGE, DIGEST, Findings } from './wacz-finding.js';
export { PACKAGE_KEY_NOTE, packageKeyText } from './wacz-log.js';
export { domainOf, endsInRoot } from './wacz-strict.js';
export { dosTimeOf } from './wacz-time.js';
export { isFailed } from './failed.js';
export { LOG_KEY, LOG_KEYS } from './log-key.js';
export * from './key-statement.js';
export { type Redaction, redactedPath, wholePath } from './redaction.js';
export {
  LOG_CHECKPOINT,
  MANIFEST,
  MANIFEST_NOTE,
  type BundleManifest,
  manifestText,
  verifyExhibitBytes,
} from './bundle.js';

/**
 * Verifies a bundle (.zip), a WACZ, a WARC, a checkpoint, a tlog-proof, or a lone `.ots` or `.tsr` (with its data in `options.of`),
 * told apart by their bytes. A WARC may come in pieces, a bundle as a file that is read in places: neither is then held; the
 * others are. Never throws for what a file holds; throws BAD_INPUT for a policy or statements of keys that cannot be used, and
 * what the reading of the file throws.
 */
export async function verifyFile(bytes: Bytes | FileBytes, options: VerifyOptions = {}): Promise<Verification> {
  if (options.policy !== undefined) parsePolicy(options.policy); // the caller's own mistake, not the file's
  if (options.keyStatements !== undefined) parseKeyStatements(options.keyStatements);
  const claims = await claimsOfAny(bytes, options).catch((thrown: unknown) => {
    throw thrown instanceof ReadFailed ? thrown.cause : thrown;
  });
  return { type: 'verification', file: options.name ?? '', verdict: worst(claims), claims };
}

function claimsOfAny(bytes: Bytes | FileBytes, options: VerifyOptions): Promise<VerifiedClaim[]> {
  if (bytes instanceof Uint8Array) return claimsOf(bytes, options);
  return isFileBytes(bytes) ? claimsOfFile(watched(bytes), options) : claimsOfStream(watchedPieces(bytes), options);
}

function worst(claims: readonly VerifiedClaim[]): ClaimVerdict {
  const verdicts = claims.map(({ verdict }) => verdict);
  return verdicts.includes('failed')
    ? 'failed'
    : verdicts.includes('unknown') || verdicts.length === 0
      ? 'unknown'
      : 'ok';
}

/** What is no WARC is read into memory as a whole, and no larger than that allows. */
const LARGEST = 2 ** 31 - 1;

async function claimsOfStream(pieces: AsyncIterable<Uint8Array>, options: VerifyOptions): Promise<VerifiedClaim[]> {
  const source = new ByteSource(pieces);
  await source.fill(1024);
  if (isWarc(source.ahead, '')) return unless(options.of, await verifyWarc(source.rest()));
  if (!(await source.fill(LARGEST))) return claimsOf(source.ahead, options);
  await source.close();
  return [notKnown(`it is no WARC and has more than ${LARGEST} bytes`)];
}

/** As those in memory, but for what need not be held. */
async function claimsOfFile(file: FileBytes, options: VerifyOptions): Promise<VerifiedClaim[]> {
  const start = await file.read(0, Math.min(file.length, 1024));
  const end = await file.read(Math.max(0, file.length - 22), file.length);
  if (isZip(concat([start, end])) && !(await maybeWacz(file))) return verifyBundle(file, options);
  return claimsOfStream(piecesOf(file), options);
}

const notKnown = (detail: string): VerifiedClaim => ({
  claim: 'The file can be verified',
  verdict: 'unknown',
  by: 'its bytes',
  detail,
});

async function claimsOf(bytes: Uint8Array, options: VerifyOptions): Promise<VerifiedClaim[]> {
  const lone = loneProof(bytes);
  if (lone) return verifyLone(lone, bytes, options);
  const others = await claimsOfOthers(bytes, options);
  const named = others ? undefined : namedLoneProof(options.name ?? '');
  if (named) return verifyLone(named, bytes, options);
  return unless(
    options.of,
    others ?? [notKnown('it is no bundle, WACZ, WARC, checkpoint, proof or time stamp this program knows')],
  );
}

const unless = (data: Uint8Array | undefined, claims: VerifiedClaim[]): VerifiedClaim[] =>
  data ? [...claims, DATA_NOT_USED] : claims;

/** Undefined for what is none of them. */
async function claimsOfOthers(bytes: Uint8Array, options: VerifyOptions): Promise<VerifiedClaim[] | undefined> {
  if (isZip(bytes)) return isWacz(bytes) ? verifyWacz(bytes, options) : verifyBundle(bytes, options);
  if (isWarc(bytes, options.name ?? '')) return verifyWarc(bytes);
  const text = bytes.length < 1 << 20 ? fromUtf8(bytes) : undefined;
  if (text?.startsWith('c2sp.org/tlog-proof@')) return verifyProof(text, options);
  if (text !== undefined && splitNote(text)) return checkpointClaims(text, options);
  const logs = trustedKeys(options).map((key) => key.name);
  if (bytes.length < 1 << 20 && isNote(bytes, { name: options.name, logs })) {
    const detail = 'it is no well-formed signed note';
    return [{ claim: 'The checkpoint or proof can be read', verdict: 'failed', by: 'strict reading', detail }];
  }
  return undefined;
}

async function verifyWarc(bytes: Bytes): Promise<VerifiedClaim[]> {
  const by = 'digests inside the WARC';
  let records = 0;
  let undigested = 0;
  let outside = 0;
  let raw = 0;
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
      if (pointsOutside(record)) outside += 1;
      if (record.payloadDigest === 'before-dechunking') raw += 1;
    }
  } catch (thrown) {
    passOn(thrown);
    return [
      { claim: 'The file is a WARC', verdict: 'failed', by: 'strict reading', detail: (thrown as Error).message },
    ];
  }
  const detail = `${records} records, ${undigested} without a digest of their block${outside === 0 ? '' : `, ${outside} repeat a body that is not in this file`}${raw === 0 ? '' : `, ${raw} with a digest of the body as it lies instead of the payload`}; a WARC alone does not show when or by whom it was recorded`;
  return [
    {
      claim: 'The records are as they were written',
      verdict: records > 0 && undigested + outside + raw === 0 ? 'ok' : 'unknown',
      by,
      detail,
    },
  ];
}

export { type Certificate, formatPem, isSignedBy, readCertificate, splitPem } from './certificate.js';
export {
  type ChainCode,
  type ChainFacts,
  type ChainPurpose,
  type ChainResult,
  certificateIsFor,
  validateChain,
} from './x509.js';
export { type TimestampResponse, readTimestampResponse, timestampRequest } from './timestamp-message.js';
export {
  type Stamp,
  type TimestampCode,
  type TimestampFacts,
  type TimestampVerdict,
  certificatesOfStamp,
  verifyTimestamp,
} from './timestamp.js';
export {
  type OtsAttestation,
  type OtsDigest,
  type OtsProof,
  type OtsTimestamp,
  type OtsTree,
  readOts,
  readOtsTimestamp,
  readOtsTree,
  readPayload,
} from './ots.js';
export { leadsToBlock, mergeTimestamps, onlyBlocks, provesMore, writeOts } from './ots-write.js';
export { type OtsAttestationVerdict, type OtsCode, type OtsFacts, type OtsVerdict, verifyOts } from './ots-verdict.js';
export { type HeaderVerdict, checkBitcoinHeader } from './bitcoin-header.js';
