export { openStore, storeExists, type Store, type StoreOptions, type StoreLog } from './open.js';
export { openForCheck, type StoreUnderCheck } from './check.js';
export { copyStore, type BackupOptions, type BackupReport } from './backup.js';
export { compareTables, type TableDifference } from './compare.js';
export { resetDatabase, type Database, type Queryable, type LockName } from './database.js';
export * from './rows/seen.js';
export * from './rows/addresses.js';
export * from './rows/notices.js';
export * from './rows/accounts.js';
export * from './rows/documents.js';
export { filesHeldWith, insertFiles, picturesLike, type FileRow, type HeldFile } from './rows/files.js';
export * from './rows/lookups.js';
export * from './rows/lists.js';
export * from './rows/decisions.js';
export { insertTriage, listTriage, newestTriage, type TriageRow } from './rows/triage.js';
export * from './rows/list-turns.js';
export * from './rows/schedule.js';
export * from './rows/queries.js';
export * from './rows/metrics.js';
export {
  countNotices,
  eachRemoved,
  noticePage,
  noticesListed,
  noticesOfSource,
  removalSpans,
  type ListedNotice,
  type NoticeFilter,
  type NoticePageQuestion,
  type NoticePlace,
  type StoodRow,
} from './rows/notice-pages.js';
export {
  sourceActivity,
  sourceAsked,
  sourcesWithHealth,
  type HealthySource,
  type SourceAsked,
  type SourceDay,
} from './rows/source-health.js';
export {
  admittedNotices,
  mentionedIn,
  searchedTexts,
  type FoundNotice,
  type MentionedRow,
  type SearchPlace,
  type SearchedText,
  type TokenQuery,
} from './rows/search.js';
export * from './rows/postings.js';
export { accountNames, namingNotices, neighboursOf, type NamingNotice, type Neighbour } from './rows/profiles.js';
export { projectHoldings, type ProjectHolding, type ProjectKeyRow } from './rows/projects.js';
export * from './rows/surroundings.js';
export * from './rows/deliveries.js';
export { putEvent, type OwnEvent } from './rows/own-events.js';
