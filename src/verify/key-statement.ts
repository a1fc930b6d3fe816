/**
 * What a log says about its own keys: each change is a signed note, a leaf of the log, and lies in bundles made afterwards
 * (docs/format.md; facts/evidence §20.3). From the notes in their order follow the keys of the log and what sizes each signed.
 */
import { AsPostedError } from '../model/index.js';
import { equalBytes, fromBase64, toBase64, toHex } from './hash.js';
import { type VerifierKey, openNote, parseKey, splitNote } from './note.js';

export type KeyEvent = 'rotated' | 'retired' | 'compromised';

export interface KeyChange {
  origin: string;
  event: KeyEvent;
  /** Verifier key that is followed (`rotated`, `compromised`), or that signs no more (`retired`). */
  old: string;
  /** The log's newest key from here on. */
  new: string;
  /** Entries and root of the tree at the change, without the statement itself. */
  size: number;
  root: Uint8Array;
  /** By the observer's clock. */
  at: string;
  /** One line, may be empty. */
  reason: string;
}

export interface KeyStatement extends KeyChange {
  oldKey: VerifierKey;
  newKey: VerifierKey;
  /** Both keys signed it, not the new one alone. */
  byOld: boolean;
  note: string;
}

const HEADER = 'asposted log key';
const FIELDS = ['origin', 'event', 'old', 'new', 'size', 'root', 'at', 'reason'] as const;
const EVENTS: readonly string[] = ['rotated', 'retired', 'compromised'] satisfies KeyEvent[];
/** A log changes its key a few times; more is somebody who wants us to verify signatures for an hour. */
const MAX_STATEMENTS = 200;
const MAX_REASON = 500;
const MAX_TEXT = 1 << 20;

/** A first line of its own, and a name before each value, so that it can never be taken for a checkpoint. */
export function keyStatementText(change: KeyChange): string {
  const values = { ...change, root: toBase64(change.root), reason: change.reason === '' ? '-' : change.reason };
  return `${HEADER}\n${FIELDS.map((name) => `${name} ${values[name]}\n`).join('')}`;
}

/**
 * One statement, strict: every signature line is by the old or the new key, none twice, all verify. The new key must have
 * signed; for `rotated` the old one too. A statement of `compromised` or `retired` may be by the new key alone: the old
 * one may be lost, and its word adds nothing. Undefined when anything is off.
 */
export function readKeyStatement(note: string): KeyStatement | undefined {
  const parts = splitNote(note);
  const change = parts && parseText(parts.text);
  if (!parts || !change) return undefined;
  const [oldKey, newKey] = [parseKey(change.old), parseKey(change.new)];
  if (oldKey?.name !== change.origin || newKey?.name !== change.origin) return undefined;
  if (equalBytes(oldKey.publicKey, newKey.publicKey)) return undefined;
  const signedBy = openNote(note, [oldKey, newKey])?.signedBy ?? [];
  if (signedBy.length !== parts.signatures.length || !signedBy.includes(newKey)) return undefined;
  const byOld = signedBy.includes(oldKey);
  if (change.event === 'rotated' && !byOld) return undefined;
  return { ...change, oldKey, newKey, byOld, note };
}

function parseText(text: string): KeyChange | undefined {
  const [header, ...lines] = text.slice(0, -1).split('\n');
  if (header !== HEADER || lines.length !== FIELDS.length) return undefined;
  const values = lines.map((line, at) =>
    line.startsWith(`${FIELDS[at]!} `) ? line.slice(FIELDS[at]!.length + 1) : '',
  );
  const [origin = '', event = '', old = '', next = '', size = '', root = '', at = '', reason = ''] = values;
  const bytes = fromBase64(root);
  if (!EVENTS.includes(event) || !/^(?:0|[1-9]\d{0,14})$/.test(size) || bytes?.length !== 32) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) || reason.length > MAX_REASON) return undefined;
  const change = { origin, event: event as KeyEvent, old, new: next, size: Number(size), root: bytes, at };
  const read: KeyChange = { ...change, reason: reason === '-' ? '' : reason };
  return keyStatementText(read) === text ? read : undefined;
}

/** Several notes in one file, one after the other: each begins with the one line none of them can hold elsewhere. */
export function splitKeyStatements(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)(?=asposted log key\n)/);
}

export interface KeyPeriod {
  key: VerifierKey;
  /** Size of the first checkpoint it signed. */
  from: number;
  /** Size of the last one it may have signed; absent as long as it signs. */
  to?: number;
  ended?: 'retired' | 'compromised';
}

/** The keys of a log in their order, the first one first, with the statements that made them. */
export interface KeyChain {
  keys: KeyPeriod[];
  statements: KeyStatement[];
}

/**
 * The chain the notes make, or in words why they make none: a statement that is not well signed, of another log, out of
 * order, twice, or about a key that is not the one to speak of.
 */
export function keyChain(notes: readonly string[], origin: string): KeyChain | string {
  const chain: KeyChain = { keys: [], statements: [] };
  if (notes.length > MAX_STATEMENTS) return `there are more than ${MAX_STATEMENTS} statements`;
  for (const [at, note] of notes.entries()) {
    const statement = readKeyStatement(note);
    if (!statement) return `statement ${at + 1} is malformed, or not signed by the keys that must sign it`;
    const wrong = statement.origin === origin ? addStatement(chain, statement) : 'it is about another log';
    if (wrong !== undefined) return `statement ${at + 1} does not follow from those before: ${wrong}`;
  }
  return chain;
}

/** Adds one statement to a chain; gives in words why it cannot stand there. */
export function addStatement({ keys, statements }: KeyChain, statement: KeyStatement): string | undefined {
  const { event, oldKey, newKey, size } = statement;
  const last = statements.at(-1);
  // Each statement is an entry of the log itself, so the next one is over a longer tree; several keys retire at once.
  const least = last === undefined ? 0 : event === 'retired' && last.event === 'retired' ? last.size : last.size + 1;
  if (size < least) return 'its size is not beyond the one before';
  if (keys.length === 0 && event !== 'retired') keys.push({ key: oldKey, from: 0 });
  const newest = keys.at(-1);
  const named = event === 'retired' ? newKey : oldKey;
  if (newest?.key.text !== named.text) return 'it is not by the newest key';
  if (event === 'retired') {
    const old = keys.find(({ key }) => key.text === oldKey.text);
    if (!old || old === newest) return 'it retires a key that is none of the older ones';
    if (old.ended) return 'it retires a key that signs no more';
    Object.assign(old, { to: size, ended: event });
  } else {
    if (keys.some(({ key }) => toHex(key.publicKey) === toHex(newKey.publicKey))) return 'its new key is an older one';
    // Older keys lay in the same folder: whoever had one may have had all.
    if (event === 'compromised')
      for (const each of keys) if (!each.ended) Object.assign(each, { to: size, ended: event });
    keys.push({ key: newKey, from: size + 1 });
  }
  statements.push(statement);
  return undefined;
}

/** How one key of a chain follows from another, in either direction; undefined when one of them is not in it. */
export function wayBetween(
  { keys, statements }: KeyChain,
  one: string,
  other: string,
): 'rotated' | 'compromised' | undefined {
  const places = [one, other].map((text) => keys.findIndex(({ key }) => key.text === text));
  if (places.includes(-1)) return undefined;
  const links = statements.filter(({ event }) => event !== 'retired');
  const between = links.slice(Math.min(...places), Math.max(...places));
  return between.some(({ event }) => event === 'compromised') ? 'compromised' : 'rotated';
}

/**
 * The chains in a reader’s own file of statements (`verify --keys`), by log. Throws BAD_INPUT: it is the reader’s mistake,
 * not that of the file to be verified.
 */
export function parseKeyStatements(text: string): ReadonlyMap<string, KeyChain> {
  const bad = (why: string): AsPostedError =>
    new AsPostedError({
      code: 'BAD_INPUT',
      message: `the file of key statements cannot be used: ${why}`,
      hint: 'Give it as `asposted log keys --statements` wrote it.',
    });
  if (text.length > MAX_TEXT) throw bad('it is longer than 1 MiB');
  const notes = splitKeyStatements(text);
  if (notes.length === 0) throw bad('it holds no statement');
  const byOrigin = new Map<string, string[]>();
  for (const note of notes) {
    const origin =
      splitNote(note)
        ?.text.split('\n')[1]
        ?.replace(/^origin /, '') ?? '';
    byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), note]);
  }
  const chains = new Map<string, KeyChain>();
  for (const [origin, own] of byOrigin) {
    const chain = keyChain(own, origin);
    if (typeof chain === 'string') throw bad(chain);
    chains.set(origin, chain);
  }
  return chains;
}
