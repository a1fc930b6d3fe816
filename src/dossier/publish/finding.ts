/** What the check before publication finds, in words that never repeat the secret. */

/** `session`: what a site gave a logged-in observer · `address`: where the observer is · `identity`: who · `unreadable`: it could not be searched. */
export type FindingKind = 'session' | 'address' | 'identity' | 'unreadable';

/** One hit in one text. */
export interface Hit {
  kind: FindingKind;
  /** What it is, in words: `pass_ticket in a script`. Never the value. */
  what: string;
  value: string;
  /** Where in the searched text it begins. */
  offset: number;
  /** `tell`: worth knowing, no reason to refuse. */
  weight: 'refuse' | 'tell';
}

export interface Finding {
  kind: FindingKind;
  what: string;
  weight: 'refuse' | 'tell';
  /** Path of the file in the bundle. */
  member: string;
  /** WARC record, counted from 1; absent for files that are no WARC. */
  record?: { number: number; type: string };
  /** `head`, `header Set-Cookie`, `body`, `WARC head`, `file`. */
  part: string;
  /** Bytes into a head, characters into a decoded body or file. */
  offset: number;
  /** Enough to find it again for somebody who has the file, too little to use. */
  masked: string;
}

/** At most two letters, and never more than a quarter of the value. */
export function mask(value: string): string {
  const letters = Array.from(value);
  return `${letters.slice(0, Math.min(2, letters.length >> 2)).join('')}… (${letters.length} characters)`;
}
