/**
 * One request and its answer over a connection of its own, kept byte for byte. A plain socket, because every HTTP client
 * decodes, lower-cases and merges before one can look (facts/evidence §3).
 */
import { lookup as systemLookup } from 'node:dns/promises';
import { type Socket, connect as connectTcp, isIP } from 'node:net';
import { type SecureContext, TLSSocket, connect as connectTls, createSecureContext, rootCertificates } from 'node:tls';
import { AsPostedError, type Clock, type Exchange, type FetchOptions, instant } from '../model/index.js';
import { type HttpHead, entityPieces, headerOf } from '../verify/index.js';
import type { AddressGuard, Mapping } from './address-guard.js';
import { type DecodeLimits, type DecodedCopy, EarlyCopy, READING_BYTES, decodeContent } from './decode.js';
import { type Ending, type Received, ResponseReader } from './response-reader.js';
import type { SpoolFolder } from './spool.js';

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
  spools: SpoolFolder;
}

export interface ExchangeRequest {
  /** Long responses go to a temporary file (`FetchOptions.spool`). */
  spool?: boolean;
  url: URL;
  /** GET without it. */
  method?: string;
  /** Sent after the head as it is; the caller's headers give its length. */
  body?: Uint8Array;
  headers: readonly (readonly [string, string])[];
  enough?: FetchOptions['enough'];
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
  const wire = await converse(tools, { ...request, ...place, requestBytes, noBody });
  const limits = request.spool ? readingLimits(tools.limits) : tools.limits;
  return toExchange(limits, { url, startedAt, requestBytes, noBody, wire, durationMs: performance.now() - began });
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
  received: Received;
  /** How many bytes of the body had come when that was enough. */
  enoughAfter?: number;
  remoteAddress: string;
  tls?: { protocol: string; cipher: string; chain: string[] };
}

/** `noBody`: the answer to HEAD has none, whatever its head says (RFC 9112 §6.3). */
type Conversation = ExchangeRequest & Place & { requestBytes: Buffer; noBody: boolean };

function converse({ limits, spools }: ExchangeTools, talk: Conversation): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const socket = open(talk);
    const { url, noBody } = talk;
    const early = earlyCopy(talk, socket, () => {
      finish('enough');
    });
    const reader = new ResponseReader(limits, {
      ...{ host: url.host, noBody, spools: talk.spool ? spools : undefined },
      onPayload:
        early &&
        ((piece, head) => {
          early.add(piece, head);
        }),
    });
    let facts: Omit<Wire, 'received' | 'enoughAfter'> | undefined;
    let ended = false;
    const done = (finish: () => void): void => {
      if (ended) return; // a decoder may say that it was enough after the rest came
      ended = true;
      early?.end();
      clearTimeout(timer);
      talk.signal?.removeEventListener('abort', abort);
      socket.destroy();
      finish();
    };
    const fail = (error: unknown): void => {
      done(() => {
        reader.discard();
        reject(networkError(error, talk));
      });
    };
    const finish = (ending: Ending): void => {
      if (ended) return;
      try {
        const received = reader.finish(ending);
        done(() => {
          resolve({ received, ...facts!, ...(ending === 'enough' ? { enoughAfter: received.payloadLength } : {}) });
        });
      } catch (error) {
        fail(error);
      }
    };
    // Once a head came, what follows it is evidence, whole or cut: it is kept and says what cut it (WARC-Truncated).
    const stop = (ending: Ending, error: unknown): void => {
      if (reader.hasHead) finish(ending);
      else fail(error);
    };
    const timer = setTimeout(() => {
      stop('time', tooSlow(talk, limits));
    }, limits.timeoutMs);
    const abort = (): void => {
      fail(new AsPostedError({ code: 'INTERRUPTED', retry: 'now', message: 'interrupted' }));
    };
    talk.signal?.addEventListener('abort', abort);
    socket.once('error', (error) => {
      stop('broken', error);
    });
    socket.once(talk.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      facts = { remoteAddress: socket.remoteAddress ?? talk.address, ...tlsFacts(socket) };
      socket.on('data', (chunk: Buffer) => {
        try {
          if (reader.add(chunk)) finish('content');
        } catch (error) {
          fail(error);
        }
      });
      socket.once('end', () => {
        finish('closed');
      });
      socket.write(talk.requestBytes);
    });
  });
}

interface Early {
  add(piece: Uint8Array, head: HttpHead): void;
  end(): void;
}

function earlyCopy({ enough, url }: Conversation, flow: Socket, stop: () => void): Early | undefined {
  if (!enough) return undefined;
  let status = 0;
  const copy = new EarlyCopy((piece) => {
    const said = enough(piece, { url: url.href, status });
    if (said === 'enough') stop();
    else if (said === 'whole') copy.end();
  }, flow);
  return {
    add: (piece, head) => {
      ({ status } = head);
      copy.add(piece, headerOf(head.headers, 'content-encoding') ?? '');
    },
    end: () => {
      copy.end();
    },
  };
}

function tooSlow({ url }: Conversation, { timeoutMs }: ExchangeLimits): AsPostedError {
  return new AsPostedError({
    code: 'TIMEOUT',
    retry: 'later',
    message: `${url.host} did not answer within ${timeoutMs / 1000} s`,
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

interface Finished {
  url: URL;
  startedAt: string;
  requestBytes: Buffer;
  noBody: boolean;
  wire: Wire;
  durationMs: number;
}

async function toExchange(limits: ExchangeLimits, finished: Finished): Promise<Exchange> {
  const { url, startedAt, requestBytes, wire, durationMs } = finished;
  const { received, remoteAddress, tls, enoughAfter } = wire;
  const { head, bytes, spool, interim, truncated, trailingBytes } = received;
  const { body, partial } =
    enoughAfter === undefined ? await readingCopy(limits, received) : { body: new Uint8Array(), partial: true };
  return {
    url: url.href,
    startedAt,
    requestBytes,
    responseBytes: bytes,
    ...(spool ? { spool } : {}),
    status: head.status,
    headers: head.headers,
    body,
    remoteAddress,
    durationMs,
    ...(partial ? { partial } : {}),
    ...(interim.length > 0 ? { interimBytes: interim } : {}),
    ...(tls ? { tls } : {}),
    ...(enoughAfter === undefined ? {} : { enoughAfter }),
    ...(truncated === undefined ? {} : { truncated }),
    ...(trailingBytes > 0 ? { trailingBytes } : {}),
  };
}

/** Of a long body as much is read as it takes to tell what it is; the same limit holds when it is read again from its WARC. */
function readingLimits(limits: ExchangeLimits): ExchangeLimits {
  return { ...limits, maxBytes: Math.min(limits.maxBytes, READING_BYTES) };
}

async function readingCopy(limits: ExchangeLimits, received: Received): Promise<DecodedCopy> {
  const { head, bytes, spool, payloadLength, truncated } = received;
  const payload = entityPieces(spool ? spool.open() : [bytes], head);
  const encoding = headerOf(head.headers, 'content-encoding') ?? '';
  try {
    return await decodeContent({ payload, length: payloadLength, encoding, cut: truncated !== undefined }, limits);
  } catch (error) {
    spool?.closeNow();
    throw error;
  }
}
