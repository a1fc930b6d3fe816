/** Revisits: records that leave out a body which another record of the same file holds (facts/evidence §4.3). */
import { statesSha256 } from './warc-digest.js';
import type { WarcRecord } from './warc-reader.js';

interface Original {
  id: string;
  offset: number;
  payloadSha256: string;
  payloadLength: number;
  /** As stated there, and what came of it. */
  stated: string | undefined;
  verdict: WarcRecord['payloadDigest'];
  blockDigest: string | undefined;
}

const field = ({ headers }: WarcRecord, name: string): string | undefined =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1];
const bare = (value: string | undefined): string => (value ?? '').replace(/^<|>$/g, '');

/** A body that is said to be the same as one that is not in this file: the file does not stand alone. */
export function pointsOutside(record: WarcRecord): boolean {
  return (
    record.type === 'revisit' &&
    !record.revisitOf &&
    /identical-payload-digest/.test(field(record, 'warc-profile') ?? '')
  );
}

/** Remembers where bodies stand, and holds each revisit against the one it names. */
export class Revisits {
  private readonly byTarget = new Map<string, Original>();
  private readonly byId = new Map<string, Original>();

  resolved(record: WarcRecord): WarcRecord {
    if (record.type !== 'revisit') {
      if (record.payloadSha256 !== undefined && record.payloadLength! > 0) this.remember(record);
      return record;
    }
    const original = this.originalOf(record);
    const { blockDigest } = record;
    if (!original) return { ...record, blockDigest: blockDigest === 'wrong' ? 'unchecked' : blockDigest };
    // Some tools state the digest of the block that is repeated.
    const repeated = blockDigest === 'wrong' && field(record, 'warc-block-digest') === original.blockDigest;
    return {
      ...record,
      revisitOf: { id: original.id, offset: original.offset },
      payloadSha256: original.payloadSha256,
      payloadLength: original.payloadLength,
      blockDigest: repeated ? 'unchecked' : blockDigest,
      payloadDigest: verdictOf(field(record, 'warc-payload-digest'), original),
    };
  }

  private remember(record: WarcRecord): void {
    const { id, offset, targetUri, date, payloadDigest } = record;
    const original: Original = {
      id,
      offset,
      payloadSha256: record.payloadSha256!,
      payloadLength: record.payloadLength!,
      stated: field(record, 'warc-payload-digest'),
      verdict: payloadDigest,
      blockDigest: field(record, 'warc-block-digest'),
    };
    if (record.type !== 'response' && record.type !== 'resource') return;
    this.byTarget.set(`${targetUri ?? ''} ${date}`, original);
    this.byId.set(bare(id), original);
  }

  /** By address and time, as readers do; by id where these are not given. */
  private originalOf(record: WarcRecord): Original | undefined {
    if (!/identical-payload-digest/.test(field(record, 'warc-profile') ?? '')) return undefined;
    const uri = field(record, 'warc-refers-to-target-uri');
    const date = field(record, 'warc-refers-to-date');
    const id = field(record, 'warc-refers-to');
    const named = id === undefined ? undefined : this.byId.get(bare(id));
    return uri === undefined || date === undefined ? named : (this.byTarget.get(`${bare(uri)} ${date}`) ?? named);
  }
}

/** `sha-256:` and `sha256:` are one label. */
const label = (stated: string): string => stated.replace(/^(sha)-/i, '$1');

function verdictOf(stated: string | undefined, original: Original): WarcRecord['payloadDigest'] {
  if (stated === undefined) return 'absent';
  if (label(stated) === label(original.stated ?? '')) return original.verdict;
  const same = statesSha256(stated, original.payloadSha256);
  return same === undefined ? 'unchecked' : same ? 'ok' : 'wrong';
}
