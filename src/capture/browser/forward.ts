/** One request of the browser on its way out and its answer on the way back: what is passed on, and what is refused. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AsPostedError, type Exchange } from '../../model/index.js';
import { frameBody, headerOf, parseHead } from '../../verify/index.js';
import { type ExchangeTools, exchange } from '../exchange.js';

/** Tells the browser's driver which recorded exchange an answer is; taken out of what servers send under this name. */
export const NUMBER_HEADER = 'asposted-exchange';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
const MAX_REQUEST_BODY = 8_000_000;

/** Of one connection only (RFC 9110 §7.6.1), or replaced by what we send ourselves. */
const NOT_SENT_ON = new Set([
  'connection',
  'proxy-connection',
  'proxy-authorization',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
  'transfer-encoding',
  'content-length',
  'expect',
  'accept-encoding',
  'authorization',
]);

/**
 * Framing is ours towards the browser. The rest would make the browser write to others behind the page's back
 * (reports, network error logging) or leave HTTP/1.1 (Alt-Svc). The record keeps all of them.
 */
const NOT_SENT_BACK = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'transfer-encoding',
  'content-length',
  'trailer',
  'upgrade',
  'alt-svc',
  'nel',
  'report-to',
  'reporting-endpoints',
  NUMBER_HEADER,
]);

export interface ForwardOptions {
  tools: ExchangeTools;
  ca?: string;
  signal: AbortSignal;
}

/** Throws REQUEST_REFUSED for what a capture never sends, and the codes of an exchange. */
export async function forward(request: IncomingMessage, url: URL, options: ForwardOptions): Promise<Exchange> {
  const method = request.method ?? '';
  refuseWhatIsNotSent(request, method, url);
  const body = await bodyOf(request, url);
  const { tools, ca, signal } = options;
  const headers = [...sentHeaders(request), ...ownHeaders(method, body)];
  return exchange(tools, { url, method, body, headers, signal, ...(ca === undefined ? {} : { ca }) });
}

function refuseWhatIsNotSent({ headers }: IncomingMessage, method: string, url: URL): void {
  const refused = !METHODS.has(method)
    ? `a ${method.slice(0, 20)} request`
    : headers.upgrade !== undefined
      ? 'a request for another protocol'
      : // A service worker could answer the page without any exchange to show for it (facts/evidence §23).
        headers['service-worker'] !== undefined
        ? 'a service worker'
        : undefined;
  if (refused === undefined) return;
  throw new AsPostedError({ code: 'REQUEST_REFUSED', message: `${refused} to ${url.host} was not sent` });
}

async function bodyOf(request: IncomingMessage, url: URL): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_REQUEST_BODY)
      throw new AsPostedError({
        code: 'REQUEST_REFUSED',
        message: `a request of more than ${MAX_REQUEST_BODY} bytes to ${url.host} was not sent`,
      });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** As the browser wrote them: order, case and repeats. */
function sentHeaders({ rawHeaders }: IncomingMessage): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at]!, rawHeaders[at + 1]!];
    if (!NOT_SENT_ON.has(name.toLowerCase())) found.push([name, value]);
  }
  return found;
}

/** The codings we can read back, for zstd is not among them, and a length that is true. */
function ownHeaders(method: string, body: Buffer): [string, string][] {
  return [
    ['Accept-Encoding', 'gzip, br, deflate'],
    ...(body.length > 0 || method === 'POST' ? [['Content-Length', String(body.length)] as [string, string]] : []),
    ['Connection', 'close'],
  ];
}

/** The answer as the browser gets it: the same status, headers and entity body; framing of this connection. */
export function answer(response: ServerResponse, got: Exchange, { number, method }: AnswerFacts): void {
  const head = parseHead(got.responseBytes);
  const { payload } = frameBody(got.responseBytes, head, method === 'HEAD');
  const headers = [...got.headers.filter(isSentBack), [NUMBER_HEADER, String(number)] as const];
  const declared = headerOf(head.headers, 'content-length');
  const isEmpty = method === 'HEAD' || got.status === 204 || got.status === 304;
  const length = isEmpty || got.truncated !== undefined ? declared : String(payload.length);
  if (length !== undefined && got.status !== 204) headers.push(['Content-Length', length]);
  response.writeHead(got.status, headers.flat());
  if (isEmpty) response.end();
  // Cut on the way to us, so cut for the browser as well: it must not take the half for the whole.
  else if (got.truncated === undefined) response.end(payload);
  else response.write(payload, () => response.destroy());
}

interface AnswerFacts {
  number: number;
  method: string;
}

/** Node refuses to write what is no header at all; the record has it as it came. */
function isSentBack([name, value]: readonly [string, string]): boolean {
  return (
    !NOT_SENT_BACK.has(name.toLowerCase()) &&
    /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) &&
    !/[^\t\x20-\x7e\x80-\xff]/.test(value)
  );
}

/** 502 in the browser; what it was is in the record. */
export function refuse(response: ServerResponse, number: number | undefined): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const marked = number === undefined ? {} : { [NUMBER_HEADER]: String(number) };
  response.writeHead(502, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store', ...marked });
  response.end('As Posted: this request was refused or had no answer.\n');
}
