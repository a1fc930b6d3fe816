/** Having the newest checkpoint cosigned by the witnesses of a policy, and keeping what they signed. */
import { type Witness, type WitnessOutcome, type Post, askWitness, mergeSignatures } from '../preserve/index.js';
import type { Store } from '../store/index.js';
import { applyPolicy, openCosignatures, parseCheckpoint, parsePolicy, splitNote } from '../verify/index.js';

export interface WitnessRound {
  size: number;
  outcomes: WitnessOutcome[];
  quorumMet: boolean;
}

/**
 * All witnesses with an address at once; one that is slow or down holds up nobody, and one that says no is told by name.
 * What the others signed is kept. Throws BAD_INPUT for a policy that cannot be used.
 */
export async function askWitnesses(log: Store['log'], policyText: string, post: Post): Promise<WitnessRound> {
  const policy = parsePolicy(policyText);
  const note = await log.checkpoint();
  const { size } = parseCheckpoint(splitNote(note)!.text)!;
  const before = await log.witnessed();
  const ask = async (witness: Witness): Promise<WitnessOutcome> =>
    askWitness({
      witness,
      note,
      older: before === undefined ? 0 : await sizeSeenBy(witness, before),
      consistency: (from, to) => log.consistency(from, to),
      post,
    });
  const outcomes = await Promise.all(policy.witnesses.filter(({ url }) => url !== undefined).map(ask));
  const lines = outcomes.map((each) => each.lines ?? '').join('');
  if (lines === '') return { size, outcomes, quorumMet: policy.quorum === undefined };
  const sameTree = before !== undefined && splitNote(before)?.text === splitNote(note)!.text;
  const cosigned = mergeSignatures(sameTree ? before : note, lines);
  const answer = await applyPolicy(cosigned, policy);
  const quorumMet = typeof answer === 'object' && answer.quorumMet;
  // A newer checkpoint with fewer witnesses must not take the place of one whose quorum was met.
  const was = before === undefined ? undefined : await applyPolicy(before, policy);
  if (quorumMet || !(typeof was === 'object' && was.quorumMet)) await log.keepWitnessed(cosigned);
  return { size, outcomes, quorumMet };
}

/** 0 asks the witness for its size: it answers 409 with it. */
async function sizeSeenBy(witness: Witness, note: string): Promise<number> {
  const found = await openCosignatures(note, [witness.key]);
  return found && found.length > 0 ? parseCheckpoint(splitNote(note)!.text)!.size : 0;
}
