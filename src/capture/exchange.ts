/**
 * One request and its answer over a connection of its own, kept byte for byte. A plain socket, because every HTTP client
 * decodes, lower-cases and merges before one can look (facts/evidence §3).
 */
import { lookup as systemLookup } from 'node:dns/promises';
import { type Socket, connect as connectTcp, isIP } from 'node:net';
import { type SecureContext, TLSSocket, connect as connectTls, createSecureContext, rootCertificates } from 'node:tls';
import { AsPostedError, type Clock, type Exchange, instant } from '../model/index.js';
import { type HttpHead, frameBody, headerOf, parseHead } from '../verify/index.js';
import type { AddressGuard, Mapping } from './address-guard.js';
import { type DecodeLimits, decodeContent } from './decode.js';

export interface ExchangeLimits extends DecodeLimits {
  timeoutMs: number;
  maxHeaderBytes: number;
}

export type Lookup = (host: string) => Promise<string[]>;

export interface ExchangeTools {
  clock: Clock;
  guard: AddressGuard;
  mappings: readonly Mapping[];
  lookup: Lookup;
  limits: ExchangeLimits;
}

export interface ExchangeRequest {
  url: URL;
  /** GET without it. */
  method?: string;
  /** Sent after the head as it is; the caller's headers give its length. */
  body?: Uint8Array;
  headers: readonly (readonly [string, string])[];
  ca?: string;
  signal?: AbortSignal;
}

export const dnsLookup: Lookup = async (host) =>
  (await systemLookup(host, { all: true, verbatim: true })).map(({ address }) => address);

export async function exchange(tools: ExchangeTools, request: ExchangeRequest): Promise<Exchange> {
  const { url, method = 'GET', body = new Uint8Array() } = request;
  const place = await locate(tools, url);
  const startedAt = instant(tools.clock.now());
  const began = performance.now();
  const lines = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const requestBytes = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
  const noBody = method === 'HEAD';
  const wire = await converse(tools.limits, { ...request, ...place, requestBytes, noBody });
  return toExchange(tools.limits, {
    url,
    startedAt,
    requestBytes,
    noBody,
    wire,
    durationMs: performance.now() - began,
  });
}

interface Place {
  address: string;
  port: number;
}

/** The address to connect to: the operator's mapping, else the first answer of DNS that the guard lets through. */
async function locate({ guard, mappings, lookup }: ExchangeTools, url: URL): Promise<Place> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const mapped = mappings.find((each) => each.host === host && each.port === port);
  if (mapped) return { address: mapped.address, port: mapped.toPort };
  if (isIP(host)) {
    guard.check(host, host);
    return { address: host, port };
  }
  let addresses: string[];
  try {
    addresses = await lookup(host);
  } catch (cause) {
    throw new AsPostedError({
      code: 'DNS_FAILED',
      retry: 'later',
      message: `no address was found for ${host}`,
      hint: 'Check the name and your network, then try again.',
      cause,
    });
  }
  const address = addresses.find((each) => guard.allows(each));
  if (address === undefined) guard.check(addresses[0] ?? '', host);
  return { address: address!, port };
}

interface Wire {
  received: Buffer;
  /** The peer closed before we were satisfied that the message is whole. */
  ended: boolean;
  head: HttpHead;
  interim: Buffer;
  remoteAddress: string;
  tls?: { protocol: string; cipher: string; chain: string[] };
}

/** `noBody`: the answer to HEAD has none, whatever its head says (RFC 9112 §6.3). */
type Conversation = ExchangeRequest & Place & { requestBytes: Buffer; noBody: boolean };

function converse(limits: ExchangeLimits, talk: Conversation): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const socket = open(talk);
    const reader = new ResponseReader(limits, talk);
    const done = (finish: () => void): void => {
      clearTimeout(timer);
      talk.signal?.removeEventListener('abort', abort);
      socket.destroy();
      finish();
    };
    const fail = (error: unknown): void => {
      done(() => {
        reject(networkError(error, talk));
      });
    };
    const timer = setTimeout(() => {
      fail(
        new AsPostedError({
          code: 'TIMEOUT',
          retry: 'later',
          message: `${talk.url.host} did not finish its answer within ${limits.timeoutMs / 1000} s`,
        }),
      );
    }, limits.timeoutMs);
    const abort = (): void => {
      fail(new AsPostedError({ code: 'INTERRUPTED', retry: 'now', message: 'interrupted' }));
    };
    talk.signal?.addEventListener('abort', abort);
    socket.once('error', fail);
    socket.once(talk.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      const facts = { remoteAddress: socket.remoteAddress ?? talk.address, ...tlsFacts(socket) };
      const finish = (ended: boolean): void => {
        try {
          const wire = reader.finish(ended);
          done(() => {
            resolve({ ...wire, ...facts });
          });
        } catch (error) {
          fail(error);
        }
      };
      socket.on('data', (chunk: Buffer) => {
        try {
          if (reader.add(chunk)) finish(false);
        } catch (error) {
          fail(error);
        }
      });
      socket.once('end', () => {
        finish(true);
      });
      socket.write(talk.requestBytes);
    });
  });
}

function open({ url, address, port, ca }: Conversation): Socket {
  if (url.protocol === 'http:') return connectTcp({ host: address, port });
  const servername = isIP(url.hostname) ? '' : url.hostname;
  return connectTls({
    host: address,
    port,
    servername,
    ALPNProtocols: ['http/1.1'],
    ...(ca === undefined ? {} : { secureContext: trusting(ca) }),
  });
}

let lastTrust: { ca: string; context: SecureContext } | undefined;

/** The known roots and these: reading them takes tens of milliseconds, and a page asks hundreds of times. */
function trusting(ca: string): SecureContext {
  if (lastTrust?.ca !== ca) lastTrust = { ca, context: createSecureContext({ ca: [...rootCertificates, ca] }) };
  return lastTrust.context;
}

function tlsFacts(socket: Socket): { tls?: Wire['tls'] & object } {
  if (!(socket instanceof TLSSocket)) return {};
  const chain: string[] = [];
  let certificate: ReturnType<TLSSocket['getPeerX509Certificate']> = socket.getPeerX509Certificate();
  while (certificate && chain.length < 10) {
    chain.push(certificate.toString());
    const { issuerCertificate } = certificate;
    certificate =
      issuerCertificate && issuerCertificate.fingerprint256 !== certificate.fingerprint256
        ? issuerCertificate
        : undefined;
  }
  const { standardName } = socket.getCipher();
  return { tls: { protocol: socket.getProtocol() ?? 'unknown', cipher: standardName, chain } };
}

/** Node's and OpenSSL's codes for a certificate that was not accepted. */
const TLS_CODES = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME|EPROTO)|CERT/;

function networkError(error: unknown, { url }: Conversation): AsPostedError {
  if (error instanceof AsPostedError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (TLS_CODES.test(code)) {
    return new AsPostedError({
      code: 'TLS_FAILED',
      retry: 'later',
      message: `the certificate of ${url.host} was not accepted (${code})`,
      hint: 'If the site uses a CA of its own, give its certificate to this source only: --set ca=FILE. Verification is never switched off.',
      cause: error,
    });
  }
  return new AsPostedError({
    code: 'CONNECT_FAILED',
    retry: 'later',
    message: `${url.host} could not be reached (${code || message})`,
    cause: error,
  });
}

/** Collects a response and knows when it is whole. Counts bytes before it keeps them. */
class ResponseReader {
  private readonly limits: ExchangeLimits;
  private readonly host: string;
  private readonly noBody: boolean;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private head: HttpHead | undefined;
  private interim: Buffer = Buffer.alloc(0);
  private tail = Buffer.alloc(0);

  constructor(limits: ExchangeLimits, { url, noBody }: Pick<Conversation, 'url' | 'noBody'>) {
    this.limits = limits;
    this.host = url.host;
    this.noBody = noBody;
  }

  /** True when the message is complete. */
  add(chunk: Buffer): boolean {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size > this.limits.maxBytes + this.limits.maxHeaderBytes) this.tooLarge();
    this.tail = Buffer.concat([this.tail, chunk]).subarray(-16);
    if (!this.head && !this.readHead()) {
      if (this.size > this.limits.maxHeaderBytes)
        throw new AsPostedError({
          code: 'TOO_LARGE',
          message: `${this.host} sends headers of more than ${this.limits.maxHeaderBytes} bytes`,
        });
      return false;
    }
    return this.isWhole(this.head!);
  }

  private readHead(): boolean {
    let bytes = this.bytes();
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n') >= 0 || bytes.indexOf('\n\n') >= 0;
      if (!end) return false;
      const head = parseHead(bytes);
      if (head.status === 0)
        throw new AsPostedError({
          code: 'BAD_HTTP',
          retry: 'later',
          message: `${this.host} does not answer in HTTP/1.1`,
        });
      if (head.status >= 200 || head.status === 101) {
        this.head = head;
        break;
      }
      // 1xx answers come first on the wire and are kept apart (facts/evidence §3).
      this.interim = Buffer.concat([this.interim, bytes.subarray(0, head.length)]);
      bytes = bytes.subarray(head.length);
      this.chunks.splice(0, this.chunks.length, bytes);
      this.size = bytes.length;
    }
    const declared = Number(headerOf(this.head.headers, 'content-length') ?? 0);
    if (declared > this.limits.maxBytes && !this.noBody) this.tooLarge(declared);
    return true;
  }

  private isWhole(head: HttpHead): boolean {
    if (this.noBody) return true;
    if (/(^|,)\s*chunked\s*$/i.test(headerOf(head.headers, 'transfer-encoding') ?? '')) {
      // The last chunk and its trailers end with an empty line: only then is it worth looking.
      return /\n\r?\n$/.test(this.tail.toString('latin1')) && frameBody(this.bytes(), head).complete;
    }
    if (headerOf(head.headers, 'content-length') === undefined) return head.status === 204 || head.status === 304;
    return frameBody(this.bytes(), head).complete;
  }

  private bytes(): Buffer {
    if (this.chunks.length > 1) this.chunks.splice(0, this.chunks.length, Buffer.concat(this.chunks));
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  private tooLarge(declared?: number): never {
    const what =
      declared === undefined ? `sends more than ${this.limits.maxBytes} bytes` : `announces ${declared} bytes`;
    throw new AsPostedError({
      code: 'TOO_LARGE',
      message: `${this.host} ${what}; the limit is ${this.limits.maxBytes}`,
      hint: 'Raise capture.maxBytes if you want this page; nothing was kept.',
    });
  }

  finish(ended: boolean): Omit<Wire, 'remoteAddress' | 'tls'> {
    if (!this.head)
      throw new AsPostedError({
        code: 'CONNECT_FAILED',
        retry: 'later',
        message: `${this.host} closed the connection without an answer`,
      });
    return { received: this.bytes(), ended, head: this.head, interim: this.interim };
  }
}

interface Finished {
  url: URL;
  startedAt: string;
  requestBytes: Buffer;
  noBody: boolean;
  wire: Wire;
  durationMs: number;
}

function toExchange(limits: ExchangeLimits, finished: Finished): Exchange {
  const { url, startedAt, requestBytes, noBody, wire, durationMs } = finished;
  const { head, received, interim, remoteAddress, tls } = wire;
  const framed = frameBody(received, head, noBody);
  const unframed = headerOf(head.headers, 'content-length') === undefined && !framed.chunked;
  const cut = !framed.complete && !unframed;
  const body = decodeContent(framed.payload, headerOf(head.headers, 'content-encoding') ?? '', limits, cut);
  if (body.length > limits.maxBytes)
    throw new AsPostedError({ code: 'TOO_LARGE', message: `${url.host} sends more than ${limits.maxBytes} bytes` });
  const extra = received.length - framed.length;
  return {
    url: url.href,
    startedAt,
    requestBytes,
    responseBytes: received.subarray(0, framed.length),
    status: head.status,
    headers: head.headers,
    body,
    remoteAddress,
    durationMs,
    ...(interim.length > 0 ? { interimBytes: interim } : {}),
    ...(tls ? { tls } : {}),
    ...(cut ? { truncated: 'disconnect' as const } : {}),
    ...(extra > 0 ? { trailingBytes: extra } : {}),
  };
}
