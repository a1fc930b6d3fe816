export { openStore, storeExists, type Store, type StoreOptions, type StoreLog } from './open.js';
export { openForCheck, type StoreUnderCheck } from './check.js';
export { compareTables, type TableDifference } from './compare.js';
export { resetDatabase, type Database, type Queryable, type LockName } from './database.js';
export * from './rows/seen.js';
export * from './rows/addresses.js';
export * from './rows/notices.js';
export * from './rows/lookups.js';
export * from './rows/queries.js';
