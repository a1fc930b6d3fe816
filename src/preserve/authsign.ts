/**
 * Asking an authsign server for a signature of its domain (facts/evidence §8.3): POST of hash and time, its answer the signed
 * data. The server is trusted with nothing: whatever it answers is held against what was asked here, and verified as a
 * stranger would before it is written (`packWacz`).
 */
import { isIP } from 'node:net';
import { AsPostedError } from '../model/index.js';
import { isObject, parseStrictJson, utf8 } from '../verify/index.js';
import type { DomainRoots, DomainSignature, DomainSigner, ToSign } from './domain-signature.js';
import type { CallTsa } from './stamps.js';

export interface AuthsignFacts {
  url: string;
  /** Empty: none is sent. */
  token: string;
  roots: DomainRoots;
  call: CallTsa;
}

/** Throws BAD_SETTING for an address or a token that cannot be used; signing throws SIGN_FAILED, or what `call` throws. */
export function authsignSigner({ url, token, roots, call }: AuthsignFacts): DomainSigner {
  const address = addressOf(url, token);
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...authorization(token) };
  return {
    roots,
    signForDomain: async (what) => {
      const answer = await call(address, utf8(JSON.stringify(what)), headers);
      if (answer.status !== 200) throw refusal(answer.status, address);
      return read(answer.bytes, what, new URL(address).host);
    },
  };
}

/** The address of the server or of its `/sign`. A token goes in the clear only where no network of others lies between. */
function addressOf(text: string, token: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if ((url?.protocol !== 'https:' && url?.protocol !== 'http:') || url.username !== '' || url.password !== '')
    throw badSetting('publish.sign.url is no http or https address without user and password');
  if (url.protocol === 'http:' && token !== '' && !isNear(url.hostname))
    throw badSetting('publish.sign.url is an http address: the token would go in the clear', 'Use https.');
  if (!url.pathname.endsWith('/sign')) url.pathname = `${url.pathname.replace(/\/$/, '')}/sign`;
  return url.href;
}

/** This machine, or a name without a dot, as containers of one network have. */
const isNear = (host: string): boolean =>
  host === '[::1]' || (isIP(host) === 4 ? host.startsWith('127.') : !host.includes('.') && !host.startsWith('['));

/** The scheme in lower case, as the server demands; a setting that already begins with it is taken as meant. */
function authorization(token: string): Record<string, string> {
  if (token === '') return {};
  const value = token.trim().replace(/^bearer +/i, '');
  if (!/^[\x21-\x7e]+$/.test(value)) throw badSetting('publish.sign.token holds a character that no header may have');
  return { authorization: `bearer ${value}` };
}

function badSetting(message: string, hint?: string): AsPostedError {
  return new AsPostedError({ code: 'BAD_SETTING', message, ...(hint === undefined ? {} : { hint }) });
}

/** The words of the server are not repeated: what it was sent is in its hands, the token as well. */
function refusal(status: number, address: string): AsPostedError {
  const { host } = new URL(address);
  if (status === 401 || status === 403)
    return failed(`${host} refuses the token (HTTP ${status})`, 'Set publish.sign.token to the one the server has.');
  if (status >= 300 && status < 400)
    return failed(
      `${host} answers with a redirect (HTTP ${status}), which is not followed`,
      'Set publish.sign.url to the address meant.',
    );
  return new AsPostedError({
    code: 'SIGN_FAILED',
    retry: status >= 500 ? 'later' : 'never',
    message: `${host} gave no signature (HTTP ${status})`,
    hint: 'Look at its log; --sign anonymous makes a package without a domain.',
  });
}

const failed = (message: string, hint?: string): AsPostedError =>
  new AsPostedError({ code: 'SIGN_FAILED', message, ...(hint === undefined ? {} : { hint }) });

const FIELDS = ['signature', 'domain', 'domainCert', 'timeSignature', 'timestampCert'] as const;

function read(bytes: Uint8Array, { hash, created }: ToSign, host: string): DomainSignature {
  const answer = parseStrictJson(bytes);
  if (answer.problem !== undefined || !isObject(answer.value)) throw failed(`${host} answers with no JSON object`);
  const fields = answer.value;
  if (fields['hash'] !== hash) throw failed(`${host} signed another hash than it was asked to`);
  if (fields['created'] !== created) {
    const same = typeof fields['created'] === 'string' && Date.parse(fields['created']) === Date.parse(created);
    throw failed(`${host} gave the time back ${same ? 'in another form, which no player takes' : 'changed'}`);
  }
  const missing = FIELDS.find((name) => typeof fields[name] !== 'string' || fields[name] === '');
  if (missing !== undefined) throw failed(`the answer of ${host} has no ${missing}`);
  const text = (name: string): string => fields[name] as string;
  const cross = fields['crossSignedCert'];
  return {
    ...{ signature: text('signature'), domain: text('domain'), domainCert: text('domainCert') },
    ...{ timeSignature: text('timeSignature'), timestampCert: text('timestampCert') },
    ...(typeof cross === 'string' && cross !== '' ? { crossSignedCert: cross } : {}),
  };
}
