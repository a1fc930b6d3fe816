/** Whose log it is: the key in a package against the keys the reader trusts, also over a change of keys the log itself stated. */
import { equalBytes, fromUtf8 } from './hash.js';
import { Failed, ok } from './failed.js';
import {
  type KeyChain,
  type KeyPeriod,
  keyChain,
  parseKeyStatements,
  splitKeyStatements,
  wayBetween,
} from './key-statement.js';
import { type Checkpoint, type VerifierKey, parseKey } from './note.js';
import { type PolicyContext, trustedKeys } from './trust.js';
import type { ClaimVerdict, VerifiedClaim, VerifyOptions } from './types.js';

export const LOG_KEY = 'log/key';
/** The log’s statements about its keys, oldest first; absent where the key never changed. */
export const LOG_KEYS = 'log/keys.notes';

export interface Member {
  path: string;
  bytes?: Uint8Array | undefined;
  /** Of one that is not held. */
  pieces?(): AsyncIterable<Uint8Array>;
}

export type MemberMap = ReadonlyMap<string, Member>;

export interface KnownLog {
  key: VerifierKey;
  /** The last one says whose log it is. */
  claims: VerifiedClaim[];
  /** What the package, and the reader’s own file, say of the log’s keys. */
  chains: readonly KeyChain[];
  forPolicy: Pick<PolicyContext, 'heirs' | 'otherKey'>;
}

export function textOf(members: MemberMap, path: string): string {
  const bytes = members.get(path)?.bytes;
  const text = bytes && fromUtf8(bytes);
  if (text === undefined)
    throw new Failed('The bundle has all its parts', 'list of members', `${path} is missing or not UTF-8`);
  return text;
}

/**
 * A key the caller trusts, one that a trusted one named or was named by, or the one inside, which shows integrity but not
 * who holds it. Throws `Failed` for a key or for statements that are not what they should be.
 */
export function logKeyOf(members: MemberMap, options: VerifyOptions): KnownLog {
  const text = textOf(members, LOG_KEY);
  const key = parseKey(text.trimEnd());
  if (!key || `${key.text}\n` !== text)
    throw new Failed('The bundle names its log', 'the key in log/key', 'it is not an Ed25519 verifier key');
  const own = members.has(LOG_KEYS) ? ownChain(textOf(members, LOG_KEYS), key) : undefined;
  const given =
    options.keyStatements === undefined ? undefined : parseKeyStatements(options.keyStatements).get(key.name);
  const chains = [own, given].filter((chain) => chain !== undefined);
  const claim = whose(key, options, { chains, given });
  const stated = own ? [statedClaim(own)] : [];
  const { policy } = options;
  const listed = policy === undefined ? [] : trustedKeys({ policy });
  const ways = listed.flatMap(({ text: log }) => chains.map((chain) => wayBetween(chain, log, key.text)));
  const heirs = claim.verdict === 'ok' && ways.includes('rotated') && !ways.includes('compromised') ? [key] : [];
  const otherKey = claim.verdict === 'unknown' && chains.length > 0;
  return { key, chains, claims: [...stated, claim], forPolicy: { heirs, otherKey } };
}

const KEYS_HOLD = 'What the log says of its keys holds';

function ownChain(text: string, key: VerifierKey): KeyChain {
  const chain = keyChain(splitKeyStatements(text), key.name);
  if (typeof chain === 'string') throw new Failed(KEYS_HOLD, `the statements in ${LOG_KEYS}`, chain);
  if (chain.keys.at(-1)?.key.text !== key.text)
    throw new Failed(KEYS_HOLD, `the statements in ${LOG_KEYS}`, 'they do not lead to the key in log/key');
  return chain;
}

function statedClaim({ statements }: KeyChain): VerifiedClaim {
  const events = statements.map(({ event, size }) => `${event} at ${size} entries`);
  return ok(KEYS_HOLD, `the signatures under ${LOG_KEYS}`, events.join(', '));
}

interface Chains {
  chains: readonly KeyChain[];
  given: KeyChain | undefined;
}

/** The detail says what the claim rests on. `compromised` breaks the way in both directions: a thief can sign as well. */
function whose(key: VerifierKey, options: VerifyOptions, { chains, given }: Chains): VerifiedClaim {
  const calls = `The log calls itself ${key.name}`;
  const unknown = (by: string, detail: string): VerifiedClaim => ({ claim: calls, verdict: 'unknown', by, detail });
  const by = 'the log’s statements about its keys';
  checkFork(chains);
  if (periodOf(given, key)?.ended === 'compromised')
    return unknown(by, 'this key is one that fell into other hands: what it signed may be anybody’s');
  const trusted = trustedKeys(options).map(({ text }) => text);
  if (trusted.includes(key.text)) return ok(`The log is ${key.name}`, 'a key you trust', key.text);
  const ways = trusted.flatMap((text) =>
    chains.map((chain) => ({ text, chain, way: wayBetween(chain, text, key.text) })),
  );
  const rotated = ways.find(({ way }) => way === 'rotated');
  if (rotated && ways.every(({ way }) => way !== 'compromised'))
    return ok(`The log is ${key.name}`, by, wayWords(rotated.chain, rotated.text, key.text));
  if (ways.some(({ way }) => way === 'compromised'))
    return unknown(
      by,
      'between the key you trust and this one the log’s key fell into other hands; whoever had it could name any successor: compare this key with the one the publisher states now',
    );
  const asked = trusted.length > 0 || options.policy !== undefined;
  const verdict: ClaimVerdict = asked ? 'unknown' : 'ok';
  const detail = asked
    ? `the bundle’s key ${key.text} is not among the keys you trust`
    : `checked against the key inside the bundle; who holds that key is not shown: compare it with the one the publisher states (${key.text})`;
  return { claim: calls, verdict, by: 'the key in log/key', detail };
}

/** Two different successors of one key, both with its signature: one of them was not made by its owner. */
function checkFork(chains: readonly KeyChain[]): void {
  const [one, other] = chains.map(({ statements }) => statements.filter(({ event }) => event !== 'retired'));
  for (const { old, new: next } of one ?? []) {
    if (other?.some((each) => each.old === old && each.new !== next))
      throw new Failed(
        KEYS_HOLD,
        'the statements in the bundle and those you gave',
        'they name different successors of one key: it was used by somebody else',
      );
  }
}

function wayWords({ keys, statements }: KeyChain, trusted: string, key: string): string {
  const [from, to] = [trusted, key].map((text) => keys.findIndex((each) => each.key.text === text)) as [number, number];
  const links = statements.filter(({ event }) => event === 'rotated').map(({ size }) => `at ${size} entries`);
  const when = links.slice(Math.min(from, to), Math.max(from, to)).join(', ');
  const named =
    from < to ? 'the key you trust named its successor' : 'the key you trust names this one as its predecessor';
  return `the log’s key was changed ${when}; ${named}, and both signed (${key}). Whoever may have stolen the older key could have done the same`;
}

const periodOf = (chain: KeyChain | undefined, { text }: VerifierKey): KeyPeriod | undefined =>
  chain?.keys.find(({ key }) => key.text === text);

/**
 * A key signs nothing beyond the size at which it was retired, and a checkpoint of a size that a statement names has its root.
 * Throws `Failed`. A smaller tree cannot be held against the statement without a consistency proof, which is not here.
 */
export function checkPeriod({ key, chains }: Pick<KnownLog, 'key' | 'chains'>, { size, root }: Checkpoint): void {
  const what = 'The checkpoint is of the key’s time';
  for (const chain of chains) {
    const { to = Infinity, ended = '' } = periodOf(chain, key) ?? {};
    if (size > to)
      throw new Failed(
        what,
        'the log’s statements about its keys',
        `the key was ${ended} at ${to} entries, the checkpoint has ${size}`,
      );
    const same = chain.statements.find((each) => each.size === size);
    if (same && !equalBytes(same.root, root))
      throw new Failed(
        what,
        'the root in the log’s statement',
        `it is of another history: the root at ${size} entries is another one`,
      );
  }
}
