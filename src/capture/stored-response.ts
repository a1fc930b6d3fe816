import { type HttpHead, frameBody, headerOf, parseHead } from '../verify/index.js';
import { READING_BYTES, decodeContent } from './decode.js';

export interface HttpResponse {
  status: number;
  headers: HttpHead['headers'];
  body: Uint8Array;
  /** `body` is the first part only. */
  partial: boolean;
}

export interface StoredFacts {
  /** How much of the body is read at most, after decoding: as much as was read when it was captured. */
  maxBytes?: number;
  /** What was received is not the whole message. */
  cut?: boolean;
}

/** A stored response as the reader takes it, through the decoding that the capture went through. */
export async function parseHttpResponse(
  bytes: Uint8Array,
  { maxBytes = READING_BYTES, cut = false }: StoredFacts = {},
): Promise<HttpResponse> {
  const head = parseHead(bytes);
  const { payload, complete } = frameBody(bytes, head);
  const encoding = headerOf(head.headers, 'content-encoding') ?? '';
  const encoded = { payload: [payload], length: payload.length, encoding, cut: cut || !complete };
  const { body, partial } = await decodeContent(encoded, { maxBytes, maxRatio: Infinity });
  return { status: head.status, headers: head.headers, body, partial };
}
