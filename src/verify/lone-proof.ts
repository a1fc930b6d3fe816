/** A `.ots` or `.tsr` on its own, held against the data it is of (facts/evidence §18.4, §19.2). */
import { fromHex, toHex } from './hash.js';
import { KNOWN_TSA_ROOTS } from './known-roots.js';
import type { LoneProof } from './kind.js';
import { readOts } from './ots.js';
import { verifyOts } from './ots-verdict.js';
import { blocksOf, otsClaim, timestampClaim } from './stamp-claims.js';
import { stampedDigest } from './timestamp-message.js';
import { verifyTimestamp } from './timestamp.js';
import type { VerifiedClaim, VerifyOptions } from './types.js';

/**
 * Strictly: what no signature covers in a `.tsr` must be what the rest implies, as no manifest binds its bytes here. Without the
 * data a proof that is whole stays `unknown`, whatever it leads to: it is of something nobody showed.
 */
export async function verifyLone(kind: LoneProof, bytes: Uint8Array, options: VerifyOptions): Promise<VerifiedClaim[]> {
  const claim = await (kind === 'ots' ? loneOts(bytes, options) : loneTsr(bytes, options));
  return [claim];
}

async function loneOts(proof: Uint8Array, options: VerifyOptions): Promise<VerifiedClaim> {
  const { of } = options;
  const stated = of ? undefined : await statedDigest(proof);
  const data = of ?? { digest: fromHex(stated?.hex ?? '') };
  const verdict = await verifyOts({ proof, data, ...blocksOf(options) });
  const claim = otsClaim('The data', verdict);
  return stated && verdict.verdict !== 'failed' ? withoutData(claim, `${stated.name} ${stated.hex}`) : claim;
}

/** Undefined for a malformed proof, of which `verifyOts` says why. */
async function statedDigest(proof: Uint8Array): Promise<{ name: string; hex: string } | undefined> {
  const read = await readOts(proof).catch(() => undefined);
  return read && { name: read.fileHash, hex: read.fileDigest };
}

function loneTsr(response: Uint8Array, { of, tsaRoots: anchors = KNOWN_TSA_ROOTS }: VerifyOptions): VerifiedClaim {
  const stated = of ? undefined : stampedDigest(response);
  const verdict = verifyTimestamp({ response, data: of ?? { sha256: stated ?? new Uint8Array() }, anchors });
  const claim = timestampClaim('The data', verdict);
  return stated && verdict.verdict !== 'failed' ? withoutData(claim, `sha256 ${toHex(stated)}`) : claim;
}

const withoutData = ({ claim, by, detail }: VerifiedClaim, digest: string): VerifiedClaim => ({
  claim,
  by,
  verdict: 'unknown',
  detail: `it is of data with ${digest}, which was not given: give that file with --of FILE; ${detail}`,
});

/** Data was given for something that is no lone proof: said, so that nobody believes it was compared. */
export const DATA_NOT_USED: VerifiedClaim = {
  claim: 'The data given is what the file is of',
  verdict: 'unknown',
  by: 'its bytes',
  detail: 'the file is no .ots or .tsr, so that it was not held against that data',
};
