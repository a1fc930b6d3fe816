/**
 * Who asks and what they may: one middleware before every route. Without accounts the server is this machine's own and everything is
 * open to loopback; with one, everybody says who it is. What is not in the table of `routes.ts` is refused.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { matchedRoutes } from 'hono/route';
import { AsPostedError } from '../../model/index.js';
import { type Accounts, type People, includesRole, openAccounts, ownerOfToken } from '../../people/index.js';
import type { Parts } from '../../watch/index.js';
import { rememberedName } from '../author.js';
import { hostOf, isLoopback } from '../guards.js';
import { problem } from '../problems.js';
import { type Client, clientOf } from './client.js';
import { checkForm } from './forms.js';
import { type Pace, createPace } from './limits.js';
import { type Asked, challenge, notAllowed, tooFast } from './refusals.js';
import { LEAST, type Least } from './routes.js';
import { type Seals, createSeals } from './seals.js';
import { type Sessions, createSessions } from './sessions.js';
import { type Who, asVisitor } from './visitor.js';

export interface AccessOptions {
  /** Whether only this machine can reach the socket: then, and only then, no accounts means no login. */
  isLoopback: boolean;
}

export interface Access {
  accounts: Accounts;
  sessions: Sessions;
  seals: Seals;
  middleware: MiddlewareHandler;
  client(context: Context): Client;
  /** What archived pages are opened with; undefined where nobody needs to say who they are. */
  ticketFor(context: Context, exhibit: string): string | undefined;
  /** Whether an archived page may be shown to whoever holds this. */
  admits(exhibit: string, ticket: string | undefined): Promise<boolean>;
}

export const SESSION_COOKIE = 'asposted';
/** Before there is a session: what the forms of the login are bound to. */
export const VISIT_COOKIE = 'asposted-visit';

/** Behind TLS a cookie that no other host name and no plain connection can set (RFC 6265bis §4.1.3.2). */
export const readCookie = (context: Context, name: string, { isEncrypted }: Client): string | undefined =>
  isEncrypted ? getCookie(context, name, 'host') : getCookie(context, name);

export function createAccess(parts: Parts, { isLoopback: isOwn }: AccessOptions): Access {
  const { settings, clock, store } = parts;
  const now = (): number => clock.now().getTime();
  const client = (context: Context): Client => clientOf(context, settings['serve.trustProxy']);
  const accounts = openAccounts(store.dir);
  const limits = { idleMs: settings['serve.session.idle'], mostMs: settings['serve.session.most'] };
  const [sessions, seals] = [createSessions(limits, now), createSeals(now)];
  const keeper: Keeper = {
    ...{ accounts, sessions, seals, client, parts },
    isOpen: (context, { people }) => isOwn && people.length === 0 && isLoopback(hostOf(context)),
    pace: createPace(settings['serve.api.most'], now),
  };
  return {
    ...{ accounts, sessions, seals, client },
    middleware: (context, next) => guard(keeper, context, next),
    ticketFor: (context, exhibit) => (context.get('who').via === 'open' ? undefined : seals.ticket(exhibit)),
    admits: async (exhibit, ticket) =>
      (isOwn && (await accounts.now()).people.length === 0) ||
      (ticket !== undefined && seals.isTicket(exhibit, ticket)),
  };
}

interface Keeper extends Pick<Access, 'accounts' | 'sessions' | 'seals' | 'client'> {
  parts: Parts;
  pace: Pace;
  isOpen(context: Context, people: People): boolean;
}

async function guard(keeper: Keeper, context: Context, next: () => Promise<void>): Promise<Response | undefined> {
  const asked = askedFor(context);
  // No route of ours: "not found", or the question of a browser whether it may ask. Neither tells or changes anything.
  if (asked === undefined) return go(next);
  if (asked.least === undefined) return unknownRoute(keeper, context);
  const people = await keeper.accounts.now();
  const who = whoAsks(keeper, context, people);
  if (asked.least !== 'anyone') {
    if (who === undefined) return challenge(context, asked, people.people.length > 0);
    if (!includesRole(who.role, asked.least)) return notAllowed(context, asked, who);
    const wait = asked.kind === 'page' || who.via === 'open' ? 0 : keeper.pace.take(who.key);
    if (wait > 0) return tooFast(context, wait);
    context.set('who', who);
    if (who.via !== 'open') context.header('cache-control', 'no-store');
  }
  return asked.kind === 'page' ? page(keeper, { context, who, next }) : go(next);
}

async function go(next: () => Promise<void>): Promise<undefined> {
  await next();
  return undefined;
}

/** The route that will answer; the strictest role where several may. Undefined: there is none. */
function askedFor(context: Context): Asked | undefined {
  const routes = matchedRoutes(context).filter(({ method }) => method !== 'ALL');
  const [first] = routes;
  if (!first) return undefined;
  const least = routes.map(({ method, path }) => LEAST.get(`${method} ${path}`));
  return { kind: kindOf(first.path), least: strictest(least) };
}

function strictest(all: readonly (Least | undefined)[]): Least | undefined {
  const order: readonly (Least | undefined)[] = ['anyone', 'reader', 'analyst', 'editor', 'admin', undefined];
  return order[Math.max(...all.map((each) => order.indexOf(each)))];
}

const WIRE = /^\/(?:match|search|entities|catalog|manifest|algorithms|reconcile)(?:\/|$)/;

/** Whom an address of ours is for. */
export function kindOf(path: string): Asked['kind'] {
  if (path.startsWith('/api/')) return 'api';
  if (path.startsWith('/events.')) return 'feed';
  return WIRE.test(path) ? 'wire' : 'page';
}

function unknownRoute({ parts }: Keeper, context: Context): Response {
  parts.progress(`serve: ${context.req.method} of a route that no role is written down for`);
  const message = 'nobody has written down who may ask this, so nobody may';
  return problem(context, new AsPostedError({ code: 'NOT_ALLOWED', message }));
}

function whoAsks(keeper: Keeper, context: Context, people: People): Who | undefined {
  if (keeper.isOpen(context, people)) return { role: 'admin', via: 'open', key: 'open' };
  const given = context.req.header('authorization');
  // Who shows a token is asked by it alone: a wrong one is told, whatever cookie comes with it.
  if (given !== undefined) return tokenOwner(keeper, given, people);
  const cookie = readCookie(context, SESSION_COOKIE, keeper.client(context));
  const found = cookie === undefined ? undefined : keeper.sessions.find(cookie, people);
  if (!found) return undefined;
  const { name, role } = found.person;
  return { name, role, via: 'session', key: `session ${found.session.hash}` };
}

/** As `Bearer`, or as the password of `Basic` under any name: many feed readers and clients know nothing else. */
function tokenOwner({ parts }: Keeper, header: string, people: People): Who | undefined {
  const [, scheme, value] = /^(bearer|basic) +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header) ?? [];
  if (value === undefined) return undefined;
  const basic = (): string =>
    Buffer.from(value, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '');
  const owner = ownerOfToken(people, scheme!.toLowerCase() === 'bearer' ? value : basic(), parts.clock.now());
  if (!owner) return undefined;
  const { name, role } = owner.person;
  return { name, role, via: 'token', key: `token ${owner.token.id}` };
}

/** A page knows who looks at it; a form that is sent must have come from a page of ours that was shown to the same visitor. */
async function page(
  { seals, client }: Keeper,
  { context, who, next }: { context: Context; who: Who | undefined; next: () => Promise<void> },
): Promise<Response | undefined> {
  const owner = who?.key ?? `visit ${readCookie(context, VISIT_COOKIE, client(context)) ?? ''}`;
  const refused =
    context.req.method === 'POST' ? await checkForm(context, (token) => seals.isForm(owner, token)) : undefined;
  if (refused) return refused;
  const name = who?.via === 'open' && context.get('who') ? rememberedName(context) : undefined;
  const named = name === undefined ? {} : { nameToType: name };
  return asVisitor({ who, formToken: seals.form(owner), ...named }, () => go(next));
}
