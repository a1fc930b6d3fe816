/**
 * A small outside world on this machine: one HTTPS server that stands for the hosts of the story, under a throw-away CA.
 * Pages change on cue. The demo, tests and benches play against it; nothing in it is a page of the real sites.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { makeAuthority } from '../../capture/index.js';
import { type Asked, answer } from './answers.js';
import { HOSTS, type PageState, WECHAT_STATES } from './hosts.js';
import { ordinaryArticle } from './ordinary-articles.js';
import type { Edit } from './page-parts.js';
import { type Article, GOVERNMENT, NEWS, PROVINCIAL, YUNFU } from './texts.js';

export { HOSTS, type PageState };

/** One request as the server saw it; `at` in milliseconds since 1970. */
export interface SeenRequest {
  host: string;
  path: string;
  at: number;
}

export interface World {
  /** Entries for `capture.resolve`: every host of the story, at this server. */
  resolve: string[];
  /** The CA's certificate (PEM) for `capture.ca`. */
  ca: string;
  /** `more`: the ordinary articles asked for. */
  addresses: { provincial: string; yunfu: string; govList: string; govNotice: string; news: string; more: string[] };
  /** From now on this address answers in this way; `live` brings it back. Throws for an address that has no such state. */
  set(address: string, state: PageState): void;
  /** The publisher edits: these words are others from now on. Throws for an address whose words cannot be edited. */
  edit(address: string, change: { from: string; to: string }): void;
  /** Requests seen, oldest first. */
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

export interface WorldOptions {
  /** So many further ordinary articles. */
  articles?: number;
}

/** Starts the world on a free port of 127.0.0.1. */
export async function startWorld({ articles = 0 }: WorldOptions = {}): Promise<World> {
  const more = Array.from({ length: articles }, (_, n) => ordinaryArticle(n));
  const pages = new Pages([PROVINCIAL, YUNFU, ...more]);
  const requests: SeenRequest[] = [];
  const authority = makeAuthority();
  const hosts = Object.values(HOSTS);
  const server = createServer(authority.issue(hosts), (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const path = request.url ?? '/';
    requests.push({ host, path, at: Date.now() });
    const { status, headers, body } = pages.at(host, path);
    response.writeHead(status, { 'x-reconstruction': 'As Posted demo', ...headers });
    response.end(body);
  });
  const close = closer(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    resolve: hosts.map((host) => `${host}:443:127.0.0.1:${port}`),
    ca: authority.certificate,
    addresses: addressesOf(more),
    set: (address, state) => {
      pages.set(address, state);
    },
    edit: (address, change) => {
      pages.edit(address, change);
    },
    requests,
    close,
  };
}

const addressOf = (host: string, path: string): string => `https://${host}${path}`;

function addressesOf(more: readonly Article[]): World['addresses'] {
  return {
    provincial: addressOf(HOSTS.wechat, PROVINCIAL.path),
    yunfu: addressOf(HOSTS.wechat, YUNFU.path),
    govList: addressOf(HOSTS.government, GOVERNMENT.listPath),
    govNotice: addressOf(HOSTS.government, GOVERNMENT.path),
    news: addressOf(HOSTS.news, NEWS.path),
    more: more.map(({ path }) => addressOf(HOSTS.wechat, path)),
  };
}

/** The pages as they are now. A cue that could have no effect throws: a test that misspells an address must not pass. */
class Pages {
  private readonly articles: Asked['articles'];
  private readonly states = new Map<string, PageState>();
  private readonly edits = new Map<string, Edit[]>();

  constructor(articles: readonly Article[]) {
    this.articles = new Map(articles.map((article) => [article.path, article]));
  }

  at(host: string, path: string, live = false): ReturnType<typeof answer> {
    const address = addressOf(host, path);
    const state = live ? 'live' : (this.states.get(address) ?? 'live');
    return answer({ host, path, state, articles: this.articles, edits: this.edits.get(address) ?? [] });
  }

  set(address: string, state: PageState): void {
    const { host, path } = partsOf(address);
    if (this.at(host, path, true).status !== 200) throw new RangeError(`the world has no page at ${address}`);
    if (WECHAT_STATES.includes(state) && !this.isArticle(host, path))
      throw new RangeError(`${address} is no WeChat article and cannot be ${state}`);
    this.states.set(addressOf(host, path), state);
  }

  edit(address: string, change: Edit): void {
    const { host, path } = partsOf(address);
    const others = [`${HOSTS.government}${GOVERNMENT.path}`, `${HOSTS.news}${NEWS.path}`];
    if (!this.isArticle(host, path) && !others.includes(host + path))
      throw new RangeError(`the world has no words to edit at ${address}`);
    const key = addressOf(host, path);
    this.edits.set(key, [...(this.edits.get(key) ?? []), change]);
  }

  private isArticle(host: string, path: string): boolean {
    return host === HOSTS.wechat && this.articles.has(path);
  }
}

function partsOf(address: string): { host: string; path: string } {
  const { host, pathname, search } = new URL(address);
  return { host, path: pathname + search };
}

/** Closes at once. The server knows only connections past their handshake; one that never speaks would hold it open. */
function closer(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
}
