import type { Instant } from './time.js';

/** One request and its answer as they went over the wire. `bytes` are raw: status line, header order, case and repeats, chunk framing. */
export interface Exchange {
  url: string;
  startedAt: Instant;
  requestBytes: Uint8Array;
  /** Head and body of the final (non-1xx) response exactly as received; of a spooled one the first part. */
  responseBytes: Uint8Array;
  /** The whole response, when it is too long for memory. Who asked for it (`FetchOptions.spool`) closes it. */
  spool?: SpooledBytes;
  /** 1xx answers that came first, kept apart (facts/evidence §3). */
  interimBytes?: Uint8Array;
  status: number;
  /** As received: name and value pairs, in order, with repeats. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Entity body after transfer and content decoding, for reading. Never stored in place of `responseBytes`. */
  body: Uint8Array;
  remoteAddress?: string;
  tls?: TlsFacts;
  /** `body` is the first part only: a limit on decompression or reading ended the copy. The message itself is not cut by that. */
  partial?: true;
  /** Set when a limit or the peer cut the message: values of WARC-Truncated. */
  truncated?: 'length' | 'time' | 'disconnect' | 'unspecified';
  /** The rest was not waited for: `FetchOptions.enough` had seen what it wanted. So many bytes of the body came. Never kept as evidence. */
  enoughAfter?: number;
  /** Bytes after the end of the message, not part of it. */
  trailingBytes?: number;
  durationMs: number;
}

/** Bytes in a temporary file that goes when it is closed. */
export interface SpooledBytes {
  readonly length: number;
  /** From the beginning, as often as wanted. */
  open(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface TlsFacts {
  protocol: string;
  cipher: string;
  /** PEM, leaf first. */
  chain: string[];
}

/**
 * The whole way from the address asked to the answer: redirects first, the final exchange last. Where a browser rendered
 * the page, what the page asked for stands before that: the last exchange is always the page itself, as it came over the wire.
 */
export interface CaptureResult {
  requestedUrl: string;
  finalUrl: string;
  exchanges: readonly Exchange[];
  browser?: BrowserFacts;
  /** What the browser made of the page: picture, print, text, and how it went. */
  resources?: readonly PageResource[];
  /** What was wanted and could not be had on this machine. */
  missing?: readonly 'browser'[];
  /** Attached files and pictures were fetched too: their exchanges stand before those of the page. */
  files?: FilesFacts;
}

/** How the files of a page fared. */
export interface FilesFacts {
  kept: number;
  /** Of their answers, as received. */
  bytes: number;
  /** Asked for without an answer that is one. */
  failed: number;
  /** Named by the page, and not asked for: a limit, or a host that wants to be left alone. */
  left: number;
}

export interface BrowserFacts {
  name: string;
  version: string;
  /** Exchanges kept, and the bytes of their answers. */
  requests: number;
  bytes: number;
  /** Requests of the page that were refused or had no answer. */
  failed: number;
}

/** Made on the spot, never sent by anybody: hence a `urn:` of its own. */
export interface PageResource {
  url: string;
  type: string;
  at: Instant;
  bytes: Uint8Array;
}

/** Closes the temporary files of a capture, once it is written or given up. */
export async function releaseCapture({ exchanges }: Pick<CaptureResult, 'exchanges'>): Promise<void> {
  for (const { spool } of exchanges) await spool?.close();
}

/** Settings of one fetch. All have defaults in the settings table. */
export interface FetchOptions {
  userAgent?: string;
  acceptLanguage?: string;
  /** Extra CA certificates in PEM, for this source only (facts/watching §4: never globally). */
  ca?: string;
  /** Apply robots.txt: discovery does, re-checking one known public address does not. */
  obeyRobots?: boolean;
  /** Headers such as If-None-Match. Never cookies or credentials. */
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** Instead of those of the settings, for files that are larger than pages: lists. */
  limits?: { maxBytes?: number; timeoutMs?: number };
  /** Asks by POST: some search services take nothing else. Stands in the request as it was sent; its redirects are not followed. */
  post?: { body: Uint8Array; contentType: string };
  /** `false`: a redirect is the answer. For addresses that carry a secret, which no other host may see. */
  follow?: false;
  /**
   * Long responses go to a temporary file instead of memory, and no more of a body is decoded than a reader takes
   * (`READING_BYTES`). The caller releases the capture (`releaseCapture`).
   */
  spool?: boolean;
  /**
   * Is shown the decoded body of each answer piece by piece as it comes, and says whether the connection may be closed, or more is to
   * be shown, or the whole is wanted without it being asked again. Not for rendered pages.
   */
  enough?: (piece: Uint8Array, of: { url: string; status: number }) => 'enough' | 'more' | 'whole';
  /** Render the page in a browser. `required`: fails without one. `wanted`: the plain capture is made and says what is missing. */
  browser?: 'required' | 'wanted';
}

/** The network as the stages see it: polite, guarded, byte-exact. Throws AsPostedError with a capture code. */
export interface Fetcher {
  fetch(url: string, options?: FetchOptions): Promise<CaptureResult>;
  close(): Promise<void>;
}

/** The host of an address with its port, or nothing where it is no address. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');
