export { check, tell, type Checked, type Target } from './pipeline.js';
export { derive, rebuild, type Derived } from './derive.js';
export { fsck, type FsckOptions, type FsckReport } from './fsck.js';
export { discover, discoverAddresses, fetchOptionsOf } from './discover.js';
export { heartbeat, type Heartbeat } from './heartbeat.js';
export { watchRound, type RoundOptions, type RoundResult } from './round.js';
export { look, readFinal, type Look } from './look.js';
export { loadListed, loadListedRecently, loadScreener, type Listed } from './lists.js';
export {
  openScreeningThreads,
  screenHere,
  screenMany,
  type Question,
  type ScreeningThreads,
  type ThreadOptions,
} from './screening-threads.js';
export {
  addListHistory,
  addListVersion,
  layEndToEnd,
  updateList,
  type AddedListVersion,
  type NewListHistory,
  type NewListVersion,
} from './list-intake.js';
export { importFile, type Imported } from './import/index.js';
export type { Parts } from './parts.js';
export {
  addClaim,
  addStatement,
  addToCase,
  captureForCase,
  decideMatch,
  openCase,
  triage,
  type ClaimMade,
  type DecisionMade,
  type MatchDecided,
  type OpenedCase,
  type PutOnRecord,
  type StatementMade,
} from './casework.js';
export { type CopyRow, type TextRelation, copiesOfText, copyRowsOf, furtherHolders, withPresence } from './copies.js';
export { listFollows, type FollowsRow } from './follows.js';
export {
  searchCatalogue,
  searchIds,
  searchListed,
  searchNames,
  searchNotices,
  type FoundGood,
  type FoundIn,
  type FoundName,
  type SearchAnswer,
  type SearchHit,
  type SearchQuestion,
} from './search.js';
export { ROMANISED_BY, readAloud } from '../text/romanise.js';
export { formulaeOf, type Formula } from './formulae.js';
export { fullNotice, type FullNotice } from './notice-document.js';
export { sameFilesOf, sameFileWords, type SameFileRow } from './same-files.js';
export { listProjects, projectOf, type ProjectRow } from './projects.js';
export { lineageOfNotice, type NoticeLineage, type NoticeLineageEntry } from './lineage.js';
export {
  translationsOfNotice,
  translationsOfText,
  type MayBeTranslation,
  type TranslationOptions,
} from './translations.js';
export { recordSource, recordSources, sourceKey } from './sources.js';
export { recordHash, sha256 } from './keep.js';
export { askWitnesses, type WitnessRound } from './witness.js';
export { decidedOn, decidedScreening, withDecisions } from './decisions.js';
export { screenNotice } from './screening.js';
export { postBy, tendCaller, tendLog, type Tended } from './tend.js';
export { stampCheckpoint, type StampRound } from './stamp.js';
export { upgradeStamps, type UpgradeOutcome } from './upgrade.js';
export { domainSigner } from './package-signer.js';
export { dossierTools, publishRules } from './publish.js';
export { decodeResponse, type DecodedResponse } from './replay.js';
export { recallChannel } from './delivery-memory.js';
