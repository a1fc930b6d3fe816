/** A bundle (exhibit or dossier) checked as a whole: every byte is bound to the manifest, and every record to the log. */
import { AsPostedError, type ExhibitRecord, type LogLeaf, type SeenRecord } from '../model/index.js';
import { canonicalJson, parseCanonical } from './canonical-json.js';
import { type Bytes, HashedBytes } from './byte-source.js';
import { type FileBytes, passOn, wholeOf } from './file-bytes.js';
import { fromUtf8, sha256Hex, utf8 } from './hash.js';
import { leafHash, verifyInclusion } from './merkle.js';
import { type Checkpoint, type VerifierKey, openCheckpoint, openNote, parseProof, splitNote } from './note.js';
import { Failed, failed, ok } from './failed.js';
import { type KnownLog, type Member, type MemberMap, checkPeriod, logKeyOf, textOf } from './log-key.js';
import { policyClaim } from './trust.js';
import { type Redaction, redactedPath, redactionsOf, verifyRedacted, wholePath } from './redaction.js';
import { stampClaims } from './stamp-claims.js';
import type { VerifiedClaim, VerifyOptions } from './types.js';
import { MainResponse } from './main-response.js';
import { readWarc } from './warc-reader.js';
import { type ZipEntry, readZip } from './zip-reader.js';

/** Members every bundle has. */
export const MANIFEST = 'manifest.json';
export const MANIFEST_NOTE = 'manifest.note';
export const LOG_CHECKPOINT = 'log/checkpoint';

export interface BundleManifest {
  format: 'asposted-bundle/1';
  kind: 'exhibit' | 'dossier';
  title: string;
  created: string;
  origin: string;
  members: { path: string; sha256: string; bytes: number }[];
  records: { index: number; record: string; type: string; at: string }[];
  /** WARC records left out of the copies in this bundle; absent where nothing was. */
  redactions?: Redaction[];
}

/** Of a file that is read in places, long members are never held. */
export async function verifyBundle(bytes: Uint8Array | FileBytes, options: VerifyOptions): Promise<VerifiedClaim[]> {
  const claims: VerifiedClaim[] = [];
  try {
    const members = await openContainer(bytes);
    const known = logKeyOf(members, options);
    const { key } = known;
    claims.push(...known.claims);
    const manifest = await openManifest(members, key);
    claims.push(
      ok(
        'No byte of the bundle changed since it was made',
        'SHA-256 of every member in a manifest signed by the log’s key',
        `${manifest.members.length} members, made ${manifest.created}`,
      ),
    );
    const { origin, records } = manifest;
    const evidence = {
      members,
      known,
      key,
      origin,
      records,
      places: BUNDLE_PLACES,
      redactions: readRedactions(manifest),
    };
    for await (const each of logClaims(evidence, options)) claims.push(each);
  } catch (thrown) {
    passOn(thrown);
    claims.push(
      thrown instanceof Failed
        ? thrown.claim
        : failed('The bundle can be read', 'strict reading', (thrown as Error).message),
    );
  }
  return claims;
}

/** Where the evidence of a log lies in a package, whatever the package is. */
export interface LogEvidence {
  members: MemberMap;
  key: VerifierKey;
  /** What is known of that key, and of the log's others. */
  known: KnownLog;
  origin: string;
  records: BundleManifest['records'];
  places: EvidencePlaces;
  /** WARC records left out of the copies, as the signed manifest says. */
  redactions?: readonly Redaction[];
}

/** Where WARCs and proofs lie, which differs between packages. */
export interface EvidencePlaces {
  warc: (record: ExhibitRecord) => string;
  proof: (index: number) => string;
}

const BUNDLE_PLACES: EvidencePlaces = {
  warc: wholePath,
  proof: (index) => `log/proofs/${index}.tlog-proof`,
};

/** Held, or in pieces; undefined where it cannot be had. */
const contentOf = (member: Member | undefined): Bytes | undefined => member?.bytes ?? member?.pieces?.();

/** Checkpoint, policy, stamps and each record with its proof. Gives what holds until it throws what does not (`isFailed`). */
export async function* logClaims(evidence: LogEvidence, options: VerifyOptions): AsyncGenerator<VerifiedClaim> {
  const { members, key, known, origin, records } = evidence;
  const checkpoint = checkpointOf(members, key, origin);
  const { note } = checkpoint;
  checkPeriod(known, checkpoint);
  const cosigned = splitNote(note)!.signatures.filter(({ name }) => name !== key.name).length;
  yield ok(
    'The log’s checkpoint is signed',
    `Ed25519 signature of ${key.name}`,
    `${checkpoint.size} entries; that no other checkpoint of this size exists can only be told by witnesses${witnessNote(cosigned, options)}`,
  );
  if (options.policy !== undefined)
    yield await policyClaim(note, options.policy, { now: options.now, ...known.forPolicy });
  const stamps = { responses: stampsIn(members, 'tsr'), proofs: stampsIn(members, 'ots') };
  yield* await stampClaims(splitNote(note)!.text, stamps, options);
  for (const each of records) yield* await verifyRecord(evidence, each, checkpoint);
  yield unproved(cosigned + stamps.responses.length + stamps.proofs.length > 0);
}

async function openContainer(bytes: Uint8Array | FileBytes): Promise<Map<string, ZipEntry>> {
  try {
    return new Map((await readZip(bytes)).map((entry) => [entry.path, entry]));
  } catch (thrown) {
    passOn(thrown);
    throw new Failed('The container is whole', 'strict ZIP reading', (thrown as Error).message);
  }
}

const STAMP = /^(?:log\/)?stamps\/\d+\.(tsr|ots)$/;

const stampsIn = (members: MemberMap, kind: 'tsr' | 'ots'): Uint8Array[] =>
  [...members.values()].flatMap(({ path, bytes }) => (STAMP.exec(path)?.[1] === kind && bytes ? [bytes] : []));

function witnessNote(cosigned: number, { policy }: VerifyOptions): string {
  if (cosigned === 0) return ', and none are in this bundle';
  return policy === undefined ? `; ${cosigned} more signatures stand under it, checked only with --policy` : '';
}

async function openManifest(members: Map<string, ZipEntry>, key: VerifierKey): Promise<BundleManifest> {
  const what = 'No byte of the bundle changed since it was made';
  const text = textOf(members, MANIFEST);
  const note = openNote(textOf(members, MANIFEST_NOTE), [key]);
  if (!note) throw new Failed(what, 'the signature in manifest.note', 'it does not verify with the log’s key');
  if (note.text !== manifestText(text))
    throw new Failed(what, 'the hash in manifest.note', 'manifest.json is not the one that was signed');
  const manifest = parseCanonical(text.trimEnd()) as BundleManifest | undefined;
  if (manifest?.format !== 'asposted-bundle/1' || `${canonicalJson(manifest)}\n` !== text)
    throw new Failed(what, 'the manifest', 'it is not in the form of asposted-bundle/1');
  const listed = new Set([MANIFEST, MANIFEST_NOTE]);
  for (const { path, sha256, bytes } of manifest.members) {
    const entry = members.get(path);
    if (!entry) throw new Failed(what, 'the manifest', `${path} is missing`);
    if (await new HashedBytes(contentOf(entry)!).differFrom({ sha256, length: bytes }))
      throw new Failed(what, 'SHA-256 in the manifest', `${path} is not the file that was packed`);
    listed.add(path);
  }
  if (
    [...members.keys()].join('\n') !== [...manifest.members.map(({ path }) => path), MANIFEST, MANIFEST_NOTE].join('\n')
  )
    throw new Failed(what, 'the manifest', 'the members are not in its order, or others are there');
  for (const path of members.keys()) if (!listed.has(path)) throw new Failed(what, 'the manifest', `${path} was added`);
  return manifest;
}

/** What the log's key signs over a bundle: a sentence of its own, so that it can never be taken for a checkpoint. */
export function manifestText(manifest: string): string {
  return `asposted bundle manifest\nsha256:${sha256Hex(utf8(manifest))}\n`;
}

/** With its own text, so that the same one in each proof is not verified again. */
type OpenCheckpoint = Checkpoint & { note: string };

function checkpointOf(members: MemberMap, key: VerifierKey, origin: string): OpenCheckpoint {
  const note = textOf(members, LOG_CHECKPOINT);
  const checkpoint = openCheckpoint(note, [key], origin);
  if (!checkpoint)
    throw new Failed(
      'The log’s checkpoint is signed',
      `Ed25519 signature of ${key.name}`,
      'log/checkpoint does not verify',
    );
  return { ...checkpoint, note };
}

/** A redaction of a record that is not here would be said of nothing. */
function readRedactions(manifest: BundleManifest): Redaction[] {
  const what = 'What was left out is said';
  try {
    const redactions = redactionsOf(manifest);
    const exhibits = new Set(manifest.records.filter(({ type }) => type === 'exhibit').map(({ record }) => record));
    if (redactions.every(({ exhibit }) => exhibits.has(exhibit))) return redactions;
  } catch (thrown) {
    throw new Failed(what, 'the redactions in the manifest', (thrown as Error).message);
  }
  throw new Failed(what, 'the redactions in the manifest', 'one names an exhibit that is not in the bundle');
}

async function verifyRecord(
  { members, key, places, redactions = [] }: LogEvidence,
  { index, record, type, at }: BundleManifest['records'][number],
  checkpoint: OpenCheckpoint,
): Promise<VerifiedClaim[]> {
  const what = `Record ${record.slice(0, 12)}… (${type}) stands in the log at ${index}`;
  const bytes = members.get(`records/${record}.json`)?.bytes;
  if (!bytes || sha256Hex(bytes) !== record)
    throw new Failed(what, 'SHA-256 of the record', 'the record is missing or not the one in the log');
  const parsed = parseCanonical(fromUtf8(bytes) ?? '') as SeenRecord | undefined;
  if (!parsed || parsed.type !== type || parsed.at !== at)
    throw new Failed(what, 'the record', 'its type or time differ from the manifest');
  const leaf: LogLeaf = { v: 1, type: parsed.type, at: parsed.at, record: record as LogLeaf['record'] };
  const proof = members.get(places.proof(index))?.bytes;
  checkInclusion(what, proof, { index, leaf, key, checkpoint });
  const claims = [
    ok(
      what,
      'RFC 6962 inclusion proof against the signed checkpoint',
      `recorded not later than the checkpoint; the time ${at} is this observer’s own clock`,
    ),
  ];
  if (parsed.type === 'exhibit') {
    const own = redactions.filter(({ exhibit }) => exhibit === record);
    claims.push(...(await verifyWarcMember({ members, places }, parsed, own)));
  }
  return claims;
}

function checkInclusion(
  what: string,
  bytes: Uint8Array | undefined,
  { index, leaf, key, checkpoint }: { index: number; leaf: LogLeaf; key: VerifierKey; checkpoint: OpenCheckpoint },
): void {
  const proof = bytes && parseProof(bytes);
  if (!proof || proof.index !== index) throw new Failed(what, 'inclusion proof', 'the proof is missing or malformed');
  const own =
    proof.checkpoint === checkpoint.note ? checkpoint : openCheckpoint(proof.checkpoint, [key], checkpoint.origin);
  if (own?.size !== checkpoint.size) throw new Failed(what, 'inclusion proof', 'the proof is for another checkpoint');
  const claim = {
    index,
    size: own.size,
    leaf: leafHash(utf8(canonicalJson(leaf))),
    proof: proof.hashes,
    root: own.root,
  };
  if (!verifyInclusion(claim))
    throw new Failed(what, 'inclusion proof', 'the proof does not lead from the record to the root');
}

/** Whole, or with exactly those records left out that the manifest names; never both. */
async function verifyWarcMember(
  { members, places }: Pick<LogEvidence, 'members' | 'places'>,
  record: ExhibitRecord,
  redactions: readonly Redaction[],
): Promise<VerifiedClaim[]> {
  const what = claimOf(record);
  const [whole, redacted] = [members.get(places.warc(record)), members.get(redactedPath(record))];
  if (redactions.length === 0) {
    if (redacted) throw new Failed(what, 'the redactions in the manifest', 'records were left out and none is named');
    const warc = contentOf(whole);
    if (!warc) throw new Failed(what, 'the WARC', 'it is missing');
    return [await verifyExhibitBytes(warc, record)];
  }
  const warc = contentOf(redacted);
  if (!warc || whole) throw new Failed(what, 'the redacted WARC', 'it is missing, or stands beside the whole one');
  try {
    return await verifyRedacted(await wholeOf(warc), record, redactions);
  } catch (thrown) {
    passOn(thrown);
    throw new Failed(what, 'SHA-256 of each WARC record', (thrown as Error).message);
  }
}

/** What is proved of bytes that were fetched here is more than of bytes somebody handed in. */
function claimOf({ url, imported }: ExhibitRecord): string {
  if (!imported) return `This observer recorded these bytes from ${url}`;
  const { from, claimed } = imported;
  const whence = url.startsWith('urn:') ? 'which do not say where they come from' : `said to be from ${url}`;
  return `This observer was handed these bytes in ${from}, ${whence}${claimed === undefined ? '' : ` at ${claimed}`}`;
}

/**
 * The WARC of an exhibit against what its record says: hash, digests of every WARC record, payload of the page itself.
 * The WARC may come in pieces; it is read once and never held.
 */
export async function verifyExhibitBytes(warc: Bytes, record: ExhibitRecord): Promise<VerifiedClaim> {
  const what = claimOf(record);
  const file = new HashedBytes(warc);
  const main = new MainResponse();
  try {
    for await (const each of readWarc(file.pieces())) {
      if (each.blockDigest === 'wrong' || each.payloadDigest === 'wrong')
        throw new AsPostedError({
          code: 'VERIFY_FAILED',
          message: `WARC record at byte ${each.offset} does not have its digest`,
        });
      main.see(each);
    }
  } catch (thrown) {
    passOn(thrown);
    if (thrown instanceof AsPostedError && thrown.code !== 'VERIFY_FAILED') throw thrown; // they could not be read
    // Bytes that are others altogether are that first; what they look like as a WARC matters no more.
    if (await file.differFrom(record.warc)) throw new Failed(what, 'SHA-256 of the WARC', OTHER_WARC);
    throw new Failed(what, 'digests inside the WARC', (thrown as Error).message);
  }
  if (await file.differFrom(record.warc)) throw new Failed(what, 'SHA-256 of the WARC', OTHER_WARC);
  const { payloadLength = 0, payloadSha256 } = main.record ?? {};
  if (payloadLength > 0 && payloadSha256 !== record.payload.sha256)
    throw new Failed(what, 'SHA-256 of the payload', 'the body in the WARC is not the one in the record');
  return ok(
    what,
    'SHA-256 of WARC and payload in the logged record',
    `${record.status === 0 ? 'a file' : `HTTP ${record.status}`}, ${record.payload.length} bytes, ${record.imported ? 'imported ' : ''}at ${record.at}${record.truncated === undefined ? '' : `; cut: ${record.truncated}`}`,
  );
}

const OTHER_WARC = 'the WARC is not the one that was recorded';

function unproved(hasOutsider: boolean): VerifiedClaim {
  return {
    claim: 'What this does not show',
    verdict: 'ok',
    by: 'the nature of such records',
    detail: `that the site sent the same to everybody, that what the page says is true, or who wrote it${
      hasOutsider ? '' : '; and no outside witness or time stamp has signed this checkpoint yet'
    }`,
  };
}
