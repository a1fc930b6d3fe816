/** From a kept WARC back to what the reader takes: the same bytes the fetch saw, through the same decoding. */
import { AsPostedError, type ExhibitRecord } from '../model/index.js';
import type { ReadInput } from '../read/index.js';
import { parseHttpResponse } from '../capture/index.js';
import { readWarc } from '../verify/index.js';

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
  const response = await parseHttpResponse(last, {
    cut: record.truncated !== undefined,
    ...(record.readBytes === undefined ? {} : { maxBytes: record.readBytes }),
  });
  return {
    requestedUrl: record.url,
    finalUrl: record.finalUrl,
    status: response.status,
    headers: response.headers,
    body: response.body,
    ...(record.truncated === undefined ? {} : { truncated: record.truncated }),
    partial: response.partial,
  };
}
