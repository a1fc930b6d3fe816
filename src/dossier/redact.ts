/** Records left out of the published copy of a capture: which ones, and the WARC without them. Nothing in the vault changes. */
import { AsPostedError, type ExhibitRecord, type LoggedRecord, idFromHash } from '../model/index.js';
import { type Redaction, type WarcRecord, readWarc, sha256Hex, wholePath } from '../verify/index.js';
import type { Finding } from './publish/index.js';

export interface RedactionOrder {
  /** `E-…:2` (record, counted from 1) or `E-…:request` (all of that type); the id may be shortened. */
  records: readonly string[];
  /** Also every record in which the check before publication found something. */
  findings: boolean;
  reason: string;
  by: string;
}

type Exhibit = LoggedRecord & { record: ExhibitRecord };

/** Numbers of the records to leave out, by the path of the whole WARC. */
export type Cuts = ReadonlyMap<string, ReadonlySet<number>>;

/** A WARC file of the bundle, read once. */
export type WarcOf = (exhibit: ExhibitRecord) => Promise<Uint8Array>;

export const exhibitsIn = (records: readonly LoggedRecord[]): Exhibit[] =>
  records.filter((each): each is Exhibit => each.record.type === 'exhibit');

/** Throws BAD_INPUT for a place that is not in the bundle, and for an exhibit whose copy could not be proved. */
export async function cutsOf(
  order: RedactionOrder,
  { records, findings, warcOf }: { records: readonly LoggedRecord[]; findings: readonly Finding[]; warcOf: WarcOf },
): Promise<Cuts> {
  const cuts = new Map<string, Set<number>>();
  const exhibits = exhibitsIn(records);
  const add = ({ record }: Exhibit, numbers: readonly number[]): void => {
    const path = wholePath(record);
    cuts.set(path, new Set([...(cuts.get(path) ?? []), ...numbers]));
  };
  for (const text of order.records) {
    const { exhibit, which } = placeOf(text, exhibits);
    add(exhibit, numbersOf(text, which, await recordsIn(await warcOf(exhibit.record))));
  }
  if (order.findings) {
    for (const { member, record, weight } of findings) {
      const exhibit = exhibits.find((each) => wholePath(each.record) === member);
      if (exhibit && record && weight === 'refuse') add(exhibit, [record.number]);
    }
  }
  for (const exhibit of exhibits) if (cuts.has(wholePath(exhibit.record))) mustBeProvable(exhibit);
  return cuts;
}

function placeOf(text: string, exhibits: readonly Exhibit[]): { exhibit: Exhibit; which: string } {
  const match = /^(E-[0-9A-Z]+):(\d{1,6}|[a-z]+)$/.exec(text);
  const found = match ? exhibits.filter(({ hash }) => idFromHash('E', hash).startsWith(match[1]!)) : [];
  if (!match || found.length !== 1) {
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: match
        ? `${match[1]!} names ${found.length} exhibits of this bundle`
        : `${text} names no record of an exhibit`,
      hint: 'Write exhibit and record as the refusal names them: E-4QK9…:2, or E-4QK9…:request for all of that type.',
    });
  }
  return { exhibit: found[0]!, which: match[2]! };
}

function numbersOf(text: string, which: string, records: readonly WarcRecord[]): number[] {
  const numbers = records
    .map(({ type }, at) => ({ type, number: at + 1 }))
    .filter(({ type, number }) => String(number) === which || type === which)
    .map(({ number }) => number);
  if (numbers.length > 0) return numbers;
  const there = records.map(({ type }, at) => `${at + 1} (${type})`).join(', ');
  throw new AsPostedError({ code: 'BAD_INPUT', message: `${text} is not there`, hint: `There are: ${there}.` });
}

/** Older exhibits name their WARC as a whole only: a copy with a hole could be anything. */
function mustBeProvable({ hash, record }: Exhibit): void {
  if (record.warc.records !== undefined) return;
  throw new AsPostedError({
    code: 'BAD_INPUT',
    message: `${idFromHash('E', hash)} was recorded before its WARC records were bound one by one: with one left out, nothing of it could be proved`,
    hint: 'Capture the page again and use the new exhibit.',
  });
}

async function recordsIn(warc: Uint8Array): Promise<WarcRecord[]> {
  const records: WarcRecord[] = [];
  for await (const each of readWarc(warc)) records.push(each);
  return records;
}

export interface Cut {
  bytes: Uint8Array;
  redactions: Omit<Redaction, 'exhibit' | 'reason' | 'by' | 'at'>[];
}

/** The members that stay, byte for byte. */
export async function withoutRecords(warc: Uint8Array, numbers: ReadonlySet<number>): Promise<Cut> {
  const kept: Uint8Array[] = [];
  const redactions: Cut['redactions'] = [];
  for (const [at, { offset, length, type }] of (await recordsIn(warc)).entries()) {
    const member = warc.subarray(offset, offset + length);
    if (numbers.has(at + 1)) redactions.push({ record: at + 1, type, sha256: sha256Hex(member), bytes: length });
    else kept.push(member);
  }
  return { bytes: Buffer.concat(kept), redactions };
}
