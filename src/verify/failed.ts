/** How a check of a package ends early: with the claim that does not hold. */
import type { VerifiedClaim } from './types.js';

export const ok = (claim: string, by: string, detail: string): VerifiedClaim => ({ claim, verdict: 'ok', by, detail });

export const failed = (claim: string, by: string, detail: string): VerifiedClaim => ({
  claim,
  verdict: 'failed',
  by,
  detail,
});

export class Failed extends Error {
  readonly claim: VerifiedClaim;
  constructor(claim: string, by: string, detail: string) {
    super(detail);
    this.claim = failed(claim, by, detail);
  }
}

export function isFailed(error: unknown): error is Error & { claim: VerifiedClaim } {
  return error instanceof Failed;
}
