/**
 * A small outside world on this machine: one HTTPS server that stands for the hosts of the story, under a throw-away CA.
 * Pages change on cue. The demo, tests and benches play against it; nothing in it is a page of the real sites.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeAuthority } from '../authority.js';
import { answer } from './answers.js';
import { HOSTS, type PageState } from './hosts.js';
import { GOVERNMENT, NEWS, PROVINCIAL, YUNFU, ordinaryArticle } from './texts.js';

export { HOSTS, type PageState };

export interface World {
  /** Entries for `capture.resolve`: every host of the story, at this server. */
  resolve: string[];
  /** The CA's certificate (PEM) for `capture.ca`. */
  ca: string;
  addresses: { provincial: string; yunfu: string; govList: string; govNotice: string; news: string; more: string[] };
  /** From now on this address answers in this way; `live` brings it back. */
  set(address: string, state: PageState): void;
  /** The publisher edits: these words are others from now on. */
  edit(address: string, change: { from: string; to: string }): void;
  /** Requests seen, oldest first. */
  readonly requests: readonly { host: string; path: string; at: number }[];
  close(): Promise<void>;
}

export interface WorldOptions {
  /** So many further ordinary articles. */
  articles?: number;
}

export async function startWorld({ articles = 0 }: WorldOptions = {}): Promise<World> {
  const authority = makeAuthority();
  const hosts = Object.values(HOSTS);
  const states = new Map<string, PageState>();
  const edits = new Map<string, { from: string; to: string }[]>();
  const requests: { host: string; path: string; at: number }[] = [];
  const more = Array.from({ length: articles }, (_, n) => ordinaryArticle(n));
  const byPath = new Map([PROVINCIAL, YUNFU, ...more].map((article) => [article.path, article]));
  const server = createServer(authority.issue(hosts), (request, response) => {
    const [host, path] = [request.headers.host ?? '', request.url ?? '/'];
    requests.push({ host, path, at: Date.now() });
    const address = `https://${host}${path}`;
    const { status, headers, body } = answer({
      host,
      path,
      articles: byPath,
      state: states.get(address) ?? 'live',
      edits: edits.get(address) ?? [],
    });
    response.writeHead(status, { 'x-reconstruction': 'As Posted demo', ...headers });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const at = (host: string, path: string): string => `https://${host}${path}`;
  return {
    resolve: hosts.map((host) => `${host}:443:127.0.0.1:${port}`),
    ca: authority.certificate,
    addresses: {
      provincial: at(HOSTS.wechat, PROVINCIAL.path),
      yunfu: at(HOSTS.wechat, YUNFU.path),
      govList: at(HOSTS.government, GOVERNMENT.listPath),
      govNotice: at(HOSTS.government, GOVERNMENT.path),
      news: at(HOSTS.news, NEWS.path),
      more: more.map(({ path }) => at(HOSTS.wechat, path)),
    },
    set: (address, state) => void states.set(address, state),
    edit: (address, change) => void edits.set(address, [...(edits.get(address) ?? []), change]),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
