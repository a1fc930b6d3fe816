/** From a kept WARC back to what the reader takes: the same bytes the fetch saw, through the same decoding. */
import { AsPostedError, type ExhibitRecord } from '../model/index.js';
import type { ReadInput } from '../read/index.js';
import { parseHttpResponse } from '../capture/index.js';
import { type Bytes, MainResponse, readWarc } from '../verify/index.js';

export async function readInputOf(warc: Bytes, record: ExhibitRecord): Promise<ReadInput> {
  const main = new MainResponse();
  for await (const each of readWarc(warc)) main.see(each);
  if (!main.record) {
    throw new AsPostedError({
      code: 'VAULT_CORRUPT',
      message: `the WARC of the capture of ${record.url} at ${record.at} holds no response`,
    });
  }
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
