/** What a reader trusts, as lines of a text: the file of `verify --trust`, and the field of the static page. */
import { AsPostedError } from '../model/index.js';
import { KNOWN_DOMAIN_ROOTS, KNOWN_TSA_ROOTS } from './known-roots.js';
import { parseKey } from './note.js';
import type { VerifyOptions } from './types.js';

export type Trust = Pick<VerifyOptions, 'trust' | 'tsaRoots' | 'domainRoots' | 'packageKeys'>;

const FINGERPRINT = /^(tsa|domain|package)\s+sha256:([0-9a-f]{64})$/;

/** Lines beginning with `#` and empty ones say nothing. Roots are added to the known ones. Throws BAD_INPUT and names the line. */
export function parseTrustFile(text: string, name: string): Trust {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const named = (kind: string): string[] =>
    lines.flatMap((line) => {
      const match = FINGERPRINT.exec(line);
      return match?.[1] === kind ? [match[2]!] : [];
    });
  const keys = lines.filter((line) => !FINGERPRINT.test(line));
  const wrong = keys.find((line) => !parseKey(line));
  if (wrong !== undefined || lines.length === 0) {
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: `${name} holds ${wrong === undefined ? 'no key' : `a line that is no log key: ${wrong.slice(0, 40)}`}`,
      hint: 'A key looks like origin+hash+base64, one a line, as `asposted init` printed it; a root or package key is `tsa`, `domain` or `package`, then `sha256:` and 64 hex digits.',
    });
  }
  const given = (values: string[], known: readonly string[] = []): readonly string[] | undefined =>
    values.length === 0 ? undefined : [...known, ...values];
  const trust: { [Key in keyof Trust]: Trust[Key] | undefined } = {
    trust: given(keys),
    tsaRoots: given(named('tsa'), KNOWN_TSA_ROOTS),
    domainRoots: given(named('domain'), KNOWN_DOMAIN_ROOTS),
    packageKeys: given(named('package')),
  };
  return Object.fromEntries(Object.entries(trust).filter(([, value]) => value !== undefined));
}

/** The verdict in the words every interface uses. */
export const VERDICT_WORDS = {
  ok: 'verified',
  failed: 'VERIFICATION FAILED',
  unknown: 'could not be verified',
} as const;
