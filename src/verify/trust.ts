/** What the caller trusts, said once for every kind of file: log keys, or a policy that names logs, witnesses and a quorum. */
import { type PolicyAnswer, applyPolicy, parsePolicy } from './policy.js';
import { equalBytes } from './hash.js';
import { type KeyPeriod, parseKeyStatements, wayBetween } from './key-statement.js';
import { type VerifierKey, openNote, parseCheckpoint, parseKey, splitNote } from './note.js';
import type { VerifiedClaim, VerifyOptions } from './types.js';

/** Verifier keys of all logs the caller trusts, by `trust` or by `policy`. Throws BAD_INPUT for a policy that cannot be used. */
export function trustedKeys({ trust = [], policy }: VerifyOptions): VerifierKey[] {
  const keys = trust.map(parseKey).filter((key) => key !== undefined);
  return policy === undefined ? keys : [...keys, ...parsePolicy(policy).logs.map(({ key }) => key)];
}

/** Who signed a checkpoint, by keys and by policy. The text of a note nobody trusted signed is never shown. */
export async function checkpointClaims(note: string, options: VerifyOptions): Promise<VerifiedClaim[]> {
  return options.policy === undefined
    ? [signedByTrusted(note, options)]
    : [await policyClaim(note, options.policy, { now: options.now, ...logsForNote(note, options) })];
}

function signedByTrusted(note: string, options: VerifyOptions): VerifiedClaim {
  const by = 'Ed25519 signature';
  const claim = 'The checkpoint is signed by a log you trust';
  if (trustedKeys(options).length === 0)
    return { claim, verdict: 'unknown', by, detail: 'no key was given to check it with (--trust or --policy)' };
  const { keys, doubtful } = keysForNote(note, options);
  const opened = openNote(note, keys);
  const checkpoint = opened && parseCheckpoint(opened.text);
  if (opened && checkpoint && opened.signedBy.some(({ name }) => name === checkpoint.origin))
    return { claim, verdict: 'ok', by, detail: `${checkpoint.origin}, ${checkpoint.size} entries` };
  if (openNote(note, doubtful))
    return {
      claim,
      verdict: 'unknown',
      by,
      detail: 'it is signed by a key that fell into other hands, or that follows one that did',
    };
  const named = isNamed(note, trustedKeys(options));
  const detail = named
    ? 'no signature of a key you trust verifies (if the log changed its key, give its statements with --keys)'
    : 'it is signed by none of the keys given';
  return { claim, verdict: named ? 'failed' : 'unknown', by, detail };
}

/** Of a policy, too, the logs’ keys follow from the statements, and nothing else the caller trusts counts. */
function logsForNote(note: string, { policy, keyStatements }: VerifyOptions): Pick<PolicyContext, 'logs'> {
  if (policy === undefined || keyStatements === undefined) return {};
  return { logs: keysForNote(note, { policy, keyStatements }).keys };
}

/**
 * The keys that may have signed this checkpoint: those the caller trusts and those the statements lead to from them, each
 * for the sizes of its own time. `doubtful`: the log’s as well, but stolen, or made after a theft.
 */
export function keysForNote(note: string, options: VerifyOptions): { keys: VerifierKey[]; doubtful: VerifierKey[] } {
  const trusted = trustedKeys(options);
  if (options.keyStatements === undefined) return { keys: trusted, doubtful: [] };
  const chains = parseKeyStatements(options.keyStatements);
  const size = parseCheckpoint(splitNote(note)?.text ?? '')?.size ?? 0; // nothing is believed before a signature holds
  const heirs = [...chains.values()].flatMap((chain) =>
    chain.keys
      .map(({ key }) => key)
      .filter(({ text }) => trusted.some((each) => wayBetween(chain, each.text, text) === 'rotated')),
  );
  const all = [...new Map([...trusted, ...heirs].map((key) => [key.text, key])).values()];
  const periodOf = ({ name, text }: VerifierKey): KeyPeriod | undefined =>
    chains.get(name)?.keys.find(({ key }) => key.text === text);
  const isStolen = (key: VerifierKey): boolean => periodOf(key)?.ended === 'compromised';
  const known = [...chains.values()].flatMap((chain) => chain.keys.map(({ key }) => key));
  const strangers = known.filter(
    ({ name, text }) => trusted.some((each) => each.name === name) && all.every((each) => each.text !== text),
  );
  return {
    keys: all.filter((key) => !isStolen(key) && size <= (periodOf(key)?.to ?? Infinity)),
    doubtful: [...all.filter(isStolen), ...strangers],
  };
}

/** The note claims to be of one of these logs, by its origin or by a signature line: then not verifying is a failure. */
function isNamed(note: string, keys: readonly VerifierKey[]): boolean {
  const origin = note.split('\n', 1)[0];
  const signatures = splitNote(note)?.signatures ?? [];
  return keys.some(
    (key) => key.name === origin || signatures.some(({ name, id }) => name === key.name && equalBytes(id, key.id)),
  );
}

export interface PolicyContext {
  now?: Date | undefined;
  /** Keys a log of the policy named as its successors, or that named it: they count as if they were listed. */
  heirs?: readonly VerifierKey[];
  /** The logs’ keys in place of those listed: what statements about them left of these. */
  logs?: readonly VerifierKey[];
  /** It is by another key of a listed log, whose statements do not tell enough to trust it. */
  otherKey?: boolean;
}

/**
 * A checkpoint held against a policy. A quorum that is not met is `unknown`, never `failed`: witnesses may not have
 * been asked. A cosignature of a listed witness that does not verify is `failed`.
 */
export async function policyClaim(
  note: string,
  text: string,
  { now, heirs = [], logs, otherKey = false }: PolicyContext = {},
): Promise<VerifiedClaim> {
  const listed = parsePolicy(text);
  const keys = logs ?? [...listed.logs.map(({ key }) => key), ...heirs];
  const policy = { ...listed, logs: keys.map((key) => ({ key })) };
  const by = `policy sha256:${policy.sha256}`;
  const claim = 'The checkpoint is what the policy asks for';
  const answer = await applyPolicy(note, policy, now);
  if (answer === 'broken')
    return { claim, verdict: 'failed', by, detail: 'a signature under it by a witness of the policy does not verify' };
  if (!answer) {
    const named = !otherKey && isNamed(note, keys);
    const detail = named
      ? 'the signature of the log does not verify'
      : 'it is signed by none of the logs of the policy';
    return { claim, verdict: named ? 'failed' : 'unknown', by, detail };
  }
  const detail = [`${answer.log.name}, ${answer.checkpoint.size} entries`, witnessWords(answer), ...policy.warnings];
  if (!answer.quorumMet) detail.push('the quorum of the policy is not met');
  return { claim, verdict: answer.quorumMet ? 'ok' : 'unknown', by, detail: detail.join('; ') };
}

function witnessWords({ witnesses, ahead }: PolicyAnswer): string {
  const seen = witnesses.map(({ name, time }) => `${name} at ${new Date(time * 1000).toISOString()}`);
  const words = seen.length === 0 ? 'seen by no witness of the policy' : `seen by ${seen.join(', ')}`;
  return ahead.length === 0 ? words : `${words}; not counted, as the time lies ahead: ${ahead.join(', ')}`;
}
