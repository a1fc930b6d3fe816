/** Which of the exchanges the proxy saw are the page's own, and which of those are the page itself. */
import type { BrowserContext, Page, Response } from 'playwright-core';
import type { Exchange } from '../../model/index.js';
import { NUMBER_HEADER } from './forward.js';
import type { AskedFor, FailedRequest, Visit } from './visit.js';

interface DocumentAnswer {
  number: number;
  response: Response;
}

export interface Sorted {
  /** What the page asked for, in the order it asked. */
  parts: Exchange[];
  /** Main documents in order: redirects, and pages a script went on to. */
  documents: AskedFor[];
  /** The document the page ended on. */
  last?: AskedFor;
  failed: FailedRequest[];
  /** Without an answer when the time was up, or given up by the page. */
  unfinished: number;
  /** Seen by the proxy and never issued by the page: the browser's own, such as the site's icon. */
  dropped: number;
}

/** Listens to what the page's context issues. The browser may ask for more on its own account: that is no part of the page. */
export class IssuedRequests {
  private readonly issued = new Set<string>();
  private readonly answered = new Set<number>();
  private readonly documents: DocumentAnswer[] = [];

  constructor(context: BrowserContext, page: Page) {
    context.on('request', (request) => this.issued.add(key(request.method(), request.url())));
    context.on('response', (response) => {
      const number = numberOf(response);
      if (number === undefined) return; // answered inside the browser (HSTS, data:)
      this.answered.add(number);
      if (isMainDocument(response, page)) this.documents.push({ number, response });
    });
  }

  sort({ asked }: Visit): Sorted {
    const numbers = new Set(this.documents.map(({ number }) => number));
    const own = asked.filter((each) => this.isIssued(each));
    const rest = own.filter(({ number }) => !numbers.has(number));
    const ended = rest.filter(({ exchange, error }) => exchange === undefined && error?.code !== 'INTERRUPTED');
    const failures = [...ended, ...own.filter(({ number, error }) => numbers.has(number) && error)];
    const last = this.lastDocument();
    return {
      parts: rest.flatMap(({ exchange }) => exchange ?? []),
      documents: this.documents.flatMap(({ number }) => asked[number] ?? []),
      ...(last === undefined ? {} : { last: asked[last]! }),
      failed: failures.flatMap(({ method, url, error }) =>
        error ? { method, url, code: error.code, message: error.message } : [],
      ),
      unfinished: rest.filter(({ exchange, error }) => !exchange && (!error || error.code === 'INTERRUPTED')).length,
      dropped: asked.length - own.length,
    };
  }

  /** The last that became the page: not a download, not an answer without content, both of which leave the page as it was. */
  private lastDocument(): number | undefined {
    const became = this.documents.findLast(({ response }) => response.request().failure() === null);
    return (became ?? this.documents.at(-1))?.number;
  }

  /** A preflight is sent by the browser for a request of the page, and listed under that one only. */
  private isIssued({ number, method, url }: AskedFor): boolean {
    if (this.answered.has(number) || this.issued.has(key(method, url))) return true;
    return method === 'OPTIONS' && ['GET', 'POST'].some((each) => this.issued.has(key(each, url)));
  }
}

function key(method: string, address: string): string {
  return `${method} ${address.split('#')[0]!}`;
}

function numberOf(response: Response): number | undefined {
  const text = response.headers()[NUMBER_HEADER];
  return text === undefined ? undefined : Number(text);
}

function isMainDocument(response: Response, page: Page): boolean {
  const request = response.request();
  if (!request.isNavigationRequest()) return false;
  try {
    return request.frame() === page.mainFrame();
  } catch {
    return false; // of a page that is opening or gone: not ours
  }
}
