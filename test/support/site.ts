/** A small site on loopback for tests that run the command: what each path answers may change while it runs. */
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: Uint8Array | string;
}

export interface Site {
  base: string;
  answers: Map<string, Answer>;
  requests: string[];
}

export async function startSite(t: Pick<TestContext, 'after'>): Promise<Site> {
  const answers = new Map<string, Answer>();
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    const {
      status = 200,
      headers = { 'content-type': 'text/html; charset=utf-8' },
      body,
    } = answers.get(path) ?? { status: 404, body: '<html><body>not found</body></html>' };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answers, requests };
}

/** What the command needs to reach it: a range otherwise refused, and no waiting between requests. */
export const LOOPBACK = { ASPOSTED_CAPTURE_ALLOW: '127.0.0.0/8', ASPOSTED_CAPTURE_DELAY: '0ms' };
