/** What the caller trusts, said once for every kind of file: log keys, or a policy that names logs, witnesses and a quorum. */
import { type PolicyAnswer, applyPolicy, parsePolicy } from './policy.js';
import { equalBytes } from './hash.js';
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
    : [await policyClaim(note, options.policy, options.now)];
}

function signedByTrusted(note: string, options: VerifyOptions): VerifiedClaim {
  const by = 'Ed25519 signature';
  const claim = 'The checkpoint is signed by a log you trust';
  const keys = trustedKeys(options);
  if (keys.length === 0)
    return { claim, verdict: 'unknown', by, detail: 'no key was given to check it with (--trust or --policy)' };
  const opened = openNote(note, keys);
  const checkpoint = opened && parseCheckpoint(opened.text);
  if (opened && checkpoint && opened.signedBy.some(({ name }) => name === checkpoint.origin))
    return { claim, verdict: 'ok', by, detail: `${checkpoint.origin}, ${checkpoint.size} entries` };
  const named = isNamed(note, keys);
  const detail = named ? 'the signature does not verify' : 'it is signed by none of the keys given';
  return { claim, verdict: named ? 'failed' : 'unknown', by, detail };
}

/** The note claims to be of one of these logs, by its origin or by a signature line: then not verifying is a failure. */
function isNamed(note: string, keys: readonly VerifierKey[]): boolean {
  const origin = note.split('\n', 1)[0];
  const signatures = splitNote(note)?.signatures ?? [];
  return keys.some(
    (key) => key.name === origin || signatures.some(({ name, id }) => name === key.name && equalBytes(id, key.id)),
  );
}

/**
 * A checkpoint held against a policy. A quorum that is not met is `unknown`, never `failed`: witnesses may not have
 * been asked. A cosignature of a listed witness that does not verify is `failed`.
 */
export async function policyClaim(note: string, text: string, now?: Date): Promise<VerifiedClaim> {
  const policy = parsePolicy(text);
  const by = `policy sha256:${policy.sha256}`;
  const claim = 'The checkpoint is what the policy asks for';
  const answer = await applyPolicy(note, policy, now);
  if (answer === 'broken')
    return { claim, verdict: 'failed', by, detail: 'a signature under it by a witness of the policy does not verify' };
  if (!answer) {
    const named = isNamed(
      note,
      policy.logs.map(({ key }) => key),
    );
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
