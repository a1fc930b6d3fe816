/** The entity body of an HTTP message that comes in pieces, head first; bytes are an attacker's. */
import { concat } from './bytes.js';
import { BodyFramer } from './http-framing.js';
import { headEnd, parseHead } from './http-message.js';

/** A head longer than this is none. */
const MAX_HEAD = 1 << 20;

export interface EntityPieces {
  /** Bytes after the head, as they lie. */
  raw: Uint8Array;
  /** What of them is entity body. */
  entity: readonly Uint8Array[];
}

const NOTHING: EntityPieces = { raw: new Uint8Array(), entity: [] };

export class EntityReader {
  /** There is no head, or the framing breaks: nothing is claimed over the entity body. */
  broken = false;
  private framer: BodyFramer | undefined;
  private start: Uint8Array = new Uint8Array();

  push(bytes: Uint8Array): EntityPieces {
    if (this.broken) return NOTHING;
    try {
      const raw = this.framer ? bytes : this.afterHead(bytes);
      return raw ? { raw, entity: this.framer!.push(raw) } : NOTHING;
    } catch {
      this.broken = true;
      return NOTHING;
    }
  }

  /** No more comes. */
  end(): void {
    if (!this.framer) this.broken = true;
  }

  get chunked(): boolean {
    return this.framer?.chunked ?? false;
  }

  private afterHead(bytes: Uint8Array): Uint8Array | undefined {
    const all = this.start.length === 0 ? bytes : concat([this.start, bytes]);
    if (headEnd(all.subarray(0, MAX_HEAD)) === undefined) {
      this.broken = all.length >= MAX_HEAD;
      this.start = all;
      return undefined;
    }
    const head = parseHead(all);
    this.framer = new BodyFramer(head);
    return all.subarray(head.length);
  }
}
