/** Calls to a service the operator configured (a witness, a time-stamp authority, a calendar), with the same address guard as captures. */
import { lookup as systemLookup } from 'node:dns/promises';
import { type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import { AsPostedError, asError } from '../model/index.js';
import { type AddressGuard, makeGuard } from './address-guard.js';

export interface ServiceOptions {
  /** Ranges otherwise refused (`capture.allow`). */
  allow?: readonly string[];
  timeoutMs?: number;
  maxBytes?: number;
}

export interface ServiceAnswer {
  status: number;
  /** Media type without parameters, lower case; empty when none was given. */
  type: string;
  bytes: Uint8Array;
}

/** POST, or GET without a body. */
export type CallService = (
  url: string,
  body: Uint8Array | undefined,
  headers?: Record<string, string>,
) => Promise<ServiceAnswer>;

/** Redirects are not followed: an address in a setting or policy is the one meant. Throws CONNECT_FAILED, TIMEOUT, TOO_LARGE, ADDRESS_REFUSED. */
export function serviceCaller({ allow = [], timeoutMs = 10_000, maxBytes = 65_536 }: ServiceOptions = {}): CallService {
  const guard = makeGuard(allow);
  return async (address, body, headers = {}) => {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
      throw new AsPostedError({
        code: 'BAD_SCHEME',
        message: `${JSON.stringify(address)} is no http or https address`,
      });
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host)) guard.check(host, host); // the lookup below is not asked for literals
    const method = body ? 'POST' : 'GET';
    const options = { method, headers, agent: false as const, lookup: guardedLookup(guard) };
    try {
      return await send(url, options, { body, timeoutMs, maxBytes });
    } catch (cause) {
      const message = `${url.host} could not be reached`;
      throw asError(cause, { code: 'CONNECT_FAILED', retry: 'later', message });
    }
  };
}

/** Every answer must be allowed: a name with one public and one private address is refused (facts/evidence §22). */
function guardedLookup(guard: AddressGuard): LookupFunction {
  return (host, _options, done) => {
    systemLookup(host, { all: true, verbatim: true }).then(
      (addresses) => {
        try {
          for (const { address } of addresses) guard.check(address, host);
          done(null, addresses);
        } catch (refused) {
          done(refused as Error, []);
        }
      },
      (error: unknown) => {
        done(error as Error, []);
      },
    );
  };
}

interface Message {
  body: Uint8Array | undefined;
  timeoutMs: number;
  maxBytes: number;
}

function send(url: URL, options: RequestOptions, { body, timeoutMs, maxBytes }: Message): Promise<ServiceAnswer> {
  return new Promise((resolve, reject) => {
    const call = url.protocol === 'https:' ? requestHttps : requestHttp;
    const outgoing = call(url, { ...options, signal: AbortSignal.timeout(timeoutMs) }, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > maxBytes)
          answer.destroy(
            new AsPostedError({ code: 'TOO_LARGE', message: `${url.host} answers more than ${maxBytes} bytes` }),
          );
      });
      answer.once('error', reject);
      answer.once('end', () => {
        const type = (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
        resolve({ status: answer.statusCode ?? 0, type, bytes: Buffer.concat(chunks) });
      });
    });
    outgoing.once('error', (error) => {
      reject(error.name === 'TimeoutError' ? timeout(url.host, timeoutMs, error) : error);
    });
    outgoing.end(body);
  });
}

function timeout(host: string, timeoutMs: number, cause: unknown): AsPostedError {
  const message = `${host} did not answer within ${timeoutMs / 1000} s`;
  return new AsPostedError({ code: 'TIMEOUT', retry: 'later', message, cause });
}
