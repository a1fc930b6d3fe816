/** The time stamps that lie beside a checkpoint, each as a claim of its own. */
import { utf8 } from './hash.js';
import { KNOWN_TSA_ROOTS } from './known-roots.js';
import { verifyTimestamp } from './timestamp.js';
import type { VerifiedClaim, VerifyOptions } from './types.js';

/**
 * A stamp is over the text of the checkpoint, without its signatures. One under a root that is not trusted is `unknown`,
 * never `ok` (DESIGN §6.3). Its bytes are bound by the bundle's manifest, so parts nobody signs in it are let through.
 */
export function stampClaims(text: string, stamps: readonly Uint8Array[], options: VerifyOptions): VerifiedClaim[] {
  const anchors = options.tsaRoots ?? KNOWN_TSA_ROOTS;
  return stamps.map((response): VerifiedClaim => {
    const stamp = verifyTimestamp({ response, data: utf8(text), anchors, strict: false });
    const when = 'genTime' in stamp ? `not later than ${stamp.genTime}` : 'when it was stamped';
    const by = 'genTime' in stamp ? `RFC 3161 time stamp of ${stamp.tsa}` : 'RFC 3161 time stamp';
    const claim = `The checkpoint, and every record under it, existed ${when}`;
    const detail =
      stamp.verdict === 'unknown'
        ? `${stamp.detail}; name the root you trust with a line \`tsa sha256:…\` in the file of --trust`
        : `${stamp.detail}; whether a certificate was revoked is not checked offline`;
    return { claim, verdict: stamp.verdict, by, detail };
  });
}
