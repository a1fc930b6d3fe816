import { AsPostedError, type ExhibitRecord, type LoggedRecord, type Vault } from '../model/index.js';
import { type OpenRecordLog, type ZipMember, writeZip } from '../preserve/index.js';
import {
  type BundleManifest,
  LOG_CHECKPOINT,
  LOG_KEY,
  LOG_KEYS,
  MANIFEST,
  MANIFEST_NOTE,
  canonicalJson,
  manifestText,
  onlyBlocks,
  parseCheckpoint,
  readOtsTree,
  sha256Hex,
  splitNote,
  utf8,
  verifyOts,
  wholePath,
  writeOts,
} from '../verify/index.js';
import { type LaterFiles, type Publication, checkPublication } from './publication.js';

export interface BundleParts {
  kind: 'exhibit' | 'dossier';
  title: string;
  created: Date;
  records: readonly LoggedRecord[];
  log: OpenRecordLog;
  vault: Vault;
  /** Made by the caller. */
  files: readonly ZipMember[];
  /** Made by the caller when it is known what else the bundle holds. */
  later?: LaterFiles;
  /** Record hashes of exhibits in whose page the reader saw a logged-in observer's identifiers (facts/watching §2.17). */
  leaking?: readonly string[];
  publication: Publication;
}

/**
 * A bundle anybody can check: the records, their captures, their proofs against one signed checkpoint, and a manifest
 * over every byte, signed by the log's key.
 */
export function buildBundle(parts: BundleParts): Promise<Uint8Array> {
  return withOneKey(parts.log, () => packBundle(parts));
}

/** Another process may change the log’s key meanwhile: then the parts would be signed by two, and no reader could follow. */
export async function withOneKey<T>(log: OpenRecordLog, work: () => Promise<T>): Promise<T> {
  log.keys.refresh();
  const { vkey } = log;
  const made = await work();
  log.keys.refresh();
  if (log.vkey === vkey) return made;
  throw new AsPostedError({
    code: 'STORE_FAILED',
    retry: 'now',
    message: 'the log’s key was changed while the bundle was made',
    hint: 'Make it again.',
  });
}

async function packBundle(parts: BundleParts): Promise<Uint8Array> {
  const created = `${parts.created.toISOString().slice(0, 19)}Z`;
  const checked = await checkPublication(await contents(parts, created), parts, created);
  const { redactions, last } = checked;
  const members = onePerPath(checked.members);
  const manifest: BundleManifest = {
    format: 'asposted-bundle/1',
    kind: parts.kind,
    title: parts.title,
    created,
    origin: parts.log.origin,
    members: members.map(({ path, bytes }) => ({ path, sha256: sha256Hex(bytes), bytes: bytes.length })),
    records: listRecords(parts.records),
    ...(redactions.length === 0 ? {} : { redactions }),
  };
  const text = `${canonicalJson(manifest)}\n`;
  await last({ path: MANIFEST, bytes: utf8(text) });
  const signed = parts.log.sign(manifestText(text));
  return writeZip(
    [...members, { path: MANIFEST, bytes: utf8(text) }, { path: MANIFEST_NOTE, bytes: utf8(signed) }],
    new Date(created),
  );
}

export const listRecords = (records: readonly LoggedRecord[]): BundleManifest['records'] =>
  records.map(({ index, hash, record }) => ({ index, record: hash, type: record.type, at: record.at }));

async function contents(parts: BundleParts, created: string): Promise<ZipMember[]> {
  const { files, kind, title } = parts;
  const members: ZipMember[] = [...files];
  if (kind === 'exhibit') members.unshift({ path: 'README.txt', bytes: utf8(readme(title, created)) });
  members.push(...(await warcMembers(parts, wholePath)));
  members.push(...(await logMembers(parts)));
  return onePerPath(members);
}

const onePerPath = (members: readonly ZipMember[]): ZipMember[] => [
  ...new Map(members.map((member) => [member.path, member])).values(),
];

/** The WARC of each exhibit, once. */
export async function warcMembers(
  { records, vault }: Pick<BundleParts, 'records' | 'vault'>,
  pathOf: (record: ExhibitRecord) => string,
): Promise<ZipMember[]> {
  const exhibits = records.flatMap(({ record }) => (record.type === 'exhibit' ? [record] : []));
  const members: ZipMember[] = [];
  for (const [hash, record] of new Map(exhibits.map((each) => [each.warc.sha256, each])))
    members.push({ path: pathOf(record), bytes: await vault.get(hash) });
  return members;
}

/** Records, proofs, checkpoint, stamps and key: the part of the log that stands for these records. */
export async function logMembers({
  records,
  log,
  vault,
}: Pick<BundleParts, 'records' | 'log' | 'vault'>): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  // One checkpoint for all, so that one set of cosignatures and stamps covers every record.
  const checkpoint = await log.checkpointFor(Math.max(-1, ...records.map(({ index }) => index)));
  for (const { index, hash } of records) {
    members.push({ path: `records/${hash}.json`, bytes: await vault.get(hash) });
    const proof = await log.prove(index, checkpoint);
    members.push({ path: `log/proofs/${index}.tlog-proof`, bytes: utf8(proof) });
  }
  members.push({ path: LOG_CHECKPOINT, bytes: utf8(checkpoint) });
  const { size } = parseCheckpoint(splitNote(checkpoint)!.text)!;
  for (const [at, bytes] of (await log.stamps.of(size)).entries())
    members.push({ path: `log/stamps/${at + 1}.tsr`, bytes });
  members.push(...(await proofMembers(log, checkpoint)));
  members.push({ path: LOG_KEY, bytes: utf8(`${log.vkey}\n`) });
  const statements = log.keys.statements.map(({ note }) => note);
  if (statements.length > 0) members.push({ path: LOG_KEYS, bytes: utf8(statements.join('')) });
  return [...new Map(members.map((member) => [member.path, member])).values()];
}

/**
 * OpenTimestamps proofs that lead to a block, without their other branches: a promise is no stamp, and names a calendar that may
 * be a private one. One that is not over the checkpoint would make the bundle fail; `fsck` names it.
 */
async function proofMembers(log: OpenRecordLog, checkpoint: string): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  const { text } = splitNote(checkpoint)!;
  const data = utf8(text);
  for (const { name, bytes } of await log.stamps.finished(parseCheckpoint(text)!.size)) {
    if ((await verifyOts({ proof: bytes, data })).verdict === 'failed') continue;
    const tree = await readOtsTree(bytes);
    members.push({ path: `log/stamps/${name}`, bytes: writeOts({ ...tree, timestamp: onlyBlocks(tree.timestamp)! }) });
  }
  return members;
}

function readme(title: string, created: string): string {
  return `As Posted exhibit: ${title}
Made ${created}.

Check it:   npx asposted verify FILE.zip      (offline, needs nothing else)

What it shows: the holder of the key in log/key recorded these bytes not later than the log's checkpoint, and no byte
changed since. What it does not show: that the site sent the same to everybody, that what the pages say is true, or who
wrote them. Compare log/key with the key the publisher states elsewhere.

exhibits/   captures as WARC files, byte for byte as received; open them with any WARC viewer, not in a browser directly
records/    what was recorded about them, one canonical JSON document each, named by its SHA-256
            (.redacted: without the records that manifest.json names under "redactions", with who left them out and why)
log/        the signed checkpoint, the log's public key, one inclusion proof a record (C2SP tlog-proof), time stamps (RFC 3161, OpenTimestamps) if any
manifest.*  hash of every file here, and the log's signature over it
`;
}
