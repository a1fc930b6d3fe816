/**
 * One base error for the product: a code from a closed union, a retry rule the scheduler reads, the cause, and the next
 * step for the person who meets it. Three tables elsewhere turn a code into an exit code and an HTTP status.
 */

/** never: the same call fails again · later: wait (politeness, outage) · now: try at once, the fault was ours and passing. */
export type Retry = 'never' | 'later' | 'now';

export type ErrorCode =
  // usage and settings
  | 'USAGE'
  | 'BAD_SETTING'
  | 'BAD_INPUT'
  | 'NOT_FOUND'
  // accounts
  | 'NOT_SIGNED_IN'
  | 'NOT_ALLOWED'
  // capture
  | 'BAD_SCHEME'
  | 'ADDRESS_REFUSED'
  | 'DNS_FAILED'
  | 'CONNECT_FAILED'
  | 'TLS_FAILED'
  | 'TIMEOUT'
  | 'TOO_LARGE'
  | 'TOO_MANY_REDIRECTS'
  | 'BAD_REDIRECT'
  | 'TRUNCATED_BODY'
  | 'BAD_ENCODING'
  | 'BAD_HTTP'
  | 'ROBOTS_REFUSED'
  | 'RATE_LIMITED'
  | 'HTTP_STATUS'
  | 'NO_BROWSER'
  | 'BROWSER_FAILED'
  | 'REQUEST_REFUSED'
  // source and read
  | 'BAD_FEED'
  | 'BAD_LIST_PAGE'
  | 'NO_SOURCE_KIND'
  | 'UNREADABLE'
  // recognise, screen
  | 'BAD_CATALOGUE'
  | 'BAD_LIST'
  | 'LIST_SHRANK'
  | 'LIST_TOO_OLD'
  | 'NO_LIST'
  // preserve, verify, store
  | 'VAULT_CORRUPT'
  | 'VAULT_FULL'
  | 'LOG_CORRUPT'
  | 'VERIFY_FAILED'
  | 'SIGN_FAILED'
  | 'NO_STORE'
  | 'STORE_LOCKED'
  | 'STORE_NEWER'
  | 'STORE_FAILED'
  | 'ENGINE_FAILED'
  // alert
  | 'ALERT_FAILED'
  | 'INTERRUPTED';

export interface ErrorFacts {
  code: ErrorCode;
  /** What happened and why, one sentence, without secrets and without page content that was not escaped. */
  message: string;
  retry?: Retry;
  /** The next step for a person: an imperative sentence. */
  hint?: string;
  cause?: unknown;
}

export class AsPostedError extends Error {
  readonly code: ErrorCode;
  readonly retry: Retry;
  readonly hint: string | undefined;

  constructor({ code, message, retry = 'never', hint, cause }: ErrorFacts) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.retry = retry;
    this.hint = hint;
  }
}

/** Wraps anything thrown by a library or the system; an AsPostedError passes through unchanged. */
export function asError(thrown: unknown, facts: Omit<ErrorFacts, 'cause'>): AsPostedError {
  return thrown instanceof AsPostedError ? thrown : new AsPostedError({ ...facts, cause: thrown });
}

/** The messages of an error and its causes, outermost first, for logs and for the sentence a person reads. */
export function causeChain(error: unknown): string[] {
  const lines: string[] = [];
  for (let at: unknown = error; at instanceof Error && lines.length < 8; at = at.cause) lines.push(at.message);
  return lines;
}
