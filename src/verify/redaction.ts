/**
 * A capture from which records were left out before publication. The logged exhibit record names the SHA-256 of every
 * gzip member, so what remains is proved as before, and what is missing is exactly what the signed manifest says.
 */
import { AsPostedError, type ExhibitRecord, visible } from '../model/index.js';
import { sha256Hex } from './hash.js';
import type { VerifiedClaim } from './types.js';
import { type WarcRecord, readWarc } from './warc-reader.js';

/** One record left out of the published copy of one WARC; part of the signed manifest. */
export interface Redaction {
  /** Hash of the exhibit record. */
  exhibit: string;
  /** Which WARC record, counted from 1, and its WARC-Type. */
  record: number;
  type: string;
  /** Of its gzip member, as the exhibit record has it. */
  sha256: string;
  bytes: number;
  reason: string;
  by: string;
  at: string;
}

export const wholePath = ({ warc }: ExhibitRecord): string => `exhibits/${warc.sha256}.warc.gz`;
export const redactedPath = ({ warc }: ExhibitRecord): string => `exhibits/${warc.sha256}.redacted.warc.gz`;

/** Everything in the manifest of a bundle is its maker's word until shown. Throws VERIFY_FAILED for what has no meaning. */
export function redactionsOf(manifest: unknown): Redaction[] {
  const { redactions = [] } = manifest as { redactions?: unknown };
  if (!Array.isArray(redactions)) throw bad('the list of redactions is none');
  const seen = new Set<string>();
  for (const each of redactions as Partial<Redaction>[]) {
    const texts = [each.exhibit, each.type, each.sha256, each.reason, each.by, each.at];
    const numbers = [each.record, each.bytes];
    if (
      !texts.every((text) => typeof text === 'string') ||
      !numbers.every((number) => Number.isSafeInteger(number) && number! > 0)
    )
      throw bad('a redaction lacks one of its fields');
    const place = `${each.exhibit!} ${each.record!}`;
    if (seen.has(place)) throw bad('one record is left out twice');
    seen.add(place);
  }
  return redactions as Redaction[];
}

function bad(message: string): AsPostedError {
  return new AsPostedError({ code: 'VERIFY_FAILED', message });
}

/** Throws VERIFY_FAILED, with the place, for anything that is not as recorded or not as stated. */
export async function verifyRedacted(
  bytes: Uint8Array,
  record: ExhibitRecord,
  redactions: readonly Redaction[],
): Promise<VerifiedClaim[]> {
  const what = `This observer recorded these bytes from ${visible(record.url)}`;
  const remaining = await remainingOf(bytes);
  const { records } = record.warc;
  if (records === undefined) return [unproved(what)];
  checkMissing(records, redactions);
  checkRemaining(remaining, records, redactions);
  const missing = redactions.reduce((sum, each) => sum + each.bytes, 0);
  if (bytes.length + missing !== record.warc.length)
    throw bad('what remains and what was left out are not as long as the WARC that was recorded');
  const body = bodyOf(remaining, record, redactions);
  const main: VerifiedClaim = {
    claim: what,
    verdict: 'ok',
    by: 'SHA-256 of each remaining WARC record in the logged exhibit record',
    detail: `HTTP ${record.status}, at ${record.at}; ${remaining.length} of ${records.length} records are here, byte for byte; ${body}`,
  };
  return [main, ...redactions.map((each) => leftOut(each, record))];
}

interface Remaining {
  sha256: string;
  warc: WarcRecord;
}

/** Members without a gap; one that holds no record would be bytes that nobody accounts for. */
async function remainingOf(bytes: Uint8Array): Promise<Remaining[]> {
  const found: Remaining[] = [];
  let end = 0;
  for await (const warc of readWarc(bytes)) {
    if (warc.offset !== end) throw bad(`there are bytes before the record at byte ${warc.offset} that belong to none`);
    if (warc.blockDigest === 'wrong' || warc.payloadDigest === 'wrong')
      throw bad(`the WARC record at byte ${warc.offset} does not have its digest`);
    end = warc.offset + warc.length;
    found.push({ sha256: sha256Hex(bytes.subarray(warc.offset, end)), warc });
  }
  if (end !== bytes.length) throw bad('there are bytes behind the last record');
  return found;
}

function checkMissing(records: readonly string[], redactions: readonly Redaction[]): void {
  for (const { record, sha256 } of redactions) {
    if (records[record - 1] !== sha256)
      throw bad(`the manifest leaves out a record ${record} that is not the one that was recorded`);
  }
}

function checkRemaining(
  remaining: readonly Remaining[],
  records: readonly string[],
  redactions: readonly Redaction[],
): void {
  const out = new Set(redactions.map(({ record }) => record));
  const wanted = records.map((sha256, at) => ({ sha256, number: at + 1 })).filter(({ number }) => !out.has(number));
  for (const [at, { sha256, number }] of wanted.entries()) {
    if (remaining[at]?.sha256 !== sha256)
      throw bad(`record ${number} is not the one that was recorded, or is missing without a word`);
  }
  if (remaining.length !== wanted.length) throw bad('there are more records than were recorded and not left out');
}

/** In words, what the copy shows of the answer. The type of a record that is not here is the maker’s word: the hash of the body decides. */
function bodyOf(remaining: readonly Remaining[], { payload }: ExhibitRecord, redactions: readonly Redaction[]): string {
  const last = remaining.findLast(({ warc }) => warc.type === 'response')?.warc;
  const body = last?.payload;
  if (body && sha256Hex(body) === payload.sha256)
    return `the body of the answer, ${payload.length} bytes, is the one recorded`;
  const outside = redactions.some(({ type }) => type === 'response');
  if (last && !last.payload && !outside)
    return 'the answer is here; its framing is broken, so that its body cannot be cut out';
  if (!outside) throw bad('the body in the WARC is not the one in the record, and no response was left out');
  return 'the answer itself was left out: what the page said is not shown by this copy';
}

function leftOut(
  { record: number, type, sha256, bytes, reason, by, at }: Redaction,
  record: ExhibitRecord,
): VerifiedClaim {
  return {
    claim: `Left out of the copy of ${visible(record.url)}: record ${number} (${visible(type)})`,
    verdict: 'ok',
    by: 'the signed manifest, and the SHA-256 in the logged exhibit record',
    detail: `redacted: record ${number} (${visible(type)}), ${bytes} bytes, sha256 ${sha256}, by ${visible(by)} at ${visible(at)}: ${visible(reason)}; what it held is not shown; everything else is as recorded`,
  };
}

/** Records made before they named their members bind the WARC as a whole only. */
function unproved(claim: string): VerifiedClaim {
  return {
    claim,
    verdict: 'unknown',
    by: 'the logged exhibit record',
    detail:
      'records were left out of this copy, and the exhibit was recorded before its records were bound one by one: what remains cannot be proved',
  };
}
