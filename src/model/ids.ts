/**
 * Branded identifiers and hashes. Ids derive from content, so that two machines, or a rebuild, give the same
 * record the same name (DESIGN §7: no sequences as identity).
 */
declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Lower-case hex SHA-256, 64 characters. */
export type Sha256 = Brand<string, 'Sha256'>;
export type NoticeId = Brand<string, 'NoticeId'>;
export type ExhibitId = Brand<string, 'ExhibitId'>;
export type SourceId = Brand<string, 'SourceId'>;
export type ObservationId = Brand<string, 'ObservationId'>;
export type CaseId = Brand<string, 'CaseId'>;
export type ClaimId = Brand<string, 'ClaimId'>;
export type ListVersionId = Brand<string, 'ListVersionId'>;
/** A published bundle, by the hash of its bytes. */
export type DossierId = Brand<string, 'DossierId'>;

export interface IdKinds {
  N: NoticeId;
  E: ExhibitId;
  S: SourceId;
  O: ObservationId;
  K: CaseId;
  C: ClaimId;
  L: ListVersionId;
  D: DossierId;
}

/** Crockford's base 32: no I, L, O, U, so that an id can be read out over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: at a million ids of one kind the chance of any collision is about 1 in 2,000, and a collision is refused on insert. */
const LENGTH = 10;

/** Speakable id (`N-7F3K2QX9TB`) from the first 50 bits of a hex SHA-256. Callers hash the identity of the thing, not its URL as typed. */
export function idFromHash<K extends keyof IdKinds>(kind: K, hex: string): IdKinds[K] {
  if (!/^[0-9a-f]{16,}$/.test(hex)) throw new TypeError('idFromHash needs a hex digest');
  let bits = BigInt('0x' + hex.slice(0, 16)) >> 14n;
  let text = '';
  for (let i = 0; i < LENGTH; i++) {
    text = ALPHABET[Number(bits & 31n)]! + text;
    bits >>= 5n;
  }
  return `${kind}-${text}` as IdKinds[K];
}

export function isSha256(text: string): text is Sha256 {
  return /^[0-9a-f]{64}$/.test(text);
}

export function asSha256(text: string): Sha256 {
  if (!isSha256(text)) throw new TypeError(`not a SHA-256: ${text.slice(0, 80)}`);
  return text;
}

/** What a person typed: upper case, `O`→`0`, `I`/`L`→`1` as Crockford's scheme allows. Returns undefined when it is no id. */
export function parseId(text: string): { kind: keyof IdKinds; id: string } | undefined {
  const match = /^([NESOKCLD])-([0-9A-Z]{3,10})$/.exec(text.toUpperCase());
  if (!match) return undefined;
  const body = match[2]!.replace(/O/g, '0').replace(/[IL]/g, '1');
  return { kind: match[1] as keyof IdKinds, id: `${match[1]!}-${body}` };
}
