import { tmpdir } from 'node:os';
import {
  AsPostedError,
  type CaptureResult,
  type Clock,
  type Exchange,
  type FetchOptions,
  type Fetcher,
  releaseCapture,
} from '../model/index.js';
import { headerOf } from '../verify/index.js';
import type { BrowserOptions } from './browser/index.js';
import { type Mapping, makeGuard, parseResolve } from './address-guard.js';
import { type ExchangeTools, type Lookup, dnsLookup, exchange } from './exchange.js';
import { Politeness, defaultDelay } from './politeness.js';
import { RobotsCache } from './robots.js';
import { SpoolFolder } from './spool.js';

export interface FetcherOptions {
  clock: Clock;
  /** Ranges otherwise refused (`capture.allow`). */
  allow?: readonly string[];
  /** `host:port:address:port` (`capture.resolve`). */
  resolve?: readonly string[];
  /** Extra CA certificates in PEM, for every request. */
  ca?: string;
  userAgent?: string;
  timeoutMs?: number;
  maxBytes?: number;
  maxRatio?: number;
  maxRedirects?: number;
  maxHeaderBytes?: number;
  /** Folder of temporary files for long bodies; default the system's. */
  spoolDir?: string;
  /** Pause between requests to one host; a number for all. */
  delayMs?: number | ((host: string) => number);
  lookup?: Lookup;
  /** Where the browser is looked for, and the limits of one page. */
  browser?: BrowserOptions;
}

export const DEFAULT_USER_AGENT = 'AsPosted/0.1 (keeps public notices as posted)';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where a platform asks for verification; we stop there and never solve it (facts/watching §2.3). */
const VERIFICATION = /^\/mp\/(?:wappoc_appmsgcaptcha|verify)/;

/**
 * A polite, guarded, byte-exact fetcher. Each request has a connection of its own; TLS is always verified; redirects are
 * followed by hand and each is checked like a first address; no cookies, no credentials, no Referer.
 */
export function createFetcher(options: FetcherOptions): Fetcher {
  return new GuardedFetcher(options);
}

class GuardedFetcher implements Fetcher {
  private readonly options: FetcherOptions;
  private readonly tools: ExchangeTools;
  private readonly politeness: Politeness;
  private readonly robots: RobotsCache;

  constructor(options: FetcherOptions) {
    const { clock, allow = [], resolve = [], lookup = dnsLookup, delayMs = defaultDelay } = options;
    const mappings: Mapping[] = parseResolve(resolve);
    const { timeoutMs = 30_000, maxBytes = 12_000_000, maxRatio = 100, maxHeaderBytes = 262_144 } = options;
    this.options = options;
    this.tools = {
      clock,
      spools: new SpoolFolder(options.spoolDir ?? tmpdir()),
      guard: makeGuard(allow),
      mappings,
      lookup,
      limits: { timeoutMs, maxBytes, maxRatio, maxHeaderBytes },
    };
    this.politeness = new Politeness(clock, typeof delayMs === 'number' ? () => delayMs : delayMs);
    this.robots = new RobotsCache(clock, (url) => this.one(url, {}));
  }

  async fetch(address: string, options: FetchOptions = {}): Promise<CaptureResult> {
    const { browser, ...plain } = options;
    if (browser === undefined || plain.post) return this.fetchPlainly(address, plain);
    try {
      return await this.render(address, plain);
    } catch (thrown) {
      const isOurs =
        thrown instanceof AsPostedError && (thrown.code === 'NO_BROWSER' || thrown.code === 'BROWSER_FAILED');
      if (browser === 'required' || !isOurs) throw thrown;
      // Better the bytes without the picture than nothing: the record says what is missing.
      return { ...(await this.fetchPlainly(address, plain)), missing: ['browser'] };
    }
  }

  /** One turn of its host for the page; what the page asks for follows as a browser asks for it. */
  private async render(address: string, options: FetchOptions): Promise<CaptureResult> {
    const url = checkedUrl(address);
    if (options.obeyRobots) await this.robots.check(url, this.userAgent(options));
    const { capturePage } = await import('./browser/index.js');
    const userAgent = options.userAgent ?? this.options.userAgent;
    const page = await this.politeness.turn(
      url.host,
      () =>
        capturePage(url, {
          tools: this.tools,
          browser: this.options.browser ?? {},
          signature: DEFAULT_USER_AGENT,
          ...this.trust(options),
          ...(userAgent === undefined ? {} : { userAgent }),
          ...(options.acceptLanguage === undefined ? {} : { acceptLanguage: options.acceptLanguage }),
          ...(options.signal ? { signal: options.signal } : {}),
        }),
      options.signal,
    );
    this.obeyRetryAfter(page.exchanges.at(-1)!);
    return { ...page, requestedUrl: address };
  }

  private async fetchPlainly(address: string, options: FetchOptions): Promise<CaptureResult> {
    const exchanges: Exchange[] = [];
    try {
      return await this.follow(address, options, exchanges);
    } catch (error) {
      await releaseCapture({ exchanges });
      throw error;
    }
  }

  /** Fills `exchanges` with what it met on the way. */
  private async follow(address: string, options: FetchOptions, exchanges: Exchange[]): Promise<CaptureResult> {
    const { maxRedirects = 5 } = this.options;
    let url = checkedUrl(address);
    for (;;) {
      if (options.obeyRobots) await this.robots.check(url, this.userAgent(options));
      const last = await this.one(url, options);
      exchanges.push(last);
      const follows = options.follow !== false && !options.post;
      const location = follows && REDIRECTS.has(last.status) ? headerOf(last.headers as never, 'location') : undefined;
      if (location === undefined) return { requestedUrl: address, finalUrl: url.href, exchanges };
      const next = nextUrl(location, url);
      if (VERIFICATION.test(next.pathname) && next.hostname === 'mp.weixin.qq.com')
        return { requestedUrl: address, finalUrl: next.href, exchanges };
      if (exchanges.length > maxRedirects) {
        throw new AsPostedError({
          code: 'TOO_MANY_REDIRECTS',
          message: `${address} redirects more than ${maxRedirects} times`,
          hint: 'Open it in a browser: it may want a login or cookies, which are never sent.',
        });
      }
      url = next;
    }
  }

  private userAgent(options: FetchOptions): string {
    return options.userAgent ?? this.options.userAgent ?? DEFAULT_USER_AGENT;
  }

  private async one(url: URL, options: FetchOptions): Promise<Exchange> {
    const headers: (readonly [string, string])[] = [
      ['Host', url.host],
      ['User-Agent', this.userAgent(options)],
      ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8'],
      ['Accept-Language', options.acceptLanguage ?? 'zh-CN,zh;q=0.9,en;q=0.5'],
      ['Accept-Encoding', 'gzip, br, deflate'],
      ...Object.entries(options.headers ?? {}),
      ...(options.post ? postHeaders(options.post) : []),
      ['Connection', 'close'],
    ];
    for (const [name, value] of headers) {
      if (/[\r\n\0]/.test(name + value))
        throw new AsPostedError({
          code: 'BAD_INPUT',
          message: `the request header ${JSON.stringify(name)} holds a line break`,
        });
    }
    const request = {
      url,
      headers,
      ...this.trust(options),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.spool ? { spool: true } : {}),
      ...(options.enough ? { enough: options.enough } : {}),
      ...(options.post ? { method: 'POST', body: options.post.body } : {}),
    };
    const tools = { ...this.tools, limits: { ...this.tools.limits, ...options.limits } };
    const result = await this.politeness.turn(url.host, () => exchange(tools, request), options.signal);
    this.obeyRetryAfter(result);
    return result;
  }

  /** CA certificates beside the known roots: everybody's and this source's. */
  private trust({ ca }: FetchOptions): { ca?: string } {
    const all = [this.options.ca, ca].filter((pem) => pem !== undefined).join('\n');
    return all === '' ? {} : { ca: all };
  }

  private obeyRetryAfter({ url, status, headers }: Exchange): void {
    if (status === 429 || status === 503)
      this.politeness.retryAfter(new URL(url).host, headerOf(headers as never, 'retry-after'));
  }

  async close(): Promise<void> {
    this.tools.spools.close(); // every connection is closed with its exchange
  }
}

function postHeaders({ body, contentType }: NonNullable<FetchOptions['post']>): (readonly [string, string])[] {
  return [
    ['Content-Type', contentType],
    ['Content-Length', String(body.length)],
  ];
}

function checkedUrl(address: string): URL {
  if (!URL.canParse(address)) {
    throw new AsPostedError({
      code: 'BAD_SCHEME',
      message: `${JSON.stringify(address.slice(0, 200))} is not an address`,
      hint: 'Give a full address beginning with https:// or http://.',
    });
  }
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new AsPostedError({
      code: 'BAD_SCHEME',
      message: `addresses of the kind ${url.protocol} are not captured`,
      hint: 'Give an address beginning with https:// or http://.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new AsPostedError({
      code: 'BAD_SCHEME',
      message: `the address of ${url.host} holds a user name or password`,
      hint: 'Captures are anonymous: leave them out.',
    });
  }
  return url;
}

function nextUrl(location: string, base: URL): URL {
  // Header bytes are latin1; addresses in them are UTF-8 as often as not.
  const text = Buffer.from(location, 'latin1').toString('utf8');
  if (!URL.canParse(text, base.href))
    throw new AsPostedError({
      code: 'BAD_REDIRECT',
      message: `${base.host} redirects to something that is no address`,
    });
  const next = new URL(text, base.href);
  if (next.protocol !== 'https:' && next.protocol !== 'http:')
    throw new AsPostedError({
      code: 'BAD_REDIRECT',
      message: `${base.host} redirects to an address of the kind ${next.protocol}`,
    });
  next.username = '';
  next.password = '';
  return next;
}
