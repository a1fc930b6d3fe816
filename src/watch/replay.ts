/** From a kept WARC back to what the reader takes: the same bytes the fetch saw, through the same decoding. */
import { AsPostedError, type ExhibitRecord } from '../model/index.js';
import type { ReadInput } from '../read/index.js';
import { parseHttpResponse } from '../capture/index.js';
import { type Bytes, readWarc } from '../verify/index.js';

export async function readInputOf(warc: Bytes, record: ExhibitRecord): Promise<ReadInput> {
  let last: { block: Uint8Array; partial?: true } | undefined;
  for await (const each of readWarc(warc)) {
    if (each.type === 'response') last = each;
  }
  if (!last) {
    throw new AsPostedError({
      code: 'VAULT_CORRUPT',
      message: `the WARC of the capture of ${record.url} at ${record.at} holds no response`,
    });
  }
  const response = await parseHttpResponse(last.block, {
    cut: record.truncated !== undefined || last.partial === true,
    ...(record.readBytes === undefined ? {} : { maxBytes: record.readBytes }),
  });
  return {
    requestedUrl: record.url,
    finalUrl: record.finalUrl,
    status: response.status,
    headers: response.headers,
    body: response.body,
    ...(record.truncated === undefined ? {} : { truncated: record.truncated }),
    partial: response.partial || last.partial === true,
  };
}
