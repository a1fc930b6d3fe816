/** What of a log lies inside a WACZ of ours: records, proofs, checkpoint, stamps, and the log’s word for the package’s key. */
import { type BundleManifest, type EvidencePlaces, logClaims } from './bundle.js';
import { isFailed } from './failed.js';
import { LOG_KEY, logKeyOf } from './log-key.js';
import { fromUtf8 } from './hash.js';
import { openNote } from './note.js';
import { isObject } from './strict-json.js';
import type { VerifiedClaim, VerifyOptions } from './types.js';
import type { WaczReport } from './wacz.js';

/** The note in which the log’s key vouches for the key that signs packages. */
export const PACKAGE_KEY_NOTE = 'log/package-key.note';

/** Two levels at most: py-wacz compares no more of a path than its last two parts. */
export const WACZ_PLACES: EvidencePlaces = {
  warc: (record) => `archive/${record.warc.sha256}.warc.gz`,
  proof: (index) => `proofs/${index}.tlog-proof`,
};

/** The manifest’s own key `asposted`: which records lie here, and of which log. */
export type LoggedRecords = Pick<BundleManifest, 'origin' | 'records'>;

/** What the log’s key signs about a package key: a sentence of its own, so that it can never be taken for a checkpoint. */
export const packageKeyText = (spkiSha256: string): string => `asposted package key\nsha256:${spkiSha256}\n`;

export interface LogPart {
  claims: VerifiedClaim[];
  /** The log vouches for the key that signed the package, and by whom that log is known. */
  vouched: VerifiedClaim['verdict'] | undefined;
}

/** Undefined where the package holds nothing of a log. */
export async function logPart(report: WaczReport, options: VerifyOptions): Promise<LogPart | undefined> {
  const { contents: members, logged } = report;
  if (!members.has(LOG_KEY) && logged === undefined) return undefined;
  const claims: VerifiedClaim[] = [];
  let vouched: LogPart['vouched'];
  try {
    const records = recordsOf(logged);
    if (!records) {
      const detail = 'the manifest does not say in a readable form which records of the log are here';
      return {
        claims: [{ claim: 'The log’s part can be read', verdict: 'failed', by: 'the manifest', detail }],
        vouched,
      };
    }
    const known = logKeyOf(members, options);
    const { key } = known;
    claims.push(...known.claims);
    const evidence = { members, known, key, ...records, places: WACZ_PLACES };
    for await (const each of logClaims(evidence, options)) claims.push(each);
    const note = openNote(fromUtf8(members.get(PACKAGE_KEY_NOTE)?.bytes ?? new Uint8Array()) ?? '', [key]);
    if (report.signer.kind === 'anonymous' && note?.text === packageKeyText(report.signer.key))
      vouched = known.claims.at(-1)!.verdict;
  } catch (thrown) {
    if (!isFailed(thrown)) throw thrown;
    claims.push(thrown.claim);
  }
  return { claims, vouched };
}

function recordsOf(logged: unknown): LoggedRecords | undefined {
  if (!isObject(logged)) return undefined;
  const { origin, records } = logged;
  if (typeof origin !== 'string' || !Array.isArray(records) || records.length > 100_000) return undefined;
  const read = records.map((each: unknown) => {
    if (!isObject(each)) return undefined;
    const { index, record, type, at } = each;
    const whole =
      typeof index === 'number' && typeof record === 'string' && typeof type === 'string' && typeof at === 'string';
    return whole && Number.isSafeInteger(index) && /^[0-9a-f]{64}$/.test(record)
      ? { index, record, type, at }
      : undefined;
  });
  return read.includes(undefined) ? undefined : { origin, records: read.filter((each) => each !== undefined) };
}
