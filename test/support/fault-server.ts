/** The made-up sites of the histories behind a real server, with what they name on list pages and how many ask each of them at once. */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import {
  type Answer,
  type FaultNotice,
  type FaultSite,
  HOUR,
  type Random,
  answerOf,
  faultSite,
  random,
} from '../../src/watch/testing/faults.js';

const WECHAT = 'mp.weixin.qq.com';

export interface FaultServer {
  sites: FaultSite[];
  /** Lists that name the notices as they are posted. */
  lists: { url: string; wechat: boolean }[];
  resolve: string[];
  /** Most requests that were under way at one host at once. */
  atOnce(): number;
  requests(): number;
}

/** `now`: the world's time in milliseconds since it began, which was at `begin`. */
export async function startFaultServer(
  t: TestContext,
  { notices, begin, now, seed }: { notices: number; begin: number; now: () => number; seed: number },
): Promise<FaultServer> {
  const next = random(seed);
  const sites = Array.from({ length: Math.ceil(notices / 10) }, (_, number) =>
    withinADay(faultSite(number, 10, next), next),
  );
  const byHost = new Map(sites.map((site) => [site.host, site]));
  const underWay = new Map<string, number>();
  let [atOnce, requests] = [0, 0];
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    requests += 1;
    underWay.set(host, (underWay.get(host) ?? 0) + 1);
    atOnce = Math.max(atOnce, underWay.get(host)!);
    response.on('close', () => underWay.set(host, underWay.get(host)! - 1));
    const at = now();
    response.sendDate = false; // this machine's clock is not the world's
    if (byHost.get(host)?.dated !== false) response.setHeader('date', new Date(begin + at).toUTCString());
    reply(request, response, answerTo({ host, byHost, sites, at, next }, request.url ?? '/'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const lists = sites.map(({ host }) => ({ url: `http://${host}/list.html`, wechat: false }));
  return {
    sites,
    lists: [...lists, { url: 'http://feeds.example/wechat.xml', wechat: true }],
    resolve: [...byHost.keys(), WECHAT, 'feeds.example'].map((host) => `${host}:80:127.0.0.1:${port}`),
    atOnce: () => atOnce,
    requests: () => requests,
  };
}

/** The same fates, pressed into one day; over plain HTTP, as certificates are another test's. */
function withinADay(site: FaultSite, next: Random): FaultSite {
  const from = next() * 20 * HOUR;
  const lasted = site.to - site.from;
  return {
    ...{ ...site, from, to: from + lasted, leap: 0 },
    notices: site.notices.map((each): FaultNotice => {
      const posted = next() * 6 * HOUR;
      const struck = posted + HOUR + next() * 15 * HOUR;
      return {
        ...each,
        url: each.url.replace(/^https/, 'http'),
        posted,
        from: struck,
        // One article that asks for a captcha stops all looks at the platform, and many would do so for the whole day.
        to: struck + (each.fate === 'captcha for days' ? Math.min(2 * HOUR, each.to - each.from) : each.to - each.from),
      };
    }),
  };
}

interface Asked {
  host: string;
  byHost: ReadonlyMap<string, FaultSite>;
  sites: readonly FaultSite[];
  at: number;
  next: Random;
}

function answerTo({ host, byHost, sites, at, next }: Asked, path: string): Answer {
  if (path === '/robots.txt') return { status: 404, body: '' };
  const url = `http://${host}${path}`;
  const posted = (site: FaultSite): FaultNotice[] => site.notices.filter((each) => each.posted <= at);
  if (host === 'feeds.example') {
    const items = sites.flatMap(posted).filter(({ wechat }) => wechat);
    const entries = items.map(({ url: link, title }) => `<item><title>${title}</title><link>${link}</link></item>`);
    return {
      type: 'application/rss+xml',
      body: `<rss version="2.0"><channel><title>t</title>${entries.join('')}</channel></rss>`,
    };
  }
  const site =
    host === WECHAT ? sites.find(({ notices }) => notices.some((each) => each.url === url)) : byHost.get(host);
  if (!site) return { status: 404, body: 'no such page' };
  if (path !== '/list.html') return answerOf(site, url, at, next);
  const links = posted(site)
    .filter(({ wechat }) => !wechat)
    .map(({ url: link, title }) => `<li><a href="${link}">${title}</a></li>`);
  return {
    body: `<!doctype html><html><head><title>通知公告</title></head><body><ul>${links.join('')}</ul><p>${'栏目说明文字。'.repeat(60)}</p></body></html>`,
  };
}

function reply(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer === 'TIMEOUT') return; // until the other side gives up
  if (answer === 'RATE_LIMITED') {
    response.writeHead(429).end();
    return;
  }
  if (typeof answer === 'string') {
    request.socket.destroy();
    return;
  }
  const { status = 200, type = 'text/html; charset=utf-8', body, truncated, finalUrl } = answer;
  if (finalUrl !== undefined && new URL(finalUrl).pathname !== request.url) {
    response.writeHead(302, { location: new URL(finalUrl).pathname }).end();
    return;
  }
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length + (truncated === undefined ? 0 : 1_000),
  });
  if (truncated === undefined) response.end(bytes);
  else response.write(bytes, () => setTimeout(() => request.socket.destroy(), 20));
}
