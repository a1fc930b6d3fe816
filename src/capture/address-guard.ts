import ipaddr from 'ipaddr.js';
import { AsPostedError } from '../model/index.js';

/**
 * Which addresses may be contacted. Only global unicast: a page, a redirect or a DNS answer is an attacker's and may name
 * the machine's own services or its network. Checked at connect time on the very address that is connected to, so that a
 * name cannot answer twice (facts/evidence §22).
 */
export interface AddressGuard {
  /** Throws ADDRESS_REFUSED. `allowedByOperator`: an address the operator mapped by hand. */
  check(address: string, host: string): void;
  allows(address: string): boolean;
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

export function parseAllow(ranges: readonly string[]): Range[] {
  return ranges.map((text) => {
    try {
      return text.includes('/')
        ? ipaddr.parseCIDR(text)
        : [ipaddr.parse(text), ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128];
    } catch (cause) {
      throw new AsPostedError({
        code: 'BAD_SETTING',
        message: `capture.allow names ${text}, which is no address range`,
        hint: 'Write a range such as 127.0.0.0/8 or fd00::/8.',
        cause,
      });
    }
  });
}

export function makeGuard(allow: readonly string[]): AddressGuard {
  const ranges = parseAllow(allow);
  const allows = (text: string): boolean => {
    if (!ipaddr.isValid(text)) return false;
    const address = unwrap(ipaddr.parse(text));
    if (ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))) return true;
    return address.range() === 'unicast';
  };
  return {
    allows,
    check: (address, host) => {
      if (allows(address)) return;
      throw new AsPostedError({
        code: 'ADDRESS_REFUSED',
        message: `${host} is at ${address}, which is not a public address`,
        hint: 'If this is a server of yours, allow its range: --capture.allow 127.0.0.0/8 (or ASPOSTED_CAPTURE_ALLOW).',
      });
    },
  };
}

/** An IPv4 address inside an IPv6 one is judged as what it reaches. */
function unwrap(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

export interface Mapping {
  host: string;
  port: number;
  address: string;
  toPort: number;
}

/** `host:port:address:port`, as curl's --resolve with a port to connect to; IPv6 addresses in brackets. */
export function parseResolve(entries: readonly string[]): Mapping[] {
  return entries.map((entry) => {
    const match = /^([^:]+):(\d{1,5}):(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry);
    const address = match?.[3]!.replace(/^\[|\]$/g, '');
    if (!match || !ipaddr.isValid(address ?? '')) {
      throw new AsPostedError({
        code: 'BAD_SETTING',
        message: `capture.resolve holds ${entry}`,
        hint: 'Write host:port:address:port, e.g. mp.weixin.qq.com:443:127.0.0.1:8443.',
      });
    }
    return { host: match[1]!.toLowerCase(), port: Number(match[2]), address: address!, toPort: Number(match[4]) };
  });
}
