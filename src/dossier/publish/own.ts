/**
 * What the operator calls theirs, looked for as it is and as sites send it back: in another case, in base64 (whatever
 * stands before it), in hex, as a host name made of the address. Percent, JSON and HTML escapes are undone by `views.ts`.
 */
import ipaddr from 'ipaddr.js';
import type { Hit } from './finding.js';

export interface OwnFacts {
  /** Names, e-mail addresses, host names, addresses and ranges the operator declares as theirs. */
  declared: readonly string[];
  /** Addresses and host names of this machine, handed in by whoever may ask the system. */
  machine: readonly string[];
}

export interface OwnSearch {
  /** `binary`: bytes read as letters, where short values would be found by chance. */
  find(text: string, binary: boolean): Hit[];
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

/** Values that every second page holds tell nothing: they would be found everywhere. */
const COMMON_HOSTS =
  /^(?:localhost|ip6-|broadcasthost$|(?:debian|ubuntu|fedora|alpine|arch|server|desktop|laptop|raspberrypi|buildkitsandbox)(?:[.-]?\d*)$)/i;
/** Shorter values occur in compressed bytes by chance (measured: three letters about once in 5 MB). */
const BINARY_MINIMUM = 6;
const ENCODED_MINIMUM = 8;

export function ownSearch({ declared, machine }: OwnFacts): OwnSearch {
  const given = declared.map((each) => each.trim()).filter((each) => each !== '');
  const ranges = [...given, ...machine]
    .map(rangeOf)
    .filter((each) => each !== undefined && isTelling(each[0])) as Range[];
  const words = given.filter((each) => rangeOf(each) === undefined);
  const hosts = machine.filter((each) => rangeOf(each) === undefined && isTellingHost(each));
  const texts = [
    ...words.map((value) => ({ value, kind: 'identity' as const, what: 'a value of publish.own' })),
    ...hosts.map((value) => ({ value, kind: 'address' as const, what: 'the name of this machine' })),
  ].map((each) => ({ ...each, pattern: patternOf(each.value) }));
  const encoded = [...words, ...hosts, ...ranges.filter(isSingle).map(([base]) => base.toString())].flatMap(encodings);
  return {
    find: (text, binary) => [
      ...texts.filter(({ value }) => !binary || value.length >= BINARY_MINIMUM).flatMap((each) => wordHits(text, each)),
      ...encoded.flatMap((each) => encodedHits(text, each)),
      ...(binary || ranges.length === 0 ? [] : addressHits(text, ranges)),
    ],
  };
}

/** An IPv6 address stands for its network: the lower half changes by the day, the upper one names the line. */
function rangeOf(text: string): Range | undefined {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const bare = text.replace(/%.*$/, '');
    if (!/[.:].*[.:]/.test(bare) || !ipaddr.isValid(bare)) return undefined;
    const address = ipaddr.process(bare);
    return [address, address.kind() === 'ipv4' ? 32 : address.range() === 'linkLocal' ? 128 : 64];
  } catch {
    return undefined;
  }
}

const isSingle = ([base, bits]: Range): boolean => bits >= (base.kind() === 'ipv4' ? 32 : 64);

/** Loopback is the same everywhere. */
function isTelling(address: Address): boolean {
  return !['loopback', 'unspecified'].includes(address.range());
}

/** A machine called `server` or `anna` would be found in ordinary words: such names are looked for when declared. */
function isTellingHost(name: string): boolean {
  return name.length >= 5 && /[\d.-]/.test(name) && !COMMON_HOSTS.test(name);
}

/** Whole words, in any case and with any blanks; scripts without blanks between words have no word borders. */
function patternOf(value: string): RegExp {
  const body = value
    .split(/\s+/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('\\s+');
  const border = (letter: string): boolean =>
    /[\p{L}\p{N}]/u.test(letter) && !/[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}]/u.test(letter);
  const before = border(value[0]!) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = border(value.at(-1)!) ? '(?![\\p{L}\\p{N}])' : '';
  return new RegExp(`${before}${body}${after}`, 'giu');
}

function wordHits(text: string, { kind, what, pattern }: { kind: Hit['kind']; what: string; pattern: RegExp }): Hit[] {
  return [...text.matchAll(pattern)].map((match) => ({
    kind,
    what,
    value: match[0],
    offset: match.index,
    weight: 'refuse',
  }));
}

/** Base64 of bytes that stand anywhere in a longer text: the letters that do not depend on what stands around. */
export function encodings(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const inBase64 = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
    const skip = Math.ceil((shift * 8) / 6);
    return whole.toString('base64').slice(skip, Math.floor((whole.length * 8) / 6));
  });
  const all = [
    ...inBase64,
    ...inBase64.map((each) => each.replaceAll('+', '-').replaceAll('/', '_')),
    bytes.toString('hex'),
  ];
  return [...new Set(all)].filter((each) => each.length >= ENCODED_MINIMUM);
}

function encodedHits(text: string, needle: string): Hit[] {
  const offset = text.indexOf(needle);
  if (offset < 0) return [];
  return [{ kind: 'identity', what: 'a value of yours, encoded', value: needle, offset, weight: 'refuse' }];
}

const ADDRESS: Readonly<Record<'ipv4' | 'ipv6', RegExp>> = {
  ipv4: /(?<![\d.])\d{1,3}(?:[.-]\d{1,3}){3}(?!\d|[.-]\d)/g,
  ipv6: /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?(?![\w:])/gi,
};

function addressHits(text: string, ranges: readonly Range[]): Hit[] {
  const hits: Hit[] = [];
  // An IPv4 address may be written inside an IPv6 one; the longer search is left out where nothing of its kind is ours.
  const patterns =
    ranges.some(([base]) => base.kind() === 'ipv6') || text.includes('::ffff:')
      ? [ADDRESS.ipv4, ADDRESS.ipv6]
      : [ADDRESS.ipv4];
  for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const written = /^[\d-]+$/.test(match[0]) ? match[0].replaceAll('-', '.') : match[0];
    const address = parsed(written);
    if (!address || !ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits)))
      continue;
    hits.push({
      kind: 'address',
      what: 'a network address of yours',
      value: match[0],
      offset: match.index,
      weight: 'refuse',
    });
  }
  return hits;
}

function parsed(text: string): Address | undefined {
  try {
    return ipaddr.process(text);
  } catch {
    return undefined; // a version number, a time of day
  }
}
