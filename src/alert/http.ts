/**
 * How channels send: one request, one short answer, no redirects. The addresses are the operator's own settings, never a
 * page's, so they may lie in private networks: a chat server beside this machine is an ordinary case, and nobody else chooses them.
 */
import { AsPostedError } from '../model/index.js';
import type { Delivery } from './channel.js';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1024;
/** The other side may ask for patience, not for silence. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export interface Outgoing {
  /** Its path and query may hold a token: of it, only the host is ever named. */
  url: string;
  method?: 'GET' | 'POST' | 'PUT';
  headers?: Readonly<Record<string, string>>;
  /** None with GET. */
  body?: string;
}

export interface Answer {
  status: number;
  /** As JSON where it is some, for codes a protocol defines. Written by the other side: not to be repeated in records. */
  json: Readonly<Record<string, unknown>>;
  /** What the answer asks us to wait. */
  retryAfterMs: number | undefined;
}

/** ALERT_FAILED: nobody took the message, and it is sent again later. */
export class AlertFailed extends AsPostedError {
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { retryAfterMs, hint }: { retryAfterMs?: number | undefined; hint?: string } = {}) {
    super({ code: 'ALERT_FAILED', retry: 'later', message, ...(hint === undefined ? {} : { hint }) });
    this.retryAfterMs = retryAfterMs === undefined ? undefined : Math.min(Math.max(retryAfterMs, 0), LONGEST_WAIT_MS);
  }
}

/** Throws AlertFailed for whatever is no answer, without the library's error: that quotes addresses with their tokens. */
export async function exchange({ url, method = 'POST', headers = {}, body }: Outgoing): Promise<Answer> {
  const address = withoutCredentials(url);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let got: { response: Response; text: string };
  try {
    const response = await fetch(address.url, {
      method,
      headers: {
        'user-agent': 'asposted',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...address.headers,
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      signal,
      redirect: 'manual',
    });
    got = { response, text: await beginning(response) };
  } catch (thrown) {
    throw new AlertFailed(`${hostOf(url)} did not take the message: ${reason(thrown)}`);
  }
  const json = parsed(got.text);
  return { status: got.response.status, json, retryAfterMs: retryAfter(got.response.headers) };
}

/** Sends, and judges the answer. */
export async function post(outgoing: Outgoing): Promise<Delivery> {
  return judge(outgoing.url, await exchange(outgoing));
}

/**
 * 2xx is delivered; 5xx, 408, 425, 429 and 401 are for later, since an outage, a limit or a token that ran out say nothing of
 * the message; any other answer, a redirect too, is a refusal and final.
 */
export function judge(url: string, { status, retryAfterMs }: Answer): Delivery {
  const host = hostOf(url);
  if (status === 401)
    throw new AlertFailed(`${host} did not accept the token (HTTP 401)`, {
      hint: 'Look at the settings of this channel; what there is to tell is kept until then.',
    });
  if (status >= 500 || [408, 425, 429].includes(status))
    throw new AlertFailed(`${host} did not take the message: HTTP ${status}`, { retryAfterMs });
  return { outcome: status >= 200 && status < 300 ? 'delivered' : 'refused', detail: `HTTP ${status}` };
}

/** Only the host of an address is named. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the address in the settings';
}

/** `https://user:pass@host` as a header, which is where fetch wants it. */
function withoutCredentials(text: string): { url: string; headers: Record<string, string> } {
  if (!URL.canParse(text)) return { url: text, headers: {} };
  const url = new URL(text);
  if (url.username === '' && url.password === '') return { url: text, headers: {} };
  const plain = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = url.password = '';
  return { url: url.href, headers: { authorization: `Basic ${Buffer.from(plain).toString('base64')}` } };
}

/** Read as far as anything in it may matter; who sends more is cut off. */
async function beginning(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (response.body) {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      parts.push(part);
      length += part.length;
      if (length >= MOST_BYTES) break; // leaving the loop cancels the body
    }
  }
  return Buffer.concat(parts).subarray(0, MOST_BYTES).toString('utf8');
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Seconds, or a date, which is held against the server's own clock. */
export function retryAfter(headers: Pick<Headers, 'get'>): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const wait = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : wait;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refused the connection',
  ECONNRESET: 'it broke off the connection',
  UND_ERR_SOCKET: 'it broke off the connection',
  ENOTFOUND: 'its name does not resolve',
  EAI_AGAIN: 'its name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
};

/** From codes, never from sentences of libraries. */
export function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'an error';
  if (thrown.name === 'TimeoutError') return REASONS['ETIMEDOUT']!;
  for (let at: unknown = thrown; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return REASONS[code] ?? `error ${code.slice(0, 60)}`;
  }
  return thrown.cause === undefined ? 'the address cannot be used' : 'the request failed';
}
