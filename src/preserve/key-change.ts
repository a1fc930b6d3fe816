/**
 * Changing the log's key. Order, and what a crash leaves at each point:
 *
 *   1. the new key in keys/log.next.key     → a key nobody named: the next change takes it
 *   2. the statement into the vault         → an object nobody refers to
 *   3. its leaf, and a checkpoint that bears the new key's signature → from here on the change is made
 *   4. keys/log.notes, then the key files    → done again from the log by whoever opens or appends next
 *
 * The new key signs no checkpoint before step 3, so its signature under the newest one says that the change is made.
 */
import { AsPostedError, type KeyRecord, type LogLeaf, type SeenRecord, type Sha256 } from '../model/index.js';
import {
  type KeyEvent,
  type KeyStatement,
  fromUtf8,
  keyStatementText,
  openNote,
  parseCanonical,
  parseKey,
  readKeyStatement,
} from '../verify/index.js';
import { type NoteSigner, signAll } from './keys.js';
import type { LogKeys } from './log-keys.js';

export interface KeyChangeOrder {
  /** By the observer's clock: RFC 3339, UTC, milliseconds. */
  at: string;
  /** One line for readers; published with every bundle from then on. */
  reason?: string;
  /** The old key fell into other hands: it signs this statement, if that, and nothing more. */
  compromised?: boolean;
  /** Called after each durable step: a test ends the process there. */
  done?: (step: string) => void;
}

export type RetireOrder = Omit<KeyChangeOrder, 'compromised'>;

export interface KeyChangePlan {
  records: KeyRecord[];
  /** Who signs the checkpoint that holds them. */
  signers: [NoteSigner, ...NoteSigner[]];
}

interface Tree {
  size: number;
  root: Uint8Array;
}

/** Steps 1 and 2, in words. Both keys sign the statement; what that shows after a theft is little, and `verify` says so. */
export async function planRotation(keys: LogKeys, tree: Tree, order: KeyChangeOrder): Promise<KeyChangePlan> {
  const { compromised = false, done } = order;
  const next = await keys.makeNext();
  done?.('made');
  const old = keys.newest;
  const event = compromised ? 'compromised' : 'rotated';
  const records = [recordOf({ event, old: old.vkey, signers: [next, old], tree, origin: keys.name }, order)];
  return { records, signers: compromised ? [next] : [next, old, ...keys.older] };
}

/** Every older key that still signs stops. Throws BAD_INPUT when there is none. */
export function planRetirement(keys: LogKeys, tree: Tree, order: RetireOrder): KeyChangePlan {
  const { newest } = keys;
  const active = keys.periods().filter(({ key, ended }) => !ended && key.text !== newest.vkey);
  if (active.length === 0)
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: 'no older key signs beside the newest one',
      hint: '`asposted log keys` lists them; `log rotate-key` makes a new one.',
    });
  const records = active.map(({ key: { text: old } }) => {
    const own = keys.signer(old);
    return recordOf({ event: 'retired', old, signers: own ? [newest, own] : [newest], tree, origin: keys.name }, order);
  });
  return { records, signers: [newest] };
}

interface Change {
  event: KeyEvent;
  old: string;
  /** The newest key first. */
  signers: [NoteSigner, ...NoteSigner[]];
  tree: Tree;
  origin: string;
}

function recordOf({ event, old, signers, tree, origin }: Change, { at, reason = '' }: RetireOrder): KeyRecord {
  const next = signers[0].vkey;
  const text = keyStatementText({ origin, event, old, new: next, ...tree, at, reason });
  const statement = signAll(text, signers);
  if (!readKeyStatement(statement))
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: 'the reason for a change of keys is one line of at most 500 characters',
      hint: 'Say it in one short sentence: it stands in every bundle from then on.',
    });
  return { type: 'key', v: 1, at, role: 'log', event, old, new: next, size: tree.size, statement };
}

/** The newest checkpoint shows a change that the folder of keys does not know yet. */
export function isUnsettled(keys: LogKeys, checkpoint: string | undefined): boolean {
  if (keys.untidy || keys.unread) return true;
  if (checkpoint === undefined) return false;
  const signed = (vkey: string): boolean => openNote(checkpoint, [parseKey(vkey)!]) !== undefined;
  return (keys.next !== undefined && signed(keys.next.vkey)) || keys.older.some(({ vkey }) => !signed(vkey));
}

interface KeyLog {
  leaves(from: number): AsyncIterable<{ index: number; leaf: LogLeaf }>;
  read(hash: Sha256): Promise<Uint8Array>;
}

/** The statements in the log, from one place on. Throws LOG_CORRUPT for a record that is none. */
export async function statementsFrom(log: KeyLog, from: number): Promise<KeyStatement[]> {
  const found: KeyStatement[] = [];
  for await (const { index, leaf } of log.leaves(from)) {
    if (leaf.type !== 'key') continue;
    const record = parseCanonical(fromUtf8(await log.read(leaf.record)) ?? '') as Partial<SeenRecord> | undefined;
    const statement = record?.type === 'key' ? readKeyStatement(record.statement ?? '') : undefined;
    if (!statement)
      throw new AsPostedError({
        code: 'LOG_CORRUPT',
        message: `entry ${index} of the log is a change of its key without a statement that is rightly signed`,
        hint: 'Restore the store from a backup; nothing is written to a damaged log.',
      });
    found.push(statement);
  }
  return found;
}

/** Where statements the folder does not know may lie. */
export function firstUnread(keys: LogKeys): number {
  const last = keys.statements.at(-1);
  if (!last) return 0;
  // Several keys retire in one batch, over one tree: their leaves follow each other.
  const together = keys.statements.filter(({ event, size }) => event === last.event && size === last.size).length;
  return last.size + together;
}
