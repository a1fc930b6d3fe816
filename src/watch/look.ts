/** One look at one address: the effect half of a check. Nothing is stored here. */
import {
  AsPostedError,
  type CaptureResult,
  type ErrorCode,
  type Exchange,
  type FetchOptions,
  type Instant,
  type ObservationClass,
  type ObservationRecord,
  type PageVerdict,
  type Reading,
  instant,
  releaseCapture,
} from '../model/index.js';
import { readCapture } from '../read/index.js';
import type { Parts } from './parts.js';

export interface Look {
  at: Instant;
  url: string;
  capture?: CaptureResult;
  reading?: Reading;
  verdict: PageVerdict;
  failure?: AsPostedError;
  /** It was seen that the page stands, and no more was asked: nothing of this is evidence of what it says. */
  short?: ShortLook;
}

export interface ShortLook {
  status: number;
  headers: Exchange['headers'];
  /** Left after so many bytes of the body. */
  leftAfter?: number;
  /** The server says that it is what it was then. */
  same?: Pick<ObservationRecord, 'exhibit' | 'textHash' | 'validators'>;
}

/** How a look may come to an end before the page does (`shorterLook`). */
export interface Shorter {
  fetchOptions: Pick<FetchOptions, 'enough' | 'headers'>;
  same?: ShortLook['same'];
}

/** Says nothing of the address: the user's to put right, the user's wish, or trouble of this machine. */
const OURS: ReadonlySet<ErrorCode> = new Set(['BAD_SCHEME', 'INTERRUPTED', 'NO_BROWSER', 'VAULT_FULL', 'STORE_FAILED']);

/**
 * Fetches and reads one address. Network trouble is an answer ("down", "blocked"), not an exception: it is ours, never a
 * removal. What the user got wrong (a scheme we do not speak) is thrown, and so is a full disk. Whoever looks lets go of
 * what was seen (`letGo`) once it is kept or not wanted.
 */
export async function look(
  parts: Pick<Parts, 'fetcher' | 'clock'>,
  url: string,
  options: FetchOptions = {},
  shorter?: Shorter,
): Promise<Look> {
  const at = instant(parts.clock.now());
  try {
    const headers = { ...options.headers, ...shorter?.fetchOptions.headers };
    const capture = await parts.fetcher.fetch(url, { ...options, ...shorter?.fetchOptions, headers, spool: true });
    return (await seenShortly(capture, { at, url }, shorter)) ?? (await seen(capture, { at, url }));
  } catch (thrown) {
    if (!(thrown instanceof AsPostedError) || OURS.has(thrown.code)) throw thrown;
    return { at, url, failure: thrown, verdict: failureVerdict(thrown.code) };
  }
}

async function seenShortly(
  capture: CaptureResult,
  asked: Pick<Look, 'at' | 'url'>,
  shorter: Shorter | undefined,
): Promise<Look | undefined> {
  const { status, headers, enoughAfter: leftAfter } = capture.exchanges.at(-1)!;
  const same = status === 304 ? shorter?.same : undefined;
  if (leftAfter === undefined && !same) return undefined;
  await releaseCapture(capture);
  const rule = leftAfter === undefined ? 'status-304' : 'wechat-article-begins';
  const short = { status, headers, ...(leftAfter === undefined ? {} : { leftAfter }), ...(same ? { same } : {}) };
  return { ...asked, verdict: { class: 'live', rule }, short };
}

async function seen(capture: CaptureResult, asked: Pick<Look, 'at' | 'url'>): Promise<Look> {
  try {
    const reading = readFinal(capture);
    return { ...asked, capture, reading, verdict: reading.verdict };
  } catch (error) {
    await releaseCapture(capture);
    throw error;
  }
}

/** Temporary files of long bodies go with it. */
export async function letGo({ capture }: Look): Promise<void> {
  if (capture) await releaseCapture(capture);
}

/** The reading of the last exchange of a capture. */
export function readFinal(capture: CaptureResult): Reading {
  const last = capture.exchanges.at(-1)!;
  return readCapture({
    requestedUrl: capture.requestedUrl,
    finalUrl: capture.finalUrl,
    status: last.status,
    headers: last.headers,
    body: last.body,
    ...(last.truncated === undefined ? {} : { truncated: last.truncated }),
    ...(last.partial ? { partial: true } : {}),
  });
}

/** What a failed fetch says of the notice: nothing, in one of three ways (facts/watching §10). */
export function failureVerdict(code: string): PageVerdict {
  const rule = `fetch-${code.toLowerCase().replaceAll('_', '-')}`;
  switch (code) {
    case 'RATE_LIMITED':
      return { class: 'blocked', rule, kind: 'rate' };
    case 'ROBOTS_REFUSED':
      return { class: 'blocked', rule, kind: 'refused' };
    case 'ADDRESS_REFUSED':
    case 'REQUEST_REFUSED':
    case 'BROWSER_FAILED':
    case 'TOO_LARGE':
    case 'BAD_REDIRECT':
    case 'TOO_MANY_REDIRECTS':
      return { class: 'unknown', rule, kind: 'other' };
    default:
      return { class: 'down', rule };
  }
}

/** Rebuilds a verdict for an observation that kept no capture of its own. */
export function recordedVerdict(of: ObservationClass, rule: string): PageVerdict {
  switch (of) {
    case 'live':
      return { class: 'live', rule };
    case 'blocked':
      return { class: 'blocked', rule, kind: 'refused' };
    case 'down':
      return { class: 'down', rule };
    // A definite class without its page is not trusted as such: it counts as unknown.
    case 'notice':
    case 'gone':
    case 'moved':
    case 'unknown':
      return { class: 'unknown', rule, kind: 'other' };
  }
}
