/** Fetching the page a source lists its addresses on: one place decides what counts as an answer. */
import { AsPostedError, type CaptureResult } from '../model/index.js';
import { type ReadInput, decodeBytes, readCapture } from '../read/index.js';
import type { SourceTools } from './source-kind.js';

export interface FetchedPage {
  url: string;
  text: string;
  contentType: string;
}

/** Discovery obeys robots.txt (facts/watching §9). Refusals and outages are errors: an empty list would read as "nothing new". */
export async function fetchPage({ fetcher }: SourceTools, url: string, signal?: AbortSignal): Promise<FetchedPage> {
  const capture = await fetcher.fetch(url, { obeyRobots: true, ...(signal ? { signal } : {}) });
  const last = capture.exchanges.at(-1)!;
  if (last.truncated === 'length' || last.partial)
    throw listError(url, 'it is longer than the limits allow (capture.maxBytes)');
  if (last.truncated !== undefined) throw listError(url, 'the answer was cut off');
  if (last.status !== 200)
    throw new AsPostedError({
      code: 'HTTP_STATUS',
      retry: 'later',
      message: `${new URL(url).host} answered ${last.status} instead of a list`,
    });
  const contentType = last.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return { url: capture.finalUrl, text: decodeBytes(last.body, contentType).text, contentType };
}

/** The verdict of the reader on a page that should be a list: a challenge or an outage page is not one. */
export function refuseOutage(capture: CaptureResult): void {
  const last = capture.exchanges.at(-1)!;
  const input: ReadInput = {
    requestedUrl: capture.requestedUrl,
    finalUrl: capture.finalUrl,
    status: last.status,
    headers: last.headers,
    body: last.body,
  };
  const { verdict } = readCapture(input);
  if (verdict.class !== 'live') throw listError(capture.requestedUrl, `the page is no list (${verdict.rule})`);
}

export function listError(url: string, why: string, cause?: unknown): AsPostedError {
  const where = URL.canParse(url) ? new URL(url).host : url;
  return new AsPostedError({
    code: 'BAD_LIST_PAGE',
    retry: 'later',
    message: `the list at ${where} could not be read: ${why}`,
    hint: 'Nothing was taken from it; the notices already known go on being checked.',
    cause,
  });
}
