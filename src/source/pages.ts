/** Fetching the page a source lists its addresses on: one place decides what counts as an answer. */
import { AsPostedError, type CaptureResult, type Exchange } from '../model/index.js';
import { type ReadInput, decodeBytes, readCapture } from '../read/index.js';
import type { SourceTools } from './source-kind.js';

export interface FetchedPage {
  url: string;
  text: string;
  contentType: string;
  capture: CaptureResult;
}

/** Discovery obeys robots.txt (facts/watching §9). Refusals and outages are errors: an empty list would read as "nothing new". */
export async function fetchPage(tools: SourceTools, url: string, signal?: AbortSignal): Promise<FetchedPage> {
  const page = await fetchPageIfThere(tools, url, signal);
  if (page) return page;
  throw statusError(url, 404);
}

/** Undefined for 404: some lists end so, and some have holes (facts/watching §3.2, §3.4). All else as `fetchPage`. */
export async function fetchPageIfThere(
  { fetcher }: SourceTools,
  url: string,
  signal?: AbortSignal,
): Promise<FetchedPage | undefined> {
  const capture = await fetcher.fetch(url, { obeyRobots: true, ...(signal ? { signal } : {}) });
  const last = capture.exchanges.at(-1)!;
  refuseCut(url, last);
  if (last.status === 404) return undefined;
  if (last.status !== 200) throw statusError(url, last.status);
  const contentType = last.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const { text } = decodeBytes(last.body, contentType);
  return { url: capture.finalUrl, text, contentType, capture };
}

/** A list of which a part came would read as one that got shorter. */
export function refuseCut(url: string, { truncated, partial }: Pick<Exchange, 'truncated' | 'partial'>): void {
  if (truncated === 'length' || partial) throw listError(url, 'it is longer than the limits allow (capture.maxBytes)');
  if (truncated !== undefined) throw listError(url, 'the answer was cut off');
}

function statusError(url: string, status: number): AsPostedError {
  const message = `${new URL(url).host} answered ${status} instead of a list`;
  return new AsPostedError({ code: 'HTTP_STATUS', retry: 'later', message });
}

/** For pages that people read: neither an outage nor a challenge, and whole. */
export function checkListPage(page: FetchedPage): void {
  refuseOutage(page.capture);
  // A list cut off in the middle would read as one from which the rest rolled off.
  if (/<html[\s>]/i.test(page.text) && !/<\/(?:html|body)\s*>/i.test(page.text.slice(-4_000)))
    throw listError(page.url, 'the page is cut off before its end');
}

/** The verdict of the reader on a page that should be a list: a challenge or an outage page is not one. */
function refuseOutage(capture: CaptureResult): void {
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
