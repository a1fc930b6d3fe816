/**
 * OpenTimestamps proofs read strictly (facts/evidence §19.1, §19.2): operations lead from the digest of a file to messages, and
 * each attestation says who has such a message. Offline; a Bitcoin block header is an input, believed at the height its giver
 * states.
 *
 * Bytes without meaning: where a message is joined to itself (Bitcoin does so with the last of an odd number of branches), append
 * and prepend give the same, and the operation byte may be either. And a proof with several attestations holds by its Bitcoin
 * branch alone: what stands in the other branches is listed as not checked, whatever it says.
 */
import { bad } from './der.js';
import {
  concat,
  digestOf,
  equalBytes,
  fromHex,
  fromUtf8,
  platformRipemd160,
  sha256Bytes,
  toHex,
  utf8,
} from './hash.js';

export type OtsDigest = 'sha1' | 'ripemd160' | 'sha256';

export type OtsAttestation = {
  /** What the attestation commits to, hex. */
  message: string;
  /** Tag of 8 bytes, hex. */
  tag: string;
} & (
  | { kind: 'bitcoin'; height: number }
  | { kind: 'litecoin'; height: number }
  /** A calendar’s promise: not a proof yet. */
  | { kind: 'pending'; uri: string }
  /** Kept and shown, never believed. */
  | { kind: 'unknown'; payload: string }
);

/** A timestamp as a tree: what is attested of a message, and the operations that lead on from it. */
export interface OtsTimestamp {
  message: Uint8Array;
  attestations: { tag: string; payload: Uint8Array }[];
  branches: OtsBranch[];
}

export interface OtsBranch {
  op: number;
  /** Empty for operations that take none. */
  argument: Uint8Array;
  next: OtsTimestamp;
}

/** A proof with all its branches, to be merged and written again (`ots-write.ts`). */
export interface OtsTree {
  fileHash: OtsDigest;
  timestamp: OtsTimestamp;
}

export interface OtsProof {
  fileHash: OtsDigest;
  /** Hex. */
  fileDigest: string;
  operations: number;
  /** In the order of the file. */
  attestations: OtsAttestation[];
}

/** facts/evidence §19.1, §22.2; the number of operations is ours (real proofs have about a hundred), so that work is bounded. */
export const OTS_LIMITS = {
  file: 1 << 20,
  message: 4096,
  hexlify: 2048,
  depth: 256,
  payload: 8192,
  uri: 1000,
  operations: 20_000,
} as const;

export const OTS_MAGIC = fromHex('004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294');
export const FILE_HASHES: Readonly<Record<number, { name: OtsDigest; length: number }>> = {
  0x02: { name: 'sha1', length: 20 },
  0x03: { name: 'ripemd160', length: 20 },
  0x08: { name: 'sha256', length: 32 },
};
const TAGS: Readonly<Record<string, 'bitcoin' | 'litecoin' | 'pending'>> = {
  '0588960d73d71901': 'bitcoin',
  '06869a0d73d71b45': 'litecoin',
  '83dfe30d2ef90c8e': 'pending',
};

type Digest = (message: Uint8Array) => Uint8Array;

/** Hashes the platform may lack, loaded when a proof first needs them. */
interface Extra {
  keccak256: Digest;
  ripemd160: Digest;
}

class NeedsExtra extends Error {}

async function loadExtra(): Promise<Extra> {
  const [{ keccak_256: keccak256 }, { ripemd160 }] = await Promise.all([
    import('@noble/hashes/sha3.js'),
    import('@noble/hashes/legacy.js'),
  ]);
  return { keccak256: (message) => keccak256(message), ripemd160: (message) => ripemd160(message) };
}

async function withExtra<T>(run: (extra?: Extra) => T): Promise<T> {
  try {
    return run();
  } catch (thrown) {
    if (!(thrown instanceof NeedsExtra)) throw thrown;
  }
  return run(await loadExtra());
}

/** Rejects with BAD_INPUT and the reason when the bytes are not exactly one proof. */
export async function readOts(bytes: Uint8Array): Promise<OtsProof> {
  if (bytes.length > OTS_LIMITS.file) throw bad('the proof is larger than 1 MiB');
  return withExtra((extra) => new Reader(bytes, extra).proof().facts);
}

/** The same proof as a tree; rejects alike. */
export async function readOtsTree(bytes: Uint8Array): Promise<OtsTree> {
  if (bytes.length > OTS_LIMITS.file) throw bad('the proof is larger than 1 MiB');
  return withExtra((extra) => new Reader(bytes, extra).proof().tree);
}

/** What a calendar answers: a timestamp of `message`, without the head of a file. Rejects like `readOts`. */
export async function readOtsTimestamp(bytes: Uint8Array, message: Uint8Array): Promise<OtsTimestamp> {
  if (bytes.length > OTS_LIMITS.file) throw bad('the timestamp is larger than 1 MiB');
  return withExtra((extra) => new Reader(bytes, extra).whole(message));
}

/** The digest a proof would state for this data. */
export async function otsDigest(kind: OtsDigest, data: Uint8Array): Promise<Uint8Array> {
  return withExtra((extra) => (kind === 'ripemd160' ? ripemd160(data, extra) : digestOf(kind, data)));
}

function ripemd160(message: Uint8Array, extra: Extra | undefined): Uint8Array {
  const digest = extra?.ripemd160(message) ?? platformRipemd160(message);
  if (!digest) throw new NeedsExtra();
  return digest;
}

class Reader {
  private at = 0;
  private operations = 0;
  private readonly attestations: OtsAttestation[] = [];
  private readonly bytes: Uint8Array;
  private readonly extra: Extra | undefined;

  constructor(bytes: Uint8Array, extra: Extra | undefined) {
    this.bytes = bytes;
    this.extra = extra;
  }

  proof(): { facts: OtsProof; tree: OtsTree } {
    const magic = this.bytes.subarray(0, OTS_MAGIC.length);
    if (!equalBytes(magic, OTS_MAGIC)) throw bad('it does not begin like an OpenTimestamps proof');
    this.at = OTS_MAGIC.length;
    if (this.byte() !== 1) throw bad('the version of the proof is unknown');
    const hash = FILE_HASHES[this.byte()];
    if (!hash) throw bad('the file hash operation is unknown');
    const digest = this.take(hash.length);
    const timestamp = this.whole(digest);
    const { operations, attestations } = this;
    return {
      facts: { fileHash: hash.name, fileDigest: toHex(digest), operations, attestations },
      tree: { fileHash: hash.name, timestamp },
    };
  }

  /** One timestamp, and nothing after it. */
  whole(message: Uint8Array): OtsTimestamp {
    const timestamp = this.timestamp(message, 0);
    if (!this.atEnd()) throw bad(`${this.bytes.length - this.at} bytes follow the proof`);
    return timestamp;
  }

  /** `( ff item )* item`, where an item is an attestation or an operation with what follows from its result. */
  private timestamp(message: Uint8Array, depth: number): OtsTimestamp {
    if (depth > OTS_LIMITS.depth) throw bad('the proof is nested too deeply');
    const made: OtsTimestamp = { message, attestations: [], branches: [] };
    for (let more = true; more;) {
      let op = this.byte();
      more = op === 0xff;
      if (more) op = this.byte();
      if (op === 0) {
        made.attestations.push(this.attestation(message));
        continue;
      }
      const argument = op === 0xf0 || op === 0xf1 ? this.argument() : new Uint8Array();
      made.branches.push({ op, argument, next: this.timestamp(this.apply(op, argument, message), depth + 1) });
    }
    return made;
  }

  private apply(op: number, argument: Uint8Array, message: Uint8Array): Uint8Array {
    if (++this.operations > OTS_LIMITS.operations) throw bad('the proof has too many operations');
    const result = this.resultOf(op, argument, message);
    if (result.length === 0) throw bad('an operation gives an empty message');
    if (result.length > OTS_LIMITS.message) throw bad('the message is too long');
    return result;
  }

  private resultOf(op: number, argument: Uint8Array, message: Uint8Array): Uint8Array {
    switch (op) {
      case 0xf0:
        return concat([message, argument]);
      case 0xf1:
        return concat([argument, message]);
      case 0xf2:
        return Uint8Array.from(message).reverse();
      case 0xf3:
        if (message.length > OTS_LIMITS.hexlify) throw bad('the message is too long to be written in hex');
        return utf8(toHex(message));
      case 0x02:
        return digestOf('sha1', message);
      case 0x03:
        return ripemd160(message, this.extra);
      case 0x08:
        return sha256Bytes(message);
      case 0x67:
        if (!this.extra) throw new NeedsExtra();
        return this.extra.keccak256(message);
      default:
        throw bad(`operation 0x${op.toString(16).padStart(2, '0')} is unknown`);
    }
  }

  private argument(): Uint8Array {
    const argument = this.varbytes(OTS_LIMITS.message, 'the argument of an operation');
    if (argument.length === 0) throw bad('the argument of an operation is empty');
    return argument;
  }

  private attestation(message: Uint8Array): { tag: string; payload: Uint8Array } {
    const tag = toHex(this.take(8));
    const payload = this.varbytes(OTS_LIMITS.payload, 'the payload of an attestation');
    this.attestations.push({ message: toHex(message), tag, ...readPayload(tag, payload) });
    return { tag, payload };
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw bad('the proof is cut off');
    return byte;
  }

  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw bad('the proof is cut off');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  varbytes(limit: number, what: string): Uint8Array {
    const length = this.varuint();
    if (length > limit) throw bad(`${what} is too long`);
    return this.take(length);
  }

  /** Little-endian base 128, shortest form, below 2^49. */
  varuint(): number {
    let value = 0;
    for (let place = 0; place < 7; place++) {
      const byte = this.byte();
      value += (byte & 0x7f) * 128 ** place;
      if (byte >= 0x80) continue;
      if (byte === 0 && place > 0) throw bad('a number is not the shortest');
      return value;
    }
    throw bad('a number is too large');
  }

  atEnd(): boolean {
    return this.at === this.bytes.length;
  }
}

/** Every later property of an attestation but its message. Payloads we know must be used up exactly. */
export function readPayload(
  tag: string,
  payload: Uint8Array,
):
  | { kind: 'bitcoin' | 'litecoin'; height: number }
  | { kind: 'pending'; uri: string }
  | { kind: 'unknown'; payload: string } {
  const kind = TAGS[tag];
  if (kind === undefined) return { kind: 'unknown', payload: toHex(payload) };
  const reader = new Reader(payload, undefined);
  const known =
    kind === 'pending'
      ? { kind, uri: fromUtf8(reader.varbytes(OTS_LIMITS.uri, 'the address of a calendar')) ?? '' }
      : { kind, height: reader.varuint() };
  if (!reader.atEnd()) throw bad('bytes follow the payload of an attestation');
  // No more letters than the reference allows, so that an address can be shown and can not smuggle anything.
  if (known.kind === 'pending' && !/^[A-Za-z0-9\-._/:]+$/.test(known.uri))
    throw bad('the address of a calendar is malformed');
  return known;
}
