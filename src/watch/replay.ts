/** From a kept WARC back to what the reader takes: the same bytes the fetch saw, through the same decoding. */
import { AsPostedError, type ExhibitRecord } from '../model/index.js';
import type { ReadInput } from '../read/index.js';
import { parseHttpResponse } from '../capture/index.js';
import { MainResponse, readWarc } from '../verify/index.js';

export async function readInputOf(warc: Uint8Array, record: ExhibitRecord): Promise<ReadInput> {
  const main = new MainResponse();
  for await (const each of readWarc(warc)) main.see(each);
  if (!main.record) {
    throw new AsPostedError({
      code: 'VAULT_CORRUPT',
      message: `the WARC of the capture of ${record.url} at ${record.at} holds no response`,
    });
  }
  const response = parseHttpResponse(main.record.block);
  return {
    requestedUrl: record.url,
    finalUrl: record.finalUrl,
    status: response.status,
    headers: response.headers,
    body: response.body,
    ...(record.truncated === undefined ? {} : { truncated: record.truncated }),
  };
}
