/** Header fields of requests and responses: credentials we sent, sessions a site opened, our address sent back. */
import ipaddr from 'ipaddr.js';
import type { HttpHead } from '../../verify/index.js';
import type { Hit } from './finding.js';
import { isToken, urlHits } from './session.js';

export interface HeaderHit extends Hit {
  field: string;
}

/** Our fetcher sends none of these; an imported capture may (a browser’s, a colleague’s). */
const SENT = new Set(['cookie', 'authorization', 'proxy-authorization', 'x-auth-token', 'x-api-key', 'x-csrf-token']);
/** A server or a proxy telling us how it saw us. */
const ECHO =
  /^(?:x-)?(?:client-?ip|real-?ip|remote-?(?:addr|ip)|user-?ip|true-client-ip|cf-connecting-ip|forwarded-for|original-forwarded-for|cluster-client-ip|cdn-client-ip|visitor-ip|your-ip|source-ip|forwarded)$/i;
/** Cookies that stand for a login, not for a visit. */
const LOGIN =
  /^(?:wap_sid2|pass_ticket|appmsg_token|wxuin|wxsid|wxtokenkey|slave_sid|slave_user|data_ticket|bizuin|.*(?:auth|login|logged_?in|remember|sso|jwt|access_?token|refresh_?token|user_?id|userid|uin|passport).*)$/i;
const VISIT = /^(?:.*sess(?:ion)?_?(?:id|key)?.*|connect\.sid|sid|asp\.net_sessionid)$/i;
const ADDRESS =
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)|(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}(?![\w:])/gi;

export function headerHits({ headers }: HttpHead, request: boolean, cookieSent: boolean): HeaderHit[] {
  return headers.flatMap(([field, value]) => {
    const name = field.toLowerCase();
    const hits: Hit[] = [];
    if (request && SENT.has(name) && value !== '') hits.push(hit('session', `${field} sent with the request`, value));
    if (!request && name === 'set-cookie') hits.push(...cookieHits(value, cookieSent));
    if (!request && ECHO.test(name)) hits.push(...echoed(value, `the observer’s address in ${field}`));
    if (['location', 'content-location', 'referer', 'refresh', 'link'].includes(name))
      hits.push(...urlHits(value, true));
    return hits.map((each) => ({ ...each, field }));
  });
}

function hit(kind: Hit['kind'], what: string, value: string, weight: Hit['weight'] = 'refuse'): Hit {
  return { kind, what, value, offset: 0, weight };
}

/**
 * A site opens a session for everybody who asks without one: that tells nobody who we are, and refusing it would refuse
 * most sites. It is told, since the site itself could find the visit in its own books. One opened after a cookie was
 * sent, or a login’s, is somebody’s.
 */
function cookieHits(line: string, cookieSent: boolean): Hit[] {
  const match = /^\s*([^=;\s]+)\s*=\s*"?([^;"]*)/.exec(line);
  if (!match) return [];
  const [, name = '', value = ''] = match;
  const addresses = echoed(value, `the observer’s address in the cookie ${name}`);
  const real = isToken(value, 6) && !/^(?:deleted|expired|none)$/i.test(value);
  const login = LOGIN.test(name) && !/csrf|xsrf/i.test(name);
  if (real && (login || (cookieSent && VISIT.test(name))))
    return [...addresses, hit('session', `the session cookie ${name}`, value)];
  if (real && VISIT.test(name))
    return [...addresses, hit('session', `the cookie ${name} of an anonymous visit`, value, 'tell')];
  return addresses;
}

function echoed(value: string, what: string): Hit[] {
  return [...value.matchAll(ADDRESS)]
    .filter((match) => isSomebodys(match[0]))
    .map((match) => hit('address', what, match[0]));
}

/** Not the machine itself and not nothing: those tell nothing. */
export function isSomebodys(text: string): boolean {
  return ipaddr.isValid(text) && !['loopback', 'unspecified', 'broadcast'].includes(ipaddr.process(text).range());
}

const IP = '((?:\\d{1,3}\\.){3}\\d{1,3}(?![\\d.])|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7})';
/** `"clientIp":"…"`, `returnCitySN = {"cip": "…"}`, `ip=…` of a trace, and the sentence of a verification page. */
const IN_TEXT = [
  new RegExp(
    `(?<![\\w])["']?(?:client_?ip|client_?addr(?:ess)?|user_?ip|visitor_?ip|remote_?(?:addr|ip)|real_?ip|your_?ip|my_?ip|cip|x-forwarded-for|x-real-ip)["']?\\s*[:=]\\s*["']?${IP}`,
    'gi',
  ),
  new RegExp(
    `(?:your\\s+ip(?:\\s+address)?|(?:您|你)的\\s*ip(?:\\s*地址)?|(?:当前|访问|客户端|来访者?)\\s*ip(?:\\s*地址)?|(?:ваш|ваша)\\s+ip(?:[-\\s]адрес)?)[^\\n0-9a-f]{0,30}${IP}`,
    'giu',
  ),
  new RegExp(`^ip=${IP}$`, 'gim'),
];

/** The client’s address in a page, JSON or script. */
export function echoHits(text: string): Hit[] {
  return IN_TEXT.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter((match) => isSomebodys(match[1]!))
      .map((match) => ({
        ...hit('address', 'the observer’s address, sent back by the site', match[1]!),
        offset: match.index + match[0].length - match[1]!.length,
      })),
  );
}
