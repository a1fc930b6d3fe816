/** What one page asked for through the proxy, and the limits it is held to. */
import { AsPostedError, type Exchange, type ErrorCode } from '../../model/index.js';

export interface VisitLimits {
  /** Most requests of one page. */
  maxRequests: number;
  /** Most bytes of one page: received and decoded counted together, because both are held in memory until the page is done. */
  maxTotalBytes: number;
}

export interface AskedFor {
  /** Its number in this visit: told to the browser, so that its answer can be found again. */
  number: number;
  method: string;
  url: string;
  exchange?: Exchange;
  error?: AsPostedError;
}

/** A request that came to nothing, as it is noted. */
export interface FailedRequest {
  method: string;
  url: string;
  code: ErrorCode;
  message: string;
}

export class Visit {
  readonly asked: AskedFor[] = [];
  /** Requests refused because the page had used up its number or its bytes: counted, never listed. */
  overLimit = 0;
  private bytes = 0;
  private readonly limits: VisitLimits;

  constructor(limits: VisitLimits) {
    this.limits = limits;
  }

  /** Throws TOO_LARGE when the page has used up what one page may. */
  begin(method: string, url: string): AskedFor {
    const { maxRequests, maxTotalBytes } = this.limits;
    const used =
      this.asked.length >= maxRequests
        ? `${maxRequests} requests`
        : this.bytes >= maxTotalBytes
          ? `${maxTotalBytes} bytes`
          : undefined;
    if (used !== undefined) {
      this.overLimit += 1;
      throw new AsPostedError({
        code: 'TOO_LARGE',
        message: `the page asked for more than ${used}`,
        hint: 'Raise capture.browser.requests or capture.browser.maxBytes if you want all of it.',
      });
    }
    const entry: AskedFor = { number: this.asked.length, method, url };
    this.asked.push(entry);
    return entry;
  }

  end(entry: AskedFor, exchange: Exchange): void {
    entry.exchange = exchange;
    this.bytes += exchange.responseBytes.length + exchange.body.length;
  }
}
