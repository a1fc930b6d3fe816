/** What a reader trusts, as lines of a text: the file of `verify --trust`, and the field of the static page. */
import { AsPostedError } from '../model/index.js';
import { checkBitcoinHeader } from './bitcoin-header.js';
import { equalBytes, fromHex } from './hash.js';
import { KNOWN_DOMAIN_ROOTS, KNOWN_TSA_ROOTS } from './known-roots.js';
import { parseKey } from './note.js';
import type { VerifyOptions } from './types.js';

export type Trust = Pick<VerifyOptions, 'trust' | 'tsaRoots' | 'domainRoots' | 'packageKeys' | 'bitcoin'>;

const FINGERPRINT = /^(tsa|domain|package)\s+sha256:([0-9a-f]{64})$/;
const HEADER = /^bitcoin\s+(0|[1-9]\d{0,8})\s+([0-9a-f]{160})$/;

/** Lines beginning with `#` and empty ones say nothing. Roots are added to the known ones. Throws BAD_INPUT and names the line. */
export function parseTrustFile(text: string, name: string): Trust {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const named = (kind: string): string[] =>
    lines.flatMap((line) => {
      const match = FINGERPRINT.exec(line);
      return match?.[1] === kind ? [match[2]!] : [];
    });
  const keys = lines.filter((line) => !FINGERPRINT.test(line) && !/^bitcoin\s/.test(line));
  const wrong = keys.find((line) => !parseKey(line));
  if (wrong !== undefined || lines.length === 0) {
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: `${name} holds ${wrong === undefined ? 'no key' : `a line that is no log key: ${wrong.slice(0, 40)}`}`,
      hint: 'A key looks like origin+hash+base64, one a line, as `asposted init` printed it; a root or package key is `tsa`, `domain` or `package`, then `sha256:` and 64 hex digits; a block header is `bitcoin`, its height and 160 hex digits.',
    });
  }
  const given = (values: string[], known: readonly string[] = []): readonly string[] | undefined =>
    values.length === 0 ? undefined : [...known, ...values];
  const trust: { [Key in keyof Trust]: Trust[Key] | undefined } = {
    trust: given(keys),
    tsaRoots: given(named('tsa'), KNOWN_TSA_ROOTS),
    domainRoots: given(named('domain'), KNOWN_DOMAIN_ROOTS),
    packageKeys: given(named('package')),
    bitcoin: headersOf(lines, name),
  };
  return Object.fromEntries(Object.entries(trust).filter(([, value]) => value !== undefined));
}

/**
 * `bitcoin HEIGHT HEADER`, the header in 160 hex digits as `bitcoin-cli getblockheader HASH false` prints it. One that does not carry
 * the work it claims was mistyped: said here, so that it is never taken for a fault of the proof.
 */
function headersOf(lines: readonly string[], name: string): Trust['bitcoin'] {
  const headers = new Map<number, Uint8Array>();
  for (const line of lines.filter((each) => /^bitcoin\s/.test(each))) {
    const [, height, hex] = HEADER.exec(line) ?? [];
    const header = hex === undefined ? undefined : fromHex(hex);
    const known = headers.get(Number(height));
    if (!header || checkBitcoinHeader(header, header.subarray(36, 68)).verdict !== 'ok')
      throw badHeader(name, `a line that is no header of a Bitcoin block: ${line.slice(0, 40)}`);
    if (known && !equalBytes(known, header)) throw badHeader(name, `two headers of block ${height}`);
    headers.set(Number(height), header);
  }
  return headers.size === 0 ? undefined : headers;
}

const badHeader = (name: string, what: string): AsPostedError =>
  new AsPostedError({
    code: 'BAD_INPUT',
    message: `${name} holds ${what}`,
    hint: 'A header is `bitcoin`, the height, and the 160 hex digits that `bitcoin-cli getblockheader HASH false` or an explorer gives.',
  });

/** The verdict in the words every interface uses. */
export const VERDICT_WORDS = {
  ok: 'verified',
  failed: 'VERIFICATION FAILED',
  unknown: 'could not be verified',
} as const;
