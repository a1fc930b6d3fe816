/** Roots trusted when the caller names none, by SHA-256 fingerprint (facts/evidence §8.3). Public authorities only, no staging ones. */

/** FreeTSA, to 2041. */
export const KNOWN_TSA_ROOTS: readonly string[] = ['a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc'];

/** ISRG Root X1 and X2, and X1 as cross-signed by DST Root CA X3: what domain certificates of packages have led to. */
export const KNOWN_DOMAIN_ROOTS: readonly string[] = [
  '96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6',
  '69729b8e15a86efc177a57afb7171dfc64add28c2fca8cf1507e34453ccb1470',
  '6d99fb265eb1c5b3744765fcbc648f3cd8e1bffafdc4c2f99b9d47cf7ff1c24f',
];
