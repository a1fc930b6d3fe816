/** Collects one response, knows when it is whole, and stops it at the limits. Counts bytes before it keeps them. */
import { AsPostedError, type Exchange } from '../model/index.js';
import { BodyFramer, type HttpHead, parseHead } from '../verify/index.js';
import type { ExchangeLimits } from './exchange.js';
import { SPOOL_ABOVE, type Spool, type SpoolFolder } from './spool.js';

export type Cut = NonNullable<Exchange['truncated']>;

/** How a conversation ended: the reader was content, had seen enough, the peer closed, time ran out, or the connection broke. */
export type Ending = 'content' | 'enough' | 'closed' | 'time' | 'broken';

export interface Received {
  head: HttpHead;
  /** 1xx answers, which come first on the wire and are kept apart (facts/evidence §3). */
  interim: Uint8Array;
  /** Head and body, without what followed the message; the first part only where there is a spool. */
  bytes: Uint8Array;
  spool?: Spool;
  payloadLength: number;
  truncated?: Cut;
  trailingBytes: number;
}

export interface ReaderFacts {
  host: string;
  /** The answer to HEAD has none, whatever its head says (RFC 9112 §6.3). */
  noBody?: boolean;
  /** Without it everything stays in memory. */
  spools?: SpoolFolder | undefined;
  /** Is given the pieces of the payload as they come. */
  onPayload?: ((piece: Uint8Array, head: HttpHead) => void) | undefined;
}

export class ResponseReader {
  private readonly limits: ExchangeLimits;
  private readonly host: string;
  private readonly noBody: boolean;
  private readonly spools: SpoolFolder | undefined;
  private readonly onPayload: ReaderFacts['onPayload'];
  private spool: Spool | undefined;
  private chunks: Uint8Array[] = [];
  private size = 0;
  private interim: Uint8Array = Buffer.alloc(0);
  private head: HttpHead | undefined;
  private framer: BodyFramer | undefined;
  private payloadLength = 0;
  private trailing = 0;
  private tooLong = false;

  constructor(limits: ExchangeLimits, { host, noBody = false, spools, onPayload }: ReaderFacts) {
    this.limits = limits;
    this.host = host;
    this.noBody = noBody;
    this.spools = spools;
    this.onPayload = onPayload;
  }

  /** From here on what came is worth keeping, however the conversation ends. */
  get hasHead(): boolean {
    return this.head !== undefined;
  }

  /** True when no more is wanted: the message is complete, or a limit is reached. */
  add(chunk: Uint8Array): boolean {
    if (this.framer) return this.addBody(this.framer, chunk);
    this.keep(chunk);
    const rest = this.readHead();
    if (rest) return this.addBody(this.framer!, rest);
    if (this.size > this.limits.maxHeaderBytes) this.tooManyHeaders();
    return false;
  }

  /** Looks for the final head; leaves it alone in `chunks` and gives the first bytes of the body. */
  private readHead(): Uint8Array | undefined {
    let bytes: Uint8Array = Buffer.concat(this.chunks);
    while (hasHeadEnd(bytes)) {
      const head = parseHead(bytes);
      if (head.status === 0)
        throw new AsPostedError({
          code: 'BAD_HTTP',
          retry: 'later',
          message: `${this.host} does not answer in HTTP/1.1`,
        });
      if (head.length > this.limits.maxHeaderBytes) this.tooManyHeaders();
      this.chunks = [];
      this.size = 0;
      if (head.status >= 200 || head.status === 101) {
        this.head = head;
        this.framer = new BodyFramer(head, this.noBody);
        this.keep(bytes.subarray(0, head.length));
        return bytes.subarray(head.length);
      }
      this.interim = Buffer.concat([this.interim, bytes.subarray(0, head.length)]);
      if (this.interim.length > this.limits.maxHeaderBytes) this.tooManyHeaders();
      bytes = bytes.subarray(head.length);
      this.keep(bytes);
    }
    return undefined;
  }

  private addBody(framer: BodyFramer, chunk: Uint8Array): boolean {
    const { maxBytes, maxHeaderBytes } = this.limits;
    // Chunk framing comes on top of the body, within reason: a chunk of one byte may carry a kilobyte of extensions.
    const room = maxBytes + (framer.chunked ? maxHeaderBytes : 0) - framer.taken;
    const wanted = chunk.subarray(0, room);
    const before = framer.taken;
    for (const piece of framer.push(wanted)) {
      this.payloadLength += piece.length;
      this.onPayload?.(piece, this.head!);
    }
    const used = framer.taken - before;
    this.keep(wanted.subarray(0, used));
    if (framer.complete) this.trailing = chunk.length - used;
    else if (chunk.length > room) this.tooLong = true;
    return framer.complete || this.tooLong;
  }

  private keep(bytes: Uint8Array): void {
    this.size += bytes.length;
    if (this.spool) this.spool.write(bytes);
    else this.chunks.push(bytes);
    if (this.spool || !this.spools || !this.head || this.size <= SPOOL_ABOVE) return;
    this.spool = this.spools.create();
    for (const chunk of this.chunks) this.spool.write(chunk);
  }

  /** For a conversation that failed: nothing of it is wanted. */
  discard(): void {
    this.spool?.closeNow();
  }

  private tooManyHeaders(): never {
    throw new AsPostedError({
      code: 'TOO_LARGE',
      message: `${this.host} sends headers of more than ${this.limits.maxHeaderBytes} bytes`,
    });
  }

  finish(ending: Ending): Received {
    const { head, framer } = this;
    if (!head || !framer)
      throw new AsPostedError({
        code: 'CONNECT_FAILED',
        retry: 'later',
        message: `${this.host} closed the connection without an answer`,
      });
    if (ending === 'closed') framer.end();
    return {
      head,
      interim: this.interim,
      bytes: Buffer.concat(this.chunks),
      ...(this.spool ? { spool: this.spool } : {}),
      payloadLength: this.payloadLength,
      ...(framer.complete ? {} : { truncated: this.tooLong ? 'length' : ending === 'time' ? 'time' : 'disconnect' }),
      trailingBytes: this.trailing,
    };
  }
}

function hasHeadEnd(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return text.includes('\r\n\r\n') || text.includes('\n\n');
}
