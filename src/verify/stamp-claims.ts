/** The time stamps that lie beside a checkpoint, each as a claim of its own. */
import { utf8 } from './hash.js';
import { KNOWN_TSA_ROOTS } from './known-roots.js';
import { type OtsVerdict, verifyOts } from './ots-verdict.js';
import { type TimestampVerdict, verifyTimestamp } from './timestamp.js';
import type { VerifiedClaim, VerifyOptions } from './types.js';

/** Stamps as they lie in a package: answers of RFC 3161 authorities, and OpenTimestamps proofs. */
export interface StampFiles {
  responses: readonly Uint8Array[];
  proofs: readonly Uint8Array[];
}

const COVERED = 'The checkpoint, and every record under it,';

/**
 * A stamp is over the text of the checkpoint, without its signatures. One under a root that is not trusted, or that leads to a
 * block whose header the reader did not give, is `unknown`, never `ok` (DESIGN §6.3). Its bytes are bound by the bundle’s
 * manifest, so parts nobody signs in it are let through.
 */
export async function stampClaims(
  text: string,
  { responses, proofs }: StampFiles,
  options: VerifyOptions,
): Promise<VerifiedClaim[]> {
  const data = utf8(text);
  const anchors = options.tsaRoots ?? KNOWN_TSA_ROOTS;
  const claims = responses.map((response) =>
    timestampClaim(COVERED, verifyTimestamp({ response, data, anchors, strict: false })),
  );
  for (const proof of proofs) claims.push(otsClaim(COVERED, await verifyOts({ proof, data, ...blocksOf(options) })));
  return claims;
}

/** What of the options an OpenTimestamps proof is held against. */
export const blocksOf = ({
  bitcoin,
  bitcoinEasiest,
}: VerifyOptions): Pick<Parameters<typeof verifyOts>[0], 'headers' | 'easiest'> => ({
  headers: bitcoin,
  easiest: bitcoinEasiest,
});

/** `what` existed not later than the stamp. */
export function timestampClaim(what: string, stamp: TimestampVerdict): VerifiedClaim {
  const when = 'genTime' in stamp ? `not later than ${stamp.genTime}` : 'when it was stamped';
  const by = 'genTime' in stamp ? `RFC 3161 time stamp of ${stamp.tsa}` : 'RFC 3161 time stamp';
  const hint =
    stamp.code === 'untrusted-root'
      ? '; name the root you trust with a line `tsa sha256:…` in the file of --trust'
      : stamp.code === 'ok'
        ? '; whether a certificate was revoked is not checked offline'
        : '';
  return { claim: `${what} existed ${when}`, verdict: stamp.verdict, by, detail: `${stamp.detail}${hint}` };
}

/** `what` existed before the block. */
export function otsClaim(what: string, stamp: OtsVerdict): VerifiedClaim {
  const by = 'OpenTimestamps proof';
  const blocks = stamp.attestations.flatMap((each) => (each.kind === 'bitcoin' ? [each] : []));
  const block = blocks.find(({ verdict, time }) => verdict === stamp.verdict && time === stamp.time) ?? blocks[0];
  const when = block ? `before block ${block.height} of Bitcoin` : 'when it was stamped';
  const hint =
    stamp.code === 'no-header'
      ? `; give that block’s header, from a node or an explorer you trust, with a line \`bitcoin ${block!.height} …\` (160 hex digits) in the file of --trust`
      : stamp.code === 'pending'
        ? '; ask again with a program that upgrades it (`asposted log upgrade` for those of a log)'
        : '';
  return { claim: `${what} existed ${when}`, verdict: stamp.verdict, by, detail: `${stamp.detail}${hint}` };
}
