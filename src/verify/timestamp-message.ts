/** The two messages of RFC 3161 around a token: what is asked, and whether it was granted (facts/evidence §18.1, §18.2). */
import { visible } from '../model/index.js';
import { type Der, Fields, TAG, bad, children, expectTag, namedBits, readDer, smallInteger } from './der.js';
import { concat, fromHex, fromUtf8, latin1 } from './hash.js';
import { digestName, readToken, readTstInfo } from './timestamp-token.js';

/** facts/evidence §22.2. */
export const MAX_RESPONSE_BYTES = 64 * 1024;

/**
 * A request for SHA-256 `digest` that asks for the TSA’s certificate: 59 bytes, or 69 with a nonce of 8 bytes. The nonce’s
 * first byte is 01–7f, so that it is a positive INTEGER of this length.
 */
export function timestampRequest(digest: Uint8Array, nonce?: Uint8Array): Uint8Array {
  if (digest.length !== 32) throw bad('a time stamp is asked for a SHA-256 digest of 32 bytes');
  if (nonce && (nonce.length !== 8 || nonce[0]! < 1 || nonce[0]! > 0x7f))
    throw bad('a nonce has 8 bytes, the first of them 01 to 7f');
  return concat([
    fromHex(`30${nonce ? '43' : '39'}0201013031300d060960864801650304020105000420`),
    digest,
    ...(nonce ? [fromHex('0208'), nonce] : []),
    fromHex('0101ff'),
  ]);
}

export interface TimestampResponse {
  granted: boolean;
  /** PKIStatus 0–5. */
  status: number;
  /** The status in words. */
  words: string;
  /** Reasons for a refusal, in words. */
  failInfo: string[];
  /** What the TSA says in its own words, harmless to show; nothing signs it. */
  text: string[];
  /** The signed token (CMS ContentInfo), DER. */
  token: Uint8Array | undefined;
}

const STATUS = [
  'granted',
  'granted with changes',
  'refused',
  'not ready yet',
  'a revocation is about to happen',
  'a revocation has happened',
];

const FAIL_INFO: Readonly<Record<number, string>> = {
  0: 'the digest algorithm is not accepted',
  2: 'the request is not permitted',
  5: 'the request has the wrong format',
  14: 'the time source is not available',
  15: 'the policy asked for is not accepted',
  16: 'the extension asked for is not accepted',
  17: 'the additional information asked for is not available',
  25: 'the service has failed',
};

/** Undefined when the bytes are no TimeStampResp, or one that says yes without a token or no with one. */
export function readTimestampResponse(response: Uint8Array): TimestampResponse | undefined {
  try {
    return parseTimestampResponse(response);
  } catch {
    return undefined;
  }
}

/** The same; throws BAD_INPUT with the reason. */
export function parseTimestampResponse(response: Uint8Array): TimestampResponse {
  if (response.length > MAX_RESPONSE_BYTES) throw bad('time stamp response is larger than 64 KiB');
  const [info, token, ...rest] = children(readDer(response, TAG.sequence));
  if (!info || rest.length > 0) throw bad('time stamp response is malformed');
  const fields = new Fields(expectTag(info, TAG.sequence));
  const status = smallInteger(fields.next());
  const words = STATUS[status];
  if (words === undefined) throw bad('time stamp response has an unknown status');
  const texts = fields.optional(TAG.sequence);
  const failure = fields.optional(TAG.bitString);
  fields.end();
  const granted = status < 2;
  if (granted !== (token !== undefined))
    throw bad(`time stamp response says “${words}” ${token ? 'and has' : 'without'} a token`);
  return {
    granted,
    status,
    words,
    failInfo: failure ? namedBits(failure).map((bit) => FAIL_INFO[bit] ?? `reason ${bit}`) : [],
    text: texts ? children(texts).map((text) => textOf(expectTag(text, TAG.utf8String))) : [],
    token: token && expectTag(token, TAG.sequence).bytes,
  };
}

function textOf({ content }: Der): string {
  return visible(fromUtf8(content) ?? latin1(content)).slice(0, 500);
}

/** A token (CMS ContentInfo) on its own: DER whose first part is an object identifier, as a response never begins. */
export function isBareToken(bytes: Uint8Array): boolean {
  try {
    return bytes.length <= MAX_RESPONSE_BYTES && children(readDer(bytes, TAG.sequence))[0]?.tag === TAG.oid;
  } catch {
    return false;
  }
}

/** The SHA-256 a response says it stamps, read without checking anything; undefined when it says none. */
export function stampedDigest(response: Uint8Array): Uint8Array | undefined {
  const token = readTimestampResponse(response)?.token;
  try {
    const { algorithm, digest } = readTstInfo(readToken(token ?? new Uint8Array()).content).imprint;
    return digestName(algorithm) === 'sha256' ? digest : undefined;
  } catch {
    return undefined;
  }
}
