/** C2SP signed notes, Ed25519 (facts/evidence §12). Text is shown or used only after `openNote` accepted it. */
import { concat, equalBytes, fromBase64, fromUtf8, sha256Bytes, toBase64, toHex, utf8, verifyEd25519 } from './hash.js';
import { EMPTY_ROOT } from './merkle.js';

export interface VerifierKey {
  name: string;
  id: Uint8Array;
  publicKey: Uint8Array;
  text: string;
}

const ED25519 = 1;

/** First four bytes of SHA-256 over name, line feed, type and key (C2SP signed-note; facts/evidence §12). */
export function keyId(name: string, publicKey: Uint8Array, type: number = ED25519): Uint8Array {
  return sha256Bytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey).subarray(0, 4);
}

export function formatKey(name: string, publicKey: Uint8Array, type: number = ED25519): string {
  return `${name}+${toHex(keyId(name, publicKey, type))}+${toBase64(concat([Uint8Array.of(type), publicKey]))}`;
}

/** `name+id+base64(type‖key)`, split at the first two plus signs; the id must fit. Undefined when it is no Ed25519 vkey. */
export function parseKey(text: string): VerifierKey | undefined {
  const key = parseTypedKey(text);
  return key?.type === ED25519 && key.publicKey.length === 32 ? key : undefined;
}

/** A vkey whose id is made in the common way, whatever its type. Lengths of keys are for the caller to check. */
export function parseTypedKey(text: string): (VerifierKey & { type: number }) | undefined {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const bytes = match && fromBase64(match[3]!);
  if (!bytes || bytes.length < 2) return undefined;
  const publicKey = bytes.subarray(1);
  const [, name = ''] = match;
  const type = bytes[0]!;
  const id = keyId(name, publicKey, type);
  return toHex(id) === match[2] ? { name, id, publicKey, text, type } : undefined;
}

export interface OpenedNote {
  text: string;
  signedBy: VerifierKey[];
}

const MAX_SIGNATURES = 100;

/**
 * Verifies a note with the keys at hand. Signatures of unknown keys are passed over; one of a known key that does not
 * verify refuses the whole note; at least one must verify. Undefined otherwise.
 */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote | undefined {
  const parts = splitNote(note);
  if (!parts) return undefined;
  const signedBy: VerifierKey[] = [];
  for (const { name, id, signature } of parts.signatures) {
    const known = keys.filter((key) => key.name === name && equalBytes(key.id, id));
    if (known.length > 1) return undefined;
    const key = known[0];
    if (!key || signedBy.includes(key)) continue;
    if (!verifyEd25519(key.publicKey, utf8(parts.text), signature)) return undefined;
    signedBy.push(key);
  }
  return signedBy.length > 0 ? { text: parts.text, signedBy } : undefined;
}

interface NoteParts {
  text: string;
  signatures: { name: string; id: Uint8Array; signature: Uint8Array }[];
}

export function splitNote(note: string): NoteParts | undefined {
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return undefined;
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, cut + 1);
  const lines = note.slice(cut + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return undefined;
  const signatures = lines.map((line) => {
    const match = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
    const bytes = match && fromBase64(match[2]!);
    return bytes && bytes.length >= 5
      ? { name: match[1]!, id: bytes.subarray(0, 4), signature: bytes.subarray(4) }
      : undefined;
  });
  return signatures.some((each) => each === undefined)
    ? undefined
    : { text, signatures: signatures as NoteParts['signatures'] };
}

/** The signature line to put under a text; `sign` holds the secret and sees the text's bytes only. */
export function signatureLine(name: string, publicKey: Uint8Array, signature: Uint8Array): string {
  return `— ${name} ${toBase64(concat([keyId(name, publicKey), signature]))}\n`;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  extensions: string[];
}

/** Text of a checkpoint (facts/evidence §13), strict: 32-byte root, no leading zeros, extension lines not empty. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  if (!text.endsWith('\n')) return undefined;
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (!origin || size === undefined || root === undefined || !/^(?:0|[1-9]\d{0,15})$/.test(size)) return undefined;
  const bytes = fromBase64(root);
  const count = Number(size);
  if (bytes?.length !== 32 || !Number.isSafeInteger(count) || extensions.some((line) => line === '')) return undefined;
  if (count === 0 && !equalBytes(bytes, EMPTY_ROOT)) return undefined;
  return { origin, size: count, root: bytes, extensions };
}

export function formatCheckpoint(origin: string, size: number, root: Uint8Array): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** A signed checkpoint, its origin being the one expected: the origin never comes from the note itself. */
export function openCheckpoint(note: string, keys: readonly VerifierKey[], origin: string): Checkpoint | undefined {
  const opened = openNote(
    note,
    keys.filter((key) => key.name === origin),
  );
  const checkpoint = opened && parseCheckpoint(opened.text);
  return checkpoint?.origin === origin ? checkpoint : undefined;
}

export interface ProofFile {
  extra?: Uint8Array;
  index: number;
  hashes: Uint8Array[];
  checkpoint: string;
}

const PROOF_HEADER = 'c2sp.org/tlog-proof@v1';
const MAX_PROOF = 1 << 20;
const MAX_LINE = 1 << 16;

export function formatProof({ extra, index, hashes, checkpoint }: ProofFile): string {
  const head = extra ? [PROOF_HEADER, `extra ${toBase64(extra)}`] : [PROOF_HEADER];
  return [...head, `index ${index}`, ...hashes.map(toBase64), '', checkpoint].join('\n');
}

/** C2SP tlog-proof (facts/evidence §16), strict. Undefined when anything is off. */
export function parseProof(bytes: Uint8Array | string): ProofFile | undefined {
  const text = typeof bytes === 'string' ? bytes : fromUtf8(bytes);
  if (text === undefined || text.length > MAX_PROOF || text.includes('\r')) return undefined;
  const cut = text.indexOf('\n\n');
  if (cut < 0) return undefined;
  const lines = text.slice(0, cut).split('\n');
  if (lines.some((line) => line.length > MAX_LINE) || lines.shift() !== PROOF_HEADER) return undefined;
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice(6)) : null;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  const hashes = lines.map(fromBase64);
  if (extra === undefined || index === undefined || hashes.length > 63 || hashes.some((hash) => hash?.length !== 32))
    return undefined;
  const checkpoint = text.slice(cut + 2);
  if (checkpoint === '') return undefined;
  return { ...(extra ? { extra } : {}), index: Number(index), hashes: hashes as Uint8Array[], checkpoint };
}
