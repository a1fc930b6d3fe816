/** How a page was rendered: written beside it as `urn:pageinfo:` (docs/format.md). Fields are added, never renamed. */
import type { BrowserFacts } from '../../model/index.js';
import type { Sorted } from './requests.js';
import type { Step } from './steps.js';

export interface PageInfo {
  url: string;
  finalUrl: string;
  facts: {
    name: string;
    version: string;
    userAgent: string;
    locale: string;
    timezone: string;
    viewport: { width: number; height: number };
    /** The address the browser showed at the end: scripts may change it without a request. */
    endedAt: string;
  };
  tried: readonly Step[];
  counts: Pick<BrowserFacts, 'requests' | 'bytes' | 'failed'>;
  sorted: Sorted;
  /** The browser's own requests that were refused: updates, account checks. */
  refused: number;
  overLimit: number;
}

const MOST_FAILURES = 200;

export function pageInfo(info: PageInfo): Uint8Array {
  const { url, finalUrl, facts, tried, counts, sorted, refused, overLimit } = info;
  const { endedAt, ...browser } = facts;
  const document = {
    format: 'asposted-pageinfo/1',
    url,
    finalUrl,
    endedAt,
    browser,
    tried,
    counts: {
      ...counts,
      unfinished: sorted.unfinished,
      overLimit,
      /** Of the browser itself: refused, or seen and kept out of the record because the page never asked. */
      backgroundRefused: refused,
      backgroundDropped: sorted.dropped,
    },
    failed: sorted.failed.slice(0, MOST_FAILURES),
  };
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`, 'utf8');
}
