/** From a kept WARC back to what the reader takes: the same bytes the fetch saw, through the same decoding. */
import { AsPostedError, type ExhibitRecord } from '../model/index.js';
import { type ReadInput, decodeBytes } from '../read/index.js';
import { type HttpResponse, parseHttpResponse } from '../capture/index.js';
import { headerOf, readWarc } from '../verify/index.js';

export async function readInputOf(warc: Uint8Array, record: ExhibitRecord): Promise<ReadInput> {
  let last: Uint8Array | undefined;
  for await (const each of readWarc(warc)) {
    if (each.type === 'response') last = each.block;
  }
  if (!last) {
    throw new AsPostedError({
      code: 'VAULT_CORRUPT',
      message: `the WARC of the capture of ${record.url} at ${record.at} holds no response`,
    });
  }
  const response = parseHttpResponse(last);
  return {
    requestedUrl: record.url,
    finalUrl: record.finalUrl,
    status: response.status,
    headers: response.headers,
    body: response.body,
    ...(record.truncated === undefined ? {} : { truncated: record.truncated }),
  };
}

export interface DecodedResponse extends HttpResponse {
  contentType: string;
  /** The body as text, in the charset the reader would take. */
  text: string;
}

/** A stored response with all its codings undone. Throws BAD_ENCODING or TOO_LARGE where that cannot be done. */
export function decodeResponse(block: Uint8Array): DecodedResponse {
  const response = parseHttpResponse(block);
  const contentType = headerOf(response.headers, 'content-type') ?? '';
  return { ...response, contentType, text: decodeBytes(response.body, contentType).text };
}
