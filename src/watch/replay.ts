/** From a kept WARC back to what the reader takes: the same bytes the fetch saw, through the same decoding. */
import { AsPostedError, type ExhibitRecord } from '../model/index.js';
import { type ReadInput, decodeBytes } from '../read/index.js';
import { type HttpResponse, parseHttpResponse } from '../capture/index.js';
import { type Bytes, MainResponse, type WarcRecord, headerOf, readWarc } from '../verify/index.js';

export async function readInputOf(warc: Bytes, record: ExhibitRecord): Promise<ReadInput> {
  const main = new MainResponse();
  for await (const each of readWarc(warc)) main.see(each);
  if (!main.record || (main.record.type === 'resource' && !record.imported)) {
    throw new AsPostedError({
      code: 'VAULT_CORRUPT',
      message: `the WARC of the capture of ${record.url} at ${record.at} holds no response`,
    });
  }
  if (main.record.type === 'resource') return fileInput(main.record, record);
  const response = await parseHttpResponse(main.record.block, {
    cut: record.truncated !== undefined || main.record.partial === true,
    ...(record.readBytes === undefined ? {} : { maxBytes: record.readBytes }),
  });
  return {
    requestedUrl: record.url,
    finalUrl: record.finalUrl,
    status: response.status,
    headers: response.headers,
    body: response.body,
    ...(record.truncated === undefined ? {} : { truncated: record.truncated }),
    partial: response.partial || main.record.partial === true,
  };
}

/** A file that came without an answer: it is read as the body of one. */
function fileInput({ block, partial }: WarcRecord, { url, finalUrl, mediaType, truncated }: ExhibitRecord): ReadInput {
  return {
    requestedUrl: url,
    finalUrl,
    status: 200,
    headers: [['Content-Type', mediaType]],
    body: block,
    ...(truncated === undefined ? {} : { truncated }),
    ...(partial ? { partial } : {}),
  };
}

export interface DecodedResponse extends HttpResponse {
  contentType: string;
  /** The body as text, in the charset the reader would take. */
  text: string;
}

/** What is decoded of one body at most (facts/evidence §22.2). */
const DECODED_BYTES = 256 * 2 ** 20;

/** A stored response with all its codings undone. Throws BAD_ENCODING or TOO_LARGE where that cannot be done. */
export async function decodeResponse(block: Uint8Array): Promise<DecodedResponse> {
  const response = await parseHttpResponse(block, { maxBytes: DECODED_BYTES });
  if (response.partial)
    throw new AsPostedError({ code: 'TOO_LARGE', message: `a body has more than ${DECODED_BYTES} bytes when decoded` });
  const contentType = headerOf(response.headers, 'content-type') ?? '';
  return { ...response, contentType, text: decodeBytes(response.body, contentType).text };
}
