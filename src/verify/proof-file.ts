/** A `tlog-proof` on its own: which entry it shows in the log, as far as it says. */
import { parseCanonical } from './canonical-json.js';
import { fromUtf8 } from './hash.js';
import { leafHash, verifyInclusion } from './merkle.js';
import { type ProofFile, openCheckpoint, parseProof, splitNote } from './note.js';
import { checkpointClaims, keysForNote } from './trust.js';
import type { VerifiedClaim, VerifyOptions } from './types.js';

export async function verifyProof(text: string, options: VerifyOptions): Promise<VerifiedClaim[]> {
  const proof = parseProof(text);
  if (!proof) return [malformed('The proof is well formed', 'it is not a tlog-proof')];
  if (!splitNote(proof.checkpoint)) return [malformed('The checkpoint in the proof is a signed note', 'it is not')];
  return [...(await checkpointClaims(proof.checkpoint, options)), entryClaim(proof, options)];
}

const malformed = (claim: string, detail: string): VerifiedClaim => ({
  claim,
  verdict: 'failed',
  by: 'strict reading',
  detail,
});

/**
 * `extra` holds the entry itself in the proofs we write (facts/evidence §16): nothing vouches for it but the inclusion
 * proof, so it is shown only when that leads from it to a root a trusted log signed.
 */
function entryClaim(proof: ProofFile, options: VerifyOptions): VerifiedClaim {
  const by = 'RFC 6962 inclusion proof';
  const claim = `The log has an entry at ${proof.index}`;
  const origin = proof.checkpoint.split('\n', 1)[0] ?? '';
  const checkpoint = openCheckpoint(proof.checkpoint, keysForNote(proof.checkpoint, options).keys, origin);
  if (!checkpoint) return { claim, verdict: 'unknown', by, detail: 'no log you trust signed the checkpoint in it' };
  if (!proof.extra) {
    const detail = 'a proof without its entry names no record: verify the bundle it belongs to';
    return { claim, verdict: 'unknown', by, detail };
  }
  const { index, hashes } = proof;
  const { size, root } = checkpoint;
  if (!verifyInclusion({ index, size, leaf: leafHash(proof.extra), proof: hashes, root }))
    return { claim, verdict: 'failed', by, detail: 'the proof does not lead from the entry in it to the root' };
  return { claim, verdict: 'ok', by, detail: entryWords(proof.extra) };
}

function entryWords(entry: Uint8Array): string {
  const leaf = parseCanonical(fromUtf8(entry) ?? '') as { type?: unknown; at?: unknown; record?: unknown } | undefined;
  if (typeof leaf?.type !== 'string' || typeof leaf.at !== 'string' || typeof leaf.record !== 'string')
    return 'the entry in the proof stands there; it is none of the form this program writes';
  return `the record ${JSON.stringify(leaf.record)} (${JSON.stringify(leaf.type)}), by the observer’s clock at ${JSON.stringify(leaf.at)}; the record itself is not in this file`;
}
