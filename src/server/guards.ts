/** Which names the server answers to, what a body may be, and what every answer says to browsers. Who may ask what is in `access/`. */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AsPostedError, type Settings } from '../model/index.js';
import { problem } from './problems.js';

export interface Listen {
  host: string;
  port: number;
}

/** `host:port`; throws USAGE for what is none. */
export function parseListen(text: string): Listen {
  const match = /^(\[[0-9a-f:]+\]|[^:[\]]+):(\d{1,5})$/i.exec(text.trim());
  const port = Number(match?.[2]);
  if (!match || port > 65_535) {
    throw new AsPostedError({
      code: 'USAGE',
      message: `${text} is not an address to listen on`,
      hint: 'Write host:port, e.g. 127.0.0.1:4270.',
    });
  }
  return { host: match[1]!.replace(/^\[|\]$/g, ''), port };
}

/** Without accounts nobody but this machine may reach the case files. Throws USAGE. */
export function needAccounts({ host }: Listen, settings: Pick<Settings, 'serve.hosts' | 'serve.trustProxy'>): void {
  const proxied = settings['serve.trustProxy'] > 0 ? 'what stands behind a proxy (serve.trustProxy)' : undefined;
  const reached = isLoopback(host) ? (settings['serve.hosts'][0] ?? proxied) : host;
  if (reached === undefined) return;
  throw new AsPostedError({
    code: 'USAGE',
    message: `${reached} can be reached from other machines, and there are no accounts yet to keep others out`,
    hint: 'Make one, `asposted people add NAME --role admin`, or listen on 127.0.0.1 and reach it through SSH.',
  });
}

/** `NAME.localhost:port`: a name of this machine that browsers treat as another site than 127.0.0.1. Throws USAGE for any other. */
export function parseReplay(text: string): Listen {
  const match = /^((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+localhost):(\d{1,5})$/i.exec(text.trim());
  if (match && Number(match[2]) <= 65_535) return { host: match[1]!.toLowerCase(), port: Number(match[2]) };
  throw new AsPostedError({
    code: 'USAGE',
    message: `${text} is no place for archived pages`,
    hint: 'Write a name under localhost and a port, e.g. replay.localhost:4271: it must differ from the name of the pages.',
  });
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** The name that was asked, in small letters and without port and brackets. */
export const hostOf = ({ req }: Context): string =>
  (req.header('host') ?? '')
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '');

/** A page elsewhere may point its own name at this machine (DNS rebinding); its requests carry that name. */
export const knownHostsOnly =
  (hosts: readonly string[]): MiddlewareHandler =>
  async (context, next) => {
    const host = hostOf(context);
    if (!isLoopback(host) && !hosts.includes(host)) {
      const message = 'this server does not answer to this name';
      const hint = 'It answers to loopback names, and to those of serve.hosts.';
      return problem(context, new AsPostedError({ code: 'ADDRESS_REFUSED', message, hint }), 421);
    }
    await next();
    return undefined;
  };

/**
 * A form on a page elsewhere can post text, but not JSON: for that the browser asks first, and nobody here says yes.
 * So the type is checked before the body is looked at.
 */
export const jsonOnly: MiddlewareHandler = async (context, next) => {
  const type = (context.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (context.req.method === 'POST' && type !== 'application/json') {
    const message = 'the body must be sent as application/json';
    return problem(context, new AsPostedError({ code: 'USAGE', message }), 415);
  }
  await next();
  return undefined;
};

/** A million letters, each at most six bytes as a JSON escape, and room for the rest. */
const MAX_BODY_BYTES = 6_100_000;

export const limitedBody: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (context) =>
    problem(context, new AsPostedError({ code: 'TOO_LARGE', message: `a body may have ${MAX_BODY_BYTES} bytes` })),
});

/** Nothing from elsewhere, and no script or style inside a page; the one exception is the frame of an archived page (`replay/`). */
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The origin of archived pages as this visitor reaches it; undefined where they do not. */
export type ReplayOf = (context: Context) => string | undefined;

const HEADERS: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
];

/**
 * An answer that states its own policy keeps it. Set before there is an answer, which then is made once: taking one apart again is most
 * of what a short answer costs. Expects that nobody answers with a `Response` of his own making, which would not have them.
 */
export const securityHeaders =
  (replay: ReplayOf): MiddlewareHandler =>
  (context, next) => {
    const frames = replay(context);
    context.header('content-security-policy', frames === undefined ? POLICY : `${POLICY}; frame-src ${frames}`);
    for (const [name, value] of HEADERS) context.header(name, value);
    return next();
  };
