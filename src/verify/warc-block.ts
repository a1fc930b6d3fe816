/** The block of one record on its way through the digests; so much of it is held as memory allows. */
import { type Hasher, concat, hasher, toHex } from './hash.js';
import { EntityReader } from './http-entity.js';
import { type DigestVerdict, StatedDigest } from './warc-digest.js';

export interface BlockReading {
  /** The block; of a long one the first part (`partial`). */
  block: Uint8Array;
  blockLength: number;
  /** `block` and `payload` are the first part only; lengths and digests are those of the whole. */
  partial?: true;
  /** Entity body of an HTTP record (transfer encoding removed), else the block; undefined where the framing is broken. */
  payload?: Uint8Array;
  payloadLength?: number;
  payloadSha256?: string;
  blockDigest: DigestVerdict;
  payloadDigest: DigestVerdict;
}

export interface BlockFacts {
  type: string;
  contentType: string;
  blockDigest: string | undefined;
  payloadDigest: string | undefined;
  /** Bytes held of a block. */
  held: number;
}

export class BlockReader {
  private readonly facts: BlockFacts;
  private readonly block: Held;
  private readonly payload: Held;
  private readonly blockDigest: StatedDigest;
  private readonly payloadDigest: StatedDigest;
  /** Over the body as it lies, from where that is no longer the payload: chunk framing, or bytes beyond Content-Length. */
  private rawDigest: StatedDigest | undefined;
  /** Undefined where the payload digest is one, so that long bodies are hashed once less. */
  private readonly sha256: Hasher | undefined;
  private readonly http: EntityReader | undefined;
  private readonly isPayload: boolean;

  constructor(facts: BlockFacts) {
    this.facts = facts;
    this.block = new Held(facts.held);
    this.payload = new Held(facts.held);
    this.blockDigest = new StatedDigest(facts.blockDigest);
    this.payloadDigest = new StatedDigest(facts.payloadDigest);
    this.sha256 = this.payloadDigest.isSha256 ? undefined : hasher('sha256')!;
    this.isPayload = facts.type === 'resource' || facts.type === 'conversion';
    this.http = !this.isPayload && /^application\/http/i.test(facts.contentType) ? new EntityReader() : undefined;
  }

  push(bytes: Uint8Array): void {
    this.block.push(bytes);
    this.blockDigest.update(bytes);
    if (this.isPayload) this.pushPayload(bytes);
    if (!this.http) return;
    const { raw, entity } = this.http.push(bytes);
    if (raw.length > 0 && (entity.length !== 1 || entity[0]!.length !== raw.length))
      this.rawDigest ??= this.payloadDigest.copy();
    this.rawDigest?.update(raw);
    for (const piece of entity) this.pushPayload(piece);
  }

  private pushPayload(bytes: Uint8Array): void {
    this.payload.push(bytes);
    this.payloadDigest.update(bytes);
    this.sha256?.update(bytes);
  }

  finish(): BlockReading {
    this.http?.end();
    const { type } = this.facts;
    // The body of a revisit stands in another record.
    const hasPayload = type !== 'revisit' && (this.isPayload || (this.http !== undefined && !this.http.broken));
    const partial = this.block.length > this.facts.held;
    return {
      block: this.block.bytes(),
      blockLength: this.block.length,
      ...(partial ? { partial } : {}),
      ...(hasPayload
        ? {
            payload: this.payload.bytes(),
            payloadLength: this.payload.length,
            payloadSha256: toHex(this.sha256?.digest() ?? this.payloadDigest.actual()!),
          }
        : {}),
      blockDigest: this.blockDigest.verdict(),
      payloadDigest: this.payloadVerdict(!hasPayload),
    };
  }

  private payloadVerdict(unchecked: boolean): DigestVerdict {
    if (this.facts.payloadDigest === undefined) return 'absent';
    if (unchecked) return 'unchecked'; // over broken framing no digest is believed (facts/evidence §3)
    const strict = this.payloadDigest.verdict();
    // Old files hashed the body as it lies: worth saying, never worth passing.
    return strict === 'wrong' && this.rawDigest?.verdict() === 'ok' ? 'before-dechunking' : strict;
  }
}

/** The first bytes of something, and how many there were. */
class Held {
  length = 0;
  private readonly most: number;
  private readonly pieces: Uint8Array[] = [];

  constructor(most: number) {
    this.most = most;
  }

  push(bytes: Uint8Array): void {
    if (this.length < this.most) this.pieces.push(bytes.subarray(0, this.most - this.length));
    this.length += bytes.length;
  }

  bytes(): Uint8Array {
    return this.pieces.length === 1 ? this.pieces[0]! : concat(this.pieces);
  }
}
