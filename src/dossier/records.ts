import type { LoggedRecord, Sha256 } from '../model/index.js';
import type { RecordPlace, Store } from '../store/index.js';

/** The records at these places, read back from the vault. */
export async function loadRecords(store: Store, places: readonly RecordPlace[]): Promise<LoggedRecord[]> {
  const records: LoggedRecord[] = [];
  for (const { logIndex, hash } of places) {
    records.push({ index: logIndex, hash: hash as Sha256, record: await store.readRecord(hash as Sha256) });
  }
  return records;
}
