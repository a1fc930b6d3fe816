/**
 * The only way out a browser has: an HTTP proxy on a loopback port that opens TLS, checks every address and certificate
 * like a plain capture does, and keeps each exchange byte for byte. A page's script can ask for anything; what it gets is
 * decided here, at the address connected to, not by names.
 */
import { createHash } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import { AsPostedError, asError } from '../../model/index.js';
import { makeAuthority, makeKeyPair } from '../authority.js';
import type { ExchangeTools } from '../exchange.js';
import { answer, forward, refuse } from './forward.js';
import { type AskedFor, Visit, type VisitLimits } from './visit.js';

export interface CheckingProxyOptions {
  tools: ExchangeTools;
  /** Extra CA certificates, PEM, for the servers behind the proxy. */
  ca?: string;
  limits: VisitLimits;
}

export interface CheckingProxy {
  /** `http://127.0.0.1:port`: what the page is sent through. */
  url: string;
  /** Base64 SHA-256 of the public key of every certificate it shows, for the browser to accept this key and no other. */
  keyHash: string;
  visit: Visit;
  close(): Promise<void>;
}

export async function startCheckingProxy(options: CheckingProxyOptions): Promise<CheckingProxy> {
  return new Proxy(options).start();
}

class Proxy {
  private readonly options: CheckingProxyOptions;
  private readonly visit: Visit;
  private readonly authority = makeAuthority();
  private readonly pair = makeKeyPair();
  private readonly stop = new AbortController();
  private readonly sockets = new Set<Socket>();
  /** Scheme and authority of each tunnel the browser opened. */
  private readonly origins = new WeakMap<Socket, string>();
  private readonly server: Server;

  constructor(options: CheckingProxyOptions) {
    this.options = options;
    this.visit = new Visit(options.limits);
    // No time limit of its own: the page has one, each exchange has one.
    this.server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, (request, response) => {
      void this.handle(request, response);
    });
    this.server.on('connection', (socket: Socket) => this.sockets.add(socket));
    this.server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      this.tunnel(request.url ?? '', socket, head);
    });
    // What is no HTTP is not answered: no client but a broken one sends it.
    this.server.on('clientError', (_error, socket) => socket.destroy());
  }

  async start(): Promise<CheckingProxy> {
    await listenOnLoopback(this.server);
    const key = this.pair.publicKey.export({ type: 'spki', format: 'der' });
    return {
      url: addressOf(this.server),
      keyHash: createHash('sha256').update(key).digest('base64'),
      visit: this.visit,
      close: async () => {
        this.stop.abort();
        await closeServer(this.server, this.sockets);
      },
    };
  }

  /** CONNECT: the first byte tells TLS from plain HTTP, for browsers tunnel `ws:` too. */
  private tunnel(target: string, socket: Socket, head: Buffer): void {
    socket.on('error', () => undefined);
    const host = /^(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+):\d{1,5}$/i.exec(target)?.[1];
    if (host === undefined) {
      socket.destroy();
      return;
    }
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      const isTls = first[0] === 0x16;
      const inner = isTls ? this.openTls(socket, host) : socket;
      this.origins.set(inner, `${isTls ? 'https' : 'http'}://${target}`);
      this.server.emit('connection', inner);
      if (!isTls) socket.resume();
    });
  }

  private openTls(socket: Socket, host: string): TLSSocket {
    const { key, cert } = this.authority.issue([host.replace(/^\[|\]$/g, '')], this.pair);
    const secureContext = createSecureContext({ key, cert });
    const inner = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    inner.on('error', () => socket.destroy());
    return inner;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let entry: AskedFor | undefined;
    try {
      const url = this.addressAsked(request);
      const { method = '' } = request;
      entry = this.visit.begin(method, url.href);
      const { tools, ca } = this.options;
      const signal = AbortSignal.any([this.stop.signal, givenUp(response)]);
      const got = await forward(request, url, { tools, signal, ...(ca === undefined ? {} : { ca }) });
      this.visit.end(entry, got);
      answer(response, got, { number: entry.number, method });
    } catch (thrown) {
      const message = 'the request could not be answered';
      const error = asError(thrown, { code: 'CONNECT_FAILED', retry: 'later', message });
      if (entry) entry.error = error;
      refuse(response, entry?.number);
    }
  }

  /** Absolute for plain HTTP, a path inside a tunnel; anything else was meant for a server, and this is none. */
  private addressAsked({ url = '', socket }: IncomingMessage): URL {
    const origin = this.origins.get(socket);
    const full = origin === undefined ? url : url.startsWith('/') ? `${origin}${url}` : '';
    if (/^https?:\/\//.test(full) && URL.canParse(full)) return new URL(full);
    throw new AsPostedError({ code: 'REQUEST_REFUSED', message: 'a request without a full address was not sent' });
  }
}

/** Fires when the browser no longer wants the answer: a script gave up, the page went on. */
function givenUp(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

export interface RefusingProxy {
  url: string;
  /** Requests refused so far. */
  count(): number;
  close(): Promise<void>;
}

/**
 * Where everything goes that the browser does of its own accord: updates, account checks, hints. The page's context is
 * sent through the checking proxy and the browser itself through this one, so no list of hosts decides which is which.
 */
export async function startRefusingProxy(): Promise<RefusingProxy> {
  let refused = 0;
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => {
    refused += 1;
    response.writeHead(403).end();
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    refused += 1;
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await listenOnLoopback(server);
  return { url: addressOf(server), count: () => refused, close: () => closeServer(server, sockets) };
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function listenOnLoopback(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

async function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
}
