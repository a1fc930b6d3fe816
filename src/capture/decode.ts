import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, constants } from 'node:zlib';
import { AsPostedError } from '../model/index.js';
import { type HttpHead, frameBody, headerOf, parseHead } from '../verify/index.js';

export interface DecodeLimits {
  /** Largest body after decompression, bytes. */
  maxBytes: number;
  /** Largest ratio of decompressed to received bytes, for bodies over 1 MB. */
  maxRatio: number;
}

export const DECODE_DEFAULTS: DecodeLimits = { maxBytes: 12_000_000, maxRatio: 100 };
const FREE = 1_000_000;
const MAX_CODINGS = 3;

/** Undoes Content-Encoding on a copy. Throws TOO_LARGE for a decompression bomb, BAD_ENCODING for damaged or cut data. */
export function decodeContent(
  payload: Uint8Array,
  encoding: string,
  { maxBytes, maxRatio }: DecodeLimits,
  cut = false,
): Uint8Array {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'identity');
  if (codings.length > MAX_CODINGS)
    throw new AsPostedError({ code: 'BAD_ENCODING', message: `the body is encoded ${codings.length} times over` });
  let body = payload;
  for (const coding of codings.reverse()) {
    if (body.length === 0) return body;
    const limit = Math.min(maxBytes, Math.max(FREE, body.length * maxRatio));
    try {
      body = decodeOne(body, coding, limit, cut);
    } catch (cause) {
      if (cause instanceof AsPostedError) throw cause;
      if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
        throw new AsPostedError({
          code: 'TOO_LARGE',
          message: `${payload.length} bytes of ${coding} decompress to more than ${limit}`,
          hint: 'Raise capture.maxBytes or capture.maxRatio if you trust the site.',
          cause,
        });
      }
      throw new AsPostedError({
        code: 'BAD_ENCODING',
        retry: 'later',
        message: `the body says it is ${coding} but is damaged or cut off`,
        cause,
      });
    }
  }
  return body;
}

function decodeOne(body: Uint8Array, coding: string, maxOutputLength: number, cut: boolean): Uint8Array {
  const finish = cut ? { finishFlush: constants.Z_SYNC_FLUSH } : {};
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(body, { maxOutputLength, ...finish });
    case 'deflate':
      // Some servers send raw deflate under this name; the zlib header tells (RFC 1950 §2.2).
      return (body[0]! & 0x0f) === 8 && ((body[0]! << 8) | (body[1] ?? 0)) % 31 === 0
        ? inflateSync(body, { maxOutputLength, ...finish })
        : inflateRawSync(body, { maxOutputLength, ...finish });
    case 'br':
      return brotliDecompressSync(body, {
        maxOutputLength,
        ...(cut ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
      });
    default:
      throw new AsPostedError({
        code: 'BAD_ENCODING',
        message: `the body is encoded as ${coding.slice(0, 40)}, which was not asked for`,
      });
  }
}

export interface HttpResponse {
  status: number;
  headers: HttpHead['headers'];
  body: Uint8Array;
}

/** A stored response as the reader takes it. A body that cannot be decoded is read as it lies: the capture stays what it is. */
export function parseHttpResponse(
  bytes: Uint8Array,
  limits: DecodeLimits = { maxBytes: 600_000_000, maxRatio: 10_000 },
): HttpResponse {
  const head = parseHead(bytes);
  const framed = frameBody(bytes, head);
  const encoding = headerOf(head.headers, 'content-encoding') ?? '';
  return {
    status: head.status,
    headers: head.headers,
    body: decodeContent(framed.payload, encoding, limits, !framed.complete),
  };
}
