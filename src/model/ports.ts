/** Small interfaces through which effects are handed in. Each has one conformance suite beside its implementations. */
import type { Sha256 } from './ids.js';
import type { LogLeaf, SeenRecord } from './records.js';

/** Content-addressed, write-once storage (DESIGN §5). */
export interface Vault {
  /** Stores bytes under their SHA-256, durable on return; storing the same bytes twice is one object. */
  put(bytes: Uint8Array): Promise<Sha256>;
  /** The same for what is too long for memory; when the source throws, nothing is kept. */
  putStream(source: AsyncIterable<Uint8Array>): Promise<{ hash: Sha256; length: number }>;
  /** Throws NOT_FOUND, or VAULT_CORRUPT when the bytes no longer have that hash. */
  get(hash: Sha256): Promise<Uint8Array>;
  /** The same piece by piece: VAULT_CORRUPT comes after the last piece, so nothing is believed before the end. */
  open(hash: Sha256): AsyncIterable<Uint8Array>;
  has(hash: Sha256): Promise<boolean>;
  /** All names, in no order. */
  list(): AsyncIterable<Sha256>;
}

export interface LoggedRecord {
  index: number;
  hash: Sha256;
  record: SeenRecord;
}

/** The append-only log. One sequencer at a time holds it (a lease handed in by the store). */
export interface RecordLog {
  /** Puts each record into the vault, appends the leaves in one batch, signs a checkpoint; durable and acknowledged on return. */
  append(records: readonly SeenRecord[]): Promise<LoggedRecord[]>;
  size(): Promise<number>;
  /** Leaves with their index, from `from` (inclusive), in order. */
  leaves(from: number): AsyncIterable<{ index: number; leaf: LogLeaf }>;
  /** The newest signed checkpoint as a note (text). */
  checkpoint(): Promise<string>;
}
