/** What an OpenTimestamps proof shows for a file, given the block headers the caller trusts (facts/evidence §19.2). */
import { EASIEST_TARGET, checkBitcoinHeader } from './bitcoin-header.js';
import { fromHex, toHex } from './hash.js';
import { type OtsAttestation, type OtsProof, otsDigest, readOts } from './ots.js';
import type { ClaimVerdict } from './types.js';

export interface OtsFacts {
  proof: Uint8Array;
  /** What was stamped, or its digest under the proof’s own file hash. */
  data: Uint8Array | { digest: Uint8Array };
  /** Block headers of 80 bytes by height, from a node or an explorer the caller trusts. */
  headers?: ReadonlyMap<number, Uint8Array> | undefined;
  /** The easiest target a block may claim; default that of the main chain. For test networks only. */
  easiest?: bigint | undefined;
}

interface Blocks {
  headers: ReadonlyMap<number, Uint8Array>;
  easiest: bigint;
}

export type OtsCode =
  | 'ok'
  /** Malformed. */
  | 'form'
  /** For another file. */
  | 'digest'
  /** A header was given and contradicts the proof. */
  | 'header'
  /** Leads to a block, but the file digest is SHA-1: one proof can fit two files. */
  | 'weak-digest'
  /** Leads to a block whose header was not given. */
  | 'no-header'
  /** Only promises of calendars. */
  | 'pending'
  /** Only attestations this program can not check. */
  | 'unknown-attestation';

export type OtsAttestationVerdict = OtsAttestation & {
  verdict: ClaimVerdict;
  detail: string;
  /** Block time, RFC 3339, about ± 2 h; only with verdict ok. */
  time?: string;
};

export interface OtsVerdict {
  verdict: ClaimVerdict;
  code: OtsCode;
  detail: string;
  /** True when the file digest is SHA-1. */
  weak: boolean;
  /** Undefined when malformed. */
  proof: OtsProof | undefined;
  attestations: OtsAttestationVerdict[];
  /** The earliest block time that was verified. */
  time?: string;
}

/** Never rejects for what the bytes hold. */
export async function verifyOts({
  proof: bytes,
  data,
  headers = new Map(),
  easiest = EASIEST_TARGET,
}: OtsFacts): Promise<OtsVerdict> {
  let proof: OtsProof;
  try {
    proof = await readOts(bytes);
  } catch (thrown) {
    const detail = (thrown as Error).message;
    return { verdict: 'failed', code: 'form', detail, weak: false, proof: undefined, attestations: [] };
  }
  const weak = proof.fileHash === 'sha1';
  const digest = data instanceof Uint8Array ? await otsDigest(proof.fileHash, data) : data.digest;
  const attestations = proof.attestations.map((each) => judge(each, { headers, easiest }));
  const facts = { weak, proof, attestations };
  if (toHex(digest) !== proof.fileDigest)
    return { verdict: 'failed', code: 'digest', detail: `the proof is for another file (${proof.fileHash})`, ...facts };
  const wrong = attestations.find(({ verdict }) => verdict === 'failed');
  if (wrong) return { verdict: 'failed', code: 'header', detail: wrong.detail, ...facts };
  const best = summary(attestations, weak);
  const unsaid = best.code === 'ok' || best.code === 'weak-digest' ? undefined : unsaidBlock(proof, headers);
  return unsaid === undefined ? { ...best, ...facts } : { verdict: 'failed', code: 'header', detail: unsaid, ...facts };
}

/**
 * A message that is the Merkle root of a block the reader gave, while what stands there names none or another: nothing but a
 * changed height or tag looks like this, and it must not pass for a proof that was merely not checked.
 */
function unsaidBlock({ attestations }: OtsProof, headers: Blocks['headers']): string | undefined {
  const roots = new Map([...headers].map(([height, header]) => [toHex(header.subarray(36, 68)), height]));
  const height = attestations.map(({ message }) => roots.get(message)).find((each) => each !== undefined);
  return height === undefined ? undefined : `it leads to the Merkle root of block ${height}, but names another`;
}

/** The best of them, as none failed: a checked block, an unchecked one, a promise, something unknown. */
function summary(
  attestations: readonly OtsAttestationVerdict[],
  weak: boolean,
): Pick<OtsVerdict, 'verdict' | 'code' | 'detail' | 'time'> {
  const proved = attestations
    .filter(({ verdict }) => verdict === 'ok')
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
  const [best] = proved;
  if (best?.time !== undefined && weak) {
    const detail = `${best.detail}; but the file digest is SHA-1, and one proof can fit two files`;
    return { verdict: 'unknown', code: 'weak-digest', detail };
  }
  if (best?.time !== undefined) return { verdict: 'ok', code: 'ok', detail: best.detail, time: best.time };
  const note = weak ? '; and the file digest is SHA-1: one proof can fit two files' : '';
  for (const [kind, code] of [
    ['bitcoin', 'no-header'],
    ['pending', 'pending'],
  ] as const) {
    const found = attestations.find((each) => each.kind === kind);
    if (found) return { verdict: 'unknown', code, detail: `${found.detail}${note}` };
  }
  const detail = `the proof leads to nothing this program can check${note}`;
  return { verdict: 'unknown', code: 'unknown-attestation', detail };
}

function judge(attestation: OtsAttestation, blocks: Blocks): OtsAttestationVerdict {
  switch (attestation.kind) {
    case 'bitcoin':
      return { ...attestation, ...judgeBitcoin(attestation.height, attestation.message, blocks) };
    case 'pending':
      return { ...attestation, verdict: 'unknown', detail: `not a proof yet: ${attestation.uri} has promised one` };
    case 'litecoin': {
      const detail = `commits to block ${attestation.height} of Litecoin; not checked`;
      return { ...attestation, verdict: 'unknown', detail };
    }
    case 'unknown':
      return {
        ...attestation,
        verdict: 'unknown',
        detail: `an attestation of unknown kind ${attestation.tag}; not checked`,
      };
  }
}

function judgeBitcoin(
  height: number,
  message: string,
  { headers, easiest }: Blocks,
): { verdict: ClaimVerdict; detail: string; time?: string } {
  const root = fromHex(message);
  if (root.length !== 32)
    return { verdict: 'failed', detail: `what is said to be in block ${height} is no Merkle root` };
  const header = headers.get(height);
  if (!header) {
    const shown = toHex(Uint8Array.from(root).reverse());
    return { verdict: 'unknown', detail: `commits to Merkle root ${shown} of block ${height}; not checked` };
  }
  const checked = checkBitcoinHeader(header, root, easiest);
  if (checked.verdict === 'failed') return { verdict: 'failed', detail: `block ${height}: ${checked.detail}` };
  return { verdict: 'ok', detail: `the data existed before block ${height}: ${checked.detail}`, time: checked.time };
}
