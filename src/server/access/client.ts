/** Who is at the other end of a connection, as far as it can be known: the socket, and what proxies that are trusted say. */
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';

export interface Client {
  /** Counted by: an IPv4 address, or the /64 of an IPv6 one, which is one customer's. Empty where there is no socket. */
  address: string;
  /** Whether the browser's own connection is encrypted. */
  isEncrypted: boolean;
}

/**
 * `proxies`: how many stand before us (`serve.trustProxy`). Each appends who it was asked by to `X-Forwarded-For`, so the entry of the
 * outermost of ours is that many from the end; all before it was written by the client itself and is worth nothing.
 */
export function clientOf({ env, req }: Context, proxies: number): Client {
  const socket = (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket;
  const chain = [...partsOf(req.header('x-forwarded-for')), socket?.remoteAddress ?? ''];
  const protocols = partsOf(req.header('x-forwarded-proto'));
  return {
    address: block(chain[Math.max(0, chain.length - 1 - proxies)] ?? ''),
    isEncrypted: proxies > 0 && protocols[Math.max(0, protocols.length - proxies)]?.toLowerCase() === 'https',
  };
}

const partsOf = (header: string | undefined): string[] =>
  header === undefined ? [] : header.split(',').map((each) => each.trim());

/** Somebody with a line of their own has 2⁶⁴ addresses, so these are counted as one. */
export function block(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (!ipaddr.IPv6.isValid(plain) && !ipaddr.IPv4.isValidFourPartDecimal(plain)) return '';
  const parsed = ipaddr.process(plain);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const { parts } = parsed as ipaddr.IPv6;
  return `${parts
    .slice(0, 4)
    .map((each) => each.toString(16))
    .join(':')}::/64`;
}
