/** Content-Encoding is undone on a copy, as a stream: a bomb never unfolds, and a long body is read only as far as anyone reads. */
import { pipeline } from 'node:stream/promises';
import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { AsPostedError } from '../model/index.js';

export interface DecodeLimits {
  /** Largest body after decompression, bytes. */
  maxBytes: number;
  /** Largest ratio of decompressed to received bytes, for bodies over 1 MB. */
  maxRatio: number;
}

/** No more of one body is read than this: no notice is longer, and what is longer is kept all the same. */
export const READING_BYTES = 12_000_000;

const FREE = 1_000_000;
const MAX_CODINGS = 3;

type Source = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

export interface Encoded {
  payload: Source;
  length: number;
  /** Value of Content-Encoding. */
  encoding: string;
  /** The payload is not whole: what can be decoded of it is. */
  cut: boolean;
}

export interface DecodedCopy {
  body: Uint8Array;
  /** A limit ended the copy: there was more. */
  partial: boolean;
}

/** As much of the body as the limits allow. Throws BAD_ENCODING for damaged data and for codings that were not asked for. */
export async function decodeContent(
  { payload, length, encoding, cut }: Encoded,
  { maxBytes, maxRatio }: DecodeLimits,
): Promise<DecodedCopy> {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'identity');
  if (codings.length > MAX_CODINGS)
    throw new AsPostedError({ code: 'BAD_ENCODING', message: `the body is encoded ${codings.length} times over` });
  const state = { partial: false, cut };
  let source = payload;
  let limit = maxBytes;
  if (length > 0 && codings.length > 0) {
    // Each layer is bounded: what unfolds within may not come out.
    limit = Math.min(maxBytes, Math.max(FREE, length * maxRatio));
    for (const coding of codings.reverse()) source = bounded(decoded(source, coding, state), limit, state);
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of bounded(source, limit, state)) pieces.push(piece);
  return { body: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), partial: state.partial };
}

interface State {
  partial: boolean;
  cut: boolean;
}

/**
 * Shows a body that is still coming to somebody, decoded piece by piece. What cannot be decoded as it comes is not shown: the whole
 * of it is read as ever.
 */
export class EarlyCopy {
  private readonly show: (piece: Uint8Array) => void;
  private readonly flow: { pause(): void; resume(): void };
  private decoder: Transform | undefined;
  private coding: string | undefined;

  /** `flow`: what sends is held until a piece is decoded, as nobody knows before whether more is wanted. */
  constructor(show: (piece: Uint8Array) => void, flow: { pause(): void; resume(): void }) {
    this.show = show;
    this.flow = flow;
  }

  /** `encoding`: the value of Content-Encoding, the same each time. */
  add(piece: Uint8Array, encoding: string): void {
    this.coding ??= encoding.trim().toLowerCase();
    if (this.coding === '' || this.coding === 'identity') this.show(piece);
    else if (CODINGS.has(this.coding)) this.unpack(piece, this.coding);
  }

  private unpack(piece: Uint8Array, coding: string): void {
    if (!this.decoder) {
      this.decoder = decoderOf(coding, piece, true);
      this.decoder.on('data', (each: Uint8Array) => {
        this.show(each);
      });
      this.decoder.on('error', () => {
        this.end(); // the reader of the whole will say what is wrong with it
      });
    }
    this.flow.pause();
    this.decoder.write(piece, () => {
      this.flow.resume();
    });
  }

  /** Nothing more is shown. */
  end(): void {
    this.coding = 'ended';
    this.decoder?.removeAllListeners('data');
    this.decoder?.destroy();
    this.flow.resume();
  }
}

const CODINGS = new Set(['gzip', 'x-gzip', 'deflate', 'br']);

async function* bounded(source: Source, limit: number, state: State): AsyncGenerator<Uint8Array> {
  let left = limit;
  for await (const piece of source) {
    if (piece.length <= left) yield piece;
    else {
      state.partial = true;
      if (left > 0) yield piece.subarray(0, left);
      return;
    }
    left -= piece.length;
  }
}

async function* decoded(source: Source, coding: string, state: State): AsyncGenerator<Uint8Array> {
  const { first, all } = await peek(source);
  const decoder = decoderOf(coding, first, state.cut);
  const feeding = pipeline(all, decoder);
  feeding.catch(() => undefined); // what it says, the decoder says too; a copy that is long enough ends it early
  try {
    for await (const piece of decoder) yield piece as Uint8Array;
  } catch (cause) {
    // A layer within that ended at its limit, or a message that was cut, need not end well.
    if (state.partial || state.cut) return;
    throw new AsPostedError({
      code: 'BAD_ENCODING',
      retry: 'later',
      message: `the body says it is ${coding} but is damaged or cut off`,
      cause,
    });
  } finally {
    decoder.destroy();
  }
}

async function peek(source: Source): Promise<{ first: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const head: Uint8Array[] = [];
  const pieces = (async function* () {
    yield* source;
  })();
  let size = 0;
  while (size < 2) {
    const { value, done } = await pieces.next();
    if (done) break;
    head.push(value);
    size += value.length;
  }
  const all = (async function* () {
    yield* head;
    yield* pieces;
  })();
  return { first: Buffer.concat(head), all };
}

function decoderOf(coding: string, first: Uint8Array, cut: boolean): Transform {
  const finish = cut ? { finishFlush: constants.Z_SYNC_FLUSH } : {};
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(finish);
    case 'deflate':
      // Some servers send raw deflate under this name; the zlib header tells (RFC 1950 §2.2).
      return (first[0]! & 0x0f) === 8 && ((first[0]! << 8) | (first[1] ?? 0)) % 31 === 0
        ? createInflate(finish)
        : createInflateRaw(finish);
    case 'br':
      return createBrotliDecompress(cut ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {});
    default:
      throw new AsPostedError({
        code: 'BAD_ENCODING',
        message: `the body is encoded as ${coding.slice(0, 40)}, which was not asked for`,
      });
  }
}
