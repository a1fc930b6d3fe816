export type ClaimVerdict = 'ok' | 'failed' | 'unknown';

/** One thing that was checked: what it says, by what it was checked, and what that does not show. */
export interface VerifiedClaim {
  claim: string;
  verdict: ClaimVerdict;
  by: string;
  detail: string;
}

/** DESIGN §4: exit 0 for ok, 5 for failed, 6 for unknown. */
export interface Verification {
  type: 'verification';
  file: string;
  verdict: ClaimVerdict;
  claims: VerifiedClaim[];
}

export interface VerifyOptions {
  /** Shown in the verdict. */
  name?: string;
  /** Log keys (vkeys) the caller trusts. Without any, integrity is checked against the key inside the file, and that is said. */
  trust?: readonly string[];
  /** Statements about keys of logs (`log keys --statements`), for files that do not carry them. Throws BAD_INPUT when they cannot be used. */
  keyStatements?: string;
  /** SHA-256 fingerprints (hex) of the roots of time-stamp authorities the caller trusts; default `KNOWN_TSA_ROOTS`. */
  tsaRoots?: readonly string[];
  /** SHA-256 (hex) of the SPKI of keys whose WACZ packages the caller trusts. */
  packageKeys?: readonly string[];
  /** SHA-256 fingerprints (hex) of the roots of certificates of domains that sign WACZ packages; default `KNOWN_DOMAIN_ROOTS`. */
  domainRoots?: readonly string[];
  /** What a lone proof (`.ots`, `.tsr`) is of. */
  of?: Uint8Array;
  /** Headers (80 bytes) of Bitcoin blocks by height, as a node or an explorer the caller trusts gives them: what `.ots` proofs lead to. */
  bitcoin?: ReadonlyMap<number, Uint8Array>;
  /** The easiest target a block may claim; default that of the main chain. For test networks only, as it lets anybody make blocks. */
  bitcoinEasiest?: bigint;
  /** Text of a trust policy (C2SP tlog-policy): logs, witnesses, quorum. Throws BAD_INPUT when it cannot be used. */
  policy?: string;
  /** The present time, for cosignatures that lie ahead of it; without it none is refused for that. */
  now?: Date;
}
